"""(Case, view, goals) → the way out: who waits for whom, and the smallest concessions that free it.

In: a case, the standings it has in a view, and goals. Out: what is stuck, ways out of it, the order of the moves that
they free, and at whose exposure. Nothing here is in the record. May import `model`, `load`, `standing`, and `text`
for words.
"""
