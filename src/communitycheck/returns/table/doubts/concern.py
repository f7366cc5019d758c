"""Of which fields a statement about standing speaks, by the words that say what it is about."""

from __future__ import annotations

from collections.abc import Iterable

from communitycheck.patterns import pattern
from communitycheck.returns.cells.standing.others import HOUSING, OTHER
from communitycheck.returns.cells.standing.statements import InDoubt, Statement
from communitycheck.returns.cells.standing.words import OF_A_PLAN, OF_FIGURES
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.columns.meaning.field_names import FieldNames

_PREMISES = pattern(
    r"设施|用房|房[屋产子间]|楼房|(?:办公|综合|服务|活动|社区|新|旧|老|原|大|小|本|业务|便民)楼|地[址点]|[新旧老原现]?址$|场[所地]|中心|阵地|"
    r"(?:服务|工作|社工|党群|便民|驿)[站点]|大厅|面积|^(?:建设|新建|改造|扩建|该|本)?(?:工程|项目)|[一二三四1-4]期|主体|建筑|"
    r"办公|[^教]室$|大院|院落|产权|租[赁用]|借用|平房|facility|centre|center|building|premises|site|rooms?$"
)
# Rooms of the facility, and none of the places that a community has elsewhere: squares, sports grounds.
_ROOMS = pattern(r"用房|房[屋产子间]|楼|(?:服务|工作|社工|党群|便民)[站点]|大厅|办公|[^教]室$")
_SELF = pattern(
    r"(?:社区|居委会?|村委会?|[街镇乡县市村居]|街道|街道办事处|(?<![小园片景校厂库林牧])区|单位|community|village)$"
)
_OTHER_HEADER = pattern(
    r"姓名|电话|手机|联系|书记|主任|负责人|职务|学历|编码|网址|邮箱|小区|楼盘|企业|学校|道路|低保|人员|党员"
)
_ANYBODY = pattern(r"^(?:工作)?(?:人员?|职工|干部|员工)$|^(?:社区|工作|专业)$")  # names no kind of persons
_RECIPIENT = pattern(r"[给予归]|作为?")  # 腾退给学校: who has it now is not what it is said of
_LONGEST = 16  # among so many signs a name of a field is looked for


def _within(fields: frozenset[str], over: frozenset[str] | None) -> frozenset[str]:
    return fields if over is None else fields & over or over


class FieldsInDoubt:
    """The fields of one table, and which of them a statement can be about."""

    def __init__(self, names: FieldNames, keys: Iterable[str]) -> None:
        self._names = names
        self.all = frozenset(keys)
        self.premises = frozenset(key for key in self.all if names.fields[key].premises)
        self._facility = frozenset(key for key in self.premises if names.fields[key].premises != "place")
        self._figures = frozenset(key for key in self.all if names.fields[key].type not in ("truth", "hours", "days"))
        self._areas = frozenset(key for key in self._figures if names.fields[key].unit.startswith("m2"))

    def of(self, statement: Statement, over: frozenset[str] | None = None) -> frozenset[str]:
        """The fields that the statement casts doubt on.

        Args:
            over: what a statement that names nothing is about, by the header of its column; None for anything.
        """
        about = statement.about
        if statement.kind is InDoubt.BASIS:
            return self._of_basis(about, over)
        if statement.kind is InDoubt.EXTENT:
            return self._of_extent(about)
        if statement.kind is InDoubt.PERSONS:
            return self._of_persons(about, over)
        if not about or (_SELF.search(about) and not HOUSING.search(about)):
            behind = "" if _RECIPIENT.match(statement.behind) else statement.behind
            if OTHER.search(behind) or HOUSING.search(behind):
                return frozenset()
            named = self.named(behind, at_once=True)
            if named is not None:
                return named
            return _within(self.all if statement.kind is InDoubt.SUBJECT else self.premises, over)
        named = self.named(about)
        if named is not None:
            return named
        if _PREMISES.search(about) and not HOUSING.search(about):
            return (self._facility if _ROOMS.search(about) else frozenset()) or self.premises
        if OTHER.search(about) or HOUSING.search(about):
            return frozenset()
        # What it is about is not known to be something else: not certain, and so in doubt.
        elsewhere = [key for key in self._named_with(about) if self._names.fields[key].premises == "place"]
        return self.premises.intersection(elsewhere) if elsewhere else self.premises

    def _of_basis(self, about: str, over: frozenset[str] | None) -> frozenset[str]:
        """Figures alone, whatever they are of: 面积为规划数, 户数待核实, 数据为估算."""
        whose = OF_FIGURES.sub("", about)
        if "面积" in about or "area" in about:
            return self._areas
        named = self.named(whose) if whose else None
        if named is not None:
            return named & self._figures
        return _within(self._figures & self.premises if OF_A_PLAN.search(about) else self._figures, over)

    def _named_with(self, about: str) -> frozenset[str]:
        """The fields in whose names the words stand: 广场 in 室外活动广场面积, 社工 in 社工人数."""
        words = normal(about)
        if not 1 < len(words) <= _LONGEST:
            return frozenset()
        return frozenset(key for name, keys in self._names.exact.items() if words in name for key in keys)

    def _of_persons(self, about: str, over: frozenset[str] | None) -> frozenset[str]:
        """The numbers of persons that the words, or the header of the column, name: 社工已离职; of nobody else."""
        ends = (part for size in range(len(about), 1, -1) for part in (about[:size], about[-size:]))
        parts = (self._named_with(part) for part in ends if not _ANYBODY.search(part))
        named = (self.named(about) or next(filter(None, parts), None)) if about else over
        return frozenset(key for key in named or () if self._names.fields[key].unit == "persons") & self._figures

    def _of_extent(self, about: str) -> frozenset[str]:
        """Areas of the facility, unless it is said of something else: 人口含流动人口, 公园含停车场."""
        if about and not _PREMISES.search(about) and (self.named(about) is not None or OTHER.search(about)):
            return frozenset()
        return self._areas & self._facility

    def named(self, about: str, *, at_once: bool = False) -> frozenset[str] | None:
        """The fields that the words name; where it is the facility all that lie in it, None where they name none."""
        text = normal(about)[:_LONGEST]
        for size in range(len(text), 1, -1):
            for start in range(1 if at_once else len(text) - size + 1):
                part = text[start : start + size]
                cores = self._names.cores.get(part, ()) if size > 2 else ()
                keys = [key for key in (*self._names.exact.get(part, ()), *cores)
                        if self._names.fields[key].is_number and not self._names.fields[key].personal]  # fmt: skip
                if any(self._names.fields[key].premises == "whole" for key in keys):
                    return self._facility
                if keys:
                    return self.all & frozenset(keys)
        return None

    def under(self, header: str) -> frozenset[str] | None:
        """What a column of remarks is about, by its header: None for anything, no fields for something else."""
        if _OTHER_HEADER.search(header):
            return frozenset()
        if _PREMISES.search(header):
            return self.named(header) or self.premises
        return self.named(header)
