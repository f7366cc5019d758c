"""communitycheck: judge what communities report against the planning standards that governments publish.

For Python programs::

    import communitycheck

    report = communitycheck.check("returns/", as_of=date(2020, 12, 31))
    report = communitycheck.check(frame, region="沈阳市")      # a DataFrame that is already there
    communitycheck.write(report, "report.xlsx", "zh")

What is in ``__all__`` is public and stays; everything else is an inside. Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

# The module of the same name has to be loaded first: importing it later would put it in the function's place.
from communitycheck.check import check
from communitycheck.errors import (
    CommunityCheckError,
    QuestionError,
    ReturnError,
    RuleFileError,
    UsageError,
    WriteError,
)
from communitycheck.version import __version__

if TYPE_CHECKING:
    from communitycheck.api import limits, load_standard, read_return, render, write
    from communitycheck.model.address import Address
    from communitycheck.model.report import Gate, Report
    from communitycheck.model.result import Outcome, Reason, RuleResult, Subject, Verdict
    from communitycheck.model.returns import Notice, Return
    from communitycheck.model.standard import Rule, Standard

_HOMES = {
    "limits": "api",
    "load_standard": "api",
    "read_return": "api",
    "render": "api",
    "write": "api",
    "Gate": "model.report",
    "Report": "model.report",
    "Outcome": "model.result",
    "Reason": "model.result",
    "RuleResult": "model.result",
    "Subject": "model.result",
    "Verdict": "model.result",
    "Address": "model.returns",
    "Notice": "model.returns",
    "Return": "model.returns",
    "Rule": "model.standard",
    "Standard": "model.standard",
}

__all__ = [
    "Address",
    "CommunityCheckError",
    "Gate",
    "Notice",
    "Outcome",
    "QuestionError",
    "Reason",
    "Report",
    "Return",
    "ReturnError",
    "Rule",
    "RuleFileError",
    "RuleResult",
    "Standard",
    "Subject",
    "UsageError",
    "Verdict",
    "WriteError",
    "__version__",
    "check",
    "limits",
    "load_standard",
    "read_return",
    "render",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
