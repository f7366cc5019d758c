"""The forms of names that come with the toolkit are those that would be worked out, and are passed over when stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.returns.columns.meaning import known_names
from communitycheck.returns.columns.meaning.field_names import forms_of


def test_they_are_what_would_be_worked_out() -> None:
    known = known_names.known_names()
    assert len(known) > 1000 and all(tuple(forms) == forms_of(name) for name, forms in known.items())


def test_other_code_knows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other.py"
    other.write_text("# other code", "utf-8")
    monkeypatch.setattr(known_names, "_CODE", (other, known_names._CODE[1]))
    assert known_names.known_names() == {}


def test_a_program_without_sources_knows_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = known_names.known_names()
    monkeypatch.setattr(known_names, "_CODE", (tmp_path / "none.py", tmp_path / "nor_this.py"))
    assert known_names.known_names() == known
