"""A standard of a few rules, returns and waivers for the tests of waivers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from communitycheck.check import check
from communitycheck.model.report import Report

AS_OF = date(2023, 6, 30)
GOOD = {
    "rule": "W-1",
    "subject": '{name: 甲社区, region: 沈阳市和平区}',
    "reason": "新址在建",
    "approver": "市民政局",
    "until": '"2024-05-31"',
}  # fmt: skip
RULES: list[dict[str, Any]] = [
    {"id": "W-1", "indicator": "households", "at_least": 100},
    {"id": "W-2", "indicator": "population", "at_least": 1000, "severity": "expected"},
    {"id": "W-3", "by": ["county"], "indicator": "sum(households)", "at_least": 1000},
    {"id": "W-4", "indicator": "service_windows", "at_least": 5, "due": "2030-12-31"},
]


def own_standard(folder: Path, rules: Sequence[Mapping[str, Any]] = RULES, name: str = "own", **more: Any) -> Path:
    usual = {"title": "示例", "clause": "一", "applies_to": "community", "severity": "mandatory"}
    body = {
        "standard": name, "title": "示例标准", "source": {"document": "文件"},
        "jurisdiction": {"code": "000000", "name": "全国"}, "rules": [{**usual, **rule} for rule in rules], **more,
    }  # fmt: skip
    path = folder / f"{name}.yaml"
    path.write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    return path


def entry_text(changed: str, *, without: str = "") -> str:
    """A good entry as it stands in a file, one line a key, with one key written another way or a further one."""
    key = changed.partition(":")[0]
    lines = [changed if key == name else f"{name}: {value}" for name, value in GOOD.items() if name != without]
    lines += [changed] if changed and key not in GOOD else []
    return "".join(f"  {'-' if not n else ' '} {line}\n" for n, line in enumerate(lines))


def judged(
    folder: Path, rows: str, waivers: Sequence[Mapping[str, Any]], *, as_of: date = AS_OF, **options: Any
) -> Report:
    """The report on a return, under waivers of which ``GOOD`` says what is left out."""
    usual = {"rule": "W-1", "reason": "新址在建", "approver": "市民政局", "until": "2024-05-31"}
    file = folder / "w.yaml"
    file.write_text(json.dumps({"waivers": [{**usual, **one} for one in waivers]}, ensure_ascii=False), "utf-8")
    (folder / "r.csv").write_text(rows, "utf-8")
    if "standards" not in options:
        options["standards"] = own_standard(folder)
    return check([str(folder / "r.csv")], waivers=file, as_of=as_of, **options)
