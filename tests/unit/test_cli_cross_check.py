"""`servanda cross-check`: findings for people and for programs, and the coverage of a source."""

import json

import jsonschema
import pytest

from servanda.api.schemas import schema_of
from unit.questions import FERRY, SLUICE, answer, asked, ran


def test_findings_stand_under_what_they_are_about() -> None:
    shown = asked("cross-check", "--at", "2031-04-15")

    assert "amounts that do not add up\n   gates opened: 4 declared by Upper, 3 observed by Gauge\n      -:" in shown
    assert "gates opened  Upper  4         –" in shown
    assert shown.endswith("3 findings\n")


def test_programs_get_the_same() -> None:
    found = answer("cross-check", "--at", "2031-04-15")

    jsonschema.validate(found, schema_of("cross-check"))
    raised = {(each["kind"], each["about"]): each for each in found["findings"]}
    assert set(raised) == {
        ("no-source", "open-gates"),
        ("no-source", "pay-keeper"),
        ("amounts-differ", "gates opened"),
    }
    assert found["amounts"][0] == {"what": "gates opened", "author": "Upper", "declared": 4.0, "observed": None}


@pytest.mark.parametrize(("date", "status"), [("2031-04-15", 1), ("2031-03-01", 0)])
def test_a_finding_can_fail_the_command(date: str, status: int) -> None:
    result = ran("cross-check", "-", "--at", date, "--fail-on", "finding", data=SLUICE)

    assert result.exit_code == status
    assert ran("cross-check", "-", "--at", date, data=SLUICE).exit_code == 0


def test_the_parts_of_a_source_are_listed_with_what_rests_on_them() -> None:
    shown = ran("cross-check", FERRY, "--coverage", "accord").stdout

    assert shown.startswith("accord: commitments rest on 7 of 7 parts\n")
    assert "Article 2. Within five days" in shown
    assert "hand-over-list" in shown
    found = json.loads(ran("cross-check", FERRY, "--coverage", "accord", "--format", "json").stdout)
    jsonschema.validate(found, schema_of("cross-check --coverage"))
    assert found["parts"][1]["commitments"] == ["hand-over-list"]


def test_a_source_without_its_text_cannot_be_covered() -> None:
    result = ran("cross-check", "-", "--coverage", "accord", data=SLUICE)

    assert result.exit_code == 2
    assert "the text of `accord` is not at hand" in result.stderr
