"""Careless command lines: what is said, and where."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from communitycheck.cli.run import run

RETURN = "市,社区名称,社区类型,综合服务设施面积\n鞍山市,甲,城市社区,399\n"

# The command line, and how the one line on standard error begins in both languages.
REFUSED = [
    ("check return.csv --jobs many", "错误：选项 --jobs 要写整数\n", "error: the option --jobs takes a whole number\n"),
    ("zzz return.csv", "错误：没有命令“zzz”；现有命令：", "error: there is no command 'zzz'; commands: check, "),
    (
        "chek return.csv",
        "错误：没有命令“chek”，是否想用“check”；现有命令：",
        "error: there is no command 'chek' (did you mean 'check'?); commands: check, ",
    ),
    ("rules zzz", "错误：没有命令“rules zzz”；", "error: there is no command 'rules zzz'; commands: list, "),
    (
        "check return.csv --format xyz",
        "错误：--format 不能是“xyz”；可选：text, ",
        "error: --format cannot be 'xyz'; choices: text, ",
    ),
    (
        "check return.csv --format jsn",
        "错误：--format 不能是“jsn”，是否想写“json”；可选：",
        "error: --format cannot be 'jsn' (did you mean 'json'?); choices: ",
    ),
    (
        "check return.csv --select QQQ",
        "错误：所用标准里没有规则“QQQ”\n",
        "error: the standards in use have no rule 'QQQ'\n",
    ),
    (
        "check return.csv --select LN-0X",
        "错误：所用标准里没有规则“LN-0X”，最接近的是“LN-0",
        "error: the standards in use have no rule 'LN-0X'; the nearest is 'LN-0",
    ),
    (
        "check return.csv -o report",
        "错误：report 没有后缀，看不出要写成哪种格式；",
        "error: report has no suffix to tell its format; ",
    ),
    (
        "check return.csv -o folder",
        "错误：folder 是文件夹，请写出文件名\n",
        "error: folder is a folder; give the name of a file\n",
    ),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("return.csv").write_text(RETURN, encoding="utf-8")
    Path("folder").mkdir()
    return tmp_path


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("line", "zh", "en"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_is_refused_in_one_line(line: str, zh: str, en: str, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, text in (("zh", zh), ("en", en)):
        assert run(["--lang", lang, *line.split()]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith(text) and err.count("\n") == 1


def test_no_command_at_all_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    err = capsys.readouterr().err
    assert err.startswith("Usage: communitycheck") and "\n  check " in err


@pytest.mark.usefixtures("here")
@pytest.mark.skipif(os.name != "posix", reason="closes file descriptors in a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
def test_closed_outputs_are_no_error(closed: str) -> None:
    command = f'"{sys.executable}" -m communitycheck check return.csv --lang en -o report.json {closed}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == ""
    assert ("not passed (exit code 1)" in done.stdout) is (closed == "2>&-")
    assert Path("report.json").read_text(encoding="utf-8").startswith('{"schema"')


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colours_are_for_terminals_whose_users_want_them(variables: dict[str, str], coloured: bool) -> None:
    pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"} | variables
    command = [sys.executable, "-m", "communitycheck", "rules", "show", "LN-01", "--lang", "en"]
    with subprocess.Popen(command, stdout=theirs, env=environment) as child:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 1 << 16)
            except OSError:  # Linux ends a terminal so
                break
            if not part:
                break
            shown += part
        child.wait()
    os.close(ours)
    assert b"LN-01" in shown and (b"\x1b[" in shown) is coloured
