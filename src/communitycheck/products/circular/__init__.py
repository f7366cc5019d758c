"""The circular (通报) that an office sends after a check: a report in two further formats, Word and Markdown."""

from communitycheck.reporting.formats.registry import Format

FORMATS = (
    Format("docx", (".docx",), text=False, note="note-circular", bundle="bundle-circular", package=__name__),
    Format("circular", (".circular.md",), note="note-circular", package=__name__),
)
