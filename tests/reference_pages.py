"""The parts of the documentation that derive from the code, and what its examples print and draw.

`python tests/reference_pages.py` writes them anew; `tests/spec/test_docs.py` fails where a page differs from them.

Between `<!-- begin NAME, generated -->` and `<!-- end NAME -->` stands what `REGIONS[NAME]` gives. Console blocks are
played (see `walkthrough`), each page in an empty folder of its own.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from case_table import case_table
from corpus.page import codes
from reading.measure import table as reading_figures
from servanda.api.schemas import ANSWERS, file_of, schema_of
from servanda.api.tables import TABLES as QUERY_TABLES
from servanda.load import acts, case_from_syntax, files, roles, tables
from servanda.load.checks import reach
from servanda.load.namespace import COMMITMENTS, Role
from servanda.text import words
from servanda.text.clauses import REPEATABLE, TABLES
from servanda.text.conditions import DEEPEST
from walkthrough import Run, in_a_process, played

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SCHEMAS = ROOT / "docs" / "reference" / "schemas"
REGION = re.compile(r"<!-- begin (?P<name>[\w-]+), generated -->\n.*?<!-- end (?P=name) -->", re.DOTALL)
PICTURE = re.compile(r"!\[[^\]]*\]\((pictures/([\w-]+\.svg))\)")

#: Clauses whose first word does not say them whole.
_WHOLE = {
    "begins": "begins by",
    "consent": "consent of",
    "done": "done when",
    "instead": "instead of",
    "signed": "signed by",
    "together": "together with",
    "verified": "verified by",
}


def current(page: str, run: Run) -> tuple[str, dict[str, str]]:
    """A page as it has to be: its generated parts from the code of today, its commands really run.

    With it come the pictures that it shows and its commands draw, by their links.
    """
    page = REGION.sub(_region, page)
    with tempfile.TemporaryDirectory() as folder:
        anew = played(page, Path(folder), run)
        return anew, {link: Path(folder, name).read_text("utf-8") for link, name in PICTURE.findall(page)}


def _region(match: re.Match[str]) -> str:
    name = match["name"]
    return f"<!-- begin {name}, generated -->\n{REGIONS[name]().strip()}\n<!-- end {name} -->"


def clause_name(directive: str, keyword: str) -> str:
    """The words by which a clause is called that begins with `keyword` in a directive."""
    if keyword == "STRING":
        return "words in quotes"
    if keyword == "for" and directive not in ("body", "person"):
        return "for each"
    return _WHOLE.get(keyword, keyword)


def clauses_by_directive() -> dict[str, list[str]]:
    """The clauses of each kind of directive, directives with the same ones together."""
    found: dict[str, list[str]] = {}
    for directive, table in TABLES.items():
        shown = [clause_name(directive, keyword) for keyword in table]
        same = next((other for other, clauses in found.items() if clauses == shown), None)
        if same is None:
            found[directive] = shown
        else:
            found[f"{same}, {directive}"] = found.pop(same)
    return found


def _table(head: list[str], rows: Iterable[Iterable[str]]) -> str:
    top, *below = (f"| {' | '.join(cells)} |\n" for cells in (head, *rows))
    return "".join([top, f"{re.sub('[^|]+', '---', top.strip())}\n", *below])


def _code(each: Iterable[str]) -> str:
    return " ".join(f"`{word}`" for word in each)


def _clauses() -> str:
    own = {"words in quotes"}
    rows = [
        (_code(kinds.split(", ")), " ".join(name if name in own else f"`{name}`" for name in clauses))
        for kinds, clauses in clauses_by_directive().items()
    ]
    repeated = _code(sorted(REPEATABLE))
    return (
        _table(["directive", "its clauses"], rows)
        + f"\nMay stand more than once in a directive: {repeated}. No others.\n"
    )


def _without_effect() -> str:
    rows = [(f"`{kind}`", _code(sorted(idle))) for kind, idle in case_from_syntax._WITHOUT_EFFECT.items()]
    return _table(["kind", "clauses without effect"], rows)


def _verbs() -> str:
    rows = []
    for verb, plural in words.VERBS.items():
        own = [clause for clause, verbs in acts._VERBS.items() if verb in verbs]
        shown = [f"`{'on NAME' if clause == 'on' else clause}`" for clause in own]
        rows.append((f"`{verb}`", f"`{plural}`", ", ".join(_kinds(roles.OBJECTS[verb])), " ".join(shown) or "—"))
    return _table(["verb", "plural", "is about a", "clauses of its own"], rows)


def _kinds(role: Role) -> list[str]:
    every = role.kinds >= COMMITMENTS
    kinds = [kind for kind in words.DECLARATIONS if kind in role.kinds]
    return ["commitment", *kinds] if every else [*kinds, *(kind for kind in words.NORMS if kind in role.kinds)]


def _states() -> str:
    rows = [
        (f"`{kind}`", _code(state for state in dict.fromkeys(words.STATES) if state in states))
        for kind, states in reach._STATES.items()
    ]
    return _table(["of a", "states"], rows)


def _units() -> str:
    units = dict.fromkeys(words.UNITS.values())
    return _table(["unit", "plural"], [(f"`{unit}`", f"`{unit}s`") for unit in units])


def _bounds() -> str:
    return _table(
        ["what", "at most"],
        [
            ("text of a case, all its files together", files.MOST),
            ("files that include one another", "50 deep"),
            ("parentheses within parentheses", f"{DEEPEST} deep"),
            ("digits of a number, before and after the point", "18 each"),
            ("rows of all event tables together", f"{tables.MOST_ROWS:,}"),
        ],
    )


def _reserved() -> str:
    groups = {
        "directives": [*words.DECLARATIONS, *words.NORMS, *words.OTHER_DIRECTIVES],
        "verbs": [form for pair in words.VERBS.items() for form in pair],
        "states": sorted(words.STATE_WORDS, key=lambda state: words.STATES.index(state)),
        "units of time": list(words.UNITS),
        "clauses and other parts": words.CLAUSE_WORDS,
        "conditions": words.CONDITION_WORDS,
    }
    assert {word for group in groups.values() for word in group} == words.RESERVED
    return _table(["for", "words"], ((what, _code(dict.fromkeys(group))) for what, group in groups.items()))


def _near() -> str:
    near = {word: here for word, here in words.NEAR_WORDS.items() if word != here}
    by_word: dict[str, list[str]] = {}
    for word, here in near.items():
        by_word.setdefault(here, []).append(word)
    return _table(
        ["the language has", "for"], ((f"`{here}`", ", ".join(sorted(others))) for here, others in by_word.items())
    )


def _schemas() -> str:
    rows = [
        (f"`servanda {command} --format json`", f"[schemas/{file_of(command)}](schemas/{file_of(command)})")
        for command in ANSWERS
    ]
    return _table(["answer", "schema"], rows)


def _query_tables() -> str:
    parts = []
    for table in QUERY_TABLES.values():
        rows = [(f"`{column.name}`", f"`{column.type}`", column.about) for column in table.columns]
        parts.append(f"### `{table.name}`\n\n{table.about}\n\n{_table(['column', 'type', 'says'], rows)}")
    return "\n".join(parts)


#: What stands between the markers of each name.
REGIONS: dict[str, Callable[[], str]] = {
    "bounds": _bounds,
    "clauses": _clauses,
    "clauses-without-effect": _without_effect,
    "codes": codes,
    "cuban-case": case_table,
    "near-words": _near,
    "query-tables": _query_tables,
    "reading-figures": reading_figures,
    "reserved-words": _reserved,
    "schemas": _schemas,
    "states": _states,
    "units": _units,
    "verbs": _verbs,
}


def schemas() -> dict[Path, str]:
    """The published JSON Schemas, by their files."""
    return {
        SCHEMAS / file_of(command): json.dumps(schema_of(command), indent=2, ensure_ascii=False) + "\n"
        for command in ANSWERS
    }


def main() -> None:
    """Write all pages anew."""
    SCHEMAS.mkdir(exist_ok=True)
    for file, wanted in schemas().items():
        if not file.exists() or file.read_text("utf-8") != wanted:
            file.write_text(wanted, "utf-8")
            sys.stdout.write(f"wrote {file.relative_to(ROOT)}\n")
    for page in PAGES:
        anew, pictures = current(page.read_text("utf-8"), in_a_process)
        for file, wanted in {page: anew, **{page.parent / link: drawn for link, drawn in pictures.items()}}.items():
            if not file.exists() or file.read_text("utf-8") != wanted:
                file.write_text(wanted, "utf-8")
                sys.stdout.write(f"wrote {file.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
