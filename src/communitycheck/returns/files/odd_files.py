"""Files of a folder that no suffix calls a return: what is in them says whether they are read or passed over."""

from __future__ import annotations

from pathlib import Path, PurePath

from communitycheck.returns.files.archive import count_members
from communitycheck.returns.files.formats.database_files import DUCKDB, SQLITE
from communitycheck.returns.files.formats.file_format import FileFormat, Sample
from communitycheck.returns.files.formats.markup import HTML, MHTML
from communitycheck.returns.files.formats.no_return import ARCHIVE, CUT_SHORT, EMPTY, LOCKED, NoReturn
from communitycheck.returns.files.formats.registry import SUFFIXES
from communitycheck.returns.files.formats.text.delimited import TEXT
from communitycheck.returns.files.sniff import kind_of
from communitycheck.system.files import is_plain

# READ: it is a return, and what is wrong with it is told as of any other. PERHAPS: it may be one; where no table is
# in it, it was none. PASS: it is something else.
PASS, PERHAPS, READ = range(3)

# Texts that say what else they are, whatever bars and commas are in them.
_OTHER_TEXTS = (
    *(".md", ".markdown", ".rst", ".tex", ".htm", ".html", ".css", ".js", ".ts", ".json", ".jsonl", ".sarif", ".xml"),
    *(".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf", ".log", ".py", ".r", ".sql", ".sh", ".bat", ".ps1", ".c"),
    *(".h", ".java", ".go", ".rs", ".svg", ".eml"),
)
# Containers that hold no returns, though they are zip or OLE files as workbooks are.
_OTHER_OFFICE = (
    *(".doc", ".docx", ".docm", ".dot", ".dotx", ".ppt", ".pptx", ".pptm", ".pps", ".ppsx", ".wps", ".dps", ".odt"),
    *(".odp", ".pages", ".key", ".msg", ".jar", ".epub", ".apk", ".whl", ".kmz", ".msi", ".db"),
)
# Archives that nobody here can look into; returns may be in them.
_CLOSED = frozenset({"RAR", "7z", "gzip"})
_BACKUPS = frozenset({".bak", ".old", ".orig", ".tmp", ".temp", ".part", ".backup", ".swp"})
_DELIMITERS = (b",", b"\t", b";", b"|")
_LINES = 20


def is_return(file: Path) -> int:
    """``READ``, ``PERHAPS`` or ``PASS``, by the first bytes; the copy that an editor leaves beside a file is none."""
    if _is_backup(file) or not is_plain(file):  # a pipe would have to be waited for
        return PASS
    try:
        kind = kind_of(file)
        if isinstance(kind, NoReturn):
            return READ if _may_hold_returns(file, kind) else PASS
        return _of_format(file, kind)
    except OSError:
        return READ if _named_like_one(file.name) else PASS


def _is_backup(file: Path) -> bool:
    """a.xlsx~ or a.xlsx.bak beside a.xlsx: the same once more, as it was before."""
    name = file.name
    plain = name.rstrip("~") if name.endswith("~") else file.stem if file.suffix.lower() in _BACKUPS else ""
    return bool(plain) and PurePath(plain).suffix.lower() in SUFFIXES and file.with_name(plain).is_file()


def _named_like_one(name: str) -> bool:
    """A suffix of a return stands somewhere in the name: a.xlsx.part, a.csv(1), a.XLSX~."""
    return any(suffix.lower().startswith(tuple(SUFFIXES)) for suffix in PurePath(name).suffixes)


def _may_hold_returns(file: Path, kind: NoReturn) -> bool:
    other = file.suffix.lower() in _OTHER_OFFICE
    if kind is LOCKED:
        return not other
    if kind is ARCHIVE:
        return not other and count_members(file) > 0
    if kind in (CUT_SHORT, EMPTY):
        return _named_like_one(file.name)
    return kind.kind in _CLOSED


def _of_format(file: Path, kind: FileFormat) -> int:
    if kind in (SQLITE, DUCKDB):  # many programs keep what they know in one
        return PERHAPS
    if kind not in (TEXT, HTML, MHTML):
        return READ
    if file.suffix.lower() in _OTHER_TEXTS:
        return PASS
    return PERHAPS if kind is not TEXT or _looks_delimited(Sample(file).head) else PASS


def _looks_delimited(head: bytes) -> bool:
    """Most of the first lines are parted by one sign into equally many cells."""
    lines = [line for line in head.replace(b"\0", b"").splitlines()[:_LINES] if line.strip()]
    for sign in _DELIMITERS:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        if usual and counts.count(usual) * 2 >= len(lines) and counts.count(usual) > 1:
            return True
    return False
