"""The same data is judged the same wherever it lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.api import render
from communitycheck.messages import LANGS
from returns.databases.table_writers import WRITERS, as_csv, as_json, as_sqlite, judged, sample, verdicts


@pytest.mark.parametrize("source", [name for name in WRITERS if name != "csv"])
def test_a_table_is_judged_as_its_csv_is(source: str, tmp_path: Path) -> None:
    expected = verdicts(judged(as_csv(sample(), tmp_path / "a.csv")))
    found = judged(WRITERS[source](sample(), tmp_path / f"a.{source}"))
    assert verdicts(found) == expected and len(expected) > 20
    assert not found.unread


def test_a_row_is_named_by_its_key(tmp_path: Path) -> None:
    report = judged(as_sqlite(sample(), tmp_path / "a.sqlite", key="行政区划代码"))
    places = {v["subject"]["code"]: v["at"] for v in as_json(report)["verdicts"] if v["at"]}
    assert places["210102001002"]["key"] == "行政区划代码=210102001002"
    assert places["210102001002"]["sheet"] == "communities" and places["210102001002"]["row"] == 3
    assert set(places["210102001002"]["cells"]) <= set(sample().column_names)
    for lang in LANGS:
        text = "".join(render(report, "csv", lang))
        assert "行政区划代码=211221102202 · 综合服务设施面积(㎡) · 户数" in text


def test_without_a_key_by_the_number_that_the_file_gives_it(tmp_path: Path) -> None:
    report = judged(as_sqlite(sample(), tmp_path / "a.sqlite"))
    keys = [v["at"]["key"] for v in as_json(report)["verdicts"] if v["at"]]
    assert keys[0] == "rowid=1" and set(keys) == {f"rowid={n}" for n in range(1, 13)}


def test_by_several_processes_and_from_the_cache(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    as_sqlite(sample(), folder / "a.sqlite", key="行政区划代码")
    as_csv(sample().slice(0, 3), folder / "b.csv")

    def bytes_of(**options: object) -> str:
        return "".join(render(judged(f"{folder}/*.sqlite::communities", **options), "json", "zh", all_verdicts=True))

    plain = bytes_of(jobs=1)
    assert '"key":' in plain
    assert bytes_of(jobs=2) == plain
    assert bytes_of(jobs=2, cache=tmp_path / "cache") == plain == bytes_of(jobs=1, cache=tmp_path / "cache")
