"""The nouns of the glossary as immutable values, each with the place of its words.

In: nothing. Out: `Case` and what it is made of. Imports nothing of ours.
"""
