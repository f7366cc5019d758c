"""Mapping files: read, refused with the entry at fault, and written from how returns were read.

tables:
  - file: 2021/*.xlsx                 # a name, the end of a path, or a pattern; left out: any
    sheet: 社区                       # left out: any
    entity: community
    header_rows: [3, 4]
    columns:
      F: {header: 综合服务设施面积, field: facility_area}
      G: 户数
      H: null                         # no field
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from communitycheck.errors import QuestionError, ReturnError, UsageError
from communitycheck.messages import Lang, say
from communitycheck.model.dictionary import ENTITIES, Dictionary
from communitycheck.model.returns import Return
from communitycheck.model.sheet import Sheet
from communitycheck.returns.columns.headers import normal
from communitycheck.returns.columns.mapping import ANY, MappedColumn, Mapping, TableMapping, shortest_names

_KEYS = ("file", "sheet", "entity", "header_rows", "columns")
_COLUMN_KEYS = ("header", "field")
_PLACE = re.compile(r"[A-Za-z]{1,3}|[1-9][0-9]{0,6}")


def load_mapping(path: str | Path, dictionary: Dictionary) -> Mapping:
    """Read a mapping file.

    Raises:
        UsageError: ``mapping-missing``, ``mapping-not-yaml``, ``mapping-by-sheet`` for a file of the first kind, or
            ``mapping-entry`` with the entry at fault.
    """
    import yaml  # a mapping is seldom given

    shown = str(path)
    try:
        raw = yaml.safe_load(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as trouble:
        raise UsageError("mapping-missing", path=shown) from trouble
    except (yaml.YAMLError, UnicodeDecodeError) as trouble:
        mark = getattr(trouble, "problem_mark", None)
        raise UsageError("mapping-not-yaml", path=shown, line=mark.line + 1 if mark else "") from trouble
    if isinstance(raw, dict) and "sheets" in raw:
        raise UsageError("mapping-by-sheet", path=shown)
    if not isinstance(raw, dict) or set(raw) != {"tables"} or not isinstance(raw["tables"], list):
        raise UsageError("mapping-entry", path=shown, entry="tables", near="—")
    loader = _Loader(shown, dictionary)
    return Mapping(tuple(loader.table(number, entry) for number, entry in enumerate(raw["tables"], 1)))


class _Loader:
    """Entries of one file -> what they say; the first fault is named by its place in the file."""

    def __init__(self, path: str, dictionary: Dictionary) -> None:
        self._path = path
        self._fields = dictionary.fields
        self._find = dictionary.find
        self._by_label: dict[str, list[str]] = {}
        for known in dictionary.fields.values():
            for text in dict.fromkeys(normal(label) for label in (known.label.zh, known.label.en) if label):
                self._by_label.setdefault(text, []).append(known.key)

    def table(self, number: int, entry: object) -> TableMapping:
        place = f"tables[{number}]"
        if not isinstance(entry, dict):
            raise self._fault(place)
        self._check_keys(place, entry, _KEYS)
        file, sheet = (entry.get(key, ANY) for key in ("file", "sheet"))
        for key, text in (("file", file), ("sheet", sheet)):
            if not isinstance(text, str) or (key == "file" and not text):
                raise self._fault(f"{place}.{key}")
        entity = entry.get("entity")
        if entity is not None and entity not in ENTITIES:
            raise self._fault(f"{place}.entity", _near(str(entity), ENTITIES))
        rows = entry.get("header_rows") or []
        if not isinstance(rows, list) or not all(type(row) is int and row > 0 for row in rows):
            raise self._fault(f"{place}.header_rows")
        columns = entry.get("columns") or {}
        if not isinstance(columns, dict):
            raise self._fault(f"{place}.columns")
        given = {str(at).upper(): self._column(f"{place}.columns.{at}", str(at), one) for at, one in columns.items()}
        return TableMapping(file, sheet, entity, tuple(sorted(rows)), given)

    def _column(self, place: str, at: str, entry: object) -> MappedColumn:
        """``facility_area``, a label, ``null``, or ``{header: …, field: …}``."""
        if not _PLACE.fullmatch(at):
            raise self._fault(place)
        header: object = ""
        if isinstance(entry, dict):
            self._check_keys(place, entry, _COLUMN_KEYS)
            if "field" not in entry:
                raise self._fault(f"{place}.field")
            header, entry = entry.get("header"), entry["field"]
        return MappedColumn(self._field(place, entry), "" if header is None else str(header))

    def _field(self, place: str, wanted: object) -> str | None:
        if wanted is None:
            return None
        text = str(wanted).strip()
        known = self._find(text)
        if known is not None:
            return known.key
        keys = self._by_label.get(normal(text), [])
        if len(keys) != 1:
            labels = [label for one in self._fields.values() for label in (one.label.zh, one.label.en) if label]
            near = "、".join(keys) if keys else _near(text, [*self._fields, *labels])
            raise self._fault(f"{place}: {text}", near)
        return keys[0]

    def _check_keys(self, place: str, entry: dict[object, object], known: tuple[str, ...]) -> None:
        for key in entry:
            if key not in known:
                raise self._fault(f"{place}.{key}", _near(str(key), known))

    def _fault(self, entry: str, near: str = "—") -> UsageError:
        return UsageError("mapping-entry", path=self._path, entry=entry, near=near)


def mapping_text(returns: Iterable[Return], questions: Iterable[ReturnError] = (), lang: Lang = "zh") -> str:
    """A mapping file that says how ``returns`` were read, to be corrected by hand.

    A column with an open question is written as a comment: to give its field, or null, is to answer.
    """
    every = list(returns)
    files = shortest_names(one.path for one in every)
    asked: dict[tuple[str, str], set[str]] = {}
    for question in questions:
        if isinstance(question, QuestionError):
            asked.setdefault((question.path, question.sheet or ""), set()).update(question.columns)
    lines = [f"# {line}" for line in say("mapping-head", lang).splitlines()]
    tables = [
        line
        for one in every
        for sheet in one.sheets
        if sheet.header_rows and (sheet.columns or not sheet.hidden)
        for line in _table_lines(sheet, files[one.path], asked.get((one.path, sheet.name), set()), lang)
    ]
    return "\n".join([*lines, *(["tables:", *tables] if tables else ["tables: []"])]) + "\n"


def _table_lines(sheet: Sheet, file: str, asked: set[str], lang: Lang) -> Iterator[str]:
    yield f"  - file: {_scalar(file)}"
    if sheet.name:
        yield f"    sheet: {_scalar(sheet.name)}"
    if sheet.entity:
        yield f"    entity: {sheet.entity}"
    yield f"    header_rows: [{', '.join(map(str, sheet.header_rows))}]"
    columns: dict[str, str] = {}
    for column in sheet.columns:
        is_asked = column.field is None and (column.column in asked or bool(column.resembles))
        near = column.resembles[0] if column.resembles else ""
        known = near if is_asked else column.field or "null"
        line = f"{column.column}: {{header: {_scalar(column.header)}, field: {known}}}"
        columns.setdefault(column.column, f"# {line}  {say('mapping-asked', lang)}" if is_asked else line)
    yield "    columns:" if any(not line.startswith("#") for line in columns.values()) else "    columns: {}"
    for line in columns.values():
        yield f"      {line}"


def _scalar(text: str) -> str:
    """A text as YAML writes it inside brackets, quoted where it has to be."""
    import yaml

    return yaml.safe_dump([text], allow_unicode=True, default_flow_style=True, width=1 << 30).strip()[1:-1]


def _near(word: str, words: Iterable[str]) -> str:
    found = get_close_matches(word, list(words), n=1)
    return found[0] if found else "—"
