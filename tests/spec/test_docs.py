"""The documentation is true: examples were run, tables come from the code, and no word goes unexplained.

`python tests/reference_pages.py` brings the pages up to date; what it changed is then read at review.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import servanda
from reference_pages import PAGES, REGION, REGIONS, ROOT, clauses_by_directive, current
from servanda.cli.main import COMMANDS
from servanda.model.span import Span
from servanda.text.words import RESERVED, STATES, UNITS, VERBS
from walkthrough import BLOCK

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
    found = text(page)

    assert found == current(found), "python tests/reference_pages.py writes it anew"


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
                yield f"{kind} {called}{bearer}\n  {words}\n"


def test_the_snippets_of_the_guide_are_one_case_without_problems(tmp_path: Path) -> None:
    case_of_the_guide(tmp_path)
    loaded = servanda.load(tmp_path)
    about_rows = [each for each in loaded.diagnostics if each.code == "unused-name" and "`row-" in each.message]
    problems = [str(each) for each in loaded.diagnostics if each not in about_rows]

    assert problems == []
    assert about_rows, "the tables of conditions have been read"
    assert len(loaded.quotes.anchors) > 0


def explained() -> set[str]:
    """Every word that stands in inline code in what people wrote about the language."""
    by_hand = REGION.sub("", text(GUIDE) + text(RULES))
    return {word for code in CODE.findall(BLOCK.sub("", by_hand)) for word in re.findall(r"[a-z]+", code)}


def test_every_reserved_word_is_explained() -> None:
    forms = {**VERBS, **{plural: verb for verb, plural in VERBS.items()}, **UNITS}
    forms |= {unit: f"{unit}s" for unit in set(UNITS.values())}
    words = explained()

    assert sorted(word for word in RESERVED if word not in words and forms.get(word) not in words) == []


@pytest.mark.parametrize("table", ["Forms of clauses", "What each clause says"])
def test_every_clause_is_explained(table: str) -> None:
    both = text(GUIDE) + text(RULES)
    part = re.split(rf"^### {table}$", both, maxsplit=1, flags=re.MULTILINE)[1].partition("\n#")[0]
    shown = first_column(part)
    every = {clause for directives, clauses in clauses_by_directive().items() for clause in clauses}
    if table == "What each clause says":
        every = {clause for clause in clauses_by_directive()["obligation, prohibition, right, power"]}
    every.discard("words in quotes")

    assert sorted(clause for clause in every if not any(f"{each} ".startswith(f"{clause} ") for each in shown)) == []


def test_every_verb_and_state_has_a_row_in_the_guide() -> None:
    shown = first_column(text(GUIDE))
    acts = {word for row in shown for word in row.split()}
    rows = text(GUIDE)

    assert [state for state in STATES if state not in shown] == []
    assert [
        verb
        for verb, plural in VERBS.items()
        if verb not in acts and plural not in acts and not re.search(rf"^`{verb}` ", rows, re.MULTILINE)
    ] == []


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


@pytest.mark.parametrize("command", ["check weir", "explain declared-twice"])
def test_every_field_of_the_json_is_described(command: str) -> None:
    page = text(DOCS / "reference/commands.md")
    printed = re.split(rf"^\$ servanda {command} --format json\n", page, maxsplit=1, flags=re.MULTILINE)[1]
    answer, end = json.JSONDecoder().raw_decode(printed)

    assert set(first_column(printed[end:].partition("\n## ")[0])) == fields(answer)


@pytest.mark.parametrize("value", [servanda.Loaded, servanda.Diagnostic, servanda.Case, Span])
def test_the_fields_of_the_python_api_are_described(value: type[msgspec.Struct]) -> None:
    part = text(DOCS / "reference/python.md").partition(f"\n## `{value.__name__}`\n")[2].partition("\n## ")[0]
    public = {each for each in vars(value) if not each.startswith("_")}

    assert set(first_column(part)) == public


def test_every_public_name_is_on_the_page() -> None:
    page = text(DOCS / "reference/python.md")

    assert [each for each in servanda.__all__ if each not in page] == []
