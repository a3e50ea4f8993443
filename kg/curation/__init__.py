"""What people decided about a corpus: a YAML file beside it, under version control, applied on every build.

1. `read.read_decisions(path)` reads and checks the file; CurationError before anything is written.
2. `apply.apply_to_reading(reading, decisions)` takes wrong facts out of a reading, puts missing ones in and masks
   people who are suppressed (the article keeps its id), each article by itself, before `find_mentioned`.
3. `kg.resolve.blocks` and `kg.resolve.resolve` take the decisions and obey what they say of names.
4. `kg.provenance.decision_triples` says in the graph who decided what, and states facts from outside the corpus.
5. `apply.find_unused` reports decisions that fit nothing any more.

docs/curation.md describes the format.
"""
