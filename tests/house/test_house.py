"""The house is kept: no circle, no two classes of one name, no folder too full, nothing imported late without a reason.

What each of these means is said in ``tools/house.py``, which also lists everything with its place.
"""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from paths import ROOT


@cache
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("house", ROOT / "tools" / "house.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["house"] = module
    spec.loader.exec_module(module)
    return module


@cache
def house() -> Any:
    return tool().House.read(ROOT / "src")


def test_no_import_circles() -> None:
    found = [f"{one.importer}:{one.line} -> {one.imported}" for c in house().circles() for one in house().links(c)]
    assert not found


def test_no_folder_holds_too_many_files() -> None:
    most = tool().FULLEST_FOLDER
    full = {str(folder): n for folder, n in house().folders().items() if n > most}
    assert not full


def test_no_function_is_too_long() -> None:
    found = house().long_functions()
    assert not found


def test_no_two_classes_share_a_name() -> None:
    found = house().shared_class_names()
    assert not found


def test_what_is_imported_late_says_why() -> None:
    found = [f"{one.importer}:{one.line} {one.imported}" for one in house().lazy_imports() if not one.reason]
    assert not found


# The element behind an object of python-docx, and the number of a style of xlsxwriter, are to be had in no other way.
LIBRARIES = {"_p", "_r", "_tr", "_tbl", "_blob", "_get_xf_index"}


def test_nobody_reaches_for_another_s_private_names() -> None:
    found = [(place, name) for place, name in house().reach_ins() if name not in LIBRARIES]
    assert not found


# The counter itself: a small package with one of each fault.
FAULTY = {
    "__init__.py": "",
    "one.py": "from p.two import f\n\nclass Same:\n    _hidden = 1\n",
    "two.py": "def f():\n    from p import one\n    return one\n\nclass Same: ...\n",
    "three.py": "import p.one\n\ndef g(x):\n    # heavy\n    from p.two import f\n    return x._hidden, id(x), f\n",
    "four/__init__.py": "from p.four.a import A\n",
    "four/a.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p.four import B\nclass A: ...\n",
    "long.py": "def h():\n" + "    pass\n" * 60,
}


@pytest.fixture
def faulty(tmp_path: Path) -> Any:
    for name, text in FAULTY.items():
        file = tmp_path / "p" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tool().House.read(tmp_path)


def test_every_fault_is_counted(faulty: Any) -> None:
    assert faulty.circles() == [["p.one", "p.two"], ["p.four.__init__", "p.four.a"]]
    assert [(one.importer, one.imported, one.reason) for one in faulty.lazy_imports()] == [
        ("p.three", "p.two", True),
        ("p.two", "p.one", False),
    ]
    assert list(faulty.shared_class_names()) == ["Same"]
    assert [name for _, name in faulty.reach_ins()] == ["_hidden"]
    assert [name for _, name, _ in faulty.long_functions()] == ["h"]
    assert len(faulty.uses_of_id()) == 1
