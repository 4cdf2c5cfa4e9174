"""Words in a remark or status that may say that a row does not count."""

from __future__ import annotations

WORDS = (
    *("作废", "废除", "无效", "重复", "取消", "撤销", "撤回", "删除", "已退", "退出", "退款"),
    *("缺席", "缺勤", "未到", "未参加", "请假", "旷工"),
)
_NOT = "未不无没非"
_MOST_CHARACTERS = 12  # a longer remark tells of something else


def void_word(text: str) -> str | None:
    """The word in a short remark or status that may say that the row is void."""
    if len(text) > _MOST_CHARACTERS:
        return None
    for word in WORDS:
        at = text.find(word)
        if at >= 0 and not (at and text[at - 1] in _NOT):
            return word
    return None
