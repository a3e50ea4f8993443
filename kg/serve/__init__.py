"""The SPARQL endpoint: a graph from a file, answered over HTTP, read only.

`app` speaks HTTP, `protocol` knows what the recommendation says about requests, `pool` keeps worker processes,
`nursery` is the process that holds the graph and makes them, `tasks` and `pages` are what they do.
"""
