"""A name taken apart: the place it begins with, its core, its legal form. Nothing here looks at more than one name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.compare import normalise_name, of_china
from kg.gazetteer import Entry, Match
from kg.knowledge import Knowledge
from kg.model import Entity
from kg.resolve.table import load_table
from kg.words import any_of

_LEGAL = re.compile(f"(?:{any_of('legal forms')})$")
_TRADE = re.compile(f"(?:{any_of('trades')})+$")
_BRACKET = re.compile(r"\(([^()]{1,12})\)")
_FULL = re.compile("有限(?:责任)?公司$")
_LEVEL = re.compile("^[省市区县州](?!场|域|政(?!府|协))(?=.)")
_RANKED = re.compile("[省市区县州旗盟]$")
_AND = re.compile("(?<=..)[和与、](?=..)")
_YEAR = re.compile("(?:19|20)[0-9]{2}(?:年度|年)?")
_GROUP = ("集团", "控股")
_LONG = 10
_BARE_BODY = 6


@dataclass(frozen=True, slots=True)
class Form:
    """`codes` are the districts that the name may begin with: several where it is a homonym, the name of a zone where
    it is one; `home` are these even where the place is part of what is compared. `site` is the place in brackets,
    `legal` what makes it a full name, as written behind the core. `known` are the names of what the gazetteer knows
    under this name. `body`: an authority, which is a district's.
    """

    plain: str
    family: str
    core: str
    bare: str
    place: str = ""
    codes: frozenset[str] = frozenset()
    site: str = ""
    legal: str = ""
    branch: str = ""
    year: str = ""
    known: frozenset[str] = frozenset()
    body: bool = False
    home: frozenset[str] = frozenset()

    @property
    def full(self) -> bool:
        """A registered name: no short form of anything."""
        return bool(_FULL.search(self.legal))

    @property
    def group(self) -> bool:
        return any(word in self.legal for word in _GROUP)

    @property
    def stock(self) -> bool:
        return "股份" in self.legal


def family_of(cls: str, knowledge: Knowledge) -> str:
    """Kinds of organisations may share a name, and kinds of places but for districts; others only with themselves."""
    for wide in ("Organisation", "Place"):
        if cls != "District" and knowledge.ontology.is_a(cls, wide):
            return wide
    return cls


@lru_cache(maxsize=131072)
def read_form(cls: str, name: str, knowledge: Knowledge) -> Form:
    family = family_of(cls, knowledge)
    plain = normalise_name(name).replace("有限责任公司", "有限公司")
    known = frozenset(
        entry.name for entry in knowledge.gazetteer.lookup(name) if family_of(entry.cls, knowledge) == family
    )
    if cls == "GovernmentBody":
        return _read_body(plain, family, known, knowledge)
    if family == "Organisation":
        return _read_organisation(plain, known, knowledge)
    if family == "Place":
        return _read_zone(plain, known, knowledge)
    tail = load_table().tails.get(cls)
    core = tail.sub("", plain) if tail else plain
    core = core if len(core) >= 2 else plain
    year = _YEAR.search(core)
    core = _YEAR.sub("", core) if cls == "Ranking" else core
    return Form(plain, family, core, core, year=year[0][:4] if year else "", known=known)


def _read_organisation(plain: str, known: frozenset[str], knowledge: Knowledge) -> Form:
    site = ""
    for found in _BRACKET.finditer(plain):
        words = found[1]
        if words in _GROUP or words == "集团股份":
            plain = plain.replace(found[0], words)
        elif words == "中国" or knowledge.gazetteer.lookup(words):
            site, plain = words, plain.replace(found[0], "")
        else:
            plain = plain.replace(found[0], "")
    stem = plain
    for _ in range(3):
        stem = _LEGAL.sub("", stem) or stem
    if stem != plain and of_china(stem) != stem:
        site, plain, stem = "中国", of_china(stem) + plain[len(stem) :], of_china(stem)
    place, codes, rest = _split_brand(stem, knowledge)
    branch = load_table().branches.search(plain)
    bare = _TRADE.sub("", rest) or rest
    legal = plain[len(stem) :]
    return Form(
        plain if not site else f"{plain}({site})",
        "Organisation",
        _expand(rest, knowledge),
        bare,
        place,
        codes,
        site,
        legal,
        branch[0] if branch else "",
        known=known,
        home=codes or find_place(stem, knowledge)[1],
    )


def _read_body(plain: str, family: str, known: frozenset[str], knowledge: Knowledge) -> Form:
    plain = plain.removeprefix("中国共产党").removeprefix("中共")
    place, codes = find_place(plain, knowledge)
    zone = next(iter(knowledge.gazetteer.find(plain)), None)
    if zone and not zone.span.start and zone.span.end < len(plain) and zone.entries[0].cls == "Zone":
        place, codes = plain[: zone.span.end], frozenset({zone.entries[0].name})
    rest = plain[len(place) :]
    if place:
        rest = _LEVEL.sub("", rest)
    core = load_table().authorities(_AND.sub("", rest))
    return Form(plain, family, core, core, place, codes, known=known, body=True, home=codes)


def _read_zone(plain: str, known: frozenset[str], knowledge: Knowledge) -> Form:
    place, codes = find_place(plain, knowledge)
    rest = plain[len(place) :] or plain
    core = load_table().zones(rest)
    return Form(plain, "Place", core, core, place if rest != plain else "", codes, known=known, home=codes)


def find_place(name: str, knowledge: Knowledge) -> tuple[str, frozenset[str]]:
    """The districts that a name begins with, as written, and the codes that the last of them may have."""
    steps = _find_places(name, knowledge)
    return steps[-1] if steps else ("", frozenset())


def _find_places(name: str, knowledge: Knowledge) -> list[tuple[str, frozenset[str]]]:
    """The places in front, each with those before it: 重庆市, 重庆市巴南区."""
    steps: list[tuple[str, frozenset[str]]] = []
    end = 0
    codes: frozenset[str] = frozenset()
    for match in _find_first_places(name, knowledge):
        entries = [entry for entry in match.entries if entry.cls == "District" and entry.code]
        if match.span.start != end or match.span.end == len(name) or not entries or not _is_place(match.name, entries):
            break
        codes = frozenset(entry.code or "" for entry in entries if not codes or _lies_in(entry, codes, knowledge))
        if not codes:
            break
        end = match.span.end
        steps.append((name[:end], codes))
    return steps


def _find_first_places(name: str, knowledge: Knowledge) -> Sequence[Match]:
    """Matches in the name; where the whole of it is known, or its start is, without what makes it so: 重庆理工大学."""
    cut = name
    while True:
        matches = knowledge.gazetteer.find(cut)
        if not matches or matches[0].span.start or matches[0].entries[0].cls == "District":
            return matches
        cut = cut[: matches[0].span.end - 1]


def _split_brand(stem: str, knowledge: Knowledge) -> tuple[str, frozenset[str], str]:
    """Place, its codes, and the rest. 青岛啤酒, 重庆大学: a place that leaves but common words is part of the name."""
    for place, codes in reversed(_find_places(stem, knowledge)):
        if not _is_common_core(stem[len(place) :], knowledge):
            return place, codes, stem[len(place) :]
    place, codes = find_place(stem, knowledge)
    return "", frozenset(), _short_place(place, codes, knowledge) + stem[len(place) :]


def narrow_form(form: Form, places: Sequence[str], knowledge: Knowledge) -> Form:
    """A homonym that the name begins with, decided by the districts of its article."""
    if len(form.codes) < 2:
        return form
    entries = [knowledge.gazetteer.district(code) for code in sorted(form.codes)]
    chosen = knowledge.gazetteer.choose_district(entries, places)
    return replace(form, codes=frozenset({chosen.code})) if chosen and chosen.code else form


def _is_place(name: str, entries: list[Entry]) -> bool:
    """长安汽车 is not of 长安区: a short name that is another word as well counts only with its rank."""
    return bool(_RANKED.search(name)) or not any(name in entry.common for entry in entries)


def _lies_in(entry: Entry, outer: frozenset[str], knowledge: Knowledge) -> bool:
    return any(one.code in outer for one in knowledge.gazetteer.ancestors(entry))


def _short_place(place: str, codes: frozenset[str], knowledge: Knowledge) -> str:
    if len(codes) != 1:
        return place
    names = knowledge.gazetteer.district(next(iter(codes))).names
    return min(names, key=lambda name: (len(name), name)) if place in names else place


def _expand(core: str, knowledge: Knowledge) -> str:
    """中科院重庆研究院 with its first part written out. Only organisations that do not end in a legal form count."""
    for match in knowledge.gazetteer.find(core)[:1]:
        entry = match.entries[0]
        whole = match.span.start == 0 and match.span.end < len(core) and len(match.entries) == 1
        if whole and entry.cls in {"ResearchInstitution", "University"} and match.name not in entry.common:
            return normalise_name(entry.name) + core[match.span.end :]
    return core


def abbreviations(form: Form) -> frozenset[str]:
    """What a full name may be called by some of its characters: 重庆理工大学 重理工, 中国石油化工 中石化.

    Of companies only those that begin with 中国 have such names; of others too many would share them.
    """
    university = "大学" in form.plain
    whole = (form.place + form.core).replace("大学", "") if university else form.core
    if len(whole) < 4 or not (university or whole.startswith("中国")):
        return frozenset()
    stems = {whole[0] + whole[2:4]} | ({whole[0] + whole[2] + "大"} if university else set())
    stems |= {whole[0] + whole[2] + whole[4]} if len(whole) >= 6 else set()
    tail = ("", "大") if university else ("", "集团", "公司", "股份")
    return frozenset(stem + end for stem in stems for end in tail) - {form.plain}


@lru_cache(maxsize=131072)
def is_telling(cls: str, name: str, knowledge: Knowledge) -> bool:
    """Whether the name alone tells its thing from all others: 市委, 投资集团有限公司 and 污水处理项目 do not.

    People are never told by their name alone.
    """
    if cls == "Person":
        return False
    form = read_form(cls, name, knowledge)
    if form.known or cls in {"District", "Industry", "Place", "MediaOutlet", "Ranking"}:
        return True
    if len(form.codes) > 1:
        return False
    if form.body:
        return bool(form.codes) or not (_LEVEL.match(form.plain) or len(form.core) <= _BARE_BODY)
    if _is_common(form, knowledge):
        return False
    if form.family in {"Organisation", "Place"}:
        return True
    known = any(match.entries[0].cls != "Industry" for match in knowledge.gazetteer.find(form.plain))
    return known or len(form.core) >= _LONG


def has_headline(entity: Entity) -> bool:
    """签约仪式（headline）: a common name that `kg.entities` told apart by its article."""
    return bool(entity.path and entity.path.startswith(f"{entity.name}（"))


def _is_common(form: Form, knowledge: Knowledge) -> bool:
    """Without its place, its ending and its trades it is made of words that tell nothing."""
    if form.codes and not form.legal:
        return False
    known = {entry.cls for entry in knowledge.gazetteer.lookup(form.core)}
    if form.family == "Organisation" and not form.full and known & {"District", "Industry"}:
        return True
    return _is_common_core(form.core, knowledge) or bool(_LEVEL.match(form.plain))


def _is_common_core(core: str, knowledge: Knowledge) -> bool:
    stem = _TRADE.sub("", core)
    ending = knowledge.ending_of(stem)
    return knowledge.is_generic(stem.removesuffix(ending.text) if ending else stem)
