"""Whoever does the work, the results are the same and in order, and a process that dies takes nothing with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg import resources
from kg.build import build_files
from kg.errors import KGError
from kg.workers import WorkerDiedError, choose_workers, map_jobs

ARTICLE = "云岭重工落户余杭\n日期：2021-04-29\n\n云岭重工集团有限公司与余杭区签署合作协议。\n"


def double(number: int) -> int:
    return 2 * number


def die_at_three(number: int, once: str | None) -> int:
    """Ends its process at 3, each time or only the first time."""
    if number == 3 and (once is None or not Path(once).exists()):
        if once is not None:
            Path(once).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fail(number: int) -> int:
    raise ValueError(number)


def test_results_come_in_the_order_of_the_jobs_from_one_process_or_several():
    jobs = [(f"job {n}", (n,)) for n in range(40)]
    expected = [(f"job {n}", 2 * n) for n in range(40)]
    assert list(map_jobs(double, jobs)) == expected
    assert list(map_jobs(double, jobs, workers=2)) == expected


def test_nothing_is_taken_up_long_before_its_turn():
    taken = []

    def jobs():
        for n in range(1000):
            taken.append(n)
            yield n, (n,)

    results = map_jobs(double, jobs(), workers=2)
    assert next(results) == (0, 0)
    assert len(taken) <= 10
    results.close()


def test_a_process_that_dies_by_chance_loses_nothing(tmp_path):
    jobs = [(n, (n, str(tmp_path / "died"))) for n in range(9)]
    assert list(map_jobs(die_at_three, jobs, workers=2)) == [(n, n) for n in range(9)]
    assert (tmp_path / "died").exists()


def test_a_job_that_kills_every_process_is_told_and_the_others_are_done():
    results = dict(map_jobs(die_at_three, [(n, (n, None)) for n in range(9)], workers=2))
    died = results.pop(3)
    assert isinstance(died, WorkerDiedError)
    assert "twice" in str(died)
    assert results == {n: n for n in range(9) if n != 3}


def test_an_error_in_a_job_is_raised_as_it_is():
    with pytest.raises(ValueError, match="7"):
        list(map_jobs(fail, [(7, (7,))], workers=2))


def test_a_few_files_are_not_worth_a_second_process():
    assert choose_workers(None, 3) == 1
    assert choose_workers(None, 1000) == (os.cpu_count() or 1)
    assert choose_workers(5, 3) == 5


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for number in range(16):
        text = ARTICLE.replace("云岭重工", f"云岭{number}号重工")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(pages, tmp_path_factory):
    """The graph as one process makes it."""
    return build(pages, tmp_path_factory.mktemp("alone"))


def build(pages: Path, out: Path, **options) -> bytes:
    build_files([pages], out=out, progress=False, **options)
    return (out / "graph.ttl").read_bytes()


def test_several_processes_give_the_same_bytes_as_one(pages, alone, tmp_path):
    assert build(pages, tmp_path, workers=2) == alone


@pytest.fixture
def cluster():
    """The address of a Dask scheduler on loopback; its process, and those of its two workers."""
    pytest.importorskip("distributed")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(resources.path(".")), str(Path(__file__).parent)])}
    processes = []

    def start(module: str, *arguments: str, words: str) -> str:
        command = [sys.executable, "-m", module, *arguments]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        processes.append(process)
        for line in process.stderr:
            if words in line:
                return line
        raise AssertionError(f"{module} does not start")

    try:
        start_scheduler = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        line = start("distributed.cli.dask_scheduler", *start_scheduler, words="Scheduler at:")
        address = line.split()[-1]
        for _ in range(2):
            options = ("--nthreads", "1", "--no-dashboard", "--no-nanny")
            start("distributed.cli.dask_worker", address, *options, words="Registered to:")
        yield address, processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_dask_gives_the_same_bytes_even_where_a_worker_is_killed(pages, alone, tmp_path, cluster):
    address, (_, worker, _) = cluster
    killed = []

    def kill(_):
        if not killed:
            killed.append(worker.pid)
            worker.kill()

    assert build(pages, tmp_path, dask=address, tell=kill) == alone
    assert killed


def test_a_scheduler_that_is_not_there_is_told(pages, tmp_path):
    pytest.importorskip("distributed")
    with pytest.raises(KGError, match="no Dask scheduler answers"):
        build(pages, tmp_path, dask="tcp://127.0.0.1:9")


def test_a_scheduler_that_goes_away_is_told(pages, tmp_path, cluster):
    address, (scheduler, *_) = cluster
    with pytest.raises(KGError, match="has gone"):
        build(pages, tmp_path, dask=address, tell=lambda _: scheduler.kill())
