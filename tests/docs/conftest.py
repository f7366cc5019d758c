from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.cli.run import run
from docs.fences import Printed


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Printed:
    """Runs the commands of a page here, which is quicker than a process for each."""

    def printed(words: list[str], folder: Path) -> str:
        monkeypatch.chdir(folder)
        capsys.readouterr()
        run(words)
        return "".join(capsys.readouterr())

    monkeypatch.setenv("COLUMNS", "160")
    return printed
