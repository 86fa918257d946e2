"""`servanda fmt`: what it writes, what it leaves alone, and that nothing gets lost on the way."""

import os
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from servanda.cli import main
from servanda.text import Tree, format_tree

LOOSE = '# who\ncase   "x"\nparty  US   # the first\n\n\n\nparty USSR\n'
NEAT = '# who\ncase "x"\nparty US  # the first\n\nparty USSR\n'
FAULTY = 'case   "x"\nparty\n'


def ran(*arguments: str | Path, data: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(main, ["fmt", *(str(each) for each in arguments)], input=data)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "case.pacta"
    path.write_text(LOOSE)
    return path


def test_a_file_or_a_folder_is_laid_out(file: Path) -> None:
    below = file.parent / "record" / "1962.pacta"
    below.parent.mkdir()
    below.write_text(LOOSE)
    (file.parent / "notes.txt").write_text(LOOSE)

    assert (ran(file).exit_code, file.read_text(), below.read_text()) == (0, NEAT, LOOSE)
    result = ran(file.parent)
    assert (result.exit_code, below.read_text(), (file.parent / "notes.txt").read_text()) == (0, NEAT, LOOSE)
    assert result.stderr == f"formatted {below}\n"
    assert ran(file.parent).stderr == ""


def test_without_a_path_the_current_folder_is(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)

    assert (ran().exit_code, file.read_text()) == (0, NEAT)


def test_check_writes_nothing_and_names_what_would_change(file: Path) -> None:
    result = ran("--check", file)
    assert (result.exit_code, result.stdout, file.read_text()) == (1, f"would change {file}\n", LOOSE)

    file.write_text(NEAT)
    assert (ran("--check", file).exit_code, ran("--check", file).stdout) == (0, "")


@pytest.mark.parametrize(
    "text",
    [LOOSE, LOOSE.rstrip("\n"), LOOSE.replace("\n", "\r\n"), "\ufeff" + LOOSE, "# \u2028 one  \n" + LOOSE],
    ids=["loose", "no last line end", "CR LF", "BOM", "odd separator"],
)
def test_the_difference_is_one_that_patch_understands(file: Path, text: str) -> None:
    file.write_text(text, "utf-8", newline="")
    result = ran("--diff", file)

    assert (result.exit_code, file.read_bytes()) == (0, text.encode())
    done = subprocess.run(
        ["git", "apply", "--unidiff-zero", "-p0", "--verbose", "-"],
        input=result.stdout_bytes.replace(b" (formatted)", b"").replace(str(file).encode(), b"case.pacta"),
        cwd=file.parent,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    wanted = ran("-", data=text.encode()).stdout_bytes
    assert file.read_bytes() == wanted


def test_standard_input_is_laid_out_to_standard_output() -> None:
    assert (ran("-", data=LOOSE).exit_code, ran("-", data=LOOSE).stdout) == (0, NEAT)
    assert (ran("-", "--check", data=LOOSE).exit_code, ran("-", "--check", data=LOOSE).stdout) == (
        1,
        "would change -\n",
    )
    assert (ran("-", "--check", data=NEAT).exit_code, ran("-", "--check", data=NEAT).stdout) == (0, "")
    assert ran("-", "--diff", data=LOOSE).stdout.startswith("--- -\n+++ - (formatted)\n")
    assert ran("-", data=NEAT).stdout == NEAT
    assert ran("-", data="").stdout == ""


def test_a_file_with_errors_is_left_as_it_is(file: Path) -> None:
    other = file.with_name("other.pacta")
    other.write_text(FAULTY)
    result = ran(file.parent)

    assert (result.exit_code, other.read_text(), file.read_text()) == (1, FAULTY, NEAT)
    assert "missing-at-end" in result.stderr
    assert f"{other} is left as it is" in result.stderr
    assert (ran("-", data=FAULTY).exit_code, ran("-", data=FAULTY).stdout) == (1, "")


@pytest.mark.parametrize("spoilt", [b"\xff\xfe", b"x" * (17 * 2**20)], ids=["no text", "too large"])
def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_it(file: Path, spoilt: bytes) -> None:
    other = file.with_name("a.pacta")
    other.write_bytes(spoilt)
    result = ran(file.parent)

    assert (result.exit_code, other.read_bytes() == spoilt, file.read_text()) == (2, True, NEAT)
    assert str(other) in result.stderr


def test_the_mode_of_a_file_stays(file: Path) -> None:
    for mode in (0o640, 0o755, 0o600):
        file.write_text(LOOSE)
        file.chmod(mode)
        ran(file)

        assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == (NEAT, mode)


def test_a_link_stays_a_link_and_what_it_leads_to_is_laid_out(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "target.pacta"
    target.parent.mkdir()
    target.write_text(LOOSE)
    link = tmp_path / "link.pacta"
    link.symlink_to("elsewhere/target.pacta")
    ran(link)

    assert (link.is_symlink(), os.readlink(link)) == (True, "elsewhere/target.pacta")
    assert target.read_text() == NEAT


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("meanwhile", [b"party  New # \xff\n", b"", b'case   "x"\n'])
def test_what_somebody_else_wrote_meanwhile_is_not_lost(
    file: Path, meanwhile: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(tree: Tree) -> str:
        file.write_bytes(meanwhile)
        return format_tree(tree)

    monkeypatch.setattr("servanda.cli.fmt.format_tree", overtaken)
    result = ran(file)

    assert (result.exit_code, file.read_bytes()) == (2, meanwhile)
    assert "was changed by somebody else" in result.stderr
    assert leftovers(file.parent) == ["case.pacta"]


def test_nothing_is_lost_where_nothing_can_be_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    for name in ("tempfile.mkstemp", "os.replace", "os.chmod"):
        with monkeypatch.context() as patch:
            patch.setattr(name, refuse)
            result = ran(file)
        assert (result.exit_code, file.read_text()) == (2, LOOSE)
        assert "cannot be written: Permission denied" in result.stderr
        assert leftovers(file.parent) == ["case.pacta"]


def test_a_file_that_is_gone_meanwhile(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def overtaken(tree: Tree) -> str:
        file.unlink()
        return format_tree(tree)

    monkeypatch.setattr("servanda.cli.fmt.format_tree", overtaken)

    assert (ran(file).exit_code, leftovers(file.parent)) == (2, [])


def test_a_folder_without_cases_is_wrong_use(tmp_path: Path) -> None:
    result = ran(tmp_path)

    assert (result.exit_code, "no `.pacta` files" in result.stderr) == (2, True)
