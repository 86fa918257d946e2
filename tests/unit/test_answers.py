"""The JSON contract: its shape, its schemas, and that it can be written and read again."""

from __future__ import annotations

import datetime
import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import msgspec
import pytest
from click.testing import CliRunner

from servanda import StatusAnswer, View, Why, WhyAnswer, load
from servanda.api.answers import instant_answer, standing_answer, status_answer, why_answer
from servanda.api.query_answers import QueryAnswer, TablesAnswer
from servanda.api.schemas import ANSWERS, schema_of
from servanda.cli import main
from servanda.model.span import NOWHERE, File, Span
from servanda.model.time import dating_from_words
from servanda.standing import Figures, Missing, Standing

ROOT = Path(__file__).parents[2]
CUBA = str(ROOT / "examples" / "cuba-1962")
RUNGS = ["offered", "promised", "begun", "claimed", "observed", "verified", "confirmed"]
PLACE = ["path", "line", "column", "end_line", "end_column", "start", "end"]


class Reason(msgspec.Struct, frozen=True):
    """A reason as the engine makes it."""

    text: str
    holds: bool | None
    span: Span | None = None
    source: str | None = None
    quote: str | None = None
    because: tuple[Reason, ...] = ()


FILE = File("talks/case.pacta", "US promises leave\n")
TREE = Reason(
    "leave is due",
    True,
    because=(
        Reason("it was promised", True, Span(FILE, 0, 17), "letter", "we shall leave"),
        Reason("nobody has seen it", None, because=(Reason("a <b> is missing", False, NOWHERE),)),
    ),
)
VIEW = View(dating_from_words("1962-11-15"), None, ("table",), ("1962-11-14 US promises leave",))


def ran(*arguments: str) -> Any:
    result = CliRunner().invoke(main, [*arguments, "--format", "json"])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def valid(answer: Any, command: str) -> None:
    schema = schema_of(command)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(answer, schema, jsonschema.Draft202012Validator)


# ── status ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_status_has_the_fields_of_the_contract() -> None:
    answer = ran("status", CUBA, "--at", "1962-11-15", "--channel", "table", "--known", "1962-11-20")

    assert list(answer) == ["schema_version", "view", "readings", "commitments"]
    assert answer["schema_version"] == 1
    assert answer["view"] == {"at": "1962-11-15", "known": "1962-11-20", "channels": ["table"], "supposed": []}
    assert answer["readings"] == ["US", "USSR", "Cuba", "record"]
    for commitment in answer["commitments"]:
        assert list(commitment) == ["name", "title", "kind", "bearer", "to", "instance", "differs", "standings"]
        assert list(commitment["standings"]) == answer["readings"]
        for standing in commitment["standings"].values():
            assert list(standing) == [
                "status", "since", "claim_disputed", "deadline", "late", "breached", "rungs", "missing", "amount",
            ]  # fmt: skip
            assert list(standing["rungs"]) == RUNGS
            for missing in standing["missing"]:
                assert list(missing) == ["text", "span"]
                assert list(missing["span"]) == PLACE
    amounts = [standing["amount"] for each in answer["commitments"] for standing in each["standings"].values()]
    assert {"needed": 42, "claimed": 42, "observed": 38, "credited": 42} in amounts


@pytest.mark.parametrize("example", ["cuba-1962", "ceasefire-exchange", "company-sale"])
def test_status_of_every_example_is_as_its_schema_says(example: str) -> None:
    path = ROOT / "examples" / example
    days = sorted({str(each.dating) for each in load(path).case.expectations})
    for day in (days[0], days[-1]):
        answer = ran("status", str(path), "--at", day)
        valid(answer, "status")
        assert msgspec.to_builtins(msgspec.json.decode(json.dumps(answer), type=StatusAnswer)) == untupled(answer)


def untupled(answer: Any) -> Any:
    """What `to_builtins` gives: tuples where JSON has lists."""
    if isinstance(answer, dict):
        return {key: untupled(value) for key, value in answer.items()}
    return tuple(map(untupled, answer)) if isinstance(answer, list) else answer


