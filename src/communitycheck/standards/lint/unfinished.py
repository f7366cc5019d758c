"""What a standard still lacks: severities that its other rules have, and cases beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from communitycheck.errors import RuleFileError
from communitycheck.model.standard import Standard
from communitycheck.standards.files.yaml_file import YamlFile, read_yaml
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule

_SHOWN = 6


def check_finished(standard: Standard, file: YamlFile, own: Mapping[str, LintedRule]) -> Iterator[LintFinding]:
    """One note about the rules without a severity, and one about those without a case."""
    without = [one for one in own.values() if one.raw.body.severity is None]
    if without and len(without) < len(own):
        yield without[0].finding("lint-no-severity", "info", None, **_named(without))
    tested = _tested(standard.id, Path(file.name))
    untested = [one for one in own.values() if one.rule.manual is None and one.rule.id not in (tested or ())]
    if tested is not None and untested:
        yield untested[0].finding("lint-no-case", "info", None, **_named(untested))


def _named(rules: list[LintedRule]) -> dict[str, object]:
    names = [one.rule.id for one in rules]
    return {"count": len(names), "rules": ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")}


def _tested(standard: str, path: Path) -> set[str] | None:
    """The rules with a case in the case files beside the standard; None where there is no such file."""
    found: set[str] | None = None
    for beside in sorted((path.parent / "cases").glob("*.y*ml")):
        try:
            if not _names(beside, standard):
                continue
            data = read_yaml(beside).data
        except (RuleFileError, OSError):
            continue  # told of where the cases are run
        if isinstance(data, dict) and data.get("standard") == standard and isinstance(data.get("cases"), list):
            named = {case.get("rule") for case in data["cases"] if isinstance(case, dict)}
            found = (found or set()) | {rule for rule in named if isinstance(rule, str)}
    return found


def _names(path: Path, standard: str) -> bool:
    """Whether the file may be about the standard, told without reading all of it as YAML."""
    with path.open("rb") as file:
        return any(line.startswith(b"standard:") and standard.encode() in line for line in file)
