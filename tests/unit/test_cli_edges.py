"""Questions at the edges of what a machine has: the first and last day of calendars, places that take no file."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from servanda.cli import main
from unit.questions import SLUICE, ran

_FOR_EVER = SLUICE + "2031-04-16 Lower promises pay-keeper by 9999-12-31\n"


@pytest.mark.parametrize("at", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "command", ["status", "brief", "disputes", "cross-check", "attempts", "deadlines", "residue", "stuck", "wayout"]
)
def test_the_first_and_the_last_day_of_calendars_can_be_asked(command: str, at: str) -> None:
    result = ran(command, "-", "--at", at, data=_FOR_EVER)

    assert (result.exit_code, result.stderr) == (0, "")


def test_a_record_is_told_from_the_first_day_of_calendars_to_the_last() -> None:
    result = ran("timeline", "-", "--from", "0001-01-01", "--to", "9999-12-31", data=_FOR_EVER)

    assert "2031-04-16" in result.stdout
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_deadline_on_the_last_day_is_compared_and_written_down(tmp_path: Path) -> None:
    one, other = tmp_path / "one.pacta", tmp_path / "other.pacta"
    one.write_text(_FOR_EVER.replace("  when open-gates\n", "  when open-gates or 9999-12-31\n"), "utf-8")
    other.write_text(_FOR_EVER, "utf-8")
    compared = CliRunner().invoke(main, ["compare", str(one), str(other)])
    calendar = CliRunner().invoke(
        main, ["deadlines", str(one), "--at", "2031-05-01", "--ics", str(tmp_path / "all.ics")]
    )

    assert compared.exception is None or isinstance(compared.exception, SystemExit)
    assert (calendar.exit_code, calendar.exception) == (0, None)


@pytest.mark.parametrize(
    "asked", [("brief", "--html"), ("disputes", "--plot"), ("query", "from acts", "-o"), ("deadlines", "--ics")]
)
def test_a_place_that_takes_no_file_is_named(asked: tuple[str, ...], tmp_path: Path) -> None:
    case, place = tmp_path / "case.pacta", tmp_path / "nowhere" / "page.svg"
    case.write_text(SLUICE, "utf-8")
    command, *more, option = asked
    result = CliRunner().invoke(main, [command, *more, str(case), option, str(place)])

    assert result.exit_code == 2
    assert f"`{place}`" in result.stderr
    assert "no such file or directory" in result.stderr
