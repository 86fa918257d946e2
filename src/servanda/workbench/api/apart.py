"""SQL in a process of its own, which ends when its time or its memory is over."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

from servanda.api.errors import BadQuery
from servanda.api.query_apart import Lines, answer_in, replied

SECONDS = 5.0
MOST_LINES = 10_000
MEGABYTES = 256
#: What Python and duckdb need before they have done anything, in address space.
_BASE_MEGABYTES = 1_536
#: So many at once; others wait.
_TURNS = threading.BoundedSemaphore(2)


def asked_apart(sheet: bytes, *, seconds: float = SECONDS) -> tuple[list[str], Lines]:
    """The names of the columns of an answer, and all its lines; raises `BadQuery`, also for what goes beyond bounds.

    `sheet` is what `sheet_of` makes of a question.
    """
    too_long = BadQuery(f"it takes longer than {seconds:g} seconds: ask for less at once")
    command = [sys.executable, "-I", "-c", _CHILD, repr(sys.path), str(seconds)]
    with _TURNS:
        try:
            done = subprocess.run(command, input=sheet, capture_output=True, check=False, timeout=seconds + _START)
        except subprocess.TimeoutExpired:
            raise too_long from None
    if done.returncode == -getattr(signal, "SIGALRM", 0) != 0:
        raise too_long
    if done.returncode != 0:
        raise BadQuery(f"it takes more than {MEGABYTES} MB: ask for less at once")
    return answer_in(done.stdout)


def answer_here(seconds: float) -> None:
    """Answer the sheet on standard input; what takes longer, or more memory than is allowed, ends this process."""
    import duckdb  # before the time begins that a statement has

    del duckdb
    try:
        import resource
    except ImportError:  # not everywhere; whoever began this process ends it in any case
        pass
    else:
        most = (_BASE_MEGABYTES + MEGABYTES) * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        signal.setitimer(signal.ITIMER_REAL, seconds)
    sys.stdout.buffer.write(replied(sys.stdin.buffer.read()))


#: How long the process may take to begin, on a busy machine.
_START = 10.0
_CHILD = (
    "import ast, sys; sys.path[:] = ast.literal_eval(sys.argv[1]); "
    "from servanda.workbench.api.apart import answer_here; answer_here(float(sys.argv[2]))"
)
