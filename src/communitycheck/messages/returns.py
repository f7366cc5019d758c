MESSAGES: dict[str, tuple[str, str]] = {
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
    "unreadable-file": (
        "打不开这个文件，其内部结构有误；请用 Excel 或 WPS 打开后另存为 xlsx 再试",
        "the file cannot be opened, its inner structure is faulty; open it in Excel or WPS, save it as xlsx, try again",
    ),
    "too-large": (
        "读取这个文件需要的内存过多：可能在很远处有一个误填的单元格，或压缩包异常；请删去数据区以外的行列后另存再试",
        "reading this file would take too much memory: perhaps a stray cell far outside the data, or a packing bomb; "
        "delete the rows and columns beyond the data, save, and try again",
    ),
    "cell-too-far": (
        "工作表“{sheet_name}”的内容一直延伸到 {cell}，远在数据区之外；请删去那里的内容后另存再试",
        "sheet “{sheet_name}” reaches as far as {cell}, well beyond its data; delete what stands there, save, try again",
    ),
    "took-too-long": (
        "{seconds} 秒内没能读完这个文件，已停止；请用 Excel 或 WPS 打开后另存为 xlsx 再试",
        "the file could not be read within {seconds} seconds and was given up; open it in Excel or WPS, save it as "
        "xlsx, try again",
    ),
    "no-cells": (
        "文件里的工作表全是空的",
        "every sheet of this file is empty",
    ),
    "encoding-doubtful": (
        "文件编码不纯，按 {encoding} 读取，有 {count} 个字符读不出来（显示为 �）",
        "the file mixes encodings; read as {encoding}, {count} characters could not be read (shown as �)",
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
    "no-records": (
        "表格只有表头，没有数据行",
        "the table has a header and no rows",
    ),
}
