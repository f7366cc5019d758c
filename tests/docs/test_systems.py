"""The pages on Windows and macOS: both languages say the same, their commands run, their links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from batch.folder import community_csv
from communitycheck.cli.run import run
from docs.fences import fences
from paths import ROOT

DOCS = ROOT / "docs"
PAGES = ("windows", "macos")
LANGUAGES = ("", ".zh-CN")
LINK = re.compile(r"\]\(([^)#]+)\)")


def page(name: str, language: str) -> str:
    return (DOCS / f"{name}{language}.md").read_text(encoding="utf-8")


def shape(text: str) -> dict[str, object]:
    """What is the same in every language: headings, lists and tables by their number, all that is typed, links."""
    plain = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return {
        "headings": re.findall(r"^#+(?= )", plain, re.MULTILINE),
        "points": len(re.findall(r"^- ", plain, re.MULTILINE)),
        "rows": len(re.findall(r"^\|", plain, re.MULTILINE)),
        "blocks": [(fence.language, fence.content) for fence in fences(text)],
        "links": sorted(target.replace(".zh-CN", "") for target in LINK.findall(plain)),
        "options": sorted(set(re.findall(r"(?<=`)--?[a-z-]+", plain))),
    }


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_are_in_step(name: str) -> None:
    english, chinese = (shape(page(name, language)) for language in LANGUAGES)
    assert english == chinese


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str, language: str) -> None:
    assert not [target for target in LINK.findall(page(name, language)) if not (DOCS / target).exists()]


@pytest.mark.parametrize("name", PAGES)
def test_commands_work_as_typed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "returns").mkdir()
    community_csv(tmp_path / "returns" / "street.csv", "大东区", 3)
    monkeypatch.chdir(tmp_path)
    typed = [line for fence in fences(page(name, "")) for line in fence.content.splitlines()]
    commands = [line for line in typed if line.startswith("communitycheck ")]
    assert len(commands) >= 3
    for command in commands:
        assert "'" not in command and "\\" not in command  # neither is the same in PowerShell, cmd and sh
        assert run(shlex.split(command)[1:]) in (0, 1, 3), command
