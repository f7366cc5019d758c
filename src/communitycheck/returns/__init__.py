"""Files -> Table: what a submitted file says, cell by cell, with everything that gave trouble.

A return takes its way through the rooms in this order:

    files/    a file on disk -> grids of text (``grid``, on columns of text as Arrow holds them: ``text_columns``)
    layout/   a grid -> where its tables lie: header, records, totals, notes
    columns/  a table's columns -> fields of the dictionary
    cells/    texts -> values; ``cells.cast`` reads whole columns
    table/    columns of values -> a Table; tables of one return that belong together

``read`` joins them, and ``batch/`` reads many files at once. Imports point the other way: table on columns, columns and
files on layout, layout on cells and grid; the import contract in ``pyproject.toml`` holds this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communitycheck.returns.batch.cache import Cache
    from communitycheck.returns.batch.read_many import read_returns
    from communitycheck.returns.columns.mapping.mapping import MappedColumn, Mapping, TableMapping
    from communitycheck.returns.columns.mapping.mapping_file import load_mapping, mapping_text
    from communitycheck.returns.read import read_return

_HOMES = {
    "Cache": "batch.cache",
    "MappedColumn": "columns.mapping.mapping",
    "Mapping": "columns.mapping.mapping",
    "TableMapping": "columns.mapping.mapping",
    "load_mapping": "columns.mapping.mapping_file",
    "mapping_text": "columns.mapping.mapping_file",
    "read_return": "read",
    "read_returns": "batch.read_many",
}
__all__ = [
    "Cache",
    "MappedColumn",
    "Mapping",
    "TableMapping",
    "load_mapping",
    "mapping_text",
    "read_return",
    "read_returns",
]


def __getattr__(name: str) -> Any:
    # Readers are heavy: they are imported when the first return is read, not with the package.
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
