"""The JSON over HTTP: byte for byte what the commands print, one shape for what cannot be answered, SQL that stays
within bounds, and a document that is held to the server by a machine that asks at random.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import schemathesis
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis import checks as of_schemathesis
from schemathesis.core.result import Ok
from starlette.testclient import TestClient

from servanda.api.errors import BadQuery
from servanda.api.query import Question
from servanda.api.query_apart import answer_in, replied, sheet_of
from servanda.api.schemas import ANSWERS
from servanda.cli import main
from servanda.workbench.api import apart, operations
from servanda.workbench.api.operations import BARE, OPERATIONS
from servanda.workbench.api.problems import MEDIA_TYPE, Problem
from servanda.workbench.app import Workbench
from servanda.workbench.desk import Desk
from web.conftest import CUBA, answered_meanwhile, client_of

API = "/cuba-1962/api"
AT = "--at 1962-11-15"
SUPPOSED = "1962-11-20 USSR promises remove-bombers by 1962-12-20"

#: Each question with the command that asks the same.
SAME = [
    ("check", "check"),
    ("query/tables", "query --tables"),
    ("status?at=1962-11-15", f"status {AT}"),
    ("status?at=1962-11-15&as=US,USSR&channel=table&open=yes&owed-by=USSR",
     f"status {AT} --as US --as USSR --channel table --open --owed-by USSR"),
    ("status?at=1962-11-15&known=1962-11-10", f"status {AT} --known 1962-11-10"),
    (f"status?at=1962-11-21&suppose={SUPPOSED}", f"status --at 1962-11-21 --suppose '{SUPPOSED}'"),
    ("why?name=lift-quarantine&at=1962-11-15", f"why lift-quarantine {AT}"),
    ("why?name=lift-quarantine&at=1962-11-15&as=US", f"why lift-quarantine {AT} --as US"),
    ("why?name=remove-bombers&at=1962-11-15&as=US&as=record", f"why remove-bombers {AT} --as US --as record"),
    (f"why?name=remove-bombers&at=1962-11-21&suppose={SUPPOSED}",
     f"why remove-bombers --at 1962-11-21 --suppose '{SUPPOSED}'"),
    ("attempts?at=1962-11-15", f"attempts {AT}"),
    ("attempts?at=1962-11-15&name=on-site", f"attempts on-site {AT}"),
    ("timeline?at=1962-11-20&from=1962-11-10", "timeline --to 1962-11-20 --from 1962-11-10"),
    (f"timeline?at=1962-11-21&from=1962-11-19&suppose={SUPPOSED}",
     f"timeline --to 1962-11-21 --from 1962-11-19 --suppose '{SUPPOSED}'"),
    ("deadlines?at=1962-11-21&owed-by=USSR", "deadlines --at 1962-11-21 --owed-by USSR"),
    ("residue", "residue"),
    ("residue?at=1962-12-01&as=USSR", "residue --at 1962-12-01 --as USSR"),
    ("disputes?at=1962-10-29", "disputes --at 1962-10-29"),
    ("disputes?at=1962-10-29&as=US,USSR&channel=table", "disputes --at 1962-10-29 --as US --as USSR --channel table"),
    ("stuck?at=1962-11-15", f"stuck {AT}"),
    ("stuck?at=1962-11-15&goal=lift-quarantine", f"stuck {AT} --goal lift-quarantine"),
    ("wayout?at=1962-11-15&channel=table&goal=lift-quarantine&most=2",
     f"wayout {AT} --channel table --goal lift-quarantine -k 2"),
    ("query?at=1962-11-15&sql=from standings where differs order by all",
     f"query 'from standings where differs order by all' {AT}"),
    ("query?at=1962-11-15&sql=select verb, count(*) n from acts group by verb order by n desc, verb",
     f"query 'select verb, count(*) n from acts group by verb order by n desc, verb' {AT}"),
    ("query?at=1962-11-15&sql=select 1.5 a, null a, date '1962-11-15' d, [1, 2] l",
     f"query \"select 1.5 a, null a, date '1962-11-15' d, [1, 2] l\" {AT}"),
]  # fmt: skip


def printed(words: str) -> bytes:
    """What a command prints of the case of Cuba."""
    import shlex

    command, *more = shlex.split(words)
    place = 1 if command in ("why", "attempts", "query") and more and not more[0].startswith("-") else 0
    done = CliRunner().invoke(main, [command, *more[:place], str(CUBA), *more[place:], "--format", "json"])
    assert done.exit_code == 0, done.output
    return done.stdout_bytes


@pytest.mark.parametrize(("asked", "words"), SAME, ids=[words for _, words in SAME])
def test_the_answer_is_what_the_command_prints(client: TestClient, asked: str, words: str) -> None:
    answer = client.get(f"{API}/{asked}")

    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.content == printed(words)


def test_a_reading_that_has_no_such_instance_is_answered_for() -> None:
    ferry = CUBA.with_name("ceasefire-exchange")
    asked = "why?name=lower-accounts[2]&at=2027-03-29&as=record"
    command = ["why", str(ferry), "lower-accounts[2]", "--at", "2027-03-29", "--as", "record", "--format", "json"]

    answer = client_of(ferry).get(f"/ceasefire-exchange/api/{asked}")

    assert answer.json()["status"] == "not there"
    assert answer.content == CliRunner().invoke(main, command).stdout_bytes


def test_every_operation_is_held_to_its_command() -> None:
    asked = {asked.partition("?")[0] for asked, _ in SAME}

    assert asked == {*OPERATIONS, *BARE}
    assert set(OPERATIONS) <= set(ANSWERS)


def test_without_a_date_it_is_that_on_which_pages_open(client: TestClient) -> None:
    day = client.get(f"{API}/status").json()["view"]["at"]

    assert f'value="{day}"' in client.get("/cuba-1962/standing").text
    assert client.get(f"{API}/status?channel=public").json()["view"]["channels"] == []


def test_the_residue_is_that_of_the_closing_also_where_the_record_goes_on(tmp_path: Path) -> None:
    (tmp_path / "case.pacta").write_text(
        'case "A case"\nparty A\nparty B\nsource s dated 2031-01-01\n  by A, B\nobligation x of A to B\n  under s\n'
        '2031-01-02 A, B close s leaving x\n2031-01-05 A states "It goes on."\n'
    )
    answer = client_of(tmp_path).get(f"/{tmp_path.name}/api/residue")

    assert answer.json()["view"]["at"] == "2031-01-02"
    done = CliRunner().invoke(main, ["residue", str(tmp_path), "--format", "json"])
    assert answer.content == done.stdout_bytes


@pytest.mark.parametrize(
    "page",
    ["standing?at=1962-11-15&as=US,USSR&channel=table&filter=owed:US", "commitment/remove-bombers?at=1962-11-15&as=US",
     "disputes?at=1962-10-29", "wayout?at=1962-11-15&channel=table&goal=lift-quarantine", "problems?at=1962-11-15",
     "timeline?at=1962-11-15", "deadlines?at=1962-11-15"],
)  # fmt: skip
def test_a_page_leads_to_its_view_as_json(client: TestClient, page: str) -> None:
    html = client.get(f"/cuba-1962/{page}").text
    address = unescape(html.partition('<a class="plain" href="')[2].partition('"')[0])
    answer = client.get(address)

    assert address.startswith(f"{API}/")
    assert answer.status_code == 200, answer.text
    if "check" not in address:
        view = answer.json()["view"]
        assert view["at"] == page.partition("at=")[2][:10]
        assert view["channels"] == (["table"] if "channel=table" in page else None)
    if "goal=" in page:
        assert answer.json()["goals"]


# ── what cannot be answered ─────────────────────────────────────────────────────────────────────────────────


def refused(client: TestClient, address: str, status: int, **more: Any) -> Problem:
    """A problem, with that status, in the one shape."""
    answer = client.request(more.pop("method", "GET"), address, **more)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    told = msgspec.json.decode(answer.content, type=Problem)
    assert set(answer.json()) == set(Problem.__struct_fields__)
    assert (told.type, told.status) == ("about:blank", status)
    assert "Traceback" not in answer.text
    return told


@pytest.mark.parametrize(
    ("asked", "status", "parameter", "says"),
    [
        ("status?at=soon", 400, "at", "soon"),
        ("status?at=~1962-11-15", 400, "at", "one date"),
        ("status?at=", 400, "at", "empty"),
        ("status?at=1962-11-15&at=1962-11-16", 400, "at", "2 times"),
        ("status?as=Albania", 400, "as", "Albania"),
        ("status?channel=radio", 400, "channel", "radio"),
        ("status?suppose=nothing", 400, "suppose", ""),
        ("status?suppose=%23", 400, "suppose", "DATE ACTOR VERB"),
        ("stuck?goal=" + "x" * 2001, 400, "goal", "longer than"),
        ("status?open=perhaps", 400, "open", "yes"),
        ("status?owed-by=Albania", 400, "owed-by", "Albania"),
        ("status?filter=x", 400, "filter", "no parameter"),
        ("why", 400, "name", "missing"),
        ("why?name=remove-bomers", 404, "name", "remove-bombers"),
        ("why?name=remove-bombers[7]", 404, "name", "no `remove-bombers[7]`"),
        ("attempts?name=dowsing", 404, "name", "dowsing"),
        ("timeline?from=1999-01-01&at=1962-11-15", 400, "from", "after"),
        ("timeline?from=soon", 400, "from", "soon"),
        ("disputes?as=US", 400, "as", "two readings"),
        ("stuck?goal=^", 400, "goal", ""),
        ("wayout?most=0", 400, "most", "1 to 20"),
        ("wayout?most=²", 400, "most", "1 to 20"),
        ("query?sql=drop table acts", 400, "sql", "read, not changed"),
        ("query?sql=from act", 400, "sql", "`acts`"),
        ("query?sql=from read_csv('/etc/passwd')", 400, "sql", "no files"),
        ("check?at=1962-11-15", 400, "at", "no parameter"),
        ("nothing", 404, None, "openapi.json"),
    ],
)
def test_what_cannot_be_answered_says_why(
    client: TestClient, asked: str, status: int, parameter: str | None, says: str
) -> None:
    told = refused(client, f"{API}/{asked}", status)

    assert told.parameter == parameter
    assert says in told.detail


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_questions_are_asked_with_get(client: TestClient, method: str) -> None:
    refused(client, f"{API}/status", 405, method=method)
    assert "GET" in client.request(method, f"{API}/status").headers["allow"]


def test_what_the_door_refuses_has_the_same_shape(client: TestClient) -> None:
    refused(client, f"{API}/status", 421, headers={"host": "elsewhere.example"})
    refused(client, f"{API}/status", 413, headers={"content-length": "99999999"})
    refused(client, f"{API}/status", 403, method="POST", headers={"origin": "https://elsewhere.example"})
    locked = TestClient(Workbench(Desk(CUBA)).app(token="w" * 20), base_url="http://localhost")
    refused(locked, f"{API}/status", 401)
    assert locked.get(f"{API}/status", headers={"authorization": f"Bearer {'w' * 20}"}).status_code == 200


def test_what_goes_wrong_inside_is_told_without_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr("servanda.workbench.api.serving.asking", broken)
    app = Workbench(Desk(CUBA)).app()
    told = refused(TestClient(app, base_url="http://localhost", raise_server_exceptions=False), f"{API}/status", 500)
    assert "secret" not in told.detail


def test_a_case_with_errors_can_be_checked_and_not_asked(tmp_path: Path) -> None:
    (tmp_path / "case.pacta").write_text('case "A case"\nparty US\nUS trusts Cuba\n')
    client = client_of(tmp_path)
    api = f"/{tmp_path.name}/api"

    told = refused(client, f"{api}/status", 409)
    assert "check" in told.detail
    [checked] = client.get(f"{api}/check").json()["cases"]
    assert not checked["ok"]
    assert "unknown-name" in [each["code"] for each in checked["diagnostics"]]


# ── SQL within bounds ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def question() -> Question:
    return Question(Desk(CUBA).copy().case)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select count(*) from range(1000000000000)", "longer than 0.5 seconds"),
        ("with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t", "longer than"),
        ("select repeat('x', 2000000000)", "it takes "),
        ("select array_agg(i) from range(1000000000) t(i)", "it takes "),
        ("from range(10001)", "more than 10,000 lines"),
    ],
)
def test_what_takes_too_much_is_ended(question: Question, sql: str, says: str) -> None:
    sheet = sheet_of(question, sql, most_lines=apart.MOST_LINES, megabytes=apart.MEGABYTES)
    begun = time.monotonic()
    with pytest.raises(BadQuery) as refusal:
        apart.asked_apart(sheet, seconds=apart.SECONDS if says.startswith("more") else 0.5)

    assert says in str(refusal.value)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "sql",
    [
        "from read_csv('/etc/passwd')", "from '/etc/passwd'", "select getenv('HOME')", "from glob('/*')",
        "copy acts to '/tmp/servanda-out.csv'", "attach '/tmp/servanda.db'", "install httpfs", "load httpfs",
        "set enable_external_access = true", "pragma database_list; from acts", "insert into acts values (1)",
        "select * from read_text('http://localhost/')", "call pragma_version()",
    ],
)  # fmt: skip
def test_a_question_sees_the_case_and_nothing_else(question: Question, sql: str) -> None:
    with pytest.raises(BadQuery):
        answer_in(replied(sheet_of(question, sql, most_lines=10, megabytes=64)))


def test_others_are_answered_while_a_question_in_sql_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(CUBA)
    free = []

    def asked(sheet: bytes) -> tuple[list[str], list[tuple[Any, ...]]]:
        taken = desk.lock.acquire(blocking=False) if _elsewhere(desk) else False
        free.append(taken)
        return ["a"], [(1,)]

    monkeypatch.setattr("servanda.workbench.api.operations.asked_apart", asked)
    client = TestClient(Workbench(desk).app(), base_url="http://localhost")
    assert client.get(f"{API}/query?sql=from acts").json()["rows"] == [{"a": 1}]
    assert free == [True]


@pytest.mark.parametrize(
    ("name", "works", "command"),
    [
        ("wayout?goal=lift-quarantine&", "way_out", "wayout --goal lift-quarantine"),
        ("stuck?", "stuck", "stuck"),
        ("disputes?", "disputes", "disputes"),
    ],
)
def test_others_are_answered_while_long_answers_are_worked_out(
    name: str, works: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, answered = client_of(CUBA), []
    work = getattr(operations, works)

    def beside(*given: Any) -> Any:
        answered.append(answered_meanwhile(client, f"{API}/status?at=1962-11-10"))
        return work(*given)

    monkeypatch.setattr(operations, works, beside)
    answer = client.get(f"{API}/{name}at=1962-11-15&channel=table")
    assert answered == [True]
    assert answer.content == printed(f"{command} {AT} --channel table")


def _elsewhere(desk: Desk) -> bool:
    """Whether another thread can have the desk's lock now."""
    import threading

    found = []

    def take() -> None:
        if desk.lock.acquire(timeout=5):
            found.append(True)
            desk.lock.release()

    thread = threading.Thread(target=take)
    thread.start()
    thread.join()
    return bool(found)


