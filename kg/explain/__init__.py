"""Why a sentence gives the facts that it gives, and why a thing stands in a graph as it does: what `kg explain` shows.

`sentences` takes the stages of reading apart sentence by sentence, `nearest` finds rules that almost fitted, `entity`
reads one thing out of a graph, `lines` makes lines of text of either.
"""
