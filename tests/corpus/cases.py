"""The corpus: cases with a single slip, and cases with none.

A bad case is `bad/CODE.pacta`, or a folder `bad/CODE/` where it takes several files; `bad/CODE.txt` is what is to be
said about it, in full. One comment in it says how the slip would be mended, indented as the mended line is:

- `# clean: LINE` above the bad line: LINE should stand in its place;
- `# clean:` above the bad line: nothing should;
- `# missing: LINE`: LINE should stand here.

The diagnostic points at the bad line. Where it has to point elsewhere the case says so: `# reported here:` stands above
that line, or `# reported for the whole case` anywhere.

What cannot lie in a repository is made from `recipe.toml` in the folder, a table for each way to make a file:
`[link]`, `[size]` and `[rows]` make one, `[encoding]` writes one anew in another encoding, and `[clean]` renames one in
the clean case alone.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import NamedTuple

from servanda.api.expected import with_failures
from servanda.diagnostics import Diagnostic, frames
from servanda.load import load

CORPUS = Path(__file__).parent
BAD = CORPUS / "bad"
GOOD = CORPUS / "good"
#: Cases that say where they stand: each a question that the meaning has to settle.
PUZZLES = sorted((CORPUS / "standing").glob("*.pacta"))
#: All texts with no slip: those of the examples, and those of the corpus.
CLEAN = sorted([*CORPUS.parents[1].glob("examples/*/**/*.pacta"), *GOOD.glob("**/*.pacta")])
MARK = re.compile(r"^( *)# (clean|missing):(?: (.+))?\n", re.MULTILINE)
BAD_LINE = re.compile(r".*\n")
HERE = "# reported here:\n"
WHOLE = "# reported for the whole case\n"
RECIPE = "recipe.toml"


class Place(NamedTuple):
    """Where a diagnostic should point; the line is None where it is about a case or file as a whole."""

    path: str
    line: int | None


def codes_of_files() -> list[str]:
    """The codes that have a case, by the names of their files."""
    return sorted(path.stem for path in BAD.iterdir() if path.is_dir() or path.suffix == ".pacta")


def expected_file(code: str) -> Path:
    """Where the expected output of a bad case lies."""
    return BAD / f"{code}.txt"


def lay_out(code: str, *, clean: bool) -> str:
    """Write a bad case, or what it would be without its slip, into the current folder; the path to load it by."""
    folder = BAD / code
    if not folder.is_dir():
        name = f"{code}.pacta"
        text = (BAD / name).read_text("utf-8")
        Path(name).write_text(cleaned(text) if clean else text, "utf-8")
        return name
    shutil.copytree(folder, code, dirs_exist_ok=True)
    if clean:
        for path in Path(code).rglob("*.pacta"):
            path.write_text(cleaned(path.read_text("utf-8")), "utf-8")
    if (folder / RECIPE).exists():
        _follow(tomllib.loads((folder / RECIPE).read_text("utf-8")), Path(code), clean=clean)
    return code


def _follow(recipe: dict[str, dict[str, object]], folder: Path, *, clean: bool) -> None:
    for way, files in recipe.items():
        for name, what in files.items():
            path = folder / name
            match way, what:
                case "link", str(target):
                    path.symlink_to(target)
                case "size", int(size):
                    with path.open("wb") as file:
                        file.truncate(size)
                case "rows", {"head": str(head), "row": str(row), "times": int(times)}:
                    path.write_text(head + "\n" + f"{row}\n" * times, "utf-8")
                case "encoding", str(encoding):
                    path.write_bytes(path.read_text("utf-8").encode(encoding))
                case "clean", str(name_then):
                    if clean:
                        path.rename(folder / name_then)
                case _:
                    raise ValueError(f"a recipe does not say {way} = {what!r}")


def cleaned(text: str) -> str:
    """The text without its slip."""
    mark = MARK.search(text)
    if mark is None:
        return text
    margin, kind, line = mark.groups()
    after = mark.end()
    if kind == "clean":
        bad = BAD_LINE.match(text, after)
        assert bad is not None
        after = bad.end()
    return text[: mark.start()] + (f"{margin}{line}\n" if line else "") + text[after:]


def slips(code: str) -> int:
    """How many slips a bad case confesses; there should be one."""
    recipe = BAD / code / RECIPE
    renamed = recipe.exists() and "clean" in tomllib.loads(recipe.read_text("utf-8"))
    return renamed + sum(len(MARK.findall(path.read_text("utf-8"))) for path in _texts(code))


def place(code: str) -> Place:
    """Where the diagnostic of a bad case should point."""
    for path in _texts(code):
        text = path.read_text("utf-8")
        shown = path.relative_to(BAD).as_posix()
        mark = MARK.search(text)
        here = text.find(HERE)
        if WHOLE in text:
            return Place(shown, None)
        if here >= 0:
            return Place(shown, text.count("\n", 0, here) + 2)
        if mark is not None:
            return Place(shown, text.count("\n", 0, mark.start()) + 1 + (mark[2] == "clean"))
    return Place(code, None)


def _texts(code: str) -> list[Path]:
    folder = BAD / code
    return sorted(folder.rglob("*.pacta")) if folder.is_dir() else [BAD / f"{code}.pacta"]


def pointed_at(diagnostic: Diagnostic) -> Place:
    """Where a diagnostic points."""
    file = diagnostic.span.file
    return Place(Path(file.path).as_posix(), diagnostic.span.line if file.text else None)


def problems(path: str) -> tuple[Diagnostic, ...]:
    """All that `check` says of a case: its expectations are run where its text has no errors."""
    loaded = load(path)
    return with_failures(loaded).diagnostics if loaded.ok else loaded.diagnostics


def shown(diagnostics: tuple[Diagnostic, ...]) -> str:
    """What a terminal would show of diagnostics."""
    return "\n".join(frames(diagnostics))
