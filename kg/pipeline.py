"""The whole story: pages → articles → readings → graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.branches import read_branches
from kg.clauses import Clause, encode_sentences
from kg.consequences import read_consequences
from kg.details import complete_statements, merge_statements
from kg.entities import Linking, link_mentions
from kg.extract import extract_statements
from kg.forms import read_forms
from kg.inner_places import find_inner, read_inner
from kg.issues import read_issues
from kg.knowledge import Knowledge, load_knowledge
from kg.layout.bylines import is_person
from kg.listed import read_listed
from kg.local import read_local
from kg.mentions.find import find_mentions, outermost
from kg.mentions.goods import find_goods
from kg.mentions.seats import pair_seats
from kg.mentions.shorts import find_declared
from kg.mentions.tagged import TaggedText, tag_text
from kg.mentions.titled import pair_writers
from kg.mentions.trades import find_trades
from kg.model import Article, Entity, Mention, Reading, Statement
from kg.observations import extract_observations
from kg.places import place_quotes
from kg.posts import read_posts
from kg.signed import read_ceremonies
from kg.standing import settle_standing
from kg.structure import find_heads, read_industries, read_names


@dataclass(frozen=True, slots=True)
class Stages:
    """What each stage made of an article, for those who ask how a fact came about."""

    tagged: TaggedText
    candidates: tuple[Mention, ...]
    mentions: tuple[Mention, ...]
    trades: tuple[Mention, ...]
    """Plain nouns that say what a company does: mentions to rules that ask for an industry only."""
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
    heads = (*find_heads(mentions, candidates), *pair_seats(mentions, candidates), *pair_writers(mentions, candidates))
    inner = find_inner(mentions, candidates)
    trades = find_trades(tagged, mentions, knowledge)
    goods = sorted((*trades, *find_goods(tagged, (*mentions, *trades))), key=_place)
    named_here = sorted({*mentions, *goods, *(head for _, head in (*heads, *inner))}, key=_place)
    linking = link_mentions(article, named_here, declared, knowledge)
    clauses = encode_sentences(tagged, [one for one in mentions if one in linking.of], knowledge.ontology)
    statements = extract_statements(article, tagged, clauses, linking, knowledge.rules, knowledge.ontology)
    named = (
        *_read_trades(article, tagged, mentions, trades, linking, knowledge),
        *read_listed(article, clauses, _industries(mentions, trades), linking),
        *read_ceremonies(statements),
        *read_names(article, tagged, heads, linking, knowledge),
        *read_inner(article, tagged, inner, linking),
        *read_branches(article, mentions, linking, knowledge),
        *read_issues(article, tagged, mentions, linking),
        *read_industries(article, mentions, linking, knowledge),
        *read_forms(article, tagged, mentions, linking, knowledge.ontology),
    )
    posts = tuple(read_posts(article, clauses, linking, knowledge))
    observations = tuple(extract_observations(article, tagged, clauses, linking, goods))
    told = merge_statements(statements, named)
    told = merge_statements(told, read_consequences(told, observations))
    told = (*told, *read_local(article, tagged, mentions, (*told, *observations), linking, knowledge))
    complete = complete_statements(told + posts, tagged, linking)
    facts = settle_standing(complete, article.date, tagged, linking)
    used = {linking.of[one].key for one in mentions if one in linking.of}
    used |= {end for fact in facts for end in (fact.subject, fact.object)}
    used |= {("Person", author) for author in article.authors if is_person(author)}
    used |= {end for one in observations for end in (one.of, one.dimension_entity) if end is not None}
    # No mention is linked to an industry within a name, to who wrote the article, to a district known from its zone.
    known = {entity.key: entity for entity in (*linking.topics.values(), *linking.entities)}
    entities = tuple(known.get(key) or Entity(*key) for key in sorted(used))
    reading = place_quotes(Reading(article, entities, facts, observations))
    return Stages(tagged, candidates, mentions, trades, linking, clauses, reading)


def _read_trades(
    article: Article,
    tagged: TaggedText,
    mentions: Sequence[Mention],
    trades: Sequence[Mention],
    linking: Linking,
    knowledge: Knowledge,
) -> tuple[Statement, ...]:
    """Sentences with a trade once more, for the rules that ask for an industry. Places have none by a plain noun."""
    sentences = {tagged.sentence_at(one.span.start) for one in trades}
    near = [one for one in mentions if one in linking.of and not any(one.span.overlaps(trade.span) for trade in trades)]
    clauses = encode_sentences(tagged, sorted((*near, *trades), key=_place), knowledge.ontology, only=sentences)
    asking = [rule for rule in knowledge.rules if any(slot.classes == ("Industry",) for slot in rule.pattern.slots)]
    found = extract_statements(article, tagged, clauses, linking, asking, knowledge.ontology)
    return tuple(one for one in found if not knowledge.ontology.is_a(one.subject[0], "Place"))


def _industries(mentions: Sequence[Mention], trades: Sequence[Mention]) -> Sequence[Mention]:
    return sorted((*(one for one in mentions if one.cls == "Industry"), *trades), key=_place)


def _place(mention: Mention) -> tuple[int, int]:
    return mention.span.start, -mention.span.end


def read_articles(articles: Iterable[Article]) -> tuple[Reading, ...]:
    return tuple(read_article(article) for article in articles)
