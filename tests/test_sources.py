"""Files and folders to pages: encodings, and all that may be wrong with an input."""

from __future__ import annotations

import io
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.sources import find_day, find_format, find_inputs, name_source, parse_pages, read_source
from kg.sources.encodings import decode
from kg.sources.limits import LIMITS, find_limit

MAX_BYTES = LIMITS["KG_MAX_BYTES"]

SIMPLIFIED = "青禾县与三家药企签约，总投资18亿元。\n县长说，这是今年的第一个大项目。"
TRADITIONAL = "青禾縣與三家藥廠簽約，總投資十八億元。\n縣長說，這是今年的第一個大項目。"

ENCODINGS = [
    (SIMPLIFIED, "utf-8"),
    (SIMPLIFIED, "utf-8-sig"),
    (SIMPLIFIED, "utf-16"),
    (SIMPLIFIED, "utf-32"),
    (SIMPLIFIED, "gb18030"),
    (SIMPLIFIED, "gbk"),
    (TRADITIONAL, "big5"),
    (TRADITIONAL, "gb18030"),
    (TRADITIONAL, "utf-8"),
    ("plain ASCII", "ascii"),
]

BROKEN = [
    (b"\x00\x01\x02\x03" * 100, "binary"),
    (b"PK\x03\x04rest", "ZIP"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xfe\x00", "UTF-16"),
    ("青禾县".encode() + b"\xff\xff\xff", "no known encoding"),
    ("été à la plage".encode("latin-1") * 3, "no known encoding"),
]


@pytest.mark.parametrize(("text", "encoding"), ENCODINGS)
def test_text_is_read_in_the_encodings_of_chinese_papers(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(text.encode(encoding))
    (page,) = read_source(path)
    assert (page.text, page.source) == (text, str(path))


@pytest.mark.parametrize(("data", "said"), BROKEN)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "input"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=said) as caught:
        read_source(path)
    assert str(path) in str(caught.value)
    assert caught.value.path == str(path)


FORMATS = [
    (b"<!DOCTYPE html><html><body>", "html"),
    (b"\xef\xbb\xbf  <HTML>", "html"),
    (b'<?xml version="1.0" encoding="utf-8"?>\n<!-- saved -->\n<html>', "html"),
    ("<html>".encode("utf-16"), "html"),
    (b"<htmlish> is no tag", "text"),
    (b"\n%PDF-1.7\n", "pdf"),
    (SIMPLIFIED.encode(), "text"),
]


@pytest.mark.parametrize(("data", "expected"), FORMATS)
def test_a_format_is_told_by_what_a_file_holds(data: bytes, expected: str) -> None:
    assert find_format(data, "input") == expected


def test_marks_that_only_readers_may_set_are_taken_out_of_text(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(f"\x1e标题\n\x1f{SIMPLIFIED}", "utf-8")
    assert read_source(path)[0].text == f" 标题\n {SIMPLIFIED}"


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", "\u3000\ufeff\u200b\n".encode(), b"\xff\xfe", b"\xef\xbb\xbf"])
def test_an_empty_file_has_no_pages(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(data)
    assert read_source(path) == ()


def test_a_missing_file_is_named() -> None:
    with pytest.raises(SourceError, match=r"nowhere\.txt: there is no such file"):
        read_source(Path("nowhere.txt"))


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="folder"):
        read_source(tmp_path)


def test_a_name_with_a_zero_byte_is_no_crash() -> None:
    with pytest.raises(SourceError, match="cannot be opened"):
        read_source(Path("a\0b"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_a_fifo_without_a_writer_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "fifo.txt"
    os.mkfifo(path)
    with pytest.raises(SourceError, match="no regular file"):
        read_source(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("正文。")
    path.chmod(0)
    with pytest.raises(SourceError, match="may not be read"):
        read_source(path)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(SourceError, match=f"{MAX_BYTES:,}"):
        read_source(path)


@pytest.mark.parametrize("change", ["grows", "is written over"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Another program writes between the first look at the file and the end of reading it."""
    path = tmp_path / "page.txt"
    path.write_text(SIMPLIFIED, "utf-8")
    open_file = os.fdopen

    def write_meanwhile(descriptor: int, _: str, closefd: bool) -> io.BufferedReader:
        path.write_text(SIMPLIFIED + "更多。" if change == "grows" else SIMPLIFIED[::-1], "utf-8")
        os.utime(path, ns=(1, 1))
        return open_file(descriptor, "rb", closefd=closefd)

    monkeypatch.setattr(os, "fdopen", write_meanwhile)
    with pytest.raises(SourceError, match=r"page\.txt: changed while it was read; run again"):
        read_source(path)


def test_the_largest_input_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.txt"
    path.write_text(SIMPLIFIED, "utf-8")
    monkeypatch.setenv("KG_MAX_BYTES", "10")
    with pytest.raises(SourceError, match=r"more than 10 bytes; .* or set KG_MAX_BYTES"):
        read_source(path)


@pytest.mark.parametrize("value", ["much", "-1", "0", "1e6", "²"])
def test_a_limit_that_is_no_number_is_told(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("KG_MAX_BYTES", value)
    with pytest.raises(SourceError, match="set it to a whole number"):
        find_limit("KG_MAX_BYTES")


MIXED = [
    SIMPLIFIED.encode("gb18030") * 6 + b"\n" + TRADITIONAL.encode("big5") * 6,
    SIMPLIFIED.encode("utf-8") * 6 + b"\n" + SIMPLIFIED.encode("gb18030") * 6,
    SIMPLIFIED.encode("gb18030") * 6 + b"\n" + SIMPLIFIED.encode("utf-8") * 6,
]


@pytest.mark.parametrize("data", MIXED)
def test_two_encodings_in_one_file_are_not_taken_for_one(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"is in (more than one|no known) encoding .*; save it as UTF-8"):
        decode(data, "page.txt")


def test_a_long_list_in_an_old_encoding_is_one_encoding() -> None:
    """Names of people and places have hardly any common characters."""
    names = "\n".join(["赵锡麟、钱鹤龄、孙毓秀、褚翰墨、卫琬琰、蒋霈霖、沈骞翮、韩荩臣"] * 30)
    assert decode((SIMPLIFIED + "\n" + names).encode("gb18030"), "page.txt").endswith("荩臣")


NAMED = [
    ("papers/渝州经济报2021-04-29.pdf", date(2021, 4, 29)),
    ("20210429_A03.txt", date(2021, 4, 29)),
    ("html/2021-04/29/content_1.htm", date(2021, 4, 29)),
    ("2020/2021年04月29日.txt", date(2021, 4, 29)),
    ("2019-01-01/2021.04.29.txt", date(2021, 4, 29)),
    ("20211399.txt", None),
    ("120210429.txt", None),
    ("page-1.txt", None),
    ("-", None),
]


@pytest.mark.parametrize(("name", "day"), NAMED)
def test_the_name_of_a_file_may_say_the_day(name: str, day: date | None) -> None:
    assert find_day(name) == day


def test_what_a_page_says_of_its_day_counts_more_than_the_name_of_its_file() -> None:
    html = f'<html><head><meta name="pubdate" content="2021-04-28"><title>签约</title></head><p>{SIMPLIFIED}</p></html>'
    assert parse_pages(html.encode(), "2021-04-29.html")[0].date == date(2021, 4, 28)
    assert parse_pages(SIMPLIFIED.encode(), "2021-04-29.txt")[0].date == date(2021, 4, 29)


def test_standard_input_is_read_and_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SIMPLIFIED.encode("gb18030"))))
    (page,) = read_source("-")
    assert (page.text, page.source) == (SIMPLIFIED, "-")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a" * (MAX_BYTES + 1))))
    with pytest.raises(SourceError, match="bytes"):
        read_source("-")


def test_utf8_with_one_broken_byte_is_not_taken_for_another_encoding() -> None:
    data = SIMPLIFIED.encode()
    with pytest.raises(SourceError, match=r"byte 9 is not UTF-8"):
        decode(data[:9] + b"\xb8" + data[10:], "page.txt")


def test_folders_are_read_through_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "b/.hidden.txt", ".git/x.txt", "b/notes.yaml", "README.md", "c.PDF"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("正文。")
    found = [str(path.relative_to(tmp_path)) for path in find_inputs([tmp_path]) if path != "-"]
    assert found == ["a.txt", "b/10.txt", "b/2.txt", "c.PDF"]


def test_links_that_lead_back_end_there(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "page.txt").write_text("正文。")
    (tmp_path / "folder" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = list(find_inputs([tmp_path]))
    assert found == [tmp_path / "folder" / "page.txt", tmp_path / "self.txt"]
    with pytest.raises(SourceError, match=r"self\.txt"):
        read_source(tmp_path / "self.txt")


def test_files_and_standard_input_are_taken_as_they_come() -> None:
    assert list(find_inputs(["nowhere.xyz", "-", Path("b.txt")])) == [Path("nowhere.xyz"), "-", Path("b.txt")]


def test_a_file_name_that_is_no_text_can_be_named() -> None:
    assert name_source(Path(os.fsdecode(b"\xff.txt"))) == r"\xff.txt"
