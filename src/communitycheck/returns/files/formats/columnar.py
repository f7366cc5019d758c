"""Parquet and Arrow files (Feather as well): the names of the columns are row 1, the values stand below, as text.

Read by a process of their own: a file may say anything of its lengths, and a few bytes may stand for very many rows.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.files.formats.apart import read_apart
from communitycheck.returns.files.formats.arrow_text import as_text
from communitycheck.returns.files.formats.file_format import Content, FileFormat, Sample
from communitycheck.returns.files.formats.reader_service import BookContent, Refusal, plain_sheet
from communitycheck.returns.files.formats.spool import spooled
from communitycheck.returns.files.formats.values import text_of
from communitycheck.returns.files.machine_faults import machine_fault
from communitycheck.system.limits import refuse_more, refuse_packing
from communitycheck.system.scratch import scratch_folder

_PARQUET, _ENCRYPTED = b"PAR1", b"PARE"
_ARROW, _FEATHER_1 = b"ARROW1", b"FEA1"
_STREAM = b"\xff\xff\xff\xff"  # Arrow's format without an index at the end
# Columns are packed tightly: what is unpacked may take so many times the size of the file.
SWELLING = 10
# What stands between the words of a list.
_PARTS = r"[、,，;；/|\s]"
# Bytes that each cell takes as text, whatever it holds.
CELL = 4


def _is_parquet(sample: Sample) -> bool:
    """The mark of the format, then bytes that no text has."""
    marked = sample.head.startswith((_PARQUET, _ENCRYPTED))
    cut_short = len(sample.head) < 12
    return marked and (cut_short or any(byte < 0x20 and byte not in b"\t\r\n" for byte in sample.head[4:8]))


def _is_arrow(sample: Sample) -> bool:
    stream = sample.head.startswith(_STREAM) and sample.head[6:8] == b"\0\0"  # a first message of less than 64 KB
    return stream or sample.head.startswith((_ARROW + b"\0\0", _FEATHER_1 + b"\0"))


def _read(file: Path, shown: str) -> Content:
    with scratch_folder() as spool:
        return read_apart(read_columns, file, shown, SWELLING * file.stat().st_size, spool=spool, kind="arrow")


def read_columns(file: str, spool: str) -> BookContent:
    """Called in the other process.

    Raises:
        Refusal: ``truncated``, ``password-protected``, ``too-large``.
        OverLimit: ``columns``, ``cells``, ``unpacked``, ``packing``.
    """
    size = Path(file).stat().st_size
    try:
        table = _table(file, size)
        table.validate(full=True)
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError) as trouble:
        if machine_fault(trouble):
            raise
        raise Refusal("password-protected" if "crypt" in str(trouble) else "truncated") from trouble
    refuse_more("columns", table.num_columns)
    refuse_more("cells", table.num_columns * table.num_rows)
    columns, total = [], 0
    for name, column in zip(table.column_names, table.columns, strict=True):
        values = column.combine_chunks()
        if isinstance(values, pa.ChunkedArray):  # more text than one piece can hold
            raise Refusal("too-large")
        columns.append(pa.concat_arrays([pa.array([name.strip() or None], pa.string()), as_written(values)]))
        total += columns[-1].nbytes
        refuse_packing(total, size)
    rows = table.num_rows + 1 if columns else 0
    sheet = plain_sheet("", rows)
    sheet["spool"], sheet["places"], sheet["errors"] = spooled(spool, 0, columns), list(range(len(columns))), []
    return {"sheets": [sheet], "encoding": None}


def _table(file: str, size: int) -> pa.Table:
    with Path(file).open("rb") as stream:
        start = stream.read(6)
        stream.seek(-min(size, 6), 2)
        end = stream.read()
    if start.startswith((_PARQUET, _ENCRYPTED)):
        import pyarrow.parquet as pq  # another tenth of a second, which an Arrow file does without

        if end.endswith(_ENCRYPTED):
            raise Refusal("password-protected")
        if not end.endswith(_PARQUET):
            raise Refusal("truncated")
        book = pq.ParquetFile(file)
        refuse_packing(CELL * book.metadata.num_rows * book.metadata.num_columns, size)
        return book.read()
    if start.startswith(_FEATHER_1):
        import pyarrow.feather as feather  # likewise

        return feather.read_table(file, memory_map=False)
    if not start.startswith(_STREAM) and end != _ARROW:
        raise Refusal("truncated")
    with pa.memory_map(file) as source:
        reader = pa.ipc.open_stream(source) if start.startswith(_STREAM) else pa.ipc.open_file(source)
        return reader.read_all()


def as_written(column: pa.Array) -> pa.Array:
    """The values of a column as a person would write them; blank text and NaN are empty cells."""
    column = _plain(column)
    kind = column.type
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        try:  # old writers do not say that it is text
            column = pc.cast(pc.cast(column, pa.binary()), pa.string())
        except pa.ArrowInvalid:  # pictures, shapes: nothing that a field could be read from
            return named_only(column)
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        text = pc.cast(column, pa.string())
        return pc.if_else(pc.or_(pc.equal(text, ""), pc.utf8_is_space(text)), pa.scalar(None, pa.string()), text)
    if pa.types.is_floating(kind):
        column = pc.cast(column, pa.float32()) if pa.types.is_float16(kind) else column
        return as_text(pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column))
    if pa.types.is_decimal(kind):
        return without_exponents(pc.cast(column, pa.string()))
    if pa.types.is_temporal(kind):
        return _moments(column)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _listed(column)
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_null(kind):
        return pc.cast(column, pa.string())
    return named_only(column)


def _listed(column: pa.Array) -> pa.Array:
    """A list of words as people write one, ``智能门禁、智能监控``; any other by its kind alone."""
    told = named_only(column)
    if not pa.types.is_string(column.type.value_type) and not pa.types.is_large_string(column.type.value_type):
        return told
    words = pc.list_flatten(column)
    parted = pc.fill_null(pc.match_substring_regex(words, _PARTS), True)  # what would read as several words
    odd = pc.is_in(pa.array(range(len(column)), pa.int64()), pc.list_parent_indices(column).filter(parted))
    text = pc.cast(pc.binary_join(column, pa.scalar("、", column.type.value_type)), pa.string())
    return pc.if_else(odd, told, pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text))


def named_only(column: pa.Array) -> pa.Array:
    """What no cell of a spreadsheet could hold: its kind, so that whoever needs the column is told of its cells."""
    kind = str(column.type).partition("<")[0].partition("[")[0]
    return pc.if_else(pc.is_valid(column), pa.scalar(f"<{kind}>"), pa.scalar(None, pa.string()))


def _plain(column: pa.Array) -> pa.Array:
    """Without the wrappings that say how the values are stored."""
    while True:
        kind = column.type
        if isinstance(kind, pa.BaseExtensionType):
            column = column.storage
        elif pa.types.is_dictionary(kind):
            column = pc.cast(column, kind.value_type)
        elif pa.types.is_run_end_encoded(kind):
            column = pc.run_end_decode(column)
        else:
            return column


def _moments(column: pa.Array) -> pa.Array:
    """Dates as ``2020-12-31``, moments with their time unless that is midnight, times and durations as ``08:30:00``."""
    kind = column.type
    if pa.types.is_date(kind):
        return pc.cast(pc.cast(column, pa.date32(), safe=False), pa.string())
    if pa.types.is_timestamp(kind):
        try:
            local = pc.local_timestamp(column) if kind.tz is not None else column
        except pa.ArrowInvalid:  # a zone that is not known here: which day it was there cannot be told
            return named_only(column)
        text = pc.cast(pc.cast(local, pa.timestamp("s"), safe=False), pa.string())
        return pc.replace_substring_regex(text, r" 00:00:00$", "")
    if pa.types.is_time(kind):
        return pc.cast(pc.cast(column, pa.time32("s"), safe=False), pa.string())
    if pa.types.is_duration(kind):
        return _each_once(pc.cast(column, pa.duration("s"), safe=False))
    return named_only(column)


def without_exponents(text: pa.Array) -> pa.Array:
    """Figures as plain decimals: Arrow writes tiny ones as ``1E-7``, a server large ones as ``1e+20``."""
    odd = pc.fill_null(pc.match_substring_regex(text, r"[0-9][Ee][+-]?[0-9]"), False)
    if not pc.any(odd).as_py():
        return text
    from decimal import Decimal

    mended = pa.array([format(Decimal(value), "f") for value in text.filter(odd).to_pylist()], pa.string())
    return pc.replace_with_mask(text, odd, mended)


def _each_once(column: pa.Array) -> pa.Array:
    """Values that Arrow has no words for, written out where they first occur."""
    known = column.unique()
    texts = pa.array([text_of(value) for value in known.to_pylist()], pa.string())
    return texts.take(pc.index_in(column, known))


PARQUET = FileFormat("parquet", (".parquet",), (".parquet",), _is_parquet, _read, apart=True)
ARROW = FileFormat("arrow", (".arrow", ".feather"), (".arrow",), _is_arrow, _read, apart=True)
