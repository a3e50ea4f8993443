"""How the time of reading grows with bad input: one endless sentence, list marks, figures, brackets.

Usage: python benchmarks/bad_input.py [--size N] [KIND ...]

Each kind is read as an article of N and of 4 × N characters (4,000 and 16,000); the ratio of the times is about 4
where time is linear, and 16 where it is quadratic.
"""

from __future__ import annotations

import argparse
import time
from datetime import date

from kg.model import Article
from kg.pipeline import read_article

KINDS = {
    "no punctuation": "今天天气很好我们去散步回来以后吃饭",
    "long sentence": "我们在山上看见很多树，",
    "long sentence with names": "云岭股份有限公司与余杭区的江城大学都看见很多树，",
    "figures": "12亿元3.5%四百万",
    "figures and names": "云岭股份有限公司投资12亿元占3.5%，",
    "names": "云岭股份有限公司",
    "names in a list": "云岭股份有限公司、",
    "dates": "4月28日",
    "list marks": "、",
    "commas": "，",
    "full stops": "。",
    "brackets": "（",
    "quotes": "“”",
    "digits": "7",
}
TIMES = 4


def cpu_seconds(text: str) -> float:
    start = time.process_time()
    read_article(Article("", text, date=date(2021, 4, 29)))
    return time.process_time() - start


def repeat(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--size", type=int, default=4000)
    options = parser.parse_args()
    cpu_seconds("云岭重工集团有限公司与余杭区签署合作协议。")
    for kind in options.kinds or KINDS:
        small, large = (cpu_seconds(repeat(KINDS[kind], size)) for size in (options.size, TIMES * options.size))
        print(f"{kind:26} {small:6.2f} s  {large:6.2f} s  ratio {large / small:5.1f}", flush=True)


if __name__ == "__main__":
    main()
