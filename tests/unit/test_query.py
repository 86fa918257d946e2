"""A case in SQL: what the tables hold, what a statement may do, what is said of one that is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from servanda import BadQuery, Case, load, load_text
from servanda.api.grid import grid
from servanda.api.query import Question, fetched
from servanda.api.tables import TABLES, Asked
from servanda.api.views import View
from servanda.cli import main
from servanda.model.time import dating_from_words

ROOT = Path(__file__).parents[2]
CUBA = ROOT / "examples" / "cuba-1962"
TEXT = """case "The sluice"
party Upper "Upper Ossel" aka "U.O.", "Ossel"
party Lower
person Anna for Upper
channel quiet among Upper, Lower
source letter "Letter" dated ~2031-03-01
  by Upper to Lower
  file "letter.txt"
item gates counted opened
matter calm = letter or 2031-12-24
means look by Lower
  consent of Upper
term watched = gates
obligation open-gates "Open the gates." of Upper to Lower
  under letter p2 "open the gates"
  done when 4 gates opened
  by 2031-04-20
obligation pay of Lower to Upper
  when open-gates and calm
  verified by look
Lower holds watched = gates, calm
2031-04-01 Anna promises open-gates by 2031-04-15
  via quiet
  cites letter "not a word of it"
2031-04-02..2031-04-03 Lower holds pay
  when open-gates is verified
  verified by none
2031-04-10T18:00 Upper claims 4 gates opened on 2031-04-09
  known 2031-04-11
2031-04-11 Lower attempts look on open-gates
  result denied
2031-04-12 Lower states "Nothing to see, he says."
2031-04-13 Lower disputes open-gates
scenario "Rain" from 2031-04-14
  2031-04-30 expect open-gates is overdue late in Lower via quiet
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case.pacta").write_text(TEXT)
    (tmp_path / "letter.txt").write_text("We shall Open  the gates in spring.")
    return tmp_path


@pytest.fixture
def case() -> Case:
    return load_text(TEXT, "s.pacta").case


def ran(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["query", *map(str, arguments)])


def lines(case: Case, sql: str, **view: Any) -> list[tuple[Any, ...]]:
    return case.query(sql, **view).fetchall()


# ── what the tables hold ────────────────────────────────────────────────────────────────────────────────────


def test_who_and_what_there_is(case: Case) -> None:
    assert lines(case, "select name, title, aka, path, line from parties") == [
        ("Upper", "Upper Ossel", ["U.O.", "Ossel"], "s.pacta", 2),
        ("Lower", "", [], "s.pacta", 3),
    ]
    assert lines(case, "select name, acts_for from persons") == [("Anna", ["Upper"])]
    assert lines(case, "select name, among from channels") == [("quiet", ["Upper", "Lower"])]
    assert lines(case, "select dated, earliest::text, latest::text, authors, recipients, file from sources") == [
        ("~2031-03-01", "2031-03-01", "2031-03-01", ["Upper"], ["Lower"], "letter.txt")
    ]
    assert lines(case, "select name, kind, bearers, counterparties, sources, family from commitments") == [
        ("open-gates", "obligation", ["Upper"], ["Lower"], ["letter"], False),
        ("pay", "obligation", ["Lower"], ["Upper"], [], False),
    ]
    assert lines(case, "select name, held_by, members from terms") == [
        ("watched", None, ["gates"]),
        ("watched", "Lower", ["gates", "calm"]),
    ]
    assert lines(case, "select definition from matters") == [("letter or 2031-12-24",)]
    assert lines(case, "select carried_out_by, consent_of from means") == [(["Lower"], ["Upper"])]


