"""Sentences of the circular, in the language of official documents."""

MESSAGES: dict[str, tuple[str, str]] = {
    # what the office fills in
    "circular-blank-issuer": ("（发文机关）", "[issuing office]"),
    "circular-blank-number": ("（发文字号）", "[reference number]"),
    "circular-blank-recipients": ("（主送机关）", "[recipients]"),
    "circular-blank-date": ("（成文日期）", "[date of issue]"),
    "circular-blank-mend-by": ("（整改期限）", "[deadline for mending]"),
    "circular-blank-supply-by": ("（补报期限）", "[deadline for supplying data]"),
    "circular-blank-contact": ("（联系人及联系电话）", "[name and telephone]"),
    # head
    "circular-memorandum": ("通报", "Memorandum"),
    "circular-label-to": ("主送", "To"),
    "circular-label-from": ("发文机关", "From"),
    "circular-label-number": ("发文字号", "Reference"),
    "circular-label-date": ("成文日期", "Date"),
    "circular-label-subject": ("标题", "Subject"),
    "circular-title": ("关于{period}{region}落实{standard}情况的通报", "{standard}: findings{region}{period}"),
    "circular-title-several": (
        "关于{period}{region}落实社区建设标准情况的通报",
        "Community standards: findings{region}{period}",
    ),
    "circular-title-figures": ("关于{period}{standard}核查情况的通报", "{standard}: findings{period}"),
    "circular-title-nothing": ("关于报表核查情况的通报", "Returns submitted: findings"),
    "circular-title-region": ("{region}", " for {region}"),
    "circular-period-year": ("{year}年", ", {year}"),
    "circular-period-month": ("{year}年{month}月", ", {month} {year}"),
    "circular-date": ("{year}年{month}月{day}日", "{day} {month} {year}"),
    "circular-months": (
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "January February March April May June July August September October November December",
    ),
    "circular-numerals": (
        "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
    ),
    "circular-heading-1": ("{n}、{text}", "{n}. {text}"),
    "circular-heading-2": ("（{n}）{text}", "({n}) {text}"),
    "circular-item": ("{n}.{text}", "{n}. {text}"),
    "circular-stop": ("。", "."),
    "circular-square-metres": ("平方米", "m²"),
    "circular-to-city": ("各市民政局：", "The civil affairs bureaus of the cities"),
    "circular-to-county": ("各县（区）民政局：", "The civil affairs bureaus of the counties and districts"),
    "circular-to-street": ("各乡镇人民政府、街道办事处：", "The township governments and street offices"),
    "circular-to-community": ("各社区居民委员会、村民委员会：", "The committees of the communities and villages"),
    "circular-to-blank": ("{blank}：", "{blank}"),
    "circular-level-province": ("各省", "provinces"),
    "circular-level-city": ("各市", "cities"),
    "circular-level-county": ("各县（区）", "counties and districts"),
    "circular-level-street": ("各乡镇（街道）", "townships and streets"),
    "circular-level-subject": ("各{entity}", "{entity}"),
    # opening and basis
    "circular-opening": (
        "根据{documents}，对{region}报送的{n}份报表进行了核查。现将有关情况通报如下：",
        "The returns{region} ({n} read) were checked against {documents}. The findings are set out below.",
    ),
    "circular-opening-region": ("{region}", " from {region}"),
    "circular-opening-nothing": (
        "近期对报送的报表进行了核查。现将有关情况通报如下：",
        "The returns submitted were to be checked. The findings are set out below.",
    ),
    "circular-document": ("《{document}》（{facts}）", "'{document}' ({facts})"),
    "circular-document-bare": ("《{document}》", "'{document}'"),
    "circular-document-plain": ("{document}", "{document}"),
    "circular-documents-more": ("等{n}份文件", " and others ({n} documents in all)"),
    "circular-heading-basis": ("核查依据", "Basis"),
    "circular-basis": (
        "{document}：{clauses}，据以核查的规则{n}条",
        "{document}: clauses {clauses}; rules judged by them: {n}",
    ),
    "circular-clauses-more": ("{clauses}等{n}处", "{clauses} and others, {n} in all"),
    "circular-basis-annex": ("所用规则及对应条款见附件。", "The rules and their clauses are listed in the annex."),
    # overall
    "circular-heading-overall": ("总体情况", "Overall findings"),
    "circular-as-of-return": ("截至{date}", "As of {date}"),
    "circular-as-of-option": ("以{date}为判定日期", "Judged as of {date}"),
    "circular-as-of-today": (
        "报表未注明报告期，以{date}为判定日期",
        "Judged as of {date}, as the returns state no period",
    ),
    "circular-subjects": ("{as_of}，共核查{kinds}。", "{as_of}, the following were checked: {kinds}."),
    "circular-subjects-kinds": (
        "{as_of}，共核查对象{n}个，其中{kinds}。",
        "{as_of}, {n} subjects were checked: {kinds}.",
    ),
    "circular-kind": ("{entity}{n}个", "{entity} {n}"),
    "circular-kind-document": ("{entity}{n}份", "{entity} {n}"),
    "circular-outcomes": (
        "对照{rules}条规则逐一核查，共得出结论{total}项：{outcomes}。",
        "Held against {rules} rules, {total} verdicts were given: {outcomes}.",
    ),
    "circular-outcome": ("{outcome}{n}项", "{outcome} {n}"),
    "circular-rate": (
        "已判定的{judged}项中，达标{passed}项，达标率为{rate}；按约束力分，{parts}。",
        "Of {judged} judged, {passed} passed ({rate}); by severity: {parts}.",
    ),
    "circular-severity": (
        "{severity}条款已判定{judged}项，达标{passed}项，达标率为{rate}，不达标{failed}项",
        "{severity} {passed} of {judged} passed ({rate}), {failed} failed",
    ),
    "circular-severity-advisory": (
        "{severity}条款已判定{judged}项，达标{passed}项，达标率为{rate}，不达标{failed}项（仅供参考，不作为整改要求）",
        "{severity} {passed} of {judged} passed ({rate}), {failed} failed (for information, nothing has to be mended)",
    ),
    "circular-none-judged": (
        "报表所载数据尚不足以得出达标或不达标的结论。",
        "What the returns state did not suffice for any subject to pass or fail.",
    ),
    "circular-no-fails": (
        "强制性、核实性条款未发现不达标情形。",
        "No subject failed a mandatory or expected rule.",
    ),
    "circular-waived": (
        "不达标的{failed}项中，有{n}项已获豁免，本通报予以列明，不再要求整改。",
        "Waived among the {failed} fails: {n}; they are stated here but need not be mended.",
    ),
    "circular-rest": ("另有{parts}，详见下文。", "Besides, with details below: {parts}."),
    "circular-rest-not-checked": ("{n}条规则因报表缺少所需的列未检查", "rules not checked for want of columns: {n}"),
    "circular-rest-manual": ("{n}条规则需人工核查", "rules to be checked by hand: {n}"),
    "circular-rest-unread": ("{n}份报表无法读取", "returns that could not be read: {n}"),
    "circular-rest-unplaced": (
        "{n}条记录因所属地区不明或不在适用地区内而未判定",
        "records not judged, as they lie in no jurisdiction or nobody knows in which: {n}",
    ),
    # rules
    "circular-heading-rules": ("各项规则达标情况", "Findings by rule"),
    "circular-heading-failing": ("存在不达标的规则", "Rules that some fail"),
    "circular-heading-met": ("全部达标的规则", "Rules that all meet"),
    "circular-heading-groups": ("整体指标", "Indicators of whole regions"),
    "circular-heading-advisory": ("提示性条款", "Advisory rules"),
    "circular-rule-facts": ("（{rule}，{severity}，{clause}）", " ({rule}, {severity}, clause {clause})"),
    "circular-rule": (
        "要求{required}。已判定{kind}{judged}个，达标{passed}个，达标率为{rate}；不达标{failed}个{details}。",
        "Required: {required}; {kind} judged {judged}, passed {passed} ({rate}), failed {failed}{details}.",
    ),
    "circular-rule-each": (
        "限值按条款对各对象分别计算。已判定{kind}{judged}个，达标{passed}个，达标率为{rate}；不达标{failed}个{details}。",
        "The limit is worked out for each; {kind} judged {judged}, passed {passed} ({rate}), failed {failed}{details}.",
    ),
    "circular-rule-waived": ("，其中已豁免{n}个", " (waived {n})"),
    "circular-rule-short": ("，共缺{field}{amount}", ", short by {amount}{field} in all"),
    "circular-of-field": ("{field}", " of {field}"),
    "circular-rule-over": ("，共超出{amount}", ", over by {amount} in all"),
    "circular-rule-undecided": ("；另有{n}个无法判定", "; could not be judged {n}"),
    "circular-rule-not-due": ("；未到期{n}个", "; not yet due {n}"),
    "circular-rule-note": ("说明：{note}", "Note: {note}"),
    "circular-more-rules": (
        "另有{n}条规则存在不达标，共{fails}项，见附件。",
        "Rules that some fail and that are not described here: {n}, with {fails} fails; see the annex.",
    ),
    "circular-met": (
        "有{n}条强制性、核实性规则已判定的对象全部达标：{rules}。",
        "Mandatory and expected rules that all judged subjects meet: {n}, namely {rules}.",
    ),
    "circular-met-rule": ("{title}（{passed}/{judged}）", "{title} ({passed}/{judged})"),
    "circular-and-others": ("{items}等", "{items} and others"),
    "circular-group": (
        "{observed}，要求{required}，{outcome}{details}。",
        "{observed}, required {required}: {outcome}{details}.",
    ),
    "circular-group-lead": ("{name}{title}", "{name}, {title}"),
    "circular-group-more": ("，还需{n}个对象达标", ", {n} more needed"),
    "circular-group-missing": ("，相差{value}", ", off by {value}"),
    "circular-more-groups": (
        "另有整体指标{n}项不达标或者未到期，未逐一列出。",
        "Indicators that fail or are not yet due and are not described here: {n}.",
    ),
    "circular-groups-undecided": (
        "因数据空白等原因无法判定的整体指标有{n}项：{groups}。",
        "Indicators that could not be judged ({n}): {groups}.",
    ),
    "circular-groups-met": ("达标的整体指标有{n}项：{groups}。", "Indicators that are met ({n}): {groups}."),
    "circular-group-brief": ("{name}{title}{observed}", "{name}, {title}: {observed}"),
    "circular-advisory": (
        "下列条款为提示性，未达到的不作为整改要求：{rules}。",
        "The following are advisory; what falls short of them need not be mended: {rules}.",
    ),
    "circular-advisory-rule": (
        "{title}，已判定{judged}个，达标{passed}个，达标率为{rate}",
        "{title}, {passed} of {judged} ({rate})",
    ),
    "circular-advisory-more": ("其余{n}条见附件", "{n} more are in the annex"),
    # areas
    "circular-heading-areas": ("{level}情况", "Findings by area: {level}"),
    "circular-areas": (
        "按强制性、核实性条款逐个对象判定的结果统计，{level}达标率最高的是{best}（{best_rate}），最低的是{worst}（{worst_rate}），详见下表。",
        "Counting mandatory and expected rules on single subjects, the rate is highest in {best} ({best_rate}) and "
        "lowest in {worst} ({worst_rate}) among the {level}.",
    ),
    "circular-areas-plain": (
        "按强制性、核实性条款逐个对象判定的结果统计，{level}情况见下表。",
        "The table counts mandatory and expected rules on single subjects, area by area ({level}).",
    ),
    "circular-table": ("表{n}  {text}", "Table {n}. {text}"),
    "circular-subjects-word": ("对象", "subjects"),
    "circular-table-areas": ("{level}核查情况", "Findings by area ({level})"),
    "circular-column-area": ("地区", "area"),
    "circular-column-need": ("缺{field}（{unit}）", "{field} missing ({unit})"),
    "circular-column-need-bare": ("缺{field}", "{field} missing"),
    "circular-area-rest": ("其余{n}个", "{n} others"),
    "circular-area-total": ("合计", "total"),
    "circular-area-note": (
        "注：一个对象对照一条规则为一项。达标率为达标项数与已判定项数之比，无法判定的不计入。",
        "One subject held against one rule counts once. The rate is passed over judged; what could not be judged is "
        "left out of it.",
    ),
    "circular-area-note-needs": (
        "所缺数量为补足不达标所需增加的数量，多条规则对同一对象的同一事项有要求的，取其中最大者；已豁免的不计。",
        "What is missing is what would close the fails; where several rules ask the same subject for the same thing, "
        "the largest amount counts; waived fails are left out.",
    ),
    "circular-area-note-waived": ("不达标中含已豁免{n}项。", "Waived among the fails: {n}."),
    "circular-area-note-advisory": (
        "提示性条款未达到的{n}项未计入本表。",
        "Verdicts of advisory rules that were not met are left out: {n}.",
    ),
    "circular-area-note-level": (
        "上级单位自身的记录和整体指标未计入本表。",
        "Records of larger units and indicators of whole regions are left out.",
    ),
    # the worst
    "circular-heading-worst": ("差距较大的{entity}", "Largest shortfalls ({entity})"),
    "circular-heading-worst-figures": ("不相符的数据", "Figures that do not agree"),
    "circular-worst": (
        "强制性、核实性条款不达标且差距较大的见下表，每条规则最多列{each}个。",
        "The largest shortfalls from mandatory and expected rules, at most {each} of a rule.",
    ),
    "circular-worst-all": (
        "强制性、核实性条款不达标的见下表。",
        "The subjects that fail mandatory and expected rules.",
    ),
    "circular-worst-rest": (
        "另有{n}项不达标未列入上表，各地数量见“工作要求”部分。",
        "Fails that are not in the table: {n}; what is asked of whom gives them by area.",
    ),
    "circular-table-worst": ("不达标且差距较大的{entity}", "Largest shortfalls ({entity})"),
    "circular-table-worst-figures": ("不相符的数据", "Figures that do not agree"),
    "circular-column-rule": ("规则", "rule"),
    # undecided and not checked
    "circular-heading-open": ("无法判定和未检查的情况", "What could not be judged or was not checked"),
    "circular-heading-undecided": ("无法判定的", "Could not be judged"),
    "circular-undecided": (
        "因数据空白、无法识别等原因，有{n}项无法判定，未计入达标率。主要原因：{causes}。",
        "Verdicts that could not be given: {n}; they stay out of the rates. Causes: {causes}.",
    ),
    "circular-cause": ("{cause}，涉及{n}项", "{cause} ({n})"),
    "circular-causes-more": ("其他{kinds}种原因，涉及{n}项", "{kinds} other causes ({n})"),
    "circular-heading-not-checked": ("未检查的", "Not checked"),
    "circular-not-checked": (
        "有{n}条规则因报表缺少所需的列而未检查：{rules}。",
        "Rules not checked, as the returns lack the columns they need ({n}): {rules}.",
    ),
    "circular-not-checked-rule": ("{title}（缺{columns}）", "{title} (needs {columns})"),
    "circular-heading-manual": ("需人工核查的", "To be checked by hand"),
    "circular-manual": (
        "有{n}条规则凭报表无法判定，需人工核查：{rules}。",
        "Rules that a return cannot show and that have to be checked by hand ({n}): {rules}.",
    ),
    "circular-heading-idle": ("没有适用对象的", "Nobody in scope"),
    "circular-idle": (
        "有{n}条规则没有适用的对象：{rules}。",
        "Rules with nobody in scope among those reported ({n}): {rules}.",
    ),
    "circular-heading-unread": ("无法读取的报表", "Returns that could not be read"),
    "circular-unread": (
        "有{n}份报表无法读取，其内容未计入本通报：{files}。",
        "Returns that could not be read and are not part of these findings ({n}): {files}.",
    ),
    "circular-unread-file": ("{path}（{message}）", "{path} ({message})"),
    "circular-heading-unplaced": ("未判定的记录", "Records not judged"),
    "circular-unplaced": (
        "有{n}条记录因所属地区不明或不在适用地区内而未判定，请在报表中写明所属地区。",
        "Records not judged, as they lie in no jurisdiction or nobody knows in which: {n}; the returns should state "
        "the region.",
    ),
    "circular-files-more": ("另有{n}份", "{n} more"),
    "circular-rules-more": ("另有{n}条", "{n} more"),
    "circular-items-more": ("另有{n}项", "{n} more"),
    # what is asked
    "circular-heading-asks": ("工作要求", "What is asked"),
    "circular-heading-mend": ("抓紧整改", "Mend what falls short"),
    "circular-heading-mend-figures": ("核对更正", "Check the figures"),
    "circular-mend": (
        "请{to}对照所列条款逐项核实，于{deadline}前整改到位，并将整改情况书面报送{issuer}。具体如下：",
        "The {to} are asked to check each point and to mend it by {deadline}, and to report in writing to {issuer}:",
    ),
    "circular-mend-subjects": (
        "请有关单位对照所列条款逐项核实，于{deadline}前整改到位，并将整改情况书面报送{issuer}。具体如下：",
        "Those named are asked to check each point and to mend it by {deadline}, and to report in writing to {issuer}:",
    ),
    "circular-mend-figures": (
        "请有关单位对下列数据逐项核对，于{deadline}前更正或者说明情况，并书面报送{issuer}。具体如下：",
        "Those who published the figures are asked to check each point, to correct or explain it by {deadline}, and "
        "to report in writing to {issuer}:",
    ),
    "circular-mend-overdue": (
        "下列不达标事项中，规定期限已过的有{n}项。",
        "Fails that were due before the day of judging: {n}.",
    ),
    "circular-mend-area": (
        "需整改{n}项，涉及{kind}{subjects}个：{rules}。",
        "To mend {n} ({kind} concerned {subjects}): {rules}.",
    ),
    "circular-mend-subject": ("需整改{n}项：{rules}。", "To mend {n}: {rules}."),
    "circular-mend-document": ("需核对{n}项：{rules}。", "To check {n}: {rules}."),
    "circular-mend-rule": ("{title}不达标{n}个", "{title}: {n}"),
    "circular-mend-rule-short": ("{title}不达标{n}个（缺{field}{amount}）", "{title}: {n} (short by {amount}{field})"),
    "circular-mend-one": ("{title}", "{title}"),
    "circular-mend-one-short": ("{title}（缺{field}{amount}）", "{title} (short by {amount}{field})"),
    "circular-mend-group": ("{title}{observed}{details}", "{title} {observed}{details}"),
    "circular-mend-more-rules": ("其余{rules}条规则不达标{n}个", "{rules} other rules: {n}"),
    "circular-mend-more-areas": (
        "{level}中其余{areas}个需整改{n}项。",
        "The others ({level}, {areas}) have {n} to mend.",
    ),
    "circular-mend-more-subjects": (
        "其余{areas}个对象需整改{n}项。",
        "The other subjects ({areas}) have {n} to mend.",
    ),
    "circular-mend-above": ("{name}整体指标：{rules}。", "{name} as a whole: {rules}."),
    "circular-mend-above-records": ("不分地区统计的对象：{rules}。", "Subjects above these areas: {rules}."),
    "circular-heading-due": ("按期完成", "Meet what is not yet due"),
    "circular-due": (
        "下列事项目前尚未达到，规定期限未到，请按期完成：{rules}。",
        "The following are not yet met and not yet due: {rules}.",
    ),
    "circular-due-rule": ("{title}，{n}个，期限为{date}", "{title}: {n}, due {date}"),
    "circular-due-rule-bare": ("{title}，{n}个", "{title} {n}"),
    "circular-heading-waived": ("已获豁免的事项", "Waived"),
    "circular-waived-item": (
        "{name}：{title}不达标，豁免理由为{reason}{facts}",
        "{name}: fails {title}; waived because {reason}{facts}",
    ),
    "circular-waived-approved": ("，批准单位为{by}", ", approved by {by}"),
    "circular-waived-until": ("，有效期至{date}", ", until {date}"),
    "circular-waived-more": ("另有{n}项", "{n} more"),
    "circular-heading-supply": ("补报数据", "Supply data again"),
    "circular-supply": (
        "请于{deadline}前核对并补报下列数据，补报后再行判定。",
        "By {deadline}, please check and supply the following data, which will then be judged.",
    ),
    "circular-supply-area": ("{troubles}。", "{troubles}."),
    "circular-trouble": ("{cause}{n}处", "{cause}, {n}"),
    "circular-trouble-at": ("{cause}{n}处（{cells}）", "{cause}, {n} ({cells})"),
    "circular-trouble-more": ("{cells}等", "{cells} and others"),
    "circular-supply-more-areas": (
        "{level}中其余{areas}个另有{n}项无法判定，请一并核对补报。",
        "The others ({level}, {areas}) have {n} verdicts that could not be given.",
    ),
    "circular-supply-columns": (
        "报表缺少下列各列，相应规则未能检查，请在下次报送时补充：{columns}。",
        "The returns lack these columns, so that the rules that need them were not checked; the next returns should "
        "carry them: {columns}.",
    ),
    "circular-supply-unread": (
        "无法读取的{n}份报表，请处理后重新报送。",
        "Returns that could not be read ({n}) should be sent again once put right.",
    ),
    "circular-columns-more": ("{columns}等{n}列", "{columns} and others, {n} in all"),
    "circular-heading-advice": ("提示性条款", "Advisory rules"),
    "circular-advice": (
        "提示性条款未达到的，由各单位结合实际推进，不作硬性要求。",
        "What falls short of advisory rules may be worked on as circumstances allow; nothing is demanded.",
    ),
    "circular-nothing-asked": (
        "本次核查没有需要整改或者补报的事项。",
        "Nothing has to be mended or supplied.",
    ),
    # end
    "circular-annex-note": ("附件：{title}", "Annex: {title}"),
    "circular-annex": ("附件", "Annex"),
    "circular-annex-title": ("核查所用规则及条款", "Rules and clauses used"),
    "circular-annex-rest": ("另有{n}条规则未列入本表。", "{n} more rules are not in the table."),
    "circular-annex-note-rules": (
        "注：“—”表示没有限值或没有得出结论；未检查的为报表缺少所需的列。",
        "'—' stands for no limit or no verdict; what was not checked lacks columns in the returns.",
    ),
    "circular-signed-as-of": ("（数据判定日期：{date}）", "(judged as of {date})"),
    "circular-contact": ("{contact}", "Contact: {contact}"),
}