@pytest.mark.parametrize(
    ("at", "put"),
    [
        (("schema_version",), 2),
        (("view", "at"), None),
        (("commitments", 0, "differs"), "yes"),
        (("commitments", 0, "kind"), "wish"),
        (("commitments", 0, "standings", "US", "late"), "no"),
        (("commitments", 0, "standings", "US", "rungs", "begun"), 5),
        (("commitments", 0, "standings", "US", "breached"), None),
        (("commitments", 4, "standings", "USSR", "missing", 0, "span", "line"), -1),
    ],
)
def test_the_schema_rejects_what_is_not_so(at: tuple[str | int, ...], put: Any) -> None:
    answer = ran("status", CUBA, "--at", "1962-11-15")
    *path, last = at
    inner = answer
    for step in path:
        inner = inner[step]
    assert inner[last] != put
    inner[last] = put

    with pytest.raises(jsonschema.ValidationError):
        valid(answer, "status")


def test_a_standing_says_all_it_knows() -> None:
    instant = datetime.datetime(1962, 11, 20, 18, tzinfo=ZoneInfo("America/New_York"))
    standing = Standing(
        "leave", "Labinsk", "US", "overdue", instant, None, True, (instant, instant), (instant,),
        {"promised": instant}, frozenset(["agreed"]),
        (Missing("leave is breached", Span(FILE, 12, 17)), Missing("the sky is clear", None)),
        Figures(Decimal("42"), Decimal("41.5"), None, Decimal(38)),
    )  # fmt: skip
    said = msgspec.json.decode(msgspec.json.encode(standing_answer(standing)))
    when = "1962-11-20T18:00:00-05:00"

    assert said == {
        "status": "overdue",
        "since": when,
        "claim_disputed": True,
        "deadline": {"earliest": when, "latest": when},
        "late": None,
        "breached": [when],
        "rungs": {**dict.fromkeys(RUNGS), "promised": when},
        "missing": [
            {
                "text": "leave is breached",
                "span": dict(zip(PLACE, ["talks/case.pacta", 1, 13, 1, 18, 12, 17], strict=True)),
            },
            {"text": "the sky is clear", "span": None},
        ],
        "amount": {"needed": 42.0, "claimed": 41.5, "observed": None, "credited": 38.0},
    }


@pytest.mark.parametrize(
    ("zone", "year", "said"),
    [
        ("UTC", 1962, "1962-11-20T18:00:00+00:00"),
        ("America/New_York", 1962, "1962-11-20T18:00:00-05:00"),
        # the local mean time of old: -4:56:02, which no offset of RFC 3339 can say
        ("America/New_York", 1815, "1815-11-20T18:00:02-04:56"),
    ],
)
def test_an_instant_has_its_distance_from_utc_in_minutes(zone: str, year: int, said: str) -> None:
    instant = datetime.datetime(year, 11, 20, 18, tzinfo=ZoneInfo(zone))

    assert instant_answer(instant) == said
    assert datetime.datetime.fromisoformat(said) == instant


# ── why ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_why_has_the_fields_of_the_contract() -> None:
    answer = Why("leave[1]", "US", "due", TREE, VIEW).as_json()

    assert answer == {
        "schema_version": 1,
        "view": {
            "at": "1962-11-15",
            "known": "1962-11-15",
            "channels": ["table"],
            "supposed": ["1962-11-14 US promises leave"],
        },
        "commitment": "leave[1]",
        "reading": "US",
        "status": "due",
        "because": {
            "text": "leave is due",
            "holds": True,
            "span": None,
            "source": None,
            "quote": None,
            "because": [
                {
                    "text": "it was promised",
                    "holds": True,
                    "span": dict(zip(PLACE, ["talks/case.pacta", 1, 1, 1, 18, 0, 17], strict=True)),
                    "source": "letter",
                    "quote": "we shall leave",
                    "because": [],
                },
                {
                    "text": "nobody has seen it",
                    "holds": None,
                    "span": None,
                    "source": None,
                    "quote": None,
                    "because": [
                        {
                            "text": "a <b> is missing",
                            "holds": False,
                            "span": None,
                            "source": None,
                            "quote": None,
                            "because": [],
                        }
                    ],
                },
            ],
        },
    }
    valid(answer, "why")


