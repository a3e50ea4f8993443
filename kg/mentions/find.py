"""All mentions of an article: every recogniser looks at the whole text, then one order settles overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.knowledge import Knowledge
from kg.mentions.built import find_capacities, find_kinds, find_parts
from kg.mentions.forms import find_tenders
from kg.mentions.houses import find_houses
from kg.mentions.introduced import find_introduced
from kg.mentions.known import find_known, find_titles
from kg.mentions.lists import find_members
from kg.mentions.marked import find_marked
from kg.mentions.measured import is_measured
from kg.mentions.names import find_names
from kg.mentions.objects import find_objects
from kg.mentions.partners import find_partners
from kg.mentions.peers import find_peers
from kg.mentions.people import find_people
from kg.mentions.plants import find_plants
from kg.mentions.rankings import find_rankings
from kg.mentions.reference import find_pointers
from kg.mentions.routes import find_routes
from kg.mentions.seats import find_seats
from kg.mentions.shorts import find_declared, find_shorts
from kg.mentions.superlatives import find_superlatives
from kg.mentions.tagged import TaggedText
from kg.mentions.tagger_names import find_tagged_names
from kg.mentions.titled import find_titled
from kg.mentions.vague import mark_many, names_nothing
from kg.model import Mention, Span, Word

_OWNER = re.compile(
    "(?P<name>[\u4e00-\u9fffA-Za-z]{2,8}?)(?:年产|日产|第?[\\d.．]+代线?|[\\d.．]+[万亿千百]*(?:吨|兆瓦|千瓦|台|辆|套|平方米|米|亩|片|千升|立方米))"
)
_PLANT = re.compile("[一二三四五六]期|第[一二三四五]工厂|研发中心|生产基地")
_HAN = re.compile("[\u4e00-\u9fff]{2,}")
_OUTPUT = re.compile("年|日|月|产|处理|加工")
_ELSE = re.compile("网(?![络上点红])|处(?![于在理置罚])|局(?![部面限])|里程(?!碑)")
"""Behind the name of a way or a work these make something else of it: 云岭高速公路网."""
_WEAKER = frozenset({"tagger", "list", "person", "partner"})
RECOGNISERS = (
    find_titles,
    find_titled,
    find_known,
    find_rankings,
    find_tenders,
    find_superlatives,
    find_marked,
    find_capacities,
    find_introduced,
    find_routes,
    find_objects,
    find_names,
    find_members,
    find_people,
    find_tagged_names,
    find_kinds,
    find_plants,
    find_parts,
    find_partners,
    find_houses,
    find_pointers,
)
"""In order of trust: of two mentions of the same stretch the earlier one's class counts."""


def find_mentions(tagged: TaggedText, knowledge: Knowledge) -> tuple[Mention, ...]:
    """All candidates, inner ones too, in order of place, longer first; one for each stretch."""
    found = (
        mark_many(mention, tagged.text, knowledge)
        for recognise in RECOGNISERS
        for mention in recognise(tagged, knowledge)
        if _is_whole(mention, tagged.text)
        if not names_nothing(mention, tagged.text, knowledge)
    )
    by_span: dict[tuple[int, int], Mention] = {}
    for mention in found:
        key = (mention.span.start, mention.span.end)
        if key not in by_span or _says_better(mention, by_span[key]):
            by_span[key] = mention
    for mention in tuple(_find_owners(by_span.values(), tagged, knowledge)):
        key = (mention.span.start, mention.span.end)
        if key not in by_span or (by_span[key].found_by != "gazetteer" and by_span[key].cls == mention.cls):
            by_span[key] = mention
    for mention in tuple(find_seats(by_span.values(), tagged)):
        by_span.setdefault((mention.span.start, mention.span.end), mention)
    for mention in tuple(find_peers(tagged, by_span.values(), knowledge)):
        by_span.setdefault((mention.span.start, mention.span.end), mention)
    by_span = {key: mention for key, mention in by_span.items() if not is_measured(mention, by_span, tagged)}
    declared = find_declared(tagged, by_span.values())
    for mention in tuple(find_shorts(tagged, tuple(by_span.values()), declared, knowledge)):
        key = (mention.span.start, mention.span.end)
        told = mention.found_by == "short name" and by_span.get(key, mention).found_by in _WEAKER
        if key not in by_span or told or (mention.text in declared and by_span[key].found_by != "gazetteer"):
            by_span[key] = mention
    return tuple(by_span[key] for key in sorted(by_span, key=lambda key: (key[0], -key[1])))


