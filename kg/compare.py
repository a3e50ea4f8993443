"""Whether two names are one thing: small features, each with its reason. Nothing here looks at more than two names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.words import any_of

_LEGAL = re.compile(f"(?:{any_of('legal forms')})$")
_BRACKET = re.compile("[(（][^()（）]{1,8}[)）]")
_TRADE = re.compile(f"(?:{any_of('trades')}|{any_of('trades in full names')})+$")
_FORM = re.compile("(?:集团|控股|股份|总)*(?:有限)?公司$")
_DROPPED = str.maketrans("", "", " \t\n“”‘’\"'《》<>〈〉·—-")


@lru_cache(maxsize=65536)
def normalise_name(name: str) -> str:
    """The form in which names are compared: NFKC, quotes, dashes and white space dropped, case folded."""
    return unicodedata.normalize("NFKC", name).translate(_DROPPED).casefold()


@lru_cache(maxsize=65536)
def core_name(name: str, place: str = "") -> str:
    """What is left without brackets, legal form and place: 重庆惠科金渝光电科技有限公司 → 惠科金渝光电科技."""
    whole = core = _BRACKET.sub("", normalise_name(name))
    for _ in range(3):
        core = _LEGAL.sub("", core)
    return (core if core == whole else of_china(core)).removeprefix(place)


def of_china(core: str) -> str:
    """云岭网络中国有限公司 is 云岭网络（中国）有限公司: the core without 中国, if the name is long enough for that."""
    return core[:-2] if core.endswith("中国") and len(core) > len("云岭中国") else core


def short_forms(name: str, place: str) -> tuple[str, ...]:
    """Short names for a full name: its core, the core without trade words, either with 集团 or 股份 behind.

    What is nothing but a trade (钢铁) is short for no company.
    """
    if not _LEGAL.search(normalise_name(name)) or name.endswith("分公司"):
        return ()
    core = core_name(name, place)
    bare = _TRADE.sub("", core)
    forms = {core, bare, *(bare + tail for tail in ("集团", "股份", "公司", "科技"))} if len(bare) >= 2 else {core}
    forms |= {place + form for form in (core, bare) if place}
    return tuple(
        form for form in sorted(forms - {place, normalise_name(name)}) if len(form) >= 2 and not _TRADE.fullmatch(form)
    )


REASONS = ("same core", "core followed by trade words", "core without trade words", "abbreviation")
"""Best first."""


def same_organisation(short: str, long: str, short_place: str, long_place: str, *, coined: bool = True) -> str | None:
    """Why the shorter name may stand for the longer one within one text; None where nothing says so.

    The places are those that the names start with, as written (重庆, 重庆市); a short name with a place is not short
    for a name without one. A name in full legal form is never short for another: it names a subsidiary or a parent;
    nor does a group's name stand for its company in some place (格力电器(重庆)有限公司). `coined`: no table has the
    short name, so it may be short for anything.
    """
    if short_place and _is_local(short, long, short_place):
        return "same core"
    if _is_branch(normalise_name(short), normalise_name(long), normalise_name(short_place)):
        return "same core"
    if coined and _is_place_and_trade(short, long, long_place):
        return "abbreviation"
    if re.fullmatch(re.escape(normalise_name(short)) + "[ab]", normalise_name(long)):
        return "same core"  # 云岭股份A, as the exchange lists it
    if coined and _is_national(normalise_name(short), normalise_name(long)):
        return "abbreviation"
    if short_place and not ((short_place.startswith(long_place) and long_place) or long_place.startswith(short_place)):
        return None
    if long_place and not short_place and not _LEGAL.search(normalise_name(long)):
        return None
    full = normalise_name(short).endswith(("有限公司", "有限责任公司"))
    brackets = _bracketed(short), _bracketed(long)
    whole = coined and brackets == ("", "(中国)")
    if (full and short_place != long_place) or (brackets[0] != brackets[1] and not whole):
        return None
    if _parent_and_listed(normalise_name(short), normalise_name(long)) or _registered_apart(short, long):
        return None
    one, other = core_name(short, short_place), core_name(long, long_place)
    if len(one) < 2:
        return None
    if one == other:
        return "same core"
    if full:
        return None
    if other.startswith(one) and _TRADE.fullmatch(other[len(one) :]) and (_is_group(long) or not _is_group(short)):
        return "core followed by trade words"
    if short.endswith("分公司") and long.endswith("分公司"):
        return shortened(normalise_name(short), normalise_name(long))
    if coined and one in other and _is_group(short) and _is_group(long):
        return "abbreviation"
    if one in other:
        return None
    trade = _TRADE.sub("", one)
    if len(one) > 2 and trade and trade == _TRADE.sub("", other):
        return shortened(one, other) or ("abbreviation" if _in_order(one, other) else None)
    return "abbreviation" if _abbreviates(normalise_name(short), normalise_name(long), other) else None


def _is_local(short: str, long: str, place: str) -> bool:
    """甘肃移动 is 中国移动甘肃公司."""
    brand = normalise_name(short).removeprefix(place)
    if not 2 <= len(brand) <= 4 or brand.endswith(("银行", "公司", "集团")):
        return False
    plain = re.escape(place.removesuffix("省").removesuffix("市"))
    return bool(re.search(f"^(?:中国)?{re.escape(brand)}.*{plain}[省市]?[)）]?.*公司$", normalise_name(long)))


def _is_place_and_trade(short: str, long: str, place: str) -> bool:
    """青啤 for 青岛啤酒: the first character of each."""
    core = core_name(long, place)
    return len(short) == 2 and len(place) == 2 and short == place[0] + core[:1] and _TRADE.fullmatch(core) is not None


def _is_branch(short: str, long: str, place: str) -> bool:
    """江城公司 is 云岭啤酒（江城）有限公司, 青河啤酒公司 is 某集团股份有限公司青河啤酒分公司."""
    if short == f"{place}公司":
        return bool(place) and f"({place})" in long
    behind = long.rpartition("有限公司")[2]
    return (
        behind.endswith("分公司")
        and len(behind) > 6
        and _FORM.sub("", behind).removesuffix("分") == _FORM.sub("", short)
    )


def _is_group(name: str) -> bool:
    return bool(re.search("^[^与和及、]+集团(?:股份)?(?:有限)?(?:公司)?$", normalise_name(name)))


def _is_national(short: str, long: str) -> bool:
    """中铝 for 中国铝业, 中交 for 中国交通建设: the first character of what 中国 does."""
    return len(short) == 2 and short[0] == "中" and long.startswith("中国" + short[1])


def _registered_apart(short: str, long: str) -> bool:
    """云岭开关有限公司 is a company of 云岭开关集团股份公司."""
    plain = (normalise_name(name).replace("(集团)", "集团").replace("(控股)", "控股") for name in (short, long))
    forms = [_FORM.search(name) for name in plain]
    registered = [found is not None and len(found[0]) > 2 for found in forms]
    groups = [found is not None and "集团" in found[0] for found in forms]
    return groups[0] != groups[1] and all(registered)


def _parent_and_listed(one: str, other: str) -> bool:
    """鞍钢股份 is what 鞍钢集团 has listed, not the group itself or 鞍钢矿业公司."""
    pair = (one, other) if one.endswith("股份") else (other, one)
    return pair[0].endswith("股份") and pair[1].endswith(("集团", "公司")) and "股份" not in pair[1]


def shortened(short: str, long: str) -> str | None:
    """旭硝子玻璃基板项目 for 旭硝子第8.5代玻璃基板项目: the same beginning and end, with words left out between."""
    alike = short[:2] == long[:2] and short[-2:] == long[-2:] and 4 <= len(short) < len(long)
    return "abbreviation" if alike and _in_order(short, long) and not numbers_in(short) - numbers_in(long) else None


def numbers_in(name: str) -> set[str]:
    """Figures of a name, and of which phase it is: what two names of one thing agree in."""
    return set(re.findall(r"\d+(?:\.\d+)?|[一二三四五六七八九十](?=期)", name))


def _bracketed(name: str) -> str:
    """A place in brackets; （集团） and the like do not count."""
    found = _BRACKET.search(normalise_name(name))
    return found[0] if found and "集团" not in found[0] and "控股" not in found[0] else ""


def same_body(short: str, long: str) -> str | None:
    """Party and state bodies: 黄石市政府 is 黄石市人民政府, 黄石市委 is 中共黄石市委."""
    return "same body" if _plain_body(short) == _plain_body(long) else None


def _plain_body(name: str) -> str:
    plain = normalise_name(name).removeprefix("中共").removeprefix("中国共产党")
    return plain.replace("人民政府", "政府").replace("管理委员会", "管委会").replace("委员会", "委")


def _abbreviates(short: str, long: str, core: str) -> bool:
    """Characters of the long name in order, beginning with its first or its core's first: 中石油, 重理工, 中设集团."""
    stem = re.sub("(?:集团|股份|公司)$", "", short)
    if not 2 <= len(stem) <= 5 or (len(stem) == 2 and stem == short) or len(long) <= len(stem):
        return False
    return any(_in_order(stem, whole) for whole in (long, core) if whole.startswith(stem[0]))


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(ch in rest for ch in short)
