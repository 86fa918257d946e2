"""Words ↔ syntax tree: lexer, parser, printer, formatter.

In: the text of one case file. Out: a `Tree` of directives, each with its span, and diagnostics; and back.
May import `model` and `diagnostics`; knows nothing of files, other than by the name they are shown under.
"""

from .formatter import format_tree
from .parser import parse
from .syntax import Tree

__all__ = ["Tree", "format_tree", "parse"]
