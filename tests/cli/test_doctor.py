"""``doctor``: everything that a bug report needs, and nothing about the user."""

from __future__ import annotations

import getpass
import json
from importlib import metadata
from pathlib import Path

import pytest

from communitycheck.cli.run import run
from communitycheck.system.facts import anonymous
from communitycheck.version import __version__


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of somebody, with settings in it."""
    home = tmp_path / "zhangsan"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setattr(getpass, "getuser", lambda: "zhangsan")
    monkeypatch.chdir(home)
    (home / "communitycheck.toml").write_text('fail-on = "mandatory"\noutput = ["report.xlsx"]\n', encoding="utf-8")
    return home


def test_it_has_what_a_bug_report_needs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--format", "json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["schema"] == "communitycheck-doctor/1" and facts["program"]["version"] == __version__
    assert {"python", "platform", "text", "limits", "packages", "settings", "terminal"} <= set(facts)
    assert facts["packages"]["numpy"] == metadata.version("numpy")
    assert facts["settings"]["fail-on"].startswith("mandatory (~") and set(facts["settings"]) == {"fail-on", "output"}


@pytest.mark.parametrize("format", ["text", "json"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_names_nobody(home: Path, format: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--format", format, "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert "zhangsan" not in out and "~" in out


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("lang", "heads"), [("zh", {"程序", "限制"}), ("en", {"program", "limits"})])
def test_its_headings_are_in_the_language(lang: str, heads: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--lang", lang]) == 0
    assert heads <= set(capsys.readouterr().out.splitlines())


@pytest.mark.parametrize(
    ("path", "told"),
    [("/srv/zhangsan/a.xlsx", "/srv/USER/a.xlsx"), ("/srv/zhangsandi/a.xlsx", "/srv/zhangsandi/a.xlsx"), ("", "")],
)
def test_the_name_is_taken_out_of_paths(home: Path, path: str, told: str) -> None:
    assert anonymous(path) == told
    assert anonymous(str(home / "a.xlsx")).replace("\\", "/") == "~/a.xlsx"


@pytest.mark.parametrize(
    ("lang", "text"), [("zh", "错误：--format 不能是“xml”"), ("en", "error: --format cannot be 'xml'")]
)
def test_an_unknown_format_is_refused(lang: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--format", "xml", "--lang", lang]) == 2
    assert capsys.readouterr().err.startswith(text)
