"""The questions that are answered over HTTP, each as its command answers it with `--format json`."""

from __future__ import annotations

import itertools
import os
import random
import time
from collections.abc import Callable
from typing import Any

import msgspec

from servanda.api.answers import WhysAnswer, status_answer, view_answer, whys_answer
from servanda.api.attempts import attempts_answer, tried
from servanda.api.check import CheckAnswer, check_answer, checked_answer, expected
from servanda.api.dates import single
from servanda.api.disputes import disputes_answer
from servanda.api.errors import NotADate, UnknownName
from servanda.api.query import Question
from servanda.api.query_answers import query_answer, tables_answer
from servanda.api.query_apart import sheet_of
from servanda.api.reasons import why_told
from servanda.api.schemas import ANSWERS
from servanda.api.timeline import deadlines_answer, residue_answer, timeline_answer
from servanda.api.wayout_answers import stuck_answer, wayout_answer
from servanda.diagnostics import nearest
from servanda.model.closing import closings, last_closing
from servanda.readings import disputes
from servanda.standing import Inquiry, Row
from servanda.standing.residue import is_open, left_open, naming
from servanda.standing.timeline import Timeline
from servanda.wayout.stuck import stuck
from servanda.wayout.way_out import Asked as AskedWays
from servanda.wayout.way_out import way_out
from servanda.workbench.desk import Copy, Desk

from .apart import MEGABYTES, MOST_LINES, SECONDS, asked_apart
from .asking import Asking
from .parameters import DATE, WORDS, Parameter, view_of
from .problems import Refused

#: A way out takes at most so long; what was found by then is told, and that there may be more.
_WAY_SECONDS = 10.0
_FLAG: dict[str, Any] = {"type": "string", "enum": ["yes", "no"]}
_YES = {"yes": True, "no": False}


#: An answer, or what works it out.
Answer = msgspec.Struct | Callable[[], msgspec.Struct]


class Operation(msgspec.Struct, frozen=True):
    """A question: its command, what it takes beside a view, what it gives, and how it is answered.

    `readings` says whether its view has any; `more` are forms that its answer can have beside that of the command. An
    answer that needs the case no longer is given as a function, and worked out when others may ask again.
    """

    name: str
    about: str
    answer: Callable[[Asking], Answer]
    own: tuple[Parameter, ...] = ()
    readings: bool = True
    more: tuple[type[msgspec.Struct], ...] = ()

    @property
    def gives(self) -> tuple[type[msgspec.Struct], ...]:
        """The forms of its answer."""
        return (ANSWERS[self.name], *self.more)

    def parameters(self, copy: Copy) -> tuple[Parameter, ...]:
        """All that it takes of this case."""
        return (*view_of(copy, readings=self.readings), *self.own)


def _status(asking: Asking) -> msgspec.Struct:
    owed_by = asking.party("owed-by")
    only_open = asking.given.word("open", _YES, "no")

    def wanted(row: Row) -> bool:
        open_somewhere = any(is_open(row.commitment.kind, each.status) for each in row.standings.values())
        return (owed_by is None or owed_by in row.bearers) and (open_somewhere or not only_open)

    return status_answer([row for row in asking.rows() if wanted(row)], asking.readings, asking.view)


def _why(asking: Asking) -> msgspec.Struct:
    row = _row(asking, asking.given.one("name") or "")
    concerned = {*row.bearers, *row.counterparties}
    readings = asking.readings
    if "as" not in asking.given:
        readings = tuple(each for each in readings if each in concerned) or readings
    told = [why_told(asking.inquiry, row, each, asking.view) for each in readings]
    if "as" in asking.given and len(readings) == 1:
        return told[0]
    return whys_answer(row.label, told, asking.view)


