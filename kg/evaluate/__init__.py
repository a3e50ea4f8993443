"""How good a graph is: what it says of some articles beside what careful readers found in them.

`gold` reads the annotations, `said` what the graph says of an article, `pairing` tells which article and which entity
is which, `counting` counts what is right, wrong and missed, `report` makes figures and text of it. The rules are those
of `docs/decisions/0016-our-own-evaluation.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.evaluate.building import build_triples
from kg.evaluate.counting import count_articles
from kg.evaluate.gold import load_gold, symmetric_relations
from kg.evaluate.pairing import pair_articles
from kg.evaluate.report import Evaluation, make_evaluation
from kg.evaluate.said import read_said
from kg.export.reading import read_triples
from kg.ontology import Ontology


def evaluate(golds: Sequence[Path], ontology: Ontology, *, graph: Path | None = None) -> Evaluation:
    """Compares annotations with the graph in the file `graph`, or with one made now of the texts beside them.

    Raises SourceError for annotations that are wrong and texts that are not there, GraphError for the graph.
    """
    files = load_gold(golds, ontology)
    triples = read_triples(graph) if graph else build_triples(sorted({file.source for file in files}))
    said = read_said(triples, ontology)
    articles = [article for file in files for article in file.articles]
    tally = count_articles(pair_articles(said, articles), said, symmetric_relations(ontology))
    return make_evaluation(tally, said, len(articles), ontology)
