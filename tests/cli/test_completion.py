"""Completion, asked as the shells ask it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from communitycheck.cli.program import COMMANDS, SHELLS
from communitycheck.cli.run import run

RULES = """standard: own
title: {zh: 示例, en: An example}
source: {document: 文件, issuer: 单位, date: 2020-01-01}
jurisdiction: {code: "210300", name: 鞍山市}
in_force: {from: 2020-01-01}
rules:
  - {id: OWN-01, title: {zh: 窗口, en: Windows}, clause: 一, applies_to: community, indicator: service_windows,
     at_least: 1, severity: mandatory}
"""

# What has been typed, with the word that is being typed last; words that are offered, and one that is not.
TYPED = [
    ("", [*COMMANDS], "--lang"),
    ("ch", ["check"], "rules"),
    ("rules l", ["list", "lint"], "show"),
    ("check a.xlsx --mark", ["--mark-up"], "--mapping"),
    ("a.xlsx --al", ["--allow-incomplete", "--all-verdicts"], "--as-of"),
    ("check a.xlsx --select LN-0", ["LN-01", "LN-03"], "PZ-01"),
    ("explain a.xlsx --rule PZ-0", ["PZ-05"], "LN-01"),
    ("rules show SY", ["SY-03"], "LN-01"),
    ("check a.xlsx --standard l", ["liaoning-2021"], "shenyang-2023"),
    ("a.xlsx --region 沈", ["沈阳市"], "鞍山市"),
    ("check a.xlsx --format j", ["json", "junit"], "text"),
    ("check a.xlsx --fail-on m", ["mandatory"], "never"),
    ("--lang ", ["zh", "en"], "check"),
    ("check a.xlsx --rules-dir own --select OW", ["OWN-01"], "LN-01"),
]


def asked(typed: str, shell: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = ["communitycheck", *typed.split(" ")]
    line = " ".join(words)
    of_shell = {
        "bash": {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
        "powershell": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1]},
    }
    variables = {**os.environ, **of_shell[shell], "_COMMUNITYCHECK_COMPLETE": f"complete_{shell}"}
    command = [sys.executable, "-m", "communitycheck"]
    return subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize(("typed", "offered", "other"), TYPED, ids=[t[0] for t in TYPED])
def test_bash_is_offered(typed: str, offered: list[str], other: str, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "own.yaml").write_text(RULES, encoding="utf-8")
    done = asked(typed, "bash", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    found = done.stdout.split()
    assert set(offered) <= set(found) and other not in found


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_other_shells_get_what_a_word_means_as_well(shell: str, tmp_path: Path) -> None:
    done = asked("rules show LN-0", shell, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line for line in done.stdout.splitlines() if "LN-01" in line]
    assert len(lines) == 1 and re.search(r"\w{4}", lines[0].replace("LN-01", ""))


@pytest.mark.parametrize("typed", ["zzz a.xlsx --sel", "check a.xlsx --rules-dir nowhere --select L", "check ret"])
def test_where_nothing_fits_nothing_is_said(typed: str, tmp_path: Path) -> None:
    done = asked(typed, "bash", tmp_path)
    assert (done.stdout.strip(), done.stderr) == ("", "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes_with_the_script_that_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--show-completion", "bash"]) == 0
    program = tmp_path / "communitycheck"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m communitycheck "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = capsys.readouterr().out + (
        "\nCOMP_WORDS=(communitycheck rules show LN-01); COMP_CWORD=3; _communitycheck_completion communitycheck"
        '\nprintf "%s\\n" "${COMPREPLY[@]}"\ncomplete -p communitycheck\n'
    )
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", script], env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[0] == "LN-01", done.stderr
    assert "-o default" in done.stdout  # files, where no word fits


@pytest.mark.parametrize("shell", SHELLS.split("|"))
def test_every_shell_has_a_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--show-completion", shell]) == 0
    assert "_COMMUNITYCHECK_COMPLETE" in capsys.readouterr().out


def test_it_is_installed_into_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert run(["--lang", "en", "--install-completion", "fish"]) == 0
    said = capsys.readouterr().err
    assert str(tmp_path) in said and "fish" in said
    assert any(path.is_file() for path in tmp_path.rglob("communitycheck.fish"))


@pytest.mark.parametrize(
    ("lang", "text"),
    [("zh", "错误：--show-completion 不能是“bsh”"), ("en", "error: --show-completion cannot be 'bsh'")],
)
def test_an_unknown_shell_is_refused(lang: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", lang, "--show-completion", "bsh"]) == 2
    assert capsys.readouterr().err.startswith(text)


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["check", "a\\ b.csv", "--standard", "liao"], "liaoning-2021"),
        (["check", "a.csv", "--standard", "=", "liao"], "liaoning-2021"),
        (["check", "a.csv", "--region", "=", "辽宁"], "辽宁省"),
        (["check", "a.csv", "--fail-on", "=", "mand"], "mandatory"),
    ],
)
def test_bash_completes_behind_an_equals_sign_and_from_a_folder_with_blanks(
    typed: list[str], offered: str, tmp_path: Path
) -> None:
    """bash hands over ``--region=辽`` as three words, and the program as it was typed."""
    program = tmp_path / "my tools" / "communitycheck"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m communitycheck "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    words = [str(program).replace(" ", "\\ "), *typed]
    quoted = " ".join("'" + word + "'" for word in words)
    command = [sys.executable, "-m", "communitycheck", "--show-completion", "bash"]
    script = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    script += f"COMP_WORDS=({quoted}); COMP_CWORD={len(typed)}; _communitycheck_completion '{words[0]}'\n"
    script += "printf '%s\\n' \"${COMPREPLY[@]}\""
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.stdout.split(), done.stderr) == ([offered], "")
