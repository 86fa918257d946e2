"""The documentation is true: examples were run, tables come from the code, and no word goes unexplained.

`python tests/reference_pages.py` brings the pages up to date; what it changed is then read at review.
"""

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

import servanda
from reference_pages import PAGES, REGION, REGIONS, ROOT, SCHEMAS, clauses_by_directive, current, schemas
from servanda import build
from servanda.api import errors
from servanda.api.expected import with_failures
from servanda.cli.main import COMMANDS
from servanda.model.span import Span
from servanda.text import format_tree, parse
from servanda.text.words import RESERVED, STATES, UNITS, VERBS
from walkthrough import BLOCK, Run, in_a_process, in_this_process

DOCS = ROOT / "docs"
GUIDE = DOCS / "guides/language.md"
RULES = DOCS / "reference/language.md"
CHECKED = re.compile(r"^<!-- checked: (?P<what>\w+) -->\n\|.*\n\|.*\n(?P<rows>(?:\|.*\n)+)", re.MULTILINE)
CODE = re.compile(r"`+([^`\n]+)`+")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text(page: Path) -> str:
    return page.read_text("utf-8")


def first_column(table: str) -> list[str]:
    """What stands in inline code in the first column of a page's tables."""
    rows = re.findall(r"^\|([^|\n]*)\|", table, re.MULTILINE)
    return [word for row in rows for word in CODE.findall(row)]


# What is generated, and what is run


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_says_what_the_code_gives_and_what_commands_print(page: Path) -> None:
    is_current(page, in_this_process)


@pytest.mark.long
def test_the_programs_of_the_guide_are_typed(tmp_path: Path) -> None:
    """Whoever installs the package gets its types with it, and nothing of what the guide asks is without one."""
    blocks = BLOCK.finditer(text(DOCS / "guides/python.md"))
    programs = {each["file"]: each["body"] for each in blocks if each["kind"] == "python"}
    for file, program in programs.items():
        (tmp_path / file).write_text(program, "utf-8")

    asked = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "."]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert len(programs) > 5
    assert (done.returncode, done.stdout) == (0, f"Success: no issues found in {len(programs)} source files\n")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(each, marks=() if each.name == "README.md" else pytest.mark.long)
        for each in PAGES
        if "\n$ " in text(each)
    ],
    ids=name,
)
def test_commands_print_it_in_processes_of_their_own(page: Path) -> None:
    is_current(page, in_a_process)


def is_current(page: Path, run: Run) -> None:
    found = text(page)
    anew, pictures = current(found, run)

    assert found == anew, "python tests/reference_pages.py writes it anew"
    for link, drawn in pictures.items():
        assert text(page.parent / link) == drawn, "python tests/reference_pages.py draws it anew"


def test_every_generated_part_stands_on_a_page() -> None:
    shown = [match["name"] for page in PAGES for match in REGION.finditer(text(page))]

    assert sorted(shown) == sorted(REGIONS)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", BLOCK.sub("", text(page)))

    assert [link for link in links if not (page.parent / link).exists()] == []


# The language guide


def case_of_the_guide(folder: Path) -> None:
    """Write the one case that all snippets of the guide, and the rows of its checked tables, make together."""
    root = []
    for block in BLOCK.finditer(text(GUIDE)):
        if block["file"]:
            (folder / block["file"]).parent.mkdir(parents=True, exist_ok=True)
            (folder / block["file"]).write_text(block["body"], "utf-8")
        elif block["kind"] == "pacta":
            root.append(block["body"])
    root += specimens()
    (folder / "case.pacta").write_text("\n".join(root), "utf-8")


def specimens() -> Iterator[str]:
    for table in CHECKED.finditer(text(GUIDE)):
        for row, line in enumerate(table["rows"].splitlines()):
            [words, *_] = CODE.findall(line)
            called = f"row-{table.start()}-{row}"
            if table["what"] == "acts":
                yield f"{words}\n"
            elif table["what"] == "conditions":
                yield f"matter {called} = {words}\n"
            else:
                kind = {"forbids": "prohibition", "may": "power"}.get(words.split()[0], "obligation")
                bearer = "" if words.startswith("of ") else " of Corran"
                family = "\n  for each p in two-states" if words == "together with others" else ""
                yield f"{kind} {called}{bearer}{family}\n  {words}\n"


