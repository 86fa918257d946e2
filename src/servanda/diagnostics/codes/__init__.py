"""The registry of codes: every kind of diagnostic there is, in the order of the reference."""

from collections.abc import Mapping
from types import MappingProxyType

from . import expectations, files, grammar, meaning, names, writing
from .code import Code

CODES: Mapping[str, Code] = MappingProxyType(
    {code.name: code for room in (files, writing, grammar, names, meaning, expectations) for code in room.CODES}
)

__all__ = ["CODES", "Code"]
