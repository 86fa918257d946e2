"""Add an act: somebody writes what was done or said, sees what it would change, and then writes or supposes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from servanda.api.errors import CaseHasErrors, ServandaError
from servanda.api.expected import with_failures
from servanda.diagnostics import Diagnostic
from servanda.model.record import Act
from servanda.model.time import Malformed, dating_from_words
from servanda.text.words import VERBS
from servanda.workbench.editing.acts import Change, act_from_line, changes, file_for, with_line
from servanda.workbench.editing.drafts import loaded_with
from servanda.workbench.editing.files import Refused
from servanda.workbench.pages import ACT
from servanda.workbench.sight import Sight

#: The fields of the form, in the order in which the language has them.
FIELDS = tuple(name for name in ACT if name not in ("line", "file"))
#: Without these there is no act: what they are called on the page.
_NEEDED = {"who": "who", "what was done": "verb"}


class Preview(msgspec.Struct, frozen=True):
    """What an act would change: standings in the view, and what `check` would say anew. `day` is the act's own."""

    act: Act
    file: str
    at_line: int
    changes: dict[str, list[Change]]
    rows: int
    news: tuple[Diagnostic, ...]
    day: str | None = None


class Last(msgspec.Struct, frozen=True):
    """The last change that was made here, while it can be taken back."""

    path: str
    hash: str
    added: tuple[str, ...]


def answer(sight: Sight) -> dict[str, Any]:
    """The form, and the preview of what stands in it."""
    fields = {name: sight.more.get(name, "").strip() for name in FIELDS}
    line = sight.more.get("line", "").replace("\r\n", "\n").strip() or line_of(with_words_quoted(sight, fields))
    slip, preview = "" if "line" in sight.more else slip_of_date(sight, fields), None
    if line and not slip:
        try:
            preview = previewed(sight, line)
        except CaseHasErrors as why:
            slip = "; ".join(_said(each) for each in why.diagnostics)
        except (ServandaError, Refused) as why:
            slip = str(why)
    return {
        "title": "Add an act",
        "fields": {**fields, "on": fields["on"] or str(sight.asked.at)},
        "verbs": list(VERBS),
        "line": line,
        "missing": [what for what, name in _NEEDED.items() if not fields[name]] if any(fields.values()) else [],
        "slip": slip,
        "preview": preview,
        "moved": bool(sight.more.get("moved")),
        "files": sight.desk.files.files(),
        "last": last_change(sight),
    }


def slip_of_date(sight: Sight, fields: dict[str, str]) -> str:
    """What is wrong with the field of the date, by itself: in a line, what is no date is taken for the actor."""
    if not (fields["on"] and fields["who"]):
        return ""
    try:
        dating_from_words(fields["on"])
    except Malformed:
        return f"`{fields['on']}` is no date; one is written `{sight.asked.day}`"
    return ""


def with_words_quoted(sight: Sight, fields: dict[str, str]) -> dict[str, str]:
    """The fields, with the words in quotes that somebody states, where they are no names."""
    case, what = sight.record, fields["what"]
    names = {*case.commitments, *case.sources, *case.matters, *case.means, *case.terms}
    if fields["verb"] != "states" or not what or '"' in what or {each.strip() for each in what.split(",")} <= names:
        return fields
    return {**fields, "what": f'"{what}"'}


def line_of(fields: dict[str, str]) -> str:
    """The act as the language has it; empty while the form is."""
    if not (fields["who"] and fields["verb"]):
        return ""
    verb = "consents to" if fields["verb"] == "consents" else fields["verb"]
    lines = [" ".join(filter(None, (fields["on"], fields["who"], verb, fields["what"], fields["more"])))]
    if fields["via"]:
        lines.append(f"  via {fields['via']}")
    if fields["source"]:
        quoted = fields["quote"].replace("\\", "\\\\").replace('"', '\\"')
        quote = f'"{quoted}"' if fields["quote"] else ""
        lines.append("  " + " ".join(filter(None, ("cites", fields["source"], fields["place"], quote))))
    return "\n".join(lines)


def previewed(sight: Sight, line: str) -> Preview:
    """What an act would change. Raises `Refused`, `CaseHasErrors` where it cannot be read."""
    act = act_from_line(sight.record, line)
    asked, files = sight.asked, sight.desk.files
    after = sight.case.with_acts((act,)).status(
        asked.at, reading=asked.readings, channels=asked.channels, known=asked.known
    )
    by_label: dict[str, list[Change]] = {}
    for each in changes(sight.inventory, after):
        by_label.setdefault(each.label, []).append(each)
    path = sight.more.get("file") or file_for(sight.record, act, files.files(), sight.desk.folder) or ""
    text, at_line = with_line(files.read(path).text, line, act)
    loaded = sight.copy.loaded
    before = sight.kept_of_files("checked", make=lambda: with_failures(loaded)).diagnostics
    news = _news(before, with_failures(loaded_with(sight.desk, files.on_disk(path), text)).diagnostics)
    day = None if act.dating is None else str(act.dating.latest.day)
    later = day is not None and act.dating is not None and act.dating.latest.day > asked.day
    return Preview(act, path, at_line, by_label, len(after), news, day if later else None)


def _news(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What would be said of the case that is not said of it now."""
    old = {(each.code, each.message) for each in before}
    return tuple(each for each in after if (each.code, each.message) not in old)


def _said(each: Diagnostic) -> str:
    return f"{each.message} ({each.label})" if each.label else each.message


def last_change(sight: Sight) -> Last | None:
    """The last write, if the file still holds it."""
    last = sight.desk.files.last
    try:
        if sight.read_only or last is None:
            return None
        held = sight.desk.files.read(last.path)
    except Refused:
        return None
    if held.hash != last.hash:
        return None
    before = last.before.decode("utf-8", errors="replace").splitlines()
    kept = set(before)
    return Last(last.path, last.hash, tuple(each for each in held.text.splitlines() if each not in kept)[:6])
