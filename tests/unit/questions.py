"""A small case that all tests of questions ask: one sluice, two towns, a look that is let in late and a promise."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from servanda.cli import main

CUBA = Path(__file__).parents[2] / "examples/cuba-1962"
FERRY = Path(__file__).parents[2] / "examples/ceasefire-exchange"
SLUICE = """case "The sluice"
  timezone Europe/Vienna
party Upper
party Lower
body Gauge
channel talks among Upper, Lower
channel own among Lower
item gates "Sluice gates" counted opened
means sight "A look at the sluice" by Gauge
  consent of Upper
source accord "Accord" dated 2031-03-01
  by Upper, Lower

obligation open-gates "Open the gates." of Upper to Lower
  done when 4 gates opened
  verified by sight
obligation pay-keeper "Pay the keeper." of Lower to Upper
  when open-gates
  within 10 days of open-gates
prohibition no-dredging "Do not dredge." of Lower to Upper
  under accord
  forbids dredges(side=Lower)
event dredges(side)

2031-03-02 Upper, Lower recognise accord
2031-03-03 Lower states "We wait."
  via own
2031-04-01 Upper promises open-gates by 2031-04-20
2031-04-01 Lower recognises open-gates, pay-keeper
2031-04-02 Upper refuses sight
  via talks
2031-04-05 Gauge attempts sight
  on open-gates
  result denied
2031-04-08 Upper consents to sight
2031-04-10 Upper claims 4 gates opened
2031-04-12 Gauge observes 3 gates opened via sight
2031-05-02T09:00 Gauge observes dredges(side=Lower)
  known 2031-05-04
2031-05-10 Gauge observes 4 gates opened via sight
  on 2031-05-09
"""
CLOSED = (
    SLUICE + "2031-06-01 Upper closes leaving pay-keeper\n2031-06-02 Lower closes leaving open-gates, no-dredging\n"
)


def ran(*arguments: str | Path, data: str | None = None, columns: int = 100) -> Result:
    """The result of a command, run in this process."""
    result = CliRunner().invoke(
        main, [str(each) for each in arguments], input=data, env={"COLUMNS": str(columns), "FORCE_COLOR": None}
    )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def asked(command: str, *arguments: str, data: str = SLUICE, columns: int = 100) -> str:
    """What a question to the case prints for people."""
    result = ran(command, "-", *arguments, data=data, columns=columns)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def answer(command: str, *arguments: str, data: str = SLUICE) -> dict[str, Any]:
    """What a question to the case gives to programs."""
    found = json.loads(asked(command, *arguments, "--format", "json", data=data))
    assert isinstance(found, dict)
    return found
