"""`python -m bench.generated case|ledger LINES [SEED [EXPECTED]]`: a generated text on standard output."""

import sys

from . import generated_case, generated_ledger

if __name__ == "__main__":
    make = {"case": generated_case, "ledger": generated_ledger}
    if len(sys.argv) < 3 or sys.argv[1] not in make:
        sys.exit(__doc__)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # a real stream here
    sys.stdout.write(make[sys.argv[1]](*map(int, sys.argv[2:])))
