"""Sentences about whom the standards govern: what is noticed on the way, and what leaves nothing to judge."""

MESSAGES: dict[str, tuple[str, str]] = {
    "standard-not-in-force": (
        "标准 {standard} 在 {as_of} 未施行，未用于判定",
        "the standard {standard} is not in force on {as_of} and was not applied",
    ),
    "records-in-no-jurisdiction": (
        "{count} 条记录不在任何标准的适用地区内，或所属地区不明，未判定；可用 --region 指明地区",
        "{count} {{count:record|records}} {{count:lies|lie}} in no standard's jurisdiction or of no known "
        "region, and {{count:was|were}} not judged; "
        "name the region with --region",
    ),
    "place-unknown": (
        "{count} 条记录只知道所在的省，可能属于{place}；标准 {standard} 另有的 {rules} 条规则没有查；"
        "请在表里写明市或区县，或用 --region 指明",
        "of {count} {{count:record|records}} only the province is known, which may lie in {place}; {rules} more "
        "{{rules:rule|rules}} of {standard} {{rules:was|were}} not asked; give the city or county in the "
        "return, or name it with --region",
    ),
    "subjects-in-two-sheets": (
        "有 {count} 个对象（如{name}）在工作表“{first}”里也有，但两张表合不到一起：{why}；"
        "两处分别核查，一张表的数据不用于另一张，合计和比例里一个对象只计一次；请核对后合并为一张表",
        "{count} {{count:subject|subjects}} (such as {name}) {{count:stands|stand}} in the sheet “{first}” as "
        "well, but the sheets do not make one table: {why}; both are judged, neither lends the other "
        "figures, and sums and shares count each once; check "
        "them and make them one table",
    ),
    # what keeps the two sheets apart
    "apart-periods": ("报告期不同", "their periods differ"),
    "apart-period-column": ("表内有报告期一栏", "they have a column of periods"),
    "apart-figures": ("同一指标的数值不同", "they give different figures for the same thing"),
    "apart-names": ("有的名称在一张表里出现多次", "a name stands several times in one of them"),
    "apart-length": ("超过 5 万行", "they have over 50,000 rows"),
    "apart-few": ("重合的对象不到一半", "they have less than half of their subjects in common"),
    "apart-blanks": ("两张表指标相同而空格不同", "they have the same columns but not the same blanks"),
    "apart-places": (
        "表名、标题或地区栏所说的地区不同或不全",
        "the regions that their names, titles or columns speak of differ or are not given in both",
    ),
    "region-and-title": (
        "标题或文件名写的是{place}，--region 指定的是{given}；按 {given} 判定，请核对",
        "the title or the file's name says {place} and --region says {given}; judged as of {given}; please check",
    ),
    "row-and-title": (
        "标题、表名或文件名写的是{place}，这一行写的是{text}；按行内所写认定所属地区，涉及 {count} 条记录，请核对",
        "the title or the name of the sheet or file says {place} and the row says {text}; placed by what the row says, "
        "{count} {{count:record|records}}; please check",
    ),
    "code-and-name": (
        "行政区划代码 {code} 与所填的“{text}”不符：{prefix} 开头的代码属于{place}；按代码认定所属地区，"
        "涉及 {count} 条记录，请核对",
        "the region code {code} does not go with '{text}': codes of {place} begin with {prefix}; placed by the code, "
        "{count} {{count:record|records}}; please check",
    ),
    "code-of-no-province": (
        "行政区划代码 {code} 以 {prefix} 开头，没有这样的省级代码；所属地区按所填的地名和表题认定，"
        "涉及 {count} 条记录，请核对",
        "the region code {code} begins with {prefix}, as that of no province does; placed by the names and titles "
        "of the return, {count} {{count:record|records}}; please check",
    ),
    "code-unlike-others": (
        "行政区划代码 {code} 与“{text}”的其他 {others} 条记录不属一地，那些代码以 {most} 开头；"
        "合计时按所填的地名计入，涉及 {count} 条记录，请核对",
        "the region code {code} is of another place than those of {others} other {{others:record|records}} of "
        "'{text}', which begin with {most}; counted where it is named, {count} {{count:record|records}}; please check",
    ),
    "several-periods": (
        "判定的记录不是同一期的（{first}至{last}），有 {count} 条早于最近一期：后一期没有其所在地区的报表，"
        "或者期与期重叠，或者不能断定是不是同一对象；都按同一判定日期判定",
        "the records judged are of different periods ({first} to {last}), {count} of them earlier than the last: no "
        "later return is of their place, or periods overlap, or it is not certain that the subjects are the same; all "
        "were judged by one day",
    ),
    "regions-missing": (
        "{place}的整体指标只由 {total} 个地区中的 {count} 个算得，报表里没有：{regions}",
        "what {place} is judged by as a whole comes from {count} of its {total} {{total:region|regions}}; the "
        "returns lack {regions}",
    ),
    "region-not-found": (
        "规则 {rules} 写的地区“{text}”，报表中没有；请核对规则，是不是“{near}”？",
        "no record lies in '{text}' of rule {rules}; please check the rule: did you mean '{near}'?",
    ),
    "subjects-of-several-periods": (
        "{periods}的 {count} 条记录，其对象在{later}的报表中又有：只用来与上一期比较，不判定",
        "{count} {{count:record|records}} of {periods} {{count:is|are}} of subjects that the return of {later} has "
        "again: used for comparison with the period before, not judged",
    ),
    "blank-since": (
        "{count} 个单元格空白，同一对象前一期的报表中却有数[[（如 {cells}）]]；"
        "仍按空白处理，没有用前一期的数填补，请核对是否漏填",
        "{count} {{count:cell is|cells are}} blank where an earlier return has a figure of the same subject"
        "[[ ({cells})]]; blank they stay, nothing was filled in from before; please check whether they were forgotten",
    ),
    "changed-unlike-others": (
        "{text}：“{field}”{period}为 {before}[[ {unit}]]（{first}），现在为 {now}[[ {unit}]]，"
        "与其他对象的变化相差很大；照填报采用，请填报单位说明原因或更正",
        "{text}: '{field}' was {before}[[ {unit}]] in {period} ({first}) and is {now}[[ {unit}]] now, unlike the "
        "changes of others. It was used; ask the office to explain or correct it",
    ),
    "unit-slip-since": (
        "{text}：“{field}”{period}为 {before}[[ {unit}]]（{first}），现在为 {now}[[ {unit}]]，约为其 {times} 倍；"
        "照填报采用，请核实单位或小数点是否填错",
        "{text}: '{field}' was {before}[[ {unit}]] in {period} ({first}) and is {now}[[ {unit}]] now, about "
        "{times}-fold. It was used; ask whether the unit or the decimal point is right",
    ),
    "unit-slip-since-less": (
        "{text}：“{field}”{period}为 {before}[[ {unit}]]（{first}），现在为 {now}[[ {unit}]]，约为其 1/{times}；"
        "照填报采用，请核实单位或小数点是否填错",
        "{text}: '{field}' was {before}[[ {unit}]] in {period} ({first}) and is {now}[[ {unit}]] now, about "
        "1/{times} of it. It was used; ask whether the unit or the decimal point is right",
    ),
    "unit-slip-among": (
        "{text}：“{field}”为 {now}[[ {unit}]]，约为{region}中位数 {median}[[ {unit}]] 的 {times} 倍；"
        "照填报采用，请核实单位或小数点是否填错",
        "{text}: '{field}' is {now}[[ {unit}]], about {times}-fold the median of {region}, {median}[[ {unit}]]. It was "
        "used; ask whether the unit or the decimal point is right",
    ),
    "unit-slip-among-less": (
        "{text}：“{field}”为 {now}[[ {unit}]]，约为{region}中位数 {median}[[ {unit}]] 的 1/{times}；"
        "照填报采用，请核实单位或小数点是否填错",
        "{text}: '{field}' is {now}[[ {unit}]], about 1/{times} of the median of {region}, {median}[[ {unit}]]. It was "
        "used; ask whether the unit or the decimal point is right",
    ),
    "more-unlike-peers": (
        "与所在地区中位数相差整十倍的数还有 {count} 个，不再逐一列出",
        "{count} more {{count:figure|figures}} that may be in another unit than those of the region, not listed one by "
        "one",
    ),
    "more-changed-unlike-others": (
        "与前一期相差很大的数还有 {count} 个，不再逐一列出",
        "{count} more {{count:figure|figures}} that changed much since the period before, not listed one by one",
    ),
    "not-reported-again": (
        "{text}：只在{period}的报表中有，{later}的报表没有列出；未判定。请核实是撤并、改名还是漏报，"
        "改名的请在两期都填区划代码",
        "{text}: only in the return of {period}, and not in that of {later}; not judged. Find out whether it is gone, "
        "renamed or forgotten; of one renamed give the code in both returns",
    ),
    "more-not-reported-again": (
        "只在{period}的报表中有、{later}的报表没有列出的对象还有 {count} 个，不再逐一列出",
        "{count} more {{count:subject|subjects}} only in the return of {period} and not in that of {later}, not listed "
        "one by one",
    ),
    "subject-in-two-files": (
        "{text}：另一份报表也报了同一个对象（{first}），两处都参加核查，合计和比例里只计一次",
        "{text}: another return reports the same subject ({first}); both are judged, and sums and shares count it once",
    ),
    "subject-perhaps-in-two-files": (
        "{text}：另一份报表也有，可能是同一个对象（{first}）；所属地区或代码不足以断定，两处都参加核查，"
        "合计和比例按计一次、计两次都成立才算",
        "{text}: another return has it too, perhaps the same subject ({first}); region and code do not settle it, so "
        "both are judged, and a sum or share is judged only where it holds counted once and twice",
    ),
    "same-code-in-two-files": (
        "{text}：另一份报表有相同的“{field}”（{first}），两处都参加核查；合计和比例里同名的只计一次，"
        "不同名的是不是同一个不能断定",
        "{text}: another return has the same “{field}” ({first}); both are judged; sums and shares count it once "
        "where the names agree, and where they do not nobody knows whether it is the same",
    ),
    "more-subjects-in-two-files": (
        "与 {first} 重复的对象还有 {count} 个，不再逐一列出",
        "{count} more {{count:subject|subjects}} {{count:is|are}} also in {first}, not listed one by one",
    ),
    # what leaves nothing to judge
    "none-in-force": (
        "在 {as_of} 没有施行中的标准（{known}）；请核对 --as-of，或用 --standard 指定",
        "no standard is in force on {as_of} ({known}); check --as-of, or name one with --standard",
    ),
    "region-needed": (
        "报表没有写明所属地区；请用 --region 指明地区，或用 --standard 指定：{known}",
        "the return does not say which region it is from; name the region with --region, or a standard with "
        "--standard: {known}",
    ),
    "region-tells-no-city": (
        "{at}：“{place}”各地都有，报表没有写明是哪个省市的；请在标题、文件名或“市”一栏写明省市，或用 --region 写明"
        "（连同所属的市），否则请用 --standard 指定标准：{known}",
        "{at}: “{place}” is found in many cities, and the return does not say which it is from; write the city in the "
        "title, the name of the file or a column, or name it with --region, otherwise name a standard with "
        "--standard: {known}",
    ),
    "region-without-standard": (
        "报表写的是“{place}”，没有查到适用于它的标准；如果它在某份标准的适用地区之内，请用 --region 写明所属的省市，"
        "否则请用 --standard 指定标准：{known}",
        "the return is from {place}, and no standard is known to cover it; if one does, name the province or "
        "city with "
        "--region, otherwise name a standard with --standard: {known}",
    ),
    "region-not-covered": (
        "没有标准适用于 --region 指明的地区（{region}）；请核对地区，或用 --standard 指定标准：{known}",
        "no standard covers the region named with --region ({region}); check the region, or name a standard with "
        "--standard: {known}",
    ),
}
