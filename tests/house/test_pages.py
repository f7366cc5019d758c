"""docs/answers.md lists every exit code with its reasons, every kind of row and every notice."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType

import pytest

from communitycheck.messages import ROOMS, catalogue
from communitycheck.model.sheet import RowClass
from paths import ROOT

PAGE = (ROOT / "docs" / "answers.md").read_text("utf-8")


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def listed(heading: str) -> list[str]:
    """The first cells of the table below a heading."""
    _, _, below = PAGE.partition(f"# {heading} / ")
    return re.findall(r"^\| `?([a-z_0-9-]+)`? \|", re.split(r"^#", below, flags=re.MULTILINE)[0], re.MULTILINE)


def test_the_notices_are_those_of_today() -> None:
    assert tool("pages").page(PAGE) == PAGE, "python tools/pages.py writes them anew"


def test_the_reasons_in_the_schema_are_those_of_today() -> None:
    path, text = tool("schemas").report_schema()
    assert path.read_text("utf-8") == text, "python tools/schemas.py writes them anew"


def test_every_file_of_sentences_about_returns_is_on_a_page() -> None:
    about = {room for room in ROOMS if room.startswith("returns.")} - {"returns.mapping"}
    assert about <= set(tool("pages").ABOUT)


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("退出码", [code.removeprefix("result-") for code in catalogue() if re.fullmatch("result-[0-9]", code)]),
        (
            "为什么不完整",
            [c[5:].replace("-", "_") for c in catalogue() if c.startswith("open-") and c != "open-list"],
        ),
        ("没有读的工作表", [c[9:] for c in catalogue() if c.startswith("not-read-") and c != "not-read-other"]),
        ("各类行", [row_class.value for row_class in RowClass]),
    ],
)
def test_every_code_is_listed(heading: str, codes: list[str]) -> None:
    assert sorted(listed(heading)) == sorted(codes)
