"""Every cell of docs/notebook.ipynb runs, from top to bottom, as a notebook would run it."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest

from communitycheck.model.report import Report
from paths import ROOT

NOTEBOOK = json.loads((ROOT / "docs" / "notebook.ipynb").read_text("utf-8"))


def last_value(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; the value of its last line, which a notebook shows."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def test_the_cells_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "docs")  # where a notebook starts: in its own folder
    names: dict[str, Any] = {}
    cells = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
    shown = [last_value("".join(cell["source"]), names) for cell in cells]
    assert all(one is not None for one in shown)
    assert isinstance(shown[0], Report) and "PZ-06" in shown[0]._repr_html_()
    fewer, *_, more = names["areas"].pipe(lambda areas: [(areas < limit).sum() for limit in (300, 600)])
    assert 0 < fewer < more
    assert names["page"].stat().st_size > 10_000


def test_it_is_kept_without_what_it_printed() -> None:
    """Any Jupyter opens it, and a difference is one of the text."""
    assert (NOTEBOOK["nbformat"], NOTEBOOK["metadata"]["kernelspec"]["name"]) == (4, "python3")
    for cell in NOTEBOOK["cells"]:
        assert cell["cell_type"] == "markdown" or (cell["outputs"] == [] and cell["execution_count"] is None)
