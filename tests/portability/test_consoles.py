"""What a console of another character set is sent: Chinese that reads right, or UTF-8 and a line that says so."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from batch.folder import community_csv
from communitycheck.cli.run import run
from communitycheck.messages import Lang, say
from communitycheck.system import terminal
from communitycheck.system.terminal import Utf8Instead, settled, shows_colours


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


class Printed(NamedTuple):
    code: int
    out: bytes
    said: bytes


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(community_csv(tmp_path / "大东区.csv", "大东区", 3))


def printed(
    monkeypatch: pytest.MonkeyPatch,
    *arguments: str,
    encoding: str = "utf-8",
    kind: type[io.TextIOWrapper] = io.TextIOWrapper,
) -> Printed:
    out, said = io.BytesIO(), io.BytesIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", kind(out, encoding))
        patch.setattr(sys, "stderr", kind(said, encoding, "backslashreplace"))
        code = run(list(arguments))
        sys.stdout.flush()
        sys.stderr.flush()
        return Printed(code, out.getvalue(), said.getvalue())


def note(lang: Lang, code: str, **values: str) -> str:
    return say("note-line", lang, text=say(code, lang, **values))


# What PYTHONIOENCODING asks for, what the console of a system that is not asked speaks, what the text then is in.
CASES = [
    ("", None, "utf-8", ""),
    ("utf-8", "cp936", "utf-8", ""),
    ("cp936", None, "gbk", ""),
    ("gb18030", None, "gb18030", ""),
    ("big5", None, "utf-8", "big5"),  # it has no simplified characters
    ("cp1252", None, "utf-8", "cp1252"),
    ("ascii", None, "utf-8", "ascii"),
    ("", "cp936", "gbk", ""),
    ("", "cp437", "utf-8", "cp437"),
    ("", "cp65001", "utf-8", ""),
]


@pytest.mark.parametrize(("asked", "console", "found", "named"), CASES)
def test_text_through_a_pipe(
    asked: str, console: str | None, found: str, named: str, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", asked)
    monkeypatch.setattr(terminal, "console_encoding", lambda: console)
    done = printed(monkeypatch, "check", file, "--lang", "zh", encoding=asked or "utf-8")
    text = done.out.decode(found)
    assert "大东区" in text
    assert "\x1b" not in text and "\\u" not in text and "\ufffd" not in text
    notes = done.said.decode(found).splitlines()
    assert (note("zh", "written-in-utf8", encoding=named) in notes) is bool(named)


@pytest.mark.parametrize("console", ["cp936", "cp437"])
@pytest.mark.parametrize("format", ["json", "csv"])
def test_what_programs_read_is_utf8(console: str, format: str, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    monkeypatch.setattr(terminal, "console_encoding", lambda: console)
    done = printed(monkeypatch, "check", file, "--lang", "zh", "--format", format)
    assert "大东区" in done.out.decode("utf-8") and b"\r" not in done.out
    if format == "json":
        assert json.loads(done.out)
    warned = done.said.decode("gbk" if console == "cp936" else "utf-8").splitlines()
    assert note("zh", "data-is-utf8") in warned


def test_nothing_is_said_where_nothing_is_lost(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    assert printed(monkeypatch, "--version", encoding="cp1252").said == b""


@pytest.mark.parametrize(("encoding", "found"), [("cp936", "gbk"), ("ascii", "utf-8"), ("utf-8", "utf-8")])
def test_a_terminal_gets_what_it_takes(encoding: str, found: str, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    done = printed(monkeypatch, "check", file, "--lang", "zh", "-q", encoding=encoding, kind=Terminal)
    shown = printed(monkeypatch, "rules", "show", "LN-01", "--lang", "zh", encoding=encoding, kind=Terminal)
    assert done.code in (0, 1) and "社区" in shown.out.decode(found)


def test_what_a_character_set_has_not_is_written_plainly() -> None:
    sink = io.BytesIO()
    stream = settled(Terminal(sink, "cp936"))
    stream.write("400 m² ✓ é")
    stream.flush()
    assert sink.getvalue().decode("gbk") == "400 m2 \\u2713 é"


def test_a_stream_that_is_none_of_python_s_is_left_alone() -> None:
    stream = io.StringIO()
    assert settled(stream) is stream


def test_utf8_instead_knows_whether_it_mattered() -> None:
    stream = settled(Terminal(io.BytesIO(), "cp1252"))
    assert isinstance(stream, Utf8Instead) and stream.asked == "cp1252"
    stream.write("plain")
    assert not stream.used
    stream.write("社区")
    assert stream.used


class Colorama:
    def __init__(self) -> None:
        self.called = 0

    def just_fix_windows_console(self) -> None:
        self.called += 1


@pytest.mark.parametrize(
    ("kind", "variables", "there", "shown"),
    [
        (Terminal, {}, True, True),
        (Terminal, {}, False, False),  # a console that nobody has told would show ←[31m
        (Terminal, {"NO_COLOR": "1"}, True, False),
        (Terminal, {"TERM": "dumb"}, True, False),
        (io.TextIOWrapper, {}, True, False),
    ],
)
def test_colours_on_windows(
    kind: type[io.TextIOWrapper],
    variables: dict[str, str],
    there: bool,
    shown: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    colorama = Colorama()
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "colorama", colorama if there else None)
    assert shows_colours(kind(io.BytesIO(), "utf-8")) is shown
    assert colorama.called == int(shown)
