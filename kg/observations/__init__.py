"""Figures about entities: 合同投资金额215亿元, 解决就业1000人, 入选企业27家.

Figures of an article (`figures`), what each counts (`measures`), what of all that is named near it may be about
(`spots`), what the text has been about (`thread`), and whose it is (`ways`, `carrying`). Where none of the ways finds
anything there is no observation. Lists of figures are dealt out (`lists`), what is told twice is one (`merging`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.clauses import Clause
from kg.entities import Linking
from kg.mentions.tagged import TaggedText
from kg.modality import read_modality
from kg.model import Article, Entity, Evidence, Mention, Observation, Span, TimeSpan
from kg.observations.asides import find_asides, own_aside
from kg.observations.carrying import find_carried
from kg.observations.ends import find_other_end
from kg.observations.figures import Figure, find_figures
from kg.observations.goods import find_good
from kg.observations.lists import Share, deal, find_rows, name_rows
from kg.observations.measures import find_family, tables
from kg.observations.merging import merge
from kg.observations.names import read_names
from kg.observations.spots import Spot, find_spots, number_parts
from kg.observations.thread import Owner, Scene, Thread, find_headline, follow, note, settle_topics
from kg.observations.ways import find_direct
from kg.observations.ways_table import founding, ways

_UNDEALT = frozenset({"榜单或签约的数", "承上句所述", "本地的数"})
_INDIRECT = frozenset({"承前所述", "句中宾语", "承上句所述", "本地的数", "通篇所述", "在某地之数"})
"""Ways that a count without words for what it counts does not go."""
_UNTIL = re.compile("(?:截至|截止|到|至)$")
_GROUPS = ("District", "Zone", "Industry")


def extract_observations(
    article: Article,
    tagged: TaggedText,
    clauses: Sequence[Clause],
    linking: Linking,
    goods: Sequence[Mention] = (),
) -> tuple[Observation, ...]:
    figures: dict[int, list[Figure]] = {}
    for figure in find_figures(tagged, clauses):
        figures.setdefault(figure.clause, []).append(figure)
    mentions = [mention for clause in clauses for unit in clause.units for mention in unit.mentions]
    names = tuple(read_names(article, tagged, mentions, linking))
    if not figures:
        return names
    spots = find_spots(tagged, clauses, linking)
    topics = settle_topics(spots, linking)
    headline = find_headline(article.headline, linking)
    thread = Thread()
    found: list[tuple[Observation, Figure]] = []
    for number, here in enumerate(spots):
        clause = clauses[number]
        told = name_rows(figures.get(number, ()), clause)
        shares = _shares(told, clause, here)
        parts = number_parts(clause.units)
        text = article.body[clause.span.start : clause.span.end]
        words = tagged.words[tagged.sentence_at(clause.span.start)]
        asides = list(find_asides(tagged, clause, number))
        for figure in sorted((*told, *asides), key=lambda one: one.value.span):
            scene = Scene(figure, clause, text, words, here, parts, topics, headline, thread)
            aside = figure in asides
            if aside:
                owner = own_aside(figure, clause, linking, thread)
            else:
                owner = find_good(scene, goods, linking, find_direct(scene) or find_carried(scene))
            if owner is None or (figure.value.kind == "Count" and owner.way in _INDIRECT and _says_little(figure)):
                continue
            share = shares.get(figure)
            made = _observe(article, tagged, scene, _share(owner, share), share)
            other = find_other_end(scene, owner) if share is None and made else None
            made += [_of_other(one, other, owner.entities[0]) for one in made if other is not None]
            found += [(observation, figure) for observation in made]
            if not aside:
                note(thread, number, figure, owner)
        follow(thread, number, clause, here, topics, founding())
    merged = merge(found)
    return merged + tuple(one for one in names if not any(_tells(other, one) for other in merged))


def _says_little(figure: Figure) -> bool:
    """两个项目, 4家公司: some of those that the text has spoken of."""
    measure = figure.measure
    return measure.bare or (measure.name == measure.behind and measure.name in tables().plain)


def _tells(one: Observation, other: Observation) -> bool:
    return (one.of, one.value, one.unit) == (other.of, other.value, other.unit)


def _shares(figures: Sequence[Figure], clause: Clause, spots: Sequence[Spot]) -> dict[Figure, Share]:
    out: dict[Figure, Share] = {}
    for row in find_rows(figures, clause):
        shares = deal(row, clause, spots)
        out |= dict(zip(row, shares, strict=True)) if shares is not None else {}
    return out


def _share(owner: Owner, share: Share | None) -> Owner:
    """A figure dealt to a member of a list that is itself what the sentence is about, or to a group of it."""
    if share is None or share.entity is None:
        return owner
    dealt = share.entity in owner.entities or owner.way not in _UNDEALT
    if dealt and not (owner.entities[-1].cls == "District" and share.entity.cls == "Industry"):
        return replace(owner, entities=(share.entity,), group=None)
    return replace(owner, group=share.entity)


def _observe(
    article: Article, tagged: TaggedText, scene: Scene, owner: Owner, share: Share | None
) -> list[Observation]:
    """One for each owner; none for what is only hoped for."""
    span, value = scene.figure.measure.span, scene.figure.value
    quote = article.body[span.start : span.end]
    modality = read_modality(tagged, span, [one for unit in scene.clause.units for one in unit.mentions])
    if modality == "hoped":
        return []
    rule, confidence = f"observation/{owner.way}", ways()[owner.way].confidence
    period, dates = _period(article, tagged, scene)
    measure, words = _name(scene, owner, share)
    groups = [owner.group or _group(scene, entity) for entity in owner.entities]
    return [
        Observation(
            of=entity.key,
            measure=measure,
            value=value.number,
            unit=value.unit,
            evidence=(Evidence(article.id, span.start, span.end, quote, rule, confidence),),
            value_to=value.to,
            amount_qualifier=value.qualifier,
            modality=modality,
            period=period,
            dates=dates,
            dimension=words or (group.name if group else None),
            dimension_entity=group.key if group and not words else None,
        )
        for entity, group in zip(owner.entities, groups, strict=True)
    ]


def _of_other(one: Observation, other: Entity, owner: Entity) -> Observation:
    """The same figure told of its other end."""
    return replace(one, of=other.key, dimension=owner.name, dimension_entity=owner.key)


def _name(scene: Scene, owner: Owner, share: Share | None) -> tuple[str, str]:
    """The measure, and the group where a row of words deals out groups instead of measures.

    What grew is what the figure before counted: 营业收入43亿元，同比增长12% is 营业收入同比增长.
    """
    figure = scene.figure
    if share is not None and share.words:
        family = find_family(share.words, figure.value)
        return (share.words, "") if family is not None else (figure.measure.name, share.words)
    if owner.way == "数后为其主" and figure.measure.family is None and figure.value.kind == "Money":
        return owner.entities[0].name, ""
    if owner.way == "以若干中标某项目" and figure.measure.bare:
        return "中标金额", ""
    if owner.way == "某货的行情" and figure.measure.bare:
        return f"{owner.entities[0].name}价格", ""
    if owner.way == "收购某公司若干":
        verbs = ways()[owner.way].words["buy"]
        verb = (
            "" if figure.measure.name.startswith(verbs) else next((one for one in verbs if one in scene.text), verbs[0])
        )
        return verb if figure.measure.bare else f"{verb}{figure.measure.name}", ""
    if owner.way == "同一数的先后":
        return scene.thread.last_measure or figure.measure.name, ""
    compared = owner.way == "与前数相比" and scene.thread.last_measure
    changed = scene.family == "变化" and len(figure.measure.name) <= 6
    if compared and (changed or figure.measure.name.startswith("占")):
        return f"{scene.thread.last_measure}{figure.measure.name}", ""
    return figure.measure.name, ""


def _period(article: Article, tagged: TaggedText, scene: Scene) -> tuple[str | None, TimeSpan | None]:
    """The date that stands last before the figure, with 截至 or 到 in front of it."""
    figure = scene.figure
    if figure.measure.family is not None and figure.measure.family.lasting:
        return None, None
    dates = tagged.dates(Span(scene.clause.span.start, figure.value.span.start))
    if not dates:
        return None, None
    start, end = dates[-1].span.start, dates[-1].span.end
    lead = _UNTIL.search(article.body, max(0, start - 2), start)
    return article.body[lead.start() if lead else start : end], dates[-1].dates


def _group(scene: Scene, owner: Entity) -> Entity | None:
    """The district, zone or industry in front of the figure in its part, where the figure is about something else."""
    if owner.cls in _GROUPS:
        return None
    units = scene.clause.units
    near = (one for one in scene.mine if not one.aside or units[one.place].locative)
    found = next((one.entity for one in near if one.entity.cls in _GROUPS), None)
    return found if found is not None and found.key != owner.key else None