def test_places_are_seen_from_the_folder_of_the_case(tmp_path: Path) -> None:
    (tmp_path / "talks" / "record").mkdir(parents=True)
    (tmp_path / "talks" / "case.pacta").write_text('party Upper\ninclude "record/spring.pacta"\n', "utf-8")
    (tmp_path / "talks" / "record" / "spring.pacta").write_text('2031-04-01 Upper states "Well."\n', "utf-8")

    for named in (tmp_path / "talks", tmp_path / "talks" / "case.pacta"):
        case = load(named).case
        assert lines(case, "select path from acts union all select path from parties order by path") == [
            ("case.pacta",),
            ("record/spring.pacta",),
        ]


def test_clauses_are_those_of_the_common_text_and_of_versions(case: Case) -> None:
    assert lines(case, "select commitment, held_by, since::text, clause, words, line from clauses") == [
        ("open-gates", None, None, "under", 'letter p2 "open the gates"', 15),
        ("open-gates", None, None, "by", "2031-04-20", 17),
        ("open-gates", None, None, "done when", "4 gates opened", 16),
        ("pay", None, None, "when", "open-gates and calm", 19),
        ("pay", None, None, "verified by", "look", 20),
        ("pay", "Lower", "2031-04-03", "when", "open-gates is verified", 26),
        ("pay", "Lower", "2031-04-03", "verified by", "none", 25),
    ]


def test_the_table_of_acts_has_the_record(case: Case) -> None:
    sql = "select act, date, earliest::text, latest::text, actors, parties, verb, objects, names from acts"
    assert lines(case, f"{sql} where act in (2, 3, 4)") == [
        (2, "2031-04-01", "2031-04-01", "2031-04-01", ["Anna"], ["Upper"], "promises", ["open-gates"], ["open-gates"]),
        (3, "2031-04-02..2031-04-03", "2031-04-02", "2031-04-03", ["Lower"], ["Lower"], "holds", ["pay"], ["pay"]),
        (
            4, "2031-04-10T18:00", "2031-04-10", "2031-04-10", ["Upper"], ["Upper"], "claims", ["4 gates opened"],
            ["gates"],
        ),
    ]  # fmt: skip
    assert lines(case, "select date from acts where act = 1") == [(None,)]
    assert lines(
        case, "select said, promised_by, performed, known, channels, sources, line from acts where act > 1"
    ) == [
        (None, "2031-04-15", None, None, ["quiet"], ["letter"], 22),
        (None, None, None, None, [], [], 25),
        (None, None, "2031-04-09", "2031-04-11", [], [], 28),
        (None, None, None, None, [], [], 30),
        ("Nothing to see, he says.", None, None, None, [], [], 32),
        (None, None, None, None, [], [], 33),
    ]
    assert lines(case, "select act, means, tried_on, result, parties, date from attempts") == [
        (5, "look", "open-gates", "denied", ["Lower"], "2031-04-11")
    ]
    assert lines(case, "select scenario, day::text, commitment, state, late, reading, channel from expectations") == [
        ("Rain", "2031-04-30", "open-gates", "overdue", True, "Lower", "quiet")
    ]


def test_citations_and_quotes(folder: Path, case: Case) -> None:
    assert lines(case, "select source, commitment, act, places, quote from citations") == [
        ("letter", "open-gates", None, ["p2"], "open the gates"),
        ("letter", None, 2, [], "not a word of it"),
    ]
    assert lines(case, "select quote, found, found_start from quotes") == [
        ("open the gates", "unchecked", None),
        ("not a word of it", "unchecked", None),
    ]
    (folder / "case.pacta").write_text(TEXT.replace('"not a word of it"', '"in spring"'))
    found = ran("select quote, found, found_start, found_end from quotes", folder, "--format", "csv")
    assert found.stdout.splitlines()[1:] == ["open the gates,normalised,9,24", "in spring,exact,25,34"]


