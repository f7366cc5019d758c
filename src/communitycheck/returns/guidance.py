"""Sheets that say how a return is filled in: they speak of every column and hold no records."""

from __future__ import annotations

import re

from communitycheck.returns.headers import normal

_GUIDANCE = re.compile(
    r"(?:填报|填表|填写|编制|使用|指标|字段|操作)(?:说明|须知|指南|要求|解释)|(?:howtofillin|guidance|guide|instructions|readme)"
)


def is_guidance(sheet: str) -> bool:
    """True where the sheet's name is one for guidance, and nothing else: 填报说明, 填表须知, Guidance."""
    return _GUIDANCE.fullmatch(normal(sheet)) is not None
