"""What `check` says to code review: SARIF 2.1.0, and the workflow commands of GitHub."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from click.testing import CliRunner

from corpus import cases
from servanda import load_text
from servanda.cli import main
from servanda.diagnostics import CODES, Diagnostic, as_github, as_json, as_sarif
from servanda.diagnostics.diagnostic import Fix, Related
from servanda.model.span import NOWHERE, File, Span

#: What the standard demands of the parts that are used here: sections 3.13, 3.14, 3.19, 3.27, 3.29, 3.30, 3.49, 3.55.
_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_FILE = {"type": "object", "required": ["uri"], "properties": {"uri": {"type": "string", "format": "uri-reference"}}}
_REGION = {
    "type": "object",
    "required": ["startLine"],
    "properties": {
        name: {"type": "integer", "minimum": 1} for name in ("startLine", "startColumn", "endLine", "endColumn")
    },
    "additionalProperties": False,
}
_PLACE = {
    "type": "object",
    "required": ["artifactLocation"],
    "properties": {"artifactLocation": _FILE, "region": _REGION},
    "additionalProperties": False,
}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_RULE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "shortDescription": _TEXT,
        "fullDescription": _TEXT,
        "help": _TEXT,
        "defaultConfiguration": {"type": "object", "properties": {"level": _LEVEL}, "additionalProperties": False},
    },
    "additionalProperties": False,
}
_REPLACEMENT = {
    "type": "object",
    "required": ["deletedRegion"],
    "properties": {"deletedRegion": _REGION, "insertedContent": {"type": "object"}},
    "additionalProperties": False,
}
_CHANGE = {
    "type": "object",
    "required": ["artifactLocation", "replacements"],
    "properties": {
        "artifactLocation": _FILE,
        "replacements": {"type": "array", "minItems": 1, "items": _REPLACEMENT},
    },
    "additionalProperties": False,
}
_RESULT = {
    "type": "object",
    "required": ["message"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": -1},
        "level": _LEVEL,
        "message": _TEXT,
        "locations": {
            "type": "array",
            "items": {"type": "object", "required": ["physicalLocation"], "properties": {"physicalLocation": _PLACE}},
        },
        "relatedLocations": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "integer", "minimum": -1},
                    "message": _TEXT,
                    "physicalLocation": _PLACE,
                },
                "additionalProperties": False,
            },
        },
        "fixes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["artifactChanges"],
                "properties": {
                    "description": _TEXT,
                    "artifactChanges": {"type": "array", "minItems": 1, "items": _CHANGE},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
_RUN = {
    "type": "object",
    "required": ["tool"],
    "properties": {
        "tool": {
            "type": "object",
            "required": ["driver"],
            "properties": {
                "driver": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {
                        "name": {"type": "string"},
                        "version": {"type": "string"},
                        "rules": {"type": "array", "uniqueItems": True, "items": _RULE},
                    },
                    "additionalProperties": False,
                }
            },
        },
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": _RESULT},
    },
    "additionalProperties": False,
}
LOG = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": _RUN},
    },
    "additionalProperties": False,
}
COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^\r\n]*?)::(?P<data>[^\r\n]*)")


def said(*arguments: str | Path, data: bytes | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["check", *map(str, arguments)], input=data)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout


def at(path: str, text: str, start: int, end: int, message: str = "said") -> Diagnostic:
    return Diagnostic("unknown-name", "error", message, Span(File(path, text), start, end))


def read(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub's runner reads it: its level, its properties, its message."""
    match = COMMAND.fullmatch(line)
    assert match is not None, line
    pairs = (each.partition("=") for each in match["properties"].split(","))
    return match["level"], {name: unquote(value) for name, _, value in pairs}, unquote(match["data"])


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> list[Diagnostic]:
    """The diagnostics of the corpus, one of each code at least."""
    folder = tmp_path_factory.mktemp("bad")
    found: list[Diagnostic] = []
    with pytest.MonkeyPatch.context() as patch:
        for code in sorted(CODES):
            (folder / code).mkdir()
            patch.chdir(folder / code)
            found += cases.problems(cases.lay_out(code, clean=False))
    assert {each.code for each in found} == set(CODES)
    return found


def test_every_code_makes_a_log_of_the_standard(every: list[Diagnostic]) -> None:
    log = json.loads(json.dumps(as_sarif(every, "1.2.3")))

    jsonschema.validate(log, LOG, format_checker=jsonschema.FormatChecker())
    [run] = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == sorted(CODES)
    assert len(run["results"]) == len(every)
    for result, each in zip(run["results"], every, strict=True):
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert (result["ruleId"], rule["id"]) == (each.code, each.code)
        assert result["level"] == each.severity == rule["defaultConfiguration"]["level"]
        assert "{" not in rule["shortDescription"]["text"]
        told = as_json(each)
        for place in result["locations"]:
            region = place["physicalLocation"].get("region")
            assert unquote(place["physicalLocation"]["artifactLocation"]["uri"]) == told["span"]["path"]
            if region:
                assert [*region.values()] == [told["span"][key] for key in ("line", "column", "end_line", "end_column")]


