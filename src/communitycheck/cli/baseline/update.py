"""``communitycheck baseline update``: a baseline without what is settled since."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.baseline.judged import judged, tell_left_open
from communitycheck.cli.common import (
    AsOf,
    BaselineFile,
    Cache,
    Ignore,
    Jobs,
    Language,
    Mapping,
    Paths,
    Region,
    Renames,
    RulesDir,
    Select,
    Standards,
    Waivers,
    console_of,
    option,
)
from communitycheck.errors import UsageError

Accept = Annotated[bool, option("--accept", help="help-baseline-accept")]
DropUnlisted = Annotated[bool, option("--drop-unlisted", help="help-baseline-drop-unlisted")]


def command(
    context: typer.Context,
    paths: Paths,
    baseline: BaselineFile = None,
    standard: Standards = None,
    rules_dir: RulesDir = None,
    region: Region = None,
    as_of: AsOf = None,
    select: Select = None,
    ignore: Ignore = None,
    mapping: Mapping = None,
    waivers: Waivers = None,
    renames: Renames = None,
    accept: Accept = False,
    drop_unlisted: DropUnlisted = False,
    jobs: Jobs = None,
    cache: Cache = None,
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    if baseline is None:
        raise UsageError("baseline-none-given")
    held = api.open_baseline(baseline, standard or [], rules_dir, renames)
    report = judged(
        console, paths, standard, rules_dir=rules_dir, region=region, as_of=as_of, select=select, ignore=ignore,
        mapping=mapping, waivers=waivers, exclude=[baseline], jobs=jobs, cache=cache,
    )  # fmt: skip
    if report.unread:  # whose fails are settled nobody knows
        return 2
    found = api.update_baseline(report, held, accept=accept, drop_unlisted=drop_unlisted)
    console.print(console.say("baseline-updated", path=baseline, n=len(found.baseline)) + "\n")
    for what, n in (
        ("settled", found.settled),
        ("waived", found.waived),
        ("dropped", found.dropped),
        ("better", found.better),
        ("accepted", found.accepted),
        ("unanswered", found.unanswered),
        ("spared" if found.spared else "kept", found.kept),
        ("refused", found.refused),
    ):
        if n:
            console.print("  " + console.say(f"baseline-updated-{what}", n=n) + "\n")
    if found.unnamed:
        console.print("  " + console.say("baseline-unnamed", n=found.unnamed) + "\n")
    tell_left_open(report, console)
    return 1 if found.refused else report.answer_code
