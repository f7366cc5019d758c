"""Files of renames: what was called otherwise, merged or split between two runs.

renames:
  - from: {name: 红旗村, region: 和平区/南湖街道}     # or code:
    to: 红旗社区
    date: 2023-05-01
  - from: [甲社区, 乙社区]
    to: 丙社区
    kind: merged                                      # renamed (by default), merged or split
    date: 2023-07-01
  - entity: street                                    # by default community; of a region also who lies in it is found
    from: 大青镇
    to: 大青街道
    date: 2023-01-01
"""

from __future__ import annotations

from pathlib import Path

from communitycheck.checking.repeated.find import Named
from communitycheck.errors import RuleFileError, together
from communitycheck.patterns import pattern
from communitycheck.planning.compare.renames import Rename
from communitycheck.standards.files.faults import check_shape
from communitycheck.standards.files.rename_shapes import RenamedSubjectIn, RenamesIn
from communitycheck.standards.files.yaml_file import YamlFile, dotted, read_yaml

_APART = pattern(r"\s*[/／>＞]\s*")


def load_renames(path: str | Path) -> tuple[Rename, ...]:
    """The renames of a file.

    Raises:
        RuleFileError: its faults, each with file, line and key.
    """
    file = read_yaml(Path(path))
    held = check_shape(file, RenamesIn)
    faults: list[RuleFileError] = []
    found = []
    for number, raw in enumerate(held.renames):
        for key, some in (("from", raw.from_), ("to", raw.to)):
            faults += [_fault("renames-subject", file, number, key) for one in some if bool(one.code) == bool(one.name)]
        counts = min(len(raw.from_), 2), min(len(raw.to), 2)
        wanted = {"renamed": (1, 1), "merged": (2, 1), "split": (1, 2)}[raw.kind]
        if counts != wanted:
            kind = {(1, 1): "renamed", (2, 1): "merged", (1, 2): "split"}.get(counts, "")
            faults.append(_fault(f"renames-count-{raw.kind}", file, number, "kind", fits=kind))
        before, after = (tuple(_named(one) for one in some) for some in (raw.from_, raw.to))
        line = file.line(("renames", number)) or 0
        found.append(Rename(raw.kind, raw.entity, before, after, raw.date, line))
    if faults:
        raise together(faults)
    return tuple(found)


def _named(one: RenamedSubjectIn) -> Named:
    return Named(one.code.strip(), one.name.strip(), tuple(part for part in _APART.split(one.region.strip()) if part))


def _fault(code: str, file: YamlFile, number: int, key: str, **values: object) -> RuleFileError:
    path = ("renames", number, key)
    return RuleFileError(code, file=file.name, line=file.line(path), key=dotted(path), **values)
