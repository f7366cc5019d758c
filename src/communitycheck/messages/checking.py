"""Sentences about verdicts: why a subject passes, fails or cannot be judged."""

MESSAGES: dict[str, tuple[str, str]] = {
    # one for each model.result.Reason
    "reason-met": ("实际{observed}，要求{required}", "observed {observed}, required {required}"),
    "reason-missed": ("实际{observed}，要求{required}", "observed {observed}, required {required}"),
    "reason-out-of-scope": ("不在本规则的适用范围内", "outside the rule's scope"),
    "reason-outside": ("不在该标准的适用地区内", "outside the standard's jurisdiction"),
    "reason-zero-denominator": ("分母为零，没有可计算的对象", "the denominator is zero: nothing to take a share of"),
    "reason-exempt": ("报表注明不适用", "the return states that this does not apply"),
    "reason-scope-unknown": ("无法确定是否适用：{cells}", "cannot tell whether the rule applies: {cells}"),
    "reason-missing": ("{cells}", "{cells}"),
    "reason-undecided": (
        "报表只给出 {observed}，是否{required}无法断定",
        "the return gives only a range, {observed}; whether it is {required} stays open",
    ),
    "reason-blanks-undecided": (
        "补填空白后可能达标也可能不达标：{observed}，要求{required}",
        "filling in the blanks could tip it either way: {observed}, required {required}",
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
        "报表只有该地区的一部分，整体不能认定达标；请补齐其余地区的报表",
        "the returns hold only a part of this region, so the whole cannot be said to pass; add those of the others",
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
    "observed-truth": ("为“{value}”", "{value}"),
    "observed-fraction": ("为 {part}/{whole}（{value}）", "{part}/{whole} ({value})"),
    "observed-blanks": ("，另有 {n} 个空白", ", and {n} blank"),
    "blanks": ("另有 {n} 个空白", "{n} blank"),
    "threshold-covers": ("含全部 {n} 项", "all {n} items"),
    "short-below": ("缺 {value}", "short by {value}"),
    "short-above": ("超出 {value}", "over by {value}"),
    "short-off": ("相差 {value}", "off by {value}"),
    "short-least": ("至少{text}", "{text} or more"),
    "short-items": ("缺少：{items}", "missing: {items}"),
    "lever-add": ("补足需增加{field} {value}", "to close it, add {value} of {field}"),
    "lever-remove": ("达标需减少{field} {value}", "to meet it, take away {value} of {field}"),
    "lever-of-share": ("达标的对象", "subjects that meet it"),
    "lever-amount": ("{lever} {value}", "{lever} {value}"),
    "lever-less": ("{lever}减少 {value}", "{lever} {value} less"),
    "lever-share": ("达标的对象 {n} 个", "{n} more that meet it"),
    "lever-subjects": ("还需 {n} 个对象达标", "{n} more of them would close it"),
    "due-ahead": ("期限 {due}，尚未到期", "due {due}, not yet reached"),
    "due-past": ("期限 {due} 已过", "it was due {due}"),
    "past-horizon": ("规划期已满（{horizon}）", "the plan's period has ended ({horizon})"),
    "waived": ("已豁免：{reason}", "waived: {reason}"),
    # a cell that gives no value
    "cell-blank": ("{cell} 空白（{field}）", "{cell} is blank ({field})"),
    "cell-unreadable": ("{cell} 无法识别（{field}）", "{cell} cannot be read ({field})"),
    "cell-impossible": ("{cell} 数值不合常理（{field}）", "{cell} is impossible ({field})"),
    "cell-contradicted": ("{cell} 与同行其他数矛盾（{field}）", "{cell} contradicts another figure there ({field})"),
    "cell-unlisted": ("工作表“{cell}”没有列出该对象（{field}）", "the sheet “{cell}” does not list it ({field})"),
    "cell-exempt": ("{cell} 注明不适用（{field}）", "{cell} is stated not to apply ({field})"),
    "cell-absent": ("报表没有“{field}”一列", "the return has no column for {field}"),
    "nocell-blank": ("{field}空白", "{field} is blank"),
    "nocell-unreadable": ("{field}无法识别", "{field} cannot be read"),
    "nocell-impossible": ("{field}数值不合常理", "{field} is impossible"),
    "nocell-contradicted": ("{field}与其他数矛盾", "{field} contradicts another figure"),
    "nocell-unlisted": ("有“{field}”的工作表没有列出该对象", "the sheet with {field} does not list it"),
    "nocell-exempt": ("{field}注明不适用", "{field} is stated not to apply"),
    "and-cells": ("另有 {n} 处", "and {n} more"),
    "cells-unknown": ("所需的数据缺失", "a needed value is missing"),
    # causes, for the summary of what could not be judged
    "cause-blank": ("{field}空白", "{field} is blank"),
    "cause-unreadable": ("{field}无法识别", "{field} cannot be read"),
    "cause-impossible": ("{field}数值不合常理", "{field} is impossible"),
    "cause-contradicted": ("{field}与同行其他数矛盾", "{field} contradicts another figure of its row"),
    "cause-unlisted": ("有“{field}”的工作表没有列出该对象", "the sheet with {field} does not list it"),
    "cause-exempt": ("{field}注明不适用", "{field} is stated not to apply"),
    "cause-absent": ("所在工作表没有“{field}”一列", "the sheet has no column for {field}"),
    "cause-undecided": ("数值只有大致范围", "only a range is given"),
    "cause-blanks-undecided": ("区域内的空白使结果两可", "blanks in the region leave it open"),
    "cause-implausible": ("算出的指标不合常理", "the indicator works out at something impossible"),
    "cause-region-unknown": ("所属地区不明", "the region is not known"),
    "cause-scope-unknown": ("无法确定是否适用", "cannot tell whether the rule applies"),
    "cause-not-evaluated": ("规则本身无法计算", "the rule itself could not be evaluated"),
    "cause-regions-missing": ("缺其余地区的报表", "the returns of its other regions are missing"),
    "cause-missing": ("所需的数据缺失", "a needed value is missing"),
    # what is noticed, or refused, while judging
    "standard-not-in-force": (
        "标准 {standard} 在 {as_of} 未施行，未用于判定",
        "the standard {standard} is not in force on {as_of} and was not applied",
    ),
    "records-in-no-jurisdiction": (
        "{count} 条记录不在任何标准的适用地区内，或所属地区不明，未判定；可用 --region 指明地区",
        "{count} records lie in no standard's jurisdiction, or their region is unknown, and were not judged; "
        "name the region with --region",
    ),
    "subjects-in-two-sheets": (
        "有 {count} 个对象（如{name}）在工作表“{first}”里也有，但两张表合不到一起（同一指标数值不同，报告期不同，"
        "表名、标题所说的地区不同，两张表指标相同而空格不同，名称重复，重合不到一半，或超过 5 万行）；"
        "分别核查、分别计数，一张表的数据不用于另一张，请核对后合并为一张表",
        "{count} subjects (such as {name}) stand in the sheet “{first}” as well, but the sheets do not make one table "
        "(a figure, the period or the region that names and titles speak of differs, both have the same columns but "
        "not the same blanks, a name stands there twice, less than half are the same, or the rows are over 50,000); "
        "they are judged and counted one by one and lend each other no figures: check them and make them one table",
    ),
    "code-and-name": (
        "行政区划代码 {code} 与所填的“{text}”不符：{prefix} 开头的代码属于{place}；按代码认定所属地区，"
        "涉及 {count} 条记录，请核对",
        "the region code {code} does not go with '{text}': codes of {place} begin with {prefix}; placed by the code, "
        "{count} records; please check",
    ),
    "several-periods": (
        "表中有 {count} 个报告期（{first} 至 {last}）；各期的记录都按同一判定日期判定，各计一次；"
        "只查一期请只留该期的行",
        "this table holds {count} periods ({first} to {last}); the records of all were judged by one day and counted "
        "each; to check one period, leave its rows alone in the table",
    ),
    "regions-missing": (
        "{place}的整体指标只由 {total} 个地区中的 {count} 个算得，报表里没有：{regions}",
        "what {place} is judged by as a whole comes from {count} of its {total} regions; the returns lack {regions}",
    ),
    "none-in-force": (
        "在 {as_of} 没有施行中的标准（{known}）；请核对 --as-of，或用 --standard 指定",
        "no standard is in force on {as_of} ({known}); check --as-of, or name one with --standard",
    ),
    "region-needed": (
        "报表没有写明所属地区，或所写的地区没有适用的标准；请用 --region 指明地区，或用 --standard 指定：{known}",
        "the return does not say which region it is from, or no standard covers the one that it says; name the "
        "region with --region, or a standard with --standard: {known}",
    ),
    "region-not-covered": (
        "没有标准适用于 --region 指明的地区（{region}）；请核对地区，或用 --standard 指定标准：{known}",
        "no standard covers the region named with --region ({region}); check the region, or name a standard with "
        "--standard: {known}",
    ),
    "subject-in-two-files": (
        "{text}：另一份报表也报了同一个对象（{first}），两处都参加核查",
        "{text}: another return reports the same subject ({first}); both are judged",
    ),
    "same-code-in-two-files": (
        "{text}：另一份报表有相同的行政区划代码（{first}），两处都参加核查",
        "{text}: another return has the same region code ({first}); both are judged",
    ),
    "more-subjects-in-two-files": (
        "与 {first} 重复的对象还有 {count} 个，不再逐一列出",
        "{count} more subjects are also in {first} and are not listed one by one",
    ),
}
