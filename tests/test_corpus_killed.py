"""Killed at any moment, a store opens again with whole articles only, and with all that were reported."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

import pytest
from growing import adding
from growing.articles import make_file
from growing.naive import make_turtle

from kg.corpus import intake
from kg.corpus.session import open_corpus
from kg.iris import DEFAULT_BASE, Names
from kg.knowledge import load_knowledge
from kg.store import open_store, sort_store
from kg.turtle import write_turtle

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["growing.adding"])
NUMBERS = (1, 2, 5, 28, 39, 42, 59, 7)


@pytest.fixture(scope="module")
def files():
    """What files hold in a first and in a second form."""
    first = {n: intake.read_variants(make_file(n).encode(), str(n), None) for n in NUMBERS}
    changed = zip(NUMBERS, (*NUMBERS[1:], NUMBERS[0]), strict=True)
    return {f"/{n}.txt": (first[n], first[other]) for n, other in changed}


@pytest.fixture(scope="module")
def longest(files, tmp_path_factory):
    """How long a run takes that nobody kills."""
    start = time.monotonic()
    told, killed = run(tmp_path_factory.mktemp("whole") / "store", make_rounds(files, random.Random(0)), None)
    assert told[-1] is None and not killed
    return time.monotonic() - start


def make_rounds(files, chance: random.Random):
    """Files that come, are replaced, and go, in three rounds."""
    paths = sorted(files)
    return [
        [
            (path, chance.choice((*files[path], files[path][0], None) if number else files[path]))
            for path in chance.sample(paths, 5)
        ]
        for number in range(3)
    ]


def run(store: Path, rounds: Sequence[Sequence[adding.Step]], after: float | None):
    """What the process said, and whether it had to be killed."""
    here, there = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=adding.work, args=(store, rounds, there))
    process.start()
    there.close()
    process.join(after)
    killed = process.is_alive()
    if killed:
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    told = []
    while True:
        try:
            told.append(here.recv())
        except EOFError:
            return told, killed


def check(store: Path, told, files) -> None:
    """What was reported last of each file is so, and the graph is that of the files that are there."""
    last = dict(one for one in told if one is not None)
    held = {adding.digest(found): found for pair in files.values() for found in pair}
    with open_corpus(store) as corpus:
        there = dict(corpus.db.execute("SELECT path, digest FROM source"))
        moved = {path for path, digest in last.items() if there.get(path) != digest}
        # The step after the last one that was reported may be done, and not yet reported.
        assert len(moved) <= 1
        corpus.finish()
        assert corpus.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    variants = [one for digest in there.values() for one in held[digest].variants]
    prefixes = Names(DEFAULT_BASE).prefixes(load_knowledge().ontology.classes())
    assert write_turtle(list(sort_store(open_store(store))), prefixes) == make_turtle(variants)


def kill_and_check(files, folder: Path, longest: float, seed: int) -> None:
    chance = random.Random(seed)
    store = folder / "store"
    rounds = make_rounds(files, chance)
    told, _ = run(store, rounds, chance.uniform(0, longest))
    check(store, told, files)


@pytest.mark.parametrize("seed", range(20))
def test_what_was_reported_is_there_and_nothing_half_or_twice(files, tmp_path, longest, seed):
    kill_and_check(files, tmp_path, longest, seed)


@pytest.mark.verify
@pytest.mark.parametrize("seed", range(20, 200))
def test_what_was_reported_is_there_at_many_more_moments(files, tmp_path, longest, seed):
    kill_and_check(files, tmp_path, longest, seed)
