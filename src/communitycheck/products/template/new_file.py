"""The front door of ``template``: a blank return is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from communitycheck.errors import UsageError
from communitycheck.messages import Lang
from communitycheck.products.template import workbook
from communitycheck.products.template.blank import Template
from communitycheck.products.template.front import blank_return
from communitycheck.reporting.files import write_file


def write_template(
    path: str | Path,
    standards: Sequence[str | Path],
    lang: Lang,
    *,
    rules_dir: str | Path | None = None,
    force: bool = False,
) -> Template:
    """Write a blank return for ``standards``; a file that is there already is left alone unless ``force``.

    Raises:
        UsageError: no standard, an unknown one, standards that ask for nothing, or a file that is there.
        RuleFileError: a fault in a rule file.
        WriteError: the file cannot be written.
    """
    target = Path(path)
    template = blank_return(standards, rules_dir=rules_dir, lang=lang)
    if not force and target.is_file() and target.stat().st_size:
        raise UsageError("template-exists", path=str(path))
    write_file(target, partial(workbook.write_template, template, lang=lang))
    return template
