"""Two names side by side: what speaks for one thing, what against, each with its points (ontology/resolution.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.knowledge import Knowledge
from kg.resolve.forms import Form, abbreviations, family_of, is_telling, read_form
from kg.resolve.model import Comparison, Feature
from kg.resolve.table import load_table
from kg.words import any_of

_TRADES = re.compile(f"(?:{any_of('trades')})+")


def make_feature(name: str, detail: str = "") -> Feature:
    """KeyError for a feature that is not in the table."""
    return Feature(name, load_table().features[name][0], detail)


def compare_names(cls: str, one: str, other_cls: str, other: str, knowledge: Knowledge) -> Comparison:
    """What the names alone say; the order of the two does not matter."""
    forms = read_form(cls, one, knowledge), read_form(other_cls, other, knowledge)
    against = _clash(cls, other_cls, knowledge) or _rule_out(*forms)
    if against:
        return Comparison((), against)
    found = list(_alike(*forms))
    if not found:
        return Comparison(())
    found += _doubts(*forms)
    if cls == other_cls:
        found.append(make_feature("same class"))
    if forms[0].plain == forms[1].plain and not is_telling(cls, one, knowledge):
        found.append(make_feature("common name"))
    return Comparison(tuple(found))


def add_features(comparison: Comparison, features: Iterable[Feature]) -> Comparison:
    return Comparison((*comparison.features, *features), comparison.against)


def compare_places(one: Sequence[str], other: Sequence[str]) -> Iterator[Feature]:
    """`one` and `other` are codes of the districts that two articles name."""
    near = sorted({code for code in one if not _is_province(code)} & set(other))
    if near:
        yield make_feature("same district", near[0])
        return
    wide = sorted({code[:2] for code in one} & {code[:2] for code in other})
    if wide:
        yield make_feature("same province", f"{wide[0]}0000")
    elif one and other:
        yield make_feature("elsewhere")


def find_home(form: Form, places: Iterable[str]) -> Iterator[Feature]:
    """Whether an article is about the place that the name of the other begins with."""
    hits = sorted(code for code in form.home if any(code == place or _holds(code, place) for place in places))
    if hits:
        yield make_feature("home", hits[0])


def _is_province(code: str) -> bool:
    return code.endswith("0000")


def _clash(one: str, other: str, knowledge: Knowledge) -> str | None:
    if family_of(one, knowledge) != family_of(other, knowledge):
        return f"{one} and {other} are kinds of things that no thing is both of"
    above = knowledge.ontology.is_a(one, other) or knowledge.ontology.is_a(other, one)
    return None if above else f"one is a {one}, the other a {other}"


def _rule_out(one: Form, other: Form) -> str | None:
    """What no likeness can outweigh."""
    if one.known and other.known and not one.known & other.known:
        return f"the gazetteer knows {min(one.known)} and {min(other.known)} as two things"
    if one.known & other.known and len(one.known & other.known) == 1:
        return None
    if one.codes and other.codes and not one.codes & other.codes and not _nested(one, other):
        return f"named after two places, {one.place} and {other.place}"
    if one.site != other.site and not _same_site(one, other):
        return f"only one is the one in {one.site or other.site}"
    if one.branch != other.branch and one.core != other.core:
        return f"one is a branch ({one.branch or other.branch})"
    if one.year and other.year and one.year != other.year:
        return f"two years, {one.year} and {other.year}"
    if one.family == "Organisation":
        return _rule_out_companies(one, other)
    return None


def _same_site(one: Form, other: Form) -> bool:
    """One has in brackets what stands in front of the other."""
    with_site, without = (one, other) if one.site else (other, one)
    return not without.site and without.place.startswith(with_site.site)


def _rule_out_companies(one: Form, other: Form) -> str | None:
    if one.full and other.full:
        if one.core != other.core:
            return "two full names"
        if one.group != other.group:
            return "one is a group, the other a company of that name"
    for full, short in ((one, other), (other, one)):
        if full.full and short.legal == "股份" and not full.stock:
            return "only one is a company by shares"
    apart = not one.core.startswith(other.core) and not other.core.startswith(one.core)
    if apart and one.bare == other.bare:
        return f"two trades, {one.core[len(one.bare) :]} and {other.core[len(other.bare) :]}"
    return None


def _nested(one: Form, other: Form) -> bool:
    return any(_holds(a, b) or _holds(b, a) for a in one.codes for b in other.codes)


def _holds(outer: str, inner: str) -> bool:
    """By the code alone: provinces end in four zeros, prefectures in two."""
    return inner.startswith(outer.removesuffix("00").removesuffix("00")) if outer.endswith("00") else False


def _alike(one: Form, other: Form) -> Iterator[Feature]:
    """The best reason to take the two for one; none if there is no likeness."""
    shared = one.known & other.known
    if len(shared) == 1:
        yield make_feature("known", min(shared))
    elif one.plain == other.plain:
        yield make_feature("same name")
    elif one.body or other.body:
        yield from _alike_bodies(one, other)
    elif one.core == other.core and one.branch == other.branch:
        yield make_feature("same core" if one.family in {"Organisation", "Place"} else "same stem", one.core)
    elif one.family == "Organisation" and not (one.full and other.full):
        yield from _alike_short(*sorted((one, other), key=lambda form: (len(form.core), form.core)))


def _alike_bodies(one: Form, other: Form) -> Iterator[Feature]:
    if one.core != other.core:
        return
    if len(one.codes) == 1 and one.codes == other.codes:
        yield make_feature("same body", one.core)
    elif bool(one.codes) != bool(other.codes) or one.codes & other.codes:
        yield make_feature("same body", one.core)
        yield make_feature("no district")


def _alike_short(short: Form, long: Form) -> Iterator[Feature]:
    rest = long.core[len(short.core) :]
    if long.core.startswith(short.core) and _TRADES.fullmatch(rest) and len(short.core) >= 2:
        yield make_feature("trade words" if long.full else "open trade words", rest)
    elif short.plain in abbreviations(long) or (long.plain in abbreviations(short)):
        yield make_feature("abbreviation")


def _doubt_place(placed: Form, other: Form) -> Iterator[Feature]:
    """云岭 is short for 重庆云岭有限公司; 重庆云岭 may be the company of 云岭 there, 上海通用 is not 通用."""
    if not placed.full:
        yield make_feature("place alone", placed.place)
    elif other.full:
        yield make_feature("place before", placed.place)


def _doubts(one: Form, other: Form) -> Iterator[Feature]:
    if one.plain == other.plain or one.known & other.known:
        return
    short = min((one, other), key=lambda form: (len(form.plain), form.plain))
    if one.family == "Organisation" and not one.body:
        if bool(one.place) != bool(other.place):
            yield from _doubt_place(*((one, other) if one.place else (other, one)))
        if one.full and other.full and one.stock != other.stock:
            yield make_feature("legal form", f"{one.legal} / {other.legal}")
        elif one.group != other.group and (one.legal and other.legal):
            yield make_feature("group")
        if one.site != other.site:
            yield make_feature("place in brackets", one.site or other.site)
    if len(short.plain) == 2 and one.family in {"Organisation", "Place"}:
        yield make_feature("short name", short.plain)
    if one.codes and other.codes and not one.codes & other.codes:
        yield make_feature("nested places")
    if len(one.codes | other.codes) > 1 and one.codes & other.codes and not one.body:
        yield make_feature("homonym", short.place)
    if bool(one.year) != bool(other.year):
        yield make_feature("year", one.year or other.year)
