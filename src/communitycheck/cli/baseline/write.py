"""``communitycheck baseline write``: the fails of today, kept for later runs."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.baseline.judged import judged, tell_left_open
from communitycheck.cli.common import (
    AsOf,
    Cache,
    Force,
    Ignore,
    Jobs,
    Language,
    Mapping,
    Paths,
    Region,
    RulesDir,
    Select,
    Standards,
    Waivers,
    console_of,
    option,
    refuse_inputs,
    refuse_read,
)
from communitycheck.errors import UsageError

Target = Annotated[str | None, option("--output", "-o", metavar="FILE", help="help-baseline-output")]


def command(
    context: typer.Context,
    paths: Paths,
    output: Target = None,
    standard: Standards = None,
    rules_dir: RulesDir = None,
    region: Region = None,
    as_of: AsOf = None,
    select: Select = None,
    ignore: Ignore = None,
    mapping: Mapping = None,
    waivers: Waivers = None,
    force: Force = False,
    jobs: Jobs = None,
    cache: Cache = None,
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    if output is None:
        raise UsageError("baseline-no-output")
    refuse_inputs([output], [*paths, *(standard or []), *filter(None, (mapping, waivers)), *console.settings])
    api.check_baseline_target(output, force=force)
    report = judged(
        console, paths, standard, rules_dir=rules_dir, region=region, as_of=as_of, select=select, ignore=ignore,
        mapping=mapping, waivers=waivers, exclude=[output] if api.is_no_return(output) else [], jobs=jobs, cache=cache,
    )  # fmt: skip
    refuse_read([output], [*(one.path for one in report.returns), *(error.path for error in report.unread)])
    if report.unread:  # a return that is left out would lack its fails
        return 2
    written = api.write_baseline(report, output, force=force)
    console.print(console.say("baseline-written", path=written.path, n=written.fails) + "\n")
    if written.waived:
        console.print(console.say("baseline-waived", n=written.waived) + "\n")
    if written.unnamed:
        console.print(console.say("baseline-unnamed", n=written.unnamed) + "\n")
    tell_left_open(report, console)
    return report.answer_code
