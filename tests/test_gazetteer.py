"""Known names: what the tables hold, what is found, and which of several districts of one name is meant."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import resources
from kg.errors import GazetteerError
from kg.gazetteer import Gazetteer, load_endings, load_gazetteer
from kg.ontology import load_ontology

FOLDER = resources.path("ontology/gazetteer")
GAZETTEER = load_gazetteer(FOLDER)
ENDINGS = load_endings(FOLDER)
DISTRICTS = [entry for entry in GAZETTEER.entries if entry.cls == "District"]
TODAY = [entry for entry in DISTRICTS if not entry.former]


def names(text: str) -> list[str]:
    return [match.name for match in GAZETTEER.find(text)]


def paths(text: str) -> list[str]:
    return [entry.path or entry.name for match in GAZETTEER.find(text) for entry in match.entries]


# What the tables hold


def test_codes_have_six_digits_and_are_unique() -> None:
    codes = [entry.code or "" for entry in TODAY]
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(set(codes)) == len(codes)


def test_every_parent_is_a_district_whose_code_begins_alike() -> None:
    for entry in DISTRICTS:
        assert entry.parent is None or GAZETTEER.district(entry.parent).code == entry.parent
        assert entry.parent is None or entry.former or entry.parent[:2] == (entry.code or "")[:2]


def test_there_are_34_provinces_and_all_but_two_have_divisions() -> None:
    provinces = {entry.code for entry in TODAY if entry.parent is None}
    childless = provinces - {entry.parent for entry in TODAY}
    assert len(provinces) == 34
    assert {GAZETTEER.district(code or "").name for code in childless} == {"台湾省", "澳门特别行政区"}


def test_paths_tell_all_districts_apart() -> None:
    every = [entry.path for entry in TODAY]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize(
    ("name", "path", "code"),
    [
        ("巴南", "重庆市/巴南区", "500113"),
        ("秀山县", "重庆市/秀山土家族苗族自治县", "500241"),
        ("忠县", "重庆市/忠县", "500233"),
        ("新疆", "新疆维吾尔自治区", "650000"),
        ("内蒙古", "内蒙古自治区", "150000"),
        ("延边州", "吉林省/延边朝鲜族自治州", "222400"),
        ("浦东", "上海市/浦东新区", "310115"),
        ("昆山", "江苏省/苏州市/昆山市", "320583"),
        ("仙桃市", "湖北省/仙桃市", "429004"),
        ("神农架", "湖北省/神农架林区", "429021"),
        ("石河子", "新疆维吾尔自治区/石河子市", "659001"),
        ("东莞", "广东省/东莞市", "441900"),
        ("香港", "香港特别行政区", "810000"),
        ("深水埗区", "香港特别行政区/深水埗区", "810006"),
        ("龙胜县", "广西壮族自治区/桂林市/龙胜各族自治县", "450328"),
        ("梅里斯区", "黑龙江省/齐齐哈尔市/梅里斯达斡尔族区", "230208"),
        ("长沙", "湖南省/长沙市", "430100"),
        ("西安", "陕西省/西安市", "610100"),
        ("海南", "海南省", "460000"),
        ("河南", "河南省", "410000"),
    ],
)
def test_a_name_stands_for_one_district(name: str, path: str, code: str) -> None:
    (entry,) = GAZETTEER.lookup(name)
    assert (entry.path, entry.code) == (path, code)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("静海县", "天津市/静海县"),
        ("梁平县", "重庆市/梁平县"),
        ("巴县", "重庆市/巴县"),
        ("崇文区", "北京市/崇文区"),
        ("襄樊市", "湖北省/襄樊市"),
        ("绍兴县", "浙江省/绍兴市/绍兴县"),
    ],
)
def test_former_districts_are_known_under_the_names_they_had(name: str, path: str) -> None:
    (entry,) = GAZETTEER.lookup(name)
    assert entry.path == path
    assert entry.former


def test_short_names_of_former_districts_never_hide_those_of_today() -> None:
    of_today = {name for entry in TODAY for name in entry.names}
    for entry in DISTRICTS:
        assert not entry.former or not of_today & set(entry.names[1:])


@pytest.mark.parametrize(
    ("name", "cls", "full"),
    [
        ("雄安新区", "Zone", "雄安新区"),
        ("两江新区", "Zone", "两江新区"),
        ("成渝双城经济圈", "Zone", "成渝地区双城经济圈"),
        ("长三角", "Zone", "长三角"),
        ("重庆高新区", "Zone", "重庆高新技术产业开发区"),
        ("上海自贸区", "Zone", "中国（上海）自由贸易试验区"),
        ("东南亚", "Place", "东南亚"),
        ("印尼", "Place", "印度尼西亚"),
        ("国家发展改革委", "GovernmentBody", "国家发展和改革委员会"),
        ("国家知识产权局", "GovernmentBody", "国家知识产权局"),
        ("上交所", "Organisation", "上海证券交易所"),
        ("中科院", "ResearchInstitution", "中国科学院"),
        ("重庆邮电大学", "University", "重庆邮电大学"),
        ("新华社", "MediaOutlet", "新华通讯社"),
        ("华为", "Company", "华为技术有限公司"),
        ("长安汽车", "Company", "重庆长安汽车股份有限公司"),
        ("工商银行", "Company", "中国工商银行股份有限公司"),
        ("新能源汽车", "Industry", "新能源汽车产业"),
        ("通用设备制造业", "Industry", "通用设备制造业"),
    ],
)
def test_things_known_everywhere_have_class_and_full_name(name: str, cls: str, full: str) -> None:
    (entry,) = GAZETTEER.lookup(name)
    assert (entry.cls, entry.name) == (cls, full)


def test_no_name_belongs_to_two_organisations() -> None:
    ontology = load_ontology()
    organisations = [entry for entry in GAZETTEER.entries if ontology.is_a(entry.cls, "Organisation")]
    every = [name for entry in organisations for name in entry.names]
    assert len(set(every)) == len(every)


def test_names_hold_no_marks_that_part_names() -> None:
    assert [name for entry in GAZETTEER.entries for name in entry.names if set(name) & set(" ,;!?，；！？。=/")] == []


def test_provinces_are_not_found_by_their_one_character_names() -> None:
    assert names("渝企入川，粤商赴渝") == []
    assert all(len(name) > 1 for entry in GAZETTEER.entries for name in entry.names)


# What is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("重庆市巴南区", ["重庆市", "巴南区"]),
        ("天津静海县", ["天津", "静海县"]),
        ("重庆两江新区", ["重庆两江新区"]),
        ("内蒙古自治区", ["内蒙古自治区"]),
        ("吉林省吉林市", ["吉林省", "吉林市"]),
        ("重庆大学位于重庆", ["重庆大学", "重庆"]),
        ("西部(重庆)科学城", ["西部（重庆）科学城"]),
        ("西部（重庆）科学城", ["西部（重庆）科学城"]),
        ("ＴＣＬ华星", ["TCL华星"]),
        ("", []),
        ("今天天气好", []),
    ],
)
def test_the_longest_names_are_found_from_the_left(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("重庆市场", ["重庆"]),
        ("重庆市民", ["重庆"]),
        ("重庆市委", ["重庆市"]),
        ("巴南区域", ["巴南"]),
        ("巴南区委", ["巴南区"]),
        ("云阳县城", ["云阳"]),
        ("忠县县城", ["忠县"]),
        ("忠县城", ["忠县"]),
        ("河北省会", ["河北"]),
        ("财政部门", []),
        ("财政部", ["财政部"]),
        ("重庆市", ["重庆市"]),
    ],
)
def test_a_generic_that_begins_another_word_is_no_part_of_the_name(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_districts_of_one_name_are_all_given_in_the_order_of_their_codes() -> None:
    assert paths("鼓楼区") == [
        "江苏省/南京市/鼓楼区",
        "江苏省/徐州市/鼓楼区",
        "福建省/福州市/鼓楼区",
        "河南省/开封市/鼓楼区",
    ]
    assert paths("江北区") == ["浙江省/宁波市/江北区", "重庆市/江北区"]


def test_a_former_district_comes_behind_those_of_today() -> None:
    assert paths("双桥区") == ["河北省/承德市/双桥区", "重庆市/双桥区"]


@pytest.mark.parametrize("name", ["合作", "资源", "公安", "东方", "和平", "城区", "合作市", "互助", "苹果", "小米"])
def test_ordinary_words_are_marked(name: str) -> None:
    entries = GAZETTEER.lookup(name)
    assert entries
    assert all(name in entry.common for entry in entries)


@pytest.mark.parametrize("name", ["重庆", "巴南", "秀山", "璧山", "梁平", "合作区", "公安县", "华为", "比亚迪"])
def test_clear_names_are_not_marked(name: str) -> None:
    assert not any(name in entry.common for entry in GAZETTEER.lookup(name))


@given(st.text(alphabet="重庆市巴南区江北合作（()）𠀀é\ud800\n 场", max_size=40))
def test_spans_hold_the_name_and_do_not_overlap(text: str) -> None:
    end = 0
    for match in GAZETTEER.find(text):
        assert end <= match.span.start < match.span.end <= len(text)
        end = match.span.end
        written = text[match.span.start : match.span.end]
        assert match.entries == GAZETTEER.lookup(written)
        assert GAZETTEER.lookup(match.name) == match.entries


# Which one is meant


@pytest.mark.parametrize(
    ("name", "context", "path", "why"),
    [
        ("江北区", ("500000",), "重庆市/江北区", "its province is named"),
        ("江北区", ("500113",), "重庆市/江北区", "a neighbour is named"),
        ("江北区", ("330200", "500000"), "浙江省/宁波市/江北区", "the first of the context is the weightiest"),
        ("鼓楼区", ("320100",), "江苏省/南京市/鼓楼区", "its city is named"),
        ("鼓楼区", ("320000",), None, "two lie in that province"),
        ("鼓楼区", ("320000", "320300"), "江苏省/徐州市/鼓楼区", "narrowed to the province, then to the city"),
        ("鼓楼区", ("350102",), "福建省/福州市/鼓楼区", "it is named itself"),
        ("鼓楼区", ("350203",), "福建省/福州市/鼓楼区", "the only one of that province"),
        ("鼓楼区", (), None, "nothing decides"),
        ("鼓楼区", ("000000",), None, "unknown codes say nothing"),
        ("朝阳", (), None, "a district and a city, neither in full"),
        ("朝阳", ("110000",), "北京市/朝阳区", "Beijing is named"),
        ("朝阳市", (), "辽宁省/朝阳市", "there is one"),
        ("双桥区", (), "河北省/承德市/双桥区", "the other is no more"),
        ("双桥区", ("500000",), "重庆市/双桥区", "the former one where its city is named"),
        ("北京", (), "北京市", "there is one"),
    ],
)
def test_homonyms_are_told_apart_by_context(name: str, context: tuple[str, ...], path: str | None, why: str) -> None:
    chosen = GAZETTEER.choose_district(GAZETTEER.lookup(name), context)
    assert (chosen.path if chosen else None) == path, why


def test_a_prefecture_beats_counties_only_by_its_full_name() -> None:
    both = (*GAZETTEER.lookup("朝阳市"), *GAZETTEER.lookup("朝阳区"))
    assert GAZETTEER.choose_district(both, (), name="朝阳") is None
    chosen = GAZETTEER.choose_district(both, (), name="朝阳市")
    assert chosen is not None
    assert chosen.code == "211300"


def test_no_district_is_chosen_from_other_things() -> None:
    assert GAZETTEER.choose_district(GAZETTEER.lookup("华为"), ("440300",)) is None
    assert GAZETTEER.choose_district((), ()) is None


def test_ancestors_go_up_to_the_province() -> None:
    (kunshan,) = GAZETTEER.lookup("昆山市")
    assert [entry.name for entry in GAZETTEER.ancestors(kunshan)] == ["苏州市", "江苏省"]
    (zone,) = GAZETTEER.lookup("苏州工业园区")
    assert [entry.name for entry in GAZETTEER.ancestors(zone)] == ["苏州市", "江苏省"]


def test_within_is_said_of_a_district_and_all_it_lies_in() -> None:
    assert GAZETTEER.within("320583", "320000")
    assert GAZETTEER.within("320583", "320583")
    assert not GAZETTEER.within("320000", "320583")
    assert not GAZETTEER.within("500113", "320000")


def test_an_unknown_code_is_named_in_the_error() -> None:
    with pytest.raises(GazetteerError, match="999999"):
        GAZETTEER.district("999999")


# Endings


@pytest.mark.parametrize(
    ("name", "cls"),
    [
        ("某某股份有限公司", "Company"),
        ("重庆市商务委员会", "GovernmentBody"),
        ("某区招商投资局", "GovernmentBody"),
        ("某某管理委员会", "GovernmentBody"),
        ("某某大学", "University"),
        ("某某研究院", "ResearchInstitution"),
        ("某某日报", "MediaOutlet"),
        ("某某科技产业园区", "Zone"),
        ("某某生产线", "Project"),
        ("某某建设项目", "Project"),
        ("集中签约仪式", "Event"),
        ("某某博览会", "Event"),
        ("某某企业债券", "FinancialInstrument"),
        ("某某实施方案", "Document"),
        ("某某企业500强", "Ranking"),
        ("某某行业协会", "Organisation"),
        ("某某合作协议", "Agreement"),
        ("某某设备制造业", "Industry"),
    ],
)
def test_the_longest_ending_tells_the_class(name: str, cls: str) -> None:
    assert next(ending.cls for ending in ENDINGS if name.endswith(ending.text)) == cls


def test_endings_come_longest_first() -> None:
    lengths = [len(ending.text) for ending in ENDINGS]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize("text", ["公司", "中心", "基地", "局", "产业园"])
def test_endings_that_do_not_suffice_are_weak(text: str) -> None:
    assert [ending.weak for ending in ENDINGS if ending.text == text] == [True]


# Wrong tables


def changed(tmp_path: Path, table: str, old: str, new: str) -> Path:
    folder = tmp_path / "gazetteer"
    shutil.copytree(FOLDER, folder)
    text = (folder / table).read_text(encoding="utf-8")
    assert old in text
    (folder / table).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("table", "old", "new", "complaint"),
    [
        ("districts.tsv", "巴南区\t巴南\t500000\t\n", "巴南区\t巴南\t500000\n", "4 columns instead of 5"),
        ("districts.tsv", "500113\t巴南区\t", "500112\t巴南区\t", "code 500112 stands twice"),
        ("districts.tsv", "500113\t巴南区\t", "50011x\t巴南区\t", "no code of six digits"),
        ("districts.tsv", "巴南区\t巴南\t500000", "巴南区\t巴南\t500001", "unknown parent '500001'"),
        ("districts.tsv", "巴南区\t巴南\t500000", "巴南区\t巴南|巴南\t500000", "odd or repeated names"),
        ("districts.tsv", "巴南区\t巴南\t500000\t", "巴南区\t巴南\t500000\tcommon=巴", "marks 巴, which is no name"),
        ("districts.tsv", "巴南区\t巴南\t500000\t", "巴南区\t巴南\t500000\trare", "unknown note 'rare'"),
        ("districts.tsv", "code\tname\tshort", "code\tname\tother", "lacks short"),
        ("former.tsv", "静海县\t\t120118", "静海县\t\t999999", "unknown successor '999999'"),
        ("zones.tsv", "两江新区\t重庆两江新区\tZone", "两江新区\t重庆两江新区\tArea", "unknown class 'Area'"),
        ("zones.tsv", "\n雄安新区\t", "\n两江新区\t", "两江新区 stands twice"),
        ("organisations.tsv", "华为\tCompany\t440300", "华为\tCompany\t999999", "unknown parent '999999'"),
        ("organisations.tsv", "\n华为技术有限公司\t", "\n\t", "the name is missing"),
    ],
)
def test_a_wrong_line_is_named_with_its_file(tmp_path: Path, table: str, old: str, new: str, complaint: str) -> None:
    folder = changed(tmp_path, table, old, new)
    with pytest.raises(GazetteerError) as caught:
        load_gazetteer(folder)
    assert complaint in caught.value.message
    assert caught.value.path == folder / table
    assert caught.value.line is not None
    assert f"{folder / table}:{caught.value.line}: " in str(caught.value)


@pytest.mark.parametrize(
    ("new", "complaint"),
    [
        ("股份有限公司\tFirm\t\n", "unknown class 'Firm'"),
        ("股份有限公司\tCompany\tstrong\n", "unknown note 'strong'"),
        ("有限公司\tCompany\t\n", "有限公司 stands twice"),
    ],
)
def test_a_wrong_ending_is_named_with_its_line(tmp_path: Path, new: str, complaint: str) -> None:
    folder = changed(tmp_path, "endings.tsv", "股份有限公司\tCompany\t\n", new)
    with pytest.raises(GazetteerError, match=complaint) as caught:
        load_endings(folder)
    assert caught.value.line is not None


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"districts\.tsv"):
        load_gazetteer(tmp_path)


def test_two_loads_give_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "gazetteer"
    shutil.copytree(FOLDER, folder)
    again: Gazetteer = load_gazetteer(folder)
    assert again.entries == GAZETTEER.entries
    assert again.find("重庆市巴南区和鼓楼区") == GAZETTEER.find("重庆市巴南区和鼓楼区")
