"""Words in a remark or status that may say that a row does not count."""

from __future__ import annotations

import re
from collections.abc import Sequence

WORDS: list[str] = re.findall(
    r"\S+",
    "作废 废除 无效 重复 取消 撤销 撤回 删除 已退 退出 退款 退货 "
    "缺席 缺勤 不参加 不来 来不了 去不了 未到 未参加 未参与 未出席 未签到 请假 事假 病假 旷工 爽约 "
    "不通过 未通过 驳回 拒绝 红冲 冲销 误录 录错 错录 多录 不计 不算 勿计 测试数据",
)
_CLEAR = ("作废", "勿计", "不计入", "请忽略", "录错", "误录", "重复登记", "重复录入")
_LONG = 60  # characters of a remark in which these say so all the same
_NOT = "未不无没非"
_MOST_CHARACTERS = 12  # a longer remark tells of something else


def void_word(text: str, more: Sequence[str] = ()) -> str | None:
    """The word in a short remark or status, ours or of `more`, that may say that it is void."""
    if len(text) > _MOST_CHARACTERS:
        return next((word for word in _CLEAR if word in text), None) if len(text) <= _LONG else None
    for word in (*WORDS, *more):
        at = text.find(word)
        if at >= 0 and not (at and text[at - 1] in _NOT):
            return word
    return None
