"""Texts of ``rules help`` and of the tables of words on the page about the rule language."""

MESSAGES: dict[str, tuple[str, str]] = {
    # the rule language
    "language-keys": ("键：{text}", "Keys: {text}"),
    "language-comparisons": ("比较：指标怎样与限值相比", "Comparisons: how an indicator is held against its limit"),
    "language-operators": ("算式里的运算符和写法", "Operators and literals of formulas"),
    "language-question": ("问题", "question"),
    "language-written": ("写法", "how it is written"),
    "language-recipes": ("常见问题的写法", "Recipes by question"),
    "language-functions": ("函数：用于一条记录", "Functions of a record"),
    "language-group-functions": ("函数：对一组记录汇总，与 by 同用", "Functions over a group of records, with by"),
    "language-units": (
        "单位：可单独用，也可写成 床/千人、m2/100 households",
        "Units, alone or as in beds/1000 persons",
    ),
    "language-types": ("字段类型", "Types of fields"),
    "language-unit-forms": ("也可写作 {text}", "also written {text}"),
    "language-kind": ("属于", "one of the"),
    "language-form": ("写法", "written"),
    "language-says": ("意思", "meaning"),
    "language-example": ("示例", "example"),
    "language-word": ("词", "word"),
    "language-field": ("字段“{label}”", "fields: {label}"),
    "language-like": (
        "没有正好叫这个的词，以下与它有关",
        "nothing is called exactly so; these are about it or called something like it",
    ),
    "language-more": (
        "查其中一个：communitycheck rules help 词",
        "for one of them: communitycheck rules help WORD",
    ),
}