def _row(asking: Asking, name: str) -> Row:
    """The commitment, or the instance, that is asked about."""
    bare, bracket, key = name.partition("[")
    commitments = asking.copy.case.commitments
    if bare not in commitments:
        raise Refused(404, str(UnknownName(bare[:80], "commitment", commitments)), "name")
    rows = [row for row in asking.rows() if row.commitment.name == bare]
    wanted = key.removesuffix("]").strip('"')
    those = [row for row in rows if row.instance == wanted] if bracket else rows
    if not those:  # what the readings asked for have not, others may have
        asked = asking.asked
        everywhere = asking.inquiry.inventory(asked.at, None, asking.over, asked.known)
        those = [row for row in everywhere if row.commitment.name == bare and row.instance == wanted]
    if len(those) == 1:
        return those[0]
    labels = [row.label for row in rows]
    guess = nearest(name, labels)
    hint = f"; did you mean `{guess}`?" if guess and not those else ""
    named = f"; there are {', '.join(labels[:12])}{', …' if len(labels) > 12 else ''}" if labels and not hint else ""
    said = f"`{bare}` has {len(those)} instances" if those else f"there is no `{name[:80]}` by {asking.asked.at}"
    raise Refused(404, f"{said}{hint}{named}", "name")


def _disputes(asking: Asking) -> Answer:
    case = asking.copy.case
    readings = asking.readings if "as" in asking.given else tuple(case.parties)
    if len(readings) < 2:
        raise Refused(400, "there are no two readings to hold against each other: name two with `as`", "as")
    pairs = tuple(itertools.combinations(readings, 2))

    def found(inquiry: Inquiry) -> msgspec.Struct:
        return disputes_answer(disputes(inquiry, asking.asked.at, pairs, asking.over, asking.asked.known), asking.view)

    return asking.beside(found)


def _attempts(asking: Asking) -> msgspec.Struct:
    case, name = asking.copy.case, asking.given.one("name")
    if name is not None and name.partition("[")[0] not in (*case.commitments, *case.means):
        known = (*case.commitments, *case.means)
        raise Refused(404, str(UnknownName(name[:80], "commitment or means", known)), "name")
    acts = asking.acts()
    found = tried(case, asking.rows(), acts, name)
    return attempts_answer(case, found, acts, asking.readings, asking.view, asking.supposed)


def _timeline(asking: Asking) -> msgspec.Struct:
    words = asking.given.one("from")
    try:
        start = None if words is None else single(words).earliest.day
    except NotADate as why:
        raise Refused(400, str(why), "from") from None
    at = asking.asked.at
    if start is not None and start > at.latest.day:
        raise Refused(400, f"{start} lies after {at}", "from")
    found = Timeline(
        asking.inquiry, asking.acts(), asking.readings, at, start=start, channels=asking.over, known=asking.asked.known
    )
    return timeline_answer(found, found, asking.rows(), asking.readings, asking.view, asking.supposed)


def _deadlines(asking: Asking) -> msgspec.Struct:
    owed_by = asking.party("owed-by")
    rows = [row for row in asking.rows() if owed_by is None or owed_by in row.bearers]
    return deadlines_answer(rows, asking.readings, asking.view)


def _residue(asking: Asking) -> msgspec.Struct:
    case = asking.copy.case
    at = asking.asked.at
    if "at" not in asking.given:
        at = last_closing(case, (*case.acts, *asking.supposed)) or at
    rows = asking.rows(at)
    closed = closings(case, asking.acts(at))
    found = [row for row in rows if any(left_open(row, each) for each in row.standings.values())]
    named = [naming(closed, rows, reading) for reading in asking.readings] if closed else []
    return residue_answer(closed, found, named, asking.readings, asking.view_at(at), asking.supposed)


def _stuck(asking: Asking) -> Answer:
    def found(inquiry: Inquiry) -> msgspec.Struct:
        plan = asking.plan(inquiry)
        return stuck_answer(plan, stuck(plan), asking.view)

    return asking.beside(found)


def _wayout(asking: Asking) -> Answer:
    most = asking.given.number("most", 1, 20, 3)

    def found(inquiry: Inquiry) -> msgspec.Struct:
        plan = asking.plan(inquiry)
        dice = random.Random(0)  # the seed and the draws are those of the command
        end = time.monotonic() + _WAY_SECONDS
        asked = AskedWays(most, draw=lambda: dice.uniform(1, 100), rounds=1000, left=lambda: end - time.monotonic())
        return wayout_answer(way_out(plan, asked), asking.view)

    return asking.beside(found)


