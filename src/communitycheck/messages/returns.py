"""Sentences about returns: what was read in which way, what could not be read, and what to do about it."""

MESSAGES: dict[str, tuple[str, str]] = {
    "not-a-subject": (
        "这一行没有对象名称和代码，或名称就是所属地区的名称，可能是合计行，未作为对象判定",
        "this row names no subject of its own (no name and no code, or the name of its region); it may be a total, and "
        "was not judged",
    ),
    "no-one-subject": (
        "名称“{text}”不是某一个对象的名称（几个合写、其他各处、平均、示例或已撤销等），这一行未作判定；请一行写一个对象，并写明其名称",
        "“{text}” is not the name of one subject (it is several at once, the rest, an average, a placeholder or one "
        "that is no longer there), so the row was not judged; give each subject a row and its name",
    ),
    "merged-figure": (
        "“{field}”的数字写在合并单元格里，占 {records} 个对象的行，看不出各是多少，都未采用；请取消合并，分别填写",
        "the figure of “{field}” stands in a merged cell over the rows of {records} subjects and nothing tells how "
        "much belongs to each; it was used for none. Unmerge the cell and fill in each row",
    ),
    "unread-row": (
        "看不出这一行是什么（不像记录、合计、分组或备注），其中的内容没有用上；请核对，必要时改正或删去",
        "nobody can say what this row is (no record, total, group heading or note), so nothing in it was used; check "
        "it, and put it right or take it out",
    ),
    "unread-rows": (
        "看不出第 {first}～{last} 行是什么（不像记录、合计、分组或备注），其中的内容没有用上；请核对，必要时改正或删去",
        "nobody can say what the rows {first} to {last} are (no records, totals, headings or notes), so nothing in "
        "them was used; check them, and put them right or take them out",
    ),
    "unread-sheet": (
        "这张工作表有 {rows} 行内容和数字，但看不出表格，没有用上；请核对，必要时改成一行表头、每行一个对象",
        "this sheet holds {rows} rows with figures, but no table was found in it, so nothing was used; check it, and "
        "give it a header and a subject on each row if it belongs to the return",
    ),
    "figures-beside": (
        "这一列不在任何表格内，有 {cells} 个数字没有用上；请核对",
        "this column belongs to no table, and its {cells} figures were not used; please check",
    ),
    "sheets-joined": (
        "与工作表“{first}”合并核查：{count} 个对象两张表都有，其数据放在一起判定，各计一次",
        "joined with the sheet “{first}”: {count} subjects stand in both, are judged by the figures of both and count "
        "once",
    ),
    # opening a file
    "file-missing": (
        "找不到这个文件；请检查路径和文件名",
        "no such file; check the path and the spelling of its name",
    ),
    "is-a-folder": (
        "这是一个文件夹，不是文件",
        "this is a folder, not a file",
    ),
    "empty-file": (
        "文件是空的，没有任何内容；请重新导出或重新索取",
        "the file is empty; export it or ask for it again",
    ),
    "password-protected": (
        "文件有打开密码；请在 Excel 或 WPS 中取消密码后另存再试",
        "the file is protected by a password; remove it in Excel or WPS, save, and try again",
    ),
    "truncated": (
        "文件不完整或已损坏（可能没有传完）；请重新下载或重新索取",
        "the file is cut short or damaged (perhaps a broken transfer); download it or ask for it again",
    ),
    "not-a-spreadsheet": (
        "这不是电子表格，内容像是 {kind}；请另存为 xlsx 或 csv",
        "this is no spreadsheet, it looks like {kind}; save it as xlsx or csv",
    ),
    "not-text": (
        "这不是电子表格，也不是文字：内容是二进制数据，文件可能已损坏或改错了扩展名；请向填报单位重新要一份 xlsx",
        "this is neither a spreadsheet nor text, its content is binary; it may be damaged or misnamed. Ask for it "
        "again as xlsx",
    ),
    "not-a-file": (
        "这是管道或设备，不是文件；请先把内容存成文件",
        "this is a pipe or a device, not a file; save its content to a file first",
    ),
    "lock-file": (
        "这是 Excel 或 WPS 打开文件时的临时锁文件，不是报表；请改为核查 {name}",
        "this is the lock file of a workbook that is open, not a return; check {name} instead",
    ),
    "no-permission": (
        "没有读取这个文件的权限；请检查权限，或换一个账户运行",
        "no permission to read this file; change its permissions or run as another user",
    ),
    "unreadable-file": (
        "打不开这个文件，其内部结构有误；请用 Excel 或 WPS 打开后另存为 xlsx 再试",
        "the file cannot be opened, its inner structure is faulty; open it in Excel or WPS, save it as xlsx, try again",
    ),
    "too-many-columns": (
        "这个文件有 {columns} 列，电子表格最多 {most} 列；请只留下要报送的列后再试",
        "this file has {columns} columns, and a spreadsheet has {most} at most; keep the columns of the return alone "
        "and try again",
    ),
    "too-large": (
        "读取这个文件需要的内存过多：可能在很远处有一个误填的单元格，或压缩包异常；请删去数据区以外的行列后另存再试",
        "reading this file would take too much memory: perhaps a stray cell far outside the data, or a packing bomb; "
        "delete the rows and columns beyond the data, save, and try again",
    ),
    "cell-too-far": (
        "工作表（{part}）的内容一直延伸到 {cell}，远在数据区之外；请删去那里的内容后另存再试",
        "a sheet ({part}) reaches as far as {cell}, well beyond its data; delete what stands there, save, try again",
    ),
    "took-too-long": (
        "读这个文件占用处理器超过 {seconds} 秒仍未读完，已停止；请用 Excel 或 WPS 打开后另存为 xlsx 再试",
        "the file could not be read within {seconds} seconds of processor time and was given up; open it in Excel or "
        "WPS, save it as xlsx, try again",
    ),
    "no-cells": (
        "文件里的工作表全是空的",
        "every sheet of this file is empty",
    ),
    "names-numbered": (
        "“{text}”列的名称都带有依次的序号，已去掉序号",
        "the names below '{text}' are all numbered in order; they are read without the numbers",
    ),
    "archive-without-returns": (
        "压缩包里没有电子表格",
        "there is no spreadsheet in this archive",
    ),
    "encoding-doubtful": (
        "文件编码不纯，按 {encoding} 读取，有 {count} 个字符读不出来（显示为 �）",
        "the file mixes encodings; read as {encoding}, {count} characters could not be read (shown as �)",
    ),
    "values-only": (
        "这个 {format} 文件只读到了数值：百分比格式、合并单元格、公式错误和隐藏行列都无从得知；"
        "请在 Excel 或 WPS 中另存为 xlsx 再试",
        "only the values of this {format} file could be read: no percent formats, merged cells, formula errors or "
        "hidden rows. Save it as xlsx in Excel or WPS and try again",
    ),
    # finding tables
    "no-table": (
        "没有找到表格：看不出哪一行是表头、哪些行是数据",
        "no table found: no row reads like a header with data below it",
    ),
    "form-without-data": (
        "这是一张还没有填写的空表：有表头和栏目，没有任何数据",
        "this is a form that nobody has filled in: it has headers and labels and no data",
    ),
    "form-with-data": (
        "这是一张登记表（栏目和内容左右相邻），不是每行一个对象的表格，无法核查；请把每个对象改成一行，"
        "空白表样可用 communitycheck template 生成",
        "this is a form (labels with their answers beside them), not a table with one subject in each row; it cannot "
        "be judged. Put each subject on a row: communitycheck template makes a blank return",
    ),
    "form-of-nobody": (
        "这是一张填一个对象的表（每行一项指标），看不出是哪个社区、街道还是区县的；请在标题或“填报单位：”里写明全称，"
        "或加一行“社区名称”，也可以改成每行一个对象（空白表样可用 communitycheck template 生成）",
        "this is a form about one subject (an indicator on each row), and nothing tells which community, street or "
        "county it is about. Name it in the title or after 填报单位：, add a row 社区名称, or put each subject on a "
        "row (communitycheck template makes a blank return)",
    ),
    "form-of-two-figures": (
        "这是一张填一个对象的表（每行一项指标），有几列都可能是本期的数字，不能确定核查哪一列；请只留一列，或改成每行一个对象",
        "this is a form about one subject (an indicator on each row), and several columns may hold its current "
        "figures. Leave one of them, or put each subject on a row",
    ),
    "form-without-period": (
        "这是一张填一个对象的表（每行一项指标），没有一列是本期的数字：上年同期、累计、计划、各月各季的数字都不能用来核查；"
        "请加上“本期”一列，或改成每行一个对象",
        "this is a form about one subject (an indicator on each row), and no column holds its current figures: last "
        "year, cumulative sums, plans, single months and quarters are not judged. Add a column 本期, or put each "
        "subject on a row",
    ),
    "no-records": (
        "表格只有表头，没有数据行",
        "the table has a header and no rows",
    ),
    # finding files
    "file-changing": (
        "读取时文件被改动；请等它写完再核查",
        "the file changed while it was being read; wait until it is whole and run again",
    ),
    "folder-closed": (
        "文件夹打不开，里面的报表都没有核查；请检查权限",
        "the folder cannot be opened, and none of the returns in it were checked; mind its permissions",
    ),
    "folder-empty": (
        "文件夹里没有可读的报表（{suffixes}）",
        "the folder holds no return that can be read ({suffixes})",
    ),
    "pattern-empty": (
        "没有文件符合这个写法",
        "no file matches this pattern",
    ),
    "listed-leads-nowhere": (
        "清单 {line} 行所列的路径下没有可读的报表；请核对这一行",
        "{line} lists this path, and no return is there; check that line",
    ),
    "list-missing": ("清单打不开；请检查 @ 后面的路径", "the list cannot be opened; check the path after the @"),
    "list-not-text": (
        "清单不是文本文件；请每行写一个路径，存为 UTF-8 或 GBK 文本",
        "the list is no text file; write one path a line and save it as UTF-8 or GBK text",
    ),
    "list-empty": ("清单里没有路径；请每行写一个", "the list names no path; write one a line"),
    "reader-died": (
        "读取这个文件的进程中途退出，其他文件不受影响；可能是内存不足，请单独再读一次，或另存为 xlsx",
        "the process that read this file died, the other files are unharmed; memory may have run out: read it alone, "
        "or save it anew as xlsx",
    ),
    "reading-failed": (
        "读取时程序内部出错（{kind}：{text}），其他文件不受影响；请把这个文件反馈给维护者",
        "internal error in reading this file ({kind}: {text}), the other files are unharmed; please report the file",
    ),
    "cache-closed": (
        "缓存文件夹 {path} 不能使用（{cause}）；请换一个文件夹，或不用 --cache",
        "the cache folder {path} cannot be used ({cause}); choose another, or leave --cache out",
    ),
    # columns
    "two-columns-one-field": (
        "{first}列“{first_header}”和{second}列“{second_header}”都可能是“{field}”，内容又不相同；"
        "请改一个表头，或在对应文件里写明用哪一列（{key}）",
        "columns {first} “{first_header}” and {second} “{second_header}” could both be “{field}” and differ; "
        "rename one of the headers, or say in a mapping file which column is {key}",
    ),
    "one-column-two-fields": (
        "{column}列“{header}”可能是不同的字段：{fields}；请改表头，或在对应文件里写明",
        "column {column} “{header}” could be any of the fields {fields}; rename it, or settle it in a mapping file",
    ),
    "column-passed-over": (
        "“{text}”也像“{field}”，已采用{other}列，这一列未用",
        "“{text}” also reads like “{field}”; column {other} was used, this one was not",
    ),
    "column-by-likeness": (
        "表头“{text}”按相近名称认作“{field}”（相似度{confidence}）；不对请改表头或用对应文件写明",
        "header “{text}” was taken for “{field}” by likeness ({confidence}); if that is wrong, rename it or use a "
        "mapping file",
    ),
    "column-values-unlike": (
        "表头“{text}”本可以是“{field}”，但这一列填的都不是“{field}”的值，没有当作该字段；若是，请改表头或用对应文件写明",
        "header “{text}” could mean “{field}”, but what stands in the column are no values of it, so it was not taken "
        "for it. If it is, rename the header or use a mapping file",
    ),
    "columns-answer-together": (
        "“{text}”和“{other}”两列合读：勾在哪一列，答案就是哪一个",
        "the columns “{text}” and “{other}” are read together: the one that is marked is the answer",
    ),
    "column-similar": (
        "表头“{text}”没有对应的字段，最相近的名称是“{name}”；如是同一指标，请改表头或用对应文件写明",
        "header “{text}” maps to no field; the nearest name is “{name}”. If that is meant, rename it or use a "
        "mapping file",
    ),
    "units-differ": (
        "“{text}”各行的单位不同（{units}），这一列未用；请换算成同一单位，并把单位写进表头",
        "the rows of “{text}” are in different units ({units}), so the column was not used. Convert them to one unit "
        "and put it into the header",
    ),
    "column-to-confirm": (
        "{column} 列“{text}”像是“{field}”（{key}），没有它有 {rules} 条规则没有核查；是就请改表头，"
        "或在对应文件里写明",
        "column {column} “{text}” looks like “{field}” ({key}), without which {rules} rules were not checked: confirm "
        "with a mapping file, or rename the header",
    ),
    "unit-does-not-fit": (
        "表头“{text}”的单位“{unit}”与“{field}”不符，这一列未用",
        "the unit “{unit}” in header “{text}” does not fit “{field}”; the column was not used",
    ),
    "no-known-columns": (
        "这张表没有一列是已知指标，未作判定",
        "no column of this table is a known field; it was not judged",
    ),
    "records-without-header": (
        "这张表没有表头，看不出各列是什么，其中的记录没有用上；请补上表头，或并入前一张表",
        "this sheet has no header, so nothing tells what its columns are and its records were not used; give it a "
        "header, or put its rows under the table that they continue",
    ),
    "unknown-entity": (
        "看不出每一行是社区、街道、区县还是市，未作判定；请加上名称列，或在对应文件里写明 entity",
        "nothing tells whether the rows are communities, streets, counties or cities; not judged. "
        "Add a column of names, or state the entity in a mapping file",
    ),
    "hidden-sheet": (
        "工作表是隐藏的，未作判定",
        "the sheet is hidden; it was not judged",
    ),
    "hidden-rows": (
        "有 {rows} 行是隐藏的，同样计入",
        "{rows} rows are hidden; they count like the others",
    ),
    "hidden-columns": (
        "{columns} 列是隐藏的，其中的数同样使用",
        "hidden columns, used like the others: {columns}",
    ),
    "name-carried": (
        "“{field}”一列有 {cells} 格空白，按“上一行的名称往下同样适用”处理；如是漏填，请补上",
        "{cells} blank cells of “{field}” were taken to repeat the name above them; if they were forgotten, "
        "fill them in",
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
        "“{text}” states {stated}, and {counted} rows stand below it",
    ),
    # rows of a text file
    "row-too-long": (
        "这一行有 {cells} 格，表只有 {columns} 列，有的格看不出属于哪一列，未采用（多半是“1,200”一类没有加引号）："
        "{text}",
        "this row has {cells} cells for {columns} columns; those whose column is not certain were not used "
        "(most often a 1,200 without quotes): {text}",
    ),
    "row-mended": (
        "这一行有 {cells} 格，表只有 {columns} 列；按唯一说得通的读法把逗号断开的内容合回一格，请核对：{text}",
        "this row has {cells} cells for {columns} columns; what a comma cut apart was joined in the only way that "
        "fits, please check: {text}",
    ),
    "cells-beyond": (
        "这一行有 {cells} 格，表只有 {columns} 列；最后一列以外的内容没有采用：{text}",
        "this row has {cells} cells for {columns} columns; what stands behind the last column was not used: {text}",
    ),
    "quote-unclosed": (
        "这一行有一个引号没有配对，往下 {lines} 行连成了一格；已去掉这个引号，逐行读取，请核对：{text}",
        "a quote in this row has no partner and runs {lines} lines together; it was left out and each line read by "
        "itself, please check: {text}",
    ),
    "quote-stray": (
        "这一行有一个多余的引号，已去掉再读，请核对：{text}",
        "a quote in this row has no partner; it was left out, please check: {text}",
    ),
    "line-in-cell": (
        "这一行有一格跨了几行，其中一行看起来本身就是一条记录，未单独读取；如果不是备注，请改正引号：{text}",
        "a cell of this row runs over several lines, and one of them looks like a row of its own; it was not read as "
        "one. Unless it is a remark, mend the quotes: {text}",
    ),
    "row-too-short": (
        "这一行只有 {cells} 格，表有 {columns} 列，看不出缺的是哪一格，数字未采用；空格也请留出位置：{text}",
        "this row has {cells} cells for {columns} columns and nothing tells which is missing; its figures were not "
        "used. Keep the place of a blank cell: {text}",
    ),
    "header-short": (
        "表头只有 {columns} 个名称，下面各行都有 {cells} 格，名称可能对错了列，请核对：{text}",
        "the header has {columns} names and every row below it {cells} cells; the names may stand over the wrong "
        "columns, please check: {text}",
    ),
    "header-moved": (
        "表头只有 {columns} 个名称，下面各行都有 {cells} 格，第一格是行号；表头已右移一列，请核对：{text}",
        "the header has {columns} names and every row below it {cells} cells, the first of which numbers the rows; "
        "the names were moved one column to the right, please check: {text}",
    ),
    # cells that were not used
    "unreadable-value": (
        "“{field}”一格的“{text}”读不出，未采用",
        "“{text}” cannot be read as “{field}”; the cell was not used",
    ),
    "range-value": (
        "“{field}”一格的“{text}”是一个区间，不是一个数，未采用",
        "“{text}” is a range, not one value of “{field}”; the cell was not used",
    ),
    "error-value": (
        "“{field}”一格是公式错误“{text}”，未采用；请修正公式",
        "the cell of “{field}” holds the error {text} and was not used; mend its formula",
    ),
    "formula-without-value": (
        "“{field}”一格是公式，文件里没有保存结果；请用 Excel 或 WPS 打开后保存再试",
        "the cell of “{field}” is a formula whose result is not stored; open the file in Excel or WPS, save, try again",
    ),
    "shifted-value": (
        "这一行的格数比列数多，看不出“{field}”是哪一格，未采用；请给带逗号的内容加上引号",
        "this row has more cells than there are columns and nothing tells which is “{field}”; not used. "
        "Put text that holds a comma in quotes",
    ),
    "sum-disagrees": (
        "“{field}”一格的“{text}”算出来是 {value:g}，与所写的结果不符，未采用",
        "“{text}” of “{field}” adds up to {value:g}, which is not what it states; the cell was not used",
    ),
    "single-time": (
        "“{field}”一格的“{text}”只是一个时刻，看不出开放多久，未采用",
        "“{text}” of “{field}” is a single time of day and says nothing about how long; the cell was not used",
    ),
    "irregular-times": (
        "“{field}”一格的“{text}”没有次数，按缺数据处理",
        "“{text}” of “{field}” states no number; taken as missing",
    ),
    "unclear-category": (
        "“{field}”一格的“{text}”看不出是哪一类，未采用",
        "“{text}” does not tell which kind of “{field}” is meant; the cell was not used",
    ),
    "unknown-category": (
        "“{field}”没有“{text}”这一类，未采用",
        "“{text}” is no known value of “{field}”; the cell was not used",
    ),
    "code-lost-digits": (
        "“{field}”一格的“{text}”已被表格软件改成科学计数，后几位丢失，未采用；请把该列设为文本后重填",
        "“{text}” of “{field}” was turned into scientific notation and lost digits; not used. "
        "Format the column as text and enter the codes again",
    ),
    "bare-among-percent": (
        "“{field}”一列的其他格都带百分号，“{text}”没有，看不出是不是百分数，未采用；请补上百分号",
        "the other cells of “{field}” show a percent sign and “{text}” does not; not used. Add the percent sign",
    ),
    "fraction-or-percent": (
        "“{field}”一列既有小数又有百分数，“{text}”看不出是哪一种，未采用；请补上百分号",
        "the column “{field}” mixes fractions and percentages and “{text}” could be either; not used. "
        "Add the percent sign",
    ),
    "impossible-value": (
        "“{field}”一格的“{text}”不可能（应在 {low:g} 到 {high:g} 之间），未采用；也可能是单位写错",
        "“{text}” is impossible for “{field}” (from {low:g} to {high:g}); not used. Perhaps a wrong unit",
    ),
    "impossible-fraction": (
        "“{field}”一格的“{text}”不是整数，未采用",
        "“{text}” is no whole number and cannot be “{field}”; the cell was not used",
    ),
    "impossible-zero": (
        "“{field}”一格填 0，不可能，未采用",
        "“{field}” cannot be 0; the cell was not used",
    ),
    "unusual-value": (
        "“{field}”{text} 多于 {usual:g}，很少见，请向填报单位核实；照填报采用",
        "“{field}” {text} is more than {usual:g}, which is rare; ask the office. It was used",
    ),
    "fewer-than": (
        "“{field}”{value:g} 少于“{other}”{other_value:g}，很少见，请向填报单位核实；两个数都照填报采用",
        "“{field}” {value:g} is below “{other}” {other_value:g}, which is rare; ask the office. Both were used",
    ),
    "more-cells": (
        "同类情况还有 {cells} 处，不再逐一列出",
        "the same in {cells} more places, which are not listed one by one",
    ),
    # cells that were used, and how
    "bound-value": (
        "“{field}”一格的“{text}”是约数，按 {lo:g} 到 {hi:g} 之间判定",
        "“{text}” of “{field}” is a bound; judged as from {lo:g} to {hi:g}",
    ),
    "at-least-value": (
        "“{field}”一格的“{text}”只写了下限，按至少 {lo:g} 判定",
        "“{text}” of “{field}” states a lower limit alone; judged as {lo:g} or more",
    ),
    "about-value": (
        "“{field}”一格的“{text}”是约数，按 {value:g} 采用",
        "“{text}” of “{field}” is approximate; used as {value:g}",
    ),
    "sum-value": (
        "“{field}”一格的“{text}”按合计 {value:g} 采用",
        "“{text}” of “{field}” was added up to {value:g}",
    ),
    "bracket-left-out": (
        "“{field}”一格的“{text}”按括号外的数采用",
        "“{text}” of “{field}”: the number outside the brackets was used",
    ),
    "words-left-out": (
        "“{field}”一格的“{text}”按其中的数采用",
        "“{text}” of “{field}”: its number was used",
    ),
    "unit-assumed": (
        "“{field}”一格的“{text}”里的“方”按平方米采用",
        "“{text}” of “{field}” was taken as square metres",
    ),
    "spaced-thousands": (
        "“{field}”一格的“{text}”里的空格按千位分隔，采用 {value:g}",
        "the space in “{text}” of “{field}” was taken as a thousands mark: {value:g}",
    ),
    "none-means-zero": (
        "“{field}”一格的“{text}”按 0 采用",
        "“{text}” of “{field}” was used as 0",
    ),
    "yes-means-one": (
        "“{field}”一格没有写数，按 1 采用",
        "the cell of “{field}” states no number and was counted as 1",
    ),
    "names-counted": (
        "“{field}”一格是名单，按 {count} 采用",
        "the cell of “{field}” is a list of names and was counted as {count}",
    ),
    "name-means-yes": (
        "“{field}”一格写的是名称或地址，按“有”采用",
        "the cell of “{field}” holds a name or address and was taken as yes",
    ),
    "truth-explained": (
        "“{field}”一格的“{text}”带有说明，按开头的是或否采用",
        "“{text}” of “{field}” comes with an explanation; its leading yes or no was used",
    ),
    "not-yet": (
        "“{field}”一格的“{text}”尚未建成，按“否”采用",
        "“{text}” of “{field}” does not stand yet and was taken as no",
    ),
    "weekdays-only": (
        "“{field}”一格的“{text}”只写了工作日，按每天 {hours:g} 小时采用",
        "“{text}” of “{field}” is for working days alone; used as {hours:g} hours a day",
    ),
    "shortest-day": (
        "“{field}”一格的“{text}”各时段不同，按最短的 {hours:g} 小时采用",
        "“{text}” of “{field}” differs by day or season; the shortest, {hours:g} hours, was used",
    ),
    "category-by-ending": (
        "“{field}”一格的“{text}”按末尾的“{form}”归类",
        "“{text}” of “{field}” was classed by its ending “{form}”",
    ),
    "all-means-100": (
        "“{field}”一格的“{text}”按 100% 采用",
        "“{text}” of “{field}” was used as 100 %",
    ),
    "money-without-unit": (
        "“{field}”一列的表头、单位行和格内都没有写明是元还是万元（如“{text}”），{cells} 格未采用；请写明单位",
        "neither header, unit line nor cells of “{field}” say whether it is in yuan or 10,000 yuan (such as “{text}”); "
        "{cells} cells were not used; please state the unit",
    ),
    "open-list": (
        "“{field}”一格的“{text}”以“等”结尾，写明的各项算数，其余不能判定",
        "“{text}” of “{field}” ends with “and others”; what it names counts, the rest cannot be told",
    ),
    "fractions-in-percent-column": (
        "“{field}”的表头是百分数，各格却都不超过 1.5，按小数采用（0.9 即 90%）",
        "the header of “{field}” says percent, yet no cell exceeds 1.5; taken as fractions (0.9 is 90 %)",
    ),
    "percent-column": (
        "“{field}”的表头没有百分号，各格都大于 1.5，按百分数采用",
        "the header of “{field}” has no percent sign and every cell exceeds 1.5; taken as percentages",
    ),
    "fraction-among-percent": (
        "“{field}”一列多为百分数，“{text}”按小数采用",
        "the column “{field}” holds percentages; “{text}” was taken as a fraction",
    ),
    # subjects
    "duplicate-code": (
        "第 {row} 行与第 {first_row} 行的行政区划代码相同（{text}），两行都保留",
        "rows {row} and {first_row} have the same region code ({text}); both are kept",
    ),
    "duplicate-subject": (
        "第 {row} 行与第 {first_row} 行是同一个对象（{text}），两行都保留",
        "rows {row} and {first_row} name the same subject ({text}); both are kept",
    ),
    # a table that lies on its side: its fields are rows and its records columns
    "two-columns-one-field-turned": (
        "第 {first} 行“{first_header}”和第 {second} 行“{second_header}”都可能是“{field}”，内容又不相同；"
        "请改一行的名称，或在对应文件里写明用哪一行（{key}）",
        "rows {first} “{first_header}” and {second} “{second_header}” could both be “{field}” and differ; "
        "rename one of them, or say in a mapping file which row is {key}",
    ),
    "one-column-two-fields-turned": (
        "第 {column} 行“{header}”可能是不同的字段：{fields}；请改名称，或在对应文件里写明",
        "row {column} “{header}” could be any of the fields {fields}; rename it, or settle it in a mapping file",
    ),
    "column-passed-over-turned": (
        "“{text}”也像“{field}”，已采用第 {other} 行，这一行未用",
        "“{text}” also reads like “{field}”; row {other} was used, this one was not",
    ),
    "duplicate-code-turned": (
        "{row} 列与 {first_row} 列的行政区划代码相同（{text}），两列都保留",
        "columns {row} and {first_row} have the same region code ({text}); both are kept",
    ),
    "duplicate-subject-turned": (
        "{row} 列与 {first_row} 列是同一个对象（{text}），两列都保留",
        "columns {row} and {first_row} name the same subject ({text}); both are kept",
    ),
    "other-periods-aside": (
        "只核查本期的数字；这些列是别的时期、计划或变化，没有核查：{columns}",
        "only the current figures were judged; these columns hold other periods, plans or changes and were not: "
        "{columns}",
    ),
    "column-set-aside": (
        "这张表每列是一个对象或报告期，这一列不是，没有核查",
        "each column of this table is a subject or a period; this one is none and was not judged",
    ),
    # mapping files
    "mapping-missing": (
        "找不到对应文件 {path}",
        "no mapping file {path}",
    ),
    "mapping-not-yaml": (
        "对应文件 {path} 不是正确的 YAML[[，问题在第 {line} 行]]",
        "the mapping file {path} is no valid YAML[[: see line {line}]]",
    ),
    "mapping-entry": (
        "对应文件 {path} 里的“{entry}”不对[[；最接近的写法是 {near}]][[；应写作 {right}]]",
        "the mapping file {path} has a wrong entry “{entry}”[[; the nearest valid spelling is {near}]]"
        "[[; it is written {right}]]",
    ),
    "mapping-twice": (
        "对应文件 {path} 的第 {first} 行和第 {line} 行都写了“{key}”；请只留一个",
        "the mapping file {path} has “{key}” in line {first} and again in line {line}; leave one of them",
    ),
    "mapping-two-columns": (
        "对应文件 {path} 的 {entry} 把 {first} 列和 {second} 列都写成 {field}；一个字段只能来自一列，请只留一列",
        "in the mapping file {path}, {entry} gives {field} to both columns {first} and {second}; a field comes from "
        "one column: leave one of them",
    ),
    "mapping-contradicts": (
        "对应文件 {path} 的 {first} 和 {second} 说的是同一张表，{column} 列的字段却不同；"
        "请只留一项，不同的表请写明 header_rows",
        "in the mapping file {path}, {first} and {second} are about one table and give column {column} different "
        "fields; leave one of them, or tell the tables apart by header_rows",
    ),
    "mapping-no-row": (
        "对应文件写的表头在第 {row} 行，这张表只有 {last} 行；请改正 header_rows",
        "the mapping file has the header in row {row}, and this sheet has {last} rows; correct header_rows",
    ),
    "mapping-no-name": (
        "对应文件把名称列（{column} 列“{header}”）写成不是字段，记录就没有名称；请写明名称在哪一列，或去掉这一项",
        "the mapping file says that column {column} “{header}”, which names the records, is no field; say which column "
        "names them, or take that entry out",
    ),
    "mapping-by-sheet": (
        "对应文件 {path} 是旧格式，只按工作表写（sheets:），会把一个文件的列用到另一个文件上；请用 "
        "inspect --save-mapping 重新生成，或把各项改写到 tables: 下，写明 file 和 sheet",
        "the mapping file {path} is of the earlier kind, keyed by sheet alone (sheets:), which took the columns of one "
        "file for those of another; write it anew with inspect --save-mapping, or move its entries to tables:, each "
        "with its file and sheet",
    ),
    "mapping-header-differs": (
        "对应文件中 {column} 列的表头是“{header}”[[，这里却是“{found}”]]；这一列没有按对应文件读，请核对",
        "the mapping file has column {column} under “{header}”[[, and it is headed “{found}” here]]; the mapping "
        "was not used for this column: please check",
    ),
    "mapping-column-missing": (
        "表中没有对应文件所写的 {column} 列[[（表头“{header}”）]]，这一项没有采用；请核对列号",
        "the table has no column {column}, which the mapping file names[[ under “{header}”]]; the entry was not used: "
        "please check the letter",
    ),
    "mapping-column-moved": (
        "对应文件写在 {column} 列的“{header}”现在在这一列，已按表头对上",
        "“{header}”, column {column} in the mapping file, is this column now; it was found by its header",
    ),
    "mapping-unused": (
        "对应文件里有 {count} 项在读到的报表中没有对应的工作表，第一项是 {file}[[ [{table}]]]；请核对文件名和表名",
        "{count} entries of the mapping file are about no sheet that was read, the first {file}[[ [{table}]]]; check "
        "the names of file and sheet",
    ),
    "mapping-head": (
        "各列读作什么字段。改错的地方，再用 check 或 inspect 的 --mapping 读回来；不改则结果不变。\n"
        "field 可写字段名或中文名称，null 表示不是字段；header 是当时的表头，变了会提示。\n"
        "file、sheet 可用 * 和 ?；几项都合适时，写得最具体的有效。",
        "Which field each column was read as. Correct it and give it back with --mapping of check or inspect; unedited "
        "it changes nothing.\n"
        "field takes the name or the label of a field, null for none; header is what the column was headed then, and a "
        "change is told.\n"
        "file and sheet may hold * and ?; where several entries fit, the most specific counts.",
    ),
    "mapping-asked": (
        "# 待定：写明 field（不是字段写 null），再去掉行首的 #",
        "# open: give its field, or null for none, and take away the first #",
    ),
}