def test_standings_are_those_at_the_date_asked_about(case: Case) -> None:
    sql = """select reading, status, since::date::text, claim_disputed, differs, deadline::date::text, breaches,
        claimed::date::text, amount_needed, amount_claimed, amount_credited from standings
        where commitment = 'open-gates'"""
    row = case.status("2031-04-21")["open-gates"]
    wanted = [
        (
            reading, each.status, each.since and str(each.since.date()), each.claim_disputed, row.differs,
            each.deadline and str(each.deadline[1].date()), len(each.breached),
            (claimed := each.rungs.get("claimed")) and str(claimed.date()),
            *((None,) * 3 if each.amount is None else map(number, (
                each.amount.needed, each.amount.claimed, each.amount.credited))),
        )
        for reading, each in row.standings.items()
    ]  # fmt: skip

    assert lines(case, sql, at="2031-04-21") == wanted
    assert len({status for _, status, *_ in wanted}) > 1
    assert lines(case, sql, at="2031-04-05") != wanted


def number(value: Any) -> float | None:
    return None if value is None else float(value)


def test_breaches_and_what_is_missing(case: Case) -> None:
    case = case.with_acts("2031-04-04 Lower recognises pay")
    missing = lines(case, "select commitment, reading, words, path, line from missing", at="2031-04-05")
    overdue = lines(case, "select commitment, reading, instant::date::text from breaches", at="2031-04-21")

    assert missing == [
        (row.label, reading, each["text"], each["span"]["path"], each["span"]["line"])
        for row, answer in zip(
            case.status("2031-04-05"), case.status("2031-04-05").as_json()["commitments"], strict=True
        )
        for reading, standing in answer["standings"].items()
        for each in standing["missing"]
    ]
    assert overdue == [
        (row.label, reading, str(instant.date()))
        for row in case.status("2031-04-21")
        for reading, each in row.standings.items()
        for instant in each.breached
    ]
    assert missing
    assert overdue


def test_a_question_asks_over_its_channels_and_knowledge(case: Case) -> None:
    sql = "select deadline::date::text from standings where commitment = 'open-gates' and reading = 'Lower'"

    assert lines(case, sql, at="2031-04-05") == [("2031-04-15",)]
    assert lines(case, sql, at="2031-04-05", channels=()) == [("2031-04-20",)]  # by the letter alone
    claimed = "select commitment from standings where claimed is not null and reading = 'Lower'"
    assert lines(case, claimed, at="2031-04-12") == [("open-gates",)]
    assert lines(case, claimed, at="2031-04-12", known="2031-04-10") == []


def test_counts_on_the_real_case() -> None:
    case = load(CUBA).case

    assert lines(case, "select count(*) from acts") == [(len(case.acts),)]
    assert lines(case, "select count(*) from quotes") == [(85,)]
    assert lines(case, "select count(*) from standings", at="1962-11-15") == [(23 * 4,)]
    assert lines(case, "select count(distinct commitment) from standings where differs", at="1962-11-15") == [
        (len(case.status("1962-11-15").differing),)
    ]


@pytest.mark.parametrize("table", TABLES)
def test_every_column_can_be_asked_for_by_its_bare_name(case: Case, table: str) -> None:
    columns = [column.name for column in TABLES[table].columns]
    relation = case.query(f"select {', '.join(columns)} from {table}", at="2031-04-21")

    assert relation.columns == columns
    assert [str(each) for each in relation.types] == [column.type for column in TABLES[table].columns]
    assert len(columns) == len(set(columns))


def test_many_lines_come_whole() -> None:
    many = "".join(f'2031-01-01 A states "{number}"\n' for number in range(45_000))
    case = load_text(f'case "x"\nparty A\n{many}').case

    assert lines(case, "select count(*), count(distinct said), min(act), max(act) from acts") == [
        (45_000, 45_000, 1, 45_000)
    ]


