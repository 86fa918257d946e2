"""Documents: finding quoted words in the text of a source.

In: the text of a source. Out: places in it. Imports nothing of ours but `model`, `diagnostics` and `text`.
"""

from .quotes import Place, SourceText

__all__ = ["Place", "SourceText"]
