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
    ("松岭环境", "北京松岭时代环境技术股份有限公司", "", "北京", True, "in order, with a trade left out"),
    ("松设集团", "松设设计集团股份有限公司", "", "", True, "one group, its trade left out"),
    ("松岭集团", "中国云电松岭电力集团", "", "中国", True, "the group without whose it is"),
    ("松岭股份", "松岭矿业公司", "", "", False, "what is listed has 股份 in its full name"),
    ("松岭集团", "云电与松岭电力集团", "", "", False, "two groups"),
    ("青海移动", "中国移动青海公司", "青海", "", True, "the company of one place, said the other way round"),
    ("青海银行", "中国银行青海分公司", "青海", "", False, "a bank of its own"),
    ("松岭云海", "松岭云海网络中国有限公司", "", "", True, "中国 before the legal form is as in brackets"),
    ("中铝", "中国铝业", "", "中国", True, "the first character of what 中国 does"),
    ("中铝", "中国建材", "", "中国", False, "another trade"),
    ("松岭星辉青海分公司", "松岭星辉能源集团青海分公司", "", "", True, "a branch with words left out"),
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
    assert short_forms("云岭能源集团青海分公司", "") == ()


def test_a_trade_alone_is_short_for_no_company() -> None:
    assert "钢铁" not in short_forms("日照钢铁集团有限公司", "日照")
    assert "日照钢铁" in short_forms("日照钢铁集团有限公司", "日照")
