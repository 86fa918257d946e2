"""A case as one asks it from Python: answers as values, as JSON, and as tables for SQL; cases made without a text.

In: a case, a date, a reading. Out: inventories and reasons that print well, the JSON contract with its schemas, tables
for duckdb. May import everything below it; `servanda` itself has the names that are promised to stay.
"""
