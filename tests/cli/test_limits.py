"""Limits on the command line, in settings, the environment and Python; and files beside the returns that never end."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from unittest import mock

import pytest

import communitycheck
from communitycheck.cli.run import Stopped
from communitycheck.cli.run import run as run_here
from communitycheck.system.limits import TABLE, in_force, limit_value, shown
from paths import ROOT
from tool import tool

RETURN = ROOT / "sample_data" / "shenyang_liaoning_mixed.csv"
WIDE = "columns hold something, and the limit is 3"


def said(folder: Path, *arguments: str, is_all: bool = False, **variables: str) -> str:
    """What the command says on standard error, or in all."""
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("COMMUNITYCHECK_")}
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, {**clean, "LC_ALL": "C.UTF-8", **variables}, clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        run_here([*arguments, "--lang", "en"])
    streams = (out, err) if is_all else (err,)
    return "".join(one.buffer.getvalue().decode() for one in streams)  # type: ignore[attr-defined]


def test_the_command_line_the_environment_and_the_settings_set_a_limit(tmp_path: Path) -> None:
    assert WIDE in said(tmp_path, "check", str(RETURN), "--limit", "columns=3")
    assert WIDE in said(tmp_path, "inspect", str(RETURN), "--limit", "columns=3", "--limit", "memory=2GB")
    assert WIDE in said(tmp_path, "check", str(RETURN), COMMUNITYCHECK_LIMIT="memory=2GB, columns=3")
    (tmp_path / "communitycheck.toml").write_text('limit = ["columns=3"]\n', encoding="utf-8")
    named = ("--config", "communitycheck.toml", "check", str(RETURN))
    assert WIDE in said(tmp_path, *named)
    assert WIDE not in said(tmp_path, *named, "--limit", "columns=300")
    assert "merely found may not" in said(tmp_path, "check", str(RETURN))  # a stranger may have left it there


# Each command that reads what others wrote, over a limit that its file exceeds; "watch" would go on and is below.
OVER: dict[str, list[str]] = {
    "check": [str(RETURN)],
    "inspect": [str(RETURN)],
    "explain": [str(RETURN), "--rule", "LN-01"],
    "gap": [str(RETURN)],
    "whatif": [str(RETURN), "--set", "LN-01=500 m2"],
    "trend": [str(RETURN)],
    "conflicts": [str(RETURN)],
    "overlap": [str(RETURN)],
    "compare": [str(RETURN), str(RETURN)],
    "baseline write": [str(RETURN), "-o", "new.json"],
    "baseline update": [str(RETURN), "--baseline", "baseline.json"],
    "baseline show": ["own.yaml"],  # not line by line as we write it, so as large as settings may be
    "waivers lint": ["own.yaml"],
    "rules coverage": [str(RETURN)],
    "rules import": ["formulas.csv"],
    "template": ["--standard", "own.yaml", "-o", "blank.xlsx"],
    "rules list": ["--standard", "own.yaml"],
    "rules sql": ["own.yaml", "--dialect", "duckdb"],
    "rules show": ["LN-01", "--standard", "own.yaml"],
    "rules new": ["new.yaml", "--rules-dir", "."],
    "rules docs": ["--output-dir", "pages", "--rules-dir", "."],
    "rules lint": ["own.yaml"],
    "rules help": ["facility_area", "--rules-dir", "."],
    "rules test": ["own_cases.yaml"],
}
OWN_FILES_ONLY = {"demo", "doctor", "config show"}


def leaves() -> dict[str, list[str]]:
    """Every command with its options."""
    found = {name: (command, context) for name, command, context in tool("pages").commands("en")}
    return {
        name: [one for parameter in command.params for one in parameter.opts]
        for name, (command, _) in found.items()
        if not hasattr(command, "modules")
    }


def test_every_command_that_reads_has_the_option_and_is_tried_here() -> None:
    found = leaves()
    assert {name for name, options in found.items() if "--limit" not in options} == OWN_FILES_ONLY
    assert set(found) == {*OVER, *OWN_FILES_ONLY, "watch"}


@pytest.mark.parametrize("way", ["option", "variable", "settings"])
@pytest.mark.parametrize("command", OVER)
def test_every_command_heeds_a_limit(command: str, way: str, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("# 本市的标准\n" * 20_000, encoding="utf-8")
    (tmp_path / "own_cases.yaml").write_text("# 本市标准的算例\n" * 20_000, encoding="utf-8")
    no_fails = '{"schema": "communitycheck-baseline/1", "written": {"as_of": "2023-12-31"}, "fails": []}'
    (tmp_path / "baseline.json").write_text(no_fails, encoding="utf-8")
    (tmp_path / "formulas.csv").write_text("编号,说明,公式,备注\n1,合计,A1=B1+C1,\n", encoding="utf-8")
    limits = ["columns=3", "settings=300KB"]
    words, before, variables = [*command.split(), *OVER[command]], [], {}
    if way == "option":
        words += [word for one in limits for word in ("--limit", one)]
    elif way == "variable":
        variables = {"COMMUNITYCHECK_LIMIT": ",".join(limits)}
    else:
        (tmp_path / "named.toml").write_text(f"limit = {limits}\n", encoding="utf-8")
        before = ["--config", "named.toml"]
    told = said(tmp_path, *before, *words, **variables, is_all=True)
    assert "--limit columns=N" in told or "--limit settings=N" in told


def test_watch_heeds_a_limit(tmp_path: Path) -> None:
    (tmp_path / "return.csv").write_bytes(RETURN.read_bytes())
    ended = mock.patch("communitycheck.cli.watch.time.sleep", side_effect=Stopped(signal.SIGINT))
    with ended:
        assert WIDE in said(tmp_path, "watch", ".", "--limit", "columns=3")


def test_a_limit_is_that_of_one_run(tmp_path: Path) -> None:
    before = in_force()
    said(tmp_path, "check", str(RETURN), "--limit", "columns=3")
    assert in_force() == before


def test_several_processes_are_told(tmp_path: Path) -> None:
    for i in range(3):
        (tmp_path / f"{i}.csv").write_bytes(RETURN.read_bytes() + b"\n" * i)
    assert said(tmp_path, "check", ".", "--jobs", "2", "--limit", "columns=3").count(WIDE) == 3


@pytest.mark.parametrize("wrong", ["colums=3", "columns", "columns=", "columns=3GB", "columns=-1", "memory=much", "=3"])
def test_what_sets_no_limit_is_told(wrong: str, tmp_path: Path) -> None:
    told = said(tmp_path, "check", str(RETURN), "--limit", wrong)
    assert "sets no limit" in told and "memory" in told and len(told.splitlines()) == 1
    assert ("did you mean 'columns=3'" in told) == (wrong == "colums=3")


def test_python_sets_limits_for_a_block() -> None:
    with communitycheck.limits(columns=3):
        (error,) = communitycheck.check(RETURN, "liaoning-2021").unread
    assert error.code == "too-many-columns"
    assert not communitycheck.check(RETURN, "liaoning-2021").unread
    with pytest.raises(communitycheck.UsageError, match="sets no limit"), communitycheck.limits(lines=3):
        pass


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("memory", "8GB", 8 << 30), ("memory", "1.5 gb", 3 << 29), ("line", "64KB", 1 << 16), ("cells", "1_000", 1000)],
)
def test_values_as_people_write_them(name: str, text: str, value: int) -> None:
    assert limit_value(name, text) == value
    assert limit_value(name, shown(name, value)) == value


@pytest.mark.parametrize("page", ["reliability.md", "reliability.zh-CN.md"])
def test_the_documentation_lists_the_limits_as_they_are(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    rows = [line.split(" | ")[:2] for line in text.splitlines() if line.startswith("| `") and "` | " in line]
    listed = {name.strip("| `"): value for name, value in rows}
    assert {one.name: shown(one.name, one.default) for one in TABLE}.items() <= listed.items()


# --- files beside the returns


def in_time(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, which has ten seconds of the clock for each of the processor."""
    return subprocess.run(
        [sys.executable, "-m", "communitycheck", *arguments, "--lang", "en"],
        cwd=folder, capture_output=True, text=True, timeout=100, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes that are files")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "@pipe.yaml"], ["check", "@/dev/zero"], ["check", "pipe.zip", "--cache", "kept"],
        ["check", str(RETURN), "--standard", "pipe.yaml"], ["check", str(RETURN), "--mapping", "pipe.yaml"],
        ["check", str(RETURN), "--mapping", "/dev/zero"], ["rules", "lint", "pipe.yaml"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_never_ends_is_refused_at_once(arguments: list[str], tmp_path: Path) -> None:
    for name in ("pipe.yaml", "pipe.zip"):
        os.mkfifo(tmp_path / name)
    done = in_time(tmp_path, *arguments)
    assert done.returncode == 2
    assert "a pipe or a device" in done.stderr + done.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes that are files")
def test_settings_that_are_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    done = in_time(tmp_path, "--config", "pipe.toml", "check", str(RETURN))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


LAUGHS = "a: &a [1,1,1,1]\n" + "".join(f"{c}: &{c} [*{b}, *{b}, *{b}, *{b}]\n" for b, c in pairwise("abcdefghi"))


@pytest.mark.parametrize(
    ("option", "name", "content", "words"),
    [
        ("--mapping", "m.yaml", LAUGHS, "is no valid YAML: see line 1"),
        ("--mapping", "m.yaml", "tables:\n" + "- file: a\n" * 600_000, "the limit is 4 MB"),
        ("--mapping", "m.yaml", "[" * 100_000, "is no valid YAML"),
        ("--standard", "s.yaml", LAUGHS.replace("\n", "\n\n"), "(&a) are not accepted"),
        ("--standard", "s.yaml", "a: &a [1]\n" + "".join(f"k{i}: *a\n" for i in range(5_000)), "more faults"),
        ("--standard", "s.yaml", "# 标准\n" * 600_000, "the limit is 4 MB"),
        ("--standard", "s.yaml", "[" * 100_000, "s.yaml:1"),
        ("--config", "c.toml", "# 设置\n" * 600_000, "c.toml has over"),
        ("--config", "c.toml", "a = " + "[" * 100_000, "not valid TOML"),
    ],
)  # fmt: skip
def test_files_beside_the_returns_that_are_traps(
    option: str, name: str, content: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    given = [option, name]
    front, behind = (given, []) if option == "--config" else ([], given)
    told = said(tmp_path, *front, "check", str(RETURN), *behind)
    assert words in told and len(told) < 20_000
    lines = told.splitlines()  # a rule file is told all that is wrong with it, up to a hundred
    assert len(lines) == 1 or (len(lines) <= 101 and all("s.yaml:" in line for line in lines[:100]))


def test_a_list_that_is_too_long(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("a.csv\n" * 800_000, encoding="utf-8")
    assert "this is hardly a list" in said(tmp_path, "check", "@list.txt")
