"""The normalised text, its map back to the page, and its sentences."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Span
from kg.text import ends_sentence, is_han, is_invisible, join_paragraphs, normalise, normalise_lines, split_sentences

NORMALISED = [
    ("巴南 区\t签约", "巴南区签约"),
    ("投资 500 亿元", "投资500亿元"),
    ("ISO 9001  and  more", "ISO 9001 and more"),
    ("　　首段。\n\n　　次段。\n", "首段。\n次段。"),
    ("一\r\n二\r三\u2028四\f五", "一\n二\n三\n四\n五"),
    ("零\u200b宽\ufeff度\u202e与\u200f方\u00ad向", "零宽度与方向"),
    ("空\x00字\x07符\x1f\x7f\x9f", "空字符"),
    ("私\ue000用", "私\ue000用"),
    ("孤\ud800立\uffff非\ufdd0字", "孤立非字"),
    ("cafe\u0301 e\u0301", "café é"),
    ("\uf914山 か\u3099", "樂山が"),
    ("全角１２３，标点（不变）ＡＢ", "全角１２３，标点（不变）ＡＢ"),
    ("“数智” “康养”", "“数智”“康养”"),
    ("the “best” one", "the “best” one"),
    (" \n\u200b\n ", ""),
    ("", ""),
]

WRAPPED = [
    ("专利\n池", "专利池"),
    ("吸引100\n余家", "吸引100余家"),
    ("累计2\n021年", "累计2021年"),
    ("增长6.\n9%", "增长6.9%"),
    ("Hong\nKong Limited", "Hong Kong Limited"),
    ("Co.,\nLtd.", "Co., Ltd."),
    ("上半句，\n\n下半句", "上半句，下半句"),
]

SENTENCES = [
    ("一。二！三？四；五", ["一。", "二！", "三？", "四；", "五"]),
    ("“好。”他说。", ["“好。”", "他说。"]),
    ("报告（见附件。下同）发布。完", ["报告（见附件。下同）发布。", "完"]),
    ("《怎么办？》出版。", ["《怎么办？》出版。"]),
    ("上市……\n次段", ["上市……", "次段"]),
    ("什么？！真的。", ["什么？！", "真的。"]),
    ("见 http://a.cn/?q=1;b=2 一页。", ["见 http://a.cn/?q=1;b=2 一页。"]),
    ("题目\n正文。", ["题目", "正文。"]),
    ("（未闭合。后面。", ["（未闭合。", "后面。"]),
    ("", []),
]

CHARACTERS = st.text(
    st.sampled_from(
        [
            *"渝北，。“”…—（）a1 .,-\t\n\r\f\x00\u200b\ufeff\u202e\u3000",
            *"\u0301\u0315\u3099か\u1100\u1161\u11a8\uf914\ue000é한",
        ]
    )
    | st.characters()
)


@pytest.mark.parametrize(("raw", "expected"), NORMALISED)
def test_normalised_text_follows_the_contract(raw: str, expected: str) -> None:
    assert normalise(raw)[0] == expected


@pytest.mark.parametrize(("raw", "expected"), WRAPPED)
def test_a_wrap_is_joined_as_the_words_ask(raw: str, expected: str) -> None:
    assert normalise(raw, wrapped=True)[0] == expected


@settings(deadline=None)
@given(CHARACTERS)
def test_normalising_twice_changes_nothing(raw: str) -> None:
    once = normalise(raw)[0]
    assert normalise(once)[0] == once


@settings(deadline=None)
@given(CHARACTERS, st.booleans())
def test_normalised_text_is_nfc_and_can_be_written(raw: str, wrapped: bool) -> None:
    text, _ = normalise(raw, wrapped=wrapped)
    assert unicodedata.normalize("NFC", text) == text
    assert text.encode("utf-8").decode("utf-8") == text
    assert text == text.strip()


@settings(deadline=None)
@given(CHARACTERS, st.integers(0, 1000), st.booleans())
def test_the_map_is_as_long_as_the_text_and_never_runs_back(raw: str, start: int, wrapped: bool) -> None:
    text, origin = normalise(raw, start, wrapped=wrapped)
    assert len(origin) == len(text)
    assert all(left <= right for left, right in pairwise(origin))
    assert all(start <= place < start + len(raw) for place in origin)


@settings(deadline=None)
@given(CHARACTERS)
def test_every_character_is_found_again_at_its_place(raw: str) -> None:
    text, origin = normalise(raw)
    for ch, place in zip(text, origin, strict=True):
        if ch.isspace():
            assert raw[place].isspace()
        elif raw[place] != ch:
            # composed: the page has it as a letter and the marks that follow, or as another form of the same
            decomposed = unicodedata.normalize("NFD", raw[place])
            assert decomposed[0] in unicodedata.normalize("NFD", ch) or unicodedata.combining(ch)


@settings(deadline=None)
@given(CHARACTERS)
def test_no_visible_character_is_lost(raw: str) -> None:
    text, _ = normalise(raw)
    visible = "".join(ch for ch in raw if not is_invisible(ch) and not ch.isspace())
    kept, seen = (Counter(unicodedata.normalize("NFD", each)) for each in ("".join(text.split()), visible))
    assert kept == seen


def test_marks_without_end_on_one_letter_take_no_quadratic_time() -> None:
    raw = "a" + "\u0315\u0300" * 100_000
    assert len(normalise(raw)[0]) == len(raw)


def test_lines_of_a_paragraph_keep_their_places_in_the_page() -> None:
    page = "甲乙 \n\n3\n丙丁。"
    text, origin = normalise_lines(page, [Span(0, 3), Span(7, 10)])
    assert text == "甲乙丙丁。"
    assert [page[place] for place in origin] == list("甲乙丙丁。")


def test_paragraphs_are_parted_by_one_line_break() -> None:
    text, origin = join_paragraphs([normalise("甲。", 0), normalise("", 3), normalise("乙。", 9)])
    assert (text, origin) == ("甲。\n乙。", (0, 1, 9, 9, 10))


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in split_sentences(text)] == expected


@settings(deadline=None)
@given(CHARACTERS)
def test_sentences_are_in_order_and_cover_the_text(raw: str) -> None:
    text = normalise(raw)[0]
    spans = split_sentences(text)
    assert "".join(text[s.start : s.end] for s in spans).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(left.end <= right.start for left, right in pairwise(spans))


@pytest.mark.parametrize("text", ["完。", "完。”", "完！）", "……"])
def test_a_sentence_ends_behind_its_closing_quotes(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["未完", "未完，", "“未完”", ""])
def test_a_sentence_does_not_end_elsewhere(text: str) -> None:
    assert not ends_sentence(text)


@pytest.mark.parametrize(("ch", "expected"), [("渝", True), ("𠮷", True), ("〇", True), ("，", False), ("１", False)])
def test_han_are_characters_not_punctuation(ch: str, expected: bool) -> None:
    assert is_han(ch) is expected
