"""The pages on Windows and macOS: their commands work as typed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from batch.folder import community_csv
from communitycheck.cli.run import run
from docs.fences import fences
from docs.pages import DOCS

PAGES = ("windows", "macos")


@pytest.mark.parametrize("name", PAGES)
def test_commands_work_as_typed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "returns").mkdir()
    community_csv(tmp_path / "returns" / "street.csv", "大东区", 3)
    monkeypatch.chdir(tmp_path)
    typed = [line for fence in fences((DOCS / f"{name}.md").read_text("utf-8")) for line in fence.content.splitlines()]
    commands = [line for line in typed if line.startswith("communitycheck ")]
    assert len(commands) >= 3
    for command in commands:
        assert run(shlex.split(command)[1:]) in (0, 1, 3), command
