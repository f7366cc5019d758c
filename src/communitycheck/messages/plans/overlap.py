"""Texts of ``overlap``: what several forms ask for."""

MESSAGES: dict[str, tuple[str, str]] = {
    "overlap-title": ("各表要填什么", "What the forms ask for"),
    "overlap-sheet-overview": ("概览", "overview"),
    "overlap-sheet-places": ("逐处", "places"),
    "overlap-column-number": ("表号", "no."),
    "overlap-column-form": ("表", "form"),
    "overlap-column-fields": ("字段", "fields"),
    "overlap-column-shared": ("别的表也要", "asked elsewhere"),
    "overlap-column-alone": ("只此表要", "only here"),
    "overlap-column-others": ("未识别", "not known"),
    "overlap-column-one": ("前一张表", "one form"),
    "overlap-column-other": ("后一张表", "other form"),
    "overlap-column-common": ("共有字段", "fields in common"),
    "overlap-column-forms": ("表数", "forms"),
    "overlap-column-remark": ("说明", "remarks"),
    "overlap-column-what": ("情况", "what"),
    "overlap-column-key": ("字段名", "field key"),
    "overlap-what-shared": ("几张表都要", "several forms"),
    "overlap-what-twice": ("一张表要两次", "twice in one form"),
    "overlap-what-derived": ("可以得出", "can be derived"),
    "overlap-what-alike": ("写法相同", "spelled alike"),
    "overlap-what-not-known": ("未识别", "not known"),
    "overlap-too-few": ("只有一张表或没有表，无从比较。", "Fewer than two forms: there is nothing to compare."),
    "overlap-none": (
        "没有一个字段是两张表都要的。",
        "No field is asked for by two forms.",
    ),
    "overlap-left-out": (
        "名称、代码、序号、报告期、备注说明填的是谁，每张表都要，不计在内；未识别的是数据字典里没有的栏目。",
        "Names, codes, row numbers, periods and remarks say whom a form is about and are not counted. Not known: "
        "headers that mean no field of the data dictionary.",
    ),
    "overlap-same-headers": (
        "表 {forms} 的表头完全一样，也许是同一张表由几家填报。",
        "Forms {forms} have the very same headers: perhaps one form, filled in by several.",
    ),
    "overlap-heading-matrix": ("两两共有的字段", "Fields in common, form by form"),
    "overlap-matrix-how": (
        "每格是两张表都要的字段数，斜线上是该表自己要的字段数；对象类别不同的表不相比。",
        "Each cell counts the fields that both forms ask for, on the diagonal those of the form itself. Forms about "
        "different kinds of subject are not compared.",
    ),
    "overlap-heading-pairs": ("两两共有字段最多的表", "Pairs of forms with most in common"),
    "overlap-heading-shared": ("几张表都要的字段（{n} 个）", "Fields that several forms ask for ({n})"),
    "overlap-heading-twice": (
        "一张表里要了不止一次的字段（{n} 个）",
        "Fields that one form asks for more than once ({n})",
    ),
    "overlap-other-unit": ("单位不同", "another unit"),
    "overlap-kind-not-told": ("该表未写明对象类别", "the form does not say of whom"),
    "overlap-by-likeness": ("按相近写法认定，把握 {share}", "by likeness, {share}"),
    "overlap-heading-derived": ("可以由别的栏目得出的（{n} 项）", "What follows from other answers ({n})"),
    "overlap-derived": (
        "{field}（{at}）可以由 {source} 得出。",
        "{field} ({at}) follows from {source}.",
    ),
    "overlap-source": ("{field}（{at}）", "{field} ({at})"),
    "overlap-summed": (
        "{field}（{at}）：如果下面的{level}都填齐，可以由{below} 汇总得出。",
        "{field} ({at}) is the sum of {below}, where none of the {level} beneath is left out.",
    ),
    "overlap-place": ("表 {number} 的 {cell}", "form {number} {cell}"),
    "overlap-heading-alike": (
        "数据字典里没有、但写法相同的表头（{n} 个）",
        "Headers that mean no known field and are spelled alike ({n})",
    ),
    "overlap-alike-how": (
        "写法相同不等于意思相同，请人工判断。",
        "Spelled alike is not meant alike: that is for people to judge.",
    ),
    "overlap-heading-not-known": (
        "未识别的栏目（{n} 个）",
        "Headers that mean no known field ({n})",
    ),
    "overlap-not-known-how": (
        "与某个字段其实同一个意思的，可用对应文件（--mapping）指明，再比一次。",
        "Where one of them means a field all the same, a mapping (--mapping) can say so; then compare again.",
    ),
    "overlap-heading-questions": (
        "要先弄清的栏目（{n} 处，未计入）",
        "Headers to be settled first ({n}, not counted)",
    ),
}
