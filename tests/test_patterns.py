"""The notation of rules: what it matches, what it refuses, and how a wrong rule file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RuleError
from kg.model import Article
from kg.ontology import load_ontology
from kg.patterns import class_char, compile_pattern
from kg.pipeline import read_article
from kg.rules import load_rules

ONTOLOGY = load_ontology()
COMPANY, PROJECT, DISTRICT = (class_char(cls, ONTOLOGY) for cls in ("Company", "Project", "District"))


def _matches(pattern: str, text: str) -> bool:
    return compile_pattern(pattern, ONTOLOGY).regex.search(text) is not None


def test_a_slot_takes_a_class_and_those_below_it() -> None:
    assert _matches("<s:Organisation> 落户", f"{COMPANY}落户")
    assert not _matches("<s:Organisation> 落户", f"{PROJECT}落户")


def test_a_choice_may_be_optional() -> None:
    assert _matches("<s:Company> [已|将]? 落户", f"{COMPANY}落户")
    assert _matches("<s:Company> [已|将]? 落户", f"{COMPANY}将落户")
    assert not _matches("<s:Company> [已|将] 落户", f"{COMPANY}落户")


@pytest.mark.parametrize("between", ["。", "！", "；", "？"])
def test_a_far_gap_does_not_cross_the_end_of_a_sentence(between: str) -> None:
    assert _matches("<s:Company> … 落户 <o:District>", f"{COMPANY}昨天，终于落户{DISTRICT}")
    assert not _matches("<s:Company> … 落户 <o:District>", f"{COMPANY}来了{between}终于落户{DISTRICT}")


def test_a_near_gap_does_not_cross_a_comma_or_a_joining_word() -> None:
    assert _matches("<s:Company> .. 落户 <o:District>", f"{COMPANY}终于落户{DISTRICT}")
    assert not _matches("<s:Company> .. 落户 <o:District>", f"{COMPANY}来了，落户{DISTRICT}")
    assert not _matches("<s:Company> .. 落户 <o:District>", f"{COMPANY}来了和落户{DISTRICT}")


def test_a_gap_does_not_jump_over_a_nearer_mention_of_the_class() -> None:
    found = compile_pattern("<s:Company> … 落户", ONTOLOGY).regex.search(f"{COMPANY}见{COMPANY}落户")
    assert found is not None
    assert found.start() == 2


@pytest.mark.parametrize("pattern", ["<s:Firm> 落户", "<s:Company 落户", "落户", "<s:Company> (落户)?"])
def test_a_wrong_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(RuleError):
        compile_pattern(pattern, ONTOLOGY)


GOOD = """
relation: locatedIn
rules:
  - name: a
    pattern: "<s:Project> 落户 <o:Place>"
    example: 某项目落户余杭区。
    expect: {s: 某项目, o: 余杭区}
"""

WRONG_FILES = [
    ("relation: nearTo\nrules: []\n", "unknown relation 'nearTo'"),
    ("relation: [\n", "is not YAML"),
    ("rules: []\n", "needs `relation:` and `rules:`"),
    (GOOD.replace("pattern", "patern"), "unknown keys ['patern']"),
    (GOOD.replace("    example: 某项目落户余杭区。\n", ""), "lacks example"),
    (GOOD.replace("<o:Place>", "<x:Place>"), "needs the slot o"),
    (GOOD.replace("<o:Place>", "<o:Plaice>"), "unknown class 'Plaice'"),
    (GOOD + GOOD[GOOD.index("  - name") :], "two rules are called locatedIn/a"),
    (GOOD.replace("    example", "    also: {besides: [s, o]}\n    example"), "unknown relation 'besides'"),
    (GOOD.replace("    example", "    ends: [s, '@Plaice']\n    example"), "unknown class 'Plaice'"),
]


@pytest.mark.parametrize(("content", "message"), WRONG_FILES, ids=[message for _, message in WRONG_FILES])
def test_a_wrong_rule_file_is_named_with_its_fault(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "locatedIn.yml").write_text(content, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_rules(tmp_path, ONTOLOGY)
    assert message in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_private_use_characters_in_a_text_stand_for_nothing() -> None:
    reading = read_article(Article("", f"{COMPANY}落户{DISTRICT}。"))
    assert reading.statements == ()
