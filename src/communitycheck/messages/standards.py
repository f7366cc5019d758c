"""Sentences about rule files, the dictionary and expressions."""

MESSAGES: dict[str, tuple[str, str]] = {
    # files
    "rule-file-missing": (
        "找不到规则文件[[，是否想用“{near}”]]，请核对路径",
        "no such rule file[[ (did you mean '{near}'?)]]; check the path",
    ),
    "rule-file-unreadable": ("规则文件无法读取：{cause}", "the rule file cannot be read: {cause}"),
    "rule-file-too-large": (
        "规则文件有 {found}，上限 {most}；请拆分，或用 --limit {limit}=N 提高上限",
        "the rule file has {found} or more, the limit is {most}; split it, or raise the limit with --limit {limit}=N",
    ),
    "rule-file-no-file": (
        "这是管道或设备，不是文件；请先把内容存成文件",
        "this is a pipe or a device, not a file; save its content to a file first",
    ),
    "rule-file-workbook": (
        "这是工作簿或压缩包，不是规则文件；规则文件是 YAML 文本",
        "this is a workbook or an archive and no rule file; rule files are YAML text",
    ),
    "rule-file-encoding": (
        "规则文件不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8",
        "the rule file is not UTF-8 (it may be GBK); save it as UTF-8",
    ),
    "rule-file-empty": ("规则文件是空的", "the rule file is empty"),
    "rule-file-documents": (
        "从这个“---”起是又一个 YAML 文档；一个文件只能有一个，请删去“---”，或另存一个文件",
        "another YAML document begins at this '---'; a file holds one: remove the '---', or make two files",
    ),
    "rule-file-syntax": (
        "YAML 语法有误：{cause}；请检查引号、冒号和缩进[[：{found}]]",
        "this is not valid YAML: {cause}; check quotes, colons and indentation[[ here: {found}]]",
    ),
    "rule-file-sign": (
        "这里[[（第 {column} 个字符）]]的“{sign}”是全角或排版符号，请改成半角的“{near}”",
        "'{sign}'[[ at character {column}]] is a sign of typeset or full-width text; write '{near}'",
    ),
    "rule-file-space": (
        "这里[[（第 {column} 个字符）]]的空白是 {sign}，不是普通空格；请改成普通空格，行末的请删去",
        "the space[[ at character {column}]] is {sign}; write a plain space, or nothing at the end of a line",
    ),
    "rule-file-unseen": (
        "这里[[（第 {column} 个字符）]]有看不见的字符 {sign}，请删去",
        "there is a character here[[ (number {column})]] that cannot be seen, {sign}; delete it",
    ),
    "rule-file-gap": ("{sign}后面要空一格，写成 {near}", "a space is due behind {sign}: {near}"),
    "rule-file-open-quote": (
        "从这里开始的引号没有合上，把后面的“{near}”也包了进去",
        "the quote that opens here is never closed and has swallowed '{near}'",
    ),
    "rule-file-tab": ("YAML 缩进不能用制表符，请改用空格", "YAML cannot be indented with tabs; use spaces"),
    "rule-file-anchor": (
        "规则文件不接受 YAML 锚点和引用（{text}），请直接写出内容",
        "YAML anchors and aliases ({text}) are not accepted in rule files; write the content out",
    ),
    "faults-more": (
        "规则文件另有 {n} 处错误，改好以上各处后再看",
        "{n} more {{n:fault|faults}} in the rule files; mend these first and try again",
    ),
    "rule-file-tag": (
        "规则文件不接受 YAML 标签 {tag}，请删去",
        "the YAML tag {tag} is not accepted in rule files; remove it",
    ),
    "rule-file-depth": ("嵌套超过 {limit} 层", "nested more than {limit} {{limit:level|levels}} deep"),
    "rule-file-key": ("键必须是普通文字", "a key must be plain text"),
    "rule-file-duplicate-key": (
        "键重复，第 {first} 行已有同名键，请删去一个",
        "this key already stands in line {first}; remove one of the two",
    ),
    "rule-file-date": (
        "“{text}”不是有效日期；日期写成年-月-日，如 {near}",
        "'{text}' is no date; write it as year-month-day: {near}",
    ),
    "rule-file-number": (
        '“{text}”不是有效数字；若是文字请加引号，写成 "{text}"',
        "'{text}' is no number; put it in quotes if it is text: \"{text}\"",
    ),
    "rule-file-unknown-key-near": (
        "未知的键“{name}”，是否想写“{near}”？",
        "unknown key '{name}'; did you mean '{near}'?",
    ),
    "rule-file-unknown-key": ("未知的键“{name}”，可用的键：{known}", "unknown key '{name}'; known keys: {known}"),
    "cases-of-a-standard": (
        "这是一份标准，rules test 读的是它的用例（另一个文件：standard 写标准编号，cases 写用例）；"
        "检查标准本身用 rules lint",
        "this is a standard, and rules test reads the cases for one: another file, with its id under standard and the "
        "cases under cases; a standard itself is checked by rules lint",
    ),
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
        '“{found}”不是 6 位行政区划代码，请加引号写成 6 位，如 "{near}"',
        "'{found}' is not a 6-digit region code; write six digits in quotes, as in \"{near}\"",
    ),
    "rule-file-name": (
        "“{found}”不能作为名称，只用字母、数字、下划线、点和连字符，并以字母或数字开头",
        "'{found}' cannot be a name: letters, digits, _ . and - only, starting with a letter or digit",
    ),
    "rule-file-threshold-truth": (
        "这里要的是数字，写的却是“{found}”；是否类的要求请写 is: true",
        "a number is wanted here, not '{found}'; write a yes/no requirement as is: true",
    ),
    "rule-file-type": (
        "这里应为{wanted}，写的却是“{found}”[[，是否想写“{near}”？]]",
        "this should be {wanted}, but is '{found}'[[; did you mean '{near}'?]]",
    ),
    "rule-file-form": (
        "这里应为{wanted}，写的却是{found}[[，如 {near}]]",
        "this should be {wanted}, but is {found}[[; write it like this: {near}]]",
    ),
    "rule-file-number-near": ("“{text}”请写成 {near}", "write '{text}' as {near}"),
    "rule-file-nothing": (
        "冒号后面没有写内容，这里应为{wanted}",
        "nothing stands after the colon; this should be {wanted}",
    ),
    "rule-file-quote": (
        '这里应为文字，请加引号，写成 "{found}"',
        'this should be text; put it in quotes: "{found}"',
    ),
    "rule-file-count": (
        "这里要 {wanted} 项，写了 {found} 项",
        "this takes {wanted} {{wanted:item|items}}, not {found}",
    ),
    "rule-file-name-long": (
        "名称超过 {limit} 个字符",
        "this name is longer than {limit} {{limit:character|characters}}",
    ),
    "rules-dir-missing": ("找不到规则文件夹，请核对路径", "no such rules folder; check the path"),
    # dictionary
    "field-name-taken": ("名称“{name}”已属于字段 {other}", "the name '{name}' already belongs to the field {other}"),
    "field-same-column-unknown": (
        "same_column 指向的字段“{name}”不存在[[，最接近的是“{near}”]]",
        "same_column names the field '{name}', which does not exist[[; the nearest is '{near}']]",
    ),
    "field-values": (
        "字段 {name} 是类别（category），要用 values 列出各个值和表里的写法",
        "the field {name} is a category and needs its values, each with the words that mean it",
    ),
    "field-role": (
        "role: {role} 的列是文字，类型不能是 {found}，请写 {wanted}",
        "a column with the role {role} holds words; its type cannot be {found}: write {wanted}",
    ),
    "field-range-order": ("range 的下限大于上限", "range has its lower end above its upper end"),
    "rule-unit-unknown": (
        "未知的单位“{unit}”[[，最接近的是“{near}”]]",
        "unknown unit '{unit}'[[; the nearest is '{near}']]",
    ),
    "unit-name-taken": (
        "“{name}”已是单位，不能另行声明；请换一个名称",
        "'{name}' is a unit already; declare it by another name",
    ),
    "unit-name": (
        "单位名称“{name}”里不能有空格、数字或符号",
        "the name of a unit has no space, digit or sign in it: '{name}'",
    ),
    "parameter-units": (
        "参数的单位是 {unit}，其值却以 {found} 计，不是一类",
        "the parameter is in {unit}, but its value in {found}, which measures something else",
    ),
    # entities
    "entity-taken": (
        "数据字典里已有对象“{name}”，请改用别的名称",
        "there already is an entity '{name}'; give this one another name",
    ),
    "entity-label-taken": (
        "“{name}”已是对象 {other} 的叫法，请改用别的叫法",
        "'{name}' is what the entity {other} is called; give this one another label",
    ),
    "entity-header-taken": (
        "表头“{name}”（由叫法而来）已属于字段 {other}；请改用别的叫法，对象也可用 name 指明填写名称的字段",
        "the header '{name}', which comes of the label, already belongs to the field {other}; "
        "choose another label, or for an entity say with name which field names it",
    ),
    "entity-name-no-text": (
        "字段“{name}”不能填写名称：它不是 text 类型，或属个人信息；请用 name 指明别的字段",
        "the field '{name}' cannot name anything: it is no text, or personal; give another with name",
    ),
    "entity-field-unknown": (
        "没有名为“{name}”的字段[[，最接近的是“{near}”]]",
        "there is no field '{name}'[[; the nearest is '{near}']]",
    ),
    "entity-circle": ("within 首尾相接成环：{circle}", "within runs in a circle: {circle}"),
    # layering
    "standard-unknown": (
        "没有名为“{name}”的标准[[，最接近的是“{near}”]]；现有标准：{known}",
        "there is no standard '{name}'[[; the nearest is '{near}']]; known standards: {known}",
    ),
    "extends-unknown": (
        "extends 指向的标准“{name}”不存在[[，最接近的是“{near}”]]",
        "extends names the standard '{name}', which does not exist[[; the nearest is '{near}']]",
    ),
    "extends-circle": ("extends 首尾相接成环：{circle}", "extends runs in a circle: {circle}"),
    "override-without-extends": (
        "没有 extends 就没有可覆盖的规则",
        "there is nothing to override without extends",
    ),
    "override-unknown": (
        "上级标准里没有规则“{name}”[[，最接近的是“{near}”]]",
        "the standard it extends has no rule '{name}'[[; the nearest is '{near}']]",
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
    "rule-placeholder": (
        "“{found}”不能这样写；可以写 {known}[[，是否想写 {near}？]]",
        "'{found}' cannot stand here; there are {known}[[; did you mean {near}?]]",
    ),
    "rule-where-group": ("where 逐条记录判断，不能用汇总函数", "where looks at one record; it takes no group function"),
    "rule-by-without-aggregate": (
        "写了 by，indicator 就要用汇总函数：sum、mean、count、share、lowest、highest 等",
        "with by, the indicator needs a group function: sum, mean, count, share, lowest, highest or another",
    ),
    "rule-aggregate-without-by": (
        "用了汇总函数，请用 by 说明按哪一级汇总，如 by: [city]",
        "a group function needs by to say over which regions, as in by: [city]",
    ),
    "rule-field-outside-aggregate": (
        "按地区汇总时，字段 {name} 要放在 sum、mean、count、share、lowest、highest 等汇总函数之内",
        "over a group the field {name} must stand inside a group function: sum, mean, count, share, lowest, highest or "
        "another",
    ),
    "rule-nested-aggregate": ("汇总函数不能套在汇总函数之内", "a group function cannot stand inside another"),
    "rule-not-number": (
        "{comparison} 要求 indicator 是数字；是否类的要求请写 is: true",
        "{comparison} needs a number as indicator; write a yes/no requirement as is: true",
    ),
    "rule-threshold-number": ("限值必须是数字", "the threshold must be a number"),
    "rule-covers-count": (
        "与 covers 并列的 at_least 写至少要有几项：1 到 {n} 之间的整数",
        "beside covers, at_least says how many of the items are needed: a whole number from 1 to {n}",
    ),
    "rule-covers-items": (
        "{comparison} 要求 indicator 是列举型字段（items）",
        "{comparison} needs a field of type items as indicator",
    ),
    "rule-between-order": ("{comparison} 的下限大于上限", "{comparison} has its lower end above its upper end"),
    "rule-plausible-order": (
        "plausible 的下限大于上限",
        "plausible has its lower end above its upper end",
    ),
    "rule-tolerance-place": (
        "tolerance 只用于 {known}，这里写的是 {comparison}",
        "tolerance goes with {known} only, and this rule has {comparison}",
    ),
    "rule-tolerance-printed": (
        "tolerance: printed 要有一边是单个字段（或字段的和、差），且不分组（by），才知道报表写了几位",
        "tolerance: printed needs a side that is one field (or a sum of fields), and no grouping (by): only a "
        "cell of "
        "the return tells how many digits were printed",
    ),
    "rule-tolerance-negative": ("tolerance 不能是负数", "a tolerance cannot be negative"),
    "rule-same-date": ("两个限值的生效日期相同", "two thresholds start on the same date"),
    "rule-dimension": (
        "限值 {limit} 以{found}计，指标“{indicator}”以{wanted}计，不是同一种量；请用指标的单位写限值，如 {near}",
        "the threshold {limit} is in {found}, but the indicator '{indicator}' is in {wanted}, which measures something "
        "else; write the threshold in the indicator's unit, such as {near}",
    ),
    "rule-no-field-unit": (
        "字段 {field} 没有声明单位，限值 {limit} 却有；请在字段上写明 unit，或去掉限值的单位",
        "the field {field} has no unit, but the threshold {limit} has one; give the field its unit, or leave it "
        "out of the threshold",
    ),
    "rule-limit-unit": (
        "指标“{indicator}”以{wanted}计，限值 {limit} 却没有写单位；请写明，如 {near}",
        "the indicator '{indicator}' is in {wanted}, but the threshold {limit} has no unit; state it, such as {near}",
    ),
    "rule-ratio-number": (
        "指标“{indicator}”是比例，{limit} 大于 1：百分数请写 {percent}，确可大于 1 的比值请写 {ratio}",
        "the indicator '{indicator}' is a share, and {limit} is above 1: write {percent}, or {ratio} for a ratio that "
        "may exceed 1",
    ),
    "rule-scaled-twice": (
        "指标“{indicator}”里的“{factor}”与限值 {limit} 的单位重复换算：请去掉“{factor}”",
        "the '{factor}' in the indicator '{indicator}' comes on top of the unit of the threshold {limit}: leave "
        "'{factor}' out",
    ),
    "rule-unit-differs": (
        "unit 写的是 {unit}，指标“{indicator}”却以{wanted}计",
        "unit says {unit}, but the indicator '{indicator}' is in {wanted}",
    ),
    "rule-plausible-unit": (
        "plausible 的 {text} 以 {found} 计，与指标的单位（{unit}）不是一类",
        "{text} in plausible is in {found}, which does not measure what the indicator's unit ({unit}) does",
    ),
    "rule-tolerance-unit": (
        "tolerance 的 {text} 与指标的单位（{unit}）不是一类；请写成如 {near}，或如 2% of value（限值的 2%）",
        "the tolerance {text} does not measure what the indicator's unit ({unit}) does; write it as in {near}, or as "
        "in 2% of value (of the limit)",
    ),
    "rule-tolerance-share": (
        "指标不是比例，tolerance: {text} 说不清是多少；"
        "允许相差限值的 {text} 请写 {text} of value，允许相差一个量请写如 {near}",
        "the indicator is no share, so tolerance: {text} does not say how much; write {text} of value for that part of "
        "the limit, or an amount such as {near}",
    ),
    "rule-plain-number": ("“{text}”应为一个数字", "'{text}' should be a plain number"),
    "rule-tolerance": (
        "tolerance 应为一个数字，或 printed（按报表所写的位数），这里是“{text}”",
        "a tolerance is a number or the word printed (the digits that the return prints), not '{text}'",
    ),
    "rule-lever": (
        "lever“{name}”不是数字型字段[[，最接近的是“{near}”]]",
        "the lever '{name}' is not a numeric field[[; the nearest is '{near}']]",
    ),
    "rule-meets-unknown": (
        "meets 提到的规则“{name}”不在本标准内[[，最接近的是“{near}”]]",
        "meets names the rule '{name}', which this standard does not have[[; the nearest is '{near}']]",
    ),
    "rule-meets-kind": (
        "meets 只能引用同类对象、逐条判定的规则，“{name}”不是",
        "meets takes rules that judge single records of the same kind of subject; '{name}' does not",
    ),
    "rule-meets-circle": ("meets 首尾相接成环：{circle}", "meets runs in a circle: {circle}"),
    "parameter-is-field": ("参数“{name}”与字段同名", "the parameter '{name}' has the name of a field"),
    "parameter-not-number": (
        "参数的值必须是数字，“{text}”不是",
        "a parameter's value must be a number; '{text}' is not",
    ),
    # expressions
    "expression-too-long": ("公式过长（{length}，上限 {limit}）", "the formula is too long ({length}, limit {limit})"),
    "expression-too-deep": (
        "公式嵌套超过 {limit} 层",
        "the formula is nested more than {limit} {{limit:level|levels}} deep",
    ),
    "expression-empty": ("公式是空的", "the formula is empty"),
    "expression-character": (
        "第 {column} 个字符“{character}”不属于公式语言[[，请写 {near}]]",
        "character {column}, '{character}', is not part of the formula language[[; write {near}]]",
    ),
    "expression-unseen": (
        "第 {column} 个字符是看不见的 {sign}，请删去",
        "character {column} cannot be seen, {sign}; delete it",
    ),
    "expression-number": ("数字“{text}”太大", "the number '{text}' is too large"),
    "expression-number-marks": (
        "“{text}”可以读成不同的数，请写成 {near}（小数点用“.”，数字之间不空格）",
        "'{text}' can be read as more than one number; write {near} (a point for decimals, no marks or spaces between)",
    ),
    "expression-comma": (
        "“{text}”可以是一个数，也可以是两个数：一个数请写成 {near}，两个数请在逗号后加空格",
        "'{text}' may be one number or two: write {near} for one, or a space after the comma for two",
    ),
    "expression-ends": ("公式没有写完，后面还应有{wanted}", "the formula ends too early; {wanted} should follow"),
    "expression-unexpected": (
        "第 {column} 个字符处不应出现“{found}”[[，此处应为“{wanted}”]]",
        "'{found}' is not expected at character {column}[[; '{wanted}' is]]",
    ),
    "expression-mixed-units": (
        "“{left}”以{one}计，“{right}”以{other}计，不是同一种量，不能相加减或并列",
        "'{left}' is in {one}, '{right}' in {other}: different kinds of quantity cannot be added or stand for each "
        "other",
    ),
    "expression-compared-units": (
        "“{left}”以{one}计，“{right}”以{other}计，不是同一种量，不能比较",
        "'{left}' is in {one}, '{right}' in {other}: different kinds of quantity cannot be compared",
    ),
    "expression-unit-unclear": (
        "“{unit}/{name}”不清楚：{name} 是单位，也是字段。作单位请写 {unit} per 1 {name}，除以字段请加括号",
        "'{unit}/{name}' is unclear, as {name} is both a unit and a field: write {unit} per 1 {name} for the unit, or "
        "brackets around the number to divide by the field",
    ),
    "expression-unit-wanted": (
        "per 后面应为单位，不是“{found}”，如 30 m2 per 100 households",
        "a unit is wanted behind per, not '{found}', as in 30 m2 per 100 households",
    ),
    "expression-unit-place": (
        "第 {column} 个字符处的单位“{found}”只能紧跟在一个数后面",
        "the unit '{found}' at character {column} can only follow a number",
    ),
    "expression-single-equals": ("比较相等请写 ==", "write == to compare"),
    "expression-chained": (
        "比较不能连写，请用 and 连接两个比较",
        "comparisons cannot be chained; join two of them with and",
    ),
    "expression-function": ("没有函数“{name}”，可用：{hint}", "there is no function '{name}'; try: {hint}"),
    "expression-arity": (
        "函数 {name} 要 {wanted} 个参数，写了 {found} 个",
        "wrong number of arguments for the function {name}: {found} instead of {wanted}",
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
    "expression-takes-field": ("{name} 只接受一个字段", "{name} takes one field"),
    "expression-takes-rules": ("{name} 的参数是加引号的规则编号", "{name} takes rule ids in quotes"),
    "expression-takes-quoted": (
        "{name} 的第二个参数是加引号的文字",
        "{name} takes a text in quotes behind the field",
    ),
    "expression-not-text": ("“{what}”不是文字", "'{what}' is not text"),
    "expression-text-category": (
        "“{what}”是分类字段，请直接比较它的值（==、in）：{values}",
        "'{what}' is a category; compare its values with == or in: {values}",
    ),
    "expression-pattern": (
        "格式“{text}”写得不对（{why}）；可用 [0-9]、{{6}}、(甲|乙)、.* 等，不支持向前向后查看和回指",
        "'{text}' is no valid pattern ({why}); [0-9], {{6}}, (a|b), .* and the like can be used, look-around and "
        "back-references cannot",
    ),
    "expression-entity": (
        "exists_in 的第二个参数是一类对象，没有“{name}”[[，最接近的是“{near}”]]；可用：{known}",
        "the second argument of exists_in is a kind of subject; there is no '{name}'[[, the nearest is '{near}']]; "
        "there are: {known}",
    ),
    "expression-percentile": (
        "percentile 的第二个参数要直接写出 0 至 100 的数，不是“{text}”[[；应写作 {near}]]",
        "the second argument of percentile is a number from 0 to 100 written out, not '{text}'[[; write {near}]]",
    ),
    "expression-table-unknown": (
        "lookup 的第一个参数是标准中 tables 下的表，没有名为“{name}”的表[[，最接近的是“{near}”]][[；现有：{known}]]",
        "lookup takes a table of the standard (under tables) first, and there is none named '{name}'"
        "[[; the nearest is '{near}']][[; there are: {known}]]",
    ),
    "expression-table-place": (
        "“{name}”是一张表，只能这样用：lookup({name}, 字段)",
        "'{name}' is a table; write lookup({name}, field)",
    ),
    "expression-table-keys": (
        "表 {name} 要 {n} 个键，写了 {found} 个",
        "the table {name} takes {n} {{n:key|keys}}, not {found}",
    ),
    "expression-table-range": (
        "表 {name} 在这里按数值范围分行，“{what}”不是数",
        "the table {name} has ranges of numbers here, and '{what}' is not a number",
    ),
    "expression-table-class": (
        "表 {name} 在这里按类别分行，“{what}”不是类别或文字",
        "the table {name} has classes here, and '{what}' is neither a category nor text",
    ),
    "table-rows-or-override": (
        "表要么写 rows（整张表），要么写 override（改写继承来的表中的几行）",
        "a table has either rows (all of it) or override (some rows of an inherited one)",
    ),
    "table-rows": (
        "rows 写“类别: 数”的各行，或从小到大的列表，每行写 below 或 up_to（上限）和 value（数）；键不超过 4 个",
        "rows are lines of class: number, or a list from the lowest up, each with below or up_to (its end) and value "
        "(the number); no more than 4 keys",
    ),
    "table-range": (
        "每行写 below（不含）或 up_to（含）中的一个，以及 value；只有最后一行可以不写上限",
        "each row has one of below (end excluded) and up_to (end included), and a value; only the last may have no end",
    ),
    "table-order": (
        "各行须从小到大：{before} 之后写了 {found}",
        "rows go from the lowest up, but {found} stands below {before}",
    ),
    "table-value": (
        "“{text}”不是数；写一个数（可带单位），没有规定写 none",
        "'{text}' is not a number; write one (with its unit if it has one), or none where nothing is laid down",
    ),
    "table-units": (
        "一张表的各数须是同一种量，这里是 {unit}，前面是 {other}",
        "the numbers of a table measure one thing, but here it is {unit} and before it was {other}",
    ),
    "table-override-without": (
        "没有继承来的表“{name}”可以改写[[，最接近的是“{near}”]]；新表请写 rows",
        "there is no inherited table '{name}' to change[[; the nearest is '{near}']]; a new one has rows",
    ),
    "table-override-row": (
        "继承来的表没有“{row}”这一行[[，最接近的是“{near}”]]",
        "the inherited table has no row '{row}'[[; the nearest is '{near}']]",
    ),
    "table-override-shape": (
        "与继承来的表在这里的形状不同；请用 rows 重写整张表",
        "the inherited table has another shape here; write all of it anew with rows",
    ),
    "lint-table-unused": ("没有规则用到表 {table}", "no rule uses the table {table}"),
    "lint-table-no-clause": ("表 {table} 没有写条款（clause）", "the table {table} cites no clause"),
    "lint-table-category": (
        "表 {table} 没有 {field} 的这些值：{values}；这样的对象将无法判定",
        "the table {table} has no row for these values of {field}: {values}; such subjects get no data",
    ),
    "rule-threshold-date": (
        "指标是日期，限值也写日期，如 2023-12-31",
        "the indicator is a date, so the limit is one too, as in 2023-12-31",
    ),
    "rule-date-key": ("指标是日期，不能写 {name}", "the indicator is a date, with which {name} cannot be"),
    "expression-not-identity": (
        "“{what}”不是身份证号；字段类型写 identity，读取时只记是否有效",
        "'{what}' is not an identity number; give the field the type identity, of which only 'valid' or 'invalid' "
        "is kept",
    ),
    "expression-not-date": (
        "“{what}”不是日期；写日期型字段、as_of 或 2023-12-31 这样的日期",
        "'{what}' is not a date; write a field of type date, as_of, or a date as in 2023-12-31",
    ),
    "expression-date-text": (
        "日期不加引号，写作 2023-12-31，这里写的是“{text}”",
        "a date is written without quotes, as in 2023-12-31, not '{text}'",
    ),
    "expression-date": (
        "日期写作 {near}，这里写的是“{text}”",
        "a date is written {near}, not '{text}'",
    ),
    "expression-date-none": (
        "没有“{text}”这一天",
        "there is no day {text}",
    ),
    "expression-alike": ("{name} 的各个取值必须是同一类", "{name} takes values of one kind only"),
    "expression-group-place": ("这里不能用汇总函数", "a group function cannot be used here"),
    "unit-unknown": ("未知的单位“{unit}”，可用：{hint}", "unknown unit '{unit}'; try: {hint}"),
    # lint: rules that load but look wrong
    "lint-field-redefined": (
        "字段 {name}（{label}）数据字典里已有，在本标准里以这里的写法为准；若指另一件事，请换个名字",
        "the field {name} ({label}) stands in the data dictionary, and this takes its place in this standard; give it "
        "another name if it is something else",
    ),
    "lint-field-heading": (
        "列名“{heading}”已是数据字典里字段 {other} 的，报表里的这一列会分不清；同一件事请直接用 {other}",
        "the heading '{heading}' means the field {other} of the data dictionary, and such a column will be unclear; "
        "use {other} where it is the same",
    ),
    "lint-where-never": (
        "where 不可能成立（{variable} 的条件自相矛盾），本规则不会核查任何对象",
        "where can never hold (it asks the impossible of {variable}), so the rule judges nobody",
    ),
    "lint-where-range": (
        "where 要求的 {variable} 超出字段的合理范围（{range}），本规则不会核查任何对象",
        "where asks for {variable} outside the field's plausible range ({range}), so the rule judges nobody",
    ),
    "lint-never-met": (
        "适用范围内没有合理的值能满足 {required}：{indicator} 的合理范围是 {range}",
        "no plausible value in scope can meet {required}: {indicator} lies within {range}",
    ),
    "lint-always-met": (
        "适用范围内任何合理的值都满足 {required}：{indicator} 的合理范围是 {range}",
        "every plausible value in scope meets {required}: {indicator} lies within {range}",
    ),
    "lint-contradiction": (
        "与规则 {other}（{at}）矛盾：同一对象不能既满足 {required} 又满足 {other_required}，请核对限值或用 where 分开",
        "contradicts rule {other} ({at}): no subject can meet both {required} and {other_required}; "
        "check the thresholds or part the scopes with where",
    ),
    "lint-contradiction-chain": (
        "{required} 与下列规则合在一起没有对象能够满足：{others}；请核对各条限值或用 where 分开",
        "{required} together with these rules can be met by no subject: {others}; check the thresholds or part the "
        "scopes with where",
    ),
    "lint-record-group": (
        "规则 {record}（{asked}）与 {group} 矛盾（另一条在 {at}）：各对象都达到前一条时，{figure} 不可能 {required}；"
        "请核对两条的限值和范围",
        "rules {record} ({asked}) and {group} contradict each other (the other is at {at}): where all subjects meet "
        "the first, {figure} cannot be {required}; check thresholds and scopes of both",
    ),
    "lint-against-itself": (
        "“{part}”两边是同一个量，结果与报表无关；请改正其中一边",
        "'{part}' has one and the same quantity on both sides, so no return makes a difference; correct one of them",
    ),
    "lint-one-number": (
        "“{part}”无论报表怎么填都是同一个数；请改正算式",
        "'{part}' comes to the same number whatever a return says; correct the formula",
    ),
    "lint-listed-twice": (
        "列了两次：{items}；请去掉重复的",
        "listed twice: {items}; take out what is repeated",
    ),
    "lint-where-always": (
        "where “{where}”总是成立，没有限定任何对象；请改正或删去",
        "where '{where}' always holds and leaves nobody out; correct it or take it away",
    ),
    "lint-where-plausible": (
        "where “{where}”对字段的任何合理取值都成立，没有限定任何对象",
        "where '{where}' holds for every plausible value and leaves nobody out",
    ),
    "lint-lever-unread": (
        "lever 写的 {lever} 不在指标里，增加它补不上差额；请改为指标用到的字段或删去",
        "the indicator does not read the lever {lever}, so more of it closes no shortfall; name a field of the "
        "indicator, or take it away",
    ),
    "lint-lever-idle": (
        "lever {lever} 在这里不起作用：这种比较不按它计算差额，或限值随它变动，或它在指标中相互抵消；"
        "请删去或换一个字段",
        "the lever {lever} does nothing here: this comparison asks for no more of anything, or the limit moves with "
        "it, or it cancels out of the indicator; take it away or name another field",
    ),
    "lint-lever-wrong": (
        "lever {lever} 的方向相反：它越多，指标越低；请换一个字段",
        "with more of {lever} the indicator falls, so this lever closes no shortfall; name another field",
    ),
    "lint-region-unknown": (
        "区划代码表中没有 {code}；请核对代码",
        "the table of regions has no {code}; check the code",
    ),
    "lint-region-name": (
        "区划代码 {code} 是{known}，这里写的是{name}；请改正其一",
        "the code {code} is that of {known}, not of {name}; correct one of them",
    ),
    "lint-region-outside": (
        "{code} {name}不在上级标准 {parent} 的适用区域（{around}）内；请核对代码或 extends",
        "{code} {name} lies outside the region of {parent}, which it extends ({around}); check the code or extends",
    ),
    "lint-before-parent": (
        "自 {start} 起生效，早于上级标准 {parent}（{since}）；请核对日期",
        "in force from {start}, before {parent}, which it extends ({since}); check the date",
    ),
    "lint-due-before-force": (
        "期限 {day} 早于标准生效日期 {start}；请核对日期",
        "due on {day}, before the standard is in force ({start}); check the date",
    ),
    "lint-no-severity": (
        "有的规则写了 severity，有的没有；没写的按 expected 处理：{rules}（共 {count} 条）",
        "some rules state a severity and some do not; those without are taken for expected: {rules} (in all: {count})",
    ),
    "lint-no-case": (
        "旁边的用例文件没有测到这些规则：{rules}（共 {count} 条）",
        "the case file beside this standard has no case of these rules: {rules} (in all: {count})",
    ),
    "lint-implied": (
        "规则 {rule}（{required}）多余：满足 {other}（{other_required}）就必然满足它，参见 {at}",
        "rule {rule} ({required}) adds nothing: whatever meets {other} ({other_required}) meets it too; see {at}",
    ),
    "lint-same": (
        "规则 {rule}（{required}）与 {other} 要求相同，参见 {at}，请保留一条",
        "rule {rule} ({required}) asks the same as {other}; see {at}; keep one of them",
    ),
    "lint-undecided": (
        "与规则 {other}（{at}）判断同一指标；限值或范围是算式，推断无法确定两者是否矛盾或重复，请人工核对",
        "judges the same indicator as rule {other} ({at}); with formulas in threshold or scope, lint cannot "
        "tell whether the two contradict or repeat each other; please look",
    ),
    "lint-pairs-left": (
        "判断同一指标的规则太多，范围或限值复杂的，有 {count} 对未与本条比较；请把规则分到几份标准里，或简化 where",
        "too many rules judge the same indicator with intricate scopes or thresholds: {count} "
        "{{count:pair|pairs}} with this one {{count:was|were}} not compared; part the rules among several "
        "standards, or simplify where",
    ),
    "lint-weaker-threshold": (
        "低于上级标准 {parent}：由 {old} 改为 {new}",
        "weaker than {parent}: changed from {old} to {new}",
    ),
    "lint-weaker-severity": (
        "约束力低于上级标准 {parent}：由 {old} 改为 {new}",
        "less binding than in {parent}: changed from {old} to {new}",
    ),
    "lint-weaker-scope": (
        "适用范围小于上级标准 {parent}：where 由 {old} 改为 {new}",
        "narrower than in {parent}: where changed from {old} to {new}",
    ),
    "lint-weaker-due": (
        "期限晚于上级标准 {parent}：由 {old} 改为 {new}",
        "later than in {parent}: due changed from {old} to {new}",
    ),
    "lint-weaker-manual": (
        "上级标准 {parent} 自动核查此条，这里改为人工核查",
        "{parent} judges this rule from returns; here it becomes manual",
    ),
    "lint-weaker-parameter": (
        "参数 {parameter} 使规则 {rule} 低于上级标准 {parent}：由 {old} 变为 {new}",
        "the parameter {parameter} makes rule {rule} weaker than in {parent}: from {old} to {new}",
    ),
    "lint-weaker-open": (
        "推断无法确定这里是否低于上级标准 {parent}（规则 {rule}），请人工核对",
        "lint cannot tell whether this is weaker than {parent} (rule {rule}); please look",
    ),
    "lint-other-indicator": (
        "与上级标准 {parent} 判断的不是同一指标或同一对象，无法比较宽严",
        "judges another indicator or other subjects than {parent} does, so the two cannot be compared",
    ),
    "lint-say-unit": (
        "限值 {limit} 没有写单位，按字段声明的单位理解；请写明单位",
        "the threshold {limit} has no unit and is read in the one that the field declares; state it",
    ),
    "lint-scaled": (
        "“{indicator}”自己乘除了换算的数，限值 {limit} 看不出是每多少；请去掉换算，把限值写成完整的单位，如 {near}",
        "'{indicator}' brings its own factor, and the threshold {limit} does not say per how many; leave the factor "
        "out and state the whole unit, such as {near}",
    ),
    "lint-by-zero": (
        "“{whole}”的除数“{divisor}”总是零，算不出结果",
        "'{whole}' has no result: its divisor '{divisor}' is always zero",
    ),
    "lint-meets-apart": (
        "“{part}”对谁都不成立：规则 {one} 与 {two} 的适用范围互斥，没有对象两条都适用；要求各自适用的那条达标，"
        '请写 meets("规则", "规则") 或用 or 连接，否则请核对两条的 where',
        "'{part}' holds for nobody: the scopes of rules {one} and {two} exclude each other, so that both apply to no "
        'subject; to ask for the one that applies write meets("RULE", "RULE") or join them with or, else '
        "check the "
        "where of both",
    ),
    "lint-no-clause": ("规则 {rule} 没有写条款（clause）", "rule {rule} cites no clause"),
    "lint-no-document": ("没有写所依据的文件（source.document）", "no document is cited (source.document)"),
    "lint-parameter-no-clause": ("参数 {parameter} 没有写条款（clause）", "the parameter {parameter} cites no clause"),
    "lint-parameter-unused": ("没有规则用到参数 {parameter}", "no rule uses the parameter {parameter}"),
    "lint-field-entity": (
        "字段 {field} 只出现在 {entities} 的报表里，本规则核查的是 {entity}，将无从核查",
        "the field {field} is found on sheets of {entities}, but this rule judges a {entity}: it is never checked",
    ),
    "lint-in-force-order": (
        "失效日期 {end} 早于生效日期 {start}",
        "in force until {end}, which is before it begins on {start}",
    ),
    "lint-in-force-past": ("标准已于 {day} 失效", "this standard ceased to be in force on {day}"),
    "lint-horizon-past": (
        "规划期已于 {day} 结束；之后的报表仍可对照，结论会注明",
        "the plan's period ended on {day}; later returns can still be held against it, and verdicts say so",
    ),
    "lint-due-past": (
        "期限 {day} 已过，未达到即为不达标，共 {count} 条规则：{rules}",
        "the deadline {day} has passed, so a miss is now a fail; rules: {rules} (in all: {count})",
    ),
    "lint-parent-broken": (
        "所依据的标准“{name}”有错，请先改正它",
        "the standard it extends, '{name}', has faults; mend those first",
    ),
    "lint-standard-twice": (
        "标准编号“{name}”已用于 {other}，只有后读的一个有效",
        "the standard id '{name}' is also used in {other}; only the one read last counts",
    ),
    "lint-standard-replaced": (
        "标准“{name}”取代了 {other} 中的同名标准",
        "the standard '{name}' replaces the one of that name in {other}",
    ),
    # lint: the listing
    "lint-error": ("错误", "error"),
    "lint-warning": ("警告", "warning"),
    "lint-info": ("提示", "note"),
    "lint-line": ("{place}：{level}：{text}", "{place}: {level}: {text}"),
    "lint-summary": (
        "文件 {files} 个，错误 {errors} 个，警告 {warnings} 个，提示 {infos} 条",
        "files: {files}; errors: {errors}; warnings: {warnings}; notes: {infos}",
    ),
}
