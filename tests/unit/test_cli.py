"""The command line: what each command does, says, writes and answers with."""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import servanda
from servanda.cli import main
from servanda.cli.main import COMMANDS, SUMMARIES
from servanda.cli.new import TEMPLATES
from servanda.diagnostics import CODES

CLEAN = 'case "A case"\nparty US\nparty USSR\nUS trusts USSR\n'
FAULTY = CLEAN + "US trusts Cuba\n"
SUSPICIOUS = CLEAN + "US claims m\nmatter m\n"
COMMAND = [sys.executable, "-m", "servanda"]


def ran(*arguments: str | Path, data: str | bytes | None = None, **environment: str) -> Result:
    """The result of a command, run in this process."""
    result = CliRunner().invoke(main, [str(each) for each in arguments], input=data, env=environment)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def report_of(*arguments: str | Path, data: str | None = None) -> dict[str, Any]:
    report = json.loads(ran("check", "--format", "json", *arguments, data=data).stdout)
    assert isinstance(report, dict)
    return report


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "case.pacta").write_text(CLEAN)
    return tmp_path


# ── new ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_a_new_case_checks_clean_and_is_laid_out(tmp_path: Path, template: str) -> None:
    folder = tmp_path / "sub" / "my case"
    result = ran("new", folder, "--template", template)

    assert result.exit_code == 0
    assert {path.name for path in folder.iterdir()} == {"case.pacta", "record.pacta"}
    [report] = report_of(folder)["cases"]
    assert report["diagnostics"] == []
    assert report["expected"]["run"]
    assert report["expected"]["hold"] > 0
    assert "#" in (folder / "case.pacta").read_text("utf-8")
    assert ran("fmt", "--check", folder).exit_code == 0
    # The next step that it names can be pasted into a shell as it is.
    step = re.search(r"^next: servanda (.*)$", result.stdout, re.MULTILINE)
    assert step is not None
    assert (
        subprocess.run(f"{' '.join(COMMAND)} {step[1]}", shell=True, capture_output=True, check=False).returncode == 0
    )


def test_new_fills_an_empty_folder_and_no_other(tmp_path: Path) -> None:
    assert ran("new", tmp_path).exit_code == 0
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    result = ran("new", tmp_path)
    assert (result.exit_code, "is not empty" in result.stderr) == (2, True)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name != "small"])
def test_a_template_has_readings_that_part_and_a_supposition(template: str, tmp_path: Path) -> None:
    ran("new", tmp_path, "--template", template)
    case = servanda.load(tmp_path).case

    assert len(case.scenarios) == 1
    assert max(len(case.disputes(at=str(act.dating.latest))) for act in case.acts if act.dating) > 0


