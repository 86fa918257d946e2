"""The house keeps its own rules: which rooms there are, who may import whom, and what stays out of them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src" / "servanda"
FILES = sorted(HOUSE.rglob("*.py"))
ROOMS = sorted({file.relative_to(HOUSE).parts[0] for file in FILES if file.parent != HOUSE})

#: Rooms that may look at the clock, the environment, the network and dice.
WORLDLY = {"cli", "workbench"}
#: Modules through which the world comes in, and single functions of modules that are otherwise harmless.
WORLD = {"asyncio", "getpass", "http", "platform", "random", "secrets", "socket", "ssl", "subprocess", "time", "urllib"}
WORLD_CALLS = {"environ", "environb", "expanduser", "getenv", "now", "today", "urandom", "utcnow", "uuid1", "uuid4"}
#: Slow to import, so imported by the function that needs them.
HEAVY = {"duckdb", "highspy", "holidays", "icalendar", "uvicorn", "watchfiles"}
VAGUE = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}


def name(file: Path) -> str:
    return file.relative_to(HOUSE).as_posix()


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), name(file))


def imports(node: ast.AST) -> Iterator[tuple[str, list[str]]]:
    """The modules, with the names taken from each, that a statement imports from elsewhere than its own package."""
    if isinstance(node, ast.Import):
        yield from ((alias.name, []) for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module, [alias.name for alias in node.names]


def worldly(file: Path) -> Iterator[str]:
    for node in ast.walk(tree(file)):
        for module, names in imports(node):
            if module.partition(".")[0] in WORLD or WORLD_CALLS.intersection(names):
                yield f"{name(file)} imports {' '.join([module, *names])}"
        # a history has a `now` of its own; only the machine's is out of bounds
        clock = {"now", "today", "utcnow"}
        if isinstance(node, ast.Attribute) and (
            node.attr in WORLD_CALLS - clock
            or (node.attr in clock and ast.unparse(node.value).rpartition(".")[2] in ("date", "datetime"))
        ):
            yield f"{name(file)}:{node.lineno} uses .{node.attr}"


def private(word: str) -> bool:
    return word.startswith("_") and not word.startswith("__")


def borrowed(file: Path) -> Iterator[str]:
    """The names that a file takes from another although an underscore keeps them to it."""
    modules = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules |= {alias.asname or alias.name for alias in node.names}
            yield from (f"{name(file)} imports {alias.name}" for alias in node.names if private(alias.name))
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Attribute) and private(node.attr) and ast.unparse(node.value) in modules:
            yield f"{name(file)}:{node.lineno} uses {ast.unparse(node)}"


def imported_at_once(body: list[ast.stmt]) -> Iterator[str]:
    """The modules that are loaded as soon as a file is, in its top level or a branch of it."""
    for statement in body:
        for module, _ in imports(statement):
            yield module.partition(".")[0]
        if isinstance(statement, ast.If) and ast.unparse(statement.test) != "TYPE_CHECKING":
            yield from imported_at_once(statement.body + statement.orelse)
        elif isinstance(statement, ast.Try | ast.With):
            yield from imported_at_once(statement.body)


def test_imports_run_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


def test_rooms_are_those_of_the_picture_the_table_and_the_import_rule() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    boxes = re.findall(r"│ (\w+) +│", page)
    rows = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    [contract] = project["tool"]["importlinter"]["contracts"]

    assert sorted(boxes) == ROOMS
    assert sorted(rows) == ROOMS
    assert rows[::-1] == contract["layers"]


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_is(room: str) -> None:
    door = HOUSE / room / "__init__.py"

    assert door.is_file()
    assert ast.get_docstring(tree(door))


def test_every_file_fits_in_the_head() -> None:
    written = (*FILES, *HOUSE.rglob("*.css"), *HOUSE.rglob("*.html"), *HOUSE.rglob("*.js"))
    lengths = {name(file): len(file.read_text("utf-8").splitlines()) for file in written}

    assert {file: length for file, length in lengths.items() if length > 500} == {}


def test_names_say_what_is_inside() -> None:
    vague = [
        name(file) for file in FILES for part in Path(name(file)).with_suffix("").parts if part.strip("_") in VAGUE
    ]

    assert vague == []


def test_the_world_stays_outside() -> None:
    sheltered = [file for file in FILES if file.relative_to(HOUSE).parts[0] not in WORLDLY]

    assert [use for file in sheltered for use in worldly(file)] == []


def test_the_oracle_knows_nothing_of_ours_but_the_nouns() -> None:
    files = sorted((ROOT / "tests" / "oracle").glob("*.py"))
    taken = {
        module
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        for module, _ in imports(node)
        if module.partition(".")[0] in ("servanda", "differential", "bench")
    }

    assert len(files) > 10
    assert sorted(each for each in taken if not each.startswith("servanda.model.")) == []


def test_rooms_do_not_reach_back_through_the_front_door() -> None:
    # `servanda` itself imports `load`; a lower room that took a name from it would go round the import rule.
    inner = [file for file in FILES if file.parent != HOUSE and file.relative_to(HOUSE).parts[0] not in WORLDLY]
    backward = [
        name(file)
        for file in inner
        for node in ast.walk(tree(file))
        for module, names in imports(node)
        if module == "servanda" and not set(names) <= set(ROOMS)
    ]

    assert backward == []


def test_what_is_private_to_a_file_stays_in_it() -> None:
    assert [use for file in FILES for use in borrowed(file)] == []


def test_heavy_modules_are_imported_where_they_are_used() -> None:
    eager = [(name(file), module) for file in FILES for module in imported_at_once(tree(file).body) if module in HEAVY]

    assert eager == []


def test_the_command_starts_without_them() -> None:
    program = "import sys, servanda.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()

    assert HEAVY.intersection(loaded) == set()
