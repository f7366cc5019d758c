"""Sentences about cells: which were not used and why, and how others were read."""

MESSAGES: dict[str, tuple[str, str]] = {
    # cells that were not used
    "doubted-figures": (
        "这里写明“{text}”，所说的 {records} 个对象的 {cells} 个数不能确定是现有、自用的实数，未作依据；"
        "是的，请改正这句话；不是，请填现有、自用的实数",
        "“{text}” is said here, so {cells} {{cells:figure|figures}} of {records} {{records:subject|subjects}} may "
        "not be what stands today and is {{records:its|their}} own; not relied on. If it is, correct the remark; if "
        "not, give what is",
    ),
    "figures-reach-further": (
        "这里写明“{text}”，所说的 {records} 个对象的 {cells} 个数不只是该对象自用的设施，按“不超过所填的数”判定；"
        "请改填自用设施的建筑面积",
        "“{text}” is said here, so {cells} {{cells:figure|figures}} of {records} {{records:subject|subjects}} "
        "{{cells:holds|hold}} more than {{records:its|their}} own facility; judged as that much at most; give "
        "the floor area of the facility alone",
    ),
    "some-in-doubt": (
        "这里写明“{text}”，没有写明是哪几个，{records} 个对象的 {cells} 个数都按“不超过所填的数”判定："
        "不够的仍不达标，够的无法判定；请写明是哪几个（如写在它们的备注栏里），其余的就照常判定",
        "“{text}” is said here, and not of which subjects, so {cells} {{cells:figure|figures}} of {records} "
        "{{records:subject|subjects}} {{cells:was|were}} judged as that much at most: what is too little still "
        "fails, what is enough cannot be told; name those it is said of, "
        "in their remarks for instance, and the others are judged as usual",
    ),
    "remarks-elsewhere": (
        "这张表没有可核查的列，其中 {count} 个对象的备注（如“{text}”）说的可能是别的表里的数，"
        "没有用上；请写到有指标的表里",
        "no column of this table can be judged, and its remarks on {count} {{count:subject|subjects}} (such as "
        "“{text}”) may speak of "
        "figures in other tables; they were not used. Put them into the table that has the figures",
    ),
    "remarks-not-weighed": (
        "这一列有 {records} 个对象的备注（如“{text}”）看不出是否影响旁边的数，数照常使用；请看一看，影响的请改填数字",
        "the remarks of {records} {{records:subject|subjects}} in this column (such as “{text}”) were not "
        "understood, and the figures beside them were used as they stand; please see whether any of these is touched",
    ),
    "struck-figures": (
        "划了删除线（{text}），{records} 个对象的 {cells} 个数未作依据；仍有效的，请去掉删除线，否则请删去",
        "struck through ({text}), so {cells} {{cells:figure|figures}} of {records} {{records:subject|subjects}} "
        "{{cells:was|were}} not relied on; take the line off what holds, or take it out",
    ),
    "merged-figure": (
        "“{field}”的数字写在合并单元格里，占 {records} 个对象的行，看不出各是多少，都未采用；请取消合并，分别填写",
        "the figure of “{field}” stands in a merged cell over the rows of {records} "
        "{{records:subject|subjects}} and nothing tells how "
        "much belongs to each; it was used for none. Unmerge the cell and fill in each row",
    ),
    "unreadable-value": (
        "“{field}”一格的“{text}”读不出，未采用",
        "“{text}” cannot be read as “{field}”; the cell was not used",
    ),
    "range-value": (
        "“{field}”一格的“{text}”是一个区间，不是一个数，未采用",
        "“{text}” is a range, not one value of “{field}”; the cell was not used",
    ),
    "error-value": (
        "“{field}”一格是公式错误“{text}”，未采用；请修正公式",
        "the cell of “{field}” holds the error {text} and was not used; mend its formula",
    ),
    "formula-without-value": (
        "“{field}”一格是公式，文件里没有保存结果；请用 Excel 或 WPS 打开后保存再试",
        "the cell of “{field}” is a formula whose result is not stored; open the file in Excel or WPS, save, try again",
    ),
    "shifted-value": (
        "这一行的格数比列数多，看不出“{field}”是哪一格，未采用；请给带逗号的内容加上引号",
        "this row has more cells than there are columns and nothing tells which is “{field}”; not used. "
        "Put text that holds a comma in quotes",
    ),
    "sum-disagrees": (
        "“{field}”一格的“{text}”算出来是 {value:g}，与所写的结果不符，未采用",
        "“{text}” of “{field}” adds up to {value:g}, which is not what it states; the cell was not used",
    ),
    "single-time": (
        "“{field}”一格的“{text}”只是一个时刻，看不出开放多久，未采用",
        "“{text}” of “{field}” is a single time of day and says nothing about how long; the cell was not used",
    ),
    "irregular-times": (
        "“{field}”一格的“{text}”没有次数，按缺数据处理",
        "“{text}” of “{field}” states no number; taken as missing",
    ),
    "unclear-category": (
        "“{field}”一格的“{text}”看不出是哪一类，未采用",
        "“{text}” does not tell which kind of “{field}” is meant; the cell was not used",
    ),
    "unknown-category": (
        "“{field}”没有“{text}”这一类，未采用",
        "“{text}” is no known value of “{field}”; the cell was not used",
    ),
    "code-lost-digits": (
        "“{field}”一格的“{text}”已被表格软件改成科学计数，后几位丢失，未采用；请把该列设为文本后重填",
        "“{text}” of “{field}” was turned into scientific notation and lost digits; not used. "
        "Format the column as text and enter the codes again",
    ),
    "code-length": (
        "“{field}”一格的“{text}”有 {digits} 位，行政区划代码应为 6、9 或 12 位，未采用；请核对",
        "“{text}” of “{field}” has {digits} {{digits:digit|digits}}; a region code has 6, 9 or 12; not used, "
        "please check",
    ),
    "bare-among-percent": (
        "“{field}”一列的其他格都带百分号，“{text}”没有，看不出是不是百分数，未采用；请补上百分号",
        "the other cells of “{field}” show a percent sign and “{text}” does not; not used. Add the percent sign",
    ),
    "fraction-or-percent": (
        "“{field}”一列既有小数又有百分数，“{text}”看不出是哪一种，未采用；请补上百分号",
        "the column “{field}” mixes fractions and percentages and “{text}” could be either; not used. "
        "Add the percent sign",
    ),
    "impossible-value": (
        "“{field}”一格的“{text}”不可能（应在 {low:g} 到 {high:g} 之间），未采用；也可能是单位写错",
        "“{text}” is impossible for “{field}” (from {low:g} to {high:g}); not used. Perhaps a wrong unit",
    ),
    "impossible-fraction": (
        "“{field}”一格的“{text}”不是整数，未采用",
        "“{text}” is no whole number and cannot be “{field}”; the cell was not used",
    ),
    "impossible-zero": (
        "“{field}”一格填 0，不可能，未采用",
        "“{field}” cannot be 0; the cell was not used",
    ),
    "unusual-value": (
        "“{field}”{text} 多于 {usual:g}，很少见，请向填报单位核实；照填报采用",
        "“{field}” {text} is more than {usual:g}, which is rare; ask the office. It was used",
    ),
    "fewer-than": (
        "“{field}”{value:g} 少于“{other}”{other_value:g}，很少见，请向填报单位核实；两个数都照填报采用",
        "“{field}” {value:g} is below “{other}” {other_value:g}, which is rare; ask the office. Both were used",
    ),
    "more-cells": (
        "同类情况还有 {cells} 处，不再逐一列出",
        "the same in {cells} more {{cells:place|places}}, not listed one by one",
    ),
    # cells that were used, and how
    "bound-value": (
        "“{field}”一格的“{text}”只写了界限，按 {lo:g} 到 {hi:g} 之间判定",
        "“{text}” of “{field}” is a bound; judged as from {lo:g} to {hi:g}",
    ),
    "at-least-value": (
        "“{field}”一格的“{text}”只写了下限，按至少 {lo:g} 判定",
        "“{text}” of “{field}” states a lower limit alone; judged as {lo:g} or more",
    ),
    "about-value": (
        "“{field}”一格的“{text}”是约数，按 {lo:g} 到 {hi:g} 之间判定",
        "“{text}” of “{field}” is approximate; judged as from {lo:g} to {hi:g}",
    ),
    "sum-value": (
        "“{field}”一格的“{text}”按合计 {value:g} 采用",
        "“{text}” of “{field}” was added up to {value:g}",
    ),
    "bracket-left-out": (
        "“{field}”一格的“{text}”按括号外的数采用",
        "“{text}” of “{field}”: the number outside the brackets was used",
    ),
    "words-left-out": (
        "“{field}”一格的“{text}”按其中的数采用",
        "“{text}” of “{field}”: its number was used",
    ),
    "unit-assumed": (
        "“{field}”一格的“{text}”里的“方”按平方米采用",
        "“{text}” of “{field}” was taken as square metres",
    ),
    "spaced-thousands": (
        "“{field}”一格的“{text}”里的空格按千位分隔，采用 {value:g}",
        "the space in “{text}” of “{field}” was taken as a thousands mark: {value:g}",
    ),
    "none-means-zero": (
        "“{field}”一格的“{text}”按 0 采用",
        "“{text}” of “{field}” was used as 0",
    ),
    "yes-means-one": (
        "“{field}”一格没有写数，按 1 采用",
        "the cell of “{field}” states no number and was counted as 1",
    ),
    "names-counted": (
        "“{field}”一格是名单，按 {count} 采用",
        "the cell of “{field}” is a list of names and was counted as {count}",
    ),
    "name-means-yes": (
        "“{field}”一格写的是名称或地址，按“有”采用",
        "the cell of “{field}” holds a name or address and was taken as yes",
    ),
    "truth-explained": (
        "“{field}”一格的“{text}”带有说明，按开头的是或否采用",
        "“{text}” of “{field}” comes with an explanation; its leading yes or no was used",
    ),
    "not-yet": (
        "“{field}”一格的“{text}”尚未建成，按“否”采用",
        "“{text}” of “{field}” does not stand yet and was taken as no",
    ),
    "weekdays-only": (
        "“{field}”一格的“{text}”只写了工作日，按每天 {hours:g} 小时采用",
        "“{text}” of “{field}” is for working days alone; used as {hours:g} {{hours:hour|hours}} a day",
    ),
    "shortest-day": (
        "“{field}”一格的“{text}”各时段不同，按最短的 {hours:g} 小时采用",
        "“{text}” of “{field}” differs by day or season; the shortest, {hours:g} {{hours:hour|hours}}, was used",
    ),
    "category-by-ending": (
        "“{field}”一格的“{text}”按末尾的“{form}”归类",
        "“{text}” of “{field}” was classed by its ending “{form}”",
    ),
    "all-means-100": (
        "“{field}”一格的“{text}”按 100% 采用",
        "“{text}” of “{field}” was used as 100 %",
    ),
    "cell-unit-differs": (
        "“{field}”一格的“{text}”以“{unit}”计，而这个字段的单位是“{own}”，两者量的不是一回事，未采用",
        "“{text}” of “{field}” is in “{unit}”, which measures something else than “{own}”, the field's unit; not used",
    ),
    "money-without-unit": (
        "“{field}”一列的表头、单位行和格内都没有写明是元还是万元（如“{text}”），{cells} 格未采用；请写明单位",
        "neither header, unit line nor cells of “{field}” say whether it is in yuan or 10,000 yuan (such as "
        "“{text}”); "
        "{cells} {{cells:cell was|cells were}} not used; please state the unit",
    ),
    "open-list": (
        "“{field}”一格的“{text}”以“等”结尾，写明的各项算数，其余不能判定",
        "“{text}” of “{field}” ends with “and others”; what it names counts, the rest cannot be told",
    ),
    "fractions-in-percent-column": (
        "“{field}”的表头是百分数，各格却都不超过 1.5，按小数采用（0.9 即 90%）",
        "the header of “{field}” says percent, yet no cell exceeds 1.5; taken as fractions (0.9 is 90 %)",
    ),
    "percent-column": (
        "“{field}”的表头没有百分号，各格都大于 1.5，按百分数采用",
        "the header of “{field}” has no percent sign and every cell exceeds 1.5; taken as percentages",
    ),
    "fraction-among-percent": (
        "“{field}”一列多为百分数，“{text}”按小数采用",
        "the column “{field}” holds percentages; “{text}” was taken as a fraction",
    ),
}
