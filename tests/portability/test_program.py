"""The stand-alone program, as far as it can be tried unbuilt; ``packaging/try_program.py`` tries the rest."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
import yaml

from communitycheck import api
from communitycheck.cli import dropped
from communitycheck.cli.console import Console
from communitycheck.errors import WriteError
from communitycheck.system import processes
from paths import ROOT, SAMPLES

PACKAGING = ROOT / "packaging"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened in the browser."""
    found: list[str] = []
    monkeypatch.setattr("webbrowser.open", found.append)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("COMMUNITYCHECK_LANG", "zh")
    return found


def start(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["communitycheck", *map(str, arguments)])
    with pytest.raises(SystemExit) as end:
        dropped.main()
    assert isinstance(end.value.code, int)
    return end.value.code


def test_a_dropped_return_is_judged_and_its_report_opens(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "我 的" / "沈阳 2023.csv"
    given.parent.mkdir()
    shutil.copy(SAMPLES / "shenyang_liaoning_mixed.csv", given)
    assert start(monkeypatch, given) == 1
    page = given.with_name("沈阳 2023 核查报告.html")
    assert opened == [page.as_uri()] and "<html" in page.read_text(encoding="utf-8")
    assert str(page) in capsys.readouterr().out


def test_what_cannot_be_read_opens_nothing_that_is_not_there(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = tmp_path / "空.csv"
    given.write_bytes(b"")
    assert start(monkeypatch, given) == 2
    assert all(Path.from_uri(one).exists() if hasattr(Path, "from_uri") else one for one in opened)


def test_a_double_click_says_what_to_do(
    opened: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(monkeypatch) == 2
    assert "拖到本程序的图标上" in capsys.readouterr().out and opened == []


def test_commands_are_commands(opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert start(monkeypatch, "--version") == 0 and opened == []


def test_a_report_that_may_not_lie_beside_its_return(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, home = tmp_path / "closed", tmp_path / "home"
    for folder in (closed, home / "Documents"):
        folder.mkdir(parents=True)

    def check_outputs(paths: list[Path]) -> None:
        for path in paths:
            if path.parent == closed:
                raise WriteError("write-denied", path=str(path), older="")

    monkeypatch.setattr(api, "check_outputs", check_outputs)
    monkeypatch.setattr(Path, "home", lambda: home)
    place = dropped.report_place([str(closed / "a.xlsx")], Console("en", "text"))
    assert place.parent == home / "Documents"


DROPPED = {
    "{here}": True,
    "{here} {here}/a.csv": True,
    "check {here}": False,
    "{here}/none": False,
    "a.csv": False,
}


@pytest.mark.parametrize("words", DROPPED)
def test_what_counts_as_dropped(words: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    assert dropped.are_dropped([word.format(here=tmp_path) for word in words.split()]) is DROPPED[words]


def test_the_program_starts_itself_as_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert processes.python(Path("child.py")) == [sys.executable, processes.CHILD]
    assert f'CHILD = "{processes.CHILD}"' in (PACKAGING / "launch.py").read_text(encoding="utf-8")


def test_windows_starts_the_interpreter_and_not_what_starts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "_base_executable", r"C:\Python\python.exe", raising=False)
    assert processes.python(Path("child.py"))[0] == r"C:\Python\python.exe"


def test_all_systems_and_versions_are_tried() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    systems = ["ubuntu-latest", "macos-latest", "windows-latest"]
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    assert matrix == {"os": systems, "python": ["3.11", "3.12", "3.13", "3.14"]}
    assert workflow["jobs"]["program"]["strategy"]["matrix"]["os"] == systems
    steps = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
    named = [word for run in steps for word in run.split() if word.endswith((".py", ".spec", ".xlsx"))]
    assert len(named) == 4 and all((ROOT / word).exists() for word in named)
