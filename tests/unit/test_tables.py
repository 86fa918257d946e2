"""Event tables: rows of CSV and Parquet files that become acts."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from servanda import Loaded, load
from servanda.load import tables
from servanda.model.conditions import Happening, Value
from servanda.model.time import dating_from_words

HEAD = 'case "x"\nparty US\nbody UN\nevent departs(ship, port, crew)\n'


def loaded(folder: Path, directive: str) -> Loaded:
    (folder / "case.pacta").write_text(HEAD + directive + "\n")
    return load(folder)


def read(folder: Path, columns: str = "ship=ship, port=port", at: str = "left", table: str = "t.csv") -> Loaded:
    return loaded(folder, f'events by UN from "{table}" as departs({columns}) at {at}')


def told(loaded: Loaded) -> list[tuple[str, dict[str, Value | None]]]:
    """When each event was, and its arguments."""
    rows = []
    for act in loaded.case.acts:
        (happening,) = act.objects
        assert isinstance(happening, Happening)
        assert (act.verb, [ref.name for ref in act.actors], happening.event.name) == ("observes", ["UN"], "departs")
        rows.append((str(act.dating), {argument.name: argument.value for argument in happening.arguments}))
    return rows


def codes(loaded: Loaded) -> list[str]:
    return [each.code for each in loaded.diagnostics]


def csv(folder: Path, text: str | bytes, name: str = "t.csv") -> None:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def parquet(folder: Path, selected: str) -> None:
    duckdb.sql(f"copy (select {selected}) to '{folder / 't.parquet'}' (format parquet)")


def test_rows_become_acts_in_their_order(tmp_path: Path) -> None:
    csv(tmp_path, "left,ship,port\n1962-11-09,Labinsk,Mariel\n1962-11-05T08:30,Bratsk,Casilda\n")
    table = read(tmp_path)

    assert codes(table) == []
    assert told(table) == [
        ("1962-11-09", {"ship": "Labinsk", "port": "Mariel"}),
        ("1962-11-05T08:30", {"ship": "Bratsk", "port": "Casilda"}),
    ]
    assert [act.row for act in table.case.acts] == [1, 2]
    assert {act.span.line for act in table.case.acts} == {5}


@pytest.mark.parametrize(
    ("cell", "dating"),
    [
        ("1962-11-09", "1962-11-09"),
        ("1962-11-09 08:30", "1962-11-09T08:30"),
        ("1962-11-09 08:30:59", "1962-11-09T08:30"),
        ("1962-11-09T08:30:59.123Z", "1962-11-09T08:30Z"),
        ("1962-11-09 08:30+02", "1962-11-09T08:30+02:00"),
        ("1962-11-09 08:30:00-04:30", "1962-11-09T08:30-04:30"),
        ("~1962-11-09", "~1962-11-09"),
        ("1962-11-05..1962-11-09", "1962-11-05..1962-11-09"),
        ("  1962-11-09  ", "1962-11-09"),
        ("9.11.1962", None),
        ("1962-02-29", None),
        ("", None),
        ("soon", None),
    ],
)
def test_times_in_a_csv_are_read_or_told(tmp_path: Path, cell: str, dating: str | None) -> None:
    csv(tmp_path, f'left,ship,port\n"{cell}",a,b\n1962-01-01,c,d\n')
    table = read(tmp_path)

    assert [day for day, _ in told(table)] == [*([dating] if dating else []), "1962-01-01"]
    assert codes(table) == ([] if dating else ["row-without-time"])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Labinsk", "Labinsk"),
        ("42", 42),
        ("-7", -7),
        ("007", "007"),
        ("2.50", Decimal("2.5")),
        ("1e5", "1e5"),
        ("9" * 19, "9" * 19),
        ("Cafe\u0301", "Caf\u00e9"),
        ("1962-11-09", dating_from_words("1962-11-09")),
        ("1962-99-99", "1962-99-99"),
        ("true", "true"),
        ("", None),
    ],
)
def test_a_cell_is_what_the_same_words_are_in_a_case(tmp_path: Path, cell: str, value: object) -> None:
    csv(tmp_path, f'left,ship,port\n1962-01-01,"x","{cell}"\n1962-01-02,y,z\n')

    rows = told(read(tmp_path))
    assert rows[0][1]["port"] == value
    assert type(rows[0][1]["port"]) is type(value)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("42", 42),
        ("2.5::double", Decimal("2.5")),
        ("2.50::decimal(10, 2)", Decimal("2.5")),
        ("true", "true"),
        ("'x'", "x"),
        ("date '1962-11-09'", dating_from_words("1962-11-09")),
        ("timestamp '1962-11-09 08:30:59'", dating_from_words("1962-11-09T08:30")),
        ("timestamptz '1962-11-09 08:30:00+02'", dating_from_words("1962-11-09T06:30Z")),
        ("null::integer", None),
    ],
)
def test_the_types_of_parquet(tmp_path: Path, column: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    parquet(tmp_path, f"{column} as port, 'a' as ship, date '1962-01-01' as left")
    table = read(tmp_path, at="left", table="t.parquet")

    assert codes(table) == []
    assert [row["port"] for _, row in told(table)] == [value]


@pytest.mark.parametrize(
    ("column", "dating"),
    [
        ("date '1962-11-09'", "1962-11-09"),
        ("timestamp '1962-11-09 08:30:59'", "1962-11-09T08:30"),
        ("timestamp_ns '1962-11-09 08:30:59.123456789'", "1962-11-09T08:30"),
        ("timestamptz '1962-11-09 23:30:00-05'", "1962-11-10T04:30Z"),
        ("'1962-11-09'", "1962-11-09"),
        ("date '0044-03-15 (BC)'", None),
        ("date '12000-01-01'", None),
        ("null::date", None),
        ("42", None),
    ],
)
def test_times_in_parquet_are_read_or_told(tmp_path: Path, column: str, dating: str | None) -> None:
    parquet(tmp_path, f"{column} as left, 'a' as ship, 'b' as port")
    table = read(tmp_path, table="t.parquet")

    assert [day for day, _ in told(table)] == ([dating] if dating else [])
    assert codes(table) == ([] if dating else ["row-without-time"])


def test_columns_have_any_name(tmp_path: Path) -> None:
    csv(tmp_path, '"ship of ""line""",select,left at\nLabinsk,Mariel,1962-11-09\n')
    table = read(tmp_path, 'ship="ship of \\"line\\"", port=select', '"left at"')

    assert told(table) == [("1962-11-09", {"ship": "Labinsk", "port": "Mariel"})]


