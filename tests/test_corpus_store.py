"""`kg build --store`: what a user sees of a corpus that grows, and what is said where it cannot."""

from __future__ import annotations

import json
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from growing.articles import make_file

from kg import resources
from kg.build import build_files
from kg.cli import cli
from kg.corpus.database import NAME
from kg.corpus.session import open_corpus
from kg.errors import GraphError
from kg.store import open_store

ARTICLE = "云岭重工落户余杭\n日期：2021-04-29\n\n云岭重工集团有限公司与余杭区签署合作协议。\n"
OTHER = ARTICLE.replace("余杭", "萧山")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "b.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path, pages: Path) -> Path:
    assert _build(pages, "--store", tmp_path / "store").exit_code == 0
    return tmp_path / "store"


def _build(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["build", "--quiet", *map(str, arguments)])


def _statuses(store: Path) -> dict[str, str]:
    report = json.loads((store / "report.json").read_text(encoding="utf-8"))
    return {Path(one["path"]).name: one["status"] for one in report["inputs"]}


def _signed(store: Path) -> set[str]:
    question = "SELECT DISTINCT ?name { ?party kg:signedWith ?place . ?place a kg:District ; skos:prefLabel ?name }"
    result = CliRunner().invoke(cli, ["query", "-", "--store", str(store), "--format", "csv"], input=question)
    assert result.exit_code == 0, result.output
    return set(result.output.lstrip("\ufeff").split()[1:])


def _fresh(pages: Path, out: Path) -> bytes:
    build_files([pages], out=out, progress=False)
    return (out / "graph.ttl").read_bytes()


def test_known_files_are_not_read_again_changed_ones_replaced_and_those_gone_taken_out(store, pages, tmp_path):
    assert _statuses(store) == {"a.txt": "ok", "b.txt": "ok"}
    assert _signed(store) == {"余杭区", "萧山区"}
    (pages / "a.txt").unlink()
    (pages / "b.txt").write_text(ARTICLE.replace("余杭", "滨江"), encoding="utf-8")
    (pages / "c.txt").write_text(OTHER.replace("云岭", "凌云"), encoding="utf-8")
    assert _build(pages, "--store", store).exit_code == 0
    assert _statuses(store) == {"a.txt": "removed", "b.txt": "ok", "c.txt": "ok"}
    assert _signed(store) == {"滨江区", "萧山区"}
    assert _build(pages, "--store", store, "--out", tmp_path / "out").exit_code == 0
    assert _statuses(tmp_path / "out") == {"b.txt": "known", "c.txt": "known"}
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == _fresh(pages, tmp_path / "fresh")


def test_only_folders_that_are_given_again_lose_files(store, pages, tmp_path):
    (tmp_path / "more.txt").write_text(OTHER.replace("萧山", "临平"), encoding="utf-8")
    (pages / "a.txt").unlink()
    assert _build(tmp_path / "more.txt", "--store", store).exit_code == 0
    assert _signed(store) == {"余杭区", "萧山区", "临平区"}
    assert _build(pages, "--store", store).exit_code == 0
    assert _signed(store) == {"萧山区", "临平区"}


def test_a_file_that_cannot_be_opened_any_more_keeps_its_articles(store, pages):
    (pages / "a.txt").unlink()
    (pages / "a.txt").mkdir()
    result = _build(pages / "a.txt", pages / "b.txt", pages / "nowhere.txt", "--store", store)
    assert result.exit_code == 1
    assert _signed(store) == {"余杭区", "萧山区"}


