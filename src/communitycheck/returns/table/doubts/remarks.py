"""Columns of remarks and of states beside the figures: 备注, 建设进展, 是否投入使用, 其中：在建, 竣工时间."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.messages.cell_words import NONE_WORDS
from communitycheck.model.dictionary import Field
from communitycheck.model.table import Bools
from communitycheck.model.text import Text
from communitycheck.patterns import pattern
from communitycheck.returns.cells.standing.harmless import touches_no_figure
from communitycheck.returns.cells.standing.statements import InDoubt, Statement, statements
from communitycheck.returns.cells.standing.words import SUSPECT
from communitycheck.returns.cells.truths import read_truth
from communitycheck.returns.cells.words import nothing, tidy
from communitycheck.returns.columns.meaning.choose import shown
from communitycheck.returns.layout.layout import LayoutColumn
from communitycheck.returns.table.doubts.concern import FieldsInDoubt
from communitycheck.returns.table.doubts.doubts import Doubts, code_of
from communitycheck.returns.table.doubts.taken_out import Positions
from communitycheck.returns.text_columns import TextArray, bools, differs, encode

_ASKS = Field("", Text(), "truth", states="thing")
_IN_USE = pattern(
    r"(?:是否)?(?:已经?|正式|全部)?(?:建成|投入使用|启用|投用|使用|竣工|完工|交付|开放|正常(?:使用|运行|开放)|运[行营]|在用|建成(?:并)?(?:投用|投入使用|使用))(?:情况)?"
)
_DATE = r"(?:时间|日期|年份|年月|年度|年)"
_IN_USE_FROM = pattern(rf"(?:预计|计划|拟)?(?:建成|竣工|完工|投入使用|投用|启用|交付|开放|建成(?:投用|使用)){_DATE}")
_OUT_SINCE = pattern(rf"(.+?){_DATE}")
_RIM = pattern(r"^(?:其中[:、]?|是否|有无)|(?:面积|部分|情况|与否)$|\s")
_SAYS_LITTLE = pattern(
    r"备注|说明|情况|状[态况]|进[展度]|现状|阶段|原因|问题|建设|使用|运行|其他|补充|需要|存在|特殊|的|/"
)
_COMPLETES = pattern(r"规划|计划|拟|目标|预")
# A column of states is read the other way round: what is not known to be well is in doubt.
_STATE = pattern(
    r"(?:设施|用房|项目|工程|社区)?(?:建设|使用|运行|运营|施工|装修|目前|当前|投用)?的?(?:状[态况]|进[展度]|阶段|现状)(?:情况)?|(?:建设|使用|运行|运营|投用)(?:情况|现状)|现状"
)
_WELL = pattern(
    r"正常|良好|完好|在用|使用|开放|运[行营]|营业|完[成工毕]|达标|合格|自[用有管]|租[用赁]|购|新建|改[建造]|扩建|调剂|无偿|借用|好|是|有|"
    r"投[用入]|启用|收|结束|交付|建成|已建|提交|审核|上报|通过|确认|竣工|100%|active|open|inuse|normal|complete"
)
_PART_DONE = pattern(r"\d{1,2}(?:\.\d+)?%")
_YEAR = pattern(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


def doubt_by_remarks(doubts: Doubts) -> None:
    """What stands in the columns that are no figures of the dictionary."""
    fields = doubts.fields()
    if not fields.all:
        return
    names = doubts.names.fields
    known = {c.column.index for key, c in doubts.found.fields.items() if names[key].role != "note"}
    personal = {c.column.index for key, c in doubts.found.fields.items() if names[key].personal}
    for column in doubts.layout.columns:
        if column.index not in known and column.index not in personal:
            _column(column, doubts, fields)


def asks_of_figures(header: str) -> bool:
    """Whether all that stands below a header is weighed: 备注, 建设状态, 投入使用时间."""
    shown_as = _last_level(header)
    return _of_header(shown_as, header) is not None or not _SAYS_LITTLE.sub("", shown_as)


def _last_level(header: str) -> str:
    return "".join(tidy(header).replace(" ", "").lower().split("/")[-1:])


def _column(column: LayoutColumn, doubts: Doubts, fields: FieldsInDoubt) -> None:
    cells = _spread(column, doubts)
    if cells.null_count == len(cells):
        return
    header = _last_level(column.header)
    over = fields.under(_SAYS_LITTLE.sub("", header))
    if over is not None and not over:
        return
    by_header = _of_header(header, column.header)
    if differs(cells) and by_header is None and not _SAYS_LITTLE.search(header):
        return  # a long column of texts that hardly repeat, and no remarks: addresses, names
    plain = by_header is None and not _SAYS_LITTLE.sub("", header) and header != ""
    unweighed: list[tuple[Positions, str]] = []
    said: dict[tuple[frozenset[str], bool, str], list[tuple[Positions, str]]] = {}
    every = by_header is not None or (plain and not differs(cells))
    for text, positions in _suspects(cells, every=every):
        found, words = statements(text, doubts.year), text.strip()
        if plain and not found and not touches_no_figure(text, doubts.year):
            unweighed.append((positions, words))
        if by_header is not None and not found:
            found, words = by_header.said(text, doubts.year), f"{shown(column.header)}：{words}"
        for one in found:
            keys = fields.of(one, over)
            if keys:
                texts = said.setdefault((keys, one.kind is not InDoubt.SUBJECT, code_of(one)), [])
                if not texts or texts[-1][1] != words:  # two clauses of one remark
                    texts.append((positions, words))
    for (keys, above_zero, code), texts in said.items():
        doubts.cast_each(keys, texts, column=doubts.column_name(column.index), above_zero=above_zero, code=code)
    doubts.leave(unweighed, column=doubts.column_name(column.index))


def _spread(column: LayoutColumn, doubts: Doubts) -> TextArray:
    """The texts of a column, where what stands in a cell merged downwards stands in each of its rows."""
    cells, grid = doubts.cells(column.index, False), doubts.layout.grid
    for top, left, bottom, right in grid.merged if grid.transposed_from is None else ():
        text = grid.cell(top, left) if left <= column.index <= right and top < bottom else None
        if text:
            rows = (doubts.row_of > top) & (doubts.row_of <= bottom + 1)
            cells = pc.if_else(pa.array(rows), text, cells)
    return cells



def _suspects(cells: TextArray, *, every: bool) -> Iterator[tuple[str, Positions]]:
    """The texts that are worth reading, and the records that have each."""
    places = np.arange(len(cells))
    if not every and differs(cells):
        places = np.flatnonzero(_suspect(cells))
    codes, texts = encode(cells.take(pa.array(places)) if len(places) < len(cells) else cells)
    wanted = range(len(texts)) if every else np.flatnonzero(_suspect(texts)).tolist()
    if not len(wanted):
        return
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(texts) + 1))
    for code in wanted:
        yield str(texts[code].as_py()), places[order[ends[code] : ends[code + 1]]]


def _suspect(texts: TextArray) -> Bools:
    return bools(pc.fill_null(pc.match_substring_regex(texts, SUSPECT), False))


class _AskingHeader:
    """A header that asks by itself whether something stands: what its cells then say."""

    def __init__(self, header: str, kind: str) -> None:
        self._header, self._kind = header, kind

    def said(self, text: str, year: int | None) -> list[Statement]:
        statement = [Statement(InDoubt.PREMISES, "", f"{self._header}：{text.strip()}")]
        if self._kind in ("from", "since"):
            stated = _YEAR.search(text)
            if stated is None or year is None:
                return statement if self._kind == "since" and stated is not None else []
            late = int(stated[1]) > year
            return statement if late == (self._kind == "from") else []
        if self._kind == "state":
            shown_as = tidy(text).replace(" ", "").lower()
            well = _WELL.search(shown_as) or shown_as.isdigit() or nothing(shown_as) or shown_as in NONE_WORDS
            return statement if not well or _PART_DONE.fullmatch(shown_as) else []
        cell = read_truth(text, _ASKS, counted=True)
        if not cell.known:
            return []
        return statement if (cell.lo > 0) == (self._kind == "out") else []


def _of_header(header: str, written: str) -> _AskingHeader | None:
    """What a header asks; None where it asks nothing of the kind."""
    if _IN_USE_FROM.fullmatch(header):
        return _AskingHeader(header, "from")
    if _STATE.fullmatch(header):
        return _AskingHeader(header, "state")
    dated = _OUT_SINCE.fullmatch(header)
    if dated is not None:
        return _AskingHeader(header, "since") if _is_out(dated[1]) and not _COMPLETES.search(header) else None
    if _IN_USE.fullmatch(header):
        return _AskingHeader(header, "in")
    bare = _RIM.sub("", _RIM.sub("", header))
    among = "其中" in written
    return _AskingHeader(header, "out") if _is_out(bare, planned=among) else None


def _is_out(words: str, *, planned: bool = False) -> bool:
    if _COMPLETES.search(words) and not planned:
        return False  # 规划面积 stands beside the figures of today, and is a column of its own
    said = statements(words)
    return len(said) > 0 and all(not one.about for one in said)
