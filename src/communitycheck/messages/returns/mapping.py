"""Sentences about mapping files: what is wrong in one, and what did not fit the tables that were read."""

MESSAGES: dict[str, tuple[str, str]] = {
    "mapping-missing": (
        "找不到对应文件 {path}[[，是否想用“{near}”]]",
        "no mapping file {path}[[ (did you mean '{near}'?)]]",
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
        "对应文件 {path} 的 {first} 和 {second} 说的是同一张表，{column} 列的字段或单位却不同；"
        "请只留一项，不同的表请写明 header_rows",
        "in the mapping file {path}, {first} and {second} are about one table and give column {column} different "
        "fields or units; leave one of them, or tell the tables apart by header_rows",
    ),
    "mapping-no-row": (
        "对应文件写的表头在第 {row} 行，这张表只有 {last} 行；请改正 header_rows",
        "the mapping file has the header in row {row}, and this sheet has {last} {{last:row|rows}}; correct "
        "header_rows",
    ),
    "mapping-no-name": (
        "对应文件把名称列（{column} 列“{header}”）写成不是字段，记录就没有名称；请写明名称在哪一列，或去掉这一项",
        "the mapping file says that column {column} “{header}”, which names the records, is no field; say which "
        "column "
        "names them, or take that entry out",
    ),
    "mapping-by-sheet": (
        "对应文件 {path} 是旧格式，只按工作表写（sheets:），会把一个文件的列用到另一个文件上；请用 "
        "inspect --save-mapping 重新生成，或把各项改写到 tables: 下，写明 file 和 sheet",
        "the mapping file {path} is of the earlier kind, keyed by sheet alone (sheets:), which took the columns "
        "of one "
        "file for those of another; write it anew with inspect --save-mapping, or move its entries to tables:, each "
        "with its file and sheet",
    ),
    "mapping-header-differs": (
        "对应文件中 {column} 列的表头是“{header}”[[，这里却是“{found}”]]；这一列没有按对应文件读，请核对",
        "the mapping file has column {column} under “{header}”[[, and it is headed “{found}” here]]; the mapping "
        "was not used for this column: please check",
    ),
    "mapping-column-missing": (
        "表中没有对应文件所写的 {column} 列[[（表头“{header}”）]]，这一项没有采用；请核对列号（转置的表写行号）",
        "the table has no column {column}, which the mapping file names[[ under “{header}”]]; the entry was not "
        "used: "
        "please check the letter (in a transposed table the number of the row)",
    ),
    "mapping-column-moved": (
        "对应文件写在 {column} 列的“{header}”现在在这一列，已按表头对上",
        "“{header}”, column {column} in the mapping file, is this column now; it was found by its header",
    ),
    "mapping-unused": (
        "对应文件里有 {count} 项在读到的报表中没有对应的工作表，第一项是 {file}[[ [{table}]]]；请核对文件名和表名",
        "entries of the mapping file that no sheet answers to: {count}, the first {file}[[ [{table}]]]; check "
        "the names of file and sheet",
    ),
    "mapping-head": (
        "各列读作什么字段。改错的地方，再用 check 或 inspect 的 --mapping 读回来；不改则结果不变。\n"
        "field 可写字段名或中文名称，null 表示不是字段；header 是当时的表头，变了会提示。\n"
        "file、sheet 可用 * 和 ?；几项都合适时，写得最具体的有效。",
        "Which field each column was read as. Correct it and give it back with --mapping of check or inspect; "
        "unedited "
        "it changes nothing.\n"
        "field takes the name or the label of a field, null for none; header is what the column was headed "
        "then, and a "
        "change is told.\n"
        "file and sheet may hold * and ?; where several entries fit, the most specific counts.",
    ),
    "mapping-asked": (
        "# 待定：写明 field（不是字段写 null），再去掉行首的 #",
        "# open: give its field, or null for none, and take away the first #",
    ),
}
