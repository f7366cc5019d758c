"""Sentences about verdicts: why a subject passes, fails or cannot be judged."""

MESSAGES: dict[str, tuple[str, str]] = {
    # one for each model.result.Reason
    "reason-met": ("实际{observed}，要求{required}", "observed {observed}, required {required}"),
    "reason-missed": ("实际{observed}，要求{required}", "observed {observed}, required {required}"),
    "reason-out-of-scope": ("不在本规则的适用范围内", "outside the rule's scope"),
    "reason-outside": ("不在该标准的适用地区内", "outside the standard's jurisdiction"),
    "reason-zero-denominator": ("分母为零，没有可计算的对象", "the denominator is zero: nothing to take a share of"),
    "reason-exempt": ("报表注明不适用", "the return states that this does not apply"),
    "reason-not-laid-down": (
        "文件对此没有规定[[：{cells}]]",
        "nothing is laid down for it[[: {cells}]]",
    ),
    "table-empty-row": (
        "表 {table} 中{key}为“{value}”的一行写明没有规定（none）",
        "the table {table} has none for {key} '{value}'",
    ),
    "reason-scope-unknown": ("无法确定是否适用：{cells}", "cannot tell whether the rule applies: {cells}"),
    "reason-missing": ("{cells}", "{cells}"),
    "reason-undecided": (
        "报表只给出 {observed}，是否{required}无法断定",
        "the return gives only a range, {observed}; whether it is {required} stays open",
    ),
    "same-as": ("与{others}相同", "the same as {others}"),
    "same-as-more": ("{others}等 {n} 个", "{others} and {n} more"),
    "twin": ("{name}（{cell}）", "{name} ({cell})"),
    "written-in": ("{field}填的是“{text}”", "{field} is '{text}'"),
    "not-listed-among": (
        "{entities}表中没有{key}“{value}”",
        "the sheet of {entities} does not list {key} '{value}'",
    ),
    "earlier-undated": (
        "报表没有写明报告期，无法与上一期比较",
        "its return states no period, so it cannot be held against the one before",
    ),
    "earlier-no-return": (
        "没有截至 {day} 的上一期报表，请一并给出",
        "there is no return of the period before, to {day}; give that one too",
    ),
    "earlier-unlisted": (
        "截至 {day} 的上一期报表没有列出该对象（按代码，或按同一地区的名称）",
        "the return of the period before, to {day}, does not list it, by its code or by its name within its region",
    ),
    "earlier-several": (
        "该对象在本期或上一期（截至 {day}）的报表中不止一条，无法确定以哪一条比较",
        "it stands several times in this period or in the one before, to {day}, so that nobody knows which to compare",
    ),
    "earlier-other-name": (
        "上一期（截至 {day}）的报表中，该代码是另一个地方、另一个名称的对象，无法确定是否同一个",
        "in the return of the period before, to {day}, its code stands for another name in another place, so that "
        "nobody knows whether it is the same",
    ),
    "member-cell": ("{name}：{cells}", "{name}: {cells}"),
    "none-below": (
        "报表没有列出确定属于它的{entities}，无从得知是没有还是没有报",
        "the return lists no {entities} known to lie in it, and nobody can tell whether it has none or they were "
        "not sent in",
    ),
    "above-unlisted": (
        "{entities}表中没有它所在地区的“{field}”，或不清楚它在哪里",
        "the sheet of {entities} has no {field} of the region it lies in, or where it lies is not known",
    ),
    "member-repeated": (
        "{name}[[（{cell}）]]和另一条可能是同一个，计一次还是两次无法确定",
        "{name}[[ ({cell})]] and another record may be the same, so that it may count once or twice",
    ),
    "above-several": (
        "{entities}表中它所在地区的“{field}”不止一个数，且不相同",
        "the sheet of {entities} has several figures of {field} for the region it lies in, and they differ",
    ),
    "above-cell": ("所在地区：{cells}", "the region it lies in: {cells}"),
    # the period of a return
    "period-year": ("{year}年", "{year}"),
    "period-year-end": ("{year}年末", "the end of {year}"),
    "period-month": ("{year}年{month}月", "{year}-{month}"),
    "period-month-end": ("{year}年{month}月底", "the end of {year}-{month}"),
    "period-months": (
        "{first_year}年{first_month}月至{year}年{month}月",
        "{first_year}-{first_month} to {year}-{month}",
    ),
    "period-span": ("{first}至{last}", "{first} to {last}"),
    "only-earlier": (
        "本期报表没有“{field}”一列，截至 {day} 的一期才有（{cell}）",
        "the return has no column for {field}; that of the period to {day} has one ({cell})",
    ),
    "earlier-cell": ("上一期：{cells}", "the period before: {cells}"),
    "table-no-row": (
        "表 {table} 没有{key}为“{value}”的一行",
        "the table {table} has no row for {key} '{value}'",
    ),
    "reason-undecided-cells": (
        "无法断定：{cells}；实际为 {observed}，要求{required}",
        "stays open: {cells}; observed {observed}, required {required}",
    ),
    "reason-blanks-undecided": (
        "补齐、更正后可能达标也可能不达标：{observed}，要求{required}[[；{cells}]]",
        "what is missing or cannot be used could tip it either way: {observed}, required {required}[[; {cells}]]",
    ),
    "reason-not-in-force": ("在判定日期没有施行中的限值", "no threshold is in force on the as-of date"),
    "reason-implausible": (
        "算得 {observed}，不合常理，请核对原始数据{cells}",
        "works out at {observed}, which cannot be right; check the data{cells}",
    ),
    "reason-implausible-of-nothing": (
        "分母为 0 而分子不为 0，不可能，请核对原始数据{cells}",
        "something is counted of nothing, which cannot be right; check the data{cells}",
    ),
    "reason-manual": ("需人工核查", "has to be checked by hand"),
    "reason-not-evaluated": (
        "规则本身无法计算，请检查规则文件",
        "the rule itself could not be evaluated; check the rule file",
    ),
    "reason-regions-missing": (
        "报表只有该地区的一部分，整体不能判定；请补齐其余地区的报表",
        "the returns hold only a part of this region, so the whole cannot be judged; add those of the others",
    ),
    "reason-repeats-undecided": (
        "有对象重复填报，采用哪一条、是不是同一个，决定是否达标：{observed}，要求{required}；请核对，每个对象只留一条",
        "some subjects are listed more than once, and which of their records counts could tip it either way: "
        "{observed}, required {required}; check them and leave one record of each",
    ),
    "reason-due-unknown": (
        "未达标，但无法确定适用哪个期限：{cells}；实际为 {observed}，要求{required}",
        "missed, but it cannot be told which deadline holds: {cells}; observed {observed}, required {required}",
    ),
    "severity-open": (
        "约束力不能确定（{cells}），按可能的最严一种计为{severity}",
        "how binding it is cannot be told ({cells}): counted as {severity}, the strictest possible",
    ),
    "reason-empty-group": ("该地区没有适用的对象", "no subject of this region is in scope"),
    "reason-region-unknown": (
        "所属地区不明，无法确定适用哪一级标准",
        "its region is not known, so neither is the standard that governs it",
    ),
    "reason-not-carried": (
        "该规则所需的数在同一报表的另一张表里，由那张表判定",
        "what the rule asks for stands in another table of the same return, and it is judged there",
    ),
    # parts of those sentences
    "observed-value": ("为 {value}", "{value}"),
    "observed-of-nothing": (
        "分母为零而分子大于零{value}，超过任何限值",
        "more than zero over a denominator of zero{value}, above any limit",
    ),
    "observed-truth": ("为“{value}”", "{value}"),
    "observed-fraction": ("为 {part}/{whole}（{value}）", "{part}/{whole} ({value})"),
    "observed-gaps": ("，另有 {gaps}", ", and {gaps}"),
    "gaps": ("另有 {gaps}", "{gaps}"),
    "gap-blank": ("{n} 个空白", "{n} blank"),
    "gap-unreadable": ("{n} 个无法识别", "{n} unreadable"),
    "gap-impossible": ("{n} 个不合常理", "{n} impossible"),
    "gap-unpaired": ("{n} 个在上一期没有对应的记录", "{n} without a record in the period before"),
    "gap-repeated": ("{n} 个重复填报不能确定", "{n} listed more than once and not certain"),
    "counted-again": ("，{n} 条重复的记录未再计入", ", {n} repeated {{n:record|records}} not counted again"),
    "threshold-covers-some": ("含 {n} 项中的至少 {least} 项", "at least {least} of {n} {{n:item|items}}"),
    "missing-some": ("任 {n} 项：{items}", "any {n} of: {items}"),
    "threshold-covers": ("含全部 {n} 项", "all {n} {{n:item|items}}"),
    "short-below": ("缺 {value}", "short by {value}"),
    "short-above": ("超出 {value}", "over by {value}"),
    "short-off": ("相差 {value}", "off by {value}"),
    "short-least": ("至少{text}", "{text} or more"),
    "own-short-least": ("至少 {text}", "{text} or more"),
    "short-items": ("缺少：{items}", "missing: {items}"),
    "lever-add": ("补足需增加{field} {value}", "to close it, add {value} of {field}"),
    "lever-remove": ("达标需减少{field} {value}", "to meet it, take away {value} of {field}"),
    "lever-of-share": ("达标的对象", "subjects that meet it"),
    "lever-amount": ("{lever} {value}", "{lever} {value}"),
    "lever-less": ("{lever}减少 {value}", "{lever} {value} less"),
    "lever-share": ("达标的对象 {n} 个", "{n} more that meet it"),
    "lever-subjects": ("还需 {n} 个对象达标", "{n} more of them would close it"),
    "lever-surely": ("{text}（空白不论填什么都够）", "{text}, however the blanks turn out"),
    "due-ahead": ("期限 {due}，尚未到期", "due {due}, not yet reached"),
    "due-at-once": ("无期限", "no deadline"),
    "due-past": ("期限 {due} 已过", "it was due {due}"),
    "past-horizon": ("规划期已满（{horizon}）", "the plan's period has ended ({horizon})"),
    "waived": ("已豁免：{terms}", "waived: {terms}"),
    "waiver-terms": (
        "{reason}（{approver}[[，{document}]][[，至 {until}]][[，整改期限 {remedy_by}]]）",
        "{reason} ({approver}[[, {document}]][[, until {until}]][[, to be mended by {remedy_by}]])",
    ),
    "explained": ("报表说明：“{text}”", "explained in the return: “{text}”"),
    # a cell that gives no value
    "cell-blank": ("{cell} 空白（{field}）", "{cell} is blank ({field})"),
    "cell-unreadable": ("{cell} 无法识别（{field}）", "{cell} cannot be read ({field})"),
    "cell-impossible": ("{cell} 数值不合常理（{field}）", "{cell} is impossible ({field})"),
    "cell-contradicted": ("{cell} 与同行其他数矛盾（{field}）", "{cell} contradicts another figure there ({field})"),
    "figure-at": ("{field}（{cell}）", "{field} ({cell})"),
    "cells-contradicted": (
        "{cells}相互矛盾，不知错在哪一个，都不采用：按规则 {rule}，由它们算出的值应为 {range}（plausible）",
        "{cells} contradict each other: what they give lies outside the plausible range of rule {rule} ({range}), and "
        "as nobody knows which is wrong, neither is used",
    ),
    "cell-implausible": (
        "{cells}超出规则 {rule} 的合理范围（plausible：{range}），不采用",
        "{cells} lies outside the plausible range of rule {rule} ({range}) and is not used",
    ),
    "cell-doubted": ("{cell} 所注存疑（{field}）", "{cell} is put in doubt by a remark ({field})"),
    "remark-at": ("{cell} 写明“{text}”", "{cell} says “{text}”"),
    "cell-unlisted": ("工作表“{cell}”没有列出该对象（{field}）", "the sheet “{cell}” does not list it ({field})"),
    "cell-exempt": ("{cell} 注明不适用（{field}）", "{cell} is stated not to apply ({field})"),
    "cell-absent": ("报表没有“{field}”一列", "the return has no column for {field}"),
    "nocell-blank": ("{field}空白", "{field} is blank"),
    "nocell-unreadable": ("{field}无法识别", "{field} cannot be read"),
    "nocell-impossible": ("{field}数值不合常理", "{field} is impossible"),
    "nocell-contradicted": ("{field}与其他数矛盾", "{field} contradicts another figure"),
    "nocell-doubted": ("{field}所注存疑", "{field} is put in doubt by a remark"),
    "nocell-unlisted": ("有“{field}”的工作表没有列出该对象", "the sheet with {field} does not list it"),
    "nocell-exempt": ("{field}注明不适用", "{field} is stated not to apply"),
    "and-cells": ("另有 {n} 处", "and {n} more"),
    "cells-leave-open": ("所填的数定不出是或否：{cells}", "what is given decides neither yes nor no: {cells}"),
    "cells-unknown": ("所需的数据缺失", "a needed value is missing"),
    # causes, for the summary of what could not be judged
    "cause-blank": ("{field}空白", "{field} is blank"),
    "cause-unreadable": ("{field}无法识别", "{field} cannot be read"),
    "cause-impossible": ("{field}数值不合常理", "{field} is impossible"),
    "cause-contradicted": (
        "{field}按某条规则的合理范围（plausible）不能成立",
        "{field} cannot be right by the plausible range of a rule",
    ),
    "cause-doubted": (
        "报表的备注使{field}存疑（在建、停用、撤销、规划数、与别处共用等）",
        "a remark in the return puts {field} in doubt (not built, out of use, planned, shared)",
    ),
    "cause-unlisted": ("有“{field}”的工作表没有列出该对象", "the sheet with {field} does not list it"),
    "cause-exempt": ("{field}注明不适用", "{field} is stated not to apply"),
    "cause-absent": ("所在工作表没有“{field}”一列", "the sheet has no column for {field}"),
    "cause-none-below": (
        "没有列出确定属于该地区的对象，无法汇总",
        "no subjects are listed that are known to lie in the region, so that nothing adds up",
    ),
    "cause-undecided": ("数值只有大致范围", "only a range is given"),
    "cause-blanks-undecided": (
        "区域内缺少或不能采用的数使结果两可",
        "figures of the region that are missing or cannot be used leave it open",
    ),
    "cause-repeats-undecided": (
        "区域内重复填报的对象使结果两可",
        "subjects of the region that are listed more than once leave it open",
    ),
    "cause-implausible": ("算出的指标不合常理", "the indicator works out at something impossible"),
    "cause-region-unknown": ("所属地区不明", "the region is not known"),
    "cause-scope-unknown": ("无法确定是否适用", "cannot tell whether the rule applies"),
    "cause-due-unknown": ("未达标而期限不能确定", "missed, and the deadline cannot be told"),
    "cause-not-evaluated": ("规则本身无法计算", "the rule itself could not be evaluated"),
    "cause-regions-missing": ("缺其余地区的报表", "the returns of its other regions are missing"),
    "cause-missing": ("所需的数据缺失", "a needed value is missing"),
}
