"""Sentences about columns: the field that each is, or may be, and its unit."""

MESSAGES: dict[str, tuple[str, str]] = {
    "two-columns-one-field": (
        "{first}列“{first_header}”和{second}列“{second_header}”都可能是“{field}”，内容又不相同；"
        "请改一个表头，或在对应文件里写明用哪一列（{key}）",
        "columns {first} “{first_header}” and {second} “{second_header}” could both be “{field}” and differ; "
        "rename one of the headers, or say in a mapping file which column is {key}",
    ),
    "one-column-two-fields": (
        "{column}列“{header}”可能是不同的字段：{fields}；请改表头，或在对应文件里写明",
        "column {column} “{header}” could be any of the fields {fields}; rename it, or settle it in a mapping file",
    ),
    "two-headers-one-field": (
        "{first}“{first_header}”和{second}“{second_header}”都可能是“{field}”；请改其中一个，或在对应文件里写明用哪一个（{key}）",
        "{first} “{first_header}” and {second} “{second_header}” could both be “{field}”; rename one of them, or say "
        "in a mapping file which one is {key}",
    ),
    "one-header-two-fields": (
        "{column}“{header}”可能是不同的字段：{fields}；请改写，或在对应文件里写明",
        "{column} “{header}” could be any of the fields {fields}; rename it, or settle it in a mapping file",
    ),
    "column-passed-over": (
        "“{text}”也像“{field}”，已采用{other}列，这一列未用",
        "“{text}” also reads like “{field}”; column {other} was used, this one was not",
    ),
    "records-finer": (
        "“{level}”一列的名称多次重复，每一行说的似乎是一个“{text}”，都没有评判；请汇总成每个对象一行，"
        "如果每一行就是一个对象，请在对应文件里写明 entity",
        "the names under “{level}” repeat, and each row seems to tell of one “{text}”, so none was judged; sum the "
        "figures up to one row for each subject, or state the entity in a mapping file if each row is one",
    ),
    "name-written-twice": (
        "这一列的“{text}”在{other}列写作“{name}”，同一行按{other}列的名称；请核对哪个对",
        "“{text}” in this column is “{name}” in column {other}; the row goes by the name in {other}. Check which is "
        "right",
    ),
    "column-by-likeness": (
        "表头“{text}”按相近名称认作“{field}”（相似度{confidence}）；不对请改表头或用对应文件写明",
        "header “{text}” was taken for “{field}” by likeness ({confidence}); if that is wrong, rename it or use a "
        "mapping file",
    ),
    "column-values-unlike": (
        "表头“{text}”本可以是“{field}”，但这一列填的都不是“{field}”的值，没有当作该字段；若是，请改表头或用对应文件写明",
        "header “{text}” could mean “{field}”, but what stands in the column are no values of it, so it was not "
        "taken "
        "for it. If it is, rename the header or use a mapping file",
    ),
    "columns-answer-together": (
        "“{text}”和“{other}”两列合读：勾在哪一列，答案就是哪一个",
        "the columns “{text}” and “{other}” are read together: the one that is marked is the answer",
    ),
    "column-similar": (
        "表头“{text}”没有对应的字段，最相近的名称是“{name}”；如是同一指标，请改表头或用对应文件写明",
        "header “{text}” maps to no field; the nearest name is “{name}”. If that is meant, rename it or use a "
        "mapping file",
    ),
    "column-of-years": (
        "“{text}”一列填的都是年份、季度或月份（{years}），不是已知的字段，未采用；如是各行数据所属的时期，请连同年份写全"
        "（如 2023年一季度），并把表头改为“报告期”，或用对应文件写明 period，否则各期的行当作同一期检查",
        "the column “{text}” holds nothing but years, quarters or months ({years}), is no field that is known and was "
        "not used. If it says of which period each row is, write each with its year (2023-06, 2023Q1) and call it "
        "“Reporting period”, or name it in a mapping file as period; else the rows of all periods are judged as of one",
    ),
    "periods-in-two-columns": (
        "“{other}”和“{text}”两列合读为各行数据所属的时期",
        "the columns “{other}” and “{text}” are read together, as the period that each row is of",
    ),
    "years-without-indicator": (
        "这张表按年份列出数字（{first} 至 {last} 年），却没有写明是哪项指标，未作判定；请在表上方写一行“指标：…”，"
        "或用对应文件写明各列的字段",
        "this table lists figures by year ({first} to {last}), and nothing says which figures they are, so none was "
        "judged; write a line “指标：” with their name over the table, or name the fields of the columns in a "
        "mapping file",
    ),
    "years-aside": (
        "{columns} 列的表头只有年份（{years}），不能确定是哪项指标，没有采用；请在表上方写一行“指标：…”，"
        "或用对应文件写明各列的字段（不用的写 null）",
        "columns {columns} are headed by years alone ({years}), and nothing says for certain which figures they are, "
        "so they were not used: write a line “指标：” with their name over the table, or name the fields of the "
        "columns in a mapping file (null where they are none)",
    ),
    "years-beside-others": (
        "{columns} 列是各年的数字（{years}），旁边的{others}没有写明年份，所以没有按年份读取；"
        "请给{others}写上年份，或用对应文件写明各列的字段（不用的写 null）",
        "columns {columns} hold figures by year ({years}) and were not read as years, since beside them no year is "
        "stated of {others}: write it into the header, or name the fields of the columns in a mapping file "
        "(null where they are none)",
    ),
    "figures-of-no-year": (
        "表中有几个年份（{years}）的数字，{columns} 没有写明年份，不知是哪一年的；"
        "请在表头写上年份，或在标题写明报告期，或在对应文件里把别的年份的列写成 null",
        "the table has figures of several years ({years}), and nobody knows of which these are: {columns}. Write the "
        "year into the header or the period into the title, or give the columns of other years as null in a mapping "
        "file",
    ),
    "years-without-figures": (
        "这张表有这些年份的列，但一个数都没有填，不作为报告期：{years}",
        "the table has columns for these years and not one figure in them, so they are no periods of the return: "
        "{years}",
    ),
    "column-of-another-level": (
        "各行按“{level}”认定，“{text}”不是这一级的指标，这一列未用；各行如是另一级的对象，请在对应文件里写明 entity",
        "each row was taken for a “{level}”, and “{text}” is no figure of such, so it was not used; if the rows are "
        "subjects of another level, state the entity in a mapping file",
    ),
    "units-differ": (
        "“{text}”各行的单位不同（{units}），这一列未用；请换算成同一单位，并把单位写进表头",
        "the rows of “{text}” are in different units ({units}), so the column was not used. Convert them to one unit "
        "and put it into the header",
    ),
    "kind-by-name": (
        "没有“社区类型”一列，按{where}“{text}”认定城市社区或农村社区",
        "there is no column of the community type; {where} “{text}” tells urban communities from rural ones",
    ),
    "kind-contradicts": (
        "从名称“{text}”看，与{where}“{other}”所说的社区类型不一致，类型不能确定；请加“社区类型”一列写明",
        "the name “{text}” does not go with the community type that {where} “{other}” states, so its type is not "
        "known; add a column 社区类型",
    ),
    "kinds-disagree": (
        "“{first}”和“{second}”所说的社区类型不一致，类型不能确定；请加“社区类型”一列写明",
        "“{first}” and “{second}” state different community types, so the type is not known; add a column 社区类型",
    ),
    "column-to-confirm": (
        "{column} 列“{text}”像是“{field}”（{key}）[[，只是单位“{unit}”与“{own}”不符]]"
        "[[，只是它以“{stated}”计，字段却没有声明单位]]，"
        "没有它有 {rules} 条规则没有核查；是就请改表头，或在对应文件里写明",
        "column {column} “{text}” looks like “{field}” ({key})[[, but its unit “{unit}” is none of “{own}”]]"
        "[[, but it is in “{stated}”, and the field declares no unit]], "
        "without which {rules} {{rules:rule was|rules "
        "were}} not checked: confirm "
        "with a mapping file, or rename the header",
    ),
    "unit-does-not-fit": (
        "表头“{text}”的单位“{unit}”与“{field}”的单位“{own}”不符，这一列未用；请在表头写明合适的单位",
        "the unit “{unit}” in header “{text}” does not fit “{field}”, which is in “{own}”; the column was not used: "
        "state a unit that fits in the header",
    ),
    "field-without-unit": (
        "表头“{text}”写明了单位“{unit}”，字段“{field}”却没有声明单位，这一列未用；"
        "请在标准的 fields 里给 {key} 写明单位，如 unit: {unit}",
        "header “{text}” states the unit “{unit}”, but the field “{field}” declares none; the column was not used: "
        "state it for {key} under fields of the standard, as in unit: {unit}",
    ),
    "span-does-not-fit": (
        "表头“{text}”所说的时间与“{field}”的单位“{own}”不符，这一列未用；请在表头的括号里写全单位",
        "header “{text}” speaks of another span of time than “{field}”, which is in “{own}”; the column was not used: "
        "write the whole unit in the header's brackets",
    ),
    "names-numbered": (
        "“{text}”列的名称都带有依次的序号，已去掉序号",
        "the names below '{text}' are all numbered in order; they are read without the numbers",
    ),
    # in a table that lies on its side: its fields are rows and its records columns
    "two-columns-one-field-turned": (
        "第 {first} 行“{first_header}”和第 {second} 行“{second_header}”都可能是“{field}”，内容又不相同；"
        "请改一行的名称，或在对应文件里写明用哪一行（{key}）",
        "rows {first} “{first_header}” and {second} “{second_header}” could both be “{field}” and differ; "
        "rename one of them, or say in a mapping file which row is {key}",
    ),
    "one-column-two-fields-turned": (
        "第 {column} 行“{header}”可能是不同的字段：{fields}；请改名称，或在对应文件里写明",
        "row {column} “{header}” could be any of the fields {fields}; rename it, or settle it in a mapping file",
    ),
    "column-passed-over-turned": (
        "“{text}”也像“{field}”，已采用第 {other} 行，这一行未用",
        "“{text}” also reads like “{field}”; row {other} was used, this one was not",
    ),
    "other-periods-aside": (
        "只核查本期的数字；这些列是别的时期、计划或变化，没有核查：{columns}",
        "only the current figures were judged; these columns hold other periods, plans or changes and were not: "
        "{columns}",
    ),
    "column-of-another-year": (
        "列名“{text}”写的是 {stated} 年，看不出就是本报表的年份，未采用；如是本期数字，请改列名或用列映射文件指定",
        "header “{text}” states {stated}, and nothing says that the return is of that year, so it was not used; "
        "if its "
        "figures are the current ones, rename it or use a mapping file",
    ),
    "column-set-aside": (
        "这张表每列是一个对象或报告期，这一列不是，没有核查",
        "each column of this table is a subject or a period; this one is none and was not judged",
    ),
}
