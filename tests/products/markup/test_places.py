"""Where copies lie: below the folder, each in a place of its own, and never over a return."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from communitycheck.cli.run import run
from communitycheck.errors import UsageError, WriteError
from communitycheck.messages import LANGS, Lang
from communitycheck.model.returns import Return
from communitycheck.own_list import LIST
from communitycheck.products.markup.front import mark_up_returns, places
from products.markup.books import full_book, judged, marked, parts_of


def laid(paths: list[str], given: list[str], folder: Path) -> dict[str, str]:
    found = places([Return(p, "", "csv" if p.endswith(".csv") else "xlsx") for p in paths], folder, given)
    return {path: place.relative_to(folder).as_posix() for path, place in found.items()}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for file in ("in/东区/a.xlsx", "in/西区/a.xlsx", "in/b.csv", "other/a.xlsx", "one.xlsx"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes(b"")
    (tmp_path / "z.zip").write_bytes(b"")
    return tmp_path


LAID = [
    (["one.xlsx"], ["one.xlsx"], ["one.xlsx"]),
    (["in/东区/a.xlsx", "in/西区/a.xlsx", "in/b.csv"], ["in"], ["东区/a.xlsx", "西区/a.xlsx", "b.csv.xlsx"]),
    (["in/东区/a.xlsx"], ["in/东区/a.xlsx"], ["a.xlsx"]),
    (["in/东区/a.xlsx", "in/西区/a.xlsx"], [], ["东区/a.xlsx", "西区/a.xlsx"]),
    (["in/东区/a.xlsx", "other/a.xlsx"], ["in/东区", "other"], ["in/东区/a.xlsx", "other/a.xlsx"]),
    (["z.zip/d/a.xlsx", "z.zip/a.xlsx"], ["z.zip"], ["z.zip/d/a.xlsx", "z.zip/a.xlsx"]),
    (["z.zip/in.zip/a:b.xlsx", "z.zip/CON.xlsx"], ["z.zip"], ["z.zip/in.zip/a_b.xlsx", "z.zip/_CON.xlsx"]),
    (["z.zip/x?.xlsx", "z.zip/x*.xlsx"], ["z.zip"], ["z.zip/x_.xlsx", "z.zip/x_ (2).xlsx"]),
    (["z.zip/A.xlsx", "z.zip/a.xlsx"], ["z.zip"], ["z.zip/A.xlsx", "z.zip/a (2).xlsx"]),
    (["z.zip/tail. .xlsx", "z.zip/ . /b.xlsx"], ["z.zip"], ["z.zip/tail. .xlsx", "z.zip/_/b.xlsx"]),
]


@pytest.mark.parametrize(("paths", "given", "expected"), LAID)
def test_places(here: Path, paths: list[str], given: list[str], expected: list[str]) -> None:
    assert list(laid(paths, given, here / "out").values()) == expected


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as out:
        for name, body in members.items():
            out.writestr(zipfile.ZipInfo(name), body)
    return path


def test_members_of_archives_stay_inside_the_folder(tmp_path: Path) -> None:
    body = full_book(tmp_path / "a.xlsx").read_bytes()
    other = full_book(tmp_path / "b.xlsm", 501).read_bytes()
    third = full_book(tmp_path / "c.xlsx", 502).read_bytes()
    inner = archive(tmp_path / "inner.zip", {"deep/c.xlsx": third})
    members = {"../../evil.xlsx": body, "/abs/d.xlsm": other, "inner.zip": inner.read_bytes()}
    source = archive(tmp_path / "returns.zip", members)
    copies = mark_up_returns(judged(source), tmp_path / "deep" / "out", "zh")
    assert not copies.refused and not copies.failed
    found = sorted(p.relative_to(tmp_path / "deep" / "out").as_posix() for p in (tmp_path / "deep").rglob("*.xls*"))
    assert found == ["returns.zip/abs/d.xlsm", "returns.zip/evil.xlsx", "returns.zip/inner.zip/deep/c.xlsx"]
    assert not list(tmp_path.glob("evil*")) and not list(tmp_path.parent.glob("evil*"))


def test_a_member_whose_name_no_disk_takes_is_written_under_a_shorter_one(tmp_path: Path) -> None:
    body = full_book(tmp_path / "a.xlsx").read_bytes()
    other = full_book(tmp_path / "b.xlsx", 501).read_bytes()
    source = archive(tmp_path / "z.zip", {"长" * 300 + ".xlsx": body, "b.xlsx": other})
    copies = mark_up_returns(judged(source), tmp_path / "out", "zh")
    assert not copies.failed and not copies.refused
    names = sorted(p.name for p in (tmp_path / "out" / "z.zip").iterdir())
    assert names[0] == "b.xlsx" and len(names) == 2
    assert names[1].startswith("长长") and names[1].endswith(".xlsx") and len(names[1].encode()) <= 255


def test_a_copy_never_takes_the_place_of_a_return(tmp_path: Path) -> None:
    source = full_book(tmp_path / "a.xlsx")
    before = source.read_bytes()
    with pytest.raises(UsageError) as caught:
        mark_up_returns(judged(source), tmp_path, "zh")
    assert caught.value.code == "markup-over-input"
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(UsageError):
        mark_up_returns(judged(source), tmp_path / "link", "zh")
    assert source.read_bytes() == before


def test_a_folder_of_copies_inside_the_returns_is_not_read_as_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    full_book(tmp_path / "in" / "a.xlsm")
    command = ["check", "in", "--as-of", "2023-12-31", "--mark-up", "in/out", "--lang", "en"]
    assert run(command) == 1
    first = capsys.readouterr()
    assert first.err == "note: marked-up copies in in/out: 1; returns with nothing to mark: 0\n"
    assert run(command) == 1
    again = capsys.readouterr()
    assert again.err == first.err
    assert "1 more in the folders and archives (a.xlsm)" in again.out
    assert run(["check", "in/out", "--as-of", "2023-12-31", "--mark-up", "in/out"]) == 2
    assert run(["check", "in/out/*", "--as-of", "2023-12-31", "--mark-up", "in/out"]) == 2
    assert run(["check", "in/out", "--as-of", "2023-12-31", "--mark-up", "in/out/second"]) == 1
    assert (tmp_path / "in/out/second/a.xlsm").is_file()


@pytest.mark.parametrize("lang", LANGS)
def test_the_command_line_says_what_became_of_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: Lang
) -> None:
    monkeypatch.chdir(tmp_path)
    full_book(tmp_path / "a.xlsm")
    assert run(["check", "a.xlsm", "--as-of", "2023-12-31", "-q", "--mark-up", "out", "--lang", lang]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == {
        "zh": "提示：标注副本已写入 out：1 份；没有需要标注的 0 份\n",
        "en": "note: marked-up copies in out: 1; returns with nothing to mark: 0\n",
    }[lang]
    assert run(["check", "a.xlsm", "--mark-up", "a.xlsm", "--lang", lang]) == 2
    assert "--mark-up" in capsys.readouterr().err
    assert run(["check", "--help", "--lang", lang]) == 0
    assert "--mark-up DIR" in capsys.readouterr().out


def test_a_copy_that_cannot_be_written_stops_no_other_and_exits_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    full_book(tmp_path / "a.xlsx")
    full_book(tmp_path / "b.xlsx", 501)
    (tmp_path / "out" / "a.xlsx").mkdir(parents=True)
    assert run(["check", "a.xlsx", "b.xlsx", "--as-of", "2023-12-31", "-q", "--mark-up", "out", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "out/a.xlsx" in said and "marked-up copies in out: 1;" in said
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [LIST, "a.xlsx", "b.xlsx"]
    with pytest.raises(WriteError):
        mark_up_returns(judged(tmp_path / "b.xlsx"), tmp_path / "a.xlsx" / "below", "zh")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk(tmp_path: Path) -> None:
    from communitycheck.products.markup.copy import mark_up
    from communitycheck.products.markup.marks import marks_of
    from communitycheck.products.markup.words import MarkupWords

    source = full_book(tmp_path / "a.xlsx")
    report = judged(source)
    (marks,) = marks_of(report).values()
    with Path("/dev/full").open("wb", buffering=0) as sink, pytest.raises(OSError, match=os.strerror(28)):
        mark_up(source, sink, marks, MarkupWords(report, "zh"))


def test_the_return_itself_is_left_alone(tmp_path: Path) -> None:
    source = full_book(tmp_path / "a.xlsm")
    before, when = source.read_bytes(), source.stat().st_mtime_ns
    copy = marked(source, tmp_path / "new" / "folder")
    assert (source.read_bytes(), source.stat().st_mtime_ns) == (before, when)
    assert parts_of(copy).keys() > parts_of(source).keys()
