"""Look for differences between the oracle and the engine, and keep the smallest text that shows each kind.

    python tests/differential/hunt.py --seeds 0-2000 [--crowded] [--field status] [--src src] [--out build/found]

Each file has the text, and at its end, in comments, the view and both answers. Exit 0: no differences, 1: some.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from differential.compare import Difference
    from differential.made import View

ROOT = Path(__file__).parents[2]
Group = tuple[str, str, str]


@dataclass
class Found:
    """A text that shows a kind of difference: the smallest so far."""

    seed: int
    text: str
    difference: Difference


def main() -> int:
    options = _options()
    sys.path[:0] = [str(Path(options.src).resolve()), str(ROOT / "tests"), str(ROOT)]
    from differential.made import random_case

    first, _, last = options.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    counts: Counter[Group] = Counter()
    smallest: dict[Group, list[Found]] = {}
    differing, began = 0, time.monotonic()
    for done, seed in enumerate(seeds):
        made = random_case(seed, crowded=options.crowded)
        differences = [each for each in _asked(made.text, made.views, options) if _wanted(each, options)]
        differing += bool(differences)
        for each in differences:
            counts[each.group] += 1
            kept = smallest.setdefault(each.group, [])
            if seed not in [found.seed for found in kept]:
                kept.append(Found(seed, made.text, each))
                kept.sort(key=lambda found: len(found.text.splitlines()))
                del kept[2:]
        if options.progress and done % 50 == 49:
            click.echo(f"{done + 1} cases, {differing} differ, {time.monotonic() - began:.0f} s", err=True)
    click.echo(f"{len(seeds)} cases, {differing} differ, {len(counts)} kinds, {time.monotonic() - began:.0f} s")
    _kept(counts, smallest, options)
    return 1 if counts else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", default="0-500", help="which cases: FIRST-LAST, or one")
    parser.add_argument("--field", action="append", help="only differences in this field; may repeat")
    parser.add_argument("--src", default=str(ROOT / "src"), help="the tree from which the engine is imported")
    parser.add_argument("--out", default=str(ROOT / "build/found"), help="where the texts are written")
    parser.add_argument("--groups", type=int, default=20, help="how many kinds of difference are shrunk")
    parser.add_argument("--alarm", type=float, default=8, help="seconds after which a case is given up")
    parser.add_argument("--shrink", type=float, default=25, help="seconds that shrinking one kind may take")
    parser.add_argument("--all-fields", action="store_true", help="of each standing all that differs, not the first")
    parser.add_argument("--crowded", action="store_true", help="cases in which much falls on one instant")
    parser.add_argument("--progress", action="store_true", help="say on the way how far it has come")
    return parser.parse_args()


def _wanted(difference: Difference, options: argparse.Namespace) -> bool:
    return options.field is None or difference.field in options.field


def _asked(
    text: str, views: tuple[View, ...], options: argparse.Namespace, like: Found | None = None
) -> list[Difference]:
    """What differs in a case; nothing of a text that has errors, or other oddities than one that it is to be like.

    One view at a time, so that no other is lost.
    """
    from differential.compare import Difference, TooLongError, at_most, compare, first_of_each
    from differential.shrink import oddities
    from servanda import load_text

    loaded = load_text(text)
    if not loaded.ok:
        return []
    readings = None
    if like is not None:
        if not oddities(loaded) <= oddities(load_text(like.text)):
            return []
        readings = None if like.difference.name == ("", None) else (like.difference.reading,)
        if readings and not {*readings} <= {*loaded.case.parties, "record"}:
            return []
    differences: list[Difference] = []
    for view in views:
        if view.channels and not view.channels <= {*loaded.case.channels}:
            continue
        try:
            with at_most(options.alarm):
                differences += compare(loaded.case, (view,), readings)
        except TooLongError as error:
            differences.append(Difference(view, "record", ("", None), "hangs", "an answer", _stuck(error)))
    return differences if options.all_fields or options.field else first_of_each(differences)


def _stuck(error: BaseException) -> str:
    """Whether the oracle or the engine was at work when time was up."""
    import traceback

    files = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    return "in the oracle" if any("/oracle/" in each for each in files) else "in the engine"


def _kept(counts: Counter[Group], smallest: dict[Group, list[Found]], options: argparse.Namespace) -> None:
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    for group, count in counts.most_common():
        name = re.sub(r"[^\w-]+", "-", "--".join(group)).strip("-")[:100]
        line = f"{count:6}  {' | '.join(group)}"
        if options.groups <= 0:
            click.echo(line)
            continue
        options.groups -= 1
        best = min((_shrunk(each, options) for each in smallest[group]), key=lambda each: len(each.text))
        path = folder / f"{name}.pacta"
        path.write_text(best.text + _answers(best, options), "utf-8")
        click.echo(f"{line}  seed {best.seed}  {path} ({len(best.text.splitlines())} lines)")


def _shrunk(found: Found, options: argparse.Namespace) -> Found:
    """The smallest text in which the same reading differs in the same way."""
    from differential.made import View
    from differential.shrink import shrunk

    last = found.difference

    def shows(text: str, view: View = last.view) -> bool:
        nonlocal last
        for each in _asked(text, (view,), options, found):
            if each.group == last.group:
                last = each
                return True
        return False

    for plainer in (
        View(last.view.at),
        View(last.view.at, last.view.channels),
        View(last.view.at, None, last.view.known),
    ):
        if plainer != last.view and shows(found.text, plainer):
            break
    text = shrunk(found.text, lambda text: shows(text, last.view), options.shrink)
    shows(text, last.view)
    return Found(found.seed, text, last)


def _answers(found: Found, options: argparse.Namespace) -> str:
    """The view and both answers, as comments."""
    from differential.compare import answers_side_by_side

    lines = [f"seed {found.seed}", str(found.difference), *answers_side_by_side(found.text, found.difference)]
    return "\n" + "".join(f"# {line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
