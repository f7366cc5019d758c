"""Sentences of ``rules lint``."""

MESSAGES: dict[str, tuple[str, str]] = {
    "lint-table-unused": ("没有规则用到表 {table}", "no rule uses the table {table}"),
    "lint-table-no-clause": ("表 {table} 没有写条款（clause）", "the table {table} cites no clause"),
    "lint-table-category": (
        "表 {table} 没有 {field} 的这些值：{values}；这样的对象将无法判定",
        "the table {table} has no row for these values of {field}: {values}; such subjects get no data",
    ),
    "lint-field-redefined": (
        "字段 {name}（{label}）数据字典里已有，在本标准里以这里的写法为准；若指另一件事，请换个名字",
        "the field {name} ({label}) stands in the data dictionary, and this takes its place in this standard; give it "
        "another name if it is something else",
    ),
    "lint-field-heading": (
        "列名“{heading}”已是数据字典里字段 {other} 的；用本标准时，报表里的这一列只要填的能读作 {name} 就读作 {name}；"
        "同一件事请直接用 {other}",
        "the heading '{heading}' means the field {other} of the data dictionary; with this standard such a column is "
        "read as {name} wherever its cells can be; use {other} where it is the same",
    ),
    "lint-cut-text": (
        "空格后的 # 起是注释，这里只读到 # 之前；是文字的一部分请加引号：{near}；是注释请在 # 后空一格",
        "a # behind a blank begins a comment, and only what stands before it is read; where it is part of the text put "
        "it in quotes: {near}; where it is a comment put a blank after #",
    ),
    "lint-id-case": (
        "规则编号 {rule} 与 {other}（{at}）只有大小写不同；--select 和 --rule 不分大小写，分不开两条；请改一个编号",
        "the rule ids {rule} and {other} ({at}) differ only in case, and --select and --rule take either for both; "
        "give one of the rules another id",
    ),
    "lint-name-case": (
        "{name} 与 {other} 只有大小写不同，在公式里容易混淆；请把其中一个改名，同一件事只留一个",
        "{name} and {other} differ only in case, and one is easily written for the other in a formula; rename one of "
        "them, or keep one where both are the same",
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
    "lint-limit-late": (
        "{first} 之前没有限值，而标准自 {start} 起生效：在那之前本规则不核查任何对象；"
        "一开始就有限值的，请加一项不写 from 的",
        "no limit before {first}, though the standard is in force from {start}: until then the rule judges nobody; "
        "where there is a limit from the beginning, add an item without from",
    ),
    "lint-value-late": (
        "参数 {name} 在 {first} 之前没有值，在那之前用到它的规则无法判定（no_data）：{rules}；"
        "请加一项不写 from 或 from 更早的，或核对 in_force",
        "the parameter {name} has no value before {first}, and until then rules that use it give no data: {rules}; add "
        "an item without from or with an earlier one, or check in_force",
    ),
    "lint-row-late": (
        "表 {name} 有的行在 {first} 之前没有值，在那之前用到它的规则对这些对象无法判定（no_data）：{rules}；"
        "请加一项不写 from 或 from 更早的，或核对 in_force",
        "rows of the table {name} have no value before {first}, and until then rules that use them give no data: "
        "{rules}; add an item without from or with an earlier one, or check in_force",
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
    "lint-implied-above-zero": (
        "{divisor} 不为 0 时，规则 {rule}（{required}）多余：满足 {other}（{other_required}）就必然满足它，参见 {at}；"
        "为 0 时相除的一条不适用（被除数大于 0 时不满足任何上限），它却照常判定；不要这一点的请删去",
        "where {divisor} is not 0, rule {rule} ({required}) adds nothing: whatever meets {other} ({other_required}) "
        "meets it too; see {at}; over 0 a quotient does not apply (or, of more than 0, is beyond any upper limit), "
        "and this rule judges on: take it away unless that is wanted",
    ),
    "lint-same-above-zero": (
        "{divisor} 不为 0 时，规则 {rule}（{required}）与 {other}（{other_required}）要求相同，参见 {at}；"
        "为 0 时相除的一条不适用（被除数大于 0 时不满足任何上限），另一条照常判定；请按为 0 时该怎样判保留一条",
        "where {divisor} is not 0, rule {rule} ({required}) asks the same as {other} ({other_required}); see {at}; "
        "over 0 a quotient does not apply (or, of more than 0, is beyond any upper limit), and the other judges on: "
        "keep the one that says what is wanted there",
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
    "lint-related-left": (
        "含有相同字段的规则太多，另有 {count} 对不同指标的规则未作比较；请把规则分到几份标准里",
        "too many rules share fields: {count} further {{count:pair|pairs}} of rules on different indicators "
        "{{count:was|were}} not compared; part the rules among several standards",
    ),
    "lint-chain-left": (
        "有 {count} 条规则由共同的字段连在一起，超过 {most} 条的不推断能否同时达标；请把规则分到几份标准里，或人工核对",
        "{count} {{count:rule hangs|rules hang}} together by fields; whether more than {most} can all be "
        "met is not worked out: part the rules among several standards, or look for yourself",
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
    "lint-weaker-explainable": (
        "上级标准 {parent} 不接受用报表的情况说明免除此条，这里接受",
        "in {parent} no explanation in a return excuses this rule; here one does",
    ),
    "lint-weaker-manual": (
        "上级标准 {parent} 自动核查此条，这里改为人工核查",
        "{parent} judges this rule from returns; here it becomes manual",
    ),
    "lint-weaker-parameter": (
        "参数 {parameter} 使规则 {rule} 低于上级标准 {parent}：由 {old} 变为 {new}",
        "the parameter {parameter} makes rule {rule} weaker than in {parent}: from {old} to {new}",
    ),
    "lint-weaker-table": (
        "表 {table} 使规则 {rule} 低于上级标准 {parent}：其中一行由 {old} 变为 {new}",
        "the table {table} makes rule {rule} weaker than in {parent}: a row goes from {old} to {new}",
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
        "“{indicator}”旁边的 {limit} 没有写单位，按字段声明的单位理解，即 {near}；请写明单位",
        "{limit} beside '{indicator}' has no unit and is read in the one that the field declares, as {near}; state the "
        "unit",
    ),
    "lint-plain-factor": (
        "与“{indicator}”相乘除的 {limit} 没有写单位，按纯倍数理解（声明的单位已自动换算）；如果是每多少的多少，请写明，"
        "如 {near}",
        "the factor {limit} of '{indicator}' has no unit, so it is a plain factor (declared units are "
        "converted without it); if it says how much there is to how many, write {near}",
    ),
    "lint-converts-twice": (
        "与“{indicator}”相乘除的 {limit} 正是两个声明的单位之间的换算，而换算会自动进行；请去掉 {limit}",
        "{limit} behind '{indicator}' is what lies between the two declared units, which are converted without it; "
        "leave {limit} out",
    ),
    "lint-lost-unit": (
        "{limit} 没有写单位，按 {read} 理解，而 {field} 的合理值（{range}）都比它大；请写明单位，如 {near}",
        "{limit} has no unit and is read as {read}, but all plausible values of {field} ({range}) are above it; state "
        "the unit that is meant, such as {near}",
    ),
    "lint-outside-range": (
        "{limit} 没有写单位，按 {read} 理解，而 {field} 的合理值（{range}）全在它的同一侧；请写明单位",
        "{limit} has no unit and is read as {read}, but all plausible values of {field} ({range}) lie on one side of "
        "it; state the unit that is meant",
    ),
    "lint-small-bands": (
        "表的分档没有写单位，最高一档止于 {read}，而 {field} 可达 {most}；请写明单位，如 {near}",
        "the ranges of the table state no unit and end at {read}, though {field} goes up to {most}; state the unit "
        "that is meant, such as {near}",
    ),
    "lint-per-one": (
        "{required} 对有 {size} 的对象已不可能：按字段的合理范围，“{indicator}”至多 {highest}；"
        "请看单位是不是漏写了“每百”“每千”",
        "{required} cannot be met where there are {size}: by the plausible ranges of the fields, '{indicator}' is at "
        "most {highest} there; see whether the unit lacks a per 100 or per 1000",
    ),
    "lint-tiny-limit": (
        "“{indicator}”以{unit}计，{limit} 与之相比微不足道；若是 {near} 请改写，确是这么少的，请用字段的单位写",
        "'{indicator}' is kept in {unit}, beside which {limit} is next to nothing; see whether {near} is meant, and if "
        "not, write it in the unit of the field",
    ),
    "lint-huge-limit": (
        "“{indicator}”以{unit}计，{limit} 大出几个数量级；若是 {near} 请改写，确是这么多的，请用字段的单位写",
        "'{indicator}' is kept in {unit}, beside which {limit} is of another order; see whether {near} is meant, and "
        "if not, write it in the unit of the field",
    ),
    "lint-fraction-of-one": (
        "“{indicator}”是逐个计数的，{limit} 带有小数；请核对，若是 {near} 请改写，否则请写整数",
        "'{indicator}' is counted one by one, and {limit} is a fraction; see whether {near} is meant, and if "
        "not, write a whole number",
    ),
    "lint-too-many-each": (
        "“{indicator}”旁边的 {limit} 是对每一个而言的，谁都不会有这么多；若是 {near} 请改写；"
        "确是这么多的，请写成每百或每千多少",
        "{limit} beside '{indicator}' is so much for every single one, which nobody has; see whether {near} is meant, "
        "and if it is not, write it per 100 or per 1000",
    ),
    "lint-more-than-all": (
        "“{indicator}”旁边的 {limit} 比全部的时间还多（一天 24 小时，一年 366 天）[[；若是 {near} 请改写]]",
        "{limit} beside '{indicator}' is more than there is (a day has 24 hours, a year 366 days)[[; see whether "
        "{near} is meant]]",
    ),
    "lint-upside-down": (
        "“{indicator}”是全部居民除以其中一些人，一般不小于 100%，而限值是{required}；若要的是所占的比例，请写 {near}",
        "'{indicator}' divides all residents by some persons and is hardly ever under 100%, and the limit is "
        "{required}; where the share is meant, write {near}",
    ),
    "lint-bare-one": (
        "“{indicator}”是比值，旁边的 {limit} 按 100% 理解；要的是全部请写 100%（倍数写 1 ratio），"
        "要的是百分之一请写 1%",
        "'{indicator}' is a share, and {limit} beside it is read as 100%; write 100% (of a multiple 1 ratio) where the "
        "whole is meant, and 1% where a hundredth is",
    ),
    "lint-per-field": (
        "{limit} 除以“{indicator}”，是除以它的数；若是每一个多少，请写单位 {near}",
        "{limit} is divided by the number in '{indicator}'; where so much for each is meant, write {near}",
    ),
    "lint-bare-dividend": (
        "除以“{indicator}”的 {limit} 没有写单位，看不出是什么的量；请写明单位，如 {near}",
        "{limit} divided by '{indicator}' has no unit, so that nothing says of what it is so much; state its unit, "
        "such as {near}",
    ),
    "lint-wide-tolerance": (
        "tolerance: {tolerance} 即 {read}，不小于“{indicator}”所对照的 {most}，填 0 也算相符；请核对数字和单位",
        "tolerance: {tolerance} is {read}, no less than what '{indicator}' is held to ({most}), so that even 0 "
        "passes; check the number and its unit",
    ),
    "lint-wide-share": (
        "tolerance: {tolerance} 允许“{indicator}”与限值相差整整一倍，填 0 也算相符；请核对",
        "by tolerance: {tolerance} '{indicator}' may differ from the limit by all of it, so that even 0 passes; "
        "check it",
    ),
    "lint-tolerance-unit": (
        "“{indicator}”以小得多的单位计，tolerance: {tolerance} 即 {read}；请核对单位，确是这么多的请写成 {read}",
        "'{indicator}' is kept in a far smaller unit, and tolerance: {tolerance} is {read}; see whether that unit is "
        "meant, and if so, write {read}",
    ),
    "lint-growth": (
        "“{indicator}”是本期与上期之比，{required} 只要不少于上期的这么一小部分就达标；要的是增长，请写“{near}”",
        "'{indicator}' is this period's figure as a part of the one before, and {required} is met by a small part; "
        "if growth is meant, write {near}",
    ),
    "lint-growth-part": (
        "{required} 只要“{indicator}”不少于上期的这么一小部分就达标；要的是增长，请写“{near}”",
        "{required} is met by so small a part of what '{indicator}' was the period before; if growth is meant, write "
        "{near}",
    ),
    "lint-growth-base": (
        "“{indicator}”把增量除以本期数；增长率是对上期而言的，请写“{near}”",
        "'{indicator}' divides the change by this period's figure; growth is counted from the one before: write {near}",
    ),
    "lint-other-things": (
        "“{indicator}”以{one}计，{limit} 以{other}计，限值却要求二者数目相等或在其间；若是一一对应，请写"
        "“{indicator} / {limit}”与 {near}，若是不少于，请用 at_least",
        "'{indicator}' is in {one} and {limit} in {other}, yet their numbers are held to be the same; where one goes "
        "to each, write '{indicator} / {limit}' with {near}, and where there may be more, at_least",
    ),
    "lint-small-percent": (
        "{limit} 不到百分之一；若指 {near}，请照此写；确实不到百分之一的，写成 {same}",
        "{limit} is less than a percent; if {near} is meant, write so, and if not, write {same}",
    ),
    "lint-percent-table": (
        "表 {table} 的 unit 是 %，各数却都不大于 1，按百分之零点几理解；若指比例，请删去 unit 或写成 95 这样的百分数",
        "the unit of the table {table} is %, yet none of its numbers is above 1, so that they are less than a percent; "
        "for parts of one leave the unit out, or write percentages such as 95",
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
    "lint-full-years": (
        "“{span}”不满一年（月）的按天数计，17 岁零一天已超过 17；按周岁、满月计请写 {near}",
        "in '{span}' one that is begun counts by its days, so that a day more is beyond a whole number; for full ones "
        "(an age in years) write {near}",
    ),
    "lint-span-one-sided": (
        "{end} 早于 {start} 时“{span}”为负，同样达标；请写 {near}；提前也算达标的，请用 between 写出负的下限",
        "where {end} is before {start}, '{span}' is below zero and passes as well; write {near}; if before is right "
        "too, say so by a lower end below zero (between)",
    ),
    "lint-span-beside": (
        "{end} 早于 {start} 时“{span}”为负，同样达标；请另加一条规则（{near}）；"
        "提前也算达标的，请用 between 写出负的下限",
        "where {end} is before {start}, '{span}' is below zero and passes as well; write a rule beside it ({near}); "
        "if before is right too, say so by a lower end below zero (between)",
    ),
    "lint-division-unknown": (
        "“{text}”不在标准列出的地区（divisions）之中；是不是“{near}”？",
        "'{text}' is none of the regions that the standard lists (divisions); did you mean '{near}'?",
    ),
    "lint-muted": (
        "违反本规则的数都超出规则 {other} 的合理范围（plausible），对任何规则都不采用，因此本规则只会是无法判定，"
        "不会不达标；要判不达标，请放宽或删去那个范围",
        "whatever breaks this rule lies outside the plausible range of rule {other} and is used by no rule, so that "
        "this one answers no_data and never fails; where it is to fail, widen that range or leave it out",
    ),
    "lint-no-clause": ("规则 {rule} 没有写条款（clause）", "rule {rule} cites no clause"),
    "lint-no-document": ("没有写所依据的文件（source.document）", "no document is cited (source.document)"),
    "lint-parameter-no-clause": ("参数 {parameter} 没有写条款（clause）", "the parameter {parameter} cites no clause"),
    "lint-parameter-unused": ("没有规则用到参数 {parameter}", "no rule uses the parameter {parameter}"),
    "lint-above-entity": (
        "above({field}) 查不到：above 只问对象所在地区（乡镇街道、县、市、省）的表，{field} 只在 {entities} 的报表里；"
        "请把该数字也列为本对象报表的一列，或写核查该地区的规则",
        "above({field}) is never found: above asks the sheets of regions (street, county, city, province), and {field} "
        "is found on sheets of {entities} alone; give the figure in a column of the rule's own subjects, or write the "
        "rule for a region",
    ),
    "lint-field-entity": (
        "字段 {field} 只出现在 {entities} 的报表里，本规则核查的是 {entity}，将无从核查；"
        "是上级地区的表时，写成核查该地区的规则（applies_to 写它，equals: sum(…)），或写 above({field})",
        "the field {field} is found on sheets of {entities}, but this rule judges a {entity}: it is never checked; "
        "where that is the sheet of the region above, write the rule for it (applies_to, equals: sum(...)), "
        "or above({field})",
    ),
    "lint-sum-own": (
        "{call} 汇总的是各 {entity} 辖内 {below} 的报表，那里没有 {field}，谁也得不到结果；"
        "要本级自己报的数，请直接写 {field}；要汇总同一 {wider} 的各 {entity}，请写 by: [{wider}]",
        "{call} is taken over every {below} in each {entity}, and no {below} sheet has {field}, so that nobody gets "
        "an answer; for the figure that each {entity} states for itself write {field} alone, and by: [{wider}] to "
        "take together every {entity} of one {wider}",
    ),
    "lint-sum-below": (
        "没有写 by：{call} 只对 {entity} 报表里列出的各 {entity} 计算，汇总其辖内的 {below}，没有列出的不核查；"
        "要核查辖内有 {below} 的每个 {entity}，请写 applies_to: {below} 和 by: [{entity}]",
        "without by, {call} is taken for each {entity} that a sheet of its own lists, over every {below} in it, and "
        "no other is judged; to judge each {entity} in which there is a {below}, write applies_to: {below} and "
        "by: [{entity}]",
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
    # the listing
    "lint-error": ("错误", "error"),
    "lint-warning": ("警告", "warning"),
    "lint-info": ("提示", "note"),
    "lint-line": ("{place}：{level}：{text}", "{place}: {level}: {text}"),
    "lint-summary": (
        "文件 {files} 个，错误 {errors} 个，警告 {warnings} 个，提示 {infos} 条",
        "files: {files}; errors: {errors}; warnings: {warnings}; notes: {infos}",
    ),
}
