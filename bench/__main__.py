"""`python -m bench [ROW …]`: measure, one job at a time, and write `bench/RESULTS.md`.

Rows that are not named stay as they were. `python -m bench standing --size 50x500 …` measures that row at other sizes
than its own, and writes nothing.
"""

import argparse
import os
from collections.abc import Callable, Iterator

from . import disputes, standing, text, wayout, web
from .questions import size_of
from .report import RESULTS, Measured, Row, measured_from_page, page

SCRIPTS: dict[str, tuple[Callable[[], Iterator[Row]], tuple[str, ...]]] = {
    "text": (text.rows, text.PACKAGES),
    "standing": (standing.rows, standing.PACKAGES),
    "disputes": (disputes.rows, disputes.PACKAGES),
    "wayout": (wayout.rows, wayout.PACKAGES),
    "web": (web.rows, web.PACKAGES),
}
"""For each row of the design what measures it, and the packages that take part."""


def main() -> None:
    """Print each row as it is measured, and write the table."""
    parser = argparse.ArgumentParser("python -m bench", description=__doc__)
    parser.add_argument("row", nargs="*", help=f"{', '.join(SCRIPTS)}; all, if none is named")
    parser.add_argument("--size", nargs="+", type=size_of, metavar="COMMITMENTSxACTS")
    options = parser.parse_args()
    unknown = [name for name in options.row if name not in SCRIPTS]
    if unknown:
        parser.error(f"there is no row `{unknown[0]}`: there are {', '.join(SCRIPTS)}")
    if options.size and options.row != ["standing"]:
        parser.error("--size goes with the row `standing` alone")
    if options.size:
        for row in standing.rows(tuple(options.size)):
            _show(row)
        return
    known = measured_from_page(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    for name in options.row or SCRIPTS:
        measure, packages = SCRIPTS[name]
        before = os.getloadavg()[0]
        rows = [_show(row) for row in measure()]
        known[name] = Measured.now(name, rows, (before, os.getloadavg()[0]), packages)
        # Each script's rows are written as soon as they are there: what follows may take long, or fail.
        RESULTS.write_text(page({each: known[each] for each in SCRIPTS if each in known}), "utf-8")


def _show(row: Row) -> Row:
    print(*(cell for cell in row.cells() if cell), sep=" · ", flush=True)
    return row


if __name__ == "__main__":
    main()
