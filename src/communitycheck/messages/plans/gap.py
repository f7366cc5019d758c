"""Texts of ``gap``: what has to be added, where, and in whom with least."""

MESSAGES: dict[str, tuple[str, str]] = {
    "gap-title": ("补缺测算", "What has to be added"),
    "gap-how": (
        "“需补”是其他情况不变时，补足途径最少增加多少即可达标；同一对象、同一字段有几条规则的，取其中最大的一个，不相加。",
        "The amounts are the least that a lever has to grow by for a subject to pass, all else as it is; where several "
        "rules ask a subject for one lever, the largest amount counts, not their sum.",
    ),
    "gap-again": (
        "全部补足后已重新判定：应补的 {n} 项都达标。",
        "All of it was judged again with the additions in place: {n} {{n:line passes|lines pass}}.",
    ),
    "gap-again-not": (
        "全部补足后已重新判定：应补的 {n} 项中有 {stuck} 项仍不达标（同一指标还牵涉别的字段，或另有补不了的规则）。",
        "All of it was judged again with the additions in place: of {n} {{n:line|lines}}, {stuck} "
        "{{stuck:does|do}} not pass even so (the indicator hangs on another field as well, or on a rule that no amount "
        "meets).",
    ),
    "gap-passes-no-more": (
        "全部补足后，{rule} 有 {n} 个原来达标的对象反而不达标，请一并考虑。",
        "With all additions in place, {n} {{n:subject that passes|subjects that pass}} {rule} today would not; plan "
        "for {{n:it|them}} as well.",
    ),
    "gap-nothing": ("没有可以补足的缺口。", "There is no gap that an addition could close."),
    "gap-nothing-known": (
        "已能判定的部分没有可以补足的缺口；未能判定的见上，补全后才知道。",
        "Where anything could be judged there is no gap that an addition could close; of the rest, told above, nobody "
        "knows yet.",
    ),
    "gap-advisory": (
        "另有 {n} 条指导性规则未计入，加 --advisory 可一并测算。",
        "{n} advisory {{n:rule is|rules are}} left out; --advisory counts {{n:it|them}} as well.",
    ),
    "gap-sheet-waived": ("已豁免", "Waived"),
    "gap-waived-note": (
        "{n} 项不达标已豁免，不计入需补数和费用，单独列在后面。",
        "{n} {{n:fail is|fails are}} waived: in no amount and no cost here, and listed by {{n:itself|themselves}}.",
    ),
    "gap-heading-waived": ("已豁免、未计入的不达标：{n} 项", "Waived and not counted: {n} {{n:fail|fails}}"),
    "gap-column-would-take": ("如不豁免需补", "would take"),
    "gap-column-days": ("期限", "days"),
    "gap-column-line": ("行", "line"),
    "gap-of-lever": ("{lever} {amount}", "{amount} of {lever}"),
    "gap-kind-waived": ("已豁免，不计入", "waived, not counted"),
    "gap-open-note": (
        "“待查”是资料不全、还不能判定的对象，可能不缺；“至多”是把它们都按最不利计算的数，说不出最多缺多少的，"
        "括号里是这样的对象数。",
        "'Not known' are subjects that could not be judged for want of figures, and may lack nothing; 'at most' counts "
        "the worst of each of them in; where nobody knows that, the number of such subjects stands in brackets.",
    ),
    "gap-heading-levers": ("各字段需补", "What is missing, by lever"),
    "gap-heading-regions": ("{lever}：按{level}汇总", "{lever}, by {level}"),
    "gap-heading-nearest": (
        "{lever}：离达标最近的对象",
        "{lever}: the subjects nearest to their limit",
    ),
    "gap-heading-groups": ("占比和总量还差多少", "What shares and sums lack"),
    "gap-heading-unclosed": ("补不了的缺口", "Gaps that no addition closes"),
    "gap-column-short": ("不达标", "short"),
    "gap-column-add": ("需补", "to add"),
    "gap-column-open": ("待查", "not known"),
    "gap-column-at-most": ("至多", "at most"),
    "gap-column-none": ("补不了", "no amount helps"),
    "gap-column-now": ("现有", "now"),
    "gap-column-least": ("至少需补", "at least"),
    "gap-column-most": ("至多需补", "at most"),
    "gap-column-kind": ("把握", "known"),
    "gap-column-deciding": ("起决定作用的规则", "deciding rule"),
    "gap-column-passes": ("补足后达标", "passes then"),
    "gap-column-then": ("补后", "then"),
    "gap-column-met": ("已达标", "meet it"),
    "gap-column-more": ("还需", "more needed"),
    "gap-column-cheapest": ("补得最少的", "with least"),
    "gap-kind-exact": ("确定", "exactly"),
    "gap-kind-bounded": ("有上下限", "within bounds"),
    "gap-kind-open": ("待查", "not judged"),
    "gap-kind-none": ("补不了", "no amount helps"),
    "gap-kind-later": ("补了别的才缺", "short with the rest added"),
    "gap-none-never": ("补多少也达不到", "however much is added it does not pass"),
    "gap-none-range": ("要补的数超出该字段可能的范围", "it would take more than the field can be"),
    "gap-total": ("合计", "total"),
    "gap-no-end": ("无上限（{n}）", "no upper end ({n})"),
    "gap-more-subjects": ("另有 {n} 个对象[[，{how} 全部列出]]", "{n} more[[; {how} lists all]]"),
    "gap-heading-left": ("其余字段", "The other levers"),
    "gap-left": (
        "还有 {n} 个字段[[：加 {how} 列出其分地区汇总和对象]]",
        "{n} more[[: {how} lists their regions and subjects]]",
    ),
    "gap-more-region-lines": ("另有 {n} 个地区[[，{how} 全部列出]]", "{n} more[[; {how} lists all]]"),
    "gap-not-known": ("待查", "not known"),
    "gap-again-elsewhere": (
        "有 {n} 行是同一对象的重复记录，未重复计入。",
        "{n} {{n:row is|rows are}} of a subject that another row stands for, and {{n:is|are}} not added up.",
    ),
    "gap-any": ("任意 {n} 个", "any {n} of them"),
    "gap-unclosed": (
        "{rule}：{n} 个不达标，没有可补的数（规则没有补足途径，或不是多了就达标）",
        "{rule}: {n} {{n:fails|fail}}, and there is no amount to add (it has no lever, or more does not help)",
    ),
    "gap-blocked": (
        "{rule}：{n} 个不达标，{why}",
        "{rule}: {n} {{n:fails|fail}}; {why}",
    ),
    "costs-lever": (
        "没有可以补足的字段“{lever}”[[，最接近的是“{near}”]]",
        "there is no numeric field '{lever}'[[; the nearest is '{near}']]",
    ),
    "costs-unit": (
        "“{written}”不是 {lever} 的单价；请写成每一单位多少钱，如 {right}",
        "'{written}' is no price of {lever}; write money for one unit of it, such as {right}",
    ),
    "costs-twice": (
        "{lever} 的“{method}”写了两次",
        "the method '{method}' of {lever} is there twice",
    ),
    "gap-heading-costs": ("各办法要多少钱", "What it costs"),
    "gap-column-cost": ("费用", "cost"),
    "gap-column-cost-least": ("费用至少", "cost at least"),
    "gap-column-cost-most": ("费用至多", "cost at most"),
    "gap-column-method": ("办法", "method"),
    "gap-column-price": ("单价", "price"),
    "gap-column-running": ("每年运行费", "running cost a year"),
    "gap-cost-total": (
        "各项取最便宜的办法，合计 {n}。",
        "With the cheapest method of each lever: {n} in all.",
    ),
    "gap-cost-without": ("没有单价、未计入费用：{levers}。", "Without a price, and in no sum of money: {levers}."),
    # a budget
    "budget-title": ("预算安排", "What the budget does"),
    "budget-label": ("预算", "budget"),
    "budget-label-objective": ("目标", "objective"),
    "budget-label-spent": ("花费", "spent"),
    "budget-spent": ("{n}，余 {rest}", "{n}; {rest} left over"),
    "budget-objective-most-communities": (
        "达标的对象最多：从最省的补起，没有别的安排能补齐更多对象",
        "most-communities: the cheapest first, so that no other choice brings more subjects over their limits",
    ),
    "budget-objective-most-people": (
        "受益的居民最多",
        "most-people: those in whom most people live, for what they take together",
    ),
    "budget-objective-worst-first": (
        "先补差得最远的：现有数占应有数的比例最低的在前，剩下的钱补不起的跳过",
        "worst-first: first those that have least of what they need; one that what is left does not pay "
        "for is passed over",
    ),
    "budget-objective-share-target": (
        "占比达标的地区最多：每个地区补最省的几个，补起来最省的地区在前",
        "share-target: the cheapest members of each region until its share is reached, the cheapest region first",
    ),
    "budget-done": ("补齐 {n}（可补的共 {of}）。", "It closes the gaps of {n}, of {of} that it could go to."),
    "budget-done-share": (
        "使 {n} 符合占比所要求的条件（可补的共 {of}）。",
        "It brings {n} to meet what the share counts, of {of} that it could go to.",
    ),
    "budget-elsewhere-share": (
        "其中 {n} 个还有别的不达标项。",
        "{n} of them {{n:misses|miss}} other limits all the same.",
    ),
    "budget-people": ("受益 {n}，可补对象共 {of}。", "{n} live there, of {of} where it could go."),
    "budget-people-exact": ("没有别的安排能惠及更多。", "No other choice reaches more."),
    "budget-people-bound": (
        "未能证明最优：任何安排至多惠及 {n}，相差不到 {share}。",
        "It is not proved the best: no choice reaches more than {n}, so that at most {share} are missed.",
    ),
    "budget-people-unknown": (
        "有 {n} 个对象不知道住了多少人，未安排。",
        "Of {n} nobody knows how many live there; the budget does not go to them.",
    ),
    "budget-elsewhere": (
        "补齐的对象中有 {n} 个还有这笔预算不管的不达标项。",
        "{n} of them {{n:misses|miss}} other limits, which this budget does not pay for.",
    ),
    "budget-methods": (
        "费用按各项最便宜的办法计，不含每年运行费：{methods}。",
        "Priced with the cheapest method of each lever, without running costs: {methods}.",
    ),
    "budget-leaves": (
        "未能顾及 {n}，补齐还需 {amount}。",
        "It leaves {n}, which would take another {amount}.",
    ),
    "budget-without-helpless": (
        "另有 {n} 个用这笔预算能补的，补多少也不能达标，未安排。",
        "{n} more would not pass with any amount of what this budget pays for; it does not go to them.",
    ),
    "budget-without-loses": (
        "另有 {n} 个补齐后，现在达标的某项反而不再达标，而这笔预算补不了那一项，未安排。",
        "{n} more would then miss a limit that {{n:it meets|they meet}} today, and that this budget does not pay for; "
        "it does not go to {{n:it|them}}.",
    ),
    "budget-without-beside": (
        "另有 {n} 个单独补能达标，与其他安排同时落实后不能，未安排。",
        "{n} more would pass alone and {{n:does|do}} not with all else that is bought in place; it does not go to "
        "{{n:it|them}}.",
    ),
    "budget-after": (
        "落实后，现在达标的 {n} 个对象将不再符合 {rule}。",
        "With all that it buys in place, {n} other {{n:subject|subjects}} or {{n:group|groups}} that {{n:passes|pass}} "
        "{rule} today would not.",
    ),
    "budget-without-endless": (
        "另有 {n} 个因资料不全，说不出最多要补多少，未安排。",
        "Of {n} more nobody knows how much they need at most, for want of figures; it does not go to them.",
    ),
    "budget-heading-groups": ("{rule}：各地区能否达到", "{rule}: where the share is reached"),
    "budget-heading-regions": ("预算安排：按{level}汇总", "The budget, by {level}"),
    "budget-heading-chosen": ("预算补齐的对象", "Whom the budget goes to"),
    "budget-heading-left": (
        "预算未能顾及的对象，差得最远的在前",
        "Whom it leaves, the worst off first",
    ),
    "budget-column-takes": ("要花", "takes"),
    "budget-column-reached": ("达到", "reached"),
    "budget-column-chosen": ("补齐", "closed"),
    "budget-column-spent": ("花费", "spent"),
    "budget-column-left": ("未顾及", "left"),
    "budget-column-lacking": ("还需", "would take"),
    "budget-column-has": ("现有占应有", "has"),
    "budget-too-few": ("可补的不够", "too few to add to"),
    "gap-column-chosen": ("预算补齐", "in the budget"),
    "budget-objective": (
        "没有“{value}”这个目标[[，最接近的是“{near}”]]；可用：{known}",
        "there is no objective '{value}'[[; the nearest is '{near}']]; there are {known}",
    ),
    "budget-missing": (
        "--objective {value} 说的是预算怎么花，请同时用 --budget 给出预算",
        "--objective {value} says what a budget is spent for; give one with --budget",
    ),
    "budget-amount": (
        "--budget “{value}”不是数额[[，是不是“{near}”]]；请写成 5000 m2、300万元，或“字段=数额”",
        "--budget '{value}' is no amount[[; perhaps '{near}']]; write 5000 m2, 3000000 yuan, or LEVER=AMOUNT",
    ),
    "budget-lever": (
        "--budget “{value}”：没有缺这个字段的对象；缺的有：{known}",
        "--budget '{value}': nobody lacks that; what is missing: {known}",
    ),
    "budget-unit": (
        "--budget “{value}”：缺的东西都不用这个单位；可以写：{known}",
        "--budget '{value}': nothing that is missing is measured so; it could be: {known}",
    ),
    "budget-several": (
        "--budget “{value}”有几种意思，请写明是哪一种：{known}",
        "--budget '{value}' can mean several things; write which: {known}",
    ),
    "budget-no-prices": (
        "--budget “{value}”是钱数，需要单价；请用 --costs 给出单价文件",
        "--budget '{value}' is money, which takes prices; give a file of them with --costs",
    ),
    "budget-no-price-fits": (
        "--budget “{value}”：单价文件里没有所缺各项的单价，这笔钱花不出去；缺的是：{known}",
        "--budget '{value}': no price is given for anything that is missing, so that it cannot be spent; what is "
        "missing: {known}",
    ),
    "budget-kinds": (
        "--objective most-people：缺口涉及几种对象（{kinds}），同一个人会重复计算；请用 --select 选定一种对象的规则",
        "--objective most-people: the gaps are of several kinds of subject ({kinds}), and who lives in one lives in "
        "the other; pick the rules of one kind with --select",
    ),
    "budget-no-people": (
        "--objective most-people：报表没有居民数的列；需要其中之一：{fields}",
        "--objective most-people: no column says how many people live there; it takes one of {fields}",
    ),
    "budget-no-share": (
        "--objective {value}：没有这样的占比缺口[[；可以写：{known}]]",
        "--objective {value}: no such share falls short[[; it could be {known}]]",
    ),
    "budget-share-unknown": (
        "--objective share-target:{name}：所用标准里没有规则“{name}”[[，最接近的是“{near}”]][[；可以写：{known}]]",
        "--objective share-target:{name}: the standards in use have no rule '{name}'[[; the nearest is '{near}']]"
        "[[; it could be {known}]]",
    ),
    "budget-shares": (
        "--objective share-target 可指几项占比，请写明是哪一项：{known}",
        "--objective share-target can mean several shares; write which: {known}",
    ),
    # another year
    "projection-grows": (
        "测算 {year} 年的缺口：{fields}每年增长 {rate}（复利，从各自数据的年份算起，取整），其余数字不变。",
        "The gap of {year}: {fields} grow by {rate} a year, compounded from the year of the figures and rounded to "
        "whole numbers; all else stays as it is.",
    ),
    "projection-column-used": (
        "测算 {year} 年的缺口：{field}取自“{heading}”列。",
        "The gap of {year}: {field} as the column '{heading}' gives it.",
    ),
    "projection-without": (
        "{sheets} 没有这一列，其中的这个字段是现在的数，未使用。",
        "Where that column is missing, the field as it is today is not used: {sheets}.",
    ),
    "projection-no-year": (
        "{option} 说的是今后的数，请用 --at 给出年份，如 --at 2030",
        "{option} is about a year to come; give it with --at, such as --at 2030",
    ),
    "projection-nothing": (
        "--at {year}：请用 --growth 给出每年的增长率，或用 --projection 指出该年的数在哪一列",
        "--at {year}: give the growth a year with --growth, or the column of that year's figures with --projection",
    ),
    "projection-year-none": ("--at {value} 不是年份；请写成 2030", "--at {value} is no year; write 2030"),
    "projection-rate": (
        "--growth “{value}”不是增长率；请写成 2%（下降写 -1%）",
        "--growth '{value}' is no rate; write 2% (-1% where they become fewer)",
    ),
    "projection-rate-odd": (
        "--growth “{value}”超出常理；每年增长应在 {low} 与 {high} 之间",
        "--growth '{value}' is beyond reason; a year's growth lies between {low} and {high}",
    ),
    "projection-other": (
        "--projection：“{value}”这一列说的是 {other}，不能当作 {field}；请写 {other}={value}，或另指一列",
        "--projection: the column '{value}' gives {other} and not {field}; write {other}={value}, or name another "
        "column",
    ),
    "projection-form": (
        "--projection “{value}”请写成“字段=列名”，每个字段一次，如 户数=2030年预测户数",
        "--projection '{value}': write FIELD=COLUMN, each field once, such as households=2030 households",
    ),
    "projection-field": (
        "--projection：没有可以推算的字段“{value}”[[，最接近的是“{near}”]]",
        "--projection: there is no numeric field '{value}'[[; the nearest is '{near}']]",
    ),
    "projection-column": (
        "--projection：报表没有“{value}”这一列[[，最接近的是“{near}”]]",
        "--projection: no return has a column '{value}'[[; the nearest is '{near}']]",
    ),
    "projection-past": (
        "{path} 的数据是 {stated} 年的，--at {year} 不在其后",
        "the figures of {path} are of {stated}; --at {year} is not after it",
    ),
    "projection-year-unknown": (
        "{path} 没有写明是哪一年的数据，无从推算；请用 --as-of 给出数据的日期，如 --as-of 2023-12-31",
        "{path} does not say of which year its figures are; give their day with --as-of, such as --as-of 2023-12-31",
    ),
    # the workbook
    "gap-sheet-summary": ("汇总", "Summary"),
    "gap-sheet-prices": ("单价", "Prices"),
    "gap-sheet-prices-note": (
        "每项第一行的单价用于全簿的费用；改这里的数，费用随之改变。",
        "The first price of each lever is the one that all costs are worked out with: change it here, and they follow.",
    ),
    "gap-sheet-groups": ("占比和总量", "Shares and sums"),
    "gap-sheet-all": ("全部对象", "All subjects"),
    "gap-sheet-subjects": ("各对象", "Subjects"),
    "gap-sheet-sum-lever": ("补足途径", "lever"),
    "gap-sheet-sum-unit": ("单位", "unit"),
    "gap-sheet-sum-short": ("不达标", "short"),
    "gap-sheet-short": ("不达标", "short"),
    "gap-sheet-add": ("需补", "to add"),
    "gap-sheet-most": ("至多", "at most"),
    "gap-sheet-endless": ("无上限", "no upper end"),
    "gap-sheet-price": ("单价（元）", "price (yuan)"),
    "gap-sheet-cost": ("费用至少（元）", "cost at least (yuan)"),
    "gap-sheet-cost-most": ("费用至多（元）", "cost at most (yuan)"),
    "gap-sheet-given": ("预算补", "in the budget"),
    "gap-sheet-where": ("出处", "place"),
    "gap-sheet-again": ("重复记录，未计", "listed again, not added up"),
    "gap-sheet-too-many": (
        "对象和字段共 {n} 行，一个工作簿列不下；请用 CSV 或 JSON，或按地区分开测算。",
        "{n} {{n:line|lines}} of subjects and levers are too many for a workbook; take CSV or JSON, or one region at a "
        "time.",
    ),
    # the page
}
