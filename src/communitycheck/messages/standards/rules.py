"""Sentences about standards, their rules, fields, units, parameters and kinds of subject."""

MESSAGES: dict[str, tuple[str, str]] = {
    "cases-of-a-standard": (
        "这是一份标准，rules test 读的是它的用例（另一个文件：standard 写标准编号，cases 写用例）；"
        "检查标准本身用 rules lint",
        "this is a standard, and rules test reads the cases for one: another file, with its id under standard and the "
        "cases under cases; a standard itself is checked by rules lint",
    ),
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
        "未知的单位“{unit}”[[，最接近的是“{near}”]][[，可以在标准的 units 里声明：{own}: items（按个数计）、"
        "{own}: new（自成一类，不与别的单位换算）]]",
        "unknown unit '{unit}'[[; the nearest is '{near}']][[; a standard may declare it under units: {own}: items "
        "(things counted) or {own}: new (converts into no other)]]",
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
    "rule-by": (
        "by 只能按地区级别汇总（{wanted}），不能是“{found}”；要按类别分，请为每一类写一条规则，用 where "
        '限定，如 where: community_type == "urban"',
        "by runs over levels of regions ({wanted}), not '{found}'; for classes, write a "
        'rule for each with its where, such as where: community_type == "urban"',
    ),
    "rule-by-all": (
        "by 最大到 province，不能是“{found}”：全国或全部记录合起来不能判定；请写其中一级：{wanted}",
        "by goes up to the province, not to '{found}': a country, or all records together, cannot be judged as one; "
        "take one of {wanted}",
    ),
    "rule-file-thousands": (
        "千分位逗号把“{text}”断成了几项；请写 {near}",
        "the commas of thousands cut '{text}' in parts; write {near}",
    ),
    "rule-file-comma": (
        "大括号里的逗号把“{text}”断成了两项；请写 {near}（小数点用“.”，不写千分位逗号）",
        "inside braces the comma cuts '{text}' in two; write {near} (a point for decimals, no thousands mark)",
    ),
    "number-without-unit": (
        "{text} 没有写单位，旁边的数却有（{unit}）；请给每个数写明单位，或用 unit 写明一次",
        "{text} has no unit, but the numbers beside it have one ({unit}); give each its unit, or state it once with "
        "unit",
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
    "standard-id-twice": (
        "{file} 和 {other} 的标准编号都是“{name}”；请给其中一个改 standard，或只用一个",
        "{file} and {other} are both called '{name}'; give one of them another id (standard), or use one alone",
    ),
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
    "reform-empty": (
        "没有要修改的内容；请写 override（改规则）、parameters 或 tables",
        "it changes nothing; write override (for rules), parameters or tables",
    ),
    "reform-unknown-override": (
        "所用标准里没有规则“{name}”[[，最接近的是“{near}”]]",
        "the standards in use have no rule '{name}'[[; the nearest is '{near}']]",
    ),
    "reform-unknown-parameters": (
        "所用标准里没有参数“{name}”[[，最接近的是“{near}”]]；要新增参数，请用 extends 写明是哪个标准的",
        "the standards in use have no parameter '{name}'[[; the nearest is '{near}']]; for a new one say with extends "
        "of which standard",
    ),
    "reform-unknown-tables": (
        "所用标准里没有表“{name}”[[，最接近的是“{near}”]]；要新增表，请用 extends 写明是哪个标准的",
        "the standards in use have no table '{name}'[[; the nearest is '{near}']]; for a new one say with extends of "
        "which standard",
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
    "rule-explainable": (
        "explainable 只用于预期性的规则（severity: expected）：约束性的不达标不能凭报表的说明免除；请删去 explainable",
        "explainable goes with severity: expected; no explanation in a return excuses a mandatory rule: take it away",
    ),
    "rule-explainable-group": (
        "写了 by 的规则评的是整个地区，报表里没有它的情况说明；请删去 explainable，需要时用 --waivers",
        "a rule with by judges whole regions, and no row of a return explains one: take explainable away, and use "
        "--waivers where a region is excused",
    ),
    "rule-placeholder": (
        "“{found}”不能这样写；可以写 {known}[[，是否想写 {near}？]]",
        "'{found}' cannot stand here; there are {known}[[; did you mean {near}?]]",
    ),
    "rule-where-group": ("where 逐条记录判断，不能用汇总函数", "where looks at one record; it takes no group function"),
    "rule-class-rest": (
        "分类的最后一项不能写 where，其余对象才有约束力；请再加一项，如 - value: {value}",
        "the last of the list takes no where, so that all other subjects have a severity; add one, as in "
        "- value: {value}",
    ),
    "rule-class-unreached": (
        "这一项没有 where，后面的 {n} 项永远轮不到；请写上 where 或移到最后",
        "this one has no where, so the {n} behind it never {{n:applies|apply}}; give it one, or move it to the end",
    ),
    "rule-class-manual": (
        "有 manual 的规则不能按类别写，只能写一个值；请为每一类各写一条规则",
        "a rule with manual takes a single value here; write a rule for each class",
    ),
    "rule-class-group-function": (
        "这里的 where 不能用 meets；没有 by 的规则逐条记录判断，也不能用汇总函数",
        "where takes no meets here; of a rule without by it looks at one record, and takes no group function either",
    ),
    "rule-by-without-aggregate": (
        "写了 by，indicator 就要用汇总函数：sum、mean、count、share、lowest、highest 等",
        "with by, the indicator needs a group function: sum, mean, count, share, lowest, highest or another",
    ),
    "rule-aggregate-without-by": (
        "用了汇总函数，请用 by 说明按哪一级汇总，如 by: [city]",
        "a group function needs by to say over which regions, as in by: [city]",
    ),
    "rule-aggregate-below": (
        "只有地区（乡镇街道、县、市、省）能汇总其下的对象，{entity} 不能汇总 {below} 的 {field}；"
        "请把合计数列为 {entity} 报表的一列，或写核查地区的规则（applies_to: {below}，加 by）",
        "only a region (street, county, city, province) sums up what lies in it, and a {entity} cannot sum {field} of "
        "each {below}; give the sum in a column of the {entity}, or ask it of regions (applies_to: {below}, with by)",
    ),
    "rule-aggregate-kind": (
        "看不出 {formula} 汇总的是哪一类对象：{kinds}；请在其中写一个标明 entities 的字段，如 entities: [{first}]",
        "it cannot be told over which records {formula} runs: {kinds}; name a field in it that has entities, as in "
        "entities: [{first}]",
    ),
    "rule-field-outside-aggregate": (
        "按地区汇总时，字段 {name} 要放在 sum、mean、count、share、lowest、highest 等汇总函数之内，"
        "函数之外只能写地区的名称（{named}）；地区自己表里的数，请写 applies_to: {level}，不写 by",
        "over a group the field {name} must stand inside a group function: sum, mean, count, share, lowest, highest or "
        "another; outside of them stand only the names of its regions ({named}); a figure of the region's own sheet is "
        "judged with applies_to: {level} and no by",
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
        "{comparison} 要求 indicator 是列举型字段（items）；要查一个地区是否各项都有，另写 by，如 by: [county]",
        "{comparison} needs a field of type items as indicator; for what all records of a region have to name, add by, "
        "as in by: [county]",
    ),
    "rule-covers-joined": (
        "“{item}”会被当作一项；各项之间请用英文逗号加空格分开：[{near}]",
        "'{item}' would be one item; part the items by a comma and a blank: [{near}]",
    ),
    "rule-covers-names": (
        "写了 by 的 {comparison} 要求 indicator 是一个文字、类别、代码或列举型字段，如 community",
        "with by, {comparison} needs one field as indicator: a text, a category, a code or a list, as in community",
    ),
    "rule-between-order": (
        "{comparison} 的下限大于上限[[：{low} 大于 {high}]]",
        "{comparison} has its lower end above its upper end[[: {low} is more than {high}]]",
    ),
    "rule-whole-limit": (
        "{name} 的限值折合 {limit}，不是整数，零头落在哪一天没有定义；请改用 {near}",
        "no day is the end of {limit}, as the limit of {name} has it; use {near}",
    ),
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
        "限值 {limit} 以{found}计，指标“{indicator}”以{wanted}计，不是同一种量；请以指标的单位写限值：{near}",
        "the threshold {limit} is in {found}, but the indicator '{indicator}' is in {wanted}, which measures something "
        "else; write the threshold in the indicator's unit: {near}",
    ),
    "rule-no-field-unit": (
        "字段 {field} 没有声明单位，看不出限值 {limit} 对“{indicator}”是多少；请在字段上写明 unit，"
        "如 unit: 万元，再以它写限值",
        "the field {field} has no unit, so nobody can tell what the threshold {limit} means for '{indicator}'; give "
        "the field its unit, such as unit: persons, and write the threshold in it",
    ),
    "bare-unit": (
        "“{beside}”以{wanted}计，{limit} 却没有写单位；请写明，如 {near}",
        "'{beside}' is in {wanted}, but {limit} has no unit; state the one that is meant: {near}",
    ),
    "bare-mixed": (
        "“{beside}”的各部分以不同的单位声明，{limit} 没有写单位，看不出是哪一种；请在 {limit} 后面写明单位",
        "the parts of '{beside}' are declared in different units, so {limit} may be in either; write its unit behind "
        "{limit}",
    ),
    "bare-share": (
        "“{beside}”是比例，{limit} 大于 1，看不出是百分数还是比值；请写明：{near}",
        "'{beside}' is a share, and {limit} is above 1; state what is meant: {near}",
    ),
    "bare-fraction": (
        "“{beside}”只能是整数，{limit} 不是，看来漏写了单位；请写明，如 {near}，或改写为整数",
        "'{beside}' is always a whole number, and {limit} is not, so its unit seems to be lost; state it, such as "
        "{near}, or write the whole number that is meant",
    ),
    "bare-percent": (
        "“{beside}”以百分数声明，{limit} 可以是百分之几，也可以是几成的比例；请写明：{near}",
        "'{beside}' is declared in percent, and {limit} may be a percentage or a part of one; state what is meant: "
        "{near}",
    ),
    "bare-factor": (
        "与“{beside}”（{wanted}）相乘除的 {limit} 没有写单位，看不出是每多少的多少；请写明，如 {near}",
        "the factor {limit} of '{beside}' (in {wanted}) has no unit that says how much there is to how "
        "many; write {near} for it",
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
    "rule-tolerance-bare": (
        "tolerance: {text} 没有写单位，可以是一个量，也可以是限值的百分之几；请写 {near}，或如 2% of value",
        "tolerance: {text} has no unit and may be an amount or a part of the limit; write {near}, or as in 2% of value",
    ),
    "rule-tolerance-part": (
        "限值的几分之几要写成百分比：{near}，不写“{text}”",
        "a part of the limit is written as a percentage: {near}, not '{text}'",
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
    "rule-threshold-date": (
        "指标是日期，限值也写日期，如 2023-12-31",
        "the indicator is a date, so the limit is one too, as in 2023-12-31",
    ),
    "rule-date-key": ("指标是日期，不能写 {name}", "the indicator is a date, with which {name} cannot be"),
}
