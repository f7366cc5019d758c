"""Sentences about expressions, and the tables that they look up."""

MESSAGES: dict[str, tuple[str, str]] = {
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
    "expression-range": (
        "“{text}”不是一个数；一个范围请写 {near}",
        "'{text}' is no single number; a range is written {near}",
    ),
    "expression-ratio": (
        "“{text}”不是数：一种东西的几分之几请写 {near} 或 {one}/{other}，每若干人配若干个请写 {one}个/{other}人"
        "[[，时长请写 {hours}]]",
        "'{text}' is no number: write {near} or {one}/{other} for a share, or units where things of two kinds are "
        "meant, as in {one} {{one:item|items}} per {other} {{other:person|persons}}[[; a time is {hours}]]",
    ),
    "expression-compares": (
        "“{text}”把比较说了两遍，键本身就是比较；请写 {near}",
        "'{text}' says how to compare, which the key does by itself; write {near}",
    ),
    "expression-number-alone": (
        "“{text}”不是一个数，这里只写数本身：{near}",
        "'{text}' is no number; the number stands here alone: {near}",
    ),
    "expression-numeral": (
        "“{text}”里的数是用文字写的；请用阿拉伯数字：{near}",
        "the number in '{text}' is in words; write it in figures: {near}",
    ),
    "expression-multiple": (
        "“{text}”后面没有单位；请写明是多少什么，如 {near}人、{near}元，或写 {figure} 加单位",
        "'{text}' says no unit; write of what it is so many: {near}人, {near}元, or {figure} with its unit",
    ),
    "bare-ten-thousand": (
        "“万”后面没有单位就是万元，而“{beside}”以{wanted}计；请写 {near}",
        "万 without a unit behind it is 万元, but '{beside}' is in {wanted}; write {near}",
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
    "expression-unjoined": (
        "第 {column} 个字符处的“{found}”前面缺运算符（如 *、and）或逗号",
        "an operator such as * or and, or a comma, is missing before '{found}' at character {column}",
    ),
    "expression-call": (
        "函数 {name} 的参数要写在括号里，如 {example}",
        "what the function {name} takes stands in brackets, as in {example}",
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
    "expression-no-field-unit": (
        "字段 {field} 没有声明单位，“{left}”与“{right}”无法相比或相加；请在字段上写明 unit，如 unit: 万元",
        "the field {field} has no unit, so that '{left}' cannot be held against '{right}' or added to it; give the "
        "field its unit, such as unit: persons",
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
    "expression-per-unit": (
        "“{text}”没有写明以什么单位计[[：{word} 不是单位]]；请写成 {near}，或在标准的 units 里声明自己的单位",
        "'{text}' does not say in a known unit what is counted[[: {word} is none]]; write {near}, or declare a unit of "
        "your own under units",
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
    "expression-sum-of-several": (
        "sum 汇总一组记录的同一个字段；同一条记录的几个数相加请写 {near}",
        "sum adds up one field over records; several figures of one record are added as {near}",
    ),
    "expression-list-item": (
        "列表里只能是数字或文字[[；文字要加引号：{near}]]",
        "a list holds numbers or text only[[; text stands in quotes: {near}]]",
    ),
    "expression-list-empty": ("列表是空的", "the list is empty"),
    "expression-list-place": ("列表只能跟在 in 之后", "a list can only follow in"),
    "expression-name": (
        "没有名为“{name}”的字段或参数",
        "there is no field or parameter '{name}'",
    ),
    "expression-name-near": (
        "没有名为“{name}”的字段或参数，是否想写“{near}”？[[名称相近的还有：{others}]]",
        "there is no field or parameter '{name}'; did you mean '{near}'?[[ Much like it are also: {others}]]",
    ),
    "expression-unquoted": (
        '没有名为“{name}”的字段或参数；文字要加引号，写成 "{name}"',
        "there is no field or parameter '{name}'; a text stands in quotes: \"{name}\"",
    ),
    "expression-blank": (
        "单元格是否空白不用“{name}”比较，请写 is_blank(字段) 或 not is_blank(字段)",
        "a blank cell is not compared with '{name}': write is_blank(field), or not is_blank(field)",
    ),
    "expression-date-sum": (
        "“{what}”是日期，不能直接加减；相隔多久请写 days_between(起, 止)、months_between 或 years_between",
        "'{what}' is a date and no number; how long it is from one to another is days_between(from, to), "
        "months_between or years_between",
    ),
    "expression-decimals": (
        "round 的第二个参数要直接写出：带单位的步长（如 0.1%），或保留几位小数（-9 至 9 的整数），不是“{text}”",
        "the second argument of round is written out: a step with its unit, such as 0.1%, or the number of decimals, a "
        "whole one from -9 to 9; not '{text}'",
    ),
    "expression-step": (
        "{name} 的第二个参数是带单位的步长，如 {name}(x, 10 m2)，不是“{text}”",
        "the second argument of {name} is a step with its unit, as in {name}(x, 10 m2), not '{text}'",
    ),
    "expression-round-unit": (
        "“{formula}”按什么单位取整不明确：同一个数用不同的单位写，取整的结果不同；请写明带单位的步长：{near}",
        "'{formula}' does not say in which unit it rounds, and each would give another result: write the step with its "
        "unit: {near}",
    ),
    "expression-step-scaled": (
        "“{formula}”里的步长已带单位，不要再乘 {factor}：删去这个乘数",
        "the step in '{formula}' has its unit already: leave out the factor {factor}",
    ),
    "expression-not-number": ("“{what}”不是数字", "'{what}' is not a number"),
    "expression-not-truth": ("“{what}”不是是否型的条件", "'{what}' is not a yes/no condition"),
    "expression-compare": (
        "“{left}”与“{right}”不能这样比较",
        "'{left}' and '{right}' cannot be compared in this way",
    ),
    "expression-category-order": (
        "字段 {field} 的各个值没有大小先后；请列出要的值：{field} in […]，可用：{near}",
        "the values of {field} have no order; list the ones that are meant: {field} in [...], of {near}",
    ),
    "expression-text-order": (
        "“{left}”与“{right}”是文字，没有大小先后；请用 ==、in […] 或 matches(…)",
        "'{left}' and '{right}' are texts, which have no order; use ==, in [...] or matches(...)",
    ),
    "expression-category": (
        "字段 {field} 没有“{value}”这个值，可用：{hint}",
        "the field {field} has no value '{value}'; try: {hint}",
    ),
    "expression-takes-field": (
        "{name} 只接受一个字段[[，请写 {near}]]",
        "{name} takes one field[[; write {near}]]",
    ),
    "expression-blank-elsewhere": (
        "is_blank 只问本条记录的单元格，不能问 {what}；那里空白或没有填报时，用到 {what} 的规则本来就是无法判定"
        "（no_data），这个条件不必写",
        "is_blank asks about a cell of the record itself, not about {what}; where that is blank or was not given, a "
        "rule that uses it answers no_data by itself: leave this condition out",
    ),
    "expression-takes-cell": (
        "{name} 接受一个字段，类型为 {types} 之一；“{what}”不是（其他类型的字段没有能判为填错的格式）",
        "{name} takes a field of one of the types {types}; '{what}' is none (cells of other types have no form that is "
        "certainly wrong)",
    ),
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
        "格式“{text}”写得不对[[（{why}）]]；可用 [0-9]、{{6}}、(甲|乙)、.* 等，不支持向前向后查看和回指",
        "'{text}' is no valid pattern[[ ({why})]]; [0-9], {{6}}, (a|b), .* and the like can be used, look-around and "
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
    "expression-table-unit": (
        "表 {name} 的各行按{one}分档，“{what}”却以{other}计，不是同一种量",
        "the rows of the table {name} go by {one}, but '{what}' is in {other}, which measures something else",
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
    "expression-per-word": (
        "“{name}”不是单位；每一个多少，要写单位：{near}",
        "'{name}' is no unit; so much for each is written in units: {near}",
    ),
    "unit-unknown": (
        "未知的单位“{unit}”，可用：{hint}；别的单位要先在标准的 units 里声明：{unit}: items（按个数计）、"
        "{unit}: new（自成一类，不与别的单位换算）",
        "unknown unit '{unit}'; try: {hint}; any other has to be declared under units of the standard: {unit}: items "
        "(things counted) or {unit}: new (converts into no other)",
    ),
}
