"""Dataclasses of `kg.model` as compact JSON and back, led by their type hints. Defaults are left out."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Convert = Callable[[Any], Any]


def pack(value: object) -> bytes:
    """The same value gives the same bytes."""
    return zlib.compress(write(value).encode("utf-8", "surrogatepass"))


def unpack(cls: type[T], content: bytes) -> T:
    return read(cls, zlib.decompress(content).decode("utf-8", "surrogatepass"))


def write(value: object) -> str:
    hint: Any = type(value)
    return json.dumps(_writer(hint)(value), ensure_ascii=False, separators=(",", ":"))


def read(cls: type[T], text: str) -> T:
    hint: Any = cls
    out: T = _reader(hint)(json.loads(text))
    return out


def _same(value: Any) -> Any:  # noqa: ANN401 -- JSON
    return value


@cache
def _writer(hint: Any) -> _Convert:  # noqa: ANN401 -- a type hint
    inner = _optional(hint)
    if inner is not None:
        convert = _writer(inner)
        return lambda value: None if value is None else convert(value)
    if hint is date:
        return date.isoformat
    if hint is Decimal:
        return str
    if hint == tuple[int, ...]:
        return _write_runs
    if get_origin(hint) is tuple:
        convert = _writer(get_args(hint)[0])
        return lambda value: [convert(one) for one in value]
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        parts = [(field.name, field.default, _writer(hints[field.name])) for field in fields(hint)]
        return lambda value: {
            name: convert(getattr(value, name)) for name, default, convert in parts if getattr(value, name) != default
        }
    return _same


@cache
def _reader(hint: Any) -> _Convert:  # noqa: ANN401 -- a type hint
    inner = _optional(hint)
    if inner is not None:
        convert = _reader(inner)
        return lambda value: None if value is None else convert(value)
    if hint is date:
        return date.fromisoformat
    if hint is Decimal:
        return Decimal
    if hint == tuple[int, ...]:
        return _read_runs
    if get_origin(hint) is tuple:
        convert = _reader(get_args(hint)[0])
        return lambda value: tuple([convert(one) for one in value])
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        parts = {field.name: _reader(hints[field.name]) for field in fields(hint)}
        assert all(field.default_factory is MISSING for field in fields(hint))
        make: Callable[..., Any] = hint  # type: ignore[assignment]  # narrowed to an instance, and it is a class
        return lambda value: make(**{name: parts[name](one) for name, one in value.items()})
    return _same


def _optional(hint: Any) -> Any:  # noqa: ANN401 -- a type hint
    """`X` of `X | None`, else None."""
    if get_origin(hint) is not UnionType:
        return None
    (inner,) = (one for one in get_args(hint) if one is not NoneType)
    return inner


def _write_runs(numbers: tuple[int, ...]) -> list[int]:
    """Start and length of each stretch of consecutive numbers: maps to the page are made of few."""
    runs: list[int] = []
    for number in numbers:
        if runs and number == runs[-2] + runs[-1]:
            runs[-1] += 1
        else:
            runs += (number, 1)
    return runs


def _read_runs(runs: list[int]) -> tuple[int, ...]:
    pairs = zip(runs[::2], runs[1::2], strict=True)
    return tuple([number for start, length in pairs for number in range(start, start + length)])
