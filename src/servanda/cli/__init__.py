"""The command line: one file for each command; parsing of options and rendering, no logic.

In: arguments, files, a terminal. Out: text or JSON on stdout, all else on stderr, and an exit status: 0 fine, 1 the
case has errors, 2 wrong use. May import everything below it.
"""

from .main import main

__all__ = ["main"]
