"""Bad input: nothing crashes, nothing is invented, and what is said in the midst of it is still found.

That time stays linear is measured by `benchmarks/bad_input.py`, not here.
"""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.layout import find_articles
from kg.model import Article, Page
from kg.pipeline import read_article
from kg.text import normalise, split_sentences

FACT = "云岭重工集团有限公司与余杭区签署合作协议。"
SAID = {("云岭重工集团有限公司", "signedWith", "余杭区")}
ENGLISH = (
    "The Company signed a Memorandum of Understanding with Yuhang District on 3 May 2021, worth USD 50 million. "
    "Mr. Li, CEO of Yunling Heavy Industry Co., Ltd., said the plant would be located in Hangzhou."
)
JAPANESE = "東京都の株式会社山田製作所は昨日、大阪市と契約を締結しました。投資額は50億円です。とても良い天気でした。"
TABLE = (
    "指标\t1—3月\t同比（%）\n规模以上工业增加值\t—\t8.9\n固定资产投资\t214.35\t-3.2\n社会消费品零售总额\t98.07\t12.4"
)
TRADITIONAL = "重慶市巴南區於四月二十八日舉辦招商簽約活動，惠科股份有限公司與巴南區簽約，投資五十億元建設顯示模組項目。"


def read(body):
    return read_article(Article(headline="", body=normalise(body)[0], date=date(2021, 4, 29)))


def facts(reading):
    names = {entity.key: entity.name for entity in reading.entities}
    return {(names[one.subject], one.relation, names[one.object]) for one in reading.statements} | {
        (names[one.object], one.relation, names[one.subject])
        for one in reading.statements
        if one.relation == "signedWith"
    }


def assert_quotes_are_true(reading):
    for one in (*reading.statements, *reading.observations):
        for evidence in one.evidence:
            assert reading.article.body[evidence.start : evidence.end] == evidence.quote != ""


NOTHING = {
    "no punctuation": "今天天气很好我们去散步回来以后吃饭" * 200,
    "one sentence of 50,000 characters": "我们在山上看见很多树，" * 4_600,
    "one character": "区" * 4_000,
    "digits": "7" * 4_000,
    "figures without punctuation": "12亿元3.5%四百万" * 300,
    "only commas": "，" * 4_000,
    "only full stops": "。" * 4_000,
    "only list marks": "、" * 4_000,
    "10,000 brackets nested": "（" * 10_000 + "）" * 10_000,
    "brackets that never close": "（" * 4_000,
    "brackets that never opened": "》" * 4_000,
    "brackets of all kinds": "（《“【" * 500 + "】”》）" * 500,
    "quotation marks": "“" * 2_000 + "”" * 2_000,
    "English": ENGLISH * 10,
    "Japanese": "とても良い天気でした。みんなで散歩しました。" * 20,
    "figures in rows": "12.5 13.7 88.1\n9 8 7\n" * 100,
    "emoji": "🙂👍🏽" * 500,
    "private use": "\ue000\ue012\ue0ff\ue101" * 500,
    "controls": "".join(map(chr, range(32))) * 20,
    "half of a pair": "\ud83d" * 100,
}


@pytest.mark.parametrize("body", NOTHING.values(), ids=NOTHING.keys())
def test_where_nothing_is_said_nothing_is_read(body):
    reading = read(body)
    assert reading.statements == ()
    assert_quotes_are_true(reading)


def test_rows_of_figures_are_no_observations_of_anything():
    assert read("12.5 13.7 88.1\n9 8 7\n" * 200).observations == ()


ENDLESS = {
    "with commas": "我们在山上看见很多树，" * 1_000,
    "without any mark": "山水" * 5_000,
    "with one end": f"{'我们在山上看见很多树，' * 300}。{FACT}",
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_sentence_without_end_is_cut_so_that_time_stays_linear(text):
    spans = split_sentences(text)
    assert "".join(text[span.start : span.end] for span in spans) == text
    assert max(span.end - span.start for span in spans) <= 1_000


def test_an_endless_sentence_is_cut_behind_a_comma():
    text = ENDLESS["with commas"]
    assert {text[span.end - 1] for span in split_sentences(text)} == {"，"}


AROUND = {
    "brackets": "（" * 1_000 + "）" * 1_000,
    "open brackets": "（" * 1_000,
    "a long sentence": "我们在山上看见很多树，" * 200 + "。",
    "figures": "12.5 13.7 88.1\n" * 50,
    "English": ENGLISH * 4,
    "Japanese": JAPANESE * 4,
    "a table": TABLE,
    "private use": "\ue000\ue012\ue0ff\ue101" * 100,
}


@pytest.mark.parametrize("other", AROUND.values(), ids=AROUND.keys())
def test_a_fact_between_bad_paragraphs_is_found(other):
    reading = read(f"{other}\n{FACT}\n{other}")
    assert facts(reading) >= SAID
    assert_quotes_are_true(reading)


FOREIGN = {"English": ENGLISH, "Japanese": JAPANESE, "a table": TABLE, "traditional characters": TRADITIONAL}


@pytest.mark.parametrize("other", FOREIGN.values(), ids=FOREIGN.keys())
def test_paragraphs_in_another_script_change_no_fact_beside_them(other):
    """What they say may be read or not, but what stands in Chinese beside them is read as it is without them."""
    alone, beside = facts(read(FACT)), facts(read(f"{FACT}\n{other}"))
    assert alone <= beside


def test_a_page_in_traditional_characters_invents_nothing():
    """Whatever is read of it is said there: both ends stand in the text."""
    reading = read(TRADITIONAL)
    names = {entity.key: (entity.name, *entity.names) for entity in reading.entities}
    for one in reading.statements:
        for end in (one.subject, one.object):
            assert any(name in TRADITIONAL for name in names[end])


def test_a_long_list_of_names_is_a_list():
    reading = read(f"{'、'.join(['云岭股份有限公司'] * 300)}与余杭区签署合作协议。")
    assert ("云岭股份有限公司", "signedWith", "余杭区") in facts(reading)


def test_a_fact_without_any_punctuation_around_it_has_a_short_quote():
    reading = read("今天天气很好" * 100 + "云岭重工集团有限公司与余杭区签署合作协议" + "大家都很高兴" * 100)
    assert_quotes_are_true(reading)
    for one in reading.statements:
        assert all(len(evidence.quote) < 100 for evidence in one.evidence)


PAGES = {
    "narrow columns of nothing": "山\n水\n" * 300,
    "one line": "山水" * 3_000,
    "lines of brackets": f"{'（' * 40}\n" * 100,
    "traditional": f"{TRADITIONAL}\n\n{TRADITIONAL}",
    "English": f"{ENGLISH}\n\n{ENGLISH}",
    "blank lines": "\n" * 5_000,
    "spaces": " \u3000\t" * 2_000,
    "a table": f"{TABLE}\n" * 10,
}


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES.keys())
def test_a_page_of_bad_text_is_taken_apart(text):
    for article in find_articles(Page(source="page.txt", text=text)):
        assert_quotes_are_true(read_article(article))


def test_a_build_of_bad_pages_succeeds_and_says_what_was_empty(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    pages = {**PAGES, "good": f"余杭签约\n\n{FACT}\n"}
    for number, text in enumerate(pages.values()):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8", errors="replace")
    result = CliRunner().invoke(cli, ["build", str(folder), "--out", str(tmp_path / "out"), "--quiet"])
    assert result.exit_code == 0, result.output
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    states = {one["status"] for one in report["inputs"]}
    assert len(report["inputs"]) == len(pages)
    assert "failed" not in states
    assert report["counts"]["signedWith"] == 1
