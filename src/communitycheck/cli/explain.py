"""``communitycheck explain``: parse, call, render, exit."""

from __future__ import annotations

from communitycheck.cli.check import say_out
from communitycheck.cli.options import day, in_colour, one_of
from communitycheck.cli.run import complain, line_of
from communitycheck.messages import Lang

FORMATS = ("text", "json")


def run_explain(
    paths: list[str],
    *,
    rule: str | None,
    subject: str | None,
    every: bool,
    standards: list[str],
    rules_dir: str | None,
    region: str | None,
    as_of: str | None,
    mapping: str | None,
    format_: str,
    lang: Lang,
) -> int:
    """Explain a verdict; 0 whatever it is, 2 where a file could not be read."""
    from communitycheck.products.explain.front import explain, render_explanation
    from communitycheck.returns.files.startup import leave_pandas_out

    leave_pandas_out()
    one_of("--format", format_, FORMATS)
    found = explain(
        paths,
        rule,
        subject,
        standards=standards,
        rules_dir=rules_dir,
        region=region,
        as_of=day("--as-of", as_of),
        mapping=mapping,
        every=every,
    )
    for error in found.unread:
        complain(line_of(error, lang), lang)
    if found.paths or format_ == "json":
        say_out(render_explanation(found, format_, lang, colour=in_colour()))
    return 2 if found.unread else 0
