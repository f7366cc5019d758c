"""Text that is no YAML -> faults in words that its author knows, on the line where the mistake was made.

The parser stops where it can make no sense of what it reads, which is often a line after the mistake.
"""

from __future__ import annotations

import yaml

from communitycheck.errors import RuleFileError
from communitycheck.model.text import Text
from communitycheck.patterns import pattern
from communitycheck.standards.files.flow_slips import cut_in_braces
from communitycheck.standards.files.signs import misprints
from communitycheck.standards.language.spoken import how_written

# What the parser says, and how we say it.
_CAUSES = {
    "could not find expected ':'": Text("没有键和冒号", "a key with a colon is due"),
    "mapping values are not allowed": Text(
        "冒号多余或缩进不对；含冒号的文字要加引号",
        "a colon too many, or the wrong indentation; text with a colon needs quotes",
    ),
    "did not find expected key": Text("缩进与上面的键不齐，或引号不成对", "the indentation or the quotes do not match"),
    "did not find expected '-' indicator": Text("列表的短横没有对齐", "the dashes of the list are not aligned"),
    "did not find expected ',' or '}'": Text(
        "花括号里缺逗号或右括号；花括号里含 [ ]、引号的公式要整个加引号",
        "a comma or } is missing; inside braces a formula with [ ] or quotes in it has to stand in quotes as a whole",
    ),
    "did not find expected ',' or ']'": Text("方括号里缺逗号或右括号", "a comma or ] is missing"),
    "did not find expected node content": Text("缺少内容", "something is missing"),
    "block sequence entries are not allowed": Text("列表的短横不能写在这里", "the dash of a list cannot stand here"),
    "cannot start any token": Text("以特殊符号开头的文字要加引号", "text that begins with such a sign needs quotes"),
    "did not find expected comment or line break": Text(
        "值不能以 > 或 | 开头；at_least 一类的键本身就是比较，后面只写数；文字请加引号",
        "a value cannot begin with > or |; a key such as at_least compares by itself, so write the number alone, and "
        "put text in quotes",
    ),
    "unexpected end of stream": Text("引号或括号没有合上", "a quote or bracket is never closed"),
    "unknown escape character": Text(
        "双引号里的反斜杠要写成两个，或改用单引号", "double the backslash, or use single quotes"
    ),
    "control characters are not allowed": Text("有控制字符", "there is a control character"),
    "special characters are not allowed": Text("有控制字符", "there is a control character"),
    "undefined tag handle": Text("以感叹号开头的文字要加引号", "text that begins with ! needs quotes"),
}
_COMPARED = pattern(r"\s*(?:- +)?(\w+):\s*(>.*)")  # a value that begins like a folded text
_KEY_LINE = pattern(r"\s*(- +)*[^\s#].*?:(\s|$)|\s*-(\s|$)")


def syntax_faults(error: yaml.YAMLError, text: str, name: str, deepest: int) -> list[RuleFileError]:
    """What is wrong with ``text``, which the parser gave up."""
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "YAML"
    rows = text.splitlines()
    line = _line(error, problem, rows, text)
    if "nesting depth" in problem:
        # libyaml has a limit of its own, and looks far enough ahead to reach it before our own limit.
        return [RuleFileError("rule-file-depth", file=name, line=line, limit=deepest)]
    if found := [RuleFileError(m.code, file=name, line=n, **m.values) for n, m in misprints(text)]:
        return found
    if line and (hidden := cut_in_braces(rows, line)):
        return [RuleFileError("rule-file-hash", file=name, line=hidden[0], found=hidden[1][:60])]
    stopped = getattr(error, "problem_mark", None)
    row = rows[stopped.line] if stopped and stopped.line < len(rows) else ""
    if stopped is not None and "\t" in row[: len(row) - len(row.lstrip())]:
        return [RuleFileError("rule-file-tab", file=name, line=stopped.line + 1)]
    if "end of stream" in problem and "quoted" in (getattr(error, "context", None) or "") and line:
        near = rows[line].strip()[:60] if line < len(rows) else "…"
        return [RuleFileError("rule-file-open-quote", file=name, line=line, near=near)]
    if stopped is not None and (begun := _COMPARED.match(row)):
        fault = how_written(begun[2].strip(), {}, begun[1])
        if fault is not None:
            return [RuleFileError(fault.code, file=name, line=stopped.line + 1, key=begun[1], **fault.values)]
    cause = next((said for begins, said in _CAUSES.items() if begins in problem), problem)
    quoted = rows[line - 1].strip() if line and line <= len(rows) else ""
    return [RuleFileError("rule-file-syntax", file=name, line=line, cause=cause, found=quoted[:60])]


def _line(error: yaml.YAMLError, problem: str, rows: list[str], text: str) -> int | None:
    """The line (from 1) where the mistake was made."""
    if isinstance(error, yaml.reader.ReaderError):
        return text.encode("utf-8")[: error.position].count(b"\n") + 1
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return None
    begun = getattr(error, "context_mark", None)
    if begun is not None and ("end of stream" in problem or "could not find expected ':'" in problem):
        mark = begun  # what was never closed is named by where it began
    line = min(int(mark.line) + 1, max(len(rows), 1))
    if "mapping values" in problem:
        before = [n for n in range(1, line) if rows[n - 1].strip() and not rows[n - 1].lstrip().startswith("#")]
        if before and not _KEY_LINE.match(rows[before[-1] - 1]):
            return before[-1]  # it has no key, so this one was taken for its second line
    return line
