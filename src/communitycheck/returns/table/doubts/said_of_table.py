"""What is said of a table as a whole: its title, the name of its sheet, and the notes below it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace

from communitycheck.patterns import pattern
from communitycheck.returns.cells.standing.plan_titles import states_plan
from communitycheck.returns.cells.standing.statements import InDoubt, Statement, figures_of, instructs, statements
from communitycheck.returns.cells.words import tidy
from communitycheck.returns.table.doubts.concern import FieldsInDoubt
from communitycheck.returns.table.doubts.doubts import SOME, Doubts, code_of
from communitycheck.returns.table.doubts.taken_out import Positions
from communitycheck.returns.text_columns import bools

_NOTE = pattern(
    r"^\s*[(（]?(?:备?注|说明|附注|注释|注意|提示|note)\s*\d*\s*[:：.、]?",
)
_TABLE_WORDS = pattern(r"(?:情况|基本|统计|汇总|明细|一览|登记|信息|调查|花名)*(?:表格?|[清名]单|台账|册)$|\(.*?\)")
_SENTENCES = pattern(r"[。；;\n]|(?<!\d)\d[.、)）](?!\d)|[①-⑳]")
# Said of some without a word of which.
_SOME = pattern(
    r"(?:其中|目前|现|尚|还|仍|另)*有?(?:部分|个别|少数|少量|多数|大多数?|大部分|有的|有些|某些|一些|[几多数两一二三四五六七八九十\d]+个?)"
    r"的?(?:社区|村|居委会?|街道|乡镇|镇|乡|单位|地方|点)"
)
_LONGEST_TITLE = 40
_LONGEST_NAME = 24


def doubt_by_titles(doubts: Doubts) -> None:
    """A title that calls the table a plan, or names what does not stand; else the sheet's name."""
    fields, layout = doubts.fields(), doubts.layout.source or doubts.layout
    lines = [title for title in (layout.own_title, *layout.titles) if title]
    for title in lines:
        if _NOTE.match(title):
            _note(title, _cell_of(title, doubts), doubts, fields)
        elif len(title) <= _LONGEST_TITLE:
            _title(title, _cell_of(title, doubts), doubts, fields)
    if doubts.sheet.name and states_plan(doubts.sheet.name):
        doubts.cast(
            fields.all,
            doubts.everywhere(),
            doubts.sheet.name,
            cell=_first_cell(doubts),
            above_zero=False,
            everyone=True,
        )


def doubt_by_notes(doubts: Doubts) -> None:
    """Notes below the table: of the records that they name, or of all."""
    fields, layout = doubts.fields(), doubts.layout.source or doubts.layout
    for row in layout.notes_rows:
        cells = [(column, text) for column, text in enumerate(layout.grid.row(row - 1)) if text and text.strip()]
        if doubts.sheet.transposed:  # a remark stands in the column of its record
            for column, text in cells:
                whom = np.flatnonzero(doubts.row_of == column + 1)
                if len(whom):
                    _remark(text, whom, layout.grid.address(row - 1, column), doubts, fields)
            cells = [(column, text) for column, text in cells if column + 1 not in doubts.row_of]
        if cells:
            text = "".join(text.strip() for _, text in cells)
            _note(text, layout.grid.address(row - 1, cells[0][0]), doubts, fields)


def _title(title: str, cell: str, doubts: Doubts, fields: FieldsInDoubt) -> None:
    if states_plan(title):
        doubts.cast(fields.all, doubts.everywhere(), title, cell=cell, above_zero=False, everyone=True)
        return
    for one in statements(_TABLE_WORDS.sub("", tidy(title)), doubts.year):
        keys = fields.of(one)
        if keys and not instructs(title):
            gone = one.kind is InDoubt.SUBJECT
            code = code_of(one)
            doubts.cast(keys, doubts.everywhere(), title, cell=cell, above_zero=not gone, everyone=True, code=code)


def _remark(text: str, whom: Positions, cell: str, doubts: Doubts, fields: FieldsInDoubt) -> None:
    for one in statements(text, doubts.year):
        if keys := fields.of(one):
            gone, code = one.kind is InDoubt.SUBJECT, code_of(one)
            doubts.cast(keys, whom, text.strip(), cell=cell, above_zero=not gone, code=code)


def _note(text: str, cell: str, doubts: Doubts, fields: FieldsInDoubt) -> None:
    for sentence in _SENTENCES.split(_NOTE.sub("", text)):
        if figures_of(sentence) & doubts.layout.other_years:
            continue
        said = statements(sentence, doubts.year) if sentence.strip() else []
        if instructs(sentence):  # 部分村的服务站正在改建，数据以验收为准 states something all the same
            said = [one for one in said if _SOME.match(one.words) and not instructs(one.words)]
        if not said:
            continue
        whom = _named(sentence, doubts)
        everyone = whom is None
        for one in said:
            about = _without_names(one, sentence, doubts)
            keys = fields.of(about)
            if keys:
                positions = doubts.everywhere() if whom is None else whom
                gone = one.kind is InDoubt.SUBJECT and whom is not None
                some = everyone and one.kind is InDoubt.PREMISES and _SOME.match(one.words) is not None
                code = SOME if some else code_of(one)
                doubts.cast(
                    keys, positions, sentence.strip(), cell=cell, above_zero=not gone, everyone=everyone, code=code
                )


def _named(sentence: str, doubts: Doubts) -> Positions | None:
    """The records that a sentence names; None where it names none."""
    names = doubts.columns.get(doubts.names.entity(doubts.sheet.entity).name_field)
    if names is None or names.text is None:
        return None
    shown = "".join(sentence.split())
    parts = {shown[i : i + n] for n in range(2, _LONGEST_NAME) for i in range(len(shown) - n + 1)}
    held = bools(pc.is_in(names.text, value_set=pa.array(sorted(parts), pa.string())))
    found = np.flatnonzero(held)
    return found if len(found) else None


def _without_names(one: Statement, sentence: str, doubts: Doubts) -> Statement:
    """The statement without the names of records, or the word for some of them, in what it is about."""
    whom = _named(sentence, doubts)
    if whom is None:
        return replace(one, about=_SOME.sub("", one.about, count=1))
    names = doubts.columns[doubts.names.entity(doubts.sheet.entity).name_field].text
    about = one.about
    for name in sorted(set(names.take(pa.array(whom)).to_pylist()), key=len, reverse=True):
        about = about.replace(name.lower(), "")
    return Statement(one.kind, about, one.words)


def _cell_of(title: str, doubts: Doubts) -> str:
    """Where a title stands."""
    layout = doubts.layout.source or doubts.layout
    for row in layout.title_rows:
        for column, text in enumerate(layout.grid.row(row - 1)):
            if text and (text.strip() in title or title in text):
                return layout.grid.address(row - 1, column)
    return _first_cell(doubts)


def _first_cell(doubts: Doubts) -> str:
    layout = doubts.layout.source or doubts.layout
    return layout.grid.address(max(layout.header_row, 0), layout.first_column)
