"""An evaluator of the meaning that is as plain as it can be made: the oracle for the product's own engine.

It follows semantics.md, §§1 to 7, sentence by sentence, and imports nothing of ours but the values it evaluates.
"""

from .verdict import Verdict, evaluate, residue

__all__ = ["Verdict", "evaluate", "residue"]
