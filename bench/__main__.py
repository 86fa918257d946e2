"""`python -m bench`: measure everything, one job at a time, and write `bench/RESULTS.md`."""

import os

from . import text
from .report import RESULTS, Row, page

SCRIPTS = (text,)


def main() -> None:
    """Print each row as it is measured, and write the table."""
    load_before = os.getloadavg()[0]
    measured: list[Row] = []
    for script in SCRIPTS:
        for row in script.rows():
            print(*(cell for cell in row.cells() if cell), sep=" · ", flush=True)
            measured.append(row)
    RESULTS.write_text(page(measured, (load_before, os.getloadavg()[0])), "utf-8")


if __name__ == "__main__":
    main()
