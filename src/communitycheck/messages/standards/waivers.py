"""Sentences about files of waivers that cannot be applied as they stand, and about what to look at in them."""

MESSAGES: dict[str, tuple[str, str]] = {
    "waiver-rule-unknown": (
        "没有规则“{rule}”[[，是否想写“{near}”？]]",
        "there is no rule '{rule}'[[; did you mean '{near}'?]]",
    ),
    "waiver-rule-elsewhere": (
        "规则 {rule} 属于标准 {standard}，本次检查的标准（{judged}）不含它；请删去这一条，或加上 -s {standard}",
        "the rule {rule} is of the standard {standard}, which is not judged by here (judged: {judged}); take the "
        "waiver out, or judge by that standard too: -s {standard}",
    ),
    "waiver-blank": (
        "这里不能为空：豁免要有理由和批准人",
        "this cannot be empty: a waiver has a reason and an approver",
    ),
    "waiver-days": (
        "截止日 {until} 早于开始日 {start}，请核对",
        "the last day {until} lies before the first {start}; check both",
    ),
    "waiver-subject": (
        '对象要写 code、name、pattern 三者之一，且只写一个，例如 {{code: "210102001003"}} 或 '
        "{{name: 甲社区, region: 沈阳市和平区}}",
        'a subject takes one of code, name and pattern, and only one, as in {{code: "210102001003"}} or '
        "{{name: Old Town, region: Camden}}",
    ),
    "waiver-region-missing": (
        "“{name}”可能不止一个，请写明所在地区，例如 {{name: {name}, region: 沈阳市和平区}}，或改写代码",
        "there may be several called '{name}': say in which region, as in {{name: {name}, region: Camden}}, or give "
        "the code instead",
    ),
    "waiver-region-code": (
        "没有代码为“{found}”的地区，请写 6 位行政区划代码或名称",
        "no region has the code '{found}'; write its six digits or its name",
    ),
    "waiver-lint-manual": (
        "这条规则要人工核查，不会判为不达标，用不上豁免",
        "this rule is checked by hand and never fails; there is nothing to waive",
    ),
    "waiver-lint-no-end": (
        "没有写截止日（until），会一直有效；请写上",
        "it has no last day (until) and holds for ever; give one",
    ),
    "waiver-lint-expired": (
        "已于 {until} 到期（按 {day}）；请续期或删去",
        "it expired on {until} (as of {day}); renew it or take it out",
    ),
    "waiver-lint-expiring": ("将于 {until} 到期，不到 30 天", "it expires on {until}, in 30 days or less"),
    "waiver-lint-remedy-late": (
        "整改期限 {day} 晚于豁免截止日 {until}：其间照样计为不达标；请核对",
        "it is to be mended by {day}, after its last day {until}: between the two the fail counts; check both",
    ),
    "waiver-lint-everybody": (
        "没有写地区，所有对象的这条规则都会被豁免；请写明地区",
        "without a region it waives the rule for everybody; say in which region",
    ),
    "waiver-lint-no-document": ("没有写文号（document）", "it names no document"),
    "waiver-twice": (
        "与第 {first} 行起的豁免重复：规则、对象相同，期限重叠；请删去一个，或改开期限",
        "this is the waiver of line {first} again: the same rule and subject, and their days overlap; remove one of "
        "the two, or part their days",
    ),
}
