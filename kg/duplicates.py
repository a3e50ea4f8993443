"""The same article in two papers or two files: found by the pieces of text that two articles share.

Reprints are shortened, get another headline, lose a sentence, and are still one witness. What tells them from two
reports of one thing, or from two notices after one pattern, is how much they share, and that the figures are the same.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
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
class Sketch:
    """What is compared: hashes of all runs of five letters or digits, the smallest of them, and the figures."""

    article: Article
    shingles: frozenset[int]
    smallest: tuple[int, ...]
    figures: frozenset[str]


def find_reprints(articles: Iterable[Article]) -> dict[str, str]:
    """For the id of each article that is a reprint, that of the one to keep: the longest, then the earliest.

    Articles that are kept do not occur as keys. The answer does not depend on the order of `articles`.
    """
    by_shingle: dict[int, list[Sketch]] = {}
    alike: dict[str, dict[str, float]] = {}
    unique = {article.id: article for article in articles}
    ranked = sorted(unique.values(), key=rank_article)
    for article in ranked:
        sketch = make_sketch(article)
        others = {other.article.id: other for each in sketch.smallest for other in by_shingle.get(each, ())}
        shares = {key: measure_likeness(sketch, other) for key, other in others.items()}
        alike[article.id] = {key: share for key, share in shares.items() if share is not None}
        for shingle in sketch.smallest:
            by_shingle.setdefault(shingle, []).append(sketch)
    return choose_originals([article.id for article in ranked], alike)


def rank_article(article: Article) -> tuple[int, date, str]:
    """Of two versions of one article the one to keep is the lesser by this."""
    return -len(article.body), article.date or date.max, article.id


def choose_originals(ranked: Sequence[str], alike: Mapping[str, Mapping[str, float]]) -> dict[str, str]:
    """Reprint → the one to keep. `alike` has for each of the `ranked` those before it that it may be a reprint of."""
    place = {key: number for number, key in enumerate(ranked)}
    reprints: dict[str, str] = {}
    for key in ranked:
        originals = [(-share, place[other], other) for other, share in alike[key].items() if other not in reprints]
        if originals:
            reprints[key] = min(originals)[2]
    return reprints


def measure_likeness(lesser: Sketch, original: Sketch) -> float | None:
    """What the lesser article shares with the other, if that makes it a reprint."""
    if len(lesser.article.body) < LEAST_LENGTH * len(original.article.body):
        return None
    if measure_share(lesser.figures, original.figures) < LEAST_FIGURES:
        return None
    share = measure_share(lesser.shingles, original.shingles)
    return share if share >= LEAST_SHARE else None


def measure_share(part: frozenset[int] | frozenset[str], whole: frozenset[int] | frozenset[str]) -> float:
    """How much of `part` is in `whole`, 0 to 1; 1 where there is nothing."""
    return len(part & whole) / len(part) if part else 1.0


def make_sketch(article: Article) -> Sketch:
    letters = "".join(ch for ch in article.body if ch.isalnum())
    shingles = _make_shingles(letters)
    if len(shingles) < _MIN_SHINGLES:
        # Too little to go by: only the same words are the same article.
        shingles = frozenset({zlib.crc32(letters.encode())})
    smallest = tuple(sorted(shingles)[:_SKETCH])
    return Sketch(article, shingles, smallest, frozenset(_FIGURE.findall(article.body)))


def _make_shingles(letters: str) -> frozenset[int]:
    pieces: Sequence[str] = [letters[place : place + _SHINGLE] for place in range(len(letters) - _SHINGLE + 1)]
    return frozenset(zlib.crc32(piece.encode()) for piece in pieces)
