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
    "gap-advisory": (
        "另有 {n} 条指导性规则未计入，加 --advisory 可一并测算。",
        "{n} advisory {{n:rule is|rules are}} left out; --advisory counts {{n:it|them}} as well.",
    ),
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
    "gap-none-never": ("补多少也达不到", "however much is added it does not pass"),
    "gap-none-range": ("要补的数超出该字段可能的范围", "it would take more than the field can be"),
    "gap-total": ("合计", "total"),
    "gap-no-end": ("无上限（{n}）", "no upper end ({n})"),
    "gap-more-subjects": ("另有 {n} 个对象，--details 全部列出", "{n} more; --details lists all"),
    "gap-heading-left": ("其余字段", "The other levers"),
    "gap-left": (
        "还有 {n} 个字段：加 --details 列出其分地区汇总和对象",
        "{n} more: --details lists their regions and subjects",
    ),
    "gap-more-region-lines": ("另有 {n} 个地区，--details 全部列出", "{n} more; --details lists all"),
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
}