def _find_owners(mentions: Iterable[Mention], tagged: TaggedText, knowledge: Knowledge) -> Iterator[Mention]:
    """某某200兆瓦电池组件: what stands in front of a capacity in a project's name is the company."""
    first = {
        word.span.start: (word, after) for words in tagged.words for word, after in pairwise((*words, None)) if word
    }
    for mention in mentions:
        word, after = first.get(mention.span.start, (None, None))
        if word is not None and _owns(word, after, mention, knowledge):
            han = _HAN.match(word.text)
            length = _without_place(word.text[: han.end() if han else len(word.text)], knowledge)
            yield Mention(
                Span(word.span.start, word.span.start + length), word.text[:length], "Company", "owner in front"
            )
        found = _OWNER.match(mention.text) if mention.cls == "Project" else None
        name = found["name"] if found else ""
        built = _OUTPUT.search(name) or _PLANT.search(name)
        if found and not (built or knowledge.is_generic(name) or _is_place(name, knowledge)):
            length = _without_place(name, knowledge)
            span = Span(mention.span.start, mention.span.start + length)
            yield Mention(span, name[:length], "Company", "capacity behind")


def _without_place(name: str, knowledge: Knowledge) -> int:
    """How much of the name is the owner's: in 云岭高科江城产业园 the place behind it is not."""
    last = knowledge.gazetteer.find(name)[-1:]
    behind = last and last[0].span.end == len(name) and last[0].span.start > 1 and last[0].entries[0].cls == "District"
    return last[0].span.start if behind else len(name)


def _owns(word: Word, after: Word | None, mention: Mention, knowledge: Knowledge) -> bool:
    """The first word of a project's name, where the tagger calls it an organisation: 美利信5G通信基站, 云岭江城工厂."""
    listed = mention.found_by.endswith("list") and word.tag in {"ORG", "nz"}
    placed = word.tag == "ORG" and after is not None and (after.tag == "LOC" or _PLANT.match(after.text) is not None)
    short = 2 <= len(word.text) <= 6 and word.span.end <= mention.span.end - 2
    owned = mention.cls == "Project" and short and (listed or placed)
    return owned and not (knowledge.is_generic(word.text) or _is_place(word.text, knowledge))


def _is_place(name: str, knowledge: Knowledge) -> bool:
    """Nothing but names of places or industries, one after another."""
    return sum(match.span.end - match.span.start for match in knowledge.gazetteer.find(name)) >= len(name) - 1


def _says_better(mention: Mention, known: Mention) -> bool:
    """In 甲研发中心、乙产业园等15个项目 the centre and the park are projects."""
    counted = mention.found_by == "counted list" and mention.cls == "Project"
    return counted and known.cls in {"ResearchInstitution", "Organisation", "Zone"} and known.found_by != "gazetteer"


def _is_whole(mention: Mention, text: str) -> bool:
    part = mention.cls == "Project" and _ELSE.match(text, mention.span.end) is not None
    return not part and _balanced(mention.text) and not mention.text.endswith(("公司总部", "集团总部"))


def _balanced(name: str) -> bool:
    return all(name.count(left) == name.count(right) for left, right in ("（）", "()", "“”", "《》"))


def outermost(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Those that no other covers; of two that overlap the longer stays, then the earlier."""
    kept: list[Mention] = []
    covered: set[int] = set()
    for mention in sorted(mentions, key=lambda one: (one.span.start - one.span.end, one.span.start)):
        if mention.span.start not in covered and mention.span.end - 1 not in covered:
            kept.append(mention)
            covered.update(range(mention.span.start, mention.span.end))
    return tuple(sorted(kept, key=lambda one: one.span))
