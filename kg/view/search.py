"""What people type to find a name: the name, its pinyin, the initials of its pinyin."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from pypinyin import Style, pinyin


def find_keys(names: Iterable[str]) -> tuple[str, ...]:
    """Pinyin and initials of each name that has Chinese characters, in lower case without spaces and tones.

    >>> find_keys(["惠科"])
    ('huike', 'hk')
    """
    keys: dict[str, None] = {}
    for name in names:
        keys |= dict.fromkeys(_keys_of(name))
    return tuple(keys)


@cache
def _keys_of(name: str) -> tuple[str, ...]:
    plain = "".join(ch for ch in unicodedata.normalize("NFKC", name).lower() if ch.isalnum())
    if plain.isascii():
        return ()
    syllables = [options[0] for options in pinyin(plain, style=Style.NORMAL)]
    initials = [syllable[:1] if not _is_latin(syllable, plain) else syllable for syllable in syllables]
    return "".join(syllables), "".join(initials)


def _is_latin(syllable: str, name: str) -> bool:
    """A stretch of Latin letters or digits comes back as it is."""
    return syllable in name
