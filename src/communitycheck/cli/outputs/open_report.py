"""``--open``: the report as a page in the browser."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from communitycheck import api
from communitycheck.cli.console import Console
from communitycheck.model.report import Report
from communitycheck.system.browser import shown

PAGES = (".html", ".htm")


def open_report(report: Report, written: Sequence[str], console: Console, *, all_verdicts: bool = False) -> None:
    """Show the page among the files that were written, else one among the temporary files, and say where it is.

    The temporary one stays: the browser may read it after the run has ended, and the user go back to it.
    """
    page = next((Path(path) for path in written if Path(path).suffix.lower() in PAGES), None)
    if page is None:
        page = Path(tempfile.mkdtemp(prefix="communitycheck-page-"), console.say("page-name"))
        api.write(report, page, console.lang, all_verdicts=all_verdicts)
    said = "page-shown" if shown(page) else "page-no-screen"
    console.remark(console.say(said, path=str(page)))
