"""What a mapping file gives about a return: the rows of its header and the field of a column.

    sheets:
      社区:                       # name of the sheet; "*" stands for any
        entity: community
        header_rows: [3, 4]
        columns: {F: facility_area, G: null}
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from communitycheck.errors import UsageError
from communitycheck.model.address import column_number
from communitycheck.model.dictionary import ENTITIES, Dictionary
from communitycheck.model.returns import Return

_KEYS = ("entity", "header_rows", "columns")


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """What the mapping gives about one sheet. ``columns`` maps a letter (in a transposed sheet the number of a row) to
    a field key, or to None for "no field"."""

    entity: str | None = None
    header_rows: tuple[int, ...] = ()
    columns: dict[str, str | None] = field(default_factory=dict)

    def by_index(self, transposed_from: tuple[int, int] | None = None) -> dict[int, str | None]:
        """Columns by their index from 0; of a transposed table (``Grid.transposed_from``) its rows by theirs."""
        if transposed_from is not None:
            return {int(row) - 1 - transposed_from[0]: key for row, key in self.columns.items() if row.isdigit()}
        lettered = {letters: key for letters, key in self.columns.items() if not letters.isdigit()}
        return {column_number(letters.upper()) - 1: key for letters, key in lettered.items()}


@dataclass(frozen=True, slots=True)
class Mapping:
    sheets: dict[str, SheetMapping] = field(default_factory=dict)

    def of(self, sheet: str) -> SheetMapping | None:
        return self.sheets.get(sheet) or self.sheets.get("*")


def load_mapping(path: str | Path, dictionary: Dictionary) -> Mapping:
    """Read a mapping file.

    Raises:
        UsageError: ``mapping-missing``, ``mapping-not-yaml``, or ``mapping-entry`` with the entry at fault.
    """
    import yaml  # a mapping is seldom given

    shown = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        raw = yaml.safe_load(text)
    except OSError as trouble:
        raise UsageError("mapping-missing", path=shown) from trouble
    except (yaml.YAMLError, UnicodeDecodeError) as trouble:
        raise UsageError("mapping-not-yaml", path=shown) from trouble
    if not isinstance(raw, dict) or set(raw) != {"sheets"} or not isinstance(raw["sheets"], dict):
        raise UsageError("mapping-entry", path=shown, entry="sheets", near="—")
    return Mapping({str(name): _sheet(str(name), entry, dictionary, shown) for name, entry in raw["sheets"].items()})


def _sheet(name: str, entry: object, dictionary: Dictionary, path: str) -> SheetMapping:
    def refuse(where: str, near: str = "—") -> UsageError:
        return UsageError("mapping-entry", path=path, entry=f"{name}.{where}", near=near)

    if not isinstance(entry, dict):
        raise refuse("")
    for key in entry:
        if key not in _KEYS:
            raise refuse(str(key), _near(str(key), _KEYS))
    entity = entry.get("entity")
    if entity is not None and entity not in ENTITIES:
        raise refuse("entity", _near(str(entity), ENTITIES))
    rows = entry.get("header_rows") or []
    if not isinstance(rows, list) or not all(isinstance(r, int) and r > 0 for r in rows):
        raise refuse("header_rows")
    columns = entry.get("columns") or {}
    if not isinstance(columns, dict):
        raise refuse("columns")
    given: dict[str, str | None] = {}
    for letters, wanted in columns.items():
        if not re.fullmatch(r"[A-Za-z]{1,3}|[1-9][0-9]{0,6}", str(letters)):
            raise refuse(f"columns.{letters}")
        known = dictionary.find(str(wanted)) if wanted is not None else None
        if wanted is not None and known is None:
            raise refuse(f"columns.{letters}", _near(str(wanted), dictionary.fields))
        given[str(letters).upper()] = known.key if known else None
    return SheetMapping(entity, tuple(sorted(rows)), given)


def mapping_text(returns: Iterable[Return]) -> str:
    """A mapping file that says how ``returns`` were read, to be corrected by hand."""
    import yaml  # a mapping is seldom saved

    sheets: dict[str, object] = {}
    for one in returns:
        for sheet in one.sheets:
            if sheet.hidden or sheet.name in sheets or not sheet.header_rows:
                continue
            columns: dict[str, str | None] = {}
            for column in sheet.columns:
                columns.setdefault(column.column, column.field)
            entry: dict[str, object] = {"entity": sheet.entity} if sheet.entity else {}
            sheets[sheet.name or "*"] = {**entry, "header_rows": list(sheet.header_rows), "columns": columns}
    return yaml.safe_dump({"sheets": sheets}, allow_unicode=True, sort_keys=False)


def _near(word: str, words: Iterable[str]) -> str:
    found = get_close_matches(word, list(words), n=1)
    return found[0] if found else "—"