def test_new_begins_the_small_case_where_none_is_named(tmp_path: Path) -> None:
    ran("new", tmp_path / "bare")
    ran("new", tmp_path / "named", "--template", "small")

    assert (tmp_path / "bare/case.pacta").read_bytes() == (tmp_path / "named/case.pacta").read_bytes()
    assert ran("new", tmp_path / "other", "--template", "armistice").exit_code == 2
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("name", ["file", "file/below", "x" * 300])
def test_new_tells_where_it_cannot_write(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")

    assert ran("new", tmp_path / name).exit_code == 2


# ── check ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_check_takes_a_folder_a_file_several_or_standard_input(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments, data in (((case,), None), ((case / "case.pacta",), None), (("-",), CLEAN)):
        result = ran("check", *arguments, data=data)
        assert (result.exit_code, "A case" in result.stdout, "2 parties" in result.stdout) == (0, True, True)
    monkeypatch.chdir(case)
    assert "A case" in ran("check").stdout

    both = report_of(case, case / "case.pacta", "-", data=FAULTY)
    assert [each["path"] for each in both["cases"]] == [str(case), str(case / "case.pacta"), "-"]
    assert [each["ok"] for each in both["cases"]] == [True, True, False]


def test_what_standard_input_includes_lies_in_the_current_folder(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (case / "own.pacta").write_text("party Cuba\n")
    monkeypatch.chdir(case)

    assert report_of("-", data=CLEAN + 'include "own.pacta"\n')["cases"][0]["holds"]["parties"] == 3


def test_a_place_is_shown_with_its_line(case: Path) -> None:
    (case / "case.pacta").write_text(FAULTY)
    result = ran("check", case)

    assert result.exit_code == 1
    assert f"{case / 'case.pacta'}:5:11" in result.stdout
    assert "5 | US trusts Cuba\n  |           ^^^^" in result.stdout
    assert result.stdout.splitlines()[-1].strip() == "1 error"


@pytest.mark.parametrize(
    ("text", "fail_on", "status"),
    [
        (CLEAN, "warning", 0),
        (SUSPICIOUS, "error", 0),
        (SUSPICIOUS, "warning", 1),
        (SUSPICIOUS, "never", 0),
        (FAULTY, "error", 1),
        (FAULTY, "warning", 1),
        (FAULTY, "never", 0),
    ],
)
def test_fail_on_says_what_makes_the_status_1(text: str, fail_on: str, status: int) -> None:
    assert ran("check", "-", "--fail-on", fail_on, data=text).exit_code == status
    assert ran("check", "-", "--fail-on", fail_on, "--format", "json", data=text).exit_code == status


def test_one_faulty_case_of_several_makes_the_status_1(case: Path) -> None:
    assert ran("check", case, "-", data=FAULTY).exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "no/such/folder"],
        ["check", "--sources", "no/such/folder"],
        ["check", "--watch", "-"],
        ["check", "--format", "yaml"],
        ["check", "--fail-on", "finding"],
        ["fmt", "no/such/folder"],
        ["new"],
        ["explain", "no-such-code"],
        ["explain", "bad-date", "bad-name"],
        ["completion", "tcsh"],
        ["chekc"],
        ["--verbose"],
    ],
)
def test_wrong_use_has_status_2_and_says_so_on_stderr(arguments: list[str]) -> None:
    result = ran(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.rstrip()


def test_quiet_leaves_out_what_the_case_holds(case: Path) -> None:
    assert ran("check", "-q", case).stdout == ""
    assert "unknown-name" in ran("check", "-q", "-", data=FAULTY).stdout


def test_sources_say_where_the_texts_are(case: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("We will remove\nthe weapons.")
    (case / "case.pacta").write_text(
        CLEAN
        + 'source a dated 1962-10-27\n  file "a.txt"\nright r of US\n  under a "remove the weapons"\n  under a "keep"\n'
    )

    without, there = report_of(case)["cases"][0], report_of("--sources", texts, case)["cases"][0]
    assert without["quotes"] == {"exact": 0, "normalised": 0, "fuzzy": 0, "not_found": 0, "unchecked": 2}
    assert there["quotes"] == {"exact": 0, "normalised": 1, "fuzzy": 0, "not_found": 1, "unchecked": 0}
    assert [each["code"] for each in without["diagnostics"]] == ["texts-not-at-hand"]
    assert [each["code"] for each in there["diagnostics"]] == ["quote-not-found"]


def test_json_has_every_field_and_no_other() -> None:
    report = report_of("-", data=FAULTY + "US clams x\nparty US\nUS trusts USRS\n")

    assert set(report) == {"schema_version", "cases"}
    (loaded,) = report["cases"]
    assert set(loaded) == {"path", "title", "ok", "holds", "expected", "quotes", "diagnostics"}
    assert set(loaded["holds"]) == {
        *("parties", "bodies", "persons", "channels", "sources", "items", "terms", "matters", "means", "events"),
        *("commitments", "acts", "expectations", "scenarios", "files"),
    }
    assert all(isinstance(count, int) for count in (*loaded["holds"].values(), *loaded["quotes"].values()))
    assert {each["code"] for each in loaded["diagnostics"]} == {"unknown-name", "unknown-verb", "declared-twice"}
    spans = []
    for each in loaded["diagnostics"]:
        assert set(each) == {"code", "severity", "message", "label", "span", "related", "next", "fix"}
        assert each["next"] == CODES[each["code"]].remedy
        spans += [each["span"], *(other["span"] for other in each["related"])]
        spans += [each["fix"]["span"]] if each["fix"] else []
        assert all(set(other) == {"text", "span"} for other in each["related"])
        assert each["fix"] is None or set(each["fix"]) == {"replacement", "span"}
    assert {tuple(sorted(span)) for span in spans} == {
        ("column", "end", "end_column", "end_line", "line", "path", "start")
    }
    assert any(each["fix"] for each in loaded["diagnostics"])
    assert any(each["related"] for each in loaded["diagnostics"])


def test_a_fix_put_in_its_place_mends_the_text() -> None:
    text = CLEAN + "US trusst USSR\nUS trusts USRS\n"
    fixes = [each["fix"] for each in report_of("-", data=text)["cases"][0]["diagnostics"] if each["fix"]]
    for fix in sorted(fixes, key=lambda each: -each["span"]["start"]):
        text = text[: fix["span"]["start"]] + fix["replacement"] + text[fix["span"]["end"] :]

    assert [each["code"] for each in report_of("-", data=text)["cases"][0]["diagnostics"]] in (["unknown-verb"], [])


# ── colour ──────────────────────────────────────────────────────────────────────────────────────────────────


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What a command writes to a terminal."""
    leader, follower = os.openpty()
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    environment = {**plain, "TERM": "xterm", **environment}
    with subprocess.Popen([*COMMAND, *arguments], stdout=follower, stdin=subprocess.DEVNULL, env=environment):
        os.close(follower)
        read = b""
        while True:
            try:
                chunk = os.read(leader, 65536)
            except OSError:
                break
            if not chunk:
                break
            read += chunk
    os.close(leader)
    return read.decode().replace("\r\n", "\n")


def test_colour_is_for_terminals_and_never_alone(case: Path) -> None:
    (case / "case.pacta").write_text(FAULTY)
    plain = ran("check", case).stdout

    coloured = on_a_terminal("check", str(case))
    assert "\x1b[" in coloured
    assert click.unstyle(coloured) == plain
    assert on_a_terminal("check", str(case), NO_COLOR="1") == plain
    assert on_a_terminal("check", str(case), TERM="dumb") == plain
    assert "\x1b" not in plain
    forced = ran("check", str(case), FORCE_COLOR="1").stdout
    assert ("\x1b[" in forced, click.unstyle(forced)) == (True, plain)


# ── watch ───────────────────────────────────────────────────────────────────────────────────────────────────


def waited_for(path: Path, there: Callable[[str], bool], again: Callable[[], object] = lambda: None) -> str:
    """What a file says once it says that; fails after a while, in which something is done again and again."""
    for _ in range(200):
        text = path.read_text()
        if there(text):
            return text
        again()
        time.sleep(0.1)
    raise AssertionError(text)


def test_watch_checks_again_after_each_change_until_it_is_interrupted(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    root, out, err = case / "case.pacta", tmp_path / "out", tmp_path / "err"
    root.write_text(CLEAN)
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen([*COMMAND, "check", "--watch", str(case)], stdout=stdout, stderr=stderr)
        try:
            waited_for(err, lambda text: "watching" in text)
            # It says so just before the watch is set up.
            waited_for(out, lambda text: "error[unknown-name]" in text, again=lambda: root.write_text(FAULTY))
            root.unlink()
            waited_for(out, lambda text: "no-root-file" in text)
            root.write_text(CLEAN)
            text = waited_for(out, lambda text: text.count("no problems") >= 2)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()
            process.wait()
    assert text.count("A case") >= 3
    assert "case.pacta changed" in err.read_text()
    assert "Traceback" not in err.read_text()


# ── explain, completion, help ───────────────────────────────────────────────────────────────────────────────


def test_explain_lists_all_codes_and_tells_of_each() -> None:
    listed = ran("explain").stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(CODES)

    for code in CODES.values():
        said = " ".join(ran("explain", code.name).stdout.split())
        assert said.startswith(f"{code.severity}[{code.name}]: ")
        assert " ".join(code.cause.split()) in said
        assert " ".join(code.remedy.split()) in said
        assert "{" not in said.replace(" ".join(code.cause.split()), "").replace(" ".join(code.remedy.split()), "")
    assert ran("explain", "[bad-date]").stdout == ran("explain", "bad-date").stdout


def test_explain_gives_the_same_as_json() -> None:
    listed = json.loads(ran("explain", "--format", "json").stdout)
    assert [each["code"] for each in listed["codes"]] == list(CODES)

    one = json.loads(ran("explain", "bad-date", "--format", "json").stdout)
    assert one == {"schema_version": 1, **next(each for each in listed["codes"] if each["code"] == "bad-date")}
    assert set(one) == {"schema_version", "code", "severity", "message", "cause", "next"}


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["explain", "unknwon-name"], "did you mean `unknown-name`?"),
        (["explain", "qqqqqqqq"], "`servanda explain` lists them all"),
        (["chekc"], "did you mean `check`?"),
        (["qqqqqqqq"], "there are new, check, "),
        (["check", "--formt", "json"], "--format"),
        (["fmt", "--dif"], "--diff"),
    ],
)
def test_what_is_misspelt_gets_a_hint(arguments: list[str], hint: str) -> None:
    result = ran(*arguments)

    assert (result.exit_code, hint in result.stderr) == (2, True), result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str) -> None:
    result = ran("completion", shell)

    assert result.exit_code == 0
    assert f"_SERVANDA_COMPLETE={shell}_complete" in result.stdout


def completed(words: str) -> list[str]:
    """What bash is offered behind these words."""
    done = subprocess.run(
        [sys.executable, "-c", "from servanda.cli import main; main(prog_name='servanda')"],
        env={
            **os.environ,
            "_SERVANDA_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
        },
        capture_output=True,
        check=True,
    )
    return [line.partition(",")[2] for line in done.stdout.decode().splitlines()]


def test_a_shell_completes_commands_options_and_codes() -> None:
    assert set(completed("servanda ")) == set(COMMANDS)
    assert completed("servanda ch") == ["check"]
    assert "--fail-on" in completed("servanda check --")
    assert completed("servanda check --format j") == ["json"]
    assert completed("servanda explain unkn") == [name for name in CODES if name.startswith("unkn")]
    assert completed("servanda completion z") == ["zsh"]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_tells_of_every_option(command: str) -> None:
    for flag in ("--help", "-h"):
        result = ran(*command.split(), flag)
        assert result.exit_code == 0
        assert "Usage:" in result.stdout
    if command:
        context = click.Context(main)
        found = main.get_command(context, command)
        assert found is not None
        for option in (each for each in found.params if isinstance(each, click.Option)):
            assert option.help
            assert all(name in result.stdout for name in option.opts)
    else:
        assert all(re.search(rf"^  {name} +\w", result.stdout, re.MULTILINE) for name in COMMANDS)


def test_the_version_is_that_of_the_package() -> None:
    import servanda

    assert ran("--version").stdout == f"servanda {servanda.__version__}\n"


# ── how soon it starts ──────────────────────────────────────────────────────────────────────────────────────

SLOW = ("rapidfuzz", "duckdb", "holidays", "zoneinfo", "watchfiles", "dateutil", "unittest", "asyncio")


def modules_after(*arguments: str) -> set[str]:
    """The modules that are loaded once a command is done."""
    done = subprocess.run(
        [
            *(sys.executable, "-c"),
            "import sys; from servanda.cli import main; "
            "main(sys.argv[1:], standalone_mode=False); print(*sys.modules, file=sys.stderr)",
            *arguments,
        ],
        capture_output=True,
        check=True,
    )
    return set(done.stderr.decode().split())


def test_a_clean_check_loads_nothing_slow(case: Path) -> None:
    loaded = modules_after("check", str(case))

    assert "servanda.load" in loaded
    assert {name for name in SLOW if name in loaded} == set()


def test_help_says_of_each_command_what_it_says_of_itself() -> None:
    assert isinstance(main, click.Group)
    found = {name: command.get_short_help_str(100) for name in COMMANDS if (command := main.get_command(None, name))}  # type: ignore[arg-type]

    assert found == SUMMARIES
    assert modules_after("--help").isdisjoint({"servanda.standing", "servanda.cli.status"})


@pytest.mark.parametrize("command", ["--help", "check"])
def test_it_starts_at_once(case: Path, command: str) -> None:
    def seconds(*arguments: str) -> float:
        """The time that the processor spends on it, which other processes change little: the best of some tries."""
        tries = []
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            tries.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return min(tries)

    arguments = ["check", str(case)] if command == "check" else ["--help"]
    # 0.15 s is the aim; the bound leaves room for a slow and busy machine.
    assert seconds("-m", "servanda", *arguments) - seconds("-c", "pass") < 0.3
