"""Sentences about settings: the file, the environment, and what is wrong with either."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help-config": (
        "设置文件（默认取当前文件夹或上级的 communitycheck.toml，或 pyproject.toml 的 [tool.communitycheck]）",
        "settings file (default: communitycheck.toml, or [tool.communitycheck] in pyproject.toml, here or above)",
    ),
    "help-config-group": ("查看设置", "look at the settings"),
    "help-config-show": ("每个选项现在的取值及其来源", "the value of every option and where it comes from"),
    "config-missing": ("设置文件不存在或读不出：{path}", "the settings file is missing or cannot be read: {path}"),
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