# ── what a statement may do ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('{file}')",
        "from '{file}'",
        "from read_csv('{file}')",
        "select * from glob('{folder}/*')",
        "copy acts to '{folder}/out.csv'",
        "attach '{folder}/out.db'",
        "export database '{folder}/out'",
        "install httpfs",
        "load '{file}'",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "drop table acts",
        "delete from acts",
        "create table mine as from acts",
        "insert into acts select * from acts",
        "update acts set verb = 'claims'",
        "from acts; drop table acts",
        "from acts; from acts",
        "from case_",
        "from TEXT",
        "select getenv('HOME')",
        "pragma database_list",
        "call pragma_version()",
        "use memory",
    ],
)
def test_a_statement_reads_the_tables_and_nothing_else(folder: Path, case: Case, sql: str) -> None:
    case_ = [1]  # what a statement could see if it looked at the variables of Python
    before = {path.name for path in folder.iterdir()}

    with pytest.raises(BadQuery):
        case.query(sql.format(file=folder / "letter.txt", folder=folder)).fetchall()
    assert {path.name for path in folder.iterdir()} == before
    assert case_ == [1]


def test_the_one_file_to_write_is_no_way_in(folder: Path) -> None:
    secret = folder / "letter.txt"
    result = ran(f"from read_text('{secret}')", folder, "--format", "parquet", "-o", folder / "out.parquet")

    assert result.exit_code == 2
    assert "and nothing else, no files" in result.stderr
    assert not (folder / "out.parquet").exists()


def test_standings_are_worked_out_only_where_they_are_asked_for(case: Case) -> None:
    assert lines(case, "select count(*) from acts") == [(7,)]  # without a date: nothing was evaluated
    for sql in ("from standings", "FROM Standings", 'select 1 from "missing"', "from query('from stand' || 'ings')"):
        with pytest.raises(BadQuery, match="at a date"):
            case.query(sql)
        assert case.with_acts("2031-04-04 Lower recognises pay").query(sql, at="2031-04-05").fetchall()


def test_tables_are_made_once_for_a_question(case: Case) -> None:
    question = Question(case, View(dating_from_words("2031-04-05")))

    assert question.rows is question.rows
    asked = Asked(case, lambda: question.rows)
    assert len(list(TABLES["standings"].records(asked))) == 6


# ── what is wrong with a statement ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sql", "message", "place", "suggestion"),
    [
        ("selec 1", 'syntax error at or near "selec"', (1, 1, 5), None),
        ("select *\nfrom act", "no table is called `act`", (2, 6, 3), "acts"),
        ("select 'ü', vreb from acts", "no column here is called `vreb`", (1, 13, 4), "verb"),
        ("select nonsense(act) from acts", "scalar Function with name nonsense does not exist", (1, 8, 13), None),
        ("select cast(verb as int) from acts", "could not convert string 'holds' to INT32", (1, 8, 17), None),
        ("select 'abc", "unterminated string literal", (1, 8, 1), None),
        ("", "there is no question", (None, None, 1), None),
        ("-- a comment", "there is no question", (None, None, 1), None),
        ("pivot acts on verb using count(*)", "say which columns a `pivot` makes", (None, None, 1), None),
    ],
)
def test_a_wrong_statement_is_told_at_its_place(
    case: Case, sql: str, message: str, place: tuple[int | None, int | None, int], suggestion: str | None
) -> None:
    with pytest.raises(BadQuery) as raised:
        fetched(Question(case), sql)

    slip = raised.value
    assert message in slip.message
    assert (slip.line, slip.column, slip.width) == place
    assert slip.suggestion == suggestion
    if slip.line is not None and slip.column is not None:
        shown = str(slip).splitlines()
        assert shown[3] == f"{slip.line} | {sql.splitlines()[slip.line - 1]}"
        assert shown[4].index("^") == len(f"{slip.line} | ") + slip.column - 1