def _query(asking: Asking) -> Answer:
    sql = asking.given.one("sql") or ""
    question = Question(asking.copy.case, asking.view, asking.copy.loaded.quotes, asking.inquiry, asking.readings)
    sheet = sheet_of(question, sql, most_lines=MOST_LINES, megabytes=MEGABYTES)
    return lambda: query_answer(view_answer(asking.view), *asked_apart(sheet))


def check(desk: Desk, copy: Copy) -> CheckAnswer:
    """Every problem of the case, and what it holds: also where it has errors, and in no view."""
    loaded, held = expected(copy.loaded)
    return check_answer([checked_answer(os.fspath(desk.path), loaded, held)])


_GOALS = Parameter(
    "goal", "What is to come about: a condition. Without it, all that is owed or proposed.", WORDS, many=True
)
_OWED_BY = Parameter("owed-by", "Only what this party or body owes.", WORDS)
_ONLY_OPEN = Parameter("open", "Only obligations claimed, dormant, overdue or due in some reading.", _FLAG)
_COMMITMENT = Parameter(
    "name", "A commitment, or an instance of one: `report-departure[Labinsk]`.", WORDS, required=True
)
_TRIED = Parameter("name", "Only on this commitment, or by this means.", WORDS)
_FROM = Parameter("from", "The first day; that of the first act, if not given.", DATE)
_MOST = Parameter(
    "most", "How many ways, cheapest first.", {"type": "integer", "minimum": 1, "maximum": 20, "default": 3}
)
_SQL = Parameter(
    "sql",
    "One statement that asks, such as `from acts`; `query/tables` lists what there is.",
    {"type": "string", "minLength": 1, "maxLength": 10_000},
    required=True,
)
_EVERY = (
    Operation("status", "Where every commitment stands in each reading.", _status, (_OWED_BY, _ONLY_OPEN)),
    Operation(
        "why",
        "Why a commitment stands where it does: in one reading, if one is asked for with `as`; else in those of the "
        "parties whom it concerns.",
        _why,
        (_COMMITMENT,),
        more=(WhysAnswer,),
    ),
    Operation(
        "disputes",
        "Where readings part, and what would bring them together: of each two parties, or of those named with `as`.",
        _disputes,
    ),
    Operation("attempts", "What was tried to find something out, and how it ended.", _attempts, (_TRIED,)),
    Operation("timeline", "What happened day by day up to the date, and what changed with it.", _timeline, (_FROM,)),
    Operation("deadlines", "What is due when, and in which reading.", _deadlines, (_OWED_BY,)),
    Operation(
        "residue", "What is open when the record closes. Without `at`, on the day of the last closing.", _residue
    ),
    Operation(
        "stuck", "Who waits for whom, and what nobody has offered. It is not in the record.", _stuck, (_GOALS,),
        readings=False,
    ),
    Operation(
        "wayout",
        "The smallest concessions that reach a goal. It is not in the record. `complete` says whether there are no "
        f"other ways; it stops after {_WAY_SECONDS:g} seconds.",
        _wayout,
        (_GOALS, _MOST),
        readings=False,
    ),
    Operation(
        "query",
        f"The case in SQL: one statement that reads its tables. At most {SECONDS:g} seconds, and {MOST_LINES:,} lines.",
        _query,
        (_SQL,),
    ),
)  # fmt: skip
OPERATIONS = {each.name: each for each in _EVERY}
#: What takes no view: every problem of the case, and the tables that SQL asks about.
BARE = {
    "check": ("Every problem of the case, and what it holds.", CheckAnswer),
    "query/tables": ("The tables that SQL can ask about, with their columns.", ANSWERS["query --tables"]),
}


def bare_answer(name: str, desk: Desk, copy: Copy) -> msgspec.Struct:
    """The answer to what takes no view."""
    return check(desk, copy) if name == "check" else tables_answer()