def test_the_snippets_of_the_guide_are_one_case_without_problems(tmp_path: Path) -> None:
    case_of_the_guide(tmp_path)
    loaded = servanda.load(tmp_path)
    about_rows = [each for each in loaded.diagnostics if each.code == "unused-name" and "`row-" in each.message]
    problems = [str(each) for each in with_failures(loaded).diagnostics if each not in about_rows]

    assert problems == []
    assert about_rows, "the tables of conditions have been read"
    assert len(loaded.quotes.anchors) > 0


def test_the_guide_is_written_in_the_layout_that_it_teaches(tmp_path: Path) -> None:
    case_of_the_guide(tmp_path)
    found = text(tmp_path / "case.pacta")

    assert found == format_tree(parse(found))


def explained() -> set[str]:
    """Every word that stands in inline code in what people wrote about the language."""
    by_hand = REGION.sub("", text(GUIDE) + text(RULES))
    return {word for code in CODE.findall(BLOCK.sub("", by_hand)) for word in re.findall(r"[a-z]+", code)}


def test_every_reserved_word_is_explained() -> None:
    forms = {**VERBS, **{plural: verb for verb, plural in VERBS.items()}, **UNITS}
    forms |= {unit: f"{unit}s" for unit in set(UNITS.values())}
    words = explained()

    assert sorted(word for word in RESERVED if word not in words and forms.get(word) not in words) == []


def rows_under(page: Path, heading: str) -> list[str]:
    part = re.split(rf"^#+ {heading}$", text(page), maxsplit=1, flags=re.MULTILINE)[1]
    return first_column(re.split(r"^#", part, maxsplit=1, flags=re.MULTILINE)[0])


def unexplained(clauses: list[str], rows: list[str]) -> list[str]:
    return [each for each in clauses if not any(f"{row} ".startswith(f"{each} ") for row in rows)]


def test_every_clause_has_a_row_in_the_rules() -> None:
    clauses = sorted({clause for found in clauses_by_directive().values() for clause in found} - {"words in quotes"})

    assert unexplained(clauses, rows_under(RULES, "Forms of clauses")) == []


def test_every_clause_of_a_commitment_has_a_row_in_the_guide() -> None:
    clauses = clauses_by_directive()["obligation, prohibition, right, power"]

    assert unexplained(clauses, rows_under(GUIDE, "What each clause says")) == []


def test_every_clause_of_an_act_has_a_row_in_the_guide() -> None:
    clauses = [clause for clause in clauses_by_directive()["act"] if clause != "words in quotes"]

    assert unexplained(clauses, rows_under(GUIDE, "The record")) == []


def test_every_state_has_a_row_in_the_guide() -> None:
    assert sorted(set(STATES) - set(rows_under(GUIDE, "States"))) == []


def test_every_verb_has_a_row_in_the_guide() -> None:
    acts = {word for row in rows_under(GUIDE, "The record") for word in row.split()}
    readings = set(re.findall(r"^`(\w+)` ", text(GUIDE).partition("\n## Readings\n")[2], re.MULTILINE))

    assert [verb for verb, plural in VERBS.items() if not {verb, plural} & {*acts, *readings}] == []


# Commands, JSON, Python


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_on_the_page(command: str) -> None:
    page = text(DOCS / "reference/commands.md")

    assert f"\n## `servanda {command}`\n" in page
    assert f"\n$ servanda {command} --help\n" in page


def fields(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(field for inner in value.values() for field in fields(inner))}
    return {field for inner in value for field in fields(inner)} if isinstance(value, list) else set()


QUERY = 'query "select name from parties" sluice --at 2031-04-15'


