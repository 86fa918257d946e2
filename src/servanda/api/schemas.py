"""The published JSON Schemas: one for each command that answers other programs."""

from __future__ import annotations

from typing import Any

import msgspec

from servanda.sources.reading import Transcript

from .answers import StatusAnswer, WhyAnswer, WhysAnswer
from .attempts import AttemptsAnswer
from .brief import BriefAnswer
from .check import CheckAnswer
from .compare import CompareAnswer
from .cross_check import CoverageAnswer, CrossCheckAnswer
from .disputes import DisputesAnswer
from .disputes_changes import ChangesAnswer, HistoryAnswer
from .query_answers import QueryAnswer, TablesAnswer
from .timeline import DeadlinesAnswer, ResidueAnswer, TimelineAnswer
from .wayout_answers import ExposureAnswer, RulesAnswer, StuckAnswer, WayoutAnswer

#: The answer of each command, by its name. A command that gives JSON adds its own here.
ANSWERS: dict[str, type[msgspec.Struct]] = {
    "check": CheckAnswer,
    "status": StatusAnswer,
    "why": WhyAnswer,
    "why --all": WhysAnswer,
    "disputes": DisputesAnswer,
    "disputes --premise": ChangesAnswer,
    "disputes --history": HistoryAnswer,
    "brief": BriefAnswer,
    "compare": CompareAnswer,
    "cross-check": CrossCheckAnswer,
    "cross-check --coverage": CoverageAnswer,
    "attempts": AttemptsAnswer,
    "timeline": TimelineAnswer,
    "deadlines": DeadlinesAnswer,
    "residue": ResidueAnswer,
    "stuck": StuckAnswer,
    "wayout": WayoutAnswer,
    "wayout --rules": RulesAnswer,
    "exposure": ExposureAnswer,
    "query": QueryAnswer,
    "query --tables": TablesAnswer,
    "ingest": Transcript,
}


def file_of(command: str) -> str:
    """The name of the file in which a command's schema is published."""
    return f"{command.replace(' --', '-')}.json"


def schema_of(command: str) -> dict[str, Any]:
    """The JSON Schema of what a command gives with `--format json`."""
    schema = msgspec.json.schema(ANSWERS[command])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"servanda {command} --format json",
        **schema,
    }
