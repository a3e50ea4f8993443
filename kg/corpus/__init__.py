"""A corpus that grows: articles go in and out, and the graph follows, with work for what changed only.

An SQLite database holds the truth: files, articles, what was read from them. From it are derived, in the same
database, which articles are reprints, which entities are one, and which facts the graph has; and from these an
Oxigraph store, unit by unit (an article, an entity, all statements between two ends). The graph is a function of the
articles alone, not of the order in which they came. `kg build` without a store does the same with a database that is
gone at the end.

`session` opens a corpus for writing; `intake` puts files in, `settle` derives (`reprints`, `entities`, `facts`, and
`decided` for decisions of people), `units` makes triples, `publish` brings them into the writer's store, `snapshots` are
what others read. `database` has the tables, `codec` the form in which readings are kept in them.
"""