# ── the document ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_document_tells_of_every_question(client: TestClient) -> None:
    found = client.get(f"{API}/openapi.json").json()

    assert client.get("/api/openapi.json").json() == found
    assert found["openapi"] == "3.1.0"
    assert set(found["paths"]) == {f"/{name}" for name in (*OPERATIONS, *BARE)}
    assert found["servers"] == [{"url": API}]
    readings = [each for each in found["paths"]["/status"]["get"]["parameters"] if each["name"] == "as"]
    assert readings[0]["schema"]["items"]["enum"] == ["US", "USSR", "Cuba", "record"]
    for schema in found["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


class Loopback:
    """The workbench as a machine that asks at random reaches it."""

    def __init__(self) -> None:
        self.app = Workbench(Desk(CUBA)).app()
        self.schema = schemathesis.openapi.from_asgi(f"{API}/openapi.json", self.app, headers={"host": "localhost"})

    def operations(self) -> Iterator[Any]:
        for found in self.schema.get_all_operations():
            assert isinstance(found, Ok)
            yield found.ok()


@pytest.fixture(scope="module")
def loopback() -> Loopback:
    return Loopback()


NEGATIVE = of_schemathesis.negative_data_rejection
CHECKS = [
    of_schemathesis.not_a_server_error,
    of_schemathesis.status_code_conformance,
    of_schemathesis.content_type_conformance,
    of_schemathesis.response_schema_conformance,
    NEGATIVE,
    of_schemathesis.unsupported_method,
    of_schemathesis.allow_header_conformance,
]


def held_to_the_document(loopback: Loopback, name: str, examples: int) -> None:
    [operation] = [each for each in loopback.operations() if each.path == f"/{name}"]

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        mode = data.draw(st.sampled_from(GenerationMode))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        answer = case.call(headers={"host": "localhost"})
        # an address that is too long is refused before anybody reads what stands in it
        wanted = [each for each in CHECKS if answer.status_code != 414 or each is not NEGATIVE]
        case.validate_response(answer, checks=wanted)

    ask()


#: These take long; a few questions are asked of them every day, many now and then.
SLOW = {"wayout": 2, "query": 2, "timeline": 2, "disputes": 1, "stuck": 2}


@pytest.mark.parametrize("name", [name for name in (*OPERATIONS, *BARE) if name != "disputes"])  # seconds each
def test_answers_are_as_the_document_says(loopback: Loopback, name: str) -> None:
    held_to_the_document(loopback, name, SLOW.get(name, 5))


@pytest.mark.long
@pytest.mark.parametrize("name", [*OPERATIONS, *BARE])
def test_answers_to_many_questions_are_as_the_document_says(loopback: Loopback, name: str) -> None:
    held_to_the_document(loopback, name, 20 * SLOW.get(name, 20))
