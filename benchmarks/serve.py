"""Many clients, some of which never stop asking too much: `python benchmarks/serve.py [SECONDS] [TRIPLES]`.

64 clients: first 58 that ask small questions, then the same beside 6 whose queries never end. Prints how long the
others' answers take, quiet and disturbed, and what became of the endless ones; memory is that of all processes.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.query import make_graph

SMALL = "SELECT ?s ?name { ?s kg:signedWith ?d ; skos:prefLabel ?name } LIMIT 10"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CLIENTS, GREEDY = 64, 6


async def keep_asking(client: httpx.AsyncClient, query: str, until: float, seconds: list[float]) -> Counter[str]:
    """Statuses, with the reason where there was no answer."""
    said: Counter[str] = Counter()
    while time.perf_counter() < until:
        start = time.perf_counter()
        try:
            answer = await client.get("/sparql", params={"query": query})
        except httpx.RemoteProtocolError:  # it had been idle, and was closed just now
            said["asked again"] += 1
            continue
        seconds.append(time.perf_counter() - start)
        said[str(answer.status_code) if answer.is_success else f"{answer.status_code} {answer.text.strip()}"] += 1
    return said


async def measure(url: str, greedy: int, duration: float) -> tuple[float, Counter[str], Counter[str]]:
    """Median of the small questions, and what was answered to them and to the endless ones."""
    limits = httpx.Limits(max_connections=CLIENTS)
    async with httpx.AsyncClient(base_url=url, timeout=300, limits=limits) as client:
        until, seconds = time.perf_counter() + duration, list[float]()
        others = [keep_asking(client, f"{ENDLESS} LIMIT {n + 1}", until, []) for n in range(greedy)]
        small = [keep_asking(client, SMALL, until, seconds) for _ in range(CLIENTS - GREEDY)]
        said = await asyncio.gather(*others, *small)
    return statistics.median(seconds), sum(said[greedy:], Counter()), sum(said[:greedy], Counter())


def processes_of(server: int) -> list[tuple[int, int]]:
    """Process and resident megabytes, of the server and all that it started."""
    out = subprocess.run(["ps", "-eo", "pid,ppid,rss"], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in out.splitlines()[1:]]
    found = {server}
    for _ in range(3):
        found |= {pid for pid, parent, _ in rows if parent in found}
    return [(pid, rss // 1024) for pid, _, rss in rows if pid in found]


def main(duration: float, triples: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph.nt"
        make_graph(graph, triples)
        command = [sys.executable, "-m", "kg", "serve", "--graph", str(graph), "--port", "0", "--time-limit", "20"]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert server.stderr is not None
        try:
            url = next(found[1] for line in server.stderr if (found := re.search(r"running on (http://\S+)", line)))
            # What else it says must not fill the pipe and stop it.
            threading.Thread(target=server.stderr.read, daemon=True).start()
            quiet, said, _ = asyncio.run(measure(url, 0, duration))
            print(f"quiet      {quiet * 1000:8.1f} ms   {dict(said)}")
            loud, said, endless = asyncio.run(measure(url, GREEDY, duration))
            print(f"disturbed  {loud * 1000:8.1f} ms   {dict(said)}   {loud / quiet:.2f} times the quiet median")
            print(f"endless    {dict(endless)}")
            time.sleep(2)
            print(f"health     {httpx.get(f'{url}/health').json()}")
            print(f"processes  {len(processes_of(server.pid))}, MB: {[rss for _, rss in processes_of(server.pid)]}")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    numbers = [float(word) for word in sys.argv[1:]]
    main(numbers[0] if numbers else 60, int(numbers[1]) if len(numbers) > 1 else 100_000)
