"""Resolution over articles, with mentions of our own: what is one, what stays apart, and that no order matters."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kg.curation.decisions import Canonical, Decisions, Different, Same
from kg.knowledge import load_knowledge
from kg.model import Article, Entity, Evidence, Qualifiers, Reading, Statement
from kg.resolve import Mentioned, blocks, find_mentioned, resolve, resolve_reading
from kg.resolve.table import load_table

KNOWLEDGE = load_knowledge()
FULL = Entity("Company", "云岭重工股份有限公司", ("云岭重工",))
SHORT = Entity("Company", "云岭重工")


def mention(article, entity, places=(), ties=(), day=None, page=None):
    return Mentioned(article, page or f"page of {article}", day, entity, places, ties, f"headline of {article}")


def keys(found):
    return {place: entity.key for place, entity in found.of.items()}


def test_a_short_name_joins_the_full_one_and_its_own_key_leads_there():
    found = resolve([mention("a", FULL), mention("b", SHORT)], KNOWLEDGE)
    entity = found.of["b", SHORT.key]
    assert entity.key == FULL.key and entity.names == ("云岭重工",)
    assert found.replaced == {SHORT.key: FULL.key}
    (merge,) = found.merges
    assert (merge.kept, merge.joined, merge.articles) == (FULL.key, SHORT.key, ("b",))
    assert {feature.name for feature in merge.comparison.features} == {"same core", "same class", "named so"}
    assert merge.comparison.score == sum(load_table().features[one.name][0] for one in merge.comparison.features)


def test_a_short_name_of_two_companies_is_a_question():
    other = Entity("Company", "云岭重工有限公司")
    found = resolve([mention("a", replace(FULL, names=())), mention("b", other), mention("c", SHORT)], KNOWLEDGE)
    assert found.of["c", SHORT.key].key == SHORT.key
    assert {candidate.other for candidate in found.candidates if candidate.one == SHORT.key} == {FULL.key, other.key}
    assert all(candidate.why_not for candidate in found.candidates)


def test_group_and_company_never_meet_by_way_of_the_short_name():
    group = Entity("Company", "云岭重工集团有限公司", ("云岭重工",))
    found = resolve([mention("a", FULL), mention("b", group), mention("c", SHORT)], KNOWLEDGE)
    assert found.of["a", FULL.key].key != found.of["b", group.key].key


def test_names_that_an_article_sets_side_by_side_are_not_merged_by_its_own_context():
    one, other = Entity("Company", "宏宇"), Entity("Company", "宏宇科技股份有限公司")
    apart = resolve([mention("a", one, ("320500",)), mention("a", other, ("320500",))], KNOWLEDGE)
    assert apart.replaced == {}
    across = resolve([mention("a", one, ("320500",)), mention("b", other, ("320500",))], KNOWLEDGE)
    assert across.candidates or across.replaced


def test_occasions_with_common_names_stay_apart_and_the_earliest_keeps_its_key():
    project = Entity("Project", "污水处理厂项目")
    found = resolve(
        [
            mention("b", project, ("430100",), day=date(2021, 4, 2)),
            mention("a", project, ("330100",), day=date(2021, 4, 3)),
        ],
        KNOWLEDGE,
    )
    assert found.of["b", project.key].key == project.key
    assert found.of["a", project.key].key == ("Project", "污水处理厂项目（headline of a）")


def test_common_names_meet_where_day_place_and_party_agree():
    ties = ("on 2021-04-28", "with Company/云岭重工")
    event = Entity("Event", "签约仪式")
    same = resolve([mention("a", event, ("500113",), ties), mention("b", event, ("500113",), ties)], KNOWLEDGE)
    assert len(set(keys(same).values())) == 1
    apart = resolve([mention("a", event, ("500113",), ties), mention("b", event, ("510104",), ties)], KNOWLEDGE)
    assert len(set(keys(apart).values())) == 2


def test_occasions_with_the_headline_in_their_path_are_those_of_their_headline():
    one, other = (Entity("Event", "签约仪式", path=f"签约仪式（{head}）") for head in ("甲", "乙"))
    found = resolve([mention("a", one), mention("b", other), mention("c", one)], KNOWLEDGE)
    assert found.of["a", one.key] == found.of["c", one.key] != found.of["b", other.key]
    assert not blocks(one, KNOWLEDGE) & blocks(other, KNOWLEDGE)


def test_people_meet_by_their_organisation_under_whichever_name():
    person = Entity("Person", "李明远")
    ties = [("with Company/云岭重工集团",), ("with Company/云岭重工集团有限公司",), ("with Company/海川",), ()]
    found = resolve([mention(str(n), person, ("500113",), one) for n, one in enumerate(ties)], KNOWLEDGE)
    assert found.of["0", person.key] == found.of["1", person.key]
    assert len({entity.key for entity in found.of.values()}) == 3


def test_a_university_and_a_company_of_one_name_are_two():
    found = resolve(
        [mention("a", Entity("University", "云岭理工")), mention("b", Entity("Company", "云岭理工"))], KNOWLEDGE
    )
    assert len({entity.key for entity in found.of.values()}) == 2


def test_the_more_special_class_wins():
    found = resolve(
        [
            mention("a", Entity("Organisation", "云岭重工集团有限公司")),
            mention("b", Entity("Company", "云岭重工集团有限公司")),
        ],
        KNOWLEDGE,
    )
    assert {entity.key for entity in found.of.values()} == {("Company", "云岭重工集团有限公司")}
    assert found.replaced == {("Organisation", "云岭重工集团有限公司"): ("Company", "云岭重工集团有限公司")}


def test_people_decide_what_is_one():
    one, other = Entity("Company", "渝泰"), Entity("Company", "海川新材料有限公司")
    same = Decisions(same=(Same((other.key, one.key)),))
    found = resolve([mention("a", one), mention("b", other)], KNOWLEDGE, same)
    assert {entity.key for entity in found.of.values()} == {other.key}
    assert found.merges[0].comparison.features[0].name == "decided"


def test_people_decide_what_is_not():
    found = resolve(
        [mention("a", FULL), mention("b", SHORT)], KNOWLEDGE, Decisions(different=(Different((FULL.key, SHORT.key)),))
    )
    assert found.of["b", SHORT.key].key == SHORT.key and not found.replaced


def test_people_decide_what_it_is_called():
    named = Decisions(canonical=(Canonical(FULL.key, "云岭重工控股股份有限公司"),))
    found = resolve([mention("a", FULL), mention("b", SHORT)], KNOWLEDGE, named)
    (entity,) = set(found.of.values())
    assert entity.name == "云岭重工控股股份有限公司" and FULL.name in entity.names
    assert found.replaced == {FULL.key: entity.key, SHORT.key: entity.key}


def corpus():
    """Names in which much can meet, over 40 articles."""
    names = [
        "云岭重工股份有限公司",
        "云岭重工",
        "云岭重工集团",
        "云岭",
        "重庆云岭显示有限公司",
        "云岭显示",
        "海川科技",
        "成都海川科技有限公司",
    ]
    bodies = ["重庆市发改委", "重庆市发展和改革委员会", "成都市发改委", "市发改委", "鼓楼区政府"]
    chance = random.Random(7)
    out = []
    for number in range(40):
        places = tuple(chance.sample(["500113", "500105", "510104", "320106", "350102"], 2))
        article = f"{number:02}"
        for name in chance.sample(names, 2):
            out.append(mention(article, Entity("Company", name), places))
        out.append(mention(article, Entity("GovernmentBody", chance.choice(bodies)), places))
        ties = (f"with Company/{chance.choice(names)}",)
        out.append(
            mention(
                article, Entity("Person", chance.choice(["王伟", "李娜"])), places, ties, date(2021, 4, 1 + number % 9)
            )
        )
        out.append(mention(article, Entity("Project", "污水处理厂项目"), places, ties, date(2021, 4, 1 + number % 3)))
    return out


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_articles_does_not_matter(seed):
    mentioned = corpus()
    expected = resolve(mentioned, KNOWLEDGE)
    random.Random(seed).shuffle(mentioned)
    assert resolve(mentioned, KNOWLEDGE) == expected


def test_components_resolved_by_themselves_give_the_same():
    """What shares no block, not even through others, cannot influence each other: the store relies on it."""
    mentioned = corpus()
    whole = resolve(mentioned, KNOWLEDGE)
    parts = [resolve(part, KNOWLEDGE) for part in components(mentioned)]
    assert len(parts) > 3
    assert {place: entity for part in parts for place, entity in part.of.items()} == whole.of
    assert {key: by for part in parts for key, by in part.replaced.items()} == whole.replaced
    assert sorted(map(repr, (one for part in parts for one in part.candidates))) == sorted(map(repr, whole.candidates))


def components(mentioned):
    groups = []
    for one in mentioned:
        mine = set(blocks(one.entity, KNOWLEDGE)) or {one.entity.key}
        near = [group for group in groups if group[0] & mine]
        groups = [group for group in groups if not group[0] & mine]
        groups.append(
            (mine.union(*(group[0] for group in near)), [one, *(each for group in near for each in group[1])])
        )
    return [part for _, part in groups]


def test_decided_names_share_a_block():
    one, other = Entity("Company", "渝泰"), Entity("Company", "海川新材料有限公司")
    decisions = Decisions(same=(Same((other.key, one.key)),))
    assert not blocks(one, KNOWLEDGE) & blocks(other, KNOWLEDGE)
    assert blocks(one, KNOWLEDGE, decisions) & blocks(other, KNOWLEDGE, decisions)


def test_districts_have_no_blocks():
    assert blocks(Entity("District", "巴南区", (), "500113", "重庆市/巴南区"), KNOWLEDGE) == frozenset()


def make_reading():
    body = "云岭重工在巴南区、江北区和巴南区签约。"
    article = Article("巴南区签约", body, date=date(2021, 4, 28), page_id="p")
    banan = Entity("District", "巴南区", ("巴南",), "500113", "重庆市/巴南区")
    jiangbei = Entity("District", "江北区", ("江北",), "500105", "重庆市/江北区")
    evidence = (Evidence(article.id, 0, 4, "云岭重工", "rule", Decimal(1)),)
    facts = (
        Statement(SHORT.key, "signedWith", banan.key, Qualifiers(role="董事长"), evidence),
        Statement(SHORT.key, "cooperatesWith", FULL.key, Qualifiers(), evidence),
    )
    return Reading(article, (jiangbei, banan, SHORT, FULL), facts)


def test_mentions_know_the_districts_of_their_article_and_what_facts_join_them_with():
    found = {one.entity.key: one for one in find_mentioned(make_reading())}
    company = found[SHORT.key]
    assert company.places == ("500113", "500105")
    assert company.ties == ("post 董事长", "with Company/云岭重工股份有限公司", "with District/重庆市/巴南区")
    assert (company.page_id, company.date, company.headline) == ("p", date(2021, 4, 28), "巴南区签约")


def test_a_reading_speaks_of_the_entities_of_the_corpus_and_loses_facts_between_one_and_itself():
    reading = make_reading()
    resolution = resolve(find_mentioned(reading), KNOWLEDGE, Decisions(same=(Same((FULL.key, SHORT.key)),)))
    done = resolve_reading(reading, resolution)
    assert [entity.key for entity in done.entities if entity.cls == "Company"] == [FULL.key]
    assert [(one.subject, one.relation) for one in done.statements] == [(FULL.key, "signedWith")]


def test_decisions_hold_by_way_of_names_that_no_article_has():
    names = [("Company", name) for name in ("甲乙集团", "甲乙股份", "甲乙实业")]
    decisions = Decisions(same=(Same((names[0], names[1])), Same((names[1], names[2]))))
    one, other = Entity(*names[0]), Entity(*names[2])
    found = resolve([mention("a", one), mention("b", other)], KNOWLEDGE, decisions)
    assert {entity.key for entity in found.of.values()} == {names[0]} == {("Company", "甲乙集团")}
    assert blocks(one, KNOWLEDGE, decisions) & blocks(other, KNOWLEDGE, decisions)


def test_a_canonical_name_that_another_entity_bears_makes_them_one():
    one, other = Entity("Company", "渝泰"), Entity("Company", "海川新材料有限公司")
    decisions = Decisions(canonical=(Canonical(one.key, other.name),))
    found = resolve([mention("a", one), mention("b", other)], KNOWLEDGE, decisions)
    assert {entity.key for entity in found.of.values()} == {other.key}
    assert blocks(one, KNOWLEDGE, decisions) & blocks(other, KNOWLEDGE, decisions)


def test_the_first_name_of_a_decision_is_kept_whatever_is_longer():
    decisions = Decisions(same=(Same((SHORT.key, FULL.key)),))
    found = resolve([mention("a", FULL), mention("b", SHORT)], KNOWLEDGE, decisions)
    (entity,) = set(found.of.values())
    assert entity.key == SHORT.key and found.replaced == {FULL.key: SHORT.key}
