"""The workbench: a case to look at instead of to read, as pages that a server gives or that lie in a folder.

In: a case folder and what a reader asks of it in an address. Out: pages; nothing is decided here that `api` does not
answer. May import everything below it. Each page is a module of `pages` with its template beside it.
"""
