"""Writes the published JSON Schemas anew: those made from the shapes of rule files, and in the others the lists that
the code keeps. To be run after a key, a field type or a comparison was added."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import communitycheck
from communitycheck.checking.repeated.ladder import MatchDoubt, Rung
from communitycheck.messages import reporting
from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.result import Outcome
from communitycheck.model.sheet import RowClass
from communitycheck.planning.budget import OBJECTIVES
from communitycheck.planning.compare.causes import ChangeCause
from communitycheck.planning.compare.changes import Trend, VerdictChange
from communitycheck.planning.compare.renames import Unfit
from communitycheck.planning.compare.side import NO_VERDICT
from communitycheck.planning.needs import NeedKind, NoAmount, Order
from communitycheck.planning.trend.pace import TrendStatus
from communitycheck.standards.files import json_schema

PACKAGE = Path(communitycheck.__file__).parent
_CAUSES = re.compile(r'(Why the answer is incomplete[^\n]*\n *"propertyNames": \{"enum": )\[[^\]]*\]')


def compare_schema() -> tuple[Path, str]:
    """Where the schema of ``compare`` lies, and its text with the changes, causes and steps of today."""
    (path,) = PACKAGE.rglob("compare-1.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    known = schema["properties"]
    change, rungs = known["changes"]["items"]["properties"], [rung.word for rung in Rung if rung.value]
    change["change"]["enum"] = [one.word for one in VerdictChange if one.value]
    change["trend"]["enum"] = [None, *(one.word for one in Trend if one.value)]
    causes = [one.word for one in ChangeCause if one.value]
    change["cause"]["enum"] = [None, *causes]
    known["subjects"]["items"]["properties"]["matched"]["propertyNames"]["enum"] = rungs
    known["rules"]["items"]["properties"]["causes"]["propertyNames"]["enum"] = causes
    known["renamed"]["items"]["properties"]["by"]["enum"] = rungs
    known["questions"]["items"]["properties"]["why"]["enum"] = [one.word for one in MatchDoubt]
    known["renames_not_used"]["items"]["properties"]["why"]["enum"] = [w.replace("-", "_") for w in get_args(Unfit)]
    schema["$defs"]["stand"]["properties"]["outcome"]["enum"] = [*(one.word for one in Outcome), NO_VERDICT]
    return path, json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def explain_schema() -> tuple[Path, str]:
    """Where the schema of explanations lies, and its text with the comparisons of today."""
    (path,) = PACKAGE.rglob("explain-1.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["$defs"]["threshold"]["properties"]["comparison"]["enum"] = list(COMPARISONS)
    return path, json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def gap_schema() -> tuple[Path, str]:
    """Where the schema of ``gap`` lies, and its text with what today is known of an amount and why there is none."""
    (path,) = PACKAGE.rglob("gap-1.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    line, group = (schema["properties"][key]["items"]["properties"] for key in ("subjects", "groups"))
    line["kind"]["enum"] = [kind.word for kind in NeedKind if kind is not NeedKind.LATER]  # a budget is apart
    line["blocked_by"]["items"]["properties"]["why"]["enum"] = [why.word for why in NoAmount]
    schema["properties"]["budget"]["oneOf"][1]["properties"]["objective"]["enum"] = list(OBJECTIVES)
    group["cheapest"]["oneOf"][1]["properties"]["order"]["enum"] = list(get_args(Order))
    return path, json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def inspect_schema() -> tuple[Path, str]:
    """Where the schema of ``inspect`` lies, and its text with the classes of rows of today."""
    (path,) = PACKAGE.rglob("inspect-1.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["$defs"]["sheet"]["properties"]["row_counts"]["propertyNames"]["enum"] = [c.value for c in RowClass]
    return path, json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def report_schema() -> tuple[Path, str]:
    """Where the schema of reports lies, and its text with the reasons of today for an incomplete answer."""
    (path,) = PACKAGE.rglob("report-1.json")
    causes = [code.removeprefix("open-").replace("-", "_") for code in reporting.MESSAGES if code.startswith("open-")]
    text = path.read_text(encoding="utf-8")
    return path, _CAUSES.sub(lambda found: found[1] + json.dumps(causes), text)  # the rest keeps its lines


def trend_schema() -> tuple[Path, str]:
    """Where the schema of ``trend`` lies, and its text with the outcomes, statuses and steps of today."""
    (path,) = PACKAGE.rglob("trend-1.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    known, rungs = schema["properties"], [rung.word for rung in Rung if rung.value]
    series = known["series"]["items"]["properties"]
    series["status"]["enum"] = [one.word for one in TrendStatus]
    series["points"]["items"]["properties"]["outcome"]["enum"] = [one.word for one in Outcome]
    again = known["periods"]["items"]["properties"]["found_again"]["items"]["properties"]
    again["matched"]["propertyNames"]["enum"] = rungs
    known["renamed"]["items"]["properties"]["by"]["enum"] = rungs
    known["questions"]["items"]["properties"]["why"]["enum"] = [one.word for one in MatchDoubt]
    known["renames_not_used"]["items"]["properties"]["why"]["enum"] = [w.replace("-", "_") for w in get_args(Unfit)]
    return path, json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    json_schema.write_schemas()
    schemas = (compare_schema, explain_schema, gap_schema, inspect_schema, report_schema, trend_schema)
    for path, text in (made() for made in schemas):
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