def test_a_wrong_statement_ends_the_command_with_two(folder: Path) -> None:
    result = ran("select *\nfrom act", folder)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "Error: no table is called `act`; `servanda query --tables` lists them\n"
        " --> query:2:6\n  |\n2 | from act\n  |      ^^^ did you mean `acts`?\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "a question is missing"),
        (["."], '`.` is a path, and no question: the question comes first, as in `servanda query "from acts" .`'),
        ([".", "from acts"], "`.` is a path, and no question"),
        (["from acts", "nowhere"], "there is no file or folder `nowhere`"),
        (["from acts", "--at", "2031-02-30"], "--at 2031-02-30: there is no 2031-02-30"),
        (["from acts", "--at", "~2031-02-03"], "a view asks at one date"),
        (["from acts", ".", "--channel", "quite"], "no channel is called `quite`; did you mean `quiet`?"),
        (["-", "-"], "the question or the case, not both"),
        (["--tables", "--format", "csv"], "the list of tables comes as text or as JSON"),
    ],
)
def test_wrong_use_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str) -> None:
    monkeypatch.chdir(folder)
    result = ran(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_case_with_errors_is_not_asked(folder: Path) -> None:
    (folder / "case.pacta").write_text(TEXT + "2031-04-14 Lower clams pay\n")
    result = ran("from acts", folder)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[unknown-verb]" in result.stderr


# ── the forms of an answer ──────────────────────────────────────────────────────────────────────────────────

SQL = "select act, parties, latest, said, act > 5 as later from acts where act > 4 order by act"


def test_text_is_a_table(folder: Path) -> None:
    assert ran(SQL, folder).stdout == (
        "act  parties  latest      said                      later\n"
        "───  ───────  ──────────  ────────────────────────  ─────\n"
        "5    Lower    2031-04-11                            no\n"
        "6    Lower    2031-04-12  Nothing to see, he says.  yes\n"
        "7    Lower    2031-04-13                            yes\n"
        "\n"
        "3 lines\n"
    )


@pytest.mark.parametrize("width", [20, 40, 60, 80])
def test_text_fits_the_terminal_and_loses_nothing(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    sql = "select parties, said from acts where said is not null"
    shown = ran(sql, CUBA).stdout
    monkeypatch.delenv("COLUMNS")
    whole = ran(sql, CUBA).stdout

    assert max(map(len, shown.splitlines())) <= width < max(map(len, whole.splitlines()))
    letters = [re.sub(r"\W", "", text) for text in (shown, whole)]
    assert sorted(letters[0]) == sorted(letters[1])


def test_csv_can_be_read_again(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(ran(SQL, folder, "--format", "csv").stdout)))

    assert rows[1] == {
        "act": "6", "parties": '["Lower"]', "latest": "2031-04-12", "said": "Nothing to see, he says.", "later": "true",
    }  # fmt: skip
    assert json.loads(rows[0]["parties"]) == ["Lower"]
    assert rows[0]["said"] == ""


def test_json_has_the_view_and_a_line_for_each(folder: Path) -> None:
    answer = json.loads(ran(SQL, folder, "--format", "json", "--at", "2031-04-15", "--channel", "quiet").stdout)

    assert answer["schema_version"] == 1
    assert answer["view"] == {"at": "2031-04-15", "known": "2031-04-15", "channels": ["quiet"], "supposed": []}
    assert answer["columns"] == ["act", "parties", "latest", "said", "later"]
    assert answer["rows"][0] == {"act": 5, "parties": ["Lower"], "latest": "2031-04-11", "said": None, "later": False}
    odd = "select 1 as a, 2 as a, 1.50::decimal(4,2) as d, {'x': 1} as s, interval 3 day as i, now() is null as n"
    [row] = json.loads(ran(odd, folder, "--format", "json").stdout)["rows"]
    assert row == {"a": 1, "a_1": 2, "d": 1.5, "s": {"x": 1}, "i": "3 days, 0:00:00", "n": False}
    assert ran("select timestamptz '1962-11-15 12:00:00+00' as t", folder).exit_code == 0


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_an_answer_can_go_to_a_file(folder: Path, form: str) -> None:
    result = ran(SQL, folder, "--format", form, "-o", folder / "out", "--at", "2031-04-15")

    assert (result.exit_code, result.stdout) == (0, "")
    assert (folder / "out").read_text("utf-8") == ran(SQL, folder, "--format", form, "--at", "2031-04-15").stdout


def test_parquet_goes_to_a_file_or_a_pipe(folder: Path) -> None:
    result = ran("from acts", folder, "--format", "parquet", "-o", folder / "out.parquet")
    piped = ran("from acts", folder, "--format", "parquet")

    assert (result.exit_code, result.stdout_bytes) == (0, b"")
    (folder / "piped.parquet").write_bytes(piped.stdout_bytes)
    for name in ("out", "piped"):
        found = duckdb.sql(f"select act, parties, latest from '{folder / name}.parquet' where verb = 'states'")
        assert found is not None
        assert [str(each) for each in found.types] == ["BIGINT", "VARCHAR[]", "DATE"]
        assert found.fetchall()[0][:2] == (6, ["Lower"])


def test_parquet_is_not_for_a_terminal(folder: Path) -> None:
    master, slave = os.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "servanda", "query", "from acts", str(folder), "--format", "parquet"],
        stdout=slave, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(slave)
    os.close(master)

    assert done.returncode == 2
    assert "parquet is not for a terminal" in done.stderr


