"""``communitycheck template``: parse, call, write, exit."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from communitycheck.errors import UsageError
from communitycheck.messages import Lang, say


def run_template(*, standards: list[str], rules_dir: str | None, output: str | None, lang: Lang, force: bool) -> int:
    """Write a blank return for ``standards``; a file that is there already is left alone unless ``force``."""
    from communitycheck.cli.check import say_out
    from communitycheck.products.template.front import blank_return
    from communitycheck.products.template.workbook import write_template
    from communitycheck.reporting.files import write_file

    if output is None:
        raise UsageError("template-no-output")
    target = Path(output)
    if target.suffix.lower() != ".xlsx":
        raise UsageError("template-not-xlsx", path=output)
    template = blank_return(standards, rules_dir=rules_dir, lang=lang)
    if not force and target.is_file() and target.stat().st_size:
        raise UsageError("template-exists", path=output)
    write_file(target, partial(write_template, template, lang=lang))
    sheets = [
        say("template-written-sheet", lang, name=say(f"entity-{s.entity}", lang), n=len(s.columns))
        for s in template.sheets
    ]
    say_out(say("template-written", lang, path=output, sheets=say("list-comma", lang).join(sheets)) + "\n")
    return 0
