"""What Python programs may rely on: the public names, their documentation, and that they weigh nothing until used."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import communitycheck
from paths import ROOT

PUBLIC = {
    "Address", "CommunityCheckError", "Gate", "Notice", "Outcome", "QuestionError", "Reason", "Report", "Return",
    "ReturnError", "Rule", "RuleFileError", "RuleResult", "Standard", "Subject", "UsageError", "Verdict", "WriteError",
    "__version__", "check", "limits", "load_standard", "read_return", "render", "write",
}  # fmt: skip


def test_the_public_names_are_these() -> None:
    assert set(communitycheck.__all__) == PUBLIC
    assert communitycheck.__all__ == sorted(communitycheck.__all__, key=lambda n: (n[0].islower(), n))
    assert set(dir(communitycheck)) == PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC - {"__version__"}))
def test_each_is_there_and_documented(name: str) -> None:
    found = getattr(communitycheck, name)
    assert inspect.getdoc(found), name
    readme = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    assert f"`{name}`" in readme or f"`{name}(" in readme


def test_an_unknown_name_is_no_surprise() -> None:
    with pytest.raises(AttributeError, match="chek"):
        communitycheck.chek  # noqa: B018


@pytest.mark.parametrize(
    "first",
    ["import communitycheck", "from communitycheck.check import check", "import communitycheck.check"],
)
def test_check_is_the_function_whatever_is_imported_first(first: str) -> None:
    code = f"{first}; import communitycheck; print(callable(communitycheck.check))"
    assert run(code) == "True"


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "('numpy', 'pandas', 'pyarrow', 'pydantic', 'yaml', 'rich', 'typer', 'difflib', 'jinja2', 'docx')"
    assert run(f"import sys, communitycheck; print([m for m in {heavy} if m in sys.modules])") == "[]"


def test_types_are_shipped() -> None:
    assert (Path(communitycheck.__file__).parent / "py.typed").exists()


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_a_day_that_is_no_date_is_said() -> None:
    with pytest.raises(communitycheck.UsageError, match="as_of"):
        communitycheck.check("return.csv", as_of="2023-12-31")  # type: ignore[arg-type]
