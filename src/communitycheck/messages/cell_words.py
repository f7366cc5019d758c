"""Words that people write into a cell of which there is nothing to say."""

from __future__ import annotations

# Statements that the question does not arise.
EXEMPT_WORDS = frozenset(
    {
        "不适用", "不涉及", "无此项", "无此项目", "免填", "不需填报", "无需填报", "不需填写", "无需填写", "不用填",
        "免报", "未涉及",
        "不存在此项", "not applicable",
    }
)
# A stated nothing: a zero where things are counted, a no where a truth is asked.
NONE_WORDS = frozenset({"无", "没有", "暂无", "没", "暂时没有", "目前没有", "目前无", "全无", "均无", "都没有"})
