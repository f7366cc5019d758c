"""Blank returns: the workbook's own words, and the errors of ``template``."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help-template": (
        "生成供填报的空白报表：列、下拉选项和数值范围按标准备好",
        "make a blank return to send out: its columns, choices and limits come from the standards",
    ),
    "help-template-standard": (
        "按哪些标准（编号或 YAML 文件，可重复）",
        "the standards it is for (id or YAML file, repeatable)",
    ),
    "help-template-output": ("写入的文件（.xlsx）", "the file to write (.xlsx)"),
    "template-which-standard": (
        "请用 --standard 指明按哪个标准生成，可选：{known}",
        "say with --standard which standard the blank return is for; there are: {known}",
    ),
    "template-no-output": (
        "请用 -o 指明要写的文件，例如 -o 空白报表.xlsx",
        "say with -o which file to write, for instance -o blank.xlsx",
    ),
    "template-not-xlsx": (
        "{path}：空白报表只能写成 .xlsx",
        "{path}: a blank return is written as .xlsx only",
    ),
    "template-asks-nothing": (
        "标准 {name} 没有需要报表回答的规则，不必生成空白报表",
        "no rule of {name} is answered by a return, so there is nothing to fill in",
    ),
    "template-no-header": (
        "字段 {field}（{label}）的名称都与别的字段重复，写不出不会读错的表头；请在字段定义里给它一个独有的名称",
        "every name of the field {field} ({label}) also means another field, so no header would be read for certain; "
        "give it a name of its own in its definition",
    ),
    "template-written": ("已写入 {path}：{sheets}", "wrote {path}: {sheets}"),
    "template-written-sheet": ("{name} {n} 列", "{name} {n} {{n:column|columns}}"),
    # the sheets to fill in
    "template-title": ("{place}填报表：{entity}", "{place} Return: {entity}"),
    "template-caption": (
        "填报单位：　　　　　　　　　　　　截止日期：　　　　年　　月　　日",
        "Reporting unit:                                        As of (YYYY-MM-DD):               ",
    ),
    "template-legend-required": ("必填", "required"),
    "template-legend-optional": ("选填", "optional"),
    "template-page": ("第 &P 页，共 &N 页", "page &P of &N"),
    # how a cell is filled in
    "template-fill-int": ("填整数", "a whole number"),
    "template-fill-count": ("填个数（整数）", "how many (a whole number)"),
    "template-fill-decimal": ("填数字", "a number"),
    "template-fill-share": ("填百分比，如 88.5%", "a percentage such as 88.5%"),
    "template-fill-truth": ("从下拉项中选：{items}", "choose from the list: {items}"),
    "template-fill-category": ("从下拉项中选：{items}", "choose from the list: {items}"),
    "template-fill-hours": (
        "填每天小时数，也可写起止时间，如 8:30-17:30",
        "hours a day, or opening times such as 8:30-17:30",
    ),
    "template-fill-days": ("填每年天数，也可写“全年无休”", "days a year"),
    "template-fill-times": ("填每年次数，也可写“每季度”“每月”", "times a year"),
    "template-fill-items": ("逐项列出，用顿号隔开", "list the items, separated by commas"),
    "template-fill-text": ("填文字", "text"),
    "template-fill-date": ("填日期，如 2024-12-31", "a date such as 2024-12-31"),
    "template-fill-code": ("填统计用区划代码，已设为文本", "the region code; the cells are set to text"),
    "template-exempt": ("不适用", "not applicable"),
    "template-fill-unit": ("单位：{unit}", "unit: {unit}"),
    "template-fill-scope": ("用来判断适用哪些规则：{rules}", "tells which rules apply: {rules}"),
    "template-fill-more": ("另有 {n} 条，见“{sheet}”", "{n} more: see “{sheet}”"),
    "template-rule-line": ("{rule} {title}：{threshold}（{clause}）", "{rule} {title}: {threshold} ({clause})"),
    "template-error-title": ("请核对", "Please check"),
    "template-error-number": (
        "这一格应{fill}。确实如此，或没有这一项要写“不适用”，请选“是”保留。",
        "This cell takes {fill}. To keep what you wrote, or to state “not applicable”, choose Yes.",
    ),
    "template-error-choice": (
        "请从下拉项中选择；没有数据就留空。",
        "Choose from the list; leave the cell empty where nothing is known.",
    ),
    # the guidance sheet: its names are known to the reader, which takes no data from it
    "template-guidance": ("填报说明", "Guidance"),
    "template-guidance-title": ("{place}报表填报说明", "{place} How to fill in this return"),
    "template-about": ("依据的标准", "Standards"),
    "template-how": ("怎样填写", "How to fill in"),
    "template-columns": ("各列的填法、条款与限值", "Columns, clauses and thresholds"),
    "template-aside": ("不由本报表回答的条款", "Clauses that this return does not answer"),
    "template-how-rows": (
        "每个{entities}填一行，填在“{sheets}”表的表头下面，中间不留空行；用不着的表空着（核查时只提示它没有数据行）。",
        "One row for each subject, below the header of its sheet ({sheets}), without empty rows between; "
        "leave a sheet alone that does not concern you (a check only says that it has no rows). Subjects: "
        "{entities}.",
    ),
    "template-how-header": (
        "不要改动表头。与本单位无关的选填列可以整列删去，列的先后可以调换。",
        "Leave the headers as they are. Optional columns that do not concern you may be deleted, and columns moved.",
    ),
    "template-how-required": (
        "橙色表头的列必填，蓝色表头的列选填；填了名称而必填格还空着的，底色变为浅橙色。",
        "Columns with an orange header are required, those with a blue one optional. "
        "A required cell that is still empty in a named row turns pale orange.",
    ),
    "template-how-blank": (
        "没有数据就空着，不要填 0：空格按“缺数据”处理，不算达标也不算不达标；确实为零才填 0。",
        "Leave a cell empty where there is no figure: an empty cell is missing data, neither a pass nor a fail. "
        "Write 0 only for a real zero.",
    ),
    "template-how-exempt": (
        "这一项对该对象确实不存在的，填“不适用”。",
        "Where the question does not arise for a subject, write “not applicable”.",
    ),
    "template-how-numbers": (
        "数字只填数，单位以表头为准；百分比列直接填 88.5%。不要写“约”“余”“300～400”之类。",
        "Numbers only, in the unit of the header; shares as 88.5%. No “about”, no ranges.",
    ),
    "template-how-date": (
        "在每张表第二行写明填报单位和截止日期，截止日期决定按哪一天的限值核查。",
        "State reporting unit and date on the second row of each sheet; the date decides which thresholds apply.",
    ),
    "template-how-check": (
        "填好后可用 communitycheck check 核查本文件。",
        "When filled in, this file can be judged with communitycheck check.",
    ),
    "template-head-document": ("文件", "document"),
    "template-head-issuer": ("发文单位", "issued by"),
    "template-head-date": ("日期", "date"),
    "template-head-place": ("适用地区", "region"),
    "template-head-sheet": ("工作表", "sheet"),
    "template-head-column": ("列", "column"),
    "template-head-need": ("要求", "needed"),
    "template-head-fill": ("填法", "how"),
    "template-head-check": ("检查内容与限值", "what is checked, and its threshold"),
    "template-head-reason": ("原因", "reason"),
    "template-aside-above": ("对象在本级以上", "about a subject above this region"),
}
