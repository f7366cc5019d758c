"""Files of waivers: read, and refused with file, line and key.

waivers:
  - rule: LN-01                       # or LN-01@liaoning-2021
    subject: {code: "210102001003"}   # or {name: 甲社区, region: 沈阳市和平区}, or {pattern: "东塔*", region: 沈阳市}
    reason: 综合服务中心在建，2024年底前启用
    approver: 沈阳市民政局
    document: 沈民函〔2023〕12号       # optional
    from: "2023-01-01"                # optional
    until: "2024-12-31"               # the last day; without it the waiver never ends, which draws a warning
    remedy_by: "2024-12-31"           # optional
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from communitycheck.errors import RuleFileError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.places.divisions import division, divisions_of
from communitycheck.model.standard import Standard
from communitycheck.model.waiver import WaivedSubject, Waiver, WaiverFile
from communitycheck.nearest import nearest
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.faults import faults_of
from communitycheck.standards.files.waiver_shapes import WaivedSubjectIn, WaiverIn, WaiversIn
from communitycheck.standards.files.yaml_file import Path_, YamlFile, dotted, read_yaml


def load_waivers(
    path: str | Path, standards: Iterable[Standard], dictionary: Dictionary, others: Iterable[Standard] = ()
) -> WaiverFile:
    """The waivers of a file, all of them or none.

    Args:
        standards: those that are judged by; a rule of another one is a fault.
        dictionary: with their own kinds of subjects.
        others: the rest of the rule book, to tell a rule that is not judged by from one that nobody knows.

    Raises:
        RuleFileError: every fault of the file, with line and key.
    """
    noted = FaultList()
    file = read_yaml(Path(path), noted)
    held, faults = faults_of(file, WaiversIn)
    noted.note(*(one for one in faults if not _told(one, noted)))
    if held is None:
        noted.raise_any()
        raise AssertionError  # no shape without a fault
    reader = _WaiverReader(file, noted, standards, dictionary, others)
    found = tuple(reader.waiver(number, raw) for number, raw in enumerate(held.waivers))
    reader.each_once(found)
    noted.raise_any()
    return WaiverFile(str(path), file.sha256, found)


def _told(fault: RuleFileError, noted: FaultList) -> bool:
    """A value that YAML itself cannot read has been named."""
    return any(one.key == fault.key for one in noted.found)


class _WaiverReader:
    """What the shapes cannot see: rules that there are, subjects that can be told, days in their order."""

    def __init__(
        self,
        file: YamlFile,
        faults: FaultList,
        standards: Iterable[Standard],
        dictionary: Dictionary,
        others: Iterable[Standard],
    ) -> None:
        self._file, self._faults = file, faults
        rules = [(r, s.id) for s in standards for r in s.rules]
        self._rules = [(r.id, of) for r, of in rules]
        self._elsewhere = [(r.id, s.id) for s in others for r in s.rules]
        judged = {r.id: r.by or (r.applies_to,) for r, _ in rules}
        about = {rule: [dictionary.entity(kind) for kind in kinds] for rule, kinds in judged.items()}
        # The rules on subjects of which several may have one name.
        self._placed = {rule for rule, kinds in about.items() if all(one.placed and one.apart for one in kinds)}

    def waiver(self, number: int, raw: WaiverIn) -> Waiver:
        rule, _, standard = raw.rule.strip().partition("@")
        self._check_rule(number, rule, standard)
        for key in ("reason", "approver"):
            if not getattr(raw, key).strip():
                self._fault("waiver-blank", number, key)
        if raw.from_ is not None and raw.until is not None and raw.until < raw.from_:
            self._fault("waiver-days", number, "until", start=raw.from_, until=raw.until)
        return Waiver(
            rule,
            self._subject(number, rule, raw.subject),
            raw.reason.strip(),
            raw.approver.strip(),
            raw.document.strip(),
            raw.from_,
            raw.until,
            raw.remedy_by,
            standard,
            self._file.lines[("waivers", number)],
        )

    def _check_rule(self, number: int, rule: str, standard: str) -> None:
        def fits(known: list[tuple[str, str]]) -> list[str]:
            return [of for name, of in known if name == rule and standard in ("", of)]

        if fits(self._rules):
            return
        written = f"{rule}@{standard}" if standard else rule
        if elsewhere := fits(self._elsewhere):
            judged = ", ".join(dict.fromkeys(of for _, of in self._rules)) or "—"
            self._fault("waiver-rule-elsewhere", number, "rule", rule=rule, standard=elsewhere[0], judged=judged)
            return
        names = [name for name, _ in self._rules]
        if standard:
            names = [f"{name}@{of}" for name, of in self._rules]
        self._fault("waiver-rule-unknown", number, "rule", rule=written, near=nearest(written, names) or "")

    def _subject(self, number: int, rule: str, raw: WaivedSubjectIn) -> WaivedSubject:
        code, name, pattern, region = (text.strip() for text in (raw.code, raw.name, raw.pattern, raw.region))
        said = [key for key, text in (("code", code), ("name", name), ("pattern", pattern)) if text]
        if len(said) != 1:
            self._fault("waiver-subject", number, "subject")
        elif name and not region and rule in self._placed:
            self._fault("waiver-region-missing", number, "subject", name=name)
        elif region.isdecimal() and not division(region[:6].ljust(6, "0")):
            self._fault("waiver-region-code", number, "subject", "region", found=region)
        elif region.isdecimal():
            region = "/".join(part for part in divisions_of(region[:6].ljust(6, "0")) if part)
        return WaivedSubject(code, name, pattern, region)

    def each_once(self, waivers: tuple[Waiver, ...]) -> None:
        """Of two waivers of one rule and subject whose days overlap, nobody knows which is in force."""
        seen: dict[tuple[str, str, WaivedSubject], list[Waiver]] = {}
        for number, one in enumerate(waivers):
            before = seen.setdefault((one.rule, one.standard, one.subject), [])
            if twin := next((other for other in before if _overlap(one, other)), None):
                self._fault("waiver-twice", number, first=twin.line)
            before.append(one)

    def _fault(self, code: str, number: int, *key: str, **values: object) -> None:
        path: Path_ = ("waivers", number, *key)
        line = self._file.line(path)
        self._faults.note(RuleFileError(code, file=self._file.name, line=line, key=dotted(path), **values))


def _overlap(one: Waiver, other: Waiver) -> bool:
    starts_late = one.start is not None and other.until is not None and one.start > other.until
    ends_early = one.until is not None and other.start is not None and one.until < other.start
    return not starts_late and not ends_early
