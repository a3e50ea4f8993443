"""The whole story: pages → articles → readings → graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.clauses import Clause, encode_sentences
from kg.details import complete_statements, merge_statements
from kg.entities import Linking, link_mentions
from kg.extract import extract_statements
from kg.knowledge import Knowledge, load_knowledge
from kg.mentions.find import find_mentions, outermost
from kg.mentions.shorts import find_declared
from kg.mentions.tagged import TaggedText, tag_text
from kg.model import Article, Entity, Mention, Reading
from kg.observations import extract_observations
from kg.places import place_quotes
from kg.posts import read_posts
from kg.structure import find_heads, read_industries, read_names


@dataclass(frozen=True, slots=True)
class Stages:
    """What each stage made of an article, for those who ask how a fact came about."""

    tagged: TaggedText
    candidates: tuple[Mention, ...]
    mentions: tuple[Mention, ...]
    linking: Linking
    clauses: tuple[Clause, ...]
    reading: Reading


def read_article(article: Article, knowledge: Knowledge | None = None) -> Reading:
    """All entities and facts of one article."""
    return read_stages(article, knowledge).reading


def read_stages(article: Article, knowledge: Knowledge | None = None) -> Stages:
    """The same, with all that led to them."""
    knowledge = knowledge or load_knowledge()
    tagged = tag_text(article.body, article.date, knowledge)
    candidates = find_mentions(tagged, knowledge)
    mentions = outermost(candidates)
    declared = find_declared(tagged, candidates)
    heads = find_heads(mentions, candidates)
    linking = link_mentions(article, sorted({*mentions, *(head for _, head in heads)}, key=_place), declared, knowledge)
    clauses = encode_sentences(tagged, [one for one in mentions if one in linking.of], knowledge.ontology)
    statements = extract_statements(article, tagged, clauses, linking, knowledge.rules, knowledge.ontology)
    named = (
        *read_names(article, tagged, heads, linking, knowledge),
        *read_industries(article, mentions, linking, knowledge),
    )
    posts = tuple(read_posts(article, clauses, linking, knowledge))
    observations = tuple(extract_observations(article, tagged, clauses, linking))
    facts = complete_statements(merge_statements(statements, named) + posts, tagged, linking)
    used = {linking.of[one].key for one in mentions if one in linking.of}
    used |= {end for fact in facts for end in (fact.subject, fact.object)}
    used |= {end for one in observations for end in (one.of, one.dimension_entity) if end is not None}
    # A district that no mention names (known from a zone in it) may have figures.
    known = {entity.key: entity for entity in (*linking.topics.values(), *linking.entities)}
    # An industry that stands within a name is an entity that no mention is linked to.
    entities = tuple(known.get(key) or Entity(*key) for key in sorted(used))
    reading = place_quotes(Reading(article, entities, facts, observations))
    return Stages(tagged, candidates, mentions, linking, clauses, reading)


def _place(mention: Mention) -> tuple[int, int]:
    return mention.span.start, -mention.span.end


def read_articles(articles: Iterable[Article]) -> tuple[Reading, ...]:
    return tuple(read_article(article) for article in articles)
