"""Waivers: dated, reasoned, approved exceptions. The fail underneath stays visible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Waiver:
    """One approved exception of one subject from one rule, until ``expires``."""

    rule: str
    subject: str
    reason: str
    approved_by: str
    expires: date | None = None
