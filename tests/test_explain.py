"""`kg explain`: what it says of a sentence is what reading does, and why a rule does not fit is the true reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.explain.lines import make_lines
from kg.explain.sentences import trace_article
from kg.knowledge import load_knowledge
from kg.model import Article
from kg.patterns import compile_pattern, split_pattern
from kg.pipeline import read_article

KNOWLEDGE = load_knowledge()
SMALL = str(Path(__file__).parent / "data" / "small.ttl")
SIGNED = "4月28日，云岭股份有限公司与龙泉驿区签约。"
TEXT = (
    f"{SIGNED}云岭股份有限公司与龙泉驿区签订战略合作协议。公司希望与江城大学合作。"
    "江城大学位于武汉市。华岭股份有限公司与江城大学，在武汉市签约。"
)


def make_article(text):
    return Article(headline="", body=text, date=date(2021, 4, 29))


def trace(text, **options):
    return list(trace_article(make_article(text), KNOWLEDGE, **options))


def show(text):
    return "\n".join(line.plain for number, one in enumerate(trace(text), 1) for line in make_lines(one, number))


def test_every_sentence_is_traced_with_all_facts_of_the_reading():
    traces = trace(TEXT)
    assert "".join(one.text for one in traces) == TEXT
    reading = read_article(make_article(TEXT))
    assert {fact for one in traces for fact in one.facts} == set(reading.statements)
    assert {fact for one in traces for fact in one.observations} == set(reading.observations)


def test_a_fired_rule_is_shown_with_its_slots_and_the_fact_that_it_gives():
    first = trace(SIGNED)[0]
    fired = next(one for one in first.fired if one.rule == "signedWith/某方与某方签署")
    assert fired.slots == {"s": "云岭股份有限公司", "o": "龙泉驿区"}
    assert [first.facts[number - 1].relation for number in fired.facts] == ["signedWith"]


def test_rules_that_read_one_fact_are_named_together():
    shown = show("云岭股份有限公司与龙泉驿区签署云岭显示面板项目。")
    assert "gives fact 1, as does signedWith/某方与某方签署" in shown


def test_what_reads_without_a_pattern_is_named_too():
    """Where a hospital stands is read from its name."""
    found = [one for one in trace("武汉市第一医院与江城大学合作。")[0].fired if not one.slots]
    assert [(one.rule, one.facts) for one in found] == [("locatedIn/名称以地点开头", (2,))]


def test_a_hope_is_said_to_be_one():
    first = trace("云岭股份有限公司多年来希望与江城大学开展合作。")[0]
    assert first.facts == ()
    assert {one.why for one in first.fired} == {"it is merely hoped for"}


def test_what_rules_see_leaves_out_fillers_and_names_classes():
    assert trace(SIGNED)[0].seen.endswith("‹Company 云岭股份有限公司›与‹District 龙泉驿区›签约。")


def test_lists_and_figures_are_single_units_for_rules():
    seen = trace("云岭股份有限公司、江城大学和松岭集团签订协议，投资5亿元。")[0].seen
    assert "‹Company|University 云岭股份有限公司+江城大学+松岭集团›" in seen
    assert "‹Money 5亿元›" in seen


REASONS = [
    # text, rule, piece, why
    (
        "云岭股份有限公司与江城大学，当天签约。",
        "signedWith/某方与某方签署",
        "[签署|签订|签下|签约|签了|签定]",
        "'，'",
    ),
    ("云岭股份有限公司与江城大学下属松岭集团签约。", "signedWith/某方与某方签署", None, "松岭集团"),
    ("余杭区签约还不出名的松岭集团。", "signedWith/某公司签约某公司", "<o:Organisation>", "between them stands"),
    ("江城大学与谁签约还不知道。", "signedWith/某方与某方签署", "<o:Party>", "does not stand behind that"),
    ("与谁签约还不知道。", "signedWith/某方与某方签署", "<s:Party>", "no such name or figure"),
]


@pytest.mark.parametrize(("text", "rule", "wanted", "why"), REASONS)
def test_the_reason_why_a_rule_does_not_fit(text, rule, wanted, why):
    found = {miss.rule: miss for one in trace(text, nearest=999) for miss in one.nearest}
    assert wanted is None or found[rule].wanted.startswith(wanted[:3])
    assert why in found[rule].why


def test_the_nearest_rules_come_first_and_are_as_many_as_wanted():
    shares = [miss.share for miss in trace(TEXT, nearest=999)[-1].nearest]
    assert shares == sorted(shares, reverse=True)
    assert len(trace(TEXT, nearest=2)[-1].nearest) == 2
    assert trace(TEXT, nearest=0)[-1].nearest == ()


def test_no_rule_is_both_fired_and_near():
    for one in trace(TEXT, nearest=999):
        assert not {fired.rule for fired in one.fired} & {miss.rule for miss in one.nearest}


@pytest.mark.parametrize("rule", KNOWLEDGE.rules, ids=lambda rule: rule.id)
def test_patterns_are_split_where_their_notation_parts_them(rule):
    again = compile_pattern(" ".join(split_pattern(rule.pattern.source)), KNOWLEDGE.ontology)
    assert again.regex.pattern == rule.pattern.regex.pattern


def test_lines_are_aligned_by_the_width_of_chinese():
    lines = show("江城大学与云岭股份有限公司合作。").splitlines()
    place = [line.index(how) for line in lines for how in ("ending 大学", "ending 股份有限公司") if how in line]
    names = [line for line in lines if "ending" in line]
    wide = [sum(ord(ch) > 0x2E80 for ch in line[:at]) for line, at in zip(names, place, strict=True)]
    assert len({at + more for at, more in zip(place, wide, strict=True)}) == 1


def run(*args, stdin=None):
    return CliRunner().invoke(cli, ["explain", *args], input=stdin)


def test_a_text_is_explained():
    result = run(SIGNED, "--date", "2021-04-29")
    assert result.exit_code == 0
    for words in ("签约/v", "ending 股份有限公司", "rules see", "signedWith/某方与某方签署", "on_date 2021-04-28"):
        assert words in result.stdout


def test_output_that_goes_to_no_terminal_has_no_colours():
    assert "\x1b" not in run(SIGNED).stdout


def test_control_characters_of_a_text_do_not_reach_the_terminal(tmp_path):
    file = tmp_path / "page.txt"
    file.write_text("云岭\x1b[31m股份\u202e有限公司\n\n云岭股份有限公司与龙泉驿区签约\x9b。\n", encoding="utf-8")
    for what in (str(file), "云岭\x1b[31m股份\u202e有限公司与龙泉驿区签约\x9b。"):
        assert not {"\x1b", "\u202e", "\x9b"} & set(run(what).stdout)


def test_a_file_is_explained_article_by_article(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text(f"云岭落户龙泉驿\n日期：2021-04-29\n\n{SIGNED}\n", encoding="utf-8")
    result = run(str(file))
    assert result.stdout.startswith("《云岭落户龙泉驿》 2021-04-29\n")
    assert "on_date 2021-04-28" in result.stdout


def test_standard_input_is_a_file():
    assert "签约/v" in run("-", stdin=f"云岭落户龙泉驿\n\n{SIGNED}\n").stdout


def test_only_sentences_with_a_word_are_shown():
    found = run(TEXT, "--find", "位于").stdout
    assert "江城大学位于武汉市" in found
    assert "希望" not in found


def test_an_entity_is_explained_with_facts_words_and_sources():
    result = run("东湖", "--graph", SMALL)
    assert result.exit_code == 0
    assert "signedWith" in result.stdout
    assert "“" in result.stdout


def test_an_entity_that_is_not_in_the_graph_is_an_error_with_similar_names():
    result = run("青禾公司", "--graph", SMALL)
    assert result.exit_code == 1
    assert "did you mean 青禾" in result.stderr


def test_a_graph_that_is_not_there_is_an_error(tmp_path):
    result = run("青禾", "--graph", str(tmp_path / "none.ttl"))
    assert result.exit_code == 1
    assert "none.ttl" in result.stderr


@pytest.mark.parametrize("what", ["", "\0", "，" * 500, "a/" * 3000])
def test_strange_arguments_are_texts(what):
    assert run(what).exit_code == 0
