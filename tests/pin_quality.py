"""Raises the floors in tests/quality.json to what is reached now; never lowers one unless told to.

Usage: python tests/pin_quality.py [--lower]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))
from quality import FLOORS, build_gold, digest, measure, read_floors, round_down


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lower", action="store_true", help="lower floors as well")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        reached = measure(build_gold(Path(folder)))
    old = read_floors()["floors"] if FLOORS.exists() else {}
    floors = {
        part: {
            name: round_down(figure) if options.lower else max(round_down(figure), old.get(part, {}).get(name, -999))
            for name, figure in figures.items()
        }
        for part, figures in reached.items()
    }
    text = json.dumps({"digest": digest(), "floors": floors}, ensure_ascii=False, indent=2)
    FLOORS.write_text(f"{text}\n", encoding="utf-8")
    for part, figures in reached.items():
        for name, figure in figures.items():
            print(f"{part:14} {name:26} {figure:7.4f}  floor {floors[part][name]:g}")


if __name__ == "__main__":
    main()
