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