@pytest.mark.parametrize(
    "command",
    [
        "check weir",
        "ingest talk.txt",
        "explain declared-twice",
        "status sluice --at 2031-04-15 --as Lower",
        "attempts sluice sight --at 2031-04-11 --as Lower",
        "timeline sluice --from 2031-04-10 --to 2031-04-10 --as Lower",
        "deadlines sluice --at 2031-04-12 --as Lower",
        "residue sluice --as Lower",
        "disputes sluice --at 2031-04-15",
        "cross-check sluice --at 2031-04-11",
        "compare sluice-2 sluice-3 --as Lower",
        "brief sluice --at 2031-04-11 --since 2031-04-09 --for Lower",
        QUERY,
    ],
)
def test_every_field_of_the_json_is_described(command: str) -> None:
    page = text(DOCS / "reference/commands.md")
    printed = re.split(rf"^\$ servanda {command} --format json\n", page, maxsplit=1, flags=re.MULTILINE)[1]
    answer, end = json.JSONDecoder().raw_decode(printed)

    pairs = [*answer.get("between", ()), *(each["readings"] for each in answer.get("divided", ()))]
    readings = {*answer.get("readings", ()), *(each for pair in pairs for each in pair)}
    assert set(first_column(printed[end:].partition("\n## ")[0])) == fields(answer) - readings


def test_the_published_schemas_are_those_of_the_code() -> None:
    wanted = schemas()

    assert sorted(SCHEMAS.iterdir()) == sorted(wanted)
    for file, schema in wanted.items():
        assert text(file) == schema, "python tests/reference_pages.py writes it anew"


def section(page: str, heading: str) -> str:
    return page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def public(value: type) -> set[str]:
    inherited = {*dir(msgspec.Struct), *dir(Sequence)} if issubclass(value, Sequence) else set(dir(msgspec.Struct))
    return {each for each in dir(value) if not each.startswith("_")} - inherited


PUBLIC_VALUES = [
    servanda.Case, servanda.Diagnostic, servanda.Dispute, servanda.Disputes, servanda.Figures, servanda.Inventory,
    servanda.Loaded, servanda.Row,
    servanda.Standing, servanda.View, servanda.Why, Span,
]  # fmt: skip


@pytest.mark.parametrize("value", PUBLIC_VALUES)
def test_the_fields_of_the_python_api_are_described(value: type) -> None:
    part = section(text(DOCS / "reference/python.md"), f"`{value.__name__}`")
    fields = set(getattr(value, "__dataclass_fields__", ()))

    assert set(first_column(part)) == public(value) | fields


def test_every_public_name_has_its_place_on_the_page() -> None:
    page = text(DOCS / "reference/python.md")
    headings = set(re.findall(r"^## `(\w+)`$", page, re.MULTILINE))
    listed = {word for heading in ("Functions", "Exceptions", "Answers for other programs") for word in first_column(
        section(page, heading))}  # fmt: skip
    called = {word.partition("(")[0].removeprefix("servanda.") for word in listed}

    assert sorted(set(servanda.__all__) - headings - called) == []
    assert {each.__name__ for each in PUBLIC_VALUES if each is not Span} <= set(servanda.__all__)


def test_every_part_of_a_case_that_can_be_built_is_described() -> None:
    part = section(text(DOCS / "reference/python.md"), "`build`")
    made = {
        name
        for name, each in vars(build).items()
        if callable(each)
        and not isinstance(each, type)
        and not name.startswith("_")
        and each.__module__ == build.__name__
    }

    assert {word.partition("(")[0] for word in first_column(part)} >= made
    assert made >= {"case", "party", "obligation", "act"}


def test_every_exception_is_described_with_what_it_carries() -> None:
    part = section(text(DOCS / "reference/python.md"), "Exceptions")
    raised = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Exception)]

    for each in raised:
        [row] = [line for line in part.splitlines() if line.startswith(f"| `{each.__name__}` |")]
        own = (
            set(inspect.signature(each).parameters) - {"args", "kwargs"} if each is not errors.ServandaError else set()
        )
        assert own <= set(CODE.findall(row)), each
        assert each.__name__ in servanda.__all__
