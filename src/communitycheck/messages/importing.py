"""Sentences about importing audit formulas from a spreadsheet."""

MESSAGES: dict[str, tuple[str, str]] = {
    # why a line is refused
    "formula-empty": ("单元格里没有公式", "the cell holds no formula"),
    "formula-no-sign": (
        "没有比较符号（= >= <= > <），或逗号之后的部分没有",
        "there is no sign of comparison (= >= <= > <), or none after a comma",
    ),
    "formula-unequal": (
        "第 {column} 个字符处是“不等于”，规则没有这种比较，请改写成大于或小于",
        "'not equal' at character {column} is no comparison of a rule; write it with > or <",
    ),
    "formula-no-code": (
        "两边都没有指标代码，只有数字，无法知道指哪些指标",
        "neither side has an indicator code, only numbers, so nothing tells which indicators are meant",
    ),
    "formula-character": (
        "第 {column} 个字符“{character}”不能出现在公式里",
        "character {column}, '{character}', cannot stand in a formula",
    ),
    "formula-digit-first": (
        "第 {column} 个字符起的数字后面紧跟文字；指标代码要以字母或汉字开头",
        "the number at character {column} runs into text; an indicator code begins with a letter",
    ),
    "formula-code-long": (
        "第 {column} 个字符起的代码超过 {limit} 个字符",
        "the code at character {column} is longer than {limit} {{limit:character|characters}}",
    ),
    "formula-words": (
        "“{text}”像是用文字写的算式，请改用符号",
        "'{text}' reads like arithmetic in words; write it with signs",
    ),
    "formula-side-empty": ("比较符号的一边是空的", "one side of the comparison is empty"),
    "formula-no-operator": (
        "第 {column} 个字符“{text}”之前缺少运算符",
        "an operator is missing before '{text}' at character {column}",
    ),
    "formula-no-operand": (
        "第 {column} 个字符“{text}”处缺少代码或数字",
        "a code or number is missing at '{text}', character {column}",
    ),
    "formula-bracket": (
        "第 {column} 个字符处的括号不成对",
        "the bracket at character {column} has no partner",
    ),
    "formula-nested-condition": (
        "条件里还有条件，或有两个“否则”，请拆成几行",
        "a condition within a condition, or two alternatives; write them as lines of their own",
    ),
    "formula-either": (
        "条件成立时要求“或”，规则不能二选一，请改写",
        "it asks for one thing or another, which no rule can; write it in another way",
    ),
    "formula-function": (
        "“{text}”是电子表格的函数，不能转换，请用符号写出关系",
        "'{text}' is a function of spreadsheets and cannot be translated; write the relation with signs",
    ),
    "formula-no-date": ("“{text}”不是有效日期", "'{text}' is no date"),
    "formula-date-number": (
        "日期与数字“{text}”相比，请把它写成 {near}",
        "a date is held against the number '{text}'; write it as {near}",
    ),
    "formula-date-arithmetic": (
        "日期只能与日期比较，不能参与运算或与数字相比；相差几天请在规则文件里用 days_between 写",
        "a date can be held against a date alone, not reckoned with; for a span write days_between in a rule file",
    ),
    "formula-subject": (
        "看不出“{text}”指哪一类对象，请写社区、街道、县区、市、省或小区，或用 --entity 指明",
        "'{text}' names no kind of subject: write community, street, county, city, province or estate, or use --entity",
    ),
    "formula-outside-column": (
        "不在公式列里，没有导入；如确是公式，请移入公式列",
        "stands outside the column of formulas and was not imported; move it there if it is one",
    ),
    # errors
    "import-nothing": (
        "没有找到公式列：需要有一列，多数单元格写着 A=B+C 或 A>=B 这样的关系",
        "no column of formulas was found: most cells of a column must hold relations such as A=B+C or A>=B",
    ),
    "import-no-sheet": (
        "没有名为“{name}”的工作表[[，最接近的是“{near}”]]；现有：{known}",
        "there is no sheet '{name}'[[; the nearest is '{near}']]; there are: {known}",
    ),
    "import-not-yaml": (
        "{path} 不是 YAML 文件名，请写成 .yaml",
        "{path} is not the name of a YAML file; end it in .yaml",
    ),
    # what is written into the rule file
    "import-head": (
        "由“{document}”导入：公式 {read} 条，规则 {rules} 条，重复 {repeated} 条，未能导入 {refused} 条。",
        "Imported from '{document}': {read} {{read:formula|formulas}}, {rules} {{rules:rule|rules}}, {repeated} "
        "repeated, {refused} refused.",
    ),
    "import-head-refused": ("未能导入：{place}：{text}（{why}）", "Not imported: {place}: {text} ({why})"),
    "import-place": ("{sheet} 第{row}行", "{sheet} row {row}"),
    "import-clause": ("{place}{table}{serial}", "{place}{table}{serial}"),
    "import-clause-table": (" {table}", " {table}"),
    "import-clause-serial": (" 序号{serial}", " no. {serial}"),
    "import-conditional": ("若{condition}，则{text}", "if {condition}, then {text}"),
    "import-repeated-note": ("又见{places}。", "Also at {places}."),
    # the summary
    "import-sheet": (
        "{sheet}：{column} 列“{header}”，公式 {read} 条，导入 {imported} 条，重复 {repeated} 条，未能导入 {refused} 条",
        "{sheet}: column {column} '{header}': {read} {{read:formula|formulas}}, {imported} imported, {repeated} "
        "repeated, "
        "{refused} refused",
    ),
    "import-sheet-none": ("{sheet}：没有公式列", "{sheet}: no column of formulas"),
    "import-sheet-copies": (
        "{sheet}：{column} 列“{header}”把同一行的公式又写了一遍（{count} 格），不再计数",
        "{sheet}: column {column} '{header}' repeats the formula of its row ({count} {{count:cell|cells}}) and "
        "is not counted",
    ),
    "import-repeated": (
        "重复 {place}：{text}，同 {first}",
        "repeated {place}: {text}, the same as {first}",
    ),
    "import-repeated-sheet": (
        "重复 {sheet}：{count} 条公式前面已有（第 {first} 至 {last} 行），已注明在相应规则里",
        "repeated {sheet}: {count} {{count:formula that stands|formulas that stand}} elsewhere as well (rows "
        "{first} to {last}); the rules say so",
    ),
    "import-refused": ("未能导入 {place}：{text}：{why}", "refused {place}: {text}: {why}"),
    "import-total": (
        "公式 {read} 条 = 导入 {imported} 条 + 重复 {repeated} 条 + 未能导入 {refused} 条；"
        "规则 {rules} 条，指标 {fields} 个",
        "{read} {{read:formula|formulas}} = {imported} imported + {repeated} repeated + {refused} refused; "
        "{rules} {{rules:rule|rules}}, "
        "{fields} {{fields:indicator|indicators}}",
    ),
    "import-written": (
        "已写入 {path}（标准编号 {standard}），可用：communitycheck check 报表 --standard {path}",
        "written to {path} (standard {standard}); use it with: communitycheck check RETURN --standard {path}",
    ),
    "import-unwritten": (
        "没有写文件；加 -o 文件名.yaml 写出规则文件",
        "nothing was written; add -o NAME.yaml to write the rule file",
    ),
    "help-import-file": ("写有审核公式的表格（Excel、CSV 等）", "a spreadsheet with audit formulas"),
    "help-import-output": ("写出的规则文件（.yaml）", "the rule file to write (.yaml)"),
    "help-import-sheet": ("只导入这个工作表（可重复）", "this sheet only (repeatable)"),
    "help-import-entity": (
        "公式说的是哪一类对象的数；默认看“对象”列和表名，都没写则按报告期（月报）",
        "the kind of subject that the formulas are about (default: as the book says, else the months of a report)",
    ),
    "help-import-region": (
        "标准适用的地区：6 位区划代码或名称（默认全国）",
        "where the standard applies: a 6-digit code or a name (default: the whole country)",
    ),
}