def test_a_store_without_inputs_exports_what_it_has(store, pages, tmp_path):
    assert _build("--store", store, "--out", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == _fresh(pages, tmp_path / "fresh")
    assert (tmp_path / "out" / "graph.html").exists()


def test_standard_input_adds_to_a_store_and_never_replaces(tmp_path):
    for text in (ARTICLE, OTHER):
        arguments = ["build", "-", "--quiet", "--store", str(tmp_path / "store")]
        assert CliRunner().invoke(cli, arguments, input=text).exit_code == 0
    assert _signed(tmp_path / "store") == {"余杭区", "萧山区"}


def test_what_counts_for_a_store_is_kept_until_it_is_said_anew(store, pages, tmp_path):
    base = "https://news.example.cn/id/"
    assert _build("--store", store, "--base-iri", base).exit_code == 0
    (pages / "c.txt").write_text(OTHER.replace("云岭", "凌云"), encoding="utf-8")
    assert _build(pages, "--store", store, "--out", tmp_path / "out").exit_code == 0
    text = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert base in text and "https://example.org/kg/id/" not in text


def test_a_reprint_is_no_second_witness_and_its_page_is_named(tmp_path):
    (tmp_path / "one.txt").write_text(make_file(28), encoding="utf-8")
    (tmp_path / "two.txt").write_text(make_file(39), encoding="utf-8")
    report = build_files(sorted(tmp_path.glob("*.txt")), out=tmp_path / "out", progress=False)
    assert (report.counts["articles"], report.counts["reprints"]) == (1, 1)
    assert report.violations == ()
    graph = open_store(tmp_path / "out" / "graph.ttl")
    pages = (
        "SELECT ?page { ?article a schema:NewsArticle ; schema:isPartOf ?page . ?old dcterms:isReplacedBy ?article }"
    )
    assert len(list(_query(graph, pages))) == 2
    assert len(list(_query(graph, "SELECT DISTINCT ?a { ?evidence oa:hasSource ?a }"))) == 1


def _query(graph, question: str):
    from kg.iris import NAMESPACES

    return graph.query(question, prefixes=NAMESPACES)


DECISIONS = """
by: 王芳
on: 2026-11-24
wrong:
  - article: 云岭重工落户萧山
    relation: signedWith
    quote: 云岭重工集团有限公司与萧山区签署合作协议
missing:
  - source: https://example.com/report
    subject: 云岭重工集团有限公司
    subject_class: Company
    relation: locatedIn
    object: 浙江省/杭州市/余杭区
    object_class: District
suppress:
  - person: 李晓明
canonical:
  - class: Company
    name: 没有这家公司
    canonical: 没有这家有限公司
"""


def test_decisions_count_in_a_store_that_grows_as_in_a_build_at_one_go(store, pages, tmp_path):
    (tmp_path / "decisions.yaml").write_text(DECISIONS, encoding="utf-8")
    person = "云岭重工换帅\n日期：2021-05-02\n\n云岭重工集团有限公司董事长李晓明在余杭区表示，公司将扩大投资。\n"
    result = _build(pages, "--store", store, "--curation", tmp_path / "decisions.yaml")
    assert result.exit_code == 0, result.output
    assert "没有这家公司" in result.output and "李晓明" not in result.output
    assert _signed(store) == {"余杭区"}
    (pages / "c.txt").write_text(person, encoding="utf-8")
    result = _build(pages, "--store", store, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    grown = (tmp_path / "out" / "graph.ttl").read_bytes()
    report = build_files([pages], out=tmp_path / "fresh", curation=tmp_path / "decisions.yaml", progress=False)
    assert grown == (tmp_path / "fresh" / "graph.ttl").read_bytes()
    text = grown.decode()
    assert report.violations == ()
    assert "李晓明" not in text and "○○○" in text
    assert "王芳" in text and "https://example.com/report" in text
    (pages / "c.txt").unlink()
    (tmp_path / "decisions.yaml").write_text("", encoding="utf-8")
    assert _build(pages, "--store", store, "--out", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == _fresh(pages, tmp_path / "plain")


def test_wrong_decisions_are_told_before_anything_is_written(pages, tmp_path):
    (tmp_path / "decisions.yaml").write_text("same:\n  - class: Company\n    names: [云岭重工]\n", encoding="utf-8")
    result = _build(pages, "--store", tmp_path / "new", "--curation", tmp_path / "decisions.yaml")
    assert result.exit_code == 1
    assert "decisions.yaml:3" in result.output
    assert not (tmp_path / "new").exists()


def test_readers_keep_what_they_opened_and_see_only_what_is_finished(store, pages):
    before = open_store(store)
    count = len(before)
    (pages / "c.txt").write_text(OTHER.replace("云岭", "凌云"), encoding="utf-8")
    assert _build(pages, "--store", store).exit_code == 0
    (pages / "d.txt").write_text(OTHER.replace("云岭", "青禾"), encoding="utf-8")
    assert _build(pages, "--store", store).exit_code == 0
    assert len(before) == count
    assert len(open_store(store)) > count


def test_a_second_writer_is_told_of_the_first(store, pages):
    with open_corpus(store):
        code = "import sys; from kg.cli import main; main(sys.argv[1:])"
        command = [sys.executable, "-c", code, "build", str(pages), "--store", str(store)]
        done = subprocess.run(command, cwd=resources.path("."), capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "is being written by another process" in done.stderr
        assert _signed(store) == {"余杭区", "萧山区"}


def test_a_store_of_another_version_is_told(store):
    with sqlite3.connect(store / NAME) as db:
        db.execute("PRAGMA user_version = 99")
    result = _build("--store", store)
    assert result.exit_code == 1
    assert "another version" in result.output and "--store NEW" in result.output


def test_a_damaged_database_is_told_and_the_last_graph_can_still_be_asked(store):
    (store / NAME).write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    for name in (f"{NAME}-wal", f"{NAME}-shm"):
        (store / name).unlink(missing_ok=True)
    result = _build("--store", store)
    assert result.exit_code == 1
    assert "is damaged" in result.output and "backup" in result.output
    assert "Traceback" not in result.output
    assert _signed(store) == {"余杭区", "萧山区"}


@pytest.mark.parametrize("part", ["rdf-*", "graph-[0-9]"])
def test_a_damaged_or_lost_graph_is_made_anew_from_the_tables(store, part):
    (folder,) = store.glob(part)
    for path in folder.glob("*"):
        path.unlink()
        path.write_bytes(b"\xff" * 100)
    assert _build("--store", store).exit_code == 0
    assert _signed(store) == {"余杭区", "萧山区"}
    shutil.rmtree(next(store.glob(part)))
    assert _build("--store", store).exit_code == 0
    assert _signed(store) == {"余杭区", "萧山区"}


def test_a_folder_with_other_things_is_no_store(pages):
    result = _build(pages, "--store", pages)
    assert result.exit_code == 1
    assert "holds other things (a.txt)" in result.output
    assert sorted(path.name for path in pages.iterdir()) == ["a.txt", "b.txt"]
    with pytest.raises(GraphError, match="no store"):
        open_store(pages)


def test_a_store_that_was_never_finished_says_what_to_do(tmp_path):
    with open_corpus(tmp_path / "store"):
        pass
    with pytest.raises(GraphError, match="holds no graph yet"):
        open_store(tmp_path / "store")


def test_a_full_disk_is_told_and_nothing_is_lost(store, pages):
    for number in range(40):
        (pages / f"{number}.txt").write_text(make_file(number), encoding="utf-8")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    code = "import sys; from kg.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-B", "-c", code, "build", str(pages), "--store", str(store), "--workers", "1"]
    done = subprocess.run(
        command, cwd=resources.path("."), capture_output=True, text=True, preexec_fn=limit, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "cannot be written" in done.stderr and "space" in done.stderr
    assert "Traceback" not in done.stderr
    assert _signed(store) == {"余杭区", "萧山区"}
    done = _build(pages, "--store", store)
    assert done.exit_code == 0, done.output
    assert _statuses(store)["39.txt"] in ("ok", "known")
