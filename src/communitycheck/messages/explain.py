"""Sentences of ``explain``: how one verdict came about, and what would change it."""

MESSAGES: dict[str, tuple[str, str]] = {
    "explain-waiver": (
        "{path} 第 {line} 行（{subject}）：{state}，{days}[[；{terms}]]",
        "{path}, line {line} ({subject}): {state}, {days}[[; {terms}]]",
    ),
    # headings
    "explain-title": ("{name}（{place}）：{rule} {title}", "{name} ({place}): {rule} {title}"),
    "explain-title-bare": ("{name}：{rule} {title}", "{name}: {rule} {title}"),
    "explain-title-rule": ("{rule} {title}[[（{place}）]]", "{rule} {title}[[ ({place})]]"),
    "explain-title-subject": ("{name}（{place}）的各项规则", "Every rule of {name} ({place})"),
    "explain-title-subject-bare": ("{name}的各项规则", "Every rule of {name}"),
    "explain-heading-rule": ("规则与依据", "The rule and where it comes from"),
    "explain-heading-scope": ("是否适用", "Is it in scope"),
    "explain-heading-arithmetic": ("计算", "Arithmetic"),
    "explain-heading-inputs": ("用到的单元格", "The cells it came from"),
    "explain-heading-members": ("所含的{entities}", "The {entities} behind it"),
    "explain-heading-remedies": ("怎样才能达标", "What would make it pass"),
    "explain-heading-mend": ("怎样才能判定", "What would make it possible to judge"),
    "explain-heading-wanted": ("缺少的列", "Columns that are missing"),
    # verdict
    "explain-verdict": ("结论", "verdict"),
    "explain-reason": ("理由", "reason"),
    # rule
    "explain-rule": ("规则", "rule"),
    "explain-severity": ("约束力", "severity"),
    "explain-clause": ("条款", "clause"),
    "explain-clause-none": ("（未注明条款）", "(no clause given)"),
    "explain-document": ("文件", "document"),
    "explain-document-full": ("{document}（{issuer}，{date}）", "{document} ({issuer}, {date})"),
    "explain-document-part": ("{document}（{issuer}）", "{document} ({issuer})"),
    "explain-checks": ("检查内容", "checks"),
    "explain-note": ("理解", "reading taken"),
    "explain-layer": ("限值出处", "set by"),
    "explain-layer-own": ("{standard}（{place}）：{threshold}", "{standard} ({place}): {threshold}"),
    "explain-layer-inherited": (
        "{layer}（{place}）：{threshold}，{standard} 沿用未改",
        "{layer} ({place}): {threshold}; {standard} takes it over unchanged",
    ),
    "explain-layer-above": (
        "上级 {standard}（{place}，{clause}）原为 {threshold}",
        "the standard above, {standard} ({place}, {clause}), has {threshold}",
    ),
    "explain-dated": ("限值日期", "dated values"),
    "explain-dated-one": (
        "只有一个限值，自标准施行起（{start}）适用；判定日期 {as_of}",
        "one value, in force with its standard since {start}; judged as of {as_of}",
    ),
    "explain-dated-always": (
        "只有一个限值，没有起始日期；判定日期 {as_of}",
        "one value without a starting date; judged as of {as_of}",
    ),
    "explain-dated-now": (
        "{threshold}：{start} 起适用，判定日期 {as_of} 在此之后",
        "{threshold} applies since {start}; the as-of date {as_of} is not before it",
    ),
    "explain-dated-now-open": (
        "{threshold}：判定日期 {as_of} 时适用",
        "{threshold} applies on the as-of date {as_of}",
    ),
    "explain-dated-past": ("此前（{start} 起）为 {threshold}", "before that, since {start}, it was {threshold}"),
    "explain-dated-past-open": ("此前为 {threshold}", "before that it was {threshold}"),
    "explain-dated-next": ("{start} 起将为 {threshold}", "from {start} on it will be {threshold}"),
    "explain-dated-none": (
        "判定日期 {as_of} 时还没有限值适用",
        "no value is in force yet on the as-of date {as_of}",
    ),
    "explain-not-in-force": (
        "标准施行期 {start}～{end}，判定日期 {as_of} 不在其内",
        "the standard is in force from {start} to {end}; the as-of date {as_of} lies outside",
    ),
    "explain-open-end": ("不限", "open"),
    "explain-due": ("期限", "due"),
    "explain-due-ahead": (
        "{due}；判定日期 {as_of} 未到期限，不符合也只记为未到期",
        "{due}; the as-of date {as_of} lies before it, so a miss is not yet a fail",
    ),
    "explain-due-past": (
        "{due}；判定日期 {as_of} 已到或已过期限，不符合即不达标",
        "{due}; the as-of date {as_of} is not before it, so a miss is a fail",
    ),
    "explain-parameter": ("参数", "parameters"),
    "explain-parameter-line": ("{name} = {value}（{source}）", "{name} = {value} ({source})"),
    "explain-parameter-switch": (
        "{name} = {value}，两种口径中取这一种（{source}）",
        "{name} = {value} picks one of two readings ({source})",
    ),
    "explain-parameter-since": ("{start} 起", "since {start}"),
    "explain-parameter-next": ("{start} 起改为 {value}", "{value} from {start} on"),
    "explain-noted": ("{text}：{note}", "{text}: {note}"),
    # scope
    "explain-scope-all": (
        "规则对{entities}没有别的条件，适用",
        "the rule sets {entities} no further condition: in scope",
    ),
    "explain-scope-condition": ("{condition}：{answer}（{values}）", "{condition}: {answer} ({values})"),
    "explain-scope-condition-bare": ("{condition}：{answer}", "{condition}: {answer}"),
    "explain-holds": ("成立", "true"),
    "explain-fails": ("不成立", "not true"),
    "explain-unsure": ("无法确定", "cannot be told"),
    "explain-is": ("{field}：{value}", "{field}: {value}"),
    "explain-scope-in": ("因此适用", "so it is in scope"),
    "explain-scope-out": ("因此不适用，不再计算", "so it is out of scope, and nothing is worked out"),
    "explain-scope-unsure": ("因此无法确定是否适用", "so it cannot be told whether it is in scope"),
    "explain-scope-outside": (
        "{standard} 只适用于{place}，该对象在其外",
        "{standard} applies to {place}; the subject lies outside",
    ),
    "explain-scope-region": (
        "所属地区不明；{standard} 之下还有更具体的标准可能适用，请在报表写明地区或用 --region",
        "its region is not known, and a more local standard below {standard} may govern it; state the region in the "
        "return or with --region",
    ),
    "explain-scope-elsewhere": (
        "该规则由同一报表的另一张表判定；请解释那张表里的对象",
        "another table of the return answers this rule; explain the subject there",
    ),
    "explain-scope-group": (
        "只计入{condition}的{entities}：{n} 个计入，{outside} 个不计入",
        "only {entities} where {condition}: {n} taken in, {outside} left out",
    ),
    "explain-scope-group-unsure": (
        "另有 {n} 个不确定是否计入，两种可能都已考虑",
        "of {n} more nobody knows whether {{n:it counts|they count}}; both are allowed for",
    ),
    "explain-scope-group-all": ("{entities}全部计入：{n} 个", "all {entities} are taken in: {n}"),
    "explain-scope-exempt": ("另有 {n} 个注明不适用，不计入", "{n} more {{n:is|are}} stated not to apply and left out"),
    # arithmetic
    "explain-indicator": ("指标", "indicator"),
    "explain-values": ("代入", "with numbers"),
    "explain-condition": ("条件", "condition"),
    "explain-threshold": ("限值", "threshold"),
    "explain-upper": ("上限", "upper limit"),
    "explain-lower": ("下限", "lower limit"),
    "explain-comparison": ("比较", "comparison"),
    "explain-shortfall": ("缺口", "shortfall"),
    "explain-slack": ("容许误差", "tolerance"),
    "explain-slack-stated": ("{slack}（规则写明）", "{slack} (stated by the rule)"),
    "explain-slack-printed": (
        "{slack}（按报表所写位数：{digits}）",
        "{slack} (from the digits the return prints: {digits})",
    ),
    "explain-slack-digit": ("{field}末位的一半 {half}", "half the last digit of {field}, {half}"),
    "explain-unknown": ("无法得出", "unknown"),
    "explain-gap-blank": ("〔空白〕", "[blank]"),
    "explain-gap-unreadable": ("〔无法识别〕", "[unreadable]"),
    "explain-gap-impossible": ("〔不合常理〕", "[impossible]"),
    "explain-gap-contradicted": ("〔与其他数矛盾〕", "[contradicted]"),
    "explain-gap-unlisted": ("〔未列出〕", "[not listed]"),
    "explain-gap-doubted": ("〔所注存疑〕", "[in doubt]"),
    "explain-gap-exempt": ("〔不适用〕", "[n/a]"),
    "explain-gap-absent": ("〔无此列〕", "[no column]"),
    "explain-gap-known": ("〔未知〕", "[unknown]"),
    "explain-gap-unknown": ("〔未知〕", "[unknown]"),
    "explain-met": ("{left} {sign} {right}，符合", "{left} {sign} {right}: met"),
    "explain-missed": ("{left} {sign} {right}，不符合", "{left} {sign} {right}: not met"),
    "explain-apart": (
        "{left} 与 {right} 相差 {gap}，{sign} 容许误差 {slack}，{answer}",
        "{left} and {right} are {gap} apart, {sign} the tolerance {slack}: {answer}",
    ),
    "explain-word-met": ("符合", "met"),
    "explain-word-missed": ("不符合", "not met"),
    "explain-open": (
        "{left} 是否{limit}：两种可能都有，无法断定",
        "is {left} {limit}? It may be either, so it stays open",
    ),
    "explain-no-comparison": (
        "算不出指标，不能与限值比较",
        "the indicator cannot be worked out, so there is nothing to compare",
    ),
    "explain-of-nobody": (
        "该地区没有适用的对象，没有可算的数",
        "no subject of this region is in scope, so there is nothing to work out",
    ),
    "explain-of-nothing": (
        "分母为 0 而分子大于 0，超过任何限值",
        "the denominator is 0 and the numerator is not: above any limit",
    ),
    "explain-bounds": (
        "方括号是可能的范围：有的数空白、重复填报而不同或只给出大致范围，按最小和最大各算一次",
        "square brackets are a range: some figure is blank, differs where it is listed again or is only roughly "
        "given, "
        "so the least and the most are "
        "worked out",
    ),
    "explain-clipped": (
        "该指标本身只能在 {range} 之间，所以取 {value}",
        "the indicator itself can only lie within {range}, which leaves {value}",
    ),
    "explain-implausible": (
        "该指标只能在 {range} 之间，{value} 说明原始数据有误，不作判定",
        "the indicator can only lie within {range}; {value} says that the data is wrong, so no verdict is given",
    ),
    "explain-zero-denominator": (
        "分母为 0，没有可计算的对象，所以不适用",
        "the denominator is 0: there is nothing to take a share of, so it does not apply",
    ),
    "explain-exempt": (
        "报表注明不适用：{cells}",
        "the return states that it does not apply: {cells}",
    ),
    "explain-not": ("非 {text}", "not {text}"),
    "explain-op-and": ("且", "and"),
    "explain-op-or": ("或", "or"),
    "explain-op-in": ("属于", "in"),
    "explain-op-not-in": ("不属于", "not in"),
    # items
    "explain-items-wanted": ("要求的项", "items required"),
    "explain-items-present": ("已有", "present"),
    "explain-items-missing": ("缺少", "missing"),
    "explain-items-none": ("（无）", "(none)"),
    # cells
    "explain-column-field": ("字段", "field"),
    "explain-column-value": ("采用的数", "value used"),
    "explain-column-cell": ("单元格", "cell"),
    "explain-column-written": ("原文", "as written"),
    "explain-column-header": ("所在列的表头", "header it stands under"),
    "explain-written": ("“{text}”", "'{text}'"),
    "explain-written-empty": ("（空）", "(empty)"),
    "explain-written-private": ("（个人信息，不显示）", "(about a person, not shown)"),
    "explain-written-carried": ("（空，取上方合并单元格）", "(empty; carried down from above)"),
    "explain-derived-mark": ("由其他列算出", "worked out"),
    "explain-earlier": ("上期{field}", "{field}, the period before"),
    "explain-above": ("{entity}的{field}", "{field} of the {entity}"),
    "explain-part-of": ("└ {field}", "└ {field}"),
    "explain-factor": (
        "{cell}：表头的单位折算，原数 × {factor}",
        "{cell}: converted from the header's unit, × {factor}",
    ),
    "explain-factor-declared": (
        "{cell}：由 {unit} 折算（字段声明的单位），原数 × {factor}",
        "{cell}: converted from {unit}, the unit that the field declares, × {factor}",
    ),
    "explain-intervals": ("{cell}：{sum}", "{cell}: {sum}"),
    "explain-interval": ("{text} 为 {hours} 小时", "{text} is {hours} h"),
    "explain-cell-notice": ("{cell}：{notice}", "{cell}: {notice}"),
    "explain-derivation": ("{field} = {names} = {equation}", "{field} = {names} = {equation}"),
    "explain-derivation-plain": ("{field} = {names}", "{field} = {names}"),
    "explain-no-cell": ("—", "—"),
    # groups
    "explain-tally-share": (
        "{for_} 个符合，{against} 个不符合，{blank} 个未知，共 {every} 个[[，另有 {again} 条重复的记录未再计入]]",
        "{for_} for, {against} against, {blank} not known, {every} in all"
        "[[, and {again} repeated {{again:record|records}} not counted again]]",
    ),
    "explain-tally-sum": (
        "{name} = {value}（{n} 个有数，{blank} 个未知[[，另有 {again} 条重复的记录未再计入]]）",
        "{name} = {value} ({n} known, {blank} not known[[, and {again} repeated {{again:record|records}} not "
        "counted again]])",
    ),
    "explain-share-blanks": (
        "未知的全部不符合为 {low}，全部符合为 {high}",
        "{low} if all that is not known turns out against, {high} if it turns out for it",
    ),
    "explain-recordwise": (
        "缺一个数的按各自另一个数估出上下限，再合计：{value}",
        "what is missing is bounded by its own record's other figure, then summed: {value}",
    ),
    "explain-unused": ("{value}（不采用）", "{value} (not used)"),
    "explain-standing-against": ("不符合", "against"),
    "explain-standing-blank": ("未知", "not known"),
    "explain-standing-for": ("符合", "for"),
    "explain-standing-counted": ("计入", "counted"),
    "explain-column-standing": ("计为", "counts"),
    "explain-column-where": ("位置", "where"),
    "explain-column-unmet": ("未达标的规则", "rules not met"),
    "explain-more-members": (
        "列出 {n} 个，共 {total} 个；--format json 列得更多",
        "{n} listed of {total}; --format json lists more",
    ),
    "explain-unmet": ("{rule} {outcome}", "{rule} {outcome}"),
    # what would make it pass
    "explain-remedy-at-least": (
        "{field}至少 {to}（现为 {now}）",
        "{field} at least {to} (now {now})",
    ),
    "explain-remedy-at-most": (
        "{field}至多 {to}（现为 {now}）",
        "{field} at most {to} (now {now})",
    ),
    "explain-remedy-exactly": (
        "{field}改为 {to}（现为 {now}）",
        "{field} becomes {to} (now {now})",
    ),
    "explain-remedy-truth": ("{field}改为“{to}”（现为“{now}”）", "{field} becomes '{to}' (now '{now}')"),
    "explain-fill-truth": ("{field}填“{to}”即达标", "{field} '{to}' passes"),
    "explain-remedy-more": ("{text}，增加 {by}", "{text}, {by} more"),
    "explain-remedy-less": ("{text}，减少 {by}", "{text}, {by} less"),
    "explain-remedy-alone": ("{text}，其他不变：{check}", "{text}, all else as it is: {check}"),
    "explain-remedy-together": ("{text}，一并改：{check}", "{text}, all together: {check}"),
    "explain-remedy-items": ("补上{items}：{check}", "add {items}: {check}"),
    "explain-remedy-records": (
        "再有 {n} 个不符合的转为符合：{check}",
        "{n} more of those against {{n:turns|turn}} out for it: {check}",
    ),
    "explain-remedy-records-blank": (
        "再有 {n} 个不符合的转为符合，并且 {blank} 个未知的都符合：{check}",
        "{n} more of those against {{n:turns|turn}} out for it, and so does every one not known ({blank}): {check}",
    ),
    "explain-fill-at-least": ("{field}填 {to} 或更多即达标", "{field} of {to} or more passes"),
    "explain-fill-at-most": ("{field}填 {to} 或更少即达标", "{field} of {to} or less passes"),
    "explain-fill-exactly": ("{field}填 {to} 即达标", "{field} of {to} passes"),
    "explain-remedy-blanks": (
        "{total} 个未知的中至少 {n} 个补齐后符合：{check}",
        "at least {n} of the {total} not known {{n:turns|turn}} out for it: {check}",
    ),
    "explain-remedy-total": ("{field}合计增加 {n}：{check}", "{n} more of {field} over the whole group: {check}"),
    "explain-remedy-check": ("{comparison}（已验算）", "{comparison} (checked)"),
    "explain-remedy-none": (
        "没有找到单独改动一个数就能达标的办法",
        "no single figure was found that, changed alone, would make it pass",
    ),
    "explain-mend": (
        "请在 {cell} 填写{field}（{state}）",
        "give {field} in {cell} ({state})",
    ),
    "explain-mend-nocell": ("请补报{field}（{state}）", "report {field} ({state})"),
    "explain-mend-absent": (
        "报表没有{field}一列；表头写成其中一个即可识别：{headers}",
        "the return has no column for {field}; any of these headers is recognised: {headers}",
    ),
    "explain-mend-blanks": (
        "补齐、核实上表中未知的 {n} 个",
        "fill in or correct those not known in the table above: {n}",
    ),
    "explain-mend-bound": (
        "请在 {cell} 写准确的数，不要写大致范围",
        "give an exact figure in {cell} instead of a range",
    ),
    "explain-mend-implausible": ("请核对 {cells}", "check {cells}"),
    "explain-manual": (
        "凭报表无法判断：{reason}。请按条款核查现场或档案",
        "a return cannot show it: {reason}. Check on site or in the files by the clause",
    ),
    "explain-error": (
        "规则本身无法计算（{error}）；请检查规则文件",
        "the rule itself could not be evaluated ({error}); check the rule file",
    ),
    "explain-wanted": ("{field}：表头可写 {headers}", "{field}: headers recognised are {headers}"),
    "explain-wanted-kind": ("报表里没有{entities}的记录", "the return has no records of {entities}"),
    "explain-lacking": (
        "整条规则未检查：报表缺少 {columns}",
        "the whole rule was not checked: the return lacks {columns}",
    ),
    # short lists
    "explain-list-rules": ("{n} 条结论：{outcomes}", "{n} {{n:verdict|verdicts}}: {outcomes}"),
    "explain-list-fails": (
        "{n} 个不达标或未到期，列出缺口最大的 {listed} 个",
        "failing or not yet due: {n}; listed, the largest shortfall first: {listed}",
    ),
    "explain-list-none": ("没有不达标的对象：{outcomes}", "nobody fails: {outcomes}"),
    "explain-more": (
        "加 --rule 或 --subject 看其中一项的全部算法",
        "name one with --rule and --subject for the whole arithmetic",
    ),
    "explain-column-arithmetic": ("算法", "arithmetic"),
    # errors
    "explain-needs": (
        "请用 --rule 指明规则，或用 --subject 指明对象，或两者都写",
        "name a rule with --rule, or a subject with --subject, or both",
    ),
    "explain-namesakes": (
        "叫“{name}”的对象有 {n} 个，请指明一个（写“区/名”、代码或“表!行”），或用 --all 全部解释：{choices}",
        "there are {n} {{n:subject|subjects}} called '{name}'; say which (as 'county/name', a code or "
        "'sheet!row'), or explain all "
        "with --all: {choices}",
    ),
    "explain-namesakes-more": (
        "叫“{name}”的对象有 {n} 个，请指明一个（写“区/名”、代码或“表!行”），或用 --all 全部解释：{choices}\n"
        "  ……另有 {more} 个",
        "there are {n} {{n:subject|subjects}} called '{name}'; say which (as 'county/name', a code or "
        "'sheet!row'), or explain all "
        "with --all: {choices}\n  ... and {more} more",
    ),
    "explain-subject-unknown": (
        "报表里没有对象“{name}”[[；相近的有：{near}]]",
        "the return has no subject '{name}'[[; the nearest: {near}]]",
    ),
    "explain-earlier-record": (
        "“{name}”在 {place} 的记录是{period}的，{later}的报表中又有：判定的是{later}的，请改问那一条，或只写名称",
        "the record of '{name}' at {place} is of {period}, and its record of {later} is judged; ask for that one, or "
        "by the name alone",
    ),
    "explain-not-reported-again": (
        "“{name}”只在{period}的报表中有（{place}），{later}的报表没有列出；未判定",
        "'{name}' is only in the return of {period} ({place}), and not in that of {later}; it was not judged",
    ),
    "explain-no-record-there": (
        "{place} 不是一条记录（{reason}），请换一行",
        "{place} is no record ({reason}); name another row",
    ),
    "explain-row-header": ("表头行", "header"),
    "explain-row-outside": ("不在数据行内", "outside the data"),
    "explain-not-judged": (
        "规则 {rule} 判的是{kinds}，不含“{name}”（{kind}）；它判的如：{examples}",
        "rule {rule} judges {kinds}, and '{name}' ({kind}) is none of them; it judges, say: {examples}",
    ),
    "explain-no-such-layer": (
        "标准 {layer} 里没有规则 {rule}；有它的是 {holders}",
        "the standard {layer} has no rule {rule}; it stands in {holders}",
    ),
    "explain-rule-elsewhere": (
        "规则 {rule} 属于 {standards}，没有用来判这份报表（用的是 {used}）；可加 --standard 指定",
        "rule {rule} belongs to {standards}, which does not judge this return (judged by {used}); name it with "
        "--standard",
    ),
    # help
    "help-explain": (
        "解释一条结论：算法代入数字、原文单元格、条款与限值出处、怎样才能达标",
        "explain one verdict: the arithmetic with the numbers in, the cells as written, the clause, what would pass",
    ),
    "help-explain-rule": (
        "规则编号（如 LN-01，也可写 LN-01@shenyang-2023）；不写则列出该对象的各项规则",
        "rule id (LN-01, also LN-01@shenyang-2023); left out: every rule of the subject",
    ),
    "help-explain-subject": (
        "对象：名称、区/名、行政区划代码，或“表!行”“F12”；不写则列出不达标的对象",
        "subject: a name, county/name, a region code, or sheet!row, F12; left out: those that fail",
    ),
    "help-explain-all": ("同名的对象全部解释", "explain all subjects of that name"),
}
