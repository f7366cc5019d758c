"""Sentences about files: found, opened, and the lines of text files."""

MESSAGES: dict[str, tuple[str, str]] = {
    # opening a file
    "file-missing": (
        "找不到这个文件[[，是否想用“{near}”]]；请检查路径和文件名",
        "no such file[[ (did you mean '{near}'?)]]; check the path and the spelling of its name",
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
        "这不是电子表格，也不是能解码的文字：内容是二进制数据，或混用了几种编码，文件可能已损坏或改错了扩展名；"
        "请向填报单位重新要一份 xlsx",
        "this is neither a spreadsheet nor text that can be decoded: its content is binary or mixes encodings; it may "
        "be damaged or misnamed. Ask for it again as xlsx",
    ),
    "mixed-encodings": (
        "混用了两种编码：其余是 GBK，第 {lines} 行却是 UTF-8，混着读会成为乱码；"
        "可能是几个文件直接拼接而成，请分别另存为同一种编码再合并，或向填报单位重新要一份 xlsx",
        "mixes encodings: it is GBK, but UTF-8 in line {lines}, which would be read as other words; files "
        "were perhaps joined as they are. Save each in one encoding and join them anew, or ask for it as xlsx",
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
        "有 {found} 列有内容，上限是 {most} 列；请只留下要报送的列后再试，确实需要时用 --limit columns=N 提高上限",
        "{found} {{found:column holds|columns hold}} something, and the limit is {most}; keep the columns of the "
        "return alone and try again, or raise the limit with --limit columns=N",
    ),
    "too-many-sheets": (
        "有 {found} 个工作表有内容，上限是 {most} 个；请分成几个文件后再试，确实需要时用 --limit sheets=N 提高上限",
        "{found} {{found:sheet holds|sheets hold}} something, and the limit is {most}; divide the file and try "
        "again, or raise the limit with --limit sheets=N",
    ),
    "too-many-rows": (
        "有 {found} 行，上限是 {most} 行；请分成几个文件后再试，确实需要时用 --limit rows=N 提高上限",
        "the file has {found} {{found:row|rows}}, and the limit is {most}; divide it and try again, or raise the limit "
        "with --limit rows=N",
    ),
    "too-many-cells": (
        "有 {found} 个单元格，上限是 {most} 个；请分成几个文件后再试，确实需要时用 --limit cells=N 提高上限",
        "the file has {found} {{found:cell|cells}}, and the limit is {most}; divide it and try again, or raise the "
        "limit with --limit cells=N",
    ),
    "too-many-members": (
        "压缩包（连同里面的压缩包）里有 {found} 份报表，上限是 {most} 份；请分成几个再试，"
        "确实需要时用 --limit members=N 提高上限",
        "the archive with those inside it holds {found} {{found:return|returns}}, and the limit is {most}; divide it "
        "and try again, or raise the limit with --limit members=N",
    ),
    "archives-too-deep": (
        "压缩包一层套一层，这是第 {found} 层，上限是 {most} 层；请先解压再试，确实需要时用 --limit depth=N 提高上限",
        "this is archive number {found} of those one inside the other, and the limit is {most}; unpack them first, or "
        "raise the limit with --limit depth=N",
    ),
    "line-too-long": (
        "有一行长达 {found}（上限 {most}），多半不是表格；请检查文件内容，确实需要时用 --limit line=N 提高上限",
        "a line is {found} long or more, and the limit is {most}: this is hardly a table. Look into the file, or "
        "raise the limit with --limit line=N",
    ),
    "text-irregular": (
        "这个文件[[有 {found} 格，]]须逐行读取（引号不成对、各行格数不一、编码特殊或是网页），上限是 {most} 格；"
        "请用 Excel 或 WPS 打开后另存为 xlsx 或 UTF-8 的 csv，确实需要时用 --limit irregular=N 提高上限",
        "this file[[ of {found} {{found:cell|cells}}]] has to be read row by row (quotes that do not pair, rows of "
        "different lengths, another encoding than UTF-8 or GBK, a web page), and the limit for that is {most} "
        "{{most:cell|cells}}; save it as xlsx or as csv in UTF-8 with Excel or WPS, or raise the limit with "
        "--limit irregular=N",
    ),
    "too-large": (
        "读取这个文件需要的资源过多[[，实际 {found}]][[，{limit} 的上限是 {most}]]：可能在很远处有一个误填的单元格，"
        "或压缩包异常；请删去数据区以外的行列后另存再试[[，确实需要时用 --limit {limit}=N 提高上限]]",
        "reading this file would take too much[[ ({found})]][[, the limit on {limit} is {most}]]: perhaps a stray cell "
        "far outside the data, or a packing bomb; delete the rows and columns beyond the data, save, and try again[[, "
        "or raise the limit with --limit {limit}=N]]",
    ),
    "cell-too-far": (
        "工作表（{part}）的内容一直延伸到 {cell}，远在数据区之外；请删去那里的内容后另存再试",
        "a sheet ({part}) reaches as far as {cell}, well beyond its data; delete what stands there, save, try again",
    ),
    "took-too-long": (
        "读这个文件占用处理器超过 {seconds} 秒仍未读完，已停止；请用 Excel 或 WPS 打开，只留下要报送的工作表和行列，"
        "另存为 xlsx 再试，确实需要时用 --limit seconds=N 提高上限",
        "the file could not be read within {seconds} {{seconds:second|seconds}} of processor time and was given up; "
        "open it in Excel or WPS, keep the sheets, rows and columns of the return alone, save it as xlsx, try again, "
        "or raise the limit with --limit seconds=N",
    ),
    "archive-too-large": (
        "压缩包（连同里面的压缩包）解开后过大[[，实际 {found}]][[，{limit} 的上限是 {most}]]；"
        "来源可靠时请解压后直接核查里面的文件，或分成几个压缩包再试[[，也可用 --limit {limit}=N 提高上限]]",
        "unpacked, the archive with those inside it would be too large[[ ({found})]][[, the limit on {limit} is "
        "{most}]]; if you know where it comes from, unpack it and check the files themselves, or divide it into "
        "several[[; or raise the limit with --limit {limit}=N]]",
    ),
    "archive-took-too-long": (
        "读这个压缩包（连同里面的压缩包）占用处理器超过 {seconds} 秒仍未读完，余下的未读；"
        "请解压后直接核查里面的文件，或分成几个压缩包再试，确实需要时用 --limit seconds=N 提高上限",
        "the archive with those inside it could not be read within {seconds} {{seconds:second|seconds}} of processor "
        "time, and the rest of it was given up; unpack it and check the files themselves, or divide it into several, "
        "or raise the limit with --limit seconds=N",
    ),
    "arrow-too-large": (
        "读取这个 Parquet 或 Arrow 文件需要的资源过多[[，实际 {found}]][[，{limit} 的上限是 {most}]]；"
        "请由导出它的程序只导出要报送的列，或分成几个文件再试[[，确实需要时用 --limit {limit}=N 提高上限]]",
        "reading this Parquet or Arrow file would take too much[[ ({found})]][[, the limit on {limit} is {most}]]; "
        "have the program that wrote it write the columns of the return alone, or several files, and try again[[, or "
        "raise the limit with --limit {limit}=N]]",
    ),
    "arrow-took-too-long": (
        "读这个 Parquet 或 Arrow 文件占用处理器超过 {seconds} 秒仍未读完，已停止；"
        "请由导出它的程序只导出要报送的列，或分成几个文件再试，确实需要时用 --limit seconds=N 提高上限",
        "the Parquet or Arrow file could not be read within {seconds} {{seconds:second|seconds}} of processor time and "
        "was given up; have the program that wrote it write the columns of the return alone, or several files, and try "
        "again, or raise the limit with --limit seconds=N",
    ),
    "memory-short": (
        "内存不足，没有读完这个文件，文件本身未必有问题；请关闭其他程序，或减少 --jobs，或分成几个文件再试",
        "the machine ran out of memory while the file was read; nothing need be wrong with it: close other programs, "
        "run with fewer --jobs, or divide the file, and try again",
    ),
    "no-cells": (
        "文件里的工作表没有一格有内容；表格如果是图片或扫描件，请改报能填写的表格，图片不识别",
        "no cell of this file holds anything; if the table is a picture or a scan, ask for the sheet itself, as "
        "pictures are not read",
    ),
    "archive-without-returns": (
        "压缩包里没有电子表格",
        "there is no spreadsheet in this archive",
    ),
    "encoding-doubtful": (
        "文件编码不纯，按 {encoding} 读取，有 {count} 个字符读不出来（显示为 �）[[：{cells}]]",
        "the file mixes encodings; read as {encoding}, {count} {{count:character|characters}} could not be read "
        "(shown as �)[[: {cells}]]",
    ),
    "values-only": (
        "这个 {format} 文件只读到了数值：百分比格式、合并单元格、公式错误和隐藏行列都无从得知；"
        "请在 Excel 或 WPS 中另存为 xlsx 再试",
        "only the values of this {format} file could be read: no percent formats, merged cells, formula errors or "
        "hidden rows. Save it as xlsx in Excel or WPS and try again",
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
    "list-missing": (
        "清单打不开[[，是否想用“{near}”]]；请检查 @ 后面的路径",
        "the list cannot be opened[[ (did you mean '{near}'?)]]; check the path after the @",
    ),
    "list-too-long": (
        "清单有 {found}，上限 {most}，多半不是清单；确实需要时用 --limit {limit}=N 提高上限",
        "the list has {found} or more, the limit is {most}: this is hardly a list of paths. Raise the limit with "
        "--limit {limit}=N if it is",
    ),
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
    "temporary-folder-full": (
        "临时文件夹已满，没有读成；请腾出空间，或用环境变量 TMPDIR（Windows 为 TEMP）另指一个，文件本身没有问题",
        "the folder for temporary files is full, and so it was not read: make room there, or name another with the "
        "variable TMPDIR (TEMP on Windows); nothing is wrong with the file",
    ),
    "temporary-folder-none": (
        "没有一个文件夹能存放临时文件（已满，或不许写入），没有读成；请腾出空间，或用环境变量 TMPDIR"
        "（Windows 为 TEMP）另指一个，文件本身没有问题",
        "no folder takes temporary files (they are full, or may not be written to), and so it was not read: make room, "
        "or name another with the variable TMPDIR (TEMP on Windows); nothing is wrong with the file",
    ),
    "system-refused": (
        "操作系统没有让本程序读完这个文件（{cause}）；文件本身未必有问题，请排除后再运行一次",
        "the system did not let it be read ({cause}); nothing need be wrong with the file: see to the cause and run "
        "again",
    ),
    "reading-failed": (
        "读取时程序内部出错（{kind}：{text}），其他文件不受影响；请把这个文件反馈给维护者",
        "internal error in reading this file ({kind}: {text}), the other files are unharmed; please report the file",
    ),
    "cache-not-own": (
        "缓存文件夹 {path} 属于别的用户，不能使用；请换一个文件夹，或不用 --cache",
        "the cache folder {path} belongs to another user and is not used; choose another, or leave --cache out",
    ),
    "cache-no-key": (
        "没有采用缓存：辨认自己缓存的密钥放不进 {path}，或别人读得到（{cause}）；请使它可写，或以 XDG_STATE_HOME 另指",
        "the cache is not used: the key that tells its own entries cannot be kept in {path}, or others can read it "
        "({cause}); make that folder writable, or name another by XDG_STATE_HOME",
    ),
    "cache-dropped": (
        "缓存 {path} 中有 {count} 项不是由本用户写入的，或已损坏，未采用，已重新读取报表",
        "the cache {path}: entries that this user has not written or that are damaged were dropped ({count}), and "
        "those returns read anew",
    ),
    "cache-closed": (
        "缓存文件夹 {path} 不能使用（{cause}）；请换一个文件夹，或不用 --cache",
        "the cache folder {path} cannot be used ({cause}); choose another, or leave --cache out",
    ),
    # several files, and the day that they are judged by
    "same-file-twice": (
        "与 {first} 内容完全相同，只计算一次",
        "has the very same content as {first} and was counted once",
    ),
    "files-passed-over": (
        "文件夹或压缩包中另有 {count} 项不是报表，未读取：{names}",
        "not read, being no returns: {count} more in the folders and archives ({names})",
    ),
    "same-tables-twice": (
        "各表的对象和数值与 {first} 完全相同（同一份报表的另一种格式或副本），只计算一次",
        "has the same subjects and figures as {first} (the same return in another format, or saved again) and was "
        "counted once",
    ),
    "judged-by-another-day": (
        "报表自己的报告期不是 {day}，仍按 {day} 判定；要按别的日期请用 --as-of",
        "its own period is not {day}, by which it was judged all the same; name another day with --as-of",
    ),
    "other-periods-not-asked": (
        "--period 只核查{period}，{periods}的 {count} 条记录不核查，早于它的只用来与上期比较",
        "--period asks for {period}: {count} {{count:record|records}} of {periods} {{count:was|were}} not judged; what "
        "is earlier is for comparison only",
    ),
    "no-period-and-one-asked": (
        "有 {count} 条记录没有写明报告期，--period 要求只核查{period}，这些都没有核查；请在标题、文件名、"
        "工作表名或“年份”一列中写明",
        "{count} {{count:record states|records state}} no period and --period asks for {period}, so "
        "{{count:it was|they were}} not judged; write it in the title, the name of file or sheet, or a column",
    ),
    "period-not-over": (
        "报告期到 {day} 才结束，仍按这一天判定；其后的数字还会变，要按别的日期请用 --as-of",
        "its period ends on {day}, which is still to come, and it was judged by that day; the figures may "
        "change until "
        "then. Name another day with --as-of",
    ),
    "period-not-begun": (
        "报告期写作 {period}，那一年还没有开始，没有采用，按 {day} 判定；请核对报表上的日期，或用 --as-of 指定判定日期",
        "its period is given as {period}, in a year that has not begun; it was not used, and the day judged by is "
        "{day}. Check the date in the return, or name a day with --as-of",
    ),
    # rows of a text file
    "row-too-long": (
        "这一行有 {cells} 格，表只有 {columns} 列，有的格看不出属于哪一列，未采用（多半是“1,200”一类没有加引号）："
        "{text}",
        "this row has {cells} {{cells:cell|cells}} for {columns} {{columns:column|columns}}; those whose column "
        "is not certain were not used "
        "(most often a 1,200 without quotes): {text}",
    ),
    "row-mended": (
        "这一行有 {cells} 格，表只有 {columns} 列；按唯一说得通的读法把逗号断开的内容合回一格，请核对：{text}",
        "this row has {cells} {{cells:cell|cells}} for {columns} {{columns:column|columns}}; what a comma cut "
        "apart was joined in the only way that "
        "fits, please check: {text}",
    ),
    "quote-unclosed": (
        "这一行有一个引号没有配对，往下 {lines} 行连成了一格；已去掉这个引号，逐行读取，请核对：{text}",
        "a quote in this row has no partner and runs {lines} {{lines:line|lines}} together; it was left out and "
        "each line read by "
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
        "this row has {cells} {{cells:cell|cells}} for {columns} {{columns:column|columns}} and nothing tells "
        "which is missing; its figures were not "
        "used. Keep the place of a blank cell: {text}",
    ),
    "header-short": (
        "表头只有 {columns} 个名称，下面各行都有 {cells} 格，名称可能对错了列，请核对：{text}",
        "the header has {columns} {{columns:name|names}} and every row below it {cells} {{cells:cell|cells}}; "
        "the names may stand over the wrong "
        "columns, please check: {text}",
    ),
    "header-moved": (
        "表头只有 {columns} 个名称，下面各行都有 {cells} 格，第一格是行号；表头已右移一列，请核对：{text}",
        "the header has {columns} {{columns:name|names}} and every row below it {cells} {{cells:cell|cells}}, "
        "the first of which numbers the rows; "
        "the names were moved one column to the right, please check: {text}",
    ),
}
