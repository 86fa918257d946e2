"""Playing a page of the guides: its files are written, its commands run, and what they print is put below them.

Four kinds of fenced blocks do something; all others are left alone. The examples of the project are at hand.

- A block with a file name behind its kind (` ```pacta river/case.pacta `) makes that file; a later one with the same
  name is added at its end, after an empty line.
- ` ```diff ` changes the files made so far: its `-` lines, which stand in one place of one file, become its `+` lines.
- ` ```console ` holds commands behind `$ `, each with what it prints: `servanda …`, `python …`, or `echo $?`.

Each command has a process of its own, as for a reader, or `servanda` is called in this one, which is much faster.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from servanda.cli import main

SOURCE = Path(__file__).parents[1] / "src"
TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1"}
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<file>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)

#: Runs a program with arguments in a folder: its exit status, and what it writes to either output.
Run = Callable[[str, list[str], Path], tuple[int, str]]


def in_a_process(program: str, arguments: list[str], folder: Path) -> tuple[int, str]:
    """Run `servanda` or `python` as a reader of the page would."""
    call = {"servanda": ["-m", "servanda"], "python": []}[program]
    done = subprocess.run(
        [sys.executable, *call, *arguments],
        cwd=folder,
        env={**os.environ, **TERMINAL, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return done.returncode, done.stdout


def in_this_process(program: str, arguments: list[str], folder: Path) -> tuple[int, str]:
    """Call `servanda` here; `python` has a process all the same."""
    if program != "servanda":
        return in_a_process(program, arguments, folder)
    with chdir(folder):
        called = CliRunner().invoke(
            main, arguments, prog_name=program, env=TERMINAL, terminal_width=78, catch_exceptions=False
        )
    return called.exit_code, called.output


def played(page: str, folder: Path, run: Run) -> str:
    """The page with what its commands really print when they are run, one after the other, in `folder`."""
    (folder / "examples").symlink_to(SOURCE.parent / "examples")
    player = _Player(folder, run)
    return BLOCK.sub(player.play, page)


class _Player:
    def __init__(self, folder: Path, run: Run) -> None:
        self.folder = folder
        self.run = run
        self.files: list[Path] = []
        self.status = 0

    def play(self, block: re.Match[str]) -> str:
        kind, file, body = block["kind"], block["file"], block["body"]
        if file:
            self._write(self.folder / file, body)
        elif kind == "diff":
            self._change(body)
        elif kind == "console":
            body = "".join(self._run(line[2:]) for line in body.splitlines() if line.startswith("$ "))
            return f"```console\n{body}```"
        return block[0]

    def _write(self, file: Path, body: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file in self.files:
            body = f"{file.read_text('utf-8')}\n{body}"
        else:
            self.files.append(file)
        file.write_text(body, "utf-8")

    def _change(self, body: str) -> None:
        lines = body.splitlines(keepends=True)
        old = "".join(line[2:] for line in lines if line.startswith("- "))
        new = "".join(line[2:] for line in lines if line.startswith("+ "))
        files = [file for file in self.folder.rglob("*.*") if file.read_text("utf-8").count(old) == 1]
        if len(files) != 1:
            raise AssertionError(f"the old lines stand in {len(files)} files:\n{old}")
        files[0].write_text(files[0].read_text("utf-8").replace(old, new), "utf-8")

    def _run(self, command: str) -> str:
        if command == "echo $?":
            return f"$ {command}\n{self.status}\n"
        program, *arguments = shlex.split(command)
        self.status, printed = self.run(program, arguments, self.folder)
        said = printed.rstrip("\n")
        assert "Traceback (most recent call last)" not in said, said
        return f"$ {command}\n{said}\n" if said else f"$ {command}\n"
