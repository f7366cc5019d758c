"""The formats that are read, in the order in which a file is tried for them.

A new one is a module of its own and a line here: sniffing, folders and archives, messages and the documentation ask
this list.
"""

from __future__ import annotations

from communitycheck.model.text import Text
from communitycheck.returns.files.formats.columnar import ARROW, PARQUET
from communitycheck.returns.files.formats.database_files import DUCKDB, SQLITE
from communitycheck.returns.files.formats.file_format import FileFormat
from communitycheck.returns.files.formats.markup import HTML, MHTML, SPREADSHEET_XML
from communitycheck.returns.files.formats.text.delimited import TEXT
from communitycheck.returns.files.formats.workbook import ODS, XLS, XLSB, XLSX

FORMATS: tuple[FileFormat, ...] = (
    XLSX,
    XLS,
    XLSB,
    ODS,
    PARQUET,
    ARROW,
    SQLITE,
    DUCKDB,
    MHTML,
    HTML,
    SPREADSHEET_XML,
    TEXT,  # what is nothing else is tried as a text
)
ARCHIVES = (".zip",)
# Suffixes of the files of a folder, and of the members of an archive, that are read.
SUFFIXES = frozenset(suffix for one in FORMATS for suffix in one.suffixes) | set(ARCHIVES)


def usual_suffixes() -> Text:
    """The suffixes to tell people of: ``xlsx, xls`` and so on."""
    found = [suffix.removeprefix(".") for suffix in (*(s for one in FORMATS for s in one.usual), *ARCHIVES)]
    return Text("、".join(found), ", ".join(found))
