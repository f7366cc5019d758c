"""Sentences about rule files, the dictionary and expressions."""

MESSAGES: dict[str, tuple[str, str]] = {
    # files
    "rule-file-missing": ("找不到规则文件，请核对路径", "no such rule file; check the path"),
    "rule-file-unreadable": ("规则文件无法读取：{cause}", "the rule file cannot be read: {cause}"),
    "rule-file-too-large": (
        "规则文件有 {size} 字节，上限 {limit}，请拆分",
        "the rule file has {size} bytes, the limit is {limit}; split it",
    ),
    "rule-file-encoding": (
        "规则文件不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8",
        "the rule file is not UTF-8 (it may be GBK); save it as UTF-8",
    ),
    "rule-file-empty": ("规则文件是空的", "the rule file is empty"),
    "rule-file-documents": (
        "一个文件只能有一个 YAML 文档，请删去多余的“---”",
        "a file holds one YAML document; remove the extra '---'",
    ),
    "rule-file-syntax": ("YAML 语法有误：{cause}", "this is not valid YAML: {cause}"),
    "rule-file-tab": ("YAML 缩进不能用制表符，请改用空格", "YAML cannot be indented with tabs; use spaces"),
    "rule-file-anchor": (
        "规则文件不接受 YAML 锚点和引用（& 与 *），请直接写出内容",
        "YAML anchors and aliases (& and *) are not accepted in rule files; write the content out",
    ),
    "rule-file-tag": (
        "规则文件不接受 YAML 标签 {tag}，请删去",
        "the YAML tag {tag} is not accepted in rule files; remove it",
    ),
    "rule-file-depth": ("嵌套超过 {limit} 层", "nested more than {limit} levels deep"),
    "rule-file-key": ("键必须是普通文字", "a key must be plain text"),
    "rule-file-duplicate-key": (
        "键重复，第 {first} 行已有同名键，请删去一个",
        "this key already stands in line {first}; remove one of the two",
    ),
    "rule-file-date": ("“{text}”不是有效日期，请写成 2021-06-08", "'{text}' is no date; write it as 2021-06-08"),
    "rule-file-number": (
        "“{text}”不是有效数字；若是文字请加引号",
        "'{text}' is no number; put it in quotes if it is text",
    ),
    "rule-file-unknown-key-near": (
        "未知的键“{name}”，是否想写“{near}”？",
        "unknown key '{name}'; did you mean '{near}'?",
    ),
    "rule-file-unknown-key": ("未知的键“{name}”，可用的键：{known}", "unknown key '{name}'; known keys: {known}"),
    "rule-file-missing-key": ("缺少必需的键“{name}”", "the key '{name}' is missing"),
    "rule-file-choice-near": (
        "“{found}”不在可选值之内，是否想写“{near}”？（可选：{wanted}）",
        "'{found}' is not one of the choices; did you mean '{near}'? (choices: {wanted})",
    ),
    "rule-file-choice": (
        "“{found}”不在可选值之内，可选：{wanted}",
        "'{found}' is not one of the choices: {wanted}",
    ),
    "rule-file-region-code": (
        "“{found}”不是 6 位行政区划代码，请写成 \"210100\"",
        "'{found}' is not a 6-digit region code; write it as \"210100\"",
    ),
    "rule-file-name": (
        "“{found}”不能作为名称，只用字母、数字、下划线、点和连字符，并以字母或数字开头",
        "'{found}' cannot be a name: letters, digits, _ . and - only, starting with a letter or digit",
    ),
    "rule-file-threshold-truth": (
        "这里要的是数字；是否类的要求请写 is: true",
        "a number is wanted here; write a yes/no requirement as is: true",
    ),
    "rule-file-type": ("这里应为 {wanted}，写的却是“{found}”", "this should be a {wanted}, but is '{found}'"),
    "rules-dir-missing": ("找不到规则文件夹，请核对路径", "no such rules folder; check the path"),
    # dictionary
    "field-name-taken": ("名称“{name}”已属于字段 {other}", "the name '{name}' already belongs to the field {other}"),
    "field-same-column": (
        "same_column 指向的字段“{name}”不存在，最接近的是“{near}”",
        "same_column names the field '{name}', which does not exist; the nearest is '{near}'",
    ),
    "rule-unit-unknown": ("未知的单位“{unit}”，最接近的是“{near}”", "unknown unit '{unit}'; the nearest is '{near}'"),
    # layering
    "standard-unknown": (
        "没有名为“{name}”的标准，最接近的是“{near}”；现有标准：{known}",
        "there is no standard '{name}'; the nearest is '{near}'; known standards: {known}",
    ),
    "extends-unknown": (
        "extends 指向的标准“{name}”不存在，最接近的是“{near}”",
        "extends names the standard '{name}', which does not exist; the nearest is '{near}'",
    ),
    "extends-circle": ("extends 首尾相接成环：{circle}", "extends runs in a circle: {circle}"),
    "override-without-extends": (
        "没有 extends 就没有可覆盖的规则",
        "there is nothing to override without extends",
    ),
    "override-unknown": (
        "上级标准里没有规则“{name}”，最接近的是“{near}”",
        "the standard it extends has no rule '{name}'; the nearest is '{near}'",
    ),
    "rule-id-twice": ("规则编号“{name}”重复", "the rule id '{name}' is used twice"),
    "rule-id-inherited": (
        "规则“{name}”已从上级标准继承，要修改请写在 override 下",
        "the rule '{name}' is inherited; change it under override",
    ),
    # rules
    "rule-no-title": ("规则 {rule} 缺少 title", "rule {rule} has no title"),
    "rule-no-entity": ("规则 {rule} 缺少 applies_to", "rule {rule} has no applies_to"),
    "rule-no-indicator": (
        "规则 {rule} 缺少 indicator；无法用报表核查的条款请写 manual",
        "rule {rule} has no indicator; a clause that no return can show is written as manual",
    ),
    "rule-no-threshold": (
        "规则 {rule} 没有限值，请写其中一个：{known}",
        "rule {rule} has no threshold; give one of: {known}",
    ),
    "rule-two-thresholds": (
        "规则 {rule} 只能有一种限值，现有：{given}",
        "rule {rule} takes one kind of threshold, but has: {given}",
    ),
    "rule-manual-extra": (
        "人工核查的规则 {rule} 不能再写 {name}",
        "the manual rule {rule} cannot also have {name}",
    ),
    "rule-where-group": ("where 逐条记录判断，不能用汇总函数", "where looks at one record; it takes no group function"),
    "rule-by-without-aggregate": (
        "写了 by，indicator 就要用 sum、mean、count 或 share",
        "with by, the indicator needs sum, mean, count or share",
    ),
    "rule-aggregate-without-by": (
        "用了汇总函数，请用 by 说明按哪一级汇总，如 by: [city]",
        "a group function needs by to say over which regions, as in by: [city]",
    ),
    "rule-field-outside-aggregate": (
        "按地区汇总时，字段 {name} 要放在 sum、mean、count 或 share 之内",
        "over a group the field {name} must stand inside sum, mean, count or share",
    ),
    "rule-nested-aggregate": ("汇总函数不能套在汇总函数之内", "a group function cannot stand inside another"),
    "rule-not-number": (
        "{comparison} 要求 indicator 是数字；是否类的要求请写 is: true",
        "{comparison} needs a number as indicator; write a yes/no requirement as is: true",
    ),
    "rule-threshold-number": ("限值必须是数字", "the threshold must be a number"),
    "rule-covers-items": (
        "covers 要求 indicator 是列举型字段（items）",
        "covers needs a field of type items as indicator",
    ),
    "rule-between-order": ("between 的下限大于上限", "between has its lower end above its upper end"),
    "rule-same-date": ("两个限值的生效日期相同", "two thresholds start on the same date"),
    "rule-dimension": (
        "限值的单位（{found}）与指标的单位（{wanted}）不是一类",
        "the threshold's unit ({found}) does not measure what the indicator's unit ({wanted}) does",
    ),
    "rule-plain-number": ("“{text}”应为一个数字", "'{text}' should be a plain number"),
    "rule-lever": (
        "lever“{name}”不是数字型字段，最接近的是“{near}”",
        "the lever '{name}' is not a numeric field; the nearest is '{near}'",
    ),
    "rule-meets-unknown": (
        "meets 提到的规则“{name}”不在本标准内，最接近的是“{near}”",
        "meets names the rule '{name}', which this standard does not have; the nearest is '{near}'",
    ),
    "rule-meets-kind": (
        "meets 只能引用同类对象、逐条判定的规则，“{name}”不是",
        "meets takes rules that judge single records of the same kind of subject; '{name}' does not",
    ),
    "rule-meets-circle": ("meets 首尾相接成环：{circle}", "meets runs in a circle: {circle}"),
    "parameter-is-field": ("参数“{name}”与字段同名", "the parameter '{name}' has the name of a field"),
    "parameter-not-number": ("参数的值必须是数字，“{text}”不是", "a parameter's value must be a number; '{text}' is not"),
    # expressions
    "expression-too-long": ("公式过长（{length}，上限 {limit}）", "the formula is too long ({length}, limit {limit})"),
    "expression-too-deep": ("公式嵌套超过 {limit} 层", "the formula is nested more than {limit} levels deep"),
    "expression-empty": ("公式是空的", "the formula is empty"),
    "expression-character": (
        "第 {column} 个字符“{character}”不属于公式语言",
        "character {column}, '{character}', is not part of the formula language",
    ),
    "expression-ends": ("公式没有写完，后面应有 {wanted}", "the formula ends too early; {wanted} should follow"),
    "expression-unexpected": ("第 {column} 个字符处不应出现“{found}”", "'{found}' is not expected at character {column}"),
    "expression-single-equals": ("比较相等请写 ==", "write == to compare"),
    "expression-chained": (
        "比较不能连写，请用 and 连接两个比较",
        "comparisons cannot be chained; join two of them with and",
    ),
    "expression-function": ("没有函数“{name}”，可用：{hint}", "there is no function '{name}'; try: {hint}"),
    "expression-arity": (
        "函数 {name} 要 {wanted} 个参数，写了 {found} 个",
        "the function {name} takes {wanted} arguments, not {found}",
    ),
    "expression-list-item": ("列表里只能是数字或文字", "a list holds numbers or text only"),
    "expression-list-empty": ("列表是空的", "the list is empty"),
    "expression-list-place": ("列表只能跟在 in 之后", "a list can only follow in"),
    "expression-name": (
        "没有名为“{name}”的字段或参数",
        "there is no field or parameter '{name}'",
    ),
    "expression-name-near": (
        "没有名为“{name}”的字段或参数，是否想写“{near}”？",
        "there is no field or parameter '{name}'; did you mean '{near}'?",
    ),
    "expression-not-number": ("“{what}”不是数字", "'{what}' is not a number"),
    "expression-not-truth": ("“{what}”不是是否型的条件", "'{what}' is not a yes/no condition"),
    "expression-compare": (
        "“{left}”与“{right}”不能这样比较",
        "'{left}' and '{right}' cannot be compared in this way",
    ),
    "expression-category": (
        "字段 {field} 没有“{value}”这个值，可用：{hint}",
        "the field {field} has no value '{value}'; try: {hint}",
    ),
    "expression-is-blank": ("is_blank 只接受一个字段", "is_blank takes one field"),
    "expression-meets": ("meets 的参数是加引号的规则编号", "meets takes rule ids in quotes"),
    "expression-coalesce": ("coalesce 的各参数必须是同一类", "the arguments of coalesce must be of one kind"),
    "expression-group-place": ("这里不能用汇总函数", "a group function cannot be used here"),
    "unit-unknown": ("未知的单位“{unit}”", "unknown unit '{unit}'"),
}
