"""The front door of ``template``: a blank return is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from communitycheck.messages import Lang
from communitycheck.own_list import FORM
from communitycheck.products.template import workbook
from communitycheck.products.template.blank import Template
from communitycheck.products.template.front import blank_return
from communitycheck.reporting.own_folder import refuse_others, write_file


def write_template(
    path: str | Path,
    standards: Sequence[str | Path],
    lang: Lang,
    *,
    rules_dir: str | Path | None = None,
    force: bool = False,
) -> Template:
    """Write a blank return for ``standards``; one that has been filled in is left alone unless ``force``.

    Raises:
        UsageError: no standard, an unknown one, or standards that ask for nothing.
        RuleFileError: a fault in a rule file.
        WriteError: the file cannot be written, or must not be replaced.
    """
    target = Path(path)
    refuse_others([target], force=force)
    template = blank_return(standards, rules_dir=rules_dir, lang=lang)
    write_file(target, partial(workbook.write_template, template, lang=lang), force=force, kind=FORM)
    return template
