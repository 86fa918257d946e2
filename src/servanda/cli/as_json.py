"""Acts, commitments and standings as plain values, for programs; alike in all answers about what happens over time."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from servanda.diagnostics import span_as_json
from servanda.model.record import Act
from servanda.standing import Row, Standing
from servanda.text.act_words import act_words


def instant_as_json(instant: datetime.datetime | None) -> str | None:
    """An instant in ISO 8601, or null."""
    return None if instant is None else instant.isoformat()


def row_as_json(row: Row) -> dict[str, Any]:
    """What a commitment is, without where it stands."""
    return {
        "name": row.commitment.name,
        "title": row.commitment.title,
        "kind": row.commitment.kind,
        "bearer": list(row.bearers),
        "to": list(row.counterparties),
        "instance": row.instance,
    }


def standing_as_json(standing: Standing | None) -> dict[str, Any] | None:
    """Where a commitment stands in one reading, in short."""
    if standing is None:
        return None
    deadline = standing.deadline
    return {
        "status": standing.status,
        "since": instant_as_json(standing.since),
        "late": standing.late,
        "claim_disputed": standing.claim_disputed,
        "deadline": None
        if deadline is None
        else {"earliest": instant_as_json(deadline[0]), "latest": instant_as_json(deadline[1])},
        "breached": [instant_as_json(each) for each in standing.breached],
    }


def act_as_json(act: Act, supposed: Collection[Act] = ()) -> dict[str, Any]:
    """An act with its place; one of those that are supposed has it in the words of `--suppose`, and is marked."""
    return {
        "date": None if act.dating is None else str(act.dating),
        "text": act_words(act, date=False),
        "actors": [ref.name for ref in act.actors],
        "verb": act.verb,
        "channels": [ref.name for ref in act.channels],
        "span": span_as_json(act.span),
        "row": act.row,
        "supposed": act in supposed,
    }
