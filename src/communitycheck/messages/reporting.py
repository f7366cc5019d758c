"""Sentences of the reports themselves: headings, labels, what was left out, and why one could not be written."""

MESSAGES: dict[str, tuple[str, str]] = {
    "note-circular": ("（通报）", " (a circular)"),  # behind a suffix, in help
    "rule-note": ("{rule} 说明：{note}", "about {rule}: {note}"),
    "rule-own-words": ("{rule}：{text}", "{rule}: {text}"),
    "report-title": ("社区标准核查报告", "Community standards report"),
    "report-title-others": ("标准核查报告", "Standards report"),
    # totals
    "label-as-of": ("判定日期", "as of"),
    "as-of-from-option": ("由选项指定", "given as an option"),
    "as-of-from-return": ("取自报表的报告期", "the return's own period"),
    "as-of-from-today": ("报表未注明，取当天", "today; the return states no period"),
    "as-of-from-unusable": ("报表所写的日期不能采用，取当天", "today; the date that the return states cannot be used"),
    "label-returns": ("报表", "returns"),
    "returns-read": ("读取 {n} 份", "{n} read"),
    "returns-unread": ("{n} 份无法读取", "{n} could not be read"),
    "label-to-confirm": ("待确认", "to confirm"),
    "more-to-confirm": ("另有 {n} 列待确认，见读取提示", "and {n} more {{n:column|columns}}; see the notices"),
    "label-sheets": ("工作表", "sheets"),
    "sheets-read": ("读取 {n} 张", "{n} read"),
    "sheets-not-read": ("未读 {n} 张：{names}", "{n} not read: {names}"),
    "sheets-partly": ("另有 {n} 张表未读：{names}", "{n} {{n:table|tables}} beside others not read: {names}"),
    "sheets-alike": ("{sheet}{n} 张", "{n} × {sheet}"),
    "not-read-guidance": ("填报说明", "guidance"),
    "not-read-example-sheet": ("样表、示例或模板", "example or blank form"),
    "not-read-our-list": ("本工具的标注清单", "our own list of findings"),
    "not-read-no-table": ("没有数据表", "no table"),
    "not-read-hidden-sheet": ("隐藏", "hidden"),
    "not-read-no-records": ("没有数据行", "no records"),
    "not-read-unknown-entity": ("看不出每行是什么", "nothing tells what a row is"),
    "not-read-no-known-columns": ("没有认识的列", "no known columns"),
    "not-read-records-not-known": ("认不出各列", "columns not recognised"),
    "not-read-form-with-data": ("登记表", "a form"),
    "not-read-records-without-header": ("没有表头", "no header"),
    "not-read-other": ("见读取提示", "see the notices"),
    "and-places": ("等，另有 {n} 处", " and {n} more"),
    "label-subjects": ("对象", "subjects"),
    "records-left": ("判定 {judged}，未判定 {left}", "judged {judged}, not judged {left}"),
    "left-no-jurisdiction": ("不知归哪份标准管", "in no known jurisdiction"),
    "left-no-data": ("数据缺失", "data missing"),
    "left-not-applicable": ("各条规则都不适用", "out of every rule's scope"),
    "left-no-rule": ("没有可检查的规则", "no rule that could be checked"),
    "label-rules": ("规则", "rules"),
    "rules-judged": ("有结论", "with an answer"),
    "rules-undecided": ("全部无法判定", "without data"),
    "rules-not-applicable": ("没有适用的对象", "nobody in scope"),
    "rules-not-checked": ("缺列未检查", "not checked for want of columns"),
    "rules-manual": ("需人工核查", "to be checked by hand"),
    "label-verdicts": ("结论", "verdicts"),
    "label-waived": ("豁免", "waived"),
    "sarif-command": (
        "communitycheck rules show {rule} --standard {standard}",
        "communitycheck rules show {rule} --standard {standard}",
    ),
    "sarif-source": (
        "{document}[[（{issuer}）]][[，{date}]][[，{clause}]]",
        "{document}[[ ({issuer})]][[, {date}]][[, clause {clause}]]",
    ),
    "waived-count": ("{n} 项不达标已豁免", "{n} {{n:fail|fails}} waived"),
    "label-standards": ("标准", "standards"),
    "summary-pair": ("{label}：{value}", "{label}: {value}"),
    "label-result": ("结果", "result"),
    "label-version": ("版本", "version"),
    "result-0": ("通过（退出码 {code}）", "passed (exit code {code})"),
    "result-1": (
        "有{severity}条款不达标（退出码 {code}）",
        "{severity} clauses are not met (exit code {code})",
    ),
    "result-2": ("有报表无法读取（退出码 {code}）", "some returns could not be read (exit code {code})"),
    "result-3": (
        "没有发现此类不达标，但核查不完整：{why}（退出码 {code}）",
        "no such fail, but the check is incomplete: {why} (exit code {code})",
    ),
    "result-open": ("核查不完整：{why}", "the check is incomplete: {why}"),
    "open-no-data": (
        "{severity}条款有 {n} 项无法判定",
        "{n} {{n:verdict|verdicts}} on {severity} clauses could not be given",
    ),
    "open-error": ("{n} 项因规则出错没有结论", "{n} {{n:verdict|verdicts}} lost to a faulty rule"),
    "open-in-question": (
        "{severity}条款有 {n} 条所需的列在表中，但是否就是该列尚待确认，没有核查",
        "{n} {{n:rule|rules}} on {severity} clauses {{n:waits|wait}} for a column to be confirmed",
    ),
    "open-not-checked": (
        "{n} 条规则缺列未检查（严格模式）",
        "{n} {{n:rule|rules}} not checked for want of columns (strict)",
    ),
    "open-no-jurisdiction": (
        "{n} 条记录不知归哪份标准管",
        "{n} {{n:record|records}} that no standard is known to govern",
    ),
    "open-place": (
        "{n} 条记录不知属于哪个市，没有按更具体的标准查",
        "{n} {{n:record|records}} that a more local standard may govern, which was not asked",
    ),
    "open-period": (
        "{n} 份报表所写的报告期不能成立，没有采用",
        "{n} {{n:return states|returns state}} a period that cannot be and was not used",
    ),
    "open-unread-rows": ("{n} 行未读懂", "unread rows: {n}"),
    "open-missing-records": (
        "报表自己写明的数目多于所列的记录（{n} 处），可能漏报",
        "{n} {{n:place|places}} where a return states more records than it lists",
    ),
    "open-nothing-judged": ("没有一条规则得出结论", "no rule came to an answer"),
    # the report in two screens
    "brief-title": ("{place} · {day} · {result}", "{place} · {day} · {result}"),
    "brief-0": ("通过（退出码 {code}）", "passed (exit code {code})"),
    "brief-1": ("不通过（退出码 {code}）", "not passed (exit code {code})"),
    "brief-2": ("有报表无法读取（退出码 {code}）", "some returns could not be read (exit code {code})"),
    "brief-3": ("核查不完整（退出码 {code}）", "incomplete (exit code {code})"),
    "brief-today": ("判定日期：{why}", "as of: {why}"),
    "headline-gap": (
        "缺口最大：{rule}，{judged}中 {n} 个不达标[[（{name}）]][[，差 {missing}]][[，合计差 {total}]][[；{where}]]",
        "largest gap: {rule}: {n} of {judged} failed[[ ({name})]][[, {missing} missing]][[, {total} missing in all]]"
        "[[; {where}]]",
    ),
    "headline-often": (
        "不达标最多：{rule}，{judged}中 {n} 个不达标[[（{name}）]][[，差 {missing}]][[，合计差 {total}]][[；{where}]]",
        "most fails: {rule}: {n} of {judged} failed[[ ({name})]][[, {missing} missing]][[, {total} missing in all]]"
        "[[; {where}]]",
    ),
    "headline-most-in": ("其中{area}最多，{most}", "most of it in {area}: {most}"),
    "headline-all-in": ("都在{area}", "all in {area}"),
    "at-least-missing": ("≥ {missing}", "≥ {missing}"),
    "headline-region": (
        "不达标：{rule}，{name}为 {observed}[[，还差 {missing}]]",
        "failed: {rule}: {name} has {observed}[[, {missing} missing]]",
    ),
    "brief-returns": ("{n} 份报表", "{n} {{n:return|returns}}"),
    "brief-read": (
        "报表：{returns}；对象 {subjects}[[；{rows}]]",
        "returns: {returns}; subjects: {subjects}[[; {rows}]]",
    ),
    "brief-all-rows": ("没有未读的行", "no row left unread"),
    "brief-unread": ("未读懂的行：{rows}", "unread rows: {rows}"),
    "brief-sheets": ("工作表：{sheets}", "sheets: {sheets}"),
    "brief-judged": ("已判定 {n} 项，达标 {rate}", "{n} {{n:verdict|verdicts}}, {rate} passed"),
    "brief-none-judged": ("没有一项能判定", "no verdict could be given"),
    "brief-failed": ("不达标 {n} 项", "{n} failed"),
    "brief-none-undecided": ("没有无法判定的", "none undecided"),
    "brief-undecided": ("另有 {n} 项无法判定", "{n} more could not be judged"),
    "brief-not-due": ("未到期 {n} 项", "{n} not due yet"),
    "brief-rules": ("规则 {n} 条：{states}", "{n} {{n:rule|rules}}: {states}"),
    "brief-rules-judged": ("{n} 条有结论", "{n} answered"),
    "brief-rules-undecided": ("{n} 条一个对象也判定不了", "{n} could judge nobody"),
    "brief-rules-not-checked": ("{n} 条报表没有所需的列、未检查", "{n} not checked, as the returns lack their columns"),
    "brief-rules-manual": ("{n} 条需人工核查", "{n} to be checked by hand"),
    "brief-lacking": ("；缺少的列：{columns}", "; columns missing: {columns}"),
    "brief-lacking-most": ("；应先补的列：{columns}等", "; columns to add first: {columns}, and others"),
    "brief-standards": ("标准：{titles}", "standards: {titles}"),
    "brief-subjects": ("{n} 个{kind}", "{n} {kind}"),
    "heading-gaps": (
        "不达标的规则 {n} 条，缺口最大的在前：先是要建的，再是要配的人和物",
        "Rules with fails: {n}, the largest gap first: what has to be built, then who and what has to be added",
    ),
    "heading-no-gaps": ("没有不达标的规则", "No rule with fails"),
    "column-missing": ("还差", "missing"),
    "column-worst-area": ("缺得最多", "most of it"),
    "brief-more-gaps": ("另有 {n} 条不达标：{rules}", "{n} more with fails: {rules}"),
    "brief-met": ("全部达标的 {n} 条：{rules}", "{n} met by all: {rules}"),
    "heading-brief-groups": (
        "区域指标：达标 {passed} 项，不达标 {failed} 项，无法判定 {undecided} 项",
        "Regions judged as a whole: {passed} passed, {failed} failed, {undecided} could not be judged",
    ),
    "column-observed-of": ("[[{name}的]]实际值", "observed[[ in {name}]]"),
    "brief-more": ("另有 {n} 项", "and {n} more"),
    "heading-open": ("{what}，最多的几种", "{what}; the most frequent"),
    "heading-open-verdicts": ("无法判定 {n} 项", "Not judged: {n}"),
    "heading-open-notices": ("读取提示 {n} 条", "notices from reading: {n}"),
    "brief-cause": ("{n} 项：{cause}（{rules}）[[，如 {at}]]", "{n}: {cause} ({rules})[[, as at {at}]]"),
    "brief-notice": ("{n} 条提示：{notice}[[（{at}）]]", "{n} {{n:notice|notices}}: {notice}[[ ({at})]]"),
    "brief-more-kinds": ("另有 {n} 种", "and {n} more {{n:kind|kinds}}"),
    "heading-next": ("下一步", "Next"),
    "brief-path": ("报表.xlsx", "RETURN.xlsx"),
    "next-explain": ("{command}   哪些对象、差多少、怎样补", "{command}   who, by how much, and what would mend it"),
    "next-report": ("{command}   全部结论，存成网页或 Excel", "{command}   every verdict, as a page or a workbook"),
    "next-report-options": ("-o 报告.html -o 报告.xlsx", "-o report.html -o report.xlsx"),
    "next-details": ("{command}   在这里列出更多", "{command}   longer lists here"),
    # headings
    "heading-rules": ("各项规则：{standard} {title}", "Rules: {standard} {title}"),
    "heading-rules-none": ("各项规则", "Rules"),
    "heading-worst": ("缺口最大的对象", "Largest shortfalls"),
    "heading-groups": ("区域指标", "Regions judged as a whole"),
    "heading-undecided": ("无法判定的 {n} 项，按原因", "Verdicts that could not be given: {n}, by cause"),
    "heading-not-checked": ("{n} 条规则未检查：报表缺少所需的列", "Rules not checked for want of columns: {n}"),
    "heading-manual": ("需人工核查的 {n} 条规则", "Rules to be checked by hand: {n}"),
    "heading-notices": ("读取时的 {n} 条提示", "Notices from reading the returns: {n}"),
    "heading-unread": ("{n} 份报表无法读取", "Returns that could not be read: {n}"),
    "heading-verdicts": ("全部结论", "All verdicts"),
    "heading-only-sheet": ("表", "The table"),
    "heading-sheet": ("工作表“{sheet}”", "Sheet '{sheet}'"),
    # lines
    "rules-idle": ("{n} 条规则没有适用的对象：{rules}", "nobody in scope ({n}): {rules}"),
    "not-checked-line": ("{rule} {title}：缺少 {columns}", "{rule} {title}: needs {columns}"),
    "manual-line": ("凭报表无法判定：{rules}", "a return cannot show: {rules}"),
    "waived-mark": ("（已豁免）", " (waived)"),
    "unread-line": ("{path}：{message}", "{path}: {message}"),
    "verdict-line": ("{outcome}  {rule}  {name}：{reason}{place}", "{outcome}  {rule}  {name}: {reason}{place}"),
    "and-others": ("等 {n} 条", " and others, {n} in all"),
    # what was left out
    "more-rules": ("另有 {n} 条规则未列出，全部见 -o 报告.xlsx", "and {n} more; -o report.xlsx lists all rules"),
    "more-fails": (
        "另有 {n} 项不达标，全部见 -o 报告.xlsx（或 .csv、.json）",
        "and {n} more; -o report.xlsx (or .csv, .json) lists all fails",
    ),
    "more-page": (
        "本页写满 1 MB，另有 {n} 项结论未列出，全部见 -o 报告.xlsx（或 .csv、.json）",
        "the page is full at 1 MB; {n} more {{n:verdict is|verdicts are}} in -o report.xlsx (or .csv, .json)",
    ),
    "more-lines": ("另有 {n} 项，全部见 -o 报告.xlsx", "and {n} more; -o report.xlsx lists them all"),
    "more-causes": (
        "另有 {n} 种原因，涉及 {verdicts} 项，全部见 -o 报告.xlsx",
        "and {n} more, behind {verdicts} {{verdicts:verdict|verdicts}}; -o report.xlsx lists them all",
    ),
    "more-notices": (
        "另有 {kinds} 类共 {n} 条，全部见 -o 报告.xlsx",
        "and {kinds} more {{kinds:kind|kinds}}, {n} in all; -o report.xlsx lists them all",
    ),
    "more-columns": ("另有 {n} 列，全部见 --format json", "and {n} more; --format json lists all columns"),
    "more-sheets": ("另有 {n} 张工作表，全部见 --format json", "and {n} more; --format json lists all sheets"),
    "more-verdicts-hidden": (
        "另有 {n} 条未列出，加 --all-verdicts 全部列出",
        "and {n} more; --all-verdicts lists them all",
    ),
    "more-annotations": (
        "另有 {n} 项未逐条标注，全部见 --all-verdicts 或 -o 报告.json",
        "and {n} more; --all-verdicts or -o report.json lists them all",
    ),
    "more-subjects": (
        "另有 {n} 个对象，全部见 --all-verdicts 或 -o 报告.json",
        "and {n} more; --all-verdicts or -o report.json lists them all",
    ),
    "more-results": (
        "只列出前 {limit} 项，另有 {n} 项见 -o 报告.json",
        "only the first {limit} are listed; -o report.json has {n} more",
    ),
    # the workbook
    "sheet-summary": ("汇总", "Summary"),
    "sheet-rules": ("规则", "Rules"),
    "sheet-failures": ("不达标", "Failures"),
    "sheet-regions": ("地区缺口", "By region"),
    "sheet-undecided": ("无法判定", "Could not judge"),
    "sheet-verdicts": ("全部结论", "All verdicts"),
    "sheet-notices": ("读取提示", "Notices"),
    "sheet-provenance": ("来源", "Provenance"),
    "chart-rules": ("各规则达标率", "Pass rate by rule"),
    "chart-regions": ("各{level}达标率", "Pass rate by {level}"),
    "chart-worst-of": ("取达标率最低的 {n} 个，共 {total} 个", "the lowest {n} of {total}"),
    "label-region": ("地区", "region"),
    "region-none": ("未归入任何{level}", "in no {level}"),
    "all-regions": ("合计", "all"),
    "region-unnamed": ("（未注明）", "(not stated)"),
    "rows-written": ("{sheet}：{n} 行", "{sheet}: {n} {{n:row|rows}}"),
    "rows-split": (
        "{sheet}：{n} 行，分在 {sheets} 张工作表",
        "{sheet}: {n} {{n:row|rows}} over {sheets} {{sheets:sheet|sheets}}",
    ),
    "rows-unlinked": (
        "其中 {n} 个单元格没有链接（Excel 每张工作表最多 {limit} 个）",
        "{n} {{n:cell|cells}} of these {{n:has|have}} no link (Excel takes {limit} in a sheet)",
    ),
    "table-empty": ("（没有）", "(none)"),
    "in-force": ("{start} 起施行", "in force from {start}"),
    "rows-capped": (
        "{sheet}：共 {total} 行，超出 Excel 容量，只写入前 {n} 行；全部见 -o 报告.csv",
        "{sheet}: {total} {{total:row|rows}}, more than fit; the first {n} are here, all of them with -o report.csv",
    ),
    "label-rows": ("行数", "rows"),
    "page": ("第 &P 页，共 &N 页", "page &P of &N"),
    "file-note": ("{format}，{n} 条记录", "{format}, {n} {{n:record|records}}"),
    "option-fail-on": ("判为不通过的约束力", "fails from severity"),
    "option-strict": ("严格模式", "strict"),
    "option-incomplete": ("允许不完整", "incomplete allowed"),
    "never": ("从不", "never"),
    # markers for machines
    "suite-returns": ("报表读取", "reading the returns"),
    "rule-summary": (
        "{failed} 个不达标（已判定 {judged} 个，其中已豁免 {waived} 个）",
        "{failed} fail of {judged} judged ({waived} waived)",
    ),
    "undecided-summary": ("{n} 个无法判定", "{n} could not be judged"),
    "skipped-not-checked": ("未检查，报表缺少：{columns}", "not checked; the return lacks: {columns}"),
    "skipped-manual": ("需人工核查", "has to be checked by hand"),
    "skipped-nobody": ("没有适用的对象", "nobody in scope"),
    "advisory-line": ("提示：{rule} {title}：{summary}", "advisory: {rule} {title}: {summary}"),
    # errors
    "write-suffix-unknown": (
        "不知道“{suffix}”是什么格式：{path}；可用的后缀有 {known}",
        "no format is known for '{suffix}': {path}; known suffixes are {known}",
    ),
    "write-suffix-missing": (
        "{path} 没有后缀，看不出要写成哪种格式；可用的后缀有 {known}",
        "{path} has no suffix to tell its format; known suffixes are {known}",
    ),
    "write-folder-missing": (
        "文件夹不存在：{folder}；请先建立，或换一个位置",
        "there is no folder {folder}; create it or choose another place",
    ),
    "write-is-folder": ("{path} 是文件夹，请写出文件名", "{path} is a folder; give the name of a file"),
    "write-not-file": (
        "{path} 是管道或设备，不是文件，报告不能取代它；请换一个文件名",
        "{path} is a pipe or a device, which no report may replace; choose another name",
    ),
    "write-is-file": (
        "{path} 是文件，不是文件夹；请换一个位置",
        "{path} is a file, not a folder; choose another place",
    ),
    "write-denied": (
        "没有权限写入 {path}；请换一个位置，或关闭正在使用它的程序[[；原有的 {older} 仍在，没有更新]]",
        "{path} may not be written; choose another place, or close the program that holds it open"
        "[[; {older} is still the one that was there before]]",
    ),
    "write-list-name": (
        "{path} 是本程序记录所写文件的清单的文件名，请换一个文件名",
        "{path} is the name of the list that is kept here of what was written; choose another name",
    ),
    "write-not-ours": (
        "{paths} 不是本程序写的，或写好之后有人改过，没有覆盖；请移走或换一个名字，确要覆盖请加 --force",
        "{paths}: not written by communitycheck, or changed since, and so not replaced; move or "
        "rename what is there, choose another name, or add --force to replace it",
    ),
    "write-not-ours-more": (
        "{paths} 等（另有 {n} 个文件）不是本程序写的，或写好之后有人改过，没有覆盖；"
        "请移走或换一个位置，确要覆盖请加 --force",
        "{paths} and {n} more: not written by communitycheck, or changed since, and so not replaced; move them away, "
        "choose another place, or add --force to replace them",
    ),
    "write-list-damaged": (
        "{list}（本程序所写文件的清单）已损坏，不能确定 {path} 等文件是谁写的，没有覆盖；"
        "请移走这些文件或换一个位置，确要覆盖请加 --force",
        "{list}, the list of what communitycheck wrote there, is damaged, so that nobody knows who wrote {path}; it "
        "was not replaced: move it away, choose another place, or add --force to replace it",
    ),
    "write-is-link": (
        "{path} 是链接，不会顺着它写到别处；请删去链接，或换一个名字",
        "{path} is a link, which is not followed; remove it or choose another name",
    ),
    "temporary-full": (
        "临时文件夹 {folder} 已满，未能写入 {path}；请腾出空间，或用环境变量 TMPDIR（Windows 为 TEMP）另指一个"
        "[[；原有的 {older} 仍在，没有更新]]",
        "the folder for temporary files, {folder}, is full; {path} was not written. Make room there, or name another "
        "with the variable TMPDIR (TEMP on Windows)[[; {older} is still the one that was there before]]",
    ),
    "temporary-none": (
        "没有一个文件夹能存放临时文件（已满，或不许写入），未能写入 {path}；请腾出空间，或用环境变量 TMPDIR"
        "（Windows 为 TEMP）另指一个",
        "no folder takes temporary files (they are full, or may not be written to); {path} was not written. Make room, "
        "or name another with the variable TMPDIR (TEMP on Windows)",
    ),
    "write-disk-full": (
        "磁盘已满，未能写入 {path}[[；原有的 {older} 仍在，没有更新]]",
        "the disk is full; {path} was not written[[; {older} is still the one that was there before]]",
    ),
    "write-device-name": (
        "Windows 把“{name}”当作设备，不能用作文件名：{path}；请换一个文件名",
        "on Windows '{name}' means a device and cannot be the name of a file: {path}; choose another name",
    ),
    "write-path-long": (
        "路径太长，Windows 打不开：{path}；请换一个层次较浅的文件夹",
        "the path is longer than Windows takes: {path}; choose a folder nearer to the top of the disk",
    ),
    "write-our-fault": (
        "写 {path} 时程序内部出错（{kind}：{text}），其他文件不受影响；请把文件和命令反馈给维护者",
        "internal error in writing {path} ({kind}: {text}), the other files are unharmed; please report the file and "
        "the command",
    ),
    "write-failed": (
        "未能写入 {path}：{cause}[[；原有的 {older} 仍在，没有更新]]",
        "{path} could not be written: {cause}[[; {older} is still the one that was there before]]",
    ),
    "write-taken-away": (
        "{path} 写好之后，运行还没结束就不见了，可能有人移走或删去了它所在的文件夹；请再运行一次",
        "{path} was written and is gone before the run has ended; somebody may have moved or removed its folder: run "
        "it again",
    ),
    "format-unknown": ("没有“{format}”这种格式；可用的有 {known}", "there is no format '{format}'; known are {known}"),
}
