"""No command replaces what the tool did not write: it is refused by name before any work, unless with ``--force``."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from communitycheck.cli.run import run
from communitycheck.own_list import LIST

RETURN = (
    "市,县（区）,社区名称,社区类型,综合服务设施面积\n沈阳市,和平区,甲社区,城市社区,39\n沈阳市,大东区,乙社区,城市社区,500\n"
)
FORMULAS = [["编号", "审核公式"], ["1", "A1 = A2 + A3"]]

# What a command writes below ``out``, and the command.
WRITERS = {
    "out/r.json": "check in/a.csv -q -o out/r.json -o out/r.txt",
    "out/a.json": "check in/a.csv -q --output-dir out --bundle json",
    "out/manifest.csv": "check in/a.csv -q --output-dir out --bundle json",
    "out/和平区/report.json": "check in/a.csv -q --split-by county --output-dir out --bundle json -o r.json",
    "out/index.html": "check in/a.csv -q --split-by county --output-dir out --bundle json -o r.json",
    "out/m.yaml": "inspect in/a.csv -q --save-mapping out/m.yaml",
    "out/blank.xlsx": "template -s liaoning-2021 -o out/blank.xlsx",
    "out/own.yaml": "rules new out/own.yaml",
    "out/formulas.yaml": "rules import in/formulas.xlsx -o out/formulas.yaml",
    "out/rules/README.md": "rules docs --output-dir out",
    "out/panzhihua_2020.xlsx": "demo out",
    "out/report.html": "demo out",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for folder in ("in", "out"):
        Path(folder).mkdir()
    Path("in/a.csv").write_text(RETURN, encoding="utf-8")
    book = openpyxl.Workbook()
    for row in FORMULAS:
        book.active.append(row)
    book.save("in/formulas.xlsx")
    return tmp_path


def command(words: str) -> int:
    return run([*words.split(), "--lang", "en"])


def first_of(place: str) -> Path:
    """The file itself, or where pages are called otherwise, one of them."""
    return Path(place) if Path(place).exists() else next(p for p in sorted(Path("out").rglob("*.md")))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("place", WRITERS)
def test_a_file_of_somebody_else(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = WRITERS[place]
    assert command(words) in (0, 1)
    mine = first_of(place)
    assert command(words) in (0, 1)  # nobody has touched it
    written = mine.read_bytes()
    mine.write_bytes(written + b"edited")
    before = {p: p.stat().st_mtime_ns for p in Path().rglob("*") if p.is_file()}
    capsys.readouterr()
    assert command(words) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and str(mine) in err and "--force" in err
    assert {p: p.stat().st_mtime_ns for p in Path().rglob("*") if p.is_file()} == before
    assert command(f"{words} --force") in (0, 1)
    assert mine.read_bytes() == written
    (Path("out") / LIST).unlink()
    mine.write_bytes(b"was here before")
    assert command(words) == 2
    assert mine.read_bytes() == b"was here before"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("words", ["check in/a.csv -q --mark-up out", "check in/a.csv -q --mark-up out --force"])
def test_a_mended_copy_stays_and_the_next_lies_beside_it(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(words) == 1
    copy = Path("out/a.csv.xlsx")
    book = openpyxl.load_workbook(copy)
    book.active["E2"] = 450
    book.save(copy)
    mended = copy.read_bytes()
    capsys.readouterr()
    for _ in range(2):
        assert command(words) == 1
        assert "out/a.csv.xlsx has been changed since it was written and stays" in capsys.readouterr().err
        assert copy.read_bytes() == mended
        assert sorted(p.name for p in Path("out").iterdir()) == [LIST, "a.csv (2).xlsx", "a.csv.xlsx"]
    Path("out/a.csv (2).xlsx").write_bytes(b"mended too")
    assert command(words) == 1
    assert Path("out/a.csv (2).xlsx").read_bytes() == b"mended too" and Path("out/a.csv (3).xlsx").exists()


@pytest.mark.usefixtures("here")
def test_a_mended_copy_among_bundles(capsys: pytest.CaptureFixture[str]) -> None:
    words = "check in/a.csv -q --split-by county --output-dir out --bundle marked,json"
    assert command(words) == 1
    copy = Path("out/和平区/marked-up returns/a.csv.xlsx")
    copy.write_bytes(copy.read_bytes() + b"mended")
    capsys.readouterr()
    assert command(f"{words} --force") == 1
    assert "the new marked-up copy is a.csv (2).xlsx" in capsys.readouterr().err
    assert copy.read_bytes().endswith(b"mended")
    assert "a.csv%20%282%29.xlsx" in Path("out/index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("here")
def test_nothing_is_read_where_an_output_must_not_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("r.json").write_text("mine")
    Path("s.json").write_text("mine")
    assert command("check none.csv -s none.yaml -o r.json -o s.json -o new.json") == 2
    err = capsys.readouterr().err
    assert "r.json, s.json: not written by communitycheck" in err and "none" not in err
    assert not Path("new.json").exists()


def test_force_is_no_setting(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("communitycheck.toml").write_text("force = true\n")
    assert command("check in/a.csv -q -o out/r.json") == 2
    assert "force" in capsys.readouterr().err
    Path("communitycheck.toml").unlink()
    Path("out/r.json").write_text("mine")
    monkeypatch.setenv("COMMUNITYCHECK_FORCE", "1")
    assert command("check in/a.csv -q -o out/r.json") == 2
    assert Path("out/r.json").read_text() == "mine"


@pytest.mark.usefixtures("here")
def test_what_an_earlier_run_left_stays_and_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in/b.csv").write_text(RETURN.replace("社区,城市", "二社区,城市"), encoding="utf-8")
    assert command("check in -q --output-dir out --bundle json") in (1, 2)
    Path("in/b.csv").unlink()
    capsys.readouterr()
    assert command("check in/a.csv -q --output-dir out --bundle json") == 1
    assert "out still holds 1 file of an earlier run" in capsys.readouterr().err
    assert Path("out/b.json").exists()


@pytest.mark.usefixtures("here")
def test_one_output_that_fails_leaves_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    words = "check in/a.csv -q --split-by street --output-dir out/fine --bundle json -o r.json"
    assert command(words) == 2  # no record names a street
    assert Path("r.json").exists()
    assert capsys.readouterr().err.count("\n") == 1
