"""Documents: finding quoted words in the text of a source, and reading damaged ones into transcripts (`reading`).

In: the text of a source, or the bytes of a document. Out: places in it; a transcript. Imports nothing of ours but
`model`, `diagnostics` and `text`.
"""

from .quotes import Anchoring, Place, SourceText

__all__ = ["Anchoring", "Place", "SourceText"]
