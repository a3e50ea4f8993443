"""The same article in two papers or two files: found by the pieces of text that two articles share.

Reprints are shortened, get another headline, lose a sentence, and are still one witness. What tells them from two
reports of one thing, or from two notices after one pattern, is how much they share, and that the figures are the same.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg.model import Article

LEAST_SHARE = 0.7
"""The share of the shorter article's shingles that the longer one has too."""
LEAST_FIGURES = 0.8
"""The share of the shorter article's figures that the longer one has too."""
LEAST_LENGTH = 0.4
"""The shorter article's length, as a share of the longer one's: an item in a round-up is no reprint of it."""
_SHINGLE = 5
_MIN_SHINGLES = 40
_SKETCH = 24
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What is compared: hashes of all runs of five letters or digits, the smallest of them, and the figures."""

    article: Article
    shingles: frozenset[int]
    smallest: tuple[int, ...]
    figures: frozenset[str]


def find_reprints(articles: Iterable[Article]) -> dict[str, str]:
    """For the id of each article that is a reprint, that of the one to keep: the longest, then the earliest.

    Articles that are kept do not occur as keys. The answer does not depend on the order of `articles`.
    """
    kept: dict[int, list[_Sketch]] = {}
    reprints: dict[str, str] = {}
    unique = {article.id: article for article in articles}
    for article in sorted(unique.values(), key=_rank):
        sketch = _make_sketch(article)
        original = _find_original(sketch, kept)
        if original is not None:
            reprints[article.id] = original.id
        else:
            for shingle in sketch.smallest:
                kept.setdefault(shingle, []).append(sketch)
    return reprints


def _rank(article: Article) -> tuple[int, date, str]:
    return -len(article.body), article.date or date.max, article.id


def _find_original(sketch: _Sketch, kept: dict[int, list[_Sketch]]) -> Article | None:
    """The one of the kept articles that shares most with this one, if that is enough."""
    candidates = {other.article.id: other for shingle in sketch.smallest for other in kept.get(shingle, ())}
    ranked = sorted(
        (-measure_share(sketch.shingles, other.shingles), *_rank(other.article)) for other in candidates.values()
    )
    for share, *_, key in ranked:
        if -share < LEAST_SHARE:
            return None
        if _is_reprint(sketch, candidates[str(key)]):
            return candidates[str(key)].article
    return None


def _is_reprint(sketch: _Sketch, other: _Sketch) -> bool:
    long_enough = len(sketch.article.body) >= LEAST_LENGTH * len(other.article.body)
    return long_enough and measure_share(sketch.figures, other.figures) >= LEAST_FIGURES


def measure_share(part: frozenset[int] | frozenset[str], whole: frozenset[int] | frozenset[str]) -> float:
    """How much of `part` is in `whole`, 0 to 1; 1 where there is nothing."""
    return len(part & whole) / len(part) if part else 1.0


def _make_sketch(article: Article) -> _Sketch:
    letters = "".join(ch for ch in article.body if ch.isalnum())
    shingles = _make_shingles(letters)
    if len(shingles) < _MIN_SHINGLES:
        # Too little to go by: only the same words are the same article.
        shingles = frozenset({zlib.crc32(letters.encode())})
    smallest = tuple(sorted(shingles)[:_SKETCH])
    return _Sketch(article, shingles, smallest, frozenset(_FIGURE.findall(article.body)))


def _make_shingles(letters: str) -> frozenset[int]:
    pieces: Sequence[str] = [letters[place : place + _SHINGLE] for place in range(len(letters) - _SHINGLE + 1)]
    return frozenset(zlib.crc32(piece.encode()) for piece in pieces)
