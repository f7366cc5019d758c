"""``demo``, and ``--open``: what is written where, what opens, and what is refused."""

from __future__ import annotations

import shlex
import webbrowser
from pathlib import Path

import pytest

from communitycheck.cli.run import run
from communitycheck.own_list import LIST
from communitycheck.system.browser import has_screen

RETURN = "市,社区名称,社区类型,综合服务设施面积\n鞍山市,甲,城市社区,399\n"
SESSION = ("CI", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    for name in SESSION:
        monkeypatch.delenv(name, raising=False)
    Path("return.csv").write_text(RETURN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was asked to open."""
    found: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: found.append(address) or True)
    return found


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_demo_says_to_do_next_can_be_done(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "a folder", "--lang", lang]) == 0
    out = capsys.readouterr().out
    written = {path.name for path in Path("a folder").iterdir()}
    assert written == {LIST, "panzhihua_2020.xlsx", "report.html" if lang == "en" else "核查报告.html"}
    lines = [line.strip() for line in out.splitlines() if line.startswith("  communitycheck ")]
    assert len(lines) >= 5
    for line in lines[-5:]:
        assert run([*shlex.split(line.split("  ")[0])[1:], "--lang", lang]) in (0, 1), line


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("lang", "text"), [("zh", "不是本程序写的"), ("en", "not written by communitycheck")])
@pytest.mark.parametrize("there", ["panzhihua_2020.xlsx", "report"])
def test_demo_replaces_nothing(there: str, lang: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    name = there if "." in there else {"zh": "核查报告.html", "en": "report.html"}[lang]
    Path("demo").mkdir()
    Path("demo", name).write_text("mine", encoding="utf-8")
    assert run(["demo", "demo", "--lang", lang]) == 2
    out, err = capsys.readouterr()
    assert out == "" and text in err and err.count("\n") == 1
    assert [path.read_text("utf-8") for path in Path("demo").iterdir()] == ["mine"]


@pytest.mark.usefixtures("here")
def test_demo_where_nothing_can_be_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "return.csv", "--lang", "en"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_page_that_is_written_opens(
    here: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert run(["check", "return.csv", "-o", "a.xlsx", "-o", "b.html", "--open", "--lang", "en"]) == 1
    assert opened == [(here / "b.html").as_uri()]
    assert "the report is b.html" in capsys.readouterr().err
    assert list((here / "temporary").iterdir()) == []


def test_a_page_is_written_where_none_was_asked_for(
    here: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    before = {path.name for path in here.iterdir()}
    assert run(["return.csv", "--open", "--quiet", "--lang", "en"]) == 1
    [page] = (here / "temporary").rglob("*.html")
    assert opened == [page.as_uri()] and "LN-01" in page.read_text("utf-8")
    assert str(page) in capsys.readouterr().err
    assert {path.name for path in here.iterdir()} == before


@pytest.mark.parametrize("session", [{}, {"CI": "true", "DISPLAY": ":0"}])
@pytest.mark.parametrize(("lang", "text"), [("zh", "请自行打开"), ("en", "no browser to open it")])
def test_without_a_screen_the_path_is_said(
    session: dict[str, str],
    lang: str,
    text: str,
    here: Path,
    opened: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name, value in session.items():
        monkeypatch.setenv(name, value)
    assert run(["return.csv", "--open", "--lang", lang]) == 1
    err = capsys.readouterr().err
    assert opened == [] and text in err and str(here / "temporary") in err


@pytest.mark.parametrize(
    ("platform", "session", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "CI": "1"}, False),
        ("darwin", {}, True),
        ("darwin", {"SSH_CONNECTION": "1.2.3.4"}, False),
        ("win32", {}, True),
        ("win32", {"CI": "true"}, False),
        ("win32", {"CI": "false"}, True),
    ],
)
def test_who_sits_before_a_screen(
    platform: str, session: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    for name in SESSION:
        monkeypatch.delenv(name, raising=False)
    for name, value in session.items():
        monkeypatch.setenv(name, value)
    assert has_screen() is expected
