"""What a person sees while a build runs: which input, how far, what was found. Nothing where stderr is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

from rich import progress as bars
from rich.console import Console

T = TypeVar("T")


class Progress:
    """A bar over the inputs and a line for each later step, on stderr; used as a context manager."""

    def __init__(self, *, shown: bool) -> None:
        console = Console(stderr=True)
        self._bars = bars.Progress(
            bars.TextColumn("{task.description}"),
            bars.BarColumn(),
            bars.MofNCompleteColumn(),
            bars.TextColumn("{task.fields[note]}", markup=False),
            console=console,
            disable=not (shown and console.is_terminal),
        )

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def track(self, items: Sequence[T], name: Callable[[T], str]) -> Iterator[T]:
        self._task = self._bars.add_task("reading", total=len(items), note="")
        for item in items:
            self._bars.update(self._task, note=name(item))
            yield item
            self._bars.advance(self._task)

    def found(self, articles: int) -> None:
        self._bars.update(self._task, note=f"{articles} articles")

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        task = self._bars.add_task(name, total=1, note="")
        yield
        self._bars.advance(task)

    def done(self, counts: Mapping[str, int]) -> None:
        if not self._bars.disable:
            summary = ", ".join(
                f"{counts[name]} {name}" for name in ("articles", "entities", "statements", "observations")
            )
            self._bars.console.print(summary)
