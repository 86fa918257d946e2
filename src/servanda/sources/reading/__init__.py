"""From a damaged scan to a transcript: lines, speakers, names, statements.

In: the text of a document, with the parties and people known beforehand. Out: a `Transcript`, every value of it with
its place and how sure it is. Reads nothing but its own tables.
"""

from .draft import as_pacta, head, name_from, with_suggestions
from .reader import read
from .transcript import Line, Participant, Transcript, in_english, render

__all__ = [
    "Line",
    "Participant",
    "Transcript",
    "as_pacta",
    "head",
    "in_english",
    "name_from",
    "read",
    "render",
    "with_suggestions",
]
