"""What a return says its figures are of: 面积均为占地面积, 设施面积含室外场地, 其中：室外场地面积 beside the area.

A field is one measure. Where a note says that its column is another, or holds another that is no part of it, the
figures are in doubt.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.messages.cell_words import NONE_WORDS
from communitycheck.model.dictionary import Field
from communitycheck.model.table import Bools
from communitycheck.patterns import pattern
from communitycheck.returns.cells.words import nothing, tidy
from communitycheck.returns.columns.headers.header import parse_header
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.table.doubts.doubts import Doubts
from communitycheck.returns.text_columns import bools, encode

_SENTENCES = pattern(r"[。；;，,\n]|(?<!\d)\d[.、)）](?!\d)|[①-⑳]")
_IS = pattern(
    r"^(?P<about>[^不未除非]{0,24}?)(?:数据|数字|一栏|栏|项)?(?:均|都|统一|一律|全部)?"
    r"(?:(?P<is>为|指|系|是|按照?|采用|以(?=.+为准))|(?:已|内)?(?P<holds>包含|包括|含有?|计入))(?P<said>.{2,24})$"
)
_SAYS = "[含为指系是按以]|包括|采用|计入"
_ROUND = pattern(r"(?:[约共]?\d.*)?(?:数据|数字|数|一?起)?(?:统计|计算|口径|填报|填写|计|为准|在内)*$")
_WHOLE = pattern(r"^(?:此|该|这|以上|上述|表中|表内|本表|所填|所报|各社区|社区|全部|所有)+(?:的)?")
_ENDS = ("面积", "户数", "人口", "人数", "数")
_AMONG = pattern(r"(?:^|/)\s*(?:其中|内含?)\s*[:：、]?")
_PARTED = pattern(r"[、及和与或/]+|以及")


def doubt_by_measures(doubts: Doubts) -> None:
    """By titles and notes of the table, and by columns that give a part of the column before them."""
    layout = doubts.layout.source or doubts.layout
    for row in (*layout.title_rows, *layout.notes_rows):
        cells = [(column, text) for column, text in enumerate(layout.grid.row(row - 1)) if text and text.strip()]
        for sentence in _SENTENCES.split("".join(text.strip() for _, text in cells)):
            if keys := _measured_otherwise(sentence, doubts):
                at = layout.grid.address(row - 1, cells[0][0])
                doubts.cast(keys, doubts.everywhere(), sentence.strip(), cell=at, everyone=True)
    for chosen in (c for key, c in doubts.found.fields.items() if doubts.names.fields[key].role == "note"):
        _remarks(doubts, chosen.column.index)
    _parts(doubts)


def _remarks(doubts: Doubts, index: int) -> None:
    """What a column of remarks says of single records."""
    cells = doubts.cells(index, False)
    places = np.flatnonzero(bools(pc.fill_null(pc.match_substring_regex(cells, _SAYS), False)))
    codes, texts = encode(cells.take(pa.array(places)))
    for code, text in enumerate(texts.to_pylist()):
        for sentence in _SENTENCES.split(text):
            if keys := _measured_otherwise(sentence, doubts):
                doubts.cast(keys, places[codes == code], text.strip(), column=doubts.column_name(index))


def _measured_otherwise(sentence: str, doubts: Doubts) -> frozenset[str]:
    """The fields of which a sentence says that their figures are another measure, or hold one."""
    text = tidy(sentence).replace(" ", "").strip("()")
    keys: set[str] = set()
    found = _IS.match(_WHOLE.sub("", text[text.rfind(":") + 1 :]))
    if found is None:
        return frozenset()
    about = normal(found["about"])
    said = [normal(_ROUND.sub("", one)) for one in _PARTED.split(found["said"])]
    for key in doubts.fields().all:
        field = doubts.names.fields[key]
        if found["holds"]:
            other = any(_lies_outside(one, field, doubts.names) for one in said)
        else:
            other = any(_is_no_measure_of(one, field) for one in said)
        own = [normal(name) for name in (field.label.zh, *field.aliases)] if other else []
        if other and (not about or any(name.endswith(about) or name in about for name in own)):
            keys.add(key)
    return frozenset(keys)


def _is_no_measure_of(said: str, field: Field) -> bool:
    """The name of a look-alike, or its beginning: 占地, 使用, 户籍."""
    said = _stem(said)
    return len(said) > 1 and any(normal(name).startswith(said) for name in field.not_aliases)


def _lies_outside(said: str, field: Field, names: FieldNames) -> bool:
    """The name, or its beginning or end, of an area that is no room of the facility: 室外场地, 广场."""
    said = _stem(said)
    if field.premises != "whole" or not field.unit.startswith("m2") or len(said) < 2:
        return False
    begin = {key for name, keys in names.exact.items() if name.startswith(said) for key in keys}
    end = {key for name, keys in names.exact.items() if _stem(name).endswith(said) for key in keys}
    return any(
        keys and all(names.fields[key].premises == "place" and names.fields[key].unit == field.unit for key in keys)
        for keys in (begin, end)
    )


def _stem(said: str) -> str:
    return next((said.removesuffix(end) for end in _ENDS if said.endswith(end) and len(said) > len(end)), said)


def _parts(doubts: Doubts) -> None:
    """A column 其中：室外场地面积 says that the one before it holds what is no part of it."""
    places = {c.column.index: key for key, c in doubts.found.fields.items()}
    whole: Field | None = None
    for column in doubts.layout.columns:
        if not _AMONG.search(column.header):
            key = places.get(column.index)
            whole = doubts.names.fields[key] if key in doubts.fields().all else None
            continue
        said = parse_header(column.header).levels[-1:]
        if whole is None or not said or not _lies_outside(said[0], whole, doubts.names):
            continue
        held = np.flatnonzero(_some(doubts, column.index))
        if len(held):
            doubts.cast(frozenset({whole.key}), held, column.header, cell=_header_cell(doubts, column.index))


def _some(doubts: Doubts, index: int) -> Bools:
    """The records whose cell states more than nothing."""
    texts = [tidy(text or "") for text in doubts.cells(index, False).to_pylist()]
    return np.array([bool(t) and not nothing(t) and t not in NONE_WORDS and bool(t.strip("0.")) for t in texts])


def _header_cell(doubts: Doubts, index: int) -> str:
    layout = doubts.layout
    if layout.grid.transposed_from is not None:
        return ""
    return layout.grid.address(max(layout.header_row, 0), index)
