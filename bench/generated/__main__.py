"""`python -m bench.generated case|ledger LINES [SEED [EXPECTED]]`: a generated text on standard output.

Or `python -m bench.generated negotiation COMMITMENTS [ACTS [SEED [PARTIES]]]`.
"""

import sys
from collections.abc import Callable

from . import Negotiation, generated_case, generated_ledger


def _negotiation(*of: int) -> str:
    return Negotiation(*of).text


if __name__ == "__main__":
    make: dict[str, Callable[..., str]] = {
        "case": generated_case,
        "ledger": generated_ledger,
        "negotiation": _negotiation,
    }
    if len(sys.argv) < 3 or sys.argv[1] not in make:
        sys.exit(__doc__)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # a real stream here
    sys.stdout.write(make[sys.argv[1]](*map(int, sys.argv[2:])))
