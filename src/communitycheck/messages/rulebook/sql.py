"""Sentences about rules as SQL: the head of a script, and why a rule is not covered."""

MESSAGES: dict[str, tuple[str, str]] = {
    # the head of a script
    "sql-head": (
        "{id} {title}：{dialect} 的 SQL，判定日期 {as_of}",
        "{id} {title}: SQL for {dialect}, judged as of {as_of}",
    ),
    "sql-head-covered": (
        "共 {total} 条规则，已转成 SQL {covered} 条。",
        "{covered} of {total} {{total:rule|rules}} {{covered:is|are}} covered.",
    ),
    "sql-head-refused": ("not covered 未转：{rule}：{why}", "not covered: {rule}: {why}"),
    "sql-head-lacking": ("缺少列，不判定：{rule}：{columns}", "not checked, columns are missing: {rule}: {columns}"),
    "sql-head-manual": ("需人工核查：{rule}", "judged by hand: {rule}"),
    "sql-head-tables": (
        "需要的表：每类对象一张，列名为字段代码，数以下列单位计，空白为 NULL；每个对象一行，且都在本标准的适用地区内。",
        "Tables that are needed: one for each kind of subject, columns called by the ids of fields, figures in the "
        "units below, NULL where blank; one row for each subject, all of them in the region of the standard.",
    ),
    "sql-head-views": ("视图：", "Views:"),
    "sql-view-records": ("{entity} 每行的结论", "the verdicts of each row of {entity}"),
    "sql-view-groups": ("{entity} 按 {level} 汇总的结论", "the verdicts of {entity} by {level}"),
    "sql-view-verdicts": ("全部结论，每条规则和对象一行", "all verdicts, a row for each rule and subject"),
    "sql-view-coverage": ("每条规则是否已转，未转的原因", "each rule: whether it is covered, and if not why"),
    "sql-view-doubled": (
        "列了不止一次的对象：每行都按单独的对象判定，请先去掉重复",
        "subjects listed more than once: each row is judged as one of its own, so take the others out first",
    ),
    # why a rule is not covered
    "sql-not-function": ("函数 {function} 没有转成 SQL", "the function {function} is not covered"),
    "sql-not-operator": ("“{operator}”没有转成 SQL", "'{operator}' is not covered"),
    "sql-not-comparison": (
        "比较方式 {comparison} 要拆开单元格里的列举，没有转成 SQL",
        "{comparison} takes a list in a cell apart, which is not covered",
    ),
    "sql-not-tolerance": (
        "tolerance: {tolerance} 要看报表印了几位数，表里的数没有位数",
        "tolerance: {tolerance} goes by the digits that a return prints, and a number in a table has none",
    ),
    "sql-not-classes": (
        "严重程度或期限分类别，没有转成 SQL",
        "severities or deadlines by class are not covered",
    ),
    "sql-not-field-type": (
        "字段 {field} 是 {type} 类型，没有转成 SQL",
        "the field {field} is of type {type}, which is not covered",
    ),
    "sql-not-no-field": ("没有字段 {field}", "there is no field {field}"),
    "sql-not-records-below": (
        "{function} 汇总下级地区的记录，没有转成 SQL",
        "{function} adds up the records of another table below, which is not covered",
    ),
    "sql-not-rule-named": (
        "它引用的规则 {rule} 没有转成 SQL",
        "the rule {rule}, which it names, is not covered",
    ),
    "sql-not-outside-aggregate": (
        "{field} 写在汇总函数之外，没有转成 SQL",
        "{field} stands outside an aggregate, which is not covered",
    ),
    "sql-not-plausible-range": (
        "规则 {rule} 的 plausible 没有转成 SQL，它的字段中哪些数可用无从知道",
        "the plausible range of {rule} is not covered, so that nobody knows which figures of its fields stand",
    ),
    "sql-not-signed-bounds": (
        "数可能小于 0，空白时的上下限没有转成 SQL",
        "figures may be below 0, and bounds of blanks among such are not covered",
    ),
    "sql-not-quotient-inside": (
        "除数可能为 0 的商写在 if 里，没有转成 SQL",
        "a quotient whose denominator may be 0 stands in an if, which is not covered",
    ),
    "sql-not-if-void": (
        "if 里有的部分可能不适用，没有转成 SQL",
        "a part of an if may not apply, which is not covered",
    ),
    "sql-not-count-of-void": (
        "count_of 里有的条件可能不适用，没有转成 SQL",
        "a condition of a count_of may not apply, which is not covered",
    ),
    "sql-not-coalesce-void": (
        "coalesce 里有的部分可能不适用，没有转成 SQL",
        "a part of a coalesce may not apply, which is not covered",
    ),
    "sql-not-groups": (
        "表中 {level} 一级的地区太多，不逐个汇总",
        "the table has too many regions of the level {level} to take their records together",
    ),
    "sql-not-worked-out": (
        "字段 {field} 没有列，要从名称或标题推算",
        "no column gives {field}, which would be worked out from names or titles",
    ),
    # errors
    "sql-no-sqlglot": (
        '生成 SQL 需要 sqlglot，请先安装：pip install "communitycheck[sql]"',
        'SQL needs sqlglot; install it with pip install "communitycheck[sql]"',
    ),
    "sql-nothing": (
        "标准 {standard} 的 {count} 条规则没有一条能转成 SQL",
        "none of the {count} {{count:rule|rules}} of {standard} can be put into SQL",
    ),
    "sql-bounded": (
        "--bounded：没有名为“{name}”的数字字段[[，最接近的是“{near}”]]",
        "--bounded: there is no field of numbers called '{name}'[[; the nearest is '{near}']]",
    ),
    "sql-table": (
        "--table：“{value}”应写成 对象=表名，如 community=gov.community",
        "--table: write '{value}' as KIND=TABLE, as in community=gov.community",
    ),
    # help
    "help-sql-standard": ("标准的代码，或规则文件（.yaml）", "the id of a standard, or a rule file (.yaml)"),
    "help-sql-dialect": ("为哪种数据库写", "the engine to write for"),
    "help-sql-output": ("写出的文件（.sql）；默认写到标准输出", "the file to write (.sql); default: standard output"),
    "help-sql-as-of": ("判定日期（默认今天）", "the day to judge by (default: today)"),
    "help-sql-table": (
        "一类对象的表叫什么（可重复；默认与对象同名），如 community=gov.community",
        "what the table of a kind of subject is called (repeatable; default: as the kind), community=gov.community",
    ),
    "help-sql-columns": (
        "表里有哪些列，逗号分隔（可重复）；缺列的规则不判定，能推算的字段就推算（默认：规则要的列都有）",
        "the columns that the tables have, with commas between (repeatable); rules that lack one are not checked, and "
        "fields that can be are worked out from others (default: all that the rules ask for)",
    ),
    "help-sql-bounded": (
        "这个字段另有 字段__low、字段__high 两列，数在其间（可重复）",
        "this field has two more columns, FIELD__low and FIELD__high, between which it lies (repeatable)",
    ),
}
