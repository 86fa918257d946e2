"""Cases from somebody who means harm, or from a damaged disk: they end in diagnostics, soon, and in bounded memory.

What could take much time or memory goes through the command, in a process of its own that has little.
"""

import json
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda import load, load_text
from servanda.diagnostics import CODES, as_json, frames
from servanda.load.files import MOST_BYTES, MOST_LINES
from servanda.text import format_tree, parse

SECONDS = 20
"""How long a hostile case may take: generous, for slow and busy machines; most take less than a second."""

MEMORY = 2 * 2**30
COMMAND = [sys.executable, "-m", "servanda"]
MEGABYTE = 1_000_000
CASE = 'case "x"\n'


def lines_of(line: str, size: int) -> str:
    return line * (size // len(line))


def numbered(line: str, size: int) -> str:
    """Lines that differ in a number."""
    return "".join(line.replace("@", str(number)) for number in range(size // (len(line) + 4)))


def run(
    *arguments: str | bytes | os.PathLike[str],
    data: bytes | None = None,
    memory: int = MEMORY,
    seconds: int = SECONDS,
    **environment: str,
) -> subprocess.CompletedProcess[bytes]:
    """Run the command; it must end in time, with a status of its own, and without a traceback."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=data,
        capture_output=True,
        timeout=seconds,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
        env={**os.environ, **environment},
        check=False,
    )
    assert done.returncode in (0, 1, 2), done.stderr.decode(errors="replace")[-2000:]
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")[-2000:]
    assert is_quiet(done.stdout)
    return done


def is_quiet(output: bytes) -> bool:
    """Whether an output leaves the terminal as it is: it has no control characters but the ends of lines."""
    text = output.decode("utf-8")
    return all(character.isprintable() or character == "\n" for character in text)


def codes_of(done: subprocess.CompletedProcess[bytes]) -> set[str]:
    report = json.loads(done.stdout)
    return {each["code"] for case in report["cases"] for each in case["diagnostics"]}


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    """Whatever a test does in this process ends in time, too."""

    def late(signum: int, frame: object) -> None:
        raise TimeoutError(f"not done in {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(3 * SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case").mkdir()
    return tmp_path / "case"


def write(folder: Path, **files: str | bytes) -> Path:
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.pacta").write_bytes(data)
    return folder


def codes(folder: Path, *, allow_outside: bool = False) -> set[str]:
    """The codes of all that is said of a case, which must be fit for a terminal."""
    loaded = load(folder, allow_outside=allow_outside)
    assert is_quiet("".join(frames(loaded.diagnostics)).encode())
    assert msgspec.json.encode([as_json(each) for each in loaded.diagnostics])
    return {each.code for each in loaded.diagnostics}


# ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────

#: What is written, by about how many characters, and the codes of what is said of it.
TEXTS: dict[str, tuple[Callable[[int], str], set[str]]] = {
    "nothing": (lambda size: "", set()),
    "a blank": (lambda size: " ", set()),
    "a line without an end": (lambda size: "party US", {"no-case-line"}),
    "only comments": (lambda size: "# one\n\n   # two\n", set()),
    "a mark of its encoding": (lambda size: f"\ufeff{CASE}", set()),
    "a mark of its encoding elsewhere": (lambda size: f"{CASE}\ufeffparty US\n", {"stray-character"}),
    "lines that end in CR and LF": (lambda size: 'case "x"\r\nparty US\r\n  aka "U.S."\r\n', set()),
    "lines that end in CR": (lambda size: 'case "x"\rparty US\r', {"hidden-character", "unexpected-words"}),
    "a NUL": (lambda size: f"{CASE}\0", {"hidden-character", "stray-character"}),
    "a name with a NUL": (lambda size: f"{CASE}party U\0S\n", {"hidden-character", "stray-character"}),
    "marks of direction": (lambda size: f'{CASE}party US "\u202eSU\u202c"  # \u2066\n', {"hidden-character"}),
    "the year 0": (lambda size: f"{CASE}party US\n0000-01-01 US trusts US\n", {"bad-date"}),
    "the year 9999": (lambda size: f"{CASE}party US\n9999-12-31T23:59-23:59 US trusts US\n", set()),
    "the year 1": (lambda size: f"{CASE}party US\n0001-01-01T00:00+23:59..9999-12-31 US trusts US\n", set()),
    "a huge number": (lambda size: f"{CASE}matter m = {'9' * size} days after m\n", {"bad-number"}),
    "many hidden characters": (lambda size: "\x1b[2J" * (size // 100), {"hidden-character", "stray-character"}),
    "a line of one name": (lambda size: "x" * size, {"missing-at-end"}),
    "a line of one string": (lambda size: f'case "{"x" * size}"', set()),
    "a line of one string without an end": (lambda size: f'case "{"x" * size}', {"unclosed-string"}),
    "a line of backslashes": (lambda size: f'case "{chr(92) * size}', {"unclosed-string"}),
    "a line of one comment": (lambda size: "#" * size, set()),
    "a line of blanks": (lambda size: " " * size, set()),
    "a line of tabs": (lambda size: "\t" * size, set()),
    "a line of quotes": (lambda size: '"' * size, {"unknown-directive"}),
    "a line of quoted quotes": (lambda size: '"""\\' * (size // 4), {"unknown-directive"}),
    "a line of parentheses": (lambda size: "(" * size, {"unknown-directive"}),
    "a condition of parentheses": (lambda size: f"{CASE}matter m = {'(' * size}", {"nesting-too-deep"}),
    "parentheses": (
        lambda size: f"{CASE}matter m = {'(' * (size // 100)}m{')' * (size // 100)}\n", {"nesting-too-deep"}
    ),
    "at least": (lambda size: f"{CASE}matter m = {'at least 1 of (' * (size // 100)}", {"nesting-too-deep"}),
    "a line of brackets": (lambda size: f"{CASE}matter m = {'m[' * (size // 10)}", {"missing-part"}),
    "a line of ands": (
        lambda size: f"{CASE}matter m = {'m and ' * (size // 6)}m\n", {"circular-definition"}
    ),
    "a line of ors": (lambda size: f"{CASE}matter m = {'m or ' * (size // 5)}", {"missing-at-end"}),
    "a line of unlesses": (lambda size: f"{CASE}matter m = {'m unless ' * (size // 9)}m\n", {"unless-twice"}),
    "a line of commas": (lambda size: f"{CASE}party US aka {',' * size}", {"missing-part"}),
    "a line of names": (lambda size: f"{CASE}US, {'US, ' * (size // 4)}sign x", {"reserved-word"}),
    "a line of dates": (lambda size: "1962-11-20.." * (size // 12), {"bad-date"}),
    "a line of tildes": (lambda size: "~" * size, {"bad-date"}),
    "a line of marks on a letter": (lambda size: "e" + "\u0301" * (size // 2), {"missing-at-end"}),
    "a line of points": (lambda size: "a" + "." * size, {"bad-name"}),
    "empty lines": (lambda size: "\n" * (MOST_LINES * (size // 1000) // 1000 - 1), set()),
    "lines of blanks": (lambda size: lines_of("  \t \n", size), set()),
    "lines of a name": (lambda size: lines_of("x\n", size // 20), {"missing-at-end"}),
    "lines that misspell a verb": (lambda size: lines_of("x yz\n", size // 10), {"unknown-verb"}),
    # From the thousandth on there are no guesses, so that it may as well be a verb that is missing.
    "lines that misspell a directive": (
        lambda size: lines_of("partu x\n", size // 10), {"unknown-directive", "unknown-verb"}
    ),
    "lines of strings without an end": (lambda size: lines_of('"\n', size // 20), {"unclosed-string"}),
    "lines of long strings without an end": (lambda size: lines_of('x """\n', size // 10), {"missing-part"}),
    "lines that go deeper": (
        lambda size: CASE + "".join(" " * (2 * depth) + "x\n" for depth in range(1, 3 * size // 1000)),
        {"unknown-clause"},
    ),
    "one line very deep": (lambda size: f"{CASE}party US\n{' ' * (size // 50)}aka x\n", {"bad-indentation"}),
    "lines that ever name another": (lambda size: CASE + numbered("right r@ of q@\n", size // 5), {"unknown-name"}),
    "parties beside lines that name others": (
        lambda size: CASE + numbered("party p@\nright r@ of q@\n", size // 4), {"unknown-name"}
    ),
    "one name very often": (lambda size: CASE + lines_of("party US\n", size // 25), {"declared-twice"}),
    "one clause very often": (
        lambda size: f"{CASE}party US\nsource s\nright r of US\n" + "  under s\n" * (size // 20),
        {"incomplete-declaration"},
    ),
    "terms in one circle": (
        lambda size: CASE + "".join(f"term t{n} = t{(n + 1) % (size // 50)}\n" for n in range(size // 50)),
        {"circular-definition"},
    ),
    "parties that each hold a term": (
        lambda size: CASE
        + "".join(f"party p{n}\nterm t{n} = t{n + 1}\np{n} holds t{n} = t{n + 1}\n" for n in range(size // 250)),
        {"unknown-name"},
    ),
    "sources that are each closed": (
        lambda size: f"{CASE}party US\n"
        + numbered("source s@ dated 1962-01-01\n  by US\n1962-01-01 US closes s@\n", size // 2),
        set(),
    ),
    "members of one large term": (
        lambda size: f"{CASE}term t = {', '.join(f'i{n}' for n in range(size // 100))}\n"
        + "".join(f"item i{n} counted c\nmatter m{n} = i{n} in t\n" for n in range(size // 100)),
        {"unused-name"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("size", [MEGABYTE // 10, pytest.param(MEGABYTE, marks=pytest.mark.long)], ids="{:,}".format)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_ends_in_diagnostics(name: str, size: int) -> None:
    signal.alarm(SECONDS)
    make, expected = TEXTS[name]
    text = make(size)

    loaded = load_text(text, folder="/nowhere")
    assert {each.code for each in loaded.diagnostics} == expected
    assert is_quiet("".join(frames(loaded.diagnostics[:200])).encode())

    tree = parse(text)
    if any(each.severity == "error" for each in tree.diagnostics):
        with pytest.raises(ValueError, match="has errors"):
            format_tree(tree)
    else:
        formatted = format_tree(tree)
        assert format_tree(parse(formatted)) == formatted


@pytest.mark.long
def test_all_of_them_in_little_memory(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.pacta" for number in range(len(TEXTS))]
    for path, (make, _) in zip(paths, TEXTS.values(), strict=True):
        path.write_text(make(MEGABYTE), "utf-8", newline="")

    reports = json.loads(run("check", "--format", "json", *paths, seconds=3 * SECONDS).stdout)["cases"]
    for report, (_, expected) in zip(reports, TEXTS.values(), strict=True):
        assert {each["code"] for each in report["diagnostics"]} == expected


BYTES = {
    "no UTF-8": b'case "x"\nparty US "\xff\xfe"\nparty SU "Soviet Union"\n',
    "Latin-1": 'case "Caf\u00e9"\nparty Caf\u00e9\n'.encode("latin-1"),
    "UTF-16": 'case "x"\nparty US\n'.encode("utf-16"),
    "half a letter": 'case "x"\n# é'.encode()[:-1],
    "a surrogate": b'case "x"\nparty \xed\xa0\x80\n',
    "dice": random.Random(1962).randbytes(MEGABYTE // 10),
    "high bytes": b"\xff" * (MEGABYTE // 10),
    "lines of high bytes": b"\xff\n" * 2_000,
}
MANY_BYTES = {
    "a megabyte of dice": random.Random(1962).randbytes(MEGABYTE),
    "a megabyte of high bytes": b"\xff" * MEGABYTE,
    "many lines of high bytes": b"\xff\n" * 20_000,
}


@pytest.mark.parametrize("name", [*BYTES, *(pytest.param(each, marks=pytest.mark.long) for each in MANY_BYTES)])
def test_bytes_that_are_no_text_are_blamed(name: str) -> None:
    data = {**BYTES, **MANY_BYTES}[name]
    assert "not-utf8" in codes_of(run("check", "-", "--format", "json", data=data))
    assert run("fmt", "-", data=data).returncode == 2


def test_lines_without_fault_are_read_beside_bytes_that_are_no_text() -> None:
    loaded = load_text(BYTES["no UTF-8"])

    assert [each.code for each in loaded.diagnostics] == ["not-utf8"]
    assert {"SU": "Soviet Union"}.items() <= {name: each.title for name, each in loaded.case.parties.items()}.items()


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    for each in load_text(data, folder="/nowhere").diagnostics:
        assert each.code in CODES
        assert each.message.isprintable()


def test_what_is_larger_than_a_case_is_not_read() -> None:
    for data in (b"#" * (MOST_BYTES + 1), b"\n" * (MOST_LINES + 1)):
        assert codes_of(run("check", "-", "--format", "json", data=data)) == {"too-large"}
        assert run("fmt", "-", data=data).returncode == 2


@pytest.mark.long
@pytest.mark.parametrize(
    "piece", ["aa,", "(", "\0", "a and ", "x\n", "party p\n", "#\n", '"""', "\u202e", "é", "\U0001f600"]
)
def test_the_largest_text_of_one_piece_fits_the_bounds(piece: str) -> None:
    data = piece.encode()
    most = MOST_BYTES // len(data)
    done = run("check", "-", "-q", data=data * (min(most, MOST_LINES) if b"\n" in data else most), seconds=60)

    assert done.returncode in (0, 1)


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_includes_in_a_circle(folder: Path) -> None:
    write(folder, case=f'{CASE}include "a.pacta"\n', a='include "b.pacta"\n', b='include "./a.pacta"\n')

    assert codes(folder) == {"include-loop"}


def test_a_file_that_includes_itself_by_another_name(folder: Path) -> None:
    write(folder, case=f'{CASE}include "again.pacta"\n')
    (folder / "again.pacta").symlink_to("case.pacta")

    assert codes(folder) == {"include-loop"}


def test_a_chain_of_5000_includes(folder: Path) -> None:
    write(folder, case=f'{CASE}include "0.pacta"\n')
    for number in range(5000):
        (folder / f"{number}.pacta").write_text(f'include "{number + 1}.pacta"\n')

    assert codes(folder) == {"include-loop"}


def test_5000_includes_side_by_side(folder: Path) -> None:
    write(folder, case=CASE + "".join(f'include "{number}.pacta"\n' for number in range(5000)))
    for number in range(5000):
        (folder / f"{number}.pacta").write_text(f"party p{number}\n")

    loaded = load(folder)
    assert (len(loaded.case.parties), loaded.ok) == (5000, True)


OUTSIDE = ("../secret.pacta", "a/../../secret.pacta", "link.pacta", "door/secret.pacta", "@/secret.pacta")


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_is_read_from_outside_the_folder(folder: Path, path: str) -> None:
    secret = folder.parent / "secret.pacta"
    secret.write_text("# the secret\nSECRET WORDS\n")
    (folder / "a").mkdir()
    (folder / "link.pacta").symlink_to(secret)
    (folder / "door").symlink_to(folder.parent)
    written = path.replace("@", str(folder.parent))
    for directive in (f'include "{written}"', f'party US\nevent e(x)\nevents by US from "{written}" as e(x=a) at b'):
        write(folder, case=f"{CASE}{directive}\n")

        done = run("check", folder)
        assert b"path-outside" in done.stdout
        assert b"SECRET" not in done.stdout + done.stderr
    write(folder, case=f'{CASE}source s dated 1962-01-01\n  file "{written}"\nright r\n  under s "the secret"\n')
    done = run("check", folder)
    assert b"path-outside" in done.stdout
    assert load(folder).quotes.anchors == ()


@pytest.mark.parametrize("path", OUTSIDE)
def test_unless_it_is_allowed(folder: Path, path: str) -> None:
    (folder.parent / "secret.pacta").write_text("party US\n")
    (folder / "a").mkdir()
    (folder / "link.pacta").symlink_to(folder.parent / "secret.pacta")
    (folder / "door").symlink_to(folder.parent)
    write(folder, case=f'{CASE}include "{path.replace("@", str(folder.parent))}"\n')

    assert codes(folder, allow_outside=True) == set()


def test_a_link_within_the_folder_may_be_followed(folder: Path) -> None:
    write(folder, case=f'{CASE}include "link.pacta"\n', own="party US\n")
    (folder / "link.pacta").symlink_to("own.pacta")

    assert codes(folder) == set()


ODD_PATHS: dict[str, str] = {
    "": "empty-path",
    ".": "not-a-file",
    "sub": "not-a-file",
    "pipe": "not-a-file",
    "missing.pacta": "missing-file",
    "case.pacta/x": "missing-file",
    "nowhere": "missing-file",
    "round": "unreadable-file",
    "x" * 5000: "unreadable-file",
    "x/" * 4000: "unreadable-file",
    "http://example.org/x": "missing-file",
    "large.pacta": "too-large",
    "\u202e\x1b[2J": "missing-file",
    "~": "missing-file",
    "$HOME": "missing-file",
    "*": "missing-file",
}


@pytest.mark.parametrize("path", ODD_PATHS, ids=lambda path: repr(path[:20]))
@pytest.mark.parametrize("directive", ["include", "events", "source"])
def test_an_odd_path_is_told_and_nothing_waited_for(folder: Path, path: str, directive: str) -> None:
    (folder / "sub").mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "nowhere").symlink_to("gone")
    (folder / "round").symlink_to("round")
    with (folder / "large.pacta").open("wb") as file:
        file.truncate(2 * 2**30)
    text = {
        "include": f'include "{path}"\n',
        "events": f'party US\nevent e(x)\nevents by US from "{path}" as e(x=a) at b\n',
        "source": f'party US\nsource s dated 1962-01-01\n  file "{path}"\nright r of US\n  under s "words"\n',
    }
    write(folder, case=CASE + text[directive])
    wanted = ODD_PATHS[path]
    if directive == "source" and wanted in ("missing-file", "unreadable-file"):
        wanted = "texts-not-at-hand"
    if directive == "events" and wanted == "too-large":
        wanted = "unreadable-table"

    assert wanted in codes(folder)


def test_a_path_that_python_cannot_write(folder: Path) -> None:
    loaded = load_text(f'{CASE}include "\ud800"\ninclude "\0"\n', folder=folder)

    assert {"missing-file", "empty-path"} <= {each.code for each in loaded.diagnostics}


@pytest.mark.parametrize("kind", ["folder", "pipe", "sparse file", "gone", "link to nowhere", "endless name"])
def test_an_odd_root_is_told(folder: Path, kind: str) -> None:
    root = folder / "case.pacta"
    match kind:
        case "folder":
            root.mkdir()
        case "pipe":
            os.mkfifo(root)
        case "sparse file":
            with root.open("wb") as file:
                file.truncate(2 * 2**30)
        case "link to nowhere":
            root.symlink_to("gone")
        case "endless name":
            assert run("check", folder / ("x" * 5000)).returncode == 2
    expected = {"folder": "not-a-file", "pipe": "not-a-file", "sparse file": "too-large"}

    assert codes(folder) == {expected.get(kind, "no-root-file")}
    if kind in expected:
        assert codes_of(run("check", root, "--format", "json")) == {
            "no-root-file" if kind == "folder" else expected[kind]
        }
    if kind == "sparse file":
        assert run("fmt", folder).returncode == 2


def test_a_file_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, case=f'{CASE}include "own.pacta"\n', own="party US\n")
    (folder / "own.pacta").chmod(0)
    really_open = Path.open

    def refuse(path: Path, *arguments: str, **options: str) -> object:
        # The superuser may read everything, so the refusal is played.
        if path.name == "own.pacta":
            raise PermissionError(13, "Permission denied", str(path))
        return really_open(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)

    (said,) = load(folder).diagnostics
    assert (said.code, "permission denied" in said.message) == ("unreadable-file", True)


def test_names_of_files_do_not_reach_the_terminal(folder: Path) -> None:
    evil = "\x1b[2J\x1b]0;owned\x07\u202e.pacta"
    (folder / evil).write_text("x y\n")
    write(folder, case='case "\x1b[31mred\x07\u202e"\ninclude "\x1b[2J\x1b]0;owned\x07\u202e.pacta"\n')

    done = run("check", folder)
    assert b"unknown-verb" in done.stdout
    for command in (("fmt", "--check", folder), ("fmt", folder), ("fmt", "--diff", folder)):
        done = run(*command)
        assert is_quiet(done.stderr)


def test_names_that_are_no_text(folder: Path) -> None:
    root = os.fsencode(folder) + b"/\xff\xfe"
    os.mkdir(root)
    for name in (b"case.pacta", b"\xff.pacta"):
        with open(root + b"/" + name, "wb") as file:
            file.write(b'case "x"\n  timezone  UTC\n')

    assert run("check", root).returncode == 0
    assert json.loads(run("check", root, "--format", "json").stdout)["cases"][0]["ok"]
    assert run("fmt", root).returncode == 0
    assert run("check", b"\xff").returncode == 2


def test_5000_diagnostics_are_cut_for_people_and_whole_for_programs(folder: Path) -> None:
    write(folder, case=CASE + "x\n" * 5000)

    done = run("check", folder)
    assert done.stdout.count(b"error[") == 200
    assert b"and 4800 more" in done.stdout
    assert b"5000 errors" in done.stdout
    assert len(json.loads(run("check", folder, "--format", "json").stdout)["cases"][0]["diagnostics"]) == 5000


# ── texts of sources, and tables ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [20_000, pytest.param(200_000, marks=pytest.mark.long)])
def test_one_large_text_under_many_names(folder: Path, count: int) -> None:
    (folder / "s.txt").write_text("the words of a source, and other words\n" * count)
    sources = "".join(
        f'source s{n} dated 1962-01-01\n  file "s.txt"\nright r{n} of US\n  under s{n} "never said {n}"\n'
        for n in range(50)
    )
    write(folder, case=f"{CASE}party US\n{sources}")

    assert codes(folder) == {"quote-not-found"}


def test_texts_larger_than_all_bounds(folder: Path) -> None:
    sources = ""
    for n in range(5):
        with (folder / f"{n}.txt").open("wb") as file:
            file.truncate(MOST_BYTES)
        sources += f'source s{n} dated 1962-01-01\n  file "{n}.txt"\nright r{n} of US\n  under s{n} "never said"\n'
    write(folder, case=f"{CASE}party US\n{sources}")

    assert "too-large" in codes(folder)


TABLES = {
    "nothing": b"",
    "a header alone": b"ship,at\n",
    "no columns of that name": b"a,b\n1,2\n",
    "bytes that are no text": b"ship,at\n\xff\xfe,1962-01-01\n",
    "NULs": b"\0" * 100_000,
    "rows of all lengths": b"ship,at\n1\n1,2,3,4\n",
    "a cell of a megabyte": b"ship,at\n" + b"x" * MEGABYTE * 3 + b",1962-01-01\n",
    "quotes without an end": b'ship,at\n"' + b"x\n" * 100_000,
    "times that are none": b"ship,at\n" + b"x,1962-02-30\n" * 10_000,
    "a cell that moves the cursor": b"ship,at\nx,\x1b[2J\n",
    "a damaged Parquet file": b"PAR1" + b"x" * 1000 + b"PAR1",
}


@pytest.mark.parametrize("name", sorted(TABLES))
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_damaged_tables(folder: Path, name: str, suffix: str) -> None:
    (folder / f"t.{suffix}").write_bytes(TABLES[name])
    write(folder, case=f'{CASE}party US\nevent e(ship)\nevents by US from "t.{suffix}" as e(ship=ship) at "at"\n')

    found = codes(folder)
    if suffix == "parquet":
        assert found == {"unreadable-table"}
    else:
        told = found & {"unreadable-table", "unknown-column", "row-without-time"}
        assert bool(told) == (name != "a header alone")


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_reader_that_leaves_early_is_no_fault(folder: Path) -> None:
    write(folder, case=CASE + "x\n" * 5000)
    for options in ((), ("--format", "json")):
        done = subprocess.run(
            f"{' '.join(COMMAND)} check {' '.join(options)} {folder} | head -1",
            shell=True,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        assert done.stderr == b""
        assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize("command", ["check", "fmt --diff", "explain", "--help", "completion bash"])
def test_outputs_that_take_nothing(folder: Path, command: str) -> None:
    write(folder, case="case  'x'\nx y\n", other='case   "x"\n')
    for redirected in (">&-", ">/dev/full", "2>&-", ">&- 2>&- <&-"):
        done = subprocess.run(
            f"cd {folder}; {' '.join(COMMAND)} {command} {redirected}",
            shell=True,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode in (0, 1, 2), redirected
        assert b"Traceback" not in done.stderr
        assert b"Exception ignored" not in done.stderr


def test_a_closed_standard_input_is_told() -> None:
    for command in ("check", "fmt"):
        done = subprocess.run(
            f"{' '.join(COMMAND)} {command} - <&-", shell=True, capture_output=True, timeout=SECONDS, check=False
        )
        assert (done.returncode, b"standard input is closed" in done.stderr) == (2, True)


def test_a_terminal_that_knows_few_letters(folder: Path) -> None:
    write(folder, case='case "Рада"\nparty   Рада\nx\n')

    for encoding in ("ascii", "latin-1"):
        done = run("check", folder, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert b"missing-at-end" in done.stdout
        assert json.loads(run("check", folder, "--format", "json", PYTHONIOENCODING=encoding).stdout)
        formatted = run("fmt", "-", data="party   Рада\n".encode(), PYTHONIOENCODING=encoding)
        assert formatted.stdout.decode("utf-8") == "party Рада\n"


def test_too_little_memory_is_told() -> None:
    done = run("check", "-", data=b"(" * MOST_BYTES, memory=250 * 2**20)

    assert (done.returncode, b"too little memory" in done.stderr) == (2, True)


@pytest.mark.parametrize("command", [["check", "-"], ["fmt", "-"]])
def test_an_interrupt_is_quiet(command: list[str]) -> None:
    process = subprocess.Popen(
        [*COMMAND, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(b"#" * MEGABYTE)  # more than a pipe holds: then it is reading, and waits for more
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=SECONDS)

    assert b"Traceback" not in out + err
    assert process.returncode in (1, 130, -signal.SIGINT)


def spoilt_files() -> Iterator[Path]:
    root = Path(__file__).parents[2]
    yield from sorted(root.glob("examples/*/**/*.pacta"))


@given(st.data())
def test_damaged_examples(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(list(spoilt_files()))).read_bytes()
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.binary(max_size=4)) + text[at + data.draw(st.integers(0, 40)) :]

    load_text(text, folder="/nowhere")
