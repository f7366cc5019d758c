"""Sentences about assessment sheets that cannot be scored as they stand."""

MESSAGES: dict[str, tuple[str, str]] = {
    "score-id-twice": ("编号“{name}”出现了两次，请改一个", "the id '{name}' is used twice; change one of them"),
    "score-item-amount": (
        "评分项 {item} 要写 weight（计入总分）、bonus（加分）、penalty（扣分）三者之一，且只写一个",
        "the item {item} needs one of weight (part of the total), bonus (on top) and penalty (taken off), and only one",
    ),
    "score-item-way": (
        "评分项 {item} 要说明怎样得分，且只能一种：rule、比较（如 at_least）、tiers、deduct、each、if 或 manual",
        "the item {item} must say in one way how points are earned: rule, a comparison (such as at_least), tiers, "
        "deduct, each, if, or manual",
    ),
    "score-points-negative": ("分值不能是负数", "points cannot be negative"),
    "score-penalty-way": (
        "扣分项 {item} 只能用 rule（规则不合格时扣）、if（条件成立时扣）、each（每个扣）或 manual",
        "the penalty {item} takes rule (taken where the rule fails), if (where the condition holds), each (so many for "
        "each) or manual",
    ),
    "score-if": (
        "if 只用于扣分项和一票否决；得分项 {item} 请写 indicator 和比较，例如 is: true",
        "if goes with penalties and vetoes; for {item} write indicator and a comparison, such as is: true",
    ),
    "score-region-condition": (
        '这张评分表评的是地区（by: {level}），这里的条件要写地区的名称，如 {level} == "东区"，'
        "或汇总函数，如 count() >= 30",
        'this sheet is of regions (by: {level}): the condition takes the name of one, as in {level} == "Camden", '
        "or group functions, as in count() >= 30",
    ),
    "score-deduct": (
        "deduct 是从满分往下扣，只用于 weight；{item} 请用 each",
        "deduct takes points from full marks and goes with weight; for {item} use each",
    ),
    "score-key-beside": ("{name} 不能与 {beside} 一起写，请删去", "{name} says nothing beside {beside}; remove it"),
    "score-indicator": (
        "{name} 要有 indicator（数的是什么）",
        "{name} needs an indicator: what is counted or measured",
    ),
    "score-step": ("这里的数要大于 0", "this number must be above 0"),
    "score-proportional": (
        "points: proportional 按“实际 ÷ 目标”给分，只能与 at_least 或 more_than 一起写；越少越好的请用 tiers 或 deduct",
        "points: proportional earns by observed ÷ target and goes with at_least or more_than; where less is better "
        "use tiers or deduct",
    ),
    "score-section-unknown": (
        "sections 里没有“{name}”[[，最接近的是“{near}”]]",
        "there is no section '{name}'[[; the nearest is '{near}']]",
    ),
    "score-section-missing": (
        "评分项 {item} 没有写 section；可选：{known}",
        "the item {item} has no section; there are: {known}",
    ),
    "score-floor-cap": (
        "floor 和 cap 要在 0 到该项分值 {most} 之间，且 floor 不大于 cap",
        "floor and cap lie between 0 and what the item gives at most ({most}), floor not above cap",
    ),
    "score-none-below": (
        "none_below 是目标的一个比例，写成 60% 这样，不超过 100%[[；现为 {text}]]",
        "none_below is a share of the target, such as 60%, at most 100%[[; here: {text}]]",
    ),
    "score-per": (
        "indicator 是比例，要用 per 写明每多少计一次分，例如 per: 1%",
        "the indicator is a share: say with per for how much of it, such as per: 1%",
    ),
    "score-plain-number": (
        "这里要写一个数或带单位的量，不能是算式：{text}",
        "this is a number or a quantity, not a formula: {text}",
    ),
    "score-tier-points": (
        "每档要有 points：full 或 0 到 {most} 之间的数",
        "each tier needs its points: full, or a number from 0 to {most}",
    ),
    "score-band-two-ends": (
        "{names} 只能写一个，它说明这一端含不含在内",
        "write one of {names}: it says whether this end is included",
    ),
    "score-band-ends": (
        "这一档从哪里到哪里说不清：写 at_least 或 more_than（下端）、below 或 up_to（上端）；只有最后一行可以都不写",
        "where this band begins or ends is not said: write at_least or more_than (lower end), below or up_to (upper "
        "end); only the last row may have neither",
    ),
    "score-band-empty": (
        "这一档里没有任何数：下端不小于上端",
        "nothing lies in this band: its lower end is not below its upper",
    ),
    "score-band-gap": (
        "{other} 与 {end} 之间不属于任何一档；请让两端相接，一端写含、另一端写不含（如 below: 90 和 at_least: 90）",
        "what lies between {other} and {end} is in no band; let them meet, one end included and the other not "
        "(below: 90 and at_least: 90)",
    ),
    "score-band-overlap": (
        "从 {end} 到 {other} 属于两档；请让两端相接，一端写含、另一端写不含（如 below: 90 和 at_least: 90）",
        "what lies from {end} to {other} is in two bands; let them meet, one end included and the other not "
        "(below: 90 and at_least: 90)",
    ),
    "score-band-above": (
        "高于 {end} 的不属于任何一档；请删去最高一档的上端",
        "what lies above {end} is in no band; leave out the upper end of the highest",
    ),
    "score-band-beneath": (
        "低于 {end} 的不属于任何一档；请再加一档（写 below: {end}，或最后一行不写两端）",
        "what lies beneath {end} is in no band; add one (below: {end}, or a last row without ends)",
    ),
    "score-rule-unknown": (
        "没有规则“{name}”[[，最接近的是“{near}”]]",
        "there is no rule '{name}'[[; the nearest is '{near}']]",
    ),
    "score-rule-subjects": (
        "规则 {name} 评的是 {found}，这张评分表评的是 {wanted}，分数对不上；"
        "请改用评同一对象的规则，或在评分项里自写比较",
        "the rule {name} judges {found}, and this score {wanted}; take a rule on the same subjects, or write a "
        "comparison in the item",
    ),
    "score-total": (
        "分值合计 {found}，total 写的是 {stated}，请核对",
        "the weights add up to {found}, and total says {stated}; correct one of them",
    ),
    "score-veto-way": (
        "一票否决要写 rule（规则不合格）或 if（条件成立），且只写一个",
        "a veto needs rule (where it fails) or if (where the condition holds), one of them",
    ),
    "score-grade-unknown": (
        "grades 里没有“{name}”[[，最接近的是“{near}”]]；grade 写被否决者最高能得的等级",
        "there is no grade '{name}'[[; the nearest is '{near}']]; grade says what is the best left under the veto",
    ),
    "score-grade-twice": (
        "等级“{name}”写了两次；请改一个名称，或把两档并成一档",
        "the grade '{name}' stands there twice; rename one of them, or make one band of the two",
    ),
    "lint-score-no-points": (
        "评分项 {item} 最多 0 分，不起作用",
        "the item {item} gives or takes no points at all",
    ),
    "lint-score-constant": (
        "评分项 {item} 无论数据如何得分都一样",
        "the item {item} gives everybody the same points, whatever the data",
    ),
    "lint-score-grade": (
        "等级“{grade}”没有人能达到：最高只有 {highest} 分",
        "nobody reaches the grade '{grade}': the highest score is {highest}",
    ),
    "lint-score-grade-low": (
        "等级“{grade}”没有人会得到：分数不会低于 {highest}",
        "nobody gets the grade '{grade}': no score is below {highest}",
    ),
    "lint-score-veto": (
        "一票否决“{veto}”不起作用：“{grade}”已是最好的等级",
        "the veto '{veto}' has no effect: '{grade}' is the best grade there is",
    ),
}
