"""From files to a folder: what a build writes, what it says, and what bad input cannot do to it."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Store

from kg import resources
from kg.build import build_files
from kg.cli import cli
from kg.iris import NAMESPACES
from kg.store import open_store

EXAMPLE = resources.path("examples")
ARTICLE = "云岭重工落户余杭\n日期：2021-04-29\n\n云岭重工集团有限公司与余杭区签署合作协议。\n"
FILES = ("graph.ttl", "graph.html", "report.json")


def _build(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["build", *map(str, arguments)])


def _report(out: Path) -> dict[str, list[dict[str, object]]]:
    return json.loads((out / "report.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("example")
    build_files([], out=out, progress=False)
    return out


@pytest.fixture(scope="module")
def store(example: Path) -> Store:
    return open_store(example / "graph.ttl")


def _ask(store: Store, names: str, pattern: str) -> set[tuple[str, ...]]:
    rows = store.query(f"SELECT {names} {{ {pattern} }}", prefixes=NAMESPACES)
    return {tuple(term.value for term in row) for row in rows}


def test_example_page_gives_five_articles_and_no_violation(example: Path) -> None:
    report = _report(example)
    assert [one["status"] for one in report["inputs"]] == ["ok"]
    assert [one["articles"] for one in report["inputs"]] == [5]
    assert "violations" not in report


def test_example_page_names_the_leaders_of_the_ranking(store: Store) -> None:
    found = _ask(
        store,
        "?n ?name",
        "?st kg:position ?n ; rdf:predicate kg:ranked ; rdf:subject/skos:prefLabel ?name ; "
        "rdf:object/skos:prefLabel '重庆企业知识产权百强榜'@zh "
        "FILTER NOT EXISTS { ?st kg:metric ?m } FILTER EXISTS { ?st rdf:subject/rdf:type kg:Company }",
    )
    assert found == {
        ("1", "重庆长安汽车股份有限公司"),
        ("2", "重庆惠科金渝光电科技有限公司"),
        ("3", "国网重庆市电力公司"),
    }


def test_example_page_says_what_the_bond_pays_for(store: Store) -> None:
    found = _ask(
        store,
        "?amount ?modality",
        "?st rdf:predicate kg:fundedBy ; kg:amount ?amount ; kg:modality ?modality ; "
        "rdf:subject/skos:prefLabel '梁平区新型城镇化建设示范项目'@zh ; rdf:object/rdf:type kg:FinancialInstrument",
    )
    assert found == {("850000000", "planned")}


def test_example_page_says_who_signed_with_the_district(store: Store) -> None:
    found = _ask(
        store, "?name", "?party kg:signedWith ?place . ?party skos:prefLabel ?name . ?place kg:adcode '500113'"
    )
    assert found == {("惠科股份有限公司",), ("宗申集团",)}
    amounts = _ask(
        store, "?amount ?about", "?st rdf:predicate kg:signedWith ; kg:amount ?amount ; kg:about/skos:prefLabel ?about"
    )
    assert amounts == {("5000000000", "惠科显示模组项目")}


def test_every_quote_is_its_slice_of_the_article(store: Store) -> None:
    rows = _ask(
        store,
        "?body ?start ?end ?quote",
        "?e oa:hasSource/schema:articleBody ?body ; oa:hasSelector ?place, ?words . "
        "?place oa:start ?start ; oa:end ?end . ?words oa:exact ?quote",
    )
    assert len(rows) > 50
    for body, start, end, quote in rows:
        assert body[int(start) : int(end)] == quote


def test_districts_stand_in_the_provinces_that_the_gazetteer_gives(store: Store) -> None:
    found = _ask(store, "?code ?name", "?place kg:locatedIn ?city ; kg:adcode ?code . ?city skos:prefLabel ?name")
    assert {("500113", "重庆市"), ("500155", "重庆市"), ("500241", "重庆市")} <= found


def _run(arguments: Sequence[object], seed: str) -> None:
    command = [sys.executable, "-m", "kg", "build", *map(str, arguments)]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run(command, env=environment, cwd=resources.path("."), check=True, capture_output=True)


def test_same_bytes_whatever_the_hash_seed_and_the_order_of_inputs(tmp_path: Path) -> None:
    pages = []
    for number in range(3):
        page = tmp_path / f"{number}.txt"
        page.write_text(ARTICLE.replace("云岭重工", f"云岭{number}号重工"), encoding="utf-8")
        pages.append(page)
    shuffled = random.Random(7).sample(pages, len(pages))
    _run([*pages, EXAMPLE, "--out", tmp_path / "one"], "1")
    _run([EXAMPLE, *shuffled, "--out", tmp_path / "two"], "2")
    for name in ("graph.ttl", "graph.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    one, two = _report(tmp_path / "one"), _report(tmp_path / "two")
    one.pop("seconds"), two.pop("seconds")
    assert one == two


def _bad_inputs(folder: Path) -> dict[str, Path]:
    paths = {name: folder / f"{name}.txt" for name in ("missing", "empty", "blank", "binary", "huge", "words")}
    paths["empty"].write_bytes(b"")
    paths["blank"].write_text(" \n\t\n", encoding="utf-8")
    paths["binary"].write_bytes(bytes(range(256)) * 40)
    with paths["huge"].open("wb") as file:
        file.truncate(100_000_000)
    paths["words"].write_text("12\n3\n", encoding="utf-8")
    return paths


EXPECTED = [
    ("missing", "failed", "no such file"),
    ("empty", "empty", "no article"),
    ("blank", "empty", "no article"),
    ("binary", "failed", ""),
    ("huge", "failed", "32,000,000 bytes; split"),
    ("words", "empty", "no article"),
]


def test_bad_inputs_are_told_one_by_one_and_the_rest_is_built(tmp_path: Path) -> None:
    paths = _bad_inputs(tmp_path)
    good = tmp_path / "good.txt"
    good.write_text(ARTICLE, encoding="utf-8")
    result = _build(*paths.values(), good, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    report = {Path(str(one["path"])).stem: one for one in _report(tmp_path / "out")["inputs"]}
    assert report["good"]["status"] == "ok"
    for name, status, words in EXPECTED:
        assert report[name]["status"] == status
        assert words in str(report[name]["error"])
        assert (str(paths[name]) in result.output) is (status == "failed")
    assert "signedWith" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")


def test_a_hundred_megabytes_of_text_in_one_line_are_refused(tmp_path: Path) -> None:
    page = tmp_path / "line.txt"
    with page.open("w", encoding="utf-8") as file:
        for _ in range(100):
            file.write("云岭" * 170_000)
    result = _build(page, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "split it" in result.output


def test_a_second_copy_adds_nothing(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    result = _build(tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert [one["status"] for one in _report(tmp_path / "out")["inputs"]] == ["ok", "duplicate"]
    assert (tmp_path / "out/graph.ttl").read_text(encoding="utf-8").count("a schema:NewsArticle") == 1


def test_inputs_without_any_fact_still_give_a_graph_and_a_page(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = _build(tmp_path / "empty.txt", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert all((tmp_path / "out" / name).exists() for name in FILES)


def test_an_output_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    result = _build("--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "--out" in result.output
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_wrong_usage_is_status_two() -> None:
    assert _build("--date", "yesterday").exit_code == 2
    assert _build("--nonsense").exit_code == 2
    assert _build("--min-confidence", "7").exit_code == 2


def test_a_full_disk_leaves_the_last_good_files(tmp_path: Path) -> None:
    page, out = tmp_path / "page.txt", tmp_path / "out"
    page.write_text(ARTICLE, encoding="utf-8")
    assert _build(page, "--out", out).exit_code == 0
    before = {name: (out / name).read_bytes() for name in FILES}
    page.write_text(ARTICLE.replace("余杭", "萧山"), encoding="utf-8")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    command = [sys.executable, "-B", "-m", "kg", "build", str(page), "--out", str(out)]
    done = subprocess.run(
        command, cwd=resources.path("."), capture_output=True, text=True, preexec_fn=limit, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name for path in out.iterdir()} == set(FILES)
    assert {name: (out / name).read_bytes() for name in FILES} == before


def test_odd_characters_break_neither_offsets_nor_turtle(tmp_path: Path) -> None:
    odd = "云\u200b岭重工\u202e集团有限公司\ue000与余\ufeff杭区签署\u2028合作协议\x00。“<b>\\'\"”"
    page = tmp_path / "odd.txt"
    page.write_bytes(
        ARTICLE.encode() + odd.encode("utf-8", "surrogatepass") + "\ud800".encode("utf-8", "surrogatepass")
    )
    result = _build(page, "--out", tmp_path / "out")
    assert "Traceback" not in result.output
    page.write_text(ARTICLE + odd, encoding="utf-8")
    assert _build(page, "--out", tmp_path / "out").exit_code == 0
    open_store(tmp_path / "out/graph.ttl")


def test_less_sure_facts_can_be_left_out(tmp_path: Path, example: Path) -> None:
    build_files([], out=tmp_path, min_confidence=0.9, progress=False)
    assert 0 < (tmp_path / "graph.ttl").stat().st_size < (example / "graph.ttl").stat().st_size


def test_a_publisher_sets_the_base_of_its_own_names(tmp_path: Path) -> None:
    build_files([], out=tmp_path, base_iri="https://news.example.cn/id/", progress=False)
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert "<https://news.example.cn/id/" in text
    assert "https://example.org/kg/id/" not in text
    assert "https://example.org/kg/ontology#" in text


def test_standard_input_is_read(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "build", "-", "--out", str(tmp_path)]
    subprocess.run(command, input=ARTICLE.encode(), cwd=resources.path("."), check=True, capture_output=True)
    assert [one["path"] for one in _report(tmp_path)["inputs"]] == ["-"]


def test_build_graph_py_is_the_same_command() -> None:
    script = resources.path("build_graph.py")
    done = subprocess.run([sys.executable, str(script), "--help"], capture_output=True, text=True, check=True)
    assert "--min-confidence" in done.stdout