def test_one_column_can_serve_twice(tmp_path: Path) -> None:
    csv(tmp_path, "when\n1962-11-09\n")
    table = read(tmp_path, 'ship="when"', '"when"')

    assert told(table) == [("1962-11-09", {"ship": dating_from_words("1962-11-09")})]


def test_a_missing_column_gets_a_hint(tmp_path: Path) -> None:
    csv(tmp_path, "left,shp,port\n1962-11-09,Labinsk,Mariel\n")
    table = read(tmp_path)

    assert told(table) == []
    (said,) = table.diagnostics
    assert (said.code, said.label) == ("unknown-column", "did you mean `shp`?")
    assert "`left`, `shp`, `port`" in said.message


def test_a_row_that_does_not_fit_its_header_is_told(tmp_path: Path) -> None:
    csv(tmp_path, "left,ship,port\n1962-11-09,Labinsk,Mariel\n1962-11-10,Bratsk\n1962-11-11,a,b,c\n")
    table = read(tmp_path)

    assert (codes(table), told(table)) == (["unreadable-table"], [])
    assert "line: 3: expected number of columns: 3 found: 2" in table.diagnostics[0].message.lower()


@pytest.mark.parametrize("divider", [",", ";", "\t", "|"])
def test_cells_are_divided_as_those_of_the_first_line(tmp_path: Path, divider: str) -> None:
    text = 'left,"ship",port\r\n1962-11-09,"Labin\nsk"," ""M"" "\r\n1962-11-10,\'a\',# b'
    csv(tmp_path, "\ufeff" + text.replace(",", divider))

    assert told(read(tmp_path)) == [
        ("1962-11-09", {"ship": "Labin\nsk", "port": ' "M" '}),
        ("1962-11-10", {"ship": "'a'", "port": "# b"}),
    ]


@pytest.mark.parametrize("text", ["", "\n", "left,ship,left\n1962-11-09,a,b\n", 'left,ship,port\n1962-11-09,"a,b\n'])
def test_what_is_no_table_is_told(tmp_path: Path, text: str) -> None:
    csv(tmp_path, text)
    table = read(tmp_path)

    assert (codes(table), told(table)) == (["unreadable-table"], [])


def test_rows_without_a_time_are_told_together(tmp_path: Path) -> None:
    csv(tmp_path, "left,ship,port\n" + "never,a,b\n" * 50 + "1962-11-09,c,d\n")
    table = read(tmp_path)

    assert (codes(table), len(told(table))) == (["row-without-time"], 1)


@pytest.mark.parametrize(
    "name", ["t[1].csv", "*.csv", "t?.csv", "[a]/t.csv", "ship=Bratsk/t.csv", "t'.csv", "ü 条.csv"]
)
def test_a_path_means_one_file(tmp_path: Path, name: str) -> None:
    for other in ("t1.csv", "tx.csv", "a/t.csv"):
        (tmp_path / other).parent.mkdir(exist_ok=True)
        csv(tmp_path, "left,ship,port\n1962-01-01,wrong,wrong\n", other)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    csv(tmp_path, "left,ship,port\n1962-11-09,right,right\n", name)

    assert told(read(tmp_path, table=name)) == [("1962-11-09", {"ship": "right", "port": "right"})]


def test_a_table_may_lie_with_the_sources(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "sources").mkdir()
    csv(tmp_path / "sources", "left,ship,port\n1962-11-09,a,b\n")
    directive = 'events by UN from "t.csv" as departs(ship=ship) at left\n'
    (tmp_path / "case" / "case.pacta").write_text(HEAD + directive)

    assert codes(load(tmp_path / "case")) == ["missing-file"]
    assert len(load(tmp_path / "case", sources=tmp_path / "sources").case.acts) == 1


@pytest.mark.parametrize(
    ("directive", "code"),
    [
        ('events by Nobody from "t.csv" as departs(ship=ship) at left', "unknown-name"),
        ('events by UN from "t.csv" as arrives(ship=ship) at left', "unknown-name"),
        ('events by UN from "t.csv" as US(ship=ship) at left', "wrong-kind"),
        ('events by UN from "t.csv" as departs(vessel=ship) at left', "unknown-argument"),
        ('events by UN from "gone.csv" as departs(ship=ship) at left', "missing-file"),
        ('events by UN from "" as departs(ship=ship) at left', "empty-path"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_read(tmp_path: Path, directive: str, code: str) -> None:
    csv(tmp_path, "left,ship,port\n1962-11-09,a,b\n")
    table = loaded(tmp_path, directive)

    assert code in codes(table)
    assert table.case.acts == ()


def test_there_is_a_bound_to_all_rows_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 5)
    csv(tmp_path, "left,ship,port\n" + "1962-11-09,a,b\n" * 3)
    directive = 'events by UN from "t.csv" as departs(ship=ship) at left\n'
    table = loaded(tmp_path, directive * 2)

    assert (codes(table), len(table.case.acts)) == (["too-many-rows"], 3)
