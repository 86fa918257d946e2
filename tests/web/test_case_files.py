"""The files of a case folder: what is no case file is refused, and nobody's change is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from servanda.workbench.editing.files import CaseFolder, Conflict, Held, Refused

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    case = tmp_path / "case"
    (case / "record").mkdir(parents=True)
    (case / "case.pacta").write_text('case "x"\n')
    (case / "record" / "a.pacta").write_text("US signs x\n")
    (case / "notes.txt").write_text("not the case's")
    (case / ".hidden.pacta").write_text("party A\n")
    (tmp_path / "outside.pacta").write_text("party Out\n")
    (case / "link.pacta").symlink_to(tmp_path / "outside.pacta")
    (case / "behind").symlink_to(tmp_path)
    return case


def test_case_files_are_listed_and_no_others(folder: Path) -> None:
    assert CaseFolder(folder).files() == ["case.pacta", "record/a.pacta"]


@pytest.mark.parametrize(
    "path",
    [
        "", ".", "..", "../outside.pacta", "record/../../outside.pacta", "record/../case.pacta", "/etc/passwd",
        "link.pacta", "behind/outside.pacta", "notes.txt", ".hidden.pacta", "record", "record/none.pacta", "a\0.pacta",
        "record\\a.pacta", "case.pacta/x.pacta",
    ],
)  # fmt: skip
def test_what_is_no_case_file_is_refused(folder: Path, path: str) -> None:
    files = CaseFolder(folder)
    with pytest.raises(Refused):
        files.read(path)
    with pytest.raises(Refused):
        files.save(path, "party Hacked\n", "")
    assert (folder.parent / "outside.pacta").read_text() == "party Out\n"


def test_a_save_is_guarded_by_the_hash_of_the_old_text(folder: Path) -> None:
    files = CaseFolder(folder)
    first = files.read("case.pacta")
    saved = files.save("case.pacta", 'case "mine"\n', first.hash)
    assert isinstance(saved, Held)
    outcome = files.save("case.pacta", 'case "theirs"\n', first.hash)
    assert isinstance(outcome, Conflict)
    assert outcome.there == saved
    assert files.read("case.pacta").text == 'case "mine"\n'


def test_line_ends_and_the_mode_of_a_file_stay(folder: Path) -> None:
    place = folder / "case.pacta"
    place.write_bytes(b'case "x"\r\nparty A\r\n')
    place.chmod(0o640)
    files = CaseFolder(folder)
    held = files.read("case.pacta")
    assert held.text == 'case "x"\nparty A\n'
    files.save("case.pacta", held.text + "party B", held.hash)
    assert place.read_bytes() == b'case "x"\r\nparty A\r\nparty B\r\n'
    assert place.stat().st_mode & 0o777 == 0o640


def test_what_is_no_text_is_not_opened(folder: Path) -> None:
    (folder / "case.pacta").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refused, match="no text in UTF-8"):
        CaseFolder(folder).read("case.pacta")


def test_the_last_write_can_be_taken_back_while_the_file_is_its_own(folder: Path) -> None:
    files = CaseFolder(folder)
    first = files.read("case.pacta")
    second = files.save("case.pacta", 'case "y"\n', first.hash)
    assert isinstance(second, Held)
    assert files.take_back("case.pacta", second.hash) == first
    with pytest.raises(Refused):
        files.take_back("case.pacta", second.hash)
    third = files.save("case.pacta", 'case "z"\n', first.hash)
    assert isinstance(third, Held)
    (folder / "case.pacta").write_text('case "by hand"\n')
    assert isinstance(files.take_back("case.pacta", third.hash), Conflict)
    assert (folder / "case.pacta").read_text() == 'case "by hand"\n'


def test_two_editors_at_once_lose_nothing(folder: Path) -> None:
    """Each adds its lines, looking again whenever the other was first: in the end every line is there once."""
    mine = 20

    def edit(who: str, files: CaseFolder) -> None:
        for number in range(mine):
            while True:
                held = files.read("record/a.pacta")
                outcome = files.save("record/a.pacta", f"{held.text}{who} signs x{number}\n", held.hash)
                if isinstance(outcome, Held):
                    break

    # two that share a server, and two of servers of their own
    shared = CaseFolder(folder)
    editors = [("A", shared), ("B", shared), ("C", CaseFolder(folder)), ("D", CaseFolder(folder))]
    threads = [threading.Thread(target=edit, args=each) for each in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = (folder / "record" / "a.pacta").read_text().splitlines()
    wanted = ["US signs x", *(f"{who} signs x{number}" for who, _ in editors for number in range(mine))]
    assert sorted(lines) == sorted(wanted)
    assert [path.name for path in (folder / "record").iterdir()] == ["a.pacta"]


SAVES_FOR_EVER = """
import sys
from pathlib import Path
from servanda.workbench.editing.files import CaseFolder
files = CaseFolder(Path(sys.argv[1]))
texts = [word * 200_000 + "\\n" for word in ("old ", "new ")]
held = files.read("case.pacta")
print("ready", flush=True)
while True:
    for text in texts:
        held = files.save("case.pacta", text, held.hash)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_who_is_killed_while_saving_leaves_the_old_text_or_the_new(folder: Path) -> None:
    texts = {word * 200_000 + "\n" for word in ("old ", "new ")}
    (folder / "case.pacta").write_text(min(texts))
    dice = random.Random(1962)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for _ in range(5):
        program = subprocess.Popen(
            [sys.executable, "-c", SAVES_FOR_EVER, str(folder)], stdout=subprocess.PIPE, env=environment
        )
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
        time.sleep(dice.uniform(0.0, 0.05))
        program.send_signal(signal.SIGKILL)
        program.wait()
        program.stdout.close()
        assert (folder / "case.pacta").read_text() in texts
    assert CaseFolder(folder).files() == ["case.pacta", "record/a.pacta"]
