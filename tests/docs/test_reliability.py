"""The promises of docs/reliability.md: each has a command, and what a command names is there."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest

from paths import ROOT

PAGES = [ROOT / "docs" / name for name in ("reliability.md", "reliability.zh-CN.md")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROGRAMS = {"python", "mypy", "ruff", "lint-imports", "pip"}
# The heading below which stands what CI does not run.
BY_HAND = {"reliability.md": "## What runs when", "reliability.zh-CN.md": "## 何时运行什么"}


def commands(text: str) -> list[str]:
    """What stands in code, in a line or indented, and begins like a command."""
    code = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^ {4,}(\S.*)$", text, re.MULTILINE)
    return list(dict.fromkeys(one for one in code if one.split()[0] in PROGRAMS and len(one.split()) > 1))


def faults(command: str) -> list[str]:
    """What a command names that is not there."""
    words = shlex.split(command)
    if words[0] == "pip":
        extras = {one for group in re.findall(r"\[([\w,-]+)\]", command) for one in group.split(",")}
        files = [word for word in words if word.endswith(".txt") and not (ROOT / word).exists()]
        return sorted(extras - set(PROJECT["project"]["optional-dependencies"])) + files
    missing = [word for word in words[1:] if "/" in word and not (ROOT / word.partition("::")[0]).exists()]
    if words[0] == "python" and words[1].endswith(".py") and not missing:
        source = (ROOT / words[1]).read_text("utf-8")
        missing += [word for word in words[2:] if word.startswith("--") and f'"{word}"' not in source]
    return missing


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.name))
def test_every_command_is_there(page: Path) -> None:
    found = commands(page.read_text("utf-8"))
    assert len(found) > 15
    assert {one: faults(one) for one in found if faults(one)} == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.name))
def test_what_ci_does_not_run_is_listed(page: Path) -> None:
    """CI runs the tests of ``testpaths`` without the slow ones; every other command is named as run by hand."""
    text = page.read_text("utf-8")
    by_hand = commands(text.partition(BY_HAND[page.name])[2])
    others = [one for one in commands(text) if not _by_ci(one) and one.split()[0] != "pip" and "--write" not in one]
    assert sorted(set(others) - set(by_hand)) == []


def _by_ci(command: str) -> bool:
    words = command.split()
    if words[0] in ("mypy", "ruff", "lint-imports") or words[1] == "tests/run.py":
        return True
    paths = [word for word in words if word.startswith("tests/")]
    return words[1:3] == ["-m", "pytest"] and bool(paths)  # the slow ones of a folder run with all that are slow


def test_both_pages_name_the_same_commands() -> None:
    one, other = (set(commands(page.read_text("utf-8"))) for page in PAGES)
    assert one == other


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        ("python -m pytest tests/gone", ["tests/gone"]),
        ("python -m pytest tests/fuzz tests/fuzz/gone.py", ["tests/fuzz/gone.py"]),
        ("python tools/gone.py", ["tools/gone.py"]),
        ("python tests/fuzz/run.py --gone 1", ["--gone"]),
        ("pip install -e '.[dev,gone]'", ["gone"]),
    ],
)
def test_what_is_gone_is_noticed(command: str, fault: list[str]) -> None:
    assert faults(command) == fault


def test_the_lower_ends_are_those_of_the_project() -> None:
    wanted = dict(_parted(one.partition(";")[0], ">=") for one in PROJECT["project"]["dependencies"])
    lines = (ROOT / "constraints-lowest.txt").read_text("utf-8").splitlines()
    tried = dict(_parted(line, "==") for line in lines if not line.startswith("#"))
    assert set(tried) == set(wanted)
    assert {name: wanted[name] for name in wanted if _cut(tried[name]) != _cut(wanted[name])} == {}


def test_every_dependency_has_a_version_that_was_tried() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    tried = {_parted(line, "==")[0].lower().replace("_", "-") for line in lines if not line.startswith("#")}
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["dev"]]
    names = {re.split(r"[^\w.-]", one, maxsplit=1)[0].lower() for one in asked}
    assert names - {"types-pyyaml"} <= tried | {"psutil", "colorama"}


def _parted(requirement: str, sign: str) -> tuple[str, str]:
    name, _, version = requirement.partition(sign)
    return name.partition("[")[0].strip(), version.partition(",")[0].strip()


def _cut(version: str) -> str:
    """3.3.0 and 3.3 are one."""
    return re.sub(r"(\.0)+$", "", version)


def test_python_of_the_lower_ends_is_the_oldest_that_is_supported() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11" and sys.version_info >= (3, 11)
