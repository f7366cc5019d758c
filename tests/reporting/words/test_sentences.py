"""The sentence of a verdict: every reason, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from communitycheck.messages import LANGS, Lang, catalogue
from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Reason, Verdict
from communitycheck.model.standard import Standard
from communitycheck.model.table import State
from communitycheck.model.waiver import WaivedSubject, Waiver
from communitycheck.reporting.words.sentences import Wording

# rule, position -> the sentence in Chinese and in English
SAID = [
    ("LN-01", 0, "实际为 400 ㎡，要求不少于 400 ㎡", "observed 400 m², required at least 400 m²"),
    ("LN-01", 1, "实际为 312 ㎡，要求不少于 400 ㎡，缺 88 ㎡",
     "observed 312 m², required at least 400 m², short by 88 m²"),
    ("LN-01", 3, "B7 无法识别（综合服务设施面积）", "B7 cannot be read (facility floor area)"),
    ("LN-01", 4, "B8 空白（综合服务设施面积）", "B8 is blank (facility floor area)"),
    ("LN-01", 6, "不在本规则的适用范围内", "outside the rule's scope"),
    ("LN-01", 7, "实际为 88 ㎡，要求不少于 400 ㎡，缺 312 ㎡；已豁免：正在改建 <b>（民政局，至 2022-06-30）",
     "observed 88 m², required at least 400 m², short by 312 m²; waived: 正在改建 <b> (民政局, until 2022-06-30)"),
    ("LN-01", 8, "实际为 450 ㎡ 以上，要求不少于 400 ㎡", "observed 450 m² or more, required at least 400 m²"),
    ("LN-01", 9, "B13 数值不合常理（综合服务设施面积）", "B13 is impossible (facility floor area)"),
    ("LN-03", 1, "实际为 20.8 ㎡/百户，要求不少于 30 ㎡/百户，缺 9.2 ㎡/百户；补足需增加综合服务设施面积 138 ㎡",
     "observed 20.8 m²/100 households, required at least 30 m²/100 households, short by 9.2 m²/100 households; "
     "to close it, add 138 m² of facility floor area"),
    ("LN-03", 5, "分母为零，没有可计算的对象", "the denominator is zero: nothing to take a share of"),
    ("LN-03", 9, "算得 -3 ㎡/百户，不合常理，请核对原始数据（B13 C13）",
     "works out at -3 m²/100 households, which cannot be right; check the data (B13 C13)"),
    ("LN-09", 0, "需看规划图", "has to be seen on the plan"),
    ("PZ-N14", 0, "实际为 12.999%，要求不少于 13%，缺 0.001 个百分点；"
     "补足需增加注册志愿者人数 1 人；规划期已满（2020-12-31）",
     "observed 12.999%, required at least 13%, short by 0.001 percentage points; to close it, add 1 person of "
     "registered volunteers; the plan's period has ended (2020-12-31)"),
    ("PZ-N14", 2, "无法确定是否适用：报表没有“社区类型”一列",
     "cannot tell whether the rule applies: the return has no column for kind of community"),
    ("PZ-N14", 4, "规则本身无法计算，请检查规则文件", "the rule itself could not be evaluated; check the rule file"),
    ("PZ-N58", 1, "报表只给出 7～9 小时，是否不少于 8 小时无法断定",
     "the return gives only a range, 7 to 9 h; whether it is at least 8 h stays open"),
    ("PZ-N58", 2, "实际为 7.5 小时，要求不少于 8 小时，缺 0.5 小时；"
     "期限 2023-12-31，尚未到期；规划期已满（2020-12-31）",
     "observed 7.5 h, required at least 8 h, short by 0.5 h; due 2023-12-31, not yet reached; "
     "the plan's period has ended (2020-12-31)"),
    ("PZ-N58", 3, "报表注明不适用", "the return states that this does not apply"),
    ("PZ-N40", 0, "实际为“否”，要求为“是”；规划期已满（2020-12-31）",
     "observed no, required yes; the plan's period has ended (2020-12-31)"),
    ("PZ-N60", 0, "实际为 1 个，要求覆盖全部 3 项，缺少：智能门禁、智能充电；规划期已满（2020-12-31）",
     "observed 1 item, required all 3 items, missing: 智能门禁, 智能充电; the plan's period has ended (2020-12-31)"),
    ("PZ-N70", 0, "实际为 512 户/网格，要求在 240～360 户/网格 之间，相差 152 户/网格；规划期已满（2020-12-31）",
     "observed 512 households/grid, required 240 to 360 households/grid, off by 152 households/grid; "
     "the plan's period has ended (2020-12-31)"),
    ("PZ-N16", 0, "实际为 8 个，要求等于 9 个，相差 1 个；规划期已满（2020-12-31）",
     "observed 8 items, required 9 items, off by 1 item; the plan's period has ended (2020-12-31)"),
    ("PZ-N16", 1, "不在该标准的适用地区内", "outside the standard's jurisdiction"),
    ("PZ-N33", 1, "实际为 30/60（50%），另有 1 个空白，要求不少于 90%，缺 38.3 个百分点；还需 23 个对象达标"
     "（空白不论填什么都够）；期限 2020-12-31 已过；规划期已满（2020-12-31）",
     "observed 30/60 (50%), and 1 blank, required at least 90%, short by 38.3 percentage points; 23 more of them "
     "would close it, however the blanks turn out; it was due 2020-12-31; the plan's period has ended (2020-12-31)"),
    ("PZ-N33", 2, "补齐、更正后可能达标也可能不达标：89.97%～90.04%（900/1,000，另有 1 个无法识别），要求不少于 90%",
     "what is missing or cannot be used could tip it either way: "
     "89.97% to 90.04% (900/1,000, 1 unreadable), required at least 90%"),
    ("PZ-N33", 4, "该地区没有适用的对象", "no subject of this region is in scope"),
    ("PZ-N90", 0, "实际为 640～650 人，另有 1 个空白、1 个重复填报不能确定，"
     "要求不少于 1,000 人，至少缺 350 人；期限 2025-12-31，尚未到期；"
     "规划期已满（2020-12-31）",
     "observed 640 to 650 persons, and 1 blank, 1 listed more than once and not certain, "
     "required at least 1,000 persons, short by 350 persons or more; "
     "due 2025-12-31, not yet reached; the plan's period has ended (2020-12-31)"),
    ("PZ-N80", 0, "在判定日期没有施行中的限值", "no threshold is in force on the as-of date"),
]  # fmt: skip


def reason(
    verdict: Verdict, dictionary: Dictionary, lang: Lang, standard: Standard | None = None, as_of: date | None = None
) -> str:
    return Wording(lang, dictionary, [standard] if standard else [], as_of).reason(verdict)



def verdict(report: Report, rule: str, i: int) -> tuple[Verdict, str]:
    result = next(r for r in report.results if r.rule.id == rule)
    return result.verdict(i), result.add_unit


@pytest.mark.parametrize(("rule", "i", "zh", "en"), SAID)
def test_the_reason_says_what_why_and_what_to_do(report: Report, rule: str, i: int, zh: str, en: str) -> None:
    one, add_unit = verdict(report, rule, i)
    for lang, said in zip(LANGS, (zh, en), strict=True):
        wording = Wording.of(report, lang)
        assert wording.reason(one, wording.figures(one, add_unit)) == said


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("why", list(Reason))
def test_every_reason_has_a_sentence(report: Report, why: Reason, lang: str) -> None:
    one, _ = verdict(report, "LN-03", 1)
    for outcome in Outcome:
        said = reason(replace(one, reason=why, outcome=outcome), report.dictionary, lang)  # type: ignore[arg-type]
        assert said.strip() and "{" not in said
    assert why.code in catalogue()
    assert why.code.replace("reason", "cause") in catalogue() or why in (
        Reason.MET, Reason.MISSED, Reason.OUT_OF_SCOPE, Reason.OUTSIDE, Reason.ZERO_DENOMINATOR, Reason.EXEMPT,
        Reason.NOT_IN_FORCE, Reason.MANUAL, Reason.EMPTY_GROUP, Reason.NOT_CARRIED, Reason.NOT_LAID_DOWN,
    )  # fmt: skip


def test_the_plain_function_says_the_same(report: Report) -> None:
    one, _ = verdict(report, "LN-01", 1)
    assert reason(one, report.dictionary, "zh") == "实际为 312 ㎡，要求不少于 400 ㎡，缺 88 ㎡"
    standard = replace(report.standards[0], horizon=date(2020, 1, 1))
    later = reason(one, report.dictionary, "zh", standard=standard, as_of=date(2021, 1, 1))
    assert later.endswith("；规划期已满（2020-01-01）")


def test_many_cells_are_counted_and_absent_columns_come_last(report: Report) -> None:
    one, _ = verdict(report, "LN-01", 4)
    cells = tuple((f"field_{i}", State.BLANK, f"A{i}") for i in range(1, 9))
    many = replace(one, troubled=cells)
    assert reason(many, report.dictionary, "en").endswith("A5 is blank (field_5); and 3 more")
    mixed = replace(one, troubled=(("households", State.ABSENT, ""), ("facility_area", State.BLANK, "B8")))
    assert reason(mixed, report.dictionary, "en") == "B8 is blank (facility floor area)"
    derived = replace(one, troubled=(("facility_area", State.BLANK, ""),))
    assert reason(derived, report.dictionary, "zh") == "综合服务设施面积空白"
    nothing = replace(one, troubled=())
    assert reason(nothing, report.dictionary, "en") == "a needed value is missing"


def test_at_most_is_exceeded_and_a_lever_may_have_to_shrink(report: Report) -> None:
    one, _ = verdict(report, "LN-03", 1)
    limits = replace(one.rule.threshold, comparison=COMPARISONS["at_most"]) if one.rule.threshold else None
    high = replace(one, rule=replace(one.rule, threshold=limits), observed=45.0, shortfall=15.0, add=-225.0)
    assert reason(high, report.dictionary, "zh") == (
        "实际为 45 ㎡/百户，要求不超过 30 ㎡/百户，超出 15 ㎡/百户；达标需减少综合服务设施面积 225 ㎡"
    )


def test_a_waiver_is_told(report: Report) -> None:
    one, _ = verdict(report, "LN-01", 1)
    waiver = Waiver("LN-01", WaivedSubject(name="x"), "搬迁中", "局", document="〔3〕号", until=date(2024, 5, 6))
    waived = replace(one, waiver=waiver)
    assert reason(waived, report.dictionary, "zh").endswith("；已豁免：搬迁中（局，〔3〕号，至 2024-05-06）")
