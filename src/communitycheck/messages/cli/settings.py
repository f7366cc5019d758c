"""Settings: the file, the environment, files beside the returns, and what is wrong with them."""

MESSAGES: dict[str, tuple[str, str]] = {
    "config-missing": (
        "设置文件不存在或读不出：{path}[[；是否想用“{near}”]]",
        "the settings file is missing or cannot be read: {path}[[; did you mean '{near}'?]]",
    ),
    "config-not-plain": (
        "设置文件 {path} 不是普通文件（而是管道、设备或其他），未打开；请删去它，或加 --no-config",
        "the settings file {path} is no plain file but a pipe, a device or the like, and was not opened; remove it, or "
        "add --no-config before the command",
    ),
    "config-too-large": (
        "设置文件 {path} 超过 {limit} KB，未采用；请核对是否写错了文件，或加 --no-config",
        "the settings file {path} has over {limit} KB and was not read; see whether it is the right file, or add "
        "--no-config before the command",
    ),
    "config-and-none": (
        "--no-config 与 --config {path} 只能取其一",
        "either --no-config or --config {path}, not both",
    ),
    "config-limit": (
        "{path}：它要改读取上限（{value}）；自动找到的设置文件不得如此。确要采用，请用 --config 指明该文件，"
        "或写 --limit，否则加 --no-config",
        "{path}: it sets limits of reading ({value}), which a settings file that was merely found may not; name it "
        "with --config if you want that, or give --limit, else add --no-config",
    ),
    "config-outside": (
        "{path}：{key} 要写到 {value}，在该文件所在文件夹 {folder} 之外；"
        "自动找到的设置文件不得如此。确要采用，请用 --config 指明该文件，否则加 --no-config",
        "{path}: {key} is to be written to {value}, outside the folder of this file ({folder}), which a settings file "
        "that was merely found may not ask; name it with --config if you want that, else add --no-config",
    ),
    "config-shadows": (
        "{path}：它让 {file} 顶替自带的“{name}”；自动找到的设置文件不得如此。"
        "确要采用，请用 --standard 或 --rules-dir 写明，或用 --config 指明该设置文件，否则加 --no-config",
        "{path}: it lets {file} take the place of the built-in '{name}', which a settings file that was merely found "
        "may not; give --standard or --rules-dir on the command line, name the settings file with --config, or add "
        "--no-config",
    ),
    "config-bears": (
        "采用了找到的设置文件 {path}，其中影响结论的有：{settings}（--no-config 可不采用）",
        "the settings file {path} was found and bears on the verdict: {settings} (--no-config leaves it out)",
    ),
    "config-passed-over": (
        "设置文件 {path} 未采用：{why}；确要采用，请用 --config 指明",
        "the settings file {path} was not taken: {why}; name it with --config if you want it",
    ),
    "config-not-own": ("它属于别的用户", "it belongs to another user"),
    "config-beyond": (
        "它在当前文件夹之上，又不在同一代码库或个人主目录之内",
        "it lies above this folder, and not in the same repository or home",
    ),
    "config-off": ("因 --no-config 未采用设置文件", "no settings file, because of --no-config"),
    "side-file-no-file": (
        "{path} 是管道或设备，不是文件；请先把内容存成文件",
        "{path} is a pipe or a device, not a file; save its content to a file first",
    ),
    "side-file-too-large": (
        "{path} 有 {found}，上限 {most}，多半不是这种文件；确实需要时用 --limit {limit}=N 提高上限",
        "{path} has {found} or more, and the limit is {most}: this is hardly such a file. Raise the limit with "
        "--limit {limit}=N if it is",
    ),
    "config-not-toml": ("{path}：不是有效的 TOML（{cause}）", "{path}: not valid TOML ({cause})"),
    "config-unknown": (
        "{path}：没有名为“{key}”的设置[[，最接近的是“{near}”]]；可用的有 {known}",
        "{path}: there is no setting '{key}'[[; the nearest is '{near}']]; known are {known}",
    ),
    "config-value-flag": (
        "{path}：{key} 只能是 true 或 false，不能是 {value}",
        "{path}: {key} is true or false, not {value}",
    ),
    "config-not-table": (
        "{path}：tool.communitycheck 应是一组设置（[tool.communitycheck] 下写 选项 = 值），不能是 {value}",
        "{path}: tool.communitycheck is a table of settings (option = value below [tool.communitycheck]), not {value}",
    ),
    "config-value-number": (
        "{path}：{key} 要写整数，至少为 1，不能是 {value}",
        "{path}: {key} is a whole number, 1 or more, not {value}",
    ),
    "config-value-many": (
        '{path}：{key} 要写文本或文本列表，如 ["a", "b"]，不能是 {value}',
        '{path}: {key} is a text or a list of texts such as ["a", "b"], not {value}',
    ),
    "config-value-text": ("{path}：{key} 要写文本，不能是 {value}", "{path}: {key} is a text, not {value}"),
    "config-stranger": (
        "提示：环境变量 {name} 不是设置，未采用[[；是否想写 {near}？]]",
        "note: the variable {name} is no setting and was not used[[; did you mean {near}?]]",
    ),
    "config-file": ("设置文件：{path}", "settings file: {path}"),
    "config-no-file": ("没有设置文件", "no settings file"),
    "column-option": ("选项", "option"),
    "column-set-to": ("取值", "value"),
    "column-source": ("来源", "from"),
    "source-default": ("默认", "default"),
    "source-file": ("{where}", "{where}"),
    "source-environment": ("环境变量 {where}", "variable {where}"),
}
