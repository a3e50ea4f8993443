"""Which article of a graph is which annotated one, and which annotated entity each node stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.gold import GoldArticle, GoldEntity, fold_name
from kg.evaluate.said import Said, SaidArticle, SaidEntity

_NOT_THERE = SaidArticle("")


@dataclass(frozen=True, slots=True)
class Pair:
    """An annotated article and what the graph says of it: of one that is not in the graph, nothing.

    `stands_for` leads from nodes to the ids of annotated entities; nodes that stand for none are not in it.
    """

    gold: GoldArticle
    said: SaidArticle
    stands_for: Mapping[str, str]

    @property
    def found(self) -> bool:
        return self.said is not _NOT_THERE


def pair_articles(said: Said, golds: Sequence[GoldArticle]) -> tuple[Pair, ...]:
    """One pair for each annotated article, known by a headline or, where no headline fits, by both ends of the body."""
    number_of: dict[str, int] = {}
    for article in _in_order(said):
        _pair_first(article, golds, number_of, by_ends=False)
    for article in _in_order(said):
        _pair_first(article, golds, number_of, by_ends=True)
    article_of = {number: iri for iri, number in number_of.items()}
    return tuple(
        _make_pair(gold, said.articles[article_of[number]] if number in article_of else _NOT_THERE, said)
        for number, gold in enumerate(golds)
    )


def _in_order(said: Said) -> list[SaidArticle]:
    return [said.articles[iri] for iri in sorted(said.articles)]


def _pair_first(
    article: SaidArticle, golds: Sequence[GoldArticle], number_of: dict[str, int], *, by_ends: bool
) -> None:
    """Pairs the article with the first annotated one that fits it and is free."""
    if article.iri in number_of or (by_ends and not article.body):
        return
    text = fold_name(article.body) if by_ends else ""
    taken = set(number_of.values())
    for number, gold in enumerate(golds):
        fits = all(end and end in text for end in gold.ends) if by_ends else bool(gold.headlines & article.headlines)
        if fits and number not in taken:
            number_of[article.iri] = number
            return


def _make_pair(gold: GoldArticle, article: SaidArticle, said: Said) -> Pair:
    entities = [said.entities[iri] for iri in sorted(article.nodes) if iri in said.entities]
    stands_for = {one.iri: best for one in entities if (best := _find_entity(one, gold.entities.values())) is not None}
    return Pair(gold, article, stands_for)


def _find_entity(entity: SaidEntity, golds: Iterable[GoldEntity]) -> str | None:
    """The annotated one with a name in common: best the canonical name, then the class, then more names in common."""
    choices = [
        (fold_name(gold.name) == entity.folded, bool(entity.classes & gold.classes), len(common), gold.id)
        for gold in golds
        if (common := gold.names & entity.names)
    ]
    return max(choices)[3] if choices else None
