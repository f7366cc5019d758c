"""A rule as a file has it, before it is compiled."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.comparison import COMPARISONS
from communitycheck.standards.dictionary import placed
from communitycheck.standards.files.schema import RuleBody
from communitycheck.standards.files.shape_parts import DatedValueIn
from communitycheck.standards.files.yaml_file import Path_, YamlFile


class RawRule(Struct, frozen=True):
    """Its keys, the standard that last set one of them, and where it stands.

    It is ``damaged`` where the file holds more of it that could not be read.
    """

    id: str
    body: RuleBody
    layer: str
    file: YamlFile
    path: Path_
    damaged: bool = False

    def key(self, key: str | None = None) -> str:
        return self.id if key is None else f"{self.id}.{key}"

    def line(self, key: str | None = None) -> int | None:
        return self.file.line(self.path if key is None else (*self.path, key))

    def fault(self, code: str, key: str | None = None, **values: object) -> RuleFileError:
        return RuleFileError(code, file=self.file.name, line=self.line(key), key=self.key(key), rule=self.id, **values)

    def formulas(self) -> Iterator[tuple[str, str]]:
        """Keys with the formulas that stand behind them; what has a fault already is left out."""
        single = {"where": self.body.where, "indicator": self.body.indicator}
        for key, value in {**single, **self.body.compared}.items():
            if value is None or (*self.path, key) in self.file.spoilt:
                continue
            if key in single or COMPARISONS[key].form in ("limit", "range"):
                for one in value if isinstance(value, list) else [value]:
                    yield key, one.value if isinstance(one, DatedValueIn) else one

    def placed(self, error: ExpressionError, key: str) -> ExpressionError:
        """``error`` and what comes with it, with their place in the file."""
        placed(error, self.file, (*self.path, key))
        for one in (error, *error.others):
            one.key = self.key(key)
        return error


def overridden(raw: RawRule, change: RuleBody, layer: str, file: YamlFile, *, damaged: bool = False) -> RawRule:
    """``raw`` with the keys that ``change`` sets. A new comparison replaces the old one whole."""
    kept = {name: getattr(raw.body, name) for name in raw.body.model_fields_set if name != "id"}
    changed = {name: getattr(change, name) for name in change.model_fields_set}
    if "manual" in changed or any(key in changed for key in COMPARISONS):
        counted = "covers" in kept and changed.keys() & set(COMPARISONS) == {"at_least"} and "indicator" not in changed
        for key in COMPARISONS:
            if not (counted and key == "covers"):  # at_least beside a list says how many of it are needed
                kept.pop(key, None)
    if "manual" in changed:
        kept.pop("indicator", None)
    if "indicator" in changed:
        kept.pop("manual", None)
    body = RuleBody.model_construct(**{**kept, **changed})
    return RawRule(raw.id, body, layer, file, ("override", raw.id), damaged or raw.damaged)