@pytest.mark.parametrize(
    "put", [{"holds": "yes"}, {"because": None}, {"because": [{"text": "alone"}]}, {"span": "x:1"}]
)
def test_the_schema_of_why_goes_all_the_way_down(put: dict[str, Any]) -> None:
    answer = Why("leave", "US", "due", TREE, VIEW).as_json()
    answer["because"]["because"][1]["because"][0].update(put)

    with pytest.raises(jsonschema.ValidationError):
        valid(answer, "why")


def test_reasons_print_as_a_tree() -> None:
    why = Why("leave", "US", "due", TREE, VIEW)

    assert str(why).splitlines() == [
        "leave is due in US · 1962-11-15, over public acts and table; supposed: 1962-11-14 US promises leave",
        "  ✓ leave is due",
        '    ✓ it was promised — letter "we shall leave" (talks/case.pacta:1:1)',
        "    ? nobody has seen it",
        "      ✗ a <b> is missing",
    ]
    assert '<li><span title="does not hold">✗</span> a &lt;b&gt; is missing</li>' in why._repr_html_()
    assert why._repr_html_().count("<ul>") == why._repr_html_().count("</ul>") == 3


# ── written and read again ──────────────────────────────────────────────────────────────────────────────────


def test_answers_are_the_same_when_they_are_read_again() -> None:
    status = load(CUBA).case.status(at="1962-11-15").answer()
    why = why_answer("leave", "US", "due", TREE, VIEW)

    for answer in (status, why):
        assert msgspec.json.decode(msgspec.json.encode(answer), type=type(answer)) == answer
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(answer), type=type(answer)) == answer
        assert pickle.loads(pickle.dumps(answer)) == answer
    assert isinstance(status, StatusAnswer)
    assert isinstance(why, WhyAnswer)


def test_the_command_and_the_python_api_say_the_same() -> None:
    inventory = load(CUBA).case.status(at="1962-11-15", channels="table")

    answer = ran("status", CUBA, "--at", "1962-11-15", "--channel", "table")
    assert without_path(inventory.as_json()) == without_path(answer)
    assert status_answer(inventory.rows, inventory.readings, inventory.view) == inventory.answer()


@pytest.mark.parametrize("reading", ["US", "USSR", "record"])
def test_the_command_and_the_python_api_give_the_same_reasons(reading: str) -> None:
    case = load(CUBA).case

    for name in ("remove-bombers", "lift-quarantine", "no-invasion-declaration", "turkey"):
        why = case.why(name, at="1962-11-15", reading=reading, channels="table")
        answer = ran("why", CUBA, name, "--at", "1962-11-15", "--channel", "table", "--as", reading)
        valid(answer, "why")
        assert without_path(why.as_json()) == without_path(answer)
        assert msgspec.json.decode(msgspec.json.encode(why.answer()), type=WhyAnswer) == why.answer()


def without_path(answer: Any) -> Any:
    return json.loads(json.dumps(answer).replace(str(ROOT), ""))


def test_every_command_with_a_schema_is_registered() -> None:
    assert {"status": StatusAnswer, "why": WhyAnswer, "query": QueryAnswer, "query --tables": TablesAnswer} == {
        name: ANSWERS[name] for name in ("status", "why", "query", "query --tables")
    }
    for command in ANSWERS:
        schema = schema_of(command)
        assert schema["$schema"].startswith("https://json-schema.org/")
        root = schema["$defs"][schema["$ref"].rpartition("/")[2]]
        assert root["properties"]["schema_version"] == {"enum": [1]}
        assert set(root["required"]) == set(root["properties"])


def test_query_is_as_its_schema_says() -> None:
    valid(ran("query", "from standings", CUBA, "--at", "1962-11-15"), "query")
    valid(ran("query", "select 1 as a, 2 as a, null as b, [1.5], {'x': date '1962-11-15'} as s", CUBA), "query")
    valid(ran("query", "--tables"), "query --tables")
