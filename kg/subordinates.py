"""Whether an organisation whose name begins with that of another one is a part of it: its branch, bureau or plant."""

from __future__ import annotations

import re

from kg.compare import same_organisation
from kg.knowledge import Knowledge
from kg.model import Mention
from kg.words import any_of

TRUSTED = frozenset({"gazetteer", "short name", "body of a district", "capacity behind", "owner in front"})
_BRANCH = re.compile("^[（(]?(?P<place>[\u4e00-\u9fff]{2,6}?)[)）]?(?:分公司|公司|有限公司|有限责任公司|分行|支行)$")
_REGISTERED = re.compile("(?:有限|集团|股份|控股|总)[)）]?公司$")
_UNIT = re.compile(f"(?:{any_of('units of bodies')})$")


def is_subordinate(mention: Mention, head: Mention, cls: str, knowledge: Knowledge) -> bool:
    """Whether a mention of an organisation of this class is a part of the head that its name begins with."""
    rest = mention.text[len(head.text) :]
    if same_organisation(head.text, mention.text, "", "") or _says_how(rest, knowledge):
        return False
    if (cls == "GovernmentBody" and head.cls != "Company") or _is_branch(head, rest, knowledge):
        return True
    trusted = head.found_by in TRUSTED
    if _UNIT.search(rest):
        return trusted or head.cls == "GovernmentBody"
    return (
        (trusted or mention.text.endswith("分公司"))
        and mention.text.endswith("公司")
        and not _REGISTERED.search(mention.text)
    )


def _is_branch(head: Mention, rest: str, knowledge: Knowledge) -> bool:
    """What follows a company's name in that of its branch: 新疆公司, (重庆)有限公司."""
    found = _BRANCH.match(rest)
    if found is None or (rest[0] in "（(" and head.found_by == "short name"):
        return False  # 云岭科技 may be but the short name of 云岭科技(重庆)有限公司
    return knowledge.is_district(found["place"])


def _says_how(rest: str, knowledge: Knowledge) -> bool:
    """Behind a company's name: 下属公司, 参股公司, 两大公司 say what is meant and name nothing."""
    word = rest.removesuffix("公司")
    return word != "中国" and (
        word in knowledge.modifiers or word in knowledge.generic or word.endswith(("大", "参股"))
    )
