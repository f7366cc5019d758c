"""What names a return on a command line, so that somebody can type it back."""

from __future__ import annotations

import pytest

from communitycheck.model.returns import Return

TYPED = [
    ("a.csv", "a.csv"),
    ("2023.zip/东区/a.csv", "2023.zip"),
    ("各地/2023.ZIP/in.zip/a.csv", "各地/2023.ZIP"),
    ("-x.csv", "./-x.csv"),
]


@pytest.mark.parametrize(("path", "typed"), TYPED)
def test_what_can_be_typed_back(path: str, typed: str) -> None:
    assert Return(path, "", "csv").argument_to_type() == typed
