"""What we find of the contracts and cooperations in FinRE, a corpus of pairs of companies in Chinese financial news.

Usage: python benchmarks/finre.py FOLDER [--missed N] [--labelled]

FOLDER holds the corpus's `*.txt` (Li et al. 2019, https://github.com/thunlp/Chinese_NRE): first entity, second entity,
relation and sentence in a line, parted by tabs. Each sentence is read as an article of its own. A pair counts as said
when a fact `signedWith` or `cooperatesWith`, of whatever modality, stands between entities that carry the two names;
it is right when the corpus labels the pair 签约 or 合作. Other labels come near (合资, 订单, 商讨), so what we say of
those pairs is counted apart. With `--missed`, N labelled pairs that we do not find follow with their sentences, one of
every set of verbs in turn, the commonest first. With `--labelled` only sentences that have a labelled pair are read,
which is quick and says nothing of precision.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.compare import normalise_name
from kg.model import Article, Reading
from kg.pipeline import read_article

WANTED = {"签约": "signedWith", "合作": "cooperatesWith"}
NEAR = frozenset({"合资", "订单", "商讨", "交易", "成立", "被成立", "注资", "被注资"})
_VERBS = re.compile(
    "战略合作|合作|签署|签订|签约|签下|携手|联手|联合|合资|共同|牵手|协议|协定|合同|备忘录|订单|供货|供应|采购|代工|引入|对接"
)

_MASK = "<N>"
"""Stands in the corpus for every figure; a figure has to be there for a day to be a day."""

Pair = frozenset[str]


def read_pairs(folder: Path) -> dict[str, dict[Pair, set[str]]]:
    """Sentence → pair of names → labels; a pair stands in the corpus in both directions."""
    out: dict[str, dict[Pair, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = line.replace(_MASK, "1").split("\t")
            if len(fields) == 4 and fields[0] != fields[1]:
                out[fields[3]][frozenset(fields[:2])].add(fields[2])
    return out


def find_said(reading: Reading, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, str]]:
    """Of these pairs those that a fact joins, with its relation."""
    names = {one.key: {normalise_name(name) for name in (one.name, *one.names)} for one in reading.entities}
    for fact in reading.statements:
        if fact.relation in WANTED.values():
            ends = names.get(fact.subject, set()), names.get(fact.object, set())
            for pair in pairs:
                one, other = map(normalise_name, pair)
                if any(_carries(ends[i], one) and _carries(ends[1 - i], other) for i in (0, 1)):
                    yield pair, fact.relation


def _carries(names: set[str], wanted: str) -> bool:
    return any(name == wanted or wanted in name or (len(name) > 2 and name in wanted) for name in names)


def measure(corpus: Mapping[str, Mapping[Pair, set[str]]]) -> tuple[Counter[str], list[tuple[str, Pair, str]]]:
    """Counts, and the labelled pairs that no fact joins: label, pair, sentence."""
    counts: Counter[str] = Counter()
    missed = []
    for sentence, pairs in corpus.items():
        said: dict[Pair, set[str]] = defaultdict(set)
        for pair, relation in find_said(read_article(Article("", sentence)), pairs):
            said[pair].add(relation)
        for pair, labels in pairs.items():
            wanted = sorted(labels & WANTED.keys())
            for label in wanted:
                counts[f"{label} labelled"] += 1
                counts[f"{label} found"] += bool(said[pair])
                counts[f"{label} as {WANTED[label]}"] += WANTED[label] in said[pair]
            if wanted and not said[pair]:
                missed.append((wanted[0], pair, sentence))
            if said[pair]:
                counts["said"] += 1
                counts["right"] += bool(wanted)
                counts["near"] += not wanted and bool(labels & NEAR)
    return counts, missed


def sort_missed(missed: list[tuple[str, Pair, str]]) -> list[tuple[str, str, Pair, str]]:
    """With the verbs between and behind the names in front; of every wording one in turn, the commonest first."""
    worded: dict[str, list[tuple[str, str, Pair, str]]] = defaultdict(list)
    for label, pair, sentence in missed:
        verbs = "+".join(dict.fromkeys(_VERBS.findall(sentence))) or "–"
        worded[verbs].append((verbs, label, pair, sentence))
    rows = sorted(worded.values(), key=lambda rows: (-len(rows), rows[0][0]))
    turns = max(map(len, rows), default=0)
    return [row[turn] for turn in range(turns) for row in rows if turn < len(row)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missed", type=int, default=0, metavar="N")
    parser.add_argument("--labelled", action="store_true", help="read only sentences with a labelled pair")
    options = parser.parse_args()
    corpus = read_pairs(options.folder)
    if options.labelled:
        corpus = {text: pairs for text, pairs in corpus.items() if any(WANTED.keys() & ls for ls in pairs.values())}
    counts, missed = measure(corpus)
    print(f"{len(corpus)} sentences, {sum(map(len, corpus.values()))} pairs")
    for label, relation in WANTED.items():
        found, labelled = counts[f"{label} found"], counts[f"{label} labelled"]
        exact = counts[f"{label} as {relation}"]
        print(f"{label}  recall {found / max(1, labelled):.3f}  ({found} of {labelled}; {exact} as {relation})")
    said, right, near = counts["said"], counts["right"], counts["near"]
    print(f"precision {right / max(1, said):.3f}  ({right} of {said} pairs said; {near} more carry a label close by)")
    for verbs, label, pair, sentence in sort_missed(missed)[: options.missed]:
        print(f"\n{label}  {' | '.join(sorted(pair))}  [{verbs}]\n  {sentence}")


if __name__ == "__main__":
    main()
