"""A word that nobody knows is answered with the nearest that somebody does, wherever words are looked up."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.cli.run import run
from communitycheck.nearest import nearest, nearest_file

RETURN = "市,社区名称,社区类型,综合服务设施面积\n鞍山市,甲,城市社区,399\n"

# The command line, and a name that the one line on standard error has to hold.
MEANT = [
    ("inspct 上报.csv", "'inspect'"),
    ("rules lnt", "'rules lint'"),
    ("check 上报.csv --regoin 鞍山市", "--region"),
    ("check 上报.csv --fail-on mandatry", "'mandatory'"),
    ("check 上报.csv --standard LIAONING_2021x", "'liaoning-2021'"),
    ("check 上报.csv --select LN-O3", "'LN-03'"),
    ("check 上报.csv --region 沈阴市", "'沈阳市'"),
    ("check 上报.xlsx", "'上报.csv'"),
    ("上报.xls", "'上报.csv'"),
    ("check 上抱.csv", "'上报.csv'"),
    ("check 上报", "'上报.csv'"),
    ("check @清单", "'清单.txt'"),
    ("check 上报.csv --mapping 对应.yml", "'对应.yaml'"),
    ("check 上报.csv --standard 标准.yml", "'标准.yaml'"),
    ("--config setings.toml check 上报.csv", "'settings.toml'"),
    ("rules show LN-O1", "'LN-01'"),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("上报.csv", "清单.txt", "对应.yaml", "标准.yaml", "settings.toml"):
        Path(name).write_text(RETURN if name == "上报.csv" else "", encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("line", "near"), MEANT, ids=[m[0] for m in MEANT])
def test_the_nearest_is_named(line: str, near: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", *line.split()]) == 2
    err = capsys.readouterr().err
    assert near in err and err.count("\n") == 1


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("FAIL_ON", ["fail-on", "format"], "fail-on"),
        ("ｃｈｅｃｋ", ["check"], "check"),
        ("沈阴", ["沈阳", "鞍山"], "沈阳"),
        ("zzz", ["check", "rules"], ""),
        ("", ["check"], ""),
    ],
)
def test_capitals_and_width_make_no_difference(word: str, known: list[str], near: str) -> None:
    assert nearest(word, known) == near


def test_a_file_is_looked_for_in_its_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "return.xlsx").touch()
    (tmp_path / "a" / "~$return.xls").touch()
    assert nearest_file(tmp_path / "a" / "return.xls") == str(tmp_path / "a" / "return.xlsx")
    assert nearest_file(tmp_path / "return.xls") == ""
    assert nearest_file(tmp_path / "gone" / "return.xls") == ""
    assert nearest_file("null\0character") == ""


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "line", ["上报.csv", "./上报.csv", "*.csv", "folder", "@list.txt", "--lang en 上报.csv --fail-on expected"]
)
def test_a_path_alone_is_checked(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("folder").mkdir()
    Path("folder", "b.csv").write_text(RETURN, encoding="utf-8")
    Path("list.txt").write_text("上报.csv\n", encoding="utf-8")
    assert run(line.split()) == 1
    alone = capsys.readouterr()
    words = line.split()
    words.insert(2 if words[0] == "--lang" else 0, "check")
    assert run(words) == 1
    assert capsys.readouterr() == alone and "LN-01" in alone.out


@pytest.mark.usefixtures("here")
def test_a_command_is_a_command_where_a_folder_has_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    Path("rules").mkdir()
    Path("rules", "b.csv").write_text(RETURN, encoding="utf-8")
    assert run(["rules"]) == 0
    assert capsys.readouterr().out.startswith("Usage: communitycheck rules")
