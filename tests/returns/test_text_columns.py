"""Long columns are read by shorter ways than short ones, to the same end."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.digits import half_step_of, half_steps
from communitycheck.returns.cells.cast.scale import Scale
from communitycheck.returns.cells.cell import number
from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.row_words import is_total
from communitycheck.returns.layout.rows.sparse_rows import _usual
from communitycheck.returns.layout.rows.totals import _suspects
from communitycheck.returns.layout.tables import find_layouts
from communitycheck.returns.table.duplicates import duplicates
from communitycheck.returns.text_columns import all_differ, bools, differs, encode, hashed, heads, may_hold
from communitycheck.standards import load_dictionary
from each import each
from entities import ENTITIES
from paths import RULES

FIELDS = load_dictionary(RULES / "dictionary.yaml").fields
LONG = 9_000
NAMES = [f"第{i}社区" for i in range(LONG)]


@settings(deadline=None)
@example(["a", "b\0"], 0)
@given(st.lists(st.text("ab社区\0", max_size=40), max_size=60), st.integers(0, 5))
def test_keys_tell_texts_apart(texts: list[str], offset: int) -> None:
    array = pa.array(["x" * 9] * offset + texts, pa.string()).slice(offset)
    assert all_differ(hashed(array)) == (len(set(texts)) == len(texts))


def test_keys_of_many_texts() -> None:
    keys = hashed(pa.array(NAMES * 20, pa.string()))
    assert all_differ(keys[:LONG])
    assert not all_differ(keys[: LONG + 1])
    assert len(np.unique(keys)) == LONG


def pieced(values: list[Any], kind: Any, cut: int) -> Any:
    """An Arrow array of two chunks, the second of which begins inside a larger one."""
    return pa.chunked_array([pa.array(values[:cut], kind), pa.array([None, *values[cut:]], kind).slice(1)])


@given(st.lists(st.sampled_from([True, False, None]), max_size=40), st.integers(0, 40))
def test_truths_of_arrow(values: list[bool | None], cut: int) -> None:
    assert bools(pieced(values, pa.bool_(), cut)).tolist() == [bool(value) for value in values]


@given(st.lists(st.none() | st.text("aé计社\U00020000", max_size=4), max_size=30), st.integers(0, 30))
def test_bytes_of_a_column(texts: list[str | None], cut: int) -> None:
    column = pieced(texts, pa.string(), cut)
    for mark in "aé计社\U00020000":
        assert may_hold(column, mark) == any(mark in text for text in texts if text)
    begin = [(text or "").encode()[:2] for text in texts]
    assert all(int(head).to_bytes(2).startswith(two) for head, two in zip(heads(column), begin, strict=True))


NUMBERS = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,7})?", fullmatch=True)


@given(st.lists(st.none() | NUMBERS, max_size=30), st.integers(0, 30))
def test_digits_after_the_point(texts: list[str | None], cut: int) -> None:
    one_by_one = [half_step_of(text, number(float(text))) if text else np.nan for text in texts]
    assert np.allclose(half_steps(pieced(texts, pa.string(), cut), 1.0), one_by_one, rtol=1e-12, equal_nan=True)


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(0, 3))
def test_the_usual_count_is_the_median(counts: list[int], least: int) -> None:
    held = [count for count in counts if count >= least]
    assert _usual(np.array(counts, np.int64), least) == (np.median(held) if held else 0)


@pytest.mark.parametrize("odd", [None, "", "无", " 和平 社区", "张三 13900000000", "合计"])
@pytest.mark.parametrize("key", ["community", "region_code"])
def test_a_column_that_hardly_repeats_is_read_like_any_other(key: str, odd: str | None) -> None:
    texts = [name if key == "community" else f"2101{i:08}" for i, name in enumerate(NAMES)]
    texts[5_000:5_003] = [odd, odd, texts[0]]
    array = pa.chunked_array([pa.array(texts[:100], pa.string()), pa.array(texts[100:], pa.string())])
    assert differs(array)
    short, told = cast(FIELDS[key], array, Scale())
    known, said = cast(FIELDS[key], array, Scale(), encode(array))
    assert short.text.equals(known.text)
    assert told == said
    assert (short.state is None) == (known.state is None)
    assert short.state is None or np.array_equal(short.state, known.state)
    rows = np.arange(LONG, dtype=np.int32)
    found = duplicates(ENTITIES["community"], {key: short}, rows)
    assert found == duplicates(ENTITIES["community"], {key: known}, rows)
    assert [f.values["first_row"] for f in found if f.position == 5_002] == [0]


@pytest.mark.parametrize("rows", [90, 900, 1_100, LONG])
@pytest.mark.parametrize("word", ["合计", "全区", "Total", "  总计", "计", "和平区小计"])
@pytest.mark.parametrize("column", [0, 1])
def test_a_word_for_a_total_is_found_in_any_length_of_table(rows: int, word: str, column: int) -> None:
    counties = ["和平区", "沈河区", "全胜区"]  # the last begins like a word for the whole
    cells: list[list[str | None]] = [
        [counties[i % 3] for i in range(rows)], [*NAMES[:rows]], [str(300 + i % 7) for i in range(rows)]
    ]  # fmt: skip
    at = rows * 2 // 3
    cells[1][at] = None  # a total names no community
    cells[column][at] = word
    header = ["区", "社区名称", "户数"]
    columns = [pa.chunked_array([[name], texts], pa.string()) for name, texts in zip(header, cells, strict=True)]
    (layout,) = find_layouts(Grid("a.csv", "", columns, rows + 1))
    assert layout.totals_rows == [at + 2]
    assert len(layout.data_rows) == rows - 1


TOTALS = (
    "合计", "小计", "总计", "共计", "累计", "總計", "合計", "计", "計",
    "总数", "總數", "合共", "汇总", "总合计", "合计数", "本页小计", "平均", "均值",
    "最大值", "最低值", "中位数", "标准差", "total", "Subtotal", "SUM", "average", "Mean",
    "和平区小计", "各社区汇总", "市区合計", "总计3", "全市", "本区合计", "全省平均", "本街道", "Ｔｏｔａｌ",
    "其中：城市社区", "合计：12个",
)  # fmt: skip


@each("word", TOTALS)
@each("around", ["{}", " {}", "\u3000{} ", "\n{}", "\xa0{}"])
def test_no_word_for_a_total_is_passed_over(word: str, around: str) -> None:
    text = around.format(word)
    assert is_total(text)
    assert _suspects(pa.array(["第1社区", None, text, ""])).tolist() == [2]
