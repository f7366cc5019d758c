"""Texts of ``conflicts``: what two returns say differently of one subject."""

MESSAGES: dict[str, tuple[str, str]] = {
    "conflicts-title": ("两份报表说法不一的数", "What two returns say differently"),
    "conflicts-heading": ("{one} 与 {other}（{n}）", "{one} and {other} ({n})"),
    "conflicts-heading-perhaps": (
        "{one} 与 {other}：是否同一对象待确认（{n}）",
        "{one} and {other}: perhaps in common ({n})",
    ),
    "conflicts-column-why": ("为什么不能确定", "why nobody knows"),
    "conflicts-twice": (
        "一份报表里同名的列了几行，不知道对应哪一行",
        "one return lists the name on several rows, and nobody knows which is meant",
    ),
    "conflicts-none": (
        "没有两份同一期的报表列出相同的对象。",
        "No two returns of one period list a subject in common.",
    ),
    "conflicts-one-return": (
        "只读到一份报表，没有可以相比的另一份；同一文件的两张工作表写成 文件::表名 各列一次。",
        "One return alone was read, and there is none to hold it against; two sheets of one file are given as "
        "FILE::SHEET each.",
    ),
    "conflicts-no-two": (
        "没有两份报表是同一期、同一类对象的：",
        "No two returns are of one period and one kind of subject:",
    ),
    "conflicts-of-period": ("{periods}（{kinds}）", "{periods} ({kinds})"),
    "conflicts-of-no-period": ("没有写明报告期（{kinds}）", "states no period ({kinds})"),
    "conflicts-no-period": (
        "{count} 条记录没有写明报告期，没有与写明报告期的报表相比；请补上报告期",
        "{count} {{count:record states|records state}} no period and {{count:was|were}} not held against returns that "
        "state one; please add the period",
    ),
    "conflicts-rows-unread": ("未读懂、没有相比的行：{rows}", "rows that were not read, nor held against any: {rows}"),
    "conflicts-column-asked": (
        "{column} 列“{text}”像是“{field}”，没有确认就没有相比；是就请改表头，或在对应文件里写明",
        "column {column} “{text}” looks like “{field}” and was not held against it: rename the header, or confirm it "
        "in a mapping file",
    ),
    "conflicts-at": ("{at}：{text}", "{at}: {text}"),
    "conflicts-heading-left-out": ("没有相比的（{n}）", "Held against nothing ({n})"),
    "conflicts-heading-unused": (
        "{one} 与 {other}：有一格未采用，是否一致不知道（{n}）",
        "{one} and {other}: one of two cells is not used, so nobody knows ({n})",
    ),
    "conflicts-column-open": ("有一格未采用", "one cell not used"),
    "conflicts-column-unused": ("没有相比的原因", "why it was not held"),
    "conflicts-sheet-pairs": ("两两比较", "pairs"),
    "conflicts-sheet-places": ("逐项", "conflicts"),
    "conflicts-all": ("{n} 条，全部在“逐项”表。", "{n} in all, on the sheet “conflicts”."),
    "conflicts-more-elsewhere": ("另有 {n} 条，全部见 -o 不一致.csv。", "{n} more; -o conflicts.csv lists them all."),
    "conflicts-column-one": ("前一份", "the one"),
    "conflicts-column-other": ("后一份", "the other"),
    "conflicts-column-one-at": ("前一份的位置", "where in the one"),
    "conflicts-column-other-at": ("后一份的位置", "where in the other"),
    "conflicts-column-common": ("共有对象", "subjects in common"),
    "conflicts-column-compared": ("两份都填的格", "cells both fill"),
    "conflicts-column-count": ("不一致", "conflicts"),
    "conflicts-column-questions": ("是否同一对象待确认", "perhaps in common"),
    "conflicts-column-field": ("字段", "field"),
    "conflicts-value": ("{value}（{at}）", "{value} ({at})"),
}