def test_a_pipe_that_closes_early_is_no_trouble(folder: Path) -> None:
    program = f"{sys.executable} -m servanda query 'from range(200000)' {folder} --format csv | head -n 2"
    done = subprocess.run(["sh", "-c", program], capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("range\n0\n", "")


def test_the_question_can_come_from_standard_input(folder: Path) -> None:
    result = CliRunner().invoke(main, ["query", "-", str(folder), "--format", "csv"], input="select 1 as one")

    assert result.stdout == "one\n1\n"


def test_what_is_supposed_is_in_the_standings_and_not_in_the_record(folder: Path) -> None:
    asked = ["--at", "2031-04-15", "--as", "Lower", "--suppose", "2031-04-14 Lower confirms open-gates", "--format"]
    standings = json.loads(ran("select commitment, status, reading from standings", folder, *asked, "json").stdout)
    acts = ran("select verb from acts where verb = 'confirms'", folder, *asked, "csv").stdout

    assert standings["rows"] == [
        {"commitment": "open-gates", "status": "fulfilled", "reading": "Lower"},
        {"commitment": "pay", "status": "not owed", "reading": "Lower"},
    ]
    assert standings["view"]["supposed"] == ["2031-04-14 Lower confirms open-gates"]
    assert acts == "verb\n"


# ── the list of tables ──────────────────────────────────────────────────────────────────────────────────────


def test_tables_are_listed_with_a_sentence_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    shown = ran("--tables").stdout
    answer = json.loads(ran("--tables", "--format", "json").stdout)

    for table in TABLES.values():
        assert f"\n{table.name}: {table.about}\n" in f"\n{shown}"
        assert table.about
        for column in table.columns:
            assert re.search(
                rf"^  {column.name} +{re.escape(column.type)} +{re.escape(column.about)}$", shown, re.MULTILINE
            )
    assert [each["name"] for each in answer["tables"]] == list(TABLES)
    assert [[column["name"] for column in each["columns"]] for each in answer["tables"]] == [
        [column.name for column in table.columns] for table in TABLES.values()
    ]


def test_duckdb_lists_the_same_tables(case: Case) -> None:
    assert sorted(name for (name,) in lines(case, "show tables")) == sorted(TABLES)
    assert [name for name, *_ in lines(case, "describe quotes")] == [each.name for each in TABLES["quotes"].columns]


@pytest.mark.parametrize("width", range(15, 80, 3))
def test_columns_are_made_no_narrower_than_they_must(width: int) -> None:
    cells = [["a" * 30, "b" * 7, "c" * 22]]
    [head, rule, *_] = grid(["one", "two", "three"], cells, width)

    assert len(rule) <= max(width, 3 * 6 + 2 * 2)
    assert len(rule) >= min(width, 30 + 7 + 22 + 2 * 2)
    assert head.split() == ["one", "two", "three"]
