"""Names that may and may not stand for one another, false friends beside true ones."""

from __future__ import annotations

import pytest

from kg.compare import core_name, same_body, same_organisation, short_forms

CASES = [
    # short name, long name, their places, whether it may stand for it, why
    ("惠科", "惠科股份有限公司", "", "", True, "core and legal form"),
    ("长安汽车", "重庆长安汽车股份有限公司", "", "重庆", True, "without place and legal form"),
    ("惠科金渝光电", "重庆惠科金渝光电科技有限公司", "", "重庆", True, "without its trade word"),
    ("中石油", "中国石油天然气集团公司", "", "", True, "characters in order"),
    ("惠科", "重庆惠科金渝光电科技有限公司", "", "重庆", False, "a subsidiary has a name of its own"),
    ("格力电器", "格力电器(重庆)有限公司", "", "", False, "the company of one place is not the group"),
    ("中石油昆仑燃气有限公司", "抚顺中石油昆仑燃气有限公司", "", "抚顺", False, "a full name is short for nothing"),
    ("合肥三洋", "三洋电机国际贸易有限公司", "合肥", "", False, "another place"),
    ("中国移动", "中国移动甘肃公司", "", "", False, "a branch"),
    ("重庆银行", "成都银行", "重庆", "成都", False, "two places"),
]


@pytest.mark.parametrize(
    ("short", "long", "place", "long_place", "same", "why"), CASES, ids=[c[0] + "/" + c[1] for c in CASES]
)
def test_short_names_stand_for_long_ones_only_with_a_reason(
    short: str, long: str, place: str, long_place: str, same: bool, why: str
) -> None:
    assert (same_organisation(short, long, place, long_place) is not None) is same, why


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("黄石市政府", "黄石市人民政府", True),
        ("黄石市委", "中共黄石市委", True),
        ("黄石市委", "黄石市政府", False),
        ("商务部", "商务部反垄断局", False),
    ],
)
def test_party_and_state_bodies(one: str, other: str, same: bool) -> None:
    assert (same_body(one, other) is not None) is same


def test_core_names_drop_place_brackets_and_legal_form() -> None:
    assert core_name("重庆机电控股（集团）公司", "重庆") == "机电"
    assert core_name("重庆惠科金渝光电科技有限公司", "重庆") == "惠科金渝光电科技"


def test_only_full_names_have_short_forms() -> None:
    assert "惠科" in short_forms("惠科股份有限公司", "")
    assert short_forms("惠科", "") == ()
