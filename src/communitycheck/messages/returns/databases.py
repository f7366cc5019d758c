"""Sentences about databases: their tables, and sheets that are chosen by name."""

MESSAGES: dict[str, tuple[str, str]] = {
    "engine-judged": (
        "由 {engine} 就地判定；没有拿每个数与所在地区的中位数比较（单位是否写错）",
        "judged in place by {engine}; figures were not held against the median of their region (for slips of a unit)",
    ),
    # FILE::SHEET
    "sheet-not-there": (
        "没有名为“{name}”的工作表或数据表[[，是否想用“{near}”]]；现有：{sheets}",
        "no sheet or table is called '{name}'[[ (did you mean '{near}'?)]]; there are: {sheets}",
    ),
    "sheets-without-names": (
        "这种文件没有带名称的工作表，不能用 ::{name} 选择；请去掉 :: 及其后的内容",
        "a file of this kind has no sheets with names to choose from; leave ::{name} out",
    ),
    "sheet-of-archive": (
        "压缩包里的工作表不能用 :: 选择；请先解压，再写“文件::工作表”",
        "no sheet can be chosen inside an archive; unpack it and name the file itself: FILE::SHEET",
    ),
    "sheet-of-folder": (
        ":: 前面是文件夹；请写“文件::工作表”，或用通配符，如 “文件夹/*.xlsx::工作表”",
        "what stands before :: is a folder; write FILE::SHEET, or a pattern such as 'FOLDER/*.xlsx::SHEET'",
    ),
    # databases on a server
    "url-not-read": (
        "不能从 {scheme}:// 的地址读取；数据库请写 postgresql://主机/库?table=表，网上的文件请先下载",
        "nothing is read from {scheme}:// addresses; write postgresql://HOST/DB?table=TABLE for a database, and "
        "download a file first",
    ),
    "database-url": (
        "数据库地址写法不对；请写 postgresql://主机/库?table=表，密码中的 / ? @ 等符号写成 %2F %3F %40，"
        "或改用环境变量 PGPASSWORD",
        "the address of the database is not well-formed; write postgresql://HOST/DB?table=TABLE, signs such as / ? @ "
        "in a password as %2F %3F %40, or leave the password to the variable PGPASSWORD",
    ),
    "table-not-chosen": (
        "请写明要核查哪些表，如 ?table=表名（多张表用 & 连接）；库中有：{sheets}",
        "say which tables to check, as in ?table=NAME (several joined by &); there are: {sheets}",
    ),
    "database-unreachable": (
        "连接不上数据库（{cause}）；请核对主机和库名，用户名和密码放在 PGUSER、PGPASSWORD 或 ~/.pgpass 里",
        "the database cannot be reached ({cause}); check the host and the name, and put the user and the password into "
        "PGUSER and PGPASSWORD, or ~/.pgpass",
    ),
    "table-closed": (
        "没有读取表[[“{name}”]]的权限；请数据库管理员授予 SELECT 权限，或换一个用户",
        "no permission to read the table[[ '{name}']]; ask for SELECT on it, or log in as another user",
    ),
    "database-timeout": (
        "[[表“{name}”]]等了 {seconds} 秒仍未读完，已停止；请改为核查一个较小的视图，"
        "确实需要时用 --limit seconds=N 提高上限",
        "[[the table '{name}' ]]could not be read within {seconds} {{seconds:second|seconds}} and was given up; check "
        "a smaller view, or raise the limit with --limit seconds=N",
    ),
    # files that are databases
    "driver-missing": (
        "读取这种数据库要用 {package}，尚未安装；请运行 pip install 'communitycheck[{extra}]'",
        "reading such a database needs {package}, which is not installed; run pip install 'communitycheck[{extra}]'",
    ),
    "database-in-use": (
        "另一个程序正打开着这个数据库，读不到；请关闭那个程序，或核查它的一份副本",
        "another program has the database open, and it cannot be read; close that program, or check a copy of the file",
    ),
    "database-of-another-version": (
        "这个数据库是另一版本的 DuckDB 写的，现装的 {version} 读不了；"
        "请升级 duckdb（pip install -U duckdb），或用原来的程序导出为 parquet 或 csv",
        "the database was written by a version of DuckDB that {version}, the one installed here, cannot read; upgrade "
        "it (pip install -U duckdb), or export parquet or csv with the program that made it",
    ),
    "database-unfinished": (
        "旁边的 {beside} 里还有没有写回数据库的改动，现在读会漏掉；"
        "请先关闭正在使用它的程序（或在其中执行检查点、另存一份备份）再核查",
        "{beside} beside it holds changes that are not in the database file yet, and would be missed; close the "
        "program that uses it (or let it write a checkpoint or a backup copy), then check again",
    ),
    "table-unreadable": (
        "[[表或视图“{name}”]]读不出（{cause}）；如果不需要，请用“文件::表名”只选要核查的表",
        "[[the table or view '{name}' ]]cannot be read ({cause}); if it is not needed, choose the tables to check: "
        "FILE::TABLE",
    ),
    "database-unreadable": (
        "读不出这个数据库，内部结构有误；请用建立它的程序检查、修复，或导出为 csv 再核查",
        "the database cannot be read, its inner structure is faulty; check and mend it with the program that made it, "
        "or export it as csv",
    ),
    "database-too-large": (
        "读取这个数据库需要的资源过多[[，实际 {found}]][[，{limit} 的上限是 {most}]]；"
        "请只选要核查的表[[，确实需要时用 --limit {limit}=N 提高上限]]",
        "reading this database would take too much[[ ({found})]][[, the limit on {limit} is {most}]]; choose the "
        "tables to check alone[[, or raise the limit with --limit {limit}=N]]",
    ),
    "database-took-too-long": (
        "读这个数据库占用处理器超过 {seconds} 秒仍未读完，已停止；请只选要核查的表，"
        "确实需要时用 --limit seconds=N 提高上限",
        "the database could not be read within {seconds} {{seconds:second|seconds}} of processor time and was given "
        "up; choose the tables to check alone, or raise the limit with --limit seconds=N",
    ),
    "views-not-read": (
        "{count} 个视图没有读取，以免同一数据算两次：{names}；要核查视图请写“文件::视图名”",
        "not read, lest the same figures count twice: {count} {{count:view|views}} ({names}); to check one, name it: "
        "FILE::VIEW",
    ),
}
