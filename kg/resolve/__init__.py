"""Which entities of many articles are one thing.

`find_mentioned` takes from a reading what matters, `resolve` decides for a set of articles, `resolve_reading` applies
that, and `blocks` says what can influence what, so that a corpus that grows resolves again only what changed.
`explain_entity` says why an entity of a graph is what it is. Points and limits are in `ontology/resolution.yml`.
"""

from __future__ import annotations

from kg.resolve.blocks import blocks
from kg.resolve.cluster import resolve
from kg.resolve.explain import explain_entity
from kg.resolve.mentioned import find_mentioned, resolve_reading
from kg.resolve.model import Candidate, Comparison, Feature, Mentioned, Merge, Resolution

__all__ = [
    "Candidate",
    "Comparison",
    "Feature",
    "Mentioned",
    "Merge",
    "Resolution",
    "blocks",
    "explain_entity",
    "find_mentioned",
    "resolve",
    "resolve_reading",
]
