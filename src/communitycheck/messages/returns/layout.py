"""Sentences about sheets, tables and rows: what is a record, a total, a heading, and what nobody can say."""

MESSAGES: dict[str, tuple[str, str]] = {
    # tables and sheets
    "no-table": (
        "没有找到表格：看不出哪一行是表头、哪些行是数据",
        "no table found: no row reads like a header with data below it",
    ),
    "form-without-data": (
        "这是一张还没有填写的空表：有表头和栏目，没有任何数据",
        "this is a form that nobody has filled in: it has headers and labels and no data",
    ),
    "form-with-data": (
        "这是登记表（栏目和内容左右相邻）或清单（每行一项指标），不是每行一个对象的表格，无法核查；请把每个对象改成一行，"
        "各项指标放在各列，空白表样可用 communitycheck template 生成",
        "this is a form (labels with their answers beside them) or a list of an indicator on each row, not a table "
        "with one subject in each row; it cannot be judged. Put each subject on a row and each indicator in a column: "
        "communitycheck template makes a blank return",
    ),
    "form-of-nobody": (
        "这是一张填一个对象的表（每行一项指标），看不出是哪个对象（社区、街道等）的；请在标题或“填报单位：”里写明全称，"
        "或加一行名称（如“社区名称”），也可以改成每行一个对象（空白表样可用 communitycheck template 生成）",
        "this is a form about one subject (an indicator on each row), and nothing tells whom it is about (which "
        "community, street and so on). Name it in the title or after 填报单位：, add a row with its name (社区名称), "
        "or put each subject on a row (communitycheck template makes a blank return)",
    ),
    "form-of-two-figures": (
        "这是一张填一个对象的表（每行一项指标），有几列都可能是本期的数字，不能确定核查哪一列；请只留一列，或改成每行一个对象",
        "this is a form about one subject (an indicator on each row), and several columns may hold its current "
        "figures. Leave one of them, or put each subject on a row",
    ),
    "form-without-period": (
        "这是一张填一个对象的表（每行一项指标），没有一列是本期的数字：上年同期、累计、计划、各月各季的数字都不能用来核查；"
        "请加上“本期”一列；各月并列的，要核查的月份写明年月（如“2023年6月”，取最近的一个月）；也可以改成每行一个对象",
        "this is a form about one subject (an indicator on each row), and no column holds its current figures: last "
        "year, cumulative sums, plans, single months and quarters are not judged. Add a column 本期; over months side "
        "by side write year and month (2023年6月; the latest is judged); or put each subject on a row",
    ),
    "no-records": (
        "表格只有表头，没有数据行",
        "the table has a header and no rows",
    ),
    "no-known-columns": (
        "这张表没有一列是已知指标，未作判定",
        "no column of this table is a known field; it was not judged",
    ),
    "records-not-known": (
        "这张表的各行像是要核查的对象，但没有一列认得出是哪项指标，都没有用上；请改用表样的列名（communitycheck "
        "template 可生成），或用对应文件写明各列",
        "the rows of this table look like subjects to judge, but none of its columns is a known field, so none was "
        "used; use the column names of a blank return (communitycheck template), or name the columns in a "
        "mapping file",
    ),
    "subjects-not-read": (
        "这张表没有可核查的列，其中 {count} 个对象（如“{text}”）别的表里都没有，没有核查；请补进有指标的表",
        "no column of this table can be judged, and {count} of its subjects (such as “{text}”) stand in no other "
        "table, so nothing judged them; add them to the table with the figures",
    ),
    "records-without-header": (
        "这张表没有表头，看不出各列是什么，其中的记录没有用上；请补上表头，或并入前一张表",
        "this sheet has no header, so nothing tells what its columns are and its records were not used; give it a "
        "header, or put its rows under the table that they continue",
    ),
    "unknown-entity": (
        "看不出每一行是哪一类对象（社区、街道等），未作判定；请加上名称列，或在对应文件里写明 entity",
        "nothing tells what kind of subject the rows are about (communities, streets and so on); not judged. "
        "Add a column of names, or state the entity in a mapping file",
    ),
    "hidden-sheet": (
        "工作表是隐藏的，未作判定",
        "the sheet is hidden; it was not judged",
    ),
    "hidden-rows": (
        "有 {rows} 行是隐藏的，同样计入",
        "{rows} {{rows:row is|rows are}} hidden; hidden rows count like the others",
    ),
    "hidden-columns": (
        "{columns} 列是隐藏的，其中的数同样使用",
        "hidden columns, used like the others: {columns}",
    ),
    "unread-sheet": (
        "这张工作表有 {rows} 行内容和数字，但看不出表格，没有用上；请核对，必要时改成一行表头、每行一个对象",
        "this sheet holds {rows} {{rows:row|rows}} with figures, but no table was found in it, so nothing was "
        "used; check it, and "
        "give it a header and a subject on each row if it belongs to the return",
    ),
    "figures-beside": (
        "这一列不在任何表格内，有 {cells} 个数字没有用上；请核对",
        "this column belongs to no table, and its {cells} {{cells:figure was|figures were}} not used; please check",
    ),
    "sheets-joined": (
        "与工作表“{first}”合并核查：{count} 个对象两张表都有，其数据放在一起判定，各计一次",
        "joined with the sheet “{first}”: {count} {{count:subject stands|subjects stand}} in both, judged by "
        "the figures of both and counted once",
    ),
    "sheets-joined-by-stem": (
        "与工作表“{first}”合并核查：{count} 个对象两张表的名称只差“社区”“居委会”这类字尾，一一对应，按同一对象各计一次",
        "joined with the sheet “{first}”: {count} {{count:name differs|names differ}} only in endings such as "
        "社区 and 居委会, one for one, so each pair is judged as the same and counts once",
    ),
    # rows
    "not-a-subject": (
        "这一行没有对象名称和代码，或名称就是所属地区的名称，可能是合计行，未作为对象判定",
        "this row names no subject of its own (no name and no code, or the name of its region); it may be a "
        "total, and "
        "was not judged",
    ),
    "no-one-subject": (
        "名称“{text}”不是某一个对象的名称（几个合写、其他各处、平均、示例或已撤销等），这一行未作判定；请一行写一个对象，并写明其名称",
        "“{text}” is not the name of one subject (it is several at once, the rest, an average, a placeholder or one "
        "that is no longer there), so the row was not judged; give each subject a row and its name",
    ),
    "example-sheet": (
        "这张工作表按名称是样表、示例，其中 {records} 条记录未作判定；如是上报的数据，请改工作表的名称",
        "by its name this sheet is an example, so its {records} {{records:record was|records were}} not judged; "
        "rename it if it is part of "
        "the return",
    ),
    # folders that say something of all files in them
    "partition-used": (
        "文件夹 {folder} 作为“{field}”采用",
        "the folder {folder} was taken as '{field}'",
    ),
    "partition-of-period": (
        "文件夹 {folder} 作为报告期（到 {period}）采用",
        "the folder {folder} was taken as the period (up to {period})",
    ),
    "partition-unknown": (
        "文件夹 {folder} 不是任何字段、地区级别或报告期，没有采用；需要时请按数据字典改名，如 county=东区、year=2023",
        "the folder {folder} is no field, no level of regions and no period, and was not used; call it by the data "
        "dictionary where it is needed, as in county=东区 or year=2023",
    ),
    "partition-unread": (
        "文件夹 {folder} 的值不能作为“{field}”读取，没有采用",
        "the value of the folder {folder} cannot be read as '{field}' and was not used",
    ),
    "partition-differs": (
        "文件夹写作 {folder}，文件里却有 {count} 条记录的“{field}”不同；按文件里的判定，请核对文件是否放错文件夹",
        "the folder says {folder}, but in {count} {{count:record|records}} of the file '{field}' is something else; "
        "the file was believed: check that it lies in the right folder",
    ),
    "partition-period": (
        "文件夹写作 {folder}，文件里的报告期却到 {stated}；按文件里的判定，请核对文件是否放错文件夹",
        "the folder says {folder}, but the file's own period ends on {stated}; the file was believed: check that it "
        "lies in the right folder",
    ),
    "only-an-example": (
        "文件里只有样表、示例，看不出是不是上报的数据；如是，请改工作表的名称再核查",
        "the file holds nothing but an example by the names of its sheets; if it is the return, rename the sheet and "
        "check again",
    ),
    "example-sheet-filled-in": (
        "这张工作表按名称是样表或模板，却有 {records} 条记录写了具体名称，看不出是不是上报的数据，未作判定；"
        "是则改工作表的名称，不是则删去",
        "by its name this sheet is an example or a blank form, yet {records} {{records:record|records}} in it "
        "{{records:names a real subject|name real subjects}}; nobody can tell whether that is reported, and "
        "nothing in it was judged. Rename the sheet if it is, or take it out",
    ),
    "unread-row": (
        "看不出这一行是什么（不像记录、合计、分组或备注），其中的内容没有用上；请核对，必要时改正或删去",
        "nobody can say what this row is (no record, total, group heading or note), so nothing in it was used; check "
        "it, and put it right or take it out",
    ),
    "cells-beyond": (
        "这一列没有表头，有 {cells} 格写了内容（“{text}”），不当作哪一栏的数据；如是数据，请补上表头",
        "this column has no header, and {cells} {{cells:cell holds|cells hold}} something (“{text}”) that was taken "
        "for the data of no column; if it is data, give it a header",
    ),
    "row-of-another-shape": (
        "这一行写到表头以外（从 {cell} 起没有表头），与上面的记录格数不同，看不出各格属于哪一列，未作判定；请各归其列，"
        "或在上面补一行表头",
        "this row goes on beyond the header (from {cell}), where the records above end: nobody can say which column "
        "each cell belongs to, so it was not judged. Put the cells under their headers, or give the row one of its own",
    ),
    "rows-of-another-shape": (
        "第 {first}～{last} 行写到表头以外（从 {cell} 起没有表头），与上面的记录格数不同，看不出各格属于哪一列，"
        "未作判定；请各归其列，或在上面补一行表头",
        "the rows {first} to {last} go on beyond the header (from {cell}), where the records above end: nobody can say "
        "which column each cell belongs to, so they were not judged. Put the cells under their headers, or give the "
        "rows one of their own",
    ),
    "period-not-told": (
        "表中有几个“{field}”，有 {rows} 行没有写明或读不出（从这一格起），看不出是哪一期的，未作判定；请补上",
        "the table has records of several periods, and {rows} {{rows:row|rows}} (from this cell on) "
        "{{rows:does|do}} not say of which, in “{field}”; not judged, please fill it in",
    ),
    "period-of-the-others": (
        "“{field}”一列有 {rows} 格空白（从这一格起），其余各行都是同一期（到 {period}），按同一期处理；不是的，请补上",
        "{rows} blank {{rows:cell|cells}} of “{field}” (from this one on) {{rows:was|were}} taken for the one period "
        "of all other rows, which ends on {period}; fill in what is not",
    ),
    "one-subject-several-rows": (
        "“{text}”这个名称占了第 {first}～{last} 行（共 {rows} 条），是一个对象写成几行；看不出各行是它的一部分，"
        "还是以哪一行为准，都未作判定；请一个对象写一行",
        "the name “{text}” stands once for the rows {first} to {last} ({rows} {{rows:record|records}}): one subject in "
        "several rows. Nobody can say whether these are its parts or which of them holds, so none was judged; write "
        "one row for each subject",
    ),
    "more-subjects-several-rows": (
        "另有 {count} 个对象也写成了几行，都未作判定",
        "{count} more {{count:subject stands|subjects stand}} in several rows each, and {{count:was|were}} not judged",
    ),
    "period-impossible": (
        "标题写的日期“{text}”不存在，没有采用；请更正，或用 --as-of 指定判定日期",
        "the title gives the date '{text}', which no calendar has; it was not used. Correct it, or name a day with "
        "--as-of",
    ),
    "unread-rows": (
        "看不出第 {first}～{last} 行是什么（不像记录、合计、分组或备注），其中的内容没有用上；请核对，必要时改正或删去",
        "nobody can say what the rows {first} to {last} are (no records, totals, headings or notes), so nothing in "
        "them was used; check them, and put them right or take them out",
    ),
    "name-carried": (
        "“{field}”一列有 {cells} 格空白，按“上一行的名称往下同样适用”处理；如是漏填，请补上",
        "{cells} blank {{cells:cell|cells}} of “{field}” {{cells:was|were}} taken to repeat the name above; "
        "fill in what was forgotten",
    ),
    "unmarked-total": (
        "这一行没有写“合计”，但数值等于其他各行之和，按合计行处理，不作判定",
        "this row is not called a total, but its figures are the sums of other rows; taken as a total and not judged",
    ),
    "names-the-whole": (
        "这一行的名称就是标题所说的地区，按全部各行的合计处理，不作判定",
        "this row bears the name of the region in the title; taken as the total of the others and not judged",
    ),
    "total-differs": (
        "合计行写的是 {stated}，按各行相加是 {summed}；合计行不参与评判，请核对",
        "the total row says {stated}, its rows add up to {summed}; totals are not judged, please check",
    ),
    "part-exceeds-total": (
        "其中一项写的是 {stated}，超过了上面的合计 {summed}；合计行不参与评判，请核对",
        "this part says {stated}, more than the {summed} of the total above it; totals are not judged, please check",
    ),
    "group-count-differs": (
        "“{text}”写明有 {stated} 个，下面实有 {counted} 行",
        "“{text}” states {stated}, and {counted} {{counted:row stands|rows stand}} below it",
    ),
    "count-differs": (
        "“{text}”写明有 {stated} 个，表中实有 {counted} 条记录；请核对是否漏报",
        "“{text}” states {stated}, and the table has {counted} {{counted:record|records}}; please check whether "
        "any is missing or twice",
    ),
    "serial-gap": (
        "序号不连续，缺 {text}（共 {count} 个）；请核对是否漏报",
        "the serial numbers leave out {text} ({count} in all); please check whether a record is missing",
    ),
    # subjects
    "duplicate-code": (
        "第 {row} 行与第 {first_row} 行的“{field}”相同（{text}），两行都保留",
        "rows {row} and {first_row} have the same “{field}” ({text}); both are kept",
    ),
    "duplicate-subject": (
        "第 {row} 行与第 {first_row} 行是同一个对象（{text}），两行都保留",
        "rows {row} and {first_row} name the same subject ({text}); both are kept",
    ),
    # the same in a table that lies on its side: its fields are rows and its records columns
    "duplicate-code-turned": (
        "{row} 列与 {first_row} 列的“{field}”相同（{text}），两列都保留",
        "columns {row} and {first_row} have the same “{field}” ({text}); both are kept",
    ),
    "duplicate-subject-turned": (
        "{row} 列与 {first_row} 列是同一个对象（{text}），两列都保留",
        "columns {row} and {first_row} name the same subject ({text}); both are kept",
    ),
}