def test_a_fix_and_the_places_it_has_to_do_with_are_in_the_log() -> None:
    file = File("a.pacta", "US trusts Cuba\n")
    span = Span(file, 10, 14)
    each = Diagnostic(
        "unknown-name", "error", "said", span, related=(Related(span, "there"), Related(NOWHERE, "nowhere")),
        fix=Fix(span, "USSR"),
    )  # fmt: skip
    [result] = as_sarif([each], "1")["runs"][0]["results"]

    jsonschema.validate(as_sarif([each], "1"), LOG)
    region = {"startLine": 1, "startColumn": 11, "endLine": 1, "endColumn": 15}
    assert result["fixes"][0]["artifactChanges"] == [
        {
            "artifactLocation": {"uri": "a.pacta"},
            "replacements": [{"deletedRegion": region, "insertedContent": {"text": "USSR"}}],
        }
    ]
    assert [other["message"]["text"] for other in result["relatedLocations"]] == ["there"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("case.pacta", "case.pacta"),
        ("re cord/1:2,é%.pacta", "re%20cord/1%3A2%2C%C3%A9%25.pacta"),
        ("../other/a.pacta", "../other/a.pacta"),
        ("/abs/a b.pacta", "file:///abs/a%20b.pacta"),
    ],
)
def test_a_path_becomes_a_reference(path: str, uri: str) -> None:
    [result] = as_sarif([at(path, "word", 0, 4)], "1")["runs"][0]["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_what_has_no_place_has_none_in_the_log() -> None:
    nowhere, missing = as_sarif([at("", "", 0, 0), at("gone.pacta", "", 0, 0)], "1")["runs"][0]["results"]

    assert nowhere["locations"] == []
    assert missing["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "gone.pacta"}}}]


def test_every_code_makes_a_command_for_github(every: list[Diagnostic]) -> None:
    for each in every:
        level, properties, message = read(as_github(each))
        told = as_json(each)["span"]
        assert level == {"error": "error", "warning": "warning", "note": "notice"}[each.severity]
        assert properties["title"] == f"servanda: {each.code}"
        assert each.message in message
        if told["path"]:
            assert properties["file"] == told["path"]
        if each.span.file.text:
            assert properties["line"] == str(told["line"])
            assert ("col" in properties) == (told["line"] == told["end_line"])


@pytest.mark.parametrize("hostile", ["a,b::c", "100%", "%0A", "x\r\n::error::injected", "=", "::"])
def test_nothing_in_a_case_ends_a_command_or_begins_another(hostile: str) -> None:
    line = as_github(at(f"{hostile}.pacta", f"{hostile} word", 0, 1, hostile))
    level, properties, message = read(line)

    assert "\n" not in line
    assert "\r" not in line
    assert (level, properties["file"]) == ("error", f"{hostile}.pacta")
    assert message.endswith(f": {hostile}")
    assert properties["line"] == "1"


def test_a_place_of_two_lines_has_no_columns() -> None:
    _, properties, _ = read(as_github(at("a", "one\ntwo", 1, 6)))

    assert (properties["line"], properties["endLine"], "col" in properties) == ("1", "2", False)


@pytest.mark.parametrize("output", ["sarif", "github"])
def test_check_answers_in_the_form_and_with_the_same_status(output: str, tmp_path: Path) -> None:
    faulty, clean = tmp_path / "faulty.pacta", tmp_path / "clean.pacta"
    clean.write_text('case "::error::A case"\nparty US\nparty USSR\nUS trusts USSR\n')
    faulty.write_text(f"{clean.read_text()}US trusts Cuba\n")

    status, text = said(faulty, "--format", output)
    assert status == said(faulty)[0] == 1
    fine, empty = said(clean, "--format", output)
    assert fine == 0
    if output == "sarif":
        log: dict[str, Any] = json.loads(text)
        jsonschema.validate(log, LOG)
        assert [each["ruleId"] for each in log["runs"][0]["results"]] == ["unknown-name"]
        assert json.loads(empty)["runs"][0]["results"] == []
    else:
        assert [read(line)[1]["title"] for line in text.splitlines()] == ["servanda: unknown-name"]
        assert empty == ""
    assert said(clean, faulty, faulty, "--format", output)[1].count("no party") == 2 * text.count("no party") > 0


def test_a_case_from_standard_input_is_named_like_it() -> None:
    _, text = said("-", "--format", "github", data=b"US trusts Cuba\n")

    assert all(read(line)[1]["file"] == "-" for line in text.splitlines())
    assert len(text.splitlines()) == len(load_text("US trusts Cuba\n").diagnostics)
