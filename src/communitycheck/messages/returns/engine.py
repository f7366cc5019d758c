"""Sentences about tables that an engine judges where they lie."""

MESSAGES: dict[str, tuple[str, str]] = {
    "format-many": (
        "要逐条列出的结论太多，不能写成 {format}；请用 -o 写成 .csv 或 .json",
        "there are too many verdicts to tell one by one for {format}; write them by -o to .csv or .json",
    ),
    "engine-package": (
        "--engine 需要 {package}，尚未安装；请运行 pip install 'communitycheck[{extra}]'",
        "--engine needs {package}, which is not installed; run pip install 'communitycheck[{extra}]'",
    ),
    "engine-option": (
        "--engine 不能与 {option} 同用；请去掉其中一个",
        "--engine does not go with {option}; leave one of them out",
    ),
    "engine-paths": (
        "--engine 一次判定一张表，这里给了 {count} 个路径",
        "--engine judges one table at a time, and {count} {{count:path is|paths are}} given",
    ),
    "engine-kind": (
        "{path}：--engine 不读 {kind}，只读 Parquet、csv 和 Arrow；请另存为其中一种，或不用 --engine 读取",
        "{path}: --engine reads Parquet, csv and Arrow, and no {kind}; save it as one of them, or read it without "
        "--engine",
    ),
    "engine-database": (
        "{path}：--engine 不读数据库里的表和工作簿里的单张表；请先导出为 Parquet，或不用 --engine 读取",
        "{path}: --engine reads no table of a database and no single sheet of a book; export it to Parquet, "
        "or read it without --engine",
    ),
    "engine-encoding": (
        "{path}：--engine 只读 UTF-8 的文本，这里是 {encoding}；请转为 UTF-8，或不用 --engine 读取",
        "{path}: --engine reads text in UTF-8, and this is {encoding}; convert it, or read it without --engine",
    ),
    "engine-lines": (
        "{path}：不是每行一条记录、第 1 行是表头的文本（有空行、单元格内换行或行宽不一）；请不用 --engine 读取",
        "{path}: not a text with a header in row 1 and a record on each line below (there are blank lines, line "
        "breaks in cells or rows of another width); read it without --engine",
    ),
    "engine-memory": (
        "内存上限不够；请用 --limit memory=4GB 之类放宽，或用 --select 少选规则",
        "the limit of memory is too low; raise it, as by --limit memory=4GB, or --select fewer rules",
    ),
    "engine-failed": ("DuckDB 读不了这张表：{cause}", "DuckDB cannot read this table: {cause}"),
    "engine-header": (
        "{path}：第 1 行不是能认出的表头，--engine 只读第 1 行为表头的表；请用 --mapping 说明各列，或不用 --engine "
        "读取",
        "{path}: row 1 is no header that is recognised, and --engine reads tables with the header in row 1; say by "
        "--mapping what the columns are, or read it without --engine",
    ),
    "engine-nameless": (
        "{path}：没有一列是对象的名称；请用 --mapping 说明，或不用 --engine 读取",
        "{path}: no column names the subjects; say by --mapping which does, or read it without --engine",
    ),
    "engine-cells": (
        "{path}：列“{header}”有 {count} 个单元格不是直接写出的值（如第 {row} 行“{text}”）；请先改好，或不用 "
        "--engine 读取",
        "{path}: column '{header}' has {count} {{count:cell that does|cells that do}} not plainly say a value (row "
        "{row}: '{text}'); mend them first, or read it without --engine",
    ),
    "engine-shares": (
        "{path}：列“{header}”的比例写法不一（最小 {least}，最大 {most}），分不清分数和百分数；请统一写法，或不用 "
        "--engine 读取",
        "{path}: column '{header}' mixes ways to write a share (from {least} to {most}), and fractions cannot be "
        "told from percentages; write all alike, or read it without --engine",
    ),
    "engine-words": (
        "{path}：列“{header}”有 {most} 种以上不同的写法，--engine 不逐一读取；请不用 --engine 读取",
        "{path}: column '{header}' says more than {most} different things, which --engine does not read one by "
        "one; read it without --engine",
    ),
    "engine-blank": (
        "{path}：列“{header}”有 {count} 行空白（如第 {row} 行），说不清是哪个对象；请先补上，或不用 --engine 读取",
        "{path}: column '{header}' is blank in {count} {{count:row|rows}} (row {row}), which may name nobody; fill "
        "it in, or read it without --engine",
    ),
    "engine-row": (
        "{path}：列“{header}”有 {count} 行可能不是记录而是合计、说明或更大的地方（如第 {row} 行“{text}”）；请先去掉"
        "，或不用 --engine 读取",
        "{path}: column '{header}' has {count} {{count:row|rows}} that may be no record, but a total, a note or a "
        "larger place (row {row}: '{text}'); take them out, or read it without --engine",
    ),
    "engine-unread": (
        "{path}：第 {row} 行不是一条记录；请先去掉，或不用 --engine 读取",
        "{path}: row {row} is no record; take it out, or read it without --engine",
    ),
    "engine-bare": (
        "{path}：有 {count} 行只有名称没有数（如第 {row} 行），可能是分组标题；请先去掉，或不用 --engine 读取",
        "{path}: {count} {{count:row has|rows have}} a name and no figure (row {row}), and may be headings; take "
        "them out, or read it without --engine",
    ),
    "engine-total": (
        "{path}：第 {row} 行等于其他各行之和，可能是合计；请先去掉，或不用 --engine 读取",
        "{path}: row {row} is the sum of all others, and may be a total; take it out, or read it without --engine",
    ),
    "engine-twice": (
        "{path}：列“{header}”的“{text}”有 {count} 行（如第 {row} 行和第 {last} 行），是同一对象；请先去掉重复，或不"
        "用 --engine 读取",
        "{path}: column '{header}' has '{text}' in {count} {{count:row|rows}} ({row} and {last}), which are of one "
        "subject; take the others out, or read it without --engine",
    ),
    "engine-serial": (
        "{path}：列“{header}”的序号不连续，可能缺行；请先核对，或不用 --engine 读取",
        "{path}: column '{header}' leaves out numbers, and rows may be missing; look into it, or read it without "
        "--engine",
    ),
    "engine-periods": (
        "{path}：列“{header}”有多个时期（{first}、{second}……）；请每个时期单独一张表，或不用 --engine 读取",
        "{path}: column '{header}' has several periods ({first}, {second}…); give a table of each, or read it "
        "without --engine",
    ),
    "engine-remarks": (
        "{path}：列“{header}”的文字可能说明旁边的数不算数（如“尚未建成”），--engine 不逐一权衡；请去掉这一列，或不"
        "用 --engine 读取",
        "{path}: words in column '{header}' may take back figures beside them (not built yet), and --engine does "
        "not weigh them; leave the column out, or read it without --engine",
    ),
    "engine-codes": (
        "{path}：列“{header}”里同一地名下有 {first}… 和 {second}… 两地的代码；请先核对，或不用 --engine 读取",
        "{path}: column '{header}' has codes of two places, {first}… and {second}…, under the same names; look "
        "into it, or read it without --engine",
    ),
    "engine-places": (
        "{path}：所在地区超过 {most} 个，分不清；请用列写明省、市、县，或不用 --engine 读取",
        "{path}: the records lie in more than {most} {{most:place|places}}; state province, city and county in columns "
        "of their own, or read it without --engine",
    ),
    "engine-place-unknown": (
        "{path}：说不清有的记录由哪个标准管（{standard} 或更低一级的标准）；请用 --region 或 --standard 说明，或不"
        "用 --engine 读取",
        "{path}: it is not known which standard governs some records ({standard} or a more local one); say so by "
        "--region or --standard, or read it without --engine",
    ),
    "engine-rules": (
        "{path}：--engine 不能判定 {count} 条规则：{rules}；请用 --ignore 略去，或不用 --engine 读取",
        "{path}: --engine cannot judge {count} {{count:rule|rules}}: {rules}; --ignore {{count:it|them}}, or read "
        "it without --engine",
    ),
    "engine-notice": (
        "{path}：有要看全部记录才能说清的问题，如[[第 {row} 行：]]{notice}；请不用 --engine 读取",
        "{path}: something is to be said that only a look at all records tells, such as [[in row {row}: ]]{notice}; "
        "read it without --engine",
    ),
    "engine-scores": (
        "{path}：--engine 不评分；请不用 --engine 读取",
        "{path}: --engine fills in no assessment sheet; read it without --engine",
    ),
    "engine-differs": (
        "{path}：列“{header}”第 {row} 行，--engine 与通常的读法不一致；请不用 --engine 读取",
        "{path}: column '{header}', row {row}: --engine reads it otherwise than usual; read it without --engine",
    ),
    "engine-counts": (
        "{path}：规则 {rule} 的结论数，--engine 与通常的判定不一致；请不用 --engine 读取，并报告这个问题",
        "{path}: --engine counts other verdicts of rule {rule} than usual; read it without --engine, and please "
        "report this",
    ),
    "engine-strange": (
        "{path}：{count} 行有不可能的数，太多而不能逐一列出；请先核对单位和列，或不用 --engine 读取",
        "{path}: {count} {{count:row has|rows have}} figures that cannot be, too many to be told one by one; look at "
        "units and columns, or read it without --engine",
    ),
    "engine-groups-open": (
        "{path}：规则 {rule} 的汇总要逐条看的记录（如说不清是否计入的）超过 {most} 条；请用 --ignore 略去，或不用 "
        "--engine 读取",
        "{path}: for the groups of rule {rule} more than {most} {{most:record|records}} would have to be held one by "
        "one, such as those of which it is not known whether they count; --ignore it, or read it without --engine",
    ),
    "engine-disagrees-of-group": (
        "{path}：规则 {rule} 对{group}的结论，--engine 与标准的 SQL 视图不一致；请不用 --engine 读取，并报告这个问题",
        "{path}: --engine judges {group} by rule {rule} otherwise than the SQL views of the standard; read it without "
        "--engine, and please report this",
    ),
    "engine-disagrees": (
        "{path}：规则 {rule} 对第 {row} 行的结论，--engine 与通常的判定不一致；请不用 --engine 读取，并报告这个问题",
        "{path}: --engine judges row {row} by rule {rule} otherwise than usual; read it without --engine, and "
        "please report this",
    ),
}
