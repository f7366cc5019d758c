"""Sentences of marked-up copies: the added sheet, comments on cells, and why a return was not marked up."""

MESSAGES: dict[str, tuple[str, str]] = {
    # the added sheet
    "markup-sheet": ("核查结果", "Check results"),
    "markup-title": ("需要改正和补填的单元格", "Cells to correct and to fill in"),
    "markup-standards": ("依据：{standards}；判定日期 {as_of}", "judged by {standards} as of {as_of}"),
    "markup-counts": (
        "不达标 {fails} 项，无法判定 {undecided} 项",
        "verdicts: fail {fails}, could not be judged {undecided}",
    ),
    "markup-counts-groups": ("，所在地区整体不达标 {groups} 项", ", fails of the region as a whole {groups}"),
    "markup-how": (
        "请在标了颜色的单元格中改正或补填，保存后交回。本表和批注只供查看，再次核查时不读取，不必删除。",
        "Correct or fill in the coloured cells, save, and send the file back. This sheet and the comments are for "
        "reading only: the next check leaves them out, and they need not be deleted.",
    ),
    "markup-legend-offending": (
        "按表中的数字判定为不达标；如数字有误请改正，如属实请按要求补足",
        "falls short by the figures given; correct them if they are wrong, else make up what is missing",
    ),
    "markup-legend-undecided": (
        "空白、无法识别、不合常理或过于含糊，无法判定；请补填或改正",
        "blank, unreadable, impossible or too vague to judge; fill it in or correct it",
    ),
    "markup-comments-capped": (
        "共标出 {total} 个单元格，批注只加在每张工作表的前 {most} 个上，共 {n} 个；其余只标颜色",
        "marked cells: {total}; comments stand on the first {most} of each sheet, {n} in all; the others have the "
        "colour alone",
    ),
    "markup-list-capped": (
        "本表只列出前 {n} 项，共 {total} 项；全部见 check -o 报告.csv",
        "only the first {n} of {total} are listed here; check -o report.csv gives them all",
    ),
    "markup-own-rows": (
        "本副本只有贵地区的行：原表还含其他地区，它们的行、合计、备注和批注已从文件中删除（不是隐藏），公式已换成结果；行号与原表相同",
        "This copy has the rows of your region alone: those of other regions, totals, notes and comments are gone from "
        "the file, not hidden, and formulas gave way to their results; rows keep the numbers they had",
    ),
    "markup-texts-clipped": (
        "有 {n} 个单元格的文字超过 Excel 的长度上限（32,767 个字符），此副本中已截短",
        "cells with more text than Excel holds (32,767 characters), cut short in this copy: {n}",
    ),
    # comments
    "markup-comment": (
        "{outcome}：{rule} {title}\n{reason}\n依据：{standard} {clause}",
        "{outcome}: {rule} {title}\n{reason}\nby {standard} {clause}",
    ),
    "markup-comment-more": ("另有 {n} 项，见工作表“{sheet}”", "and {n} more; see the sheet '{sheet}'"),
    "markup-question": (
        "未识别的列“{header}”：是否就是 {fields}？如是，请把表头改成这个名称；本列没有用于核查",
        "column '{header}' was not recognised; if it is {fields}, call it so. It was not used",
    ),
    "markup-or": ("、或 ", " or "),
    "markup-question-listed": ("{sheet} {cell}：{text}", "{sheet} {cell}: {text}"),
    "markup-questions-more": ("另有 {n} 列未识别，见表头的批注", "columns not recognised, see their headers: {n} more"),
    # what was done
    "markup-done": (
        "标注副本已写入 {folder}：{n} 份；没有需要标注的 {clean} 份",
        "marked-up copies in {folder}: {n}; returns with nothing to mark: {clean}",
    ),
    "markup-done-refused": ("；未能标注 {n} 份", "; not marked up: {n}"),
    "markup-signature": (
        "此工作簿有数字签名，标注副本改动了内容，副本中的签名不再有效",
        "the workbook is digitally signed; the signature does not hold for the marked-up copy, which was changed",
    ),
    # why not
    "not-marked-format": (
        "未标注：{format} 格式无法原样保留；请在表格软件中另存为 .xlsx 后再核查",
        "not marked up: its format ({format}) cannot be kept as it is; save it as .xlsx in a spreadsheet program and "
        "check that",
    ),
    "not-marked-broken": (
        "未标注：文件内部的“{part}”不合规范；请在表格软件中打开并另存为 .xlsx 后再核查",
        "not marked up: '{part}' inside the file is not as it should be; open it in a spreadsheet program, save it as "
        ".xlsx and check that",
    ),
    "not-marked-disorder": (
        "未标注：文件内部的行或单元格次序混乱；请在表格软件中打开并另存为 .xlsx 后再核查",
        "not marked up: rows or cells inside the file stand out of order; open it in a spreadsheet program, save it "
        "as .xlsx and check that",
    ),
    "not-marked-formats": (
        "未标注：单元格格式种类已到上限，无法再加颜色；请清理格式后再核查",
        "not marked up: the workbook has as many cell formats as a program takes, so none can be added; tidy them up "
        "and check again",
    ),
    "not-marked-shared": (
        "未标注：这是正在记录修订的共享工作簿；请取消共享后再核查",
        "not marked up: this is a shared workbook that keeps track of changes; stop sharing it and check again",
    ),
    "not-marked-sheet": (
        "未标注：文件内部找不到工作表“{name}”；请在表格软件中打开并另存为 .xlsx 后再核查",
        "not marked up: there is no sheet '{name}' inside the file; open it in a spreadsheet program, save it as "
        ".xlsx and check that",
    ),
    "not-marked-changed": (
        "未标注：核查之后文件有了变动；请重新核查",
        "not marked up: the file has changed since it was read; check it again",
    ),
    "not-marked-too-large": (
        "未标注：表格超出一张工作表的容量（1,048,576 行、16,384 列）；请拆分后再核查",
        "not marked up: the table is larger than a worksheet (1,048,576 rows, 16,384 columns); split it and check "
        "again",
    ),
    "markup-beside": (
        "{path} 已有人改过，原样保留；新的标注副本写成 {name}",
        "{path} has been changed since it was written and stays; the new marked-up copy is {name}",
    ),
    "markup-beside-more": (
        "另有 {n} 份改过的标注副本也原样保留，新的写在旁边",
        "{n} more changed {{n:copy|copies}} stay as well, with the new ones beside them",
    ),
    "markup-over-input": (
        "标注副本会覆盖要核查的文件 {path}；请用 --mark-up 指定另一个文件夹",
        "the marked-up copy would overwrite {path}, which is to be checked; give another folder with --mark-up",
    ),
    "help-mark-up": (
        "把标出问题单元格的报表副本写入文件夹（颜色、批注和一张清单；原文件不动）",
        "write copies of the returns with the cells at fault marked into a folder (colours, comments and a list; the "
        "files themselves stay as they are)",
    ),
}
