"""How a corpus grows: `python benchmarks/corpus.py [ARTICLES] [WORKERS]`.

Generated articles are read once, then added to two stores in ten batches, in two orders. Reading costs the same for
every article, so it is timed apart: what is compared is the work of the store, in processor time.
"""

from __future__ import annotations

import hashlib
import pickle
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from growing.articles import make_file  # noqa: E402

from kg.corpus import intake  # noqa: E402
from kg.corpus.intake import FileRead  # noqa: E402
from kg.corpus.session import open_corpus  # noqa: E402
from kg.corpus.settle import count_facts  # noqa: E402
from kg.store import open_store, sort_store  # noqa: E402
from kg.turtle import stream_turtle  # noqa: E402
from kg.workers import choose_workers, map_jobs  # noqa: E402

BATCHES = 10


def read_all(number: int, folder: Path, workers: int) -> list[Path]:
    """What the articles hold, each in a file of its own, so that memory is free for what is measured."""
    start = time.perf_counter()
    jobs = ((n, (make_file(n).encode(), f"{n}.txt", None)) for n in range(number + 1))
    places = []
    for n, found in map_jobs(intake.read_variants, jobs, workers=workers):
        places.append(folder / f"{n}.pickle")
        places[-1].write_bytes(pickle.dumps(found))
    seconds = time.perf_counter() - start
    print(f"reading: {seconds:.0f} s with {workers} workers, {1000 * seconds / number:.0f} ms an article", flush=True)
    return places


def grow(store: Path, places: Sequence[Path]) -> list[float]:
    """Processor seconds for each batch."""
    size = -(-len(places) // BATCHES)
    return [add_batch(store, places[start : start + size]) for start in range(0, len(places), size)]


def add_batch(store: Path, places: Sequence[Path]) -> float:
    """Processor seconds; what is printed says besides how long it took. Opening the store is no part of either."""
    with open_corpus(store) as corpus:
        start, work = time.perf_counter(), time.process_time()
        for place in places:
            found: FileRead = pickle.loads(place.read_bytes())
            intake.add_file(corpus.db, f"/{place.stem}.txt", place.stem, None, found)
        corpus.finish()
        seconds, work = time.perf_counter() - start, time.process_time() - work
    print(f"  {seconds:7.2f} s, processor {work:.2f} s", flush=True)
    return work


def export(store: Path, target: Path) -> str:
    """Writes the Turtle; its hash."""
    with open_corpus(store) as corpus:
        prefixes = corpus.making.names.prefixes(corpus.making.ontology.classes())
        counts = count_facts(corpus.db)
    print("  " + ", ".join(f"{counts[name]} {name}" for name in ("articles", "reprints", "entities", "statements")))
    digest = hashlib.sha256()
    with target.open("wb") as file:
        for piece in stream_turtle(sort_store(open_store(store)), prefixes):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def measure_size(folder: Path) -> Iterator[tuple[str, int]]:
    for path in sorted(folder.iterdir()):
        files = [path] if path.is_file() else list(path.iterdir())
        yield path.name, sum(file.stat().st_size for file in files)


def main(number: int, workers: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "read").mkdir()
        *places, last = read_all(number, folder / "read", workers)
        exports = []
        for order in ("one order", "another order"):
            print(order)
            store = folder / order
            seconds = grow(store, places)
            print(f"  tenth batch / first: {seconds[-1] / seconds[0]:.2f}")
            print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", flush=True)
            start = time.perf_counter()
            exports.append(export(store, folder / "graph.ttl"))
            size = (folder / "graph.ttl").stat().st_size
            print(f"  {size / 1e6:.0f} MB of Turtle in {time.perf_counter() - start:.0f} s")
            print("  " + ", ".join(f"{part} {size / 1e6:.0f} MB" for part, size in measure_size(store)), flush=True)
            random.Random(7).shuffle(places)
        print("identical exports" if len(set(exports)) == 1 else "DIFFERENT EXPORTS", *exports)
        print("one more article:")
        add_batch(store, [last])
        print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(numbers[0] if numbers else 2000, numbers[1] if len(numbers) > 1 else choose_workers(None, 1000))
