"""A case as tables: what `servanda query` asks about, each table and column with a sentence of its own."""

from .declared import DECLARED
from .record import RECORDED
from .standings import STANDINGS
from .table import Asked, Column, Table

#: All tables, in the order in which they are listed.
TABLES: dict[str, Table] = {table.name: table for table in (*DECLARED, *RECORDED, *STANDINGS)}

__all__ = ["TABLES", "Asked", "Column", "Table"]
