"""`servanda check`: every problem of a case at its place, and what the case holds."""

from __future__ import annotations

import gc
import sys
from collections import Counter

import click

from servanda import __version__
from servanda.diagnostics import Diagnostic, as_github, as_sarif, frames, printable
from servanda.load import Loaded, load, load_text

from .options import MOST_SHOWN, colour_on, existing, print_json, read_stdin

_SEVERITIES = ("error", "warning", "note")


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]...")
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False),
    help="Where the texts of sources lie, if not in the case folder.",
)
@click.option(
    "--allow-outside", is_flag=True, help="Let a case read files outside its folder. Only for cases that you trust."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="Which problems make the exit status 1: errors, warnings as well, or none.",
)
@click.option("--watch", is_flag=True, help="Check again whenever a file below the folder changes, until Ctrl-C.")
@click.option("--quiet", "-q", is_flag=True, help="Print problems only, not what the case holds.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs, SARIF for code review, or remarks in a GitHub workflow.",
)
def command(
    paths: tuple[str, ...],
    sources: str | None,
    allow_outside: bool,
    fail_on: str,
    watch: bool,
    quiet: bool,
    output: str,
) -> None:
    """Show every problem of a case, and what the case holds.

    PATH is the folder of a case, or its root file; `-` reads a case from standard input. Without a PATH, the case in
    the current folder is checked. Where the text has no errors, its expectations and scenarios are run: one that does
    not hold is an error, too. The exit status is 0 when nothing fails, 1 when something does, 2 when the command
    was used wrongly.
    """
    # a case is trees without cycles: following them takes a fifth of the time and never frees anything
    gc.disable()
    asked = paths or (".",)
    if watch:
        from .watch import watched

        if "-" in asked:
            raise click.UsageError("standard input cannot be watched")
        watched(asked, lambda: _check(asked, sources, allow_outside, quiet, output))
        return
    results = _check(asked, sources, allow_outside, quiet, output)
    failing = _SEVERITIES[: _SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
    if any(each.severity in failing for loaded in results for each in loaded.diagnostics):
        sys.exit(1)


def _check(paths: tuple[str, ...], sources: str | None, allow_outside: bool, quiet: bool, output: str) -> list[Loaded]:
    results = []
    reports = []
    for path in paths:
        if path == "-":
            loaded = load_text(read_stdin(), sources=sources, allow_outside=allow_outside)
        else:
            loaded = load(existing(path), sources=sources, allow_outside=allow_outside)
        loaded, held = _expected(loaded)
        results.append(loaded)
        if output == "json":
            from servanda.api.check import checked_answer

            reports.append(checked_answer(path, loaded, held))
        elif output == "github":
            for each in loaded.diagnostics:
                click.echo(as_github(each))
        elif output == "text":
            _print(path, loaded, held, quiet)
    if output == "json":
        from servanda.api.check import check_answer

        print_json(check_answer(reports))
    elif output == "sarif":
        print_json(as_sarif([each for loaded in results for each in loaded.diagnostics], __version__))
    return results


def _expected(loaded: Loaded) -> tuple[Loaded, int | None]:
    """A case with its failed expectations among its diagnostics, and how many hold; None where they were not run."""
    case = loaded.case
    if not case.expectations and not any(each.expectations for each in case.scenarios):
        return loaded, 0
    if not loaded.ok:
        return loaded, None
    # what works out where things stand is loaded for those cases alone that ask for it
    from servanda.api.check import expected

    # working that out makes cycles, unlike reading
    gc.enable()
    try:
        return expected(loaded)
    finally:
        gc.disable()


def _failed(loaded: Loaded) -> int:
    return sum(each.code == "expectation-fails" for each in loaded.diagnostics)


def _print(path: str, loaded: Loaded, held: int | None, quiet: bool) -> None:
    shown = loaded.diagnostics[:MOST_SHOWN]
    colour = colour_on()
    for frame in frames(shown, colour=colour):
        click.echo(frame, color=colour)
    rest = len(loaded.diagnostics) - len(shown)
    if rest:
        click.echo(f"… and {rest} more; `--format json` gives them all.\n")
    if quiet:
        return
    case = loaded.case
    click.echo(printable(f"{path}: {case.title or 'a case without a title'}"))
    for name, figures in _holds(loaded, held).items():
        click.echo(f"  {name}: {figures}")
    click.echo(f"  {_verdict(loaded.diagnostics)}")


def _holds(loaded: Loaded, held: int | None) -> dict[str, str]:
    """What a case holds, for people: a few lines of figures."""
    case, quotes = loaded.case, loaded.quotes
    how = Counter(anchor.place.found for anchor in quotes.anchors)
    checked = len(quotes.anchors) + len(quotes.not_found)
    damaged = f", {how['fuzzy']} damaged" if how["fuzzy"] else ""
    detail = f" ({how['exact']} exactly, {how['normalised']} normalised{damaged})" if quotes.anchors else ""
    kinds = [
        _count(sum(each.kind == kind for each in case.commitments.values()), kind)
        for kind in ("obligation", "prohibition", "right", "power")
    ]
    return {
        "who": _listed(
            _count(len(case.parties), "party"),
            _count(len(case.bodies), "body"),
            _count(len(case.persons), "person"),
            _count(len(case.channels), "channel"),
        ),
        "what is owed": f"{_count(len(case.commitments), 'commitment')} ({_listed(*kinds)})"
        if case.commitments
        else "nothing",
        "what happened": _listed(
            _count(len(case.acts), "act"),
            _count(len(case.sources), "source"),
            _count(len(case.expectations), "expectation"),
            _count(len(case.scenarios), "scenario"),
        ),
        **_kept(loaded, held),
        "quotes": _listed(
            f"{len(quotes.anchors)} of {checked} found{detail}" if checked else "",
            f"{quotes.unchecked} unchecked" if quotes.unchecked else "",
        ).replace("nothing", "none"),
    }


def _kept(loaded: Loaded, held: int | None) -> dict[str, str]:
    """What became of expectations, where there are any."""
    failed = _failed(loaded)
    if held is None:
        return {"expectations": "not run, since the text has errors"}
    if not held and not failed:
        return {}
    kept = f"{held} of {held + failed} hold" if failed else "all hold" if held > 1 else "it holds"
    return {"expectations": kept}


_PLURALS = {"party": "parties", "body": "bodies"}


def _count(number: int, noun: str) -> str:
    if not number:
        return ""
    return f"{number} {noun if number == 1 else _PLURALS.get(noun, noun + 's')}"


def _listed(*counts: str) -> str:
    return ", ".join(count for count in counts if count) or "nothing"


def _verdict(diagnostics: tuple[Diagnostic, ...]) -> str:
    counts = {severity: sum(each.severity == severity for each in diagnostics) for severity in _SEVERITIES}
    return _listed(*(_count(counts[severity], severity) for severity in _SEVERITIES)).replace("nothing", "no problems")
