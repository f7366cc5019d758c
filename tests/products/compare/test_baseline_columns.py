"""A baseline is read by the column where it is laid out as we write it, and says the same as read entry by entry."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from communitycheck.errors import UsageError
from communitycheck.planning.baseline.entries import Baseline
from communitycheck.planning.compare.side import COLUMNS
from communitycheck.products.compare.baseline_file import baseline_json, load_baseline
from communitycheck.standards.choose import open_rule_book

HEAD = {
    "schema": "communitycheck-baseline/1",
    "written": {"version": "0.1.0", "as_of": "2023-12-31", "standards": ["own"]},
}
DICTIONARY = open_rule_book().dictionary


def entry(number: int, **more: Any) -> dict[str, Any]:
    return {
        "standard": "own", "rule": f"A-{number % 2}", "entity": "community", "code": f"21010200100{number}",
        "name": f"第{number}社区", "region": {"city": "沈阳市", "county": "和平区"}, "outcome": "fail",
        "observed": 312.5, "required": 400.0, "shortfall": 87.5, "unit": "m2", "threshold_hash": "3ac1", **more,
    }  # fmt: skip


ENTRIES = [entry(number) for number in range(6)]


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in entry(7).items() if name != key}


def loaded(folder: Path, entries: list[Any], lay_out: Callable[[list[Any]], str]) -> Baseline | str:
    path = folder / "baseline.json"
    path.write_text(lay_out(entries), encoding="utf-8")
    try:
        return load_baseline(path, DICTIONARY)
    except UsageError as error:
        return error.code


def by_line(entries: list[Any]) -> str:
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in entries)
    return f'{{"schema": "{HEAD["schema"]}",\n"written": {json.dumps(HEAD["written"])},\n"fails": [\n{lines}]\n}}\n'


def otherwise(entries: list[Any]) -> str:
    return json.dumps({**HEAD, "fails": entries}, ensure_ascii=False, indent=1)


@pytest.mark.parametrize(
    "more",
    [
        entry(7, observed=[300.0, None]),
        entry(7, observed=[None, 300.0], required=None, shortfall=None),
        entry(7, name='"}],\n', code=""),
        entry(7, name='"observed": null', region={}),
        entry(7, group=True, entity="county", name="和平区", code="", region={"city": "沈阳市"}),
        entry(7, group=True, entity="whole", name="", code=""),
        entry(7, observed=1),
        entry(7, threshold_hash="other"),
        entry(1),  # twice
        entry(7, observed="312"),
        entry(7, observed=[1, 2, 3]),
        entry(7, observed=True),
        entry(7, outcome="pass"),
        entry(7, region={"city": None}),
        entry(7, region={"planet": "Earth"}),
        entry(7, group=None),
        entry(7, rule=""),
        entry(7, name=None),
        entry(7, extra=1),
        without("observed"),
        without("region"),
        without("code"),
        7,
        "}",
    ],
)
def test_read_by_column_as_one_by_one(tmp_path: Path, more: Any) -> None:
    entries = [*ENTRIES[:3], more, *ENTRIES[3:]]
    one, other = (loaded(tmp_path, entries, lay_out) for lay_out in (by_line, otherwise))
    if isinstance(one, str) or isinstance(other, str):
        assert one == other
        return
    assert "".join(map(text, baseline_json(one))) == "".join(map(text, baseline_json(other)))
    assert one.side.verdicts.keys() == other.side.verdicts.keys()
    for key, verdicts in one.side.verdicts.items():
        for name in ("rows", *COLUMNS):
            np.testing.assert_array_equal(getattr(verdicts, name), getattr(other.side.verdicts[key], name))
        assert list(one.hashes[key]) == list(other.hashes[key])


def text(piece: str | memoryview) -> str:
    return piece if isinstance(piece, str) else str(piece, "utf-8")
