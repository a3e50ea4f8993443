"""Figures about entities: 合同投资金额215亿元, 解决就业1000人, 入选企业27家.

Figures of an article (`figures`), what each counts (`measures`), what of all that is named near it may be about
(`spots`) and what it is about (`owners`). Where nothing weighs enough there is no observation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.clauses import Clause
from kg.entities import Linking
from kg.mentions.tagged import TaggedText
from kg.modality import read_modality
from kg.model import Article, Entity, Evidence, Observation, Span, TimeSpan
from kg.observations.figures import Figure, find_figures
from kg.observations.lists import Share, deal, find_rows
from kg.observations.measures import find_family
from kg.observations.merging import merge
from kg.observations.owners import CONFIDENCE, Owner, Thread, find_owner, follow, settle_topics
from kg.observations.spots import Spot, find_spots

_GROUPS = ("District", "Zone", "Industry")


def extract_observations(
    article: Article, tagged: TaggedText, clauses: Sequence[Clause], linking: Linking
) -> tuple[Observation, ...]:
    figures: dict[int, list[Figure]] = {}
    for figure in find_figures(tagged, clauses):
        figures.setdefault(figure.clause, []).append(figure)
    if not figures:
        return ()
    spots = find_spots(article.body, clauses, linking)
    topics = settle_topics(spots, linking)
    thread = Thread()
    found: list[tuple[Observation, Figure]] = []
    for number, here in enumerate(spots):
        shares = _shares(figures.get(number, ()), clauses[number], here)
        words = tagged.words[tagged.sentence_at(clauses[number].span.start)]
        for figure in figures.get(number, ()):
            owner = find_owner(figure, article.body, words, clauses, spots, topics, thread)
            if owner is None:
                continue
            thread.last, thread.last_clause, thread.last_place = owner, number, figure.place
            thread.counted[owner.entities[-1].cls] = number
            for one in _share(owner, shares.get(figure)):
                made = _observe(article, tagged, clauses[number], figure, one, shares.get(figure), here)
                found += [(observation, figure) for observation in made]
        follow(thread, number, clauses[number], here, topics)
    return merge(found)


def _shares(figures: Sequence[Figure], clause: Clause, spots: Sequence[Spot]) -> dict[Figure, Share]:
    out: dict[Figure, Share] = {}
    for row in find_rows(figures, clause):
        shares = deal(row, clause, spots)
        out |= dict(zip(row, shares, strict=True)) if shares is not None else {}
    return out


def _share(owner: Owner, share: Share | None) -> Iterator[Owner]:
    """A figure dealt to a member of a list that is itself what the sentence is about, or to a group of it."""
    if share is not None and share.entity is not None:
        dealt = share.entity in owner.entities or owner.way not in {"topic's words", "carried over", "topic"}
        region = owner.entities[-1].cls == "District" and share.entity.cls == "Industry"
        if dealt and not region:
            yield replace(owner, entities=(share.entity,), group=None)
        else:
            yield replace(owner, group=share.entity)
    else:
        yield owner


def _observe(
    article: Article,
    tagged: TaggedText,
    clause: Clause,
    figure: Figure,
    owner: Owner,
    share: Share | None,
    spots: Sequence[Spot],
) -> Iterator[Observation]:
    span, value = figure.measure.span, figure.value
    quote = article.body[span.start : span.end]
    modality = read_modality(tagged, span, [one for unit in clause.units for one in unit.mentions])
    period, dates = _period(article, tagged, clause, figure)
    measure, words = _name(figure, share)
    for entity in owner.entities:
        group = owner.group or _group(figure, entity, spots)
        yield Observation(
            of=entity.key,
            measure=measure,
            value=value.number,
            unit=value.unit,
            evidence=(
                Evidence(article.id, span.start, span.end, quote, f"observation/{owner.way}", CONFIDENCE[owner.way]),
            ),
            value_to=value.to,
            amount_qualifier=value.qualifier,
            modality=modality if modality != "hoped" else "planned",
            period=period,
            dates=dates,
            dimension=words or (group.name if group else None),
            dimension_entity=group.key if group and not words else None,
        )


def _name(figure: Figure, share: Share | None) -> tuple[str, str]:
    """The measure, and the group where a row of words deals out groups instead of measures."""
    if share is None or not share.words:
        return figure.measure.name, ""
    if find_family(share.words, figure.value) is not None:
        return share.words, ""
    return figure.measure.name, share.words


def _period(article: Article, tagged: TaggedText, clause: Clause, figure: Figure) -> tuple[str | None, TimeSpan | None]:
    if figure.measure.family is not None and figure.measure.family.lasting:
        return None, None
    dates = tagged.dates(Span(clause.span.start, figure.value.span.start))
    if not dates:
        return None, None
    return article.body[dates[-1].span.start : dates[-1].span.end], dates[-1].dates


def _group(figure: Figure, owner: Entity, spots: Sequence[Spot]) -> Entity | None:
    """The district, zone or industry in front of the figure in its part, where the figure is about something else."""
    if owner.cls in _GROUPS:
        return None
    before = [spot for spot in spots if spot.place < figure.place]
    same = [spot for spot in before if spot.part == before[-1].part] if before else []
    found = next((spot.entities[-1] for spot in same if spot.entities[-1].cls in _GROUPS), None)
    return found if found is not None and found.key != owner.key else None
