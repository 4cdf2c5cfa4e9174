"""Tells a printed form (captions beside blanks, for one person or matter) from a table."""

from __future__ import annotations

import re

from lingti.ingest.layout.cell_kinds import folded
from lingti.ingest.layout.grid import Grid
from lingti.ingest.reading.sheet_tables import Cell

_CAPTIONS = re.compile(
    "姓名|性别|民族|出生(年月|日期)|年龄|政治面貌|文化程度|学历|籍贯|(居民)?身份证号?码?|证件号码|(联系)?电话|手机号?码?"
    "|联系方式|(家庭|现|通讯|居住|详细)?(住址|地址)|(工作|所在|申请|主办|承办)?单位|单位名称|职务|职业|职称|邮政?编码?|邮箱|照片"
    "|申请人|申请(理由|原因|事项|日期|时间)|(个人)?简历|个人简介|家庭成员.{0,6}|健康状况|婚姻状况|特长|爱好|专业|毕业(院校|学校)"
    "|.{0,6}(意见|签字|签名|盖章)|备注|填表(日期|人)|户籍(所在地|地址)?|服务(意向|时间|内容)"
    "|(申请|诉求|反映|申报)?事[项由]|诉求内容|活动(名称|时间|地点|内容|主题|目的|照片)|参(加|与)人(数|员)|负责人|联系人|承诺|声明"
)
_ROWS, _COLUMNS = 120, 40
_FEWEST = 3  # captions, where each row is one of them with what is filled in


def is_form(grid: Grid) -> bool:
    """Whether captions stand in many rows rather than in one, as they do in a form."""
    if not 3 <= grid.height <= _ROWS or grid.width > _COLUMNS:
        return False
    per_row: list[int] = []
    captions: set[str] = set()
    for at in range(grid.height):
        of_row = [text for cell in grid.row(at) if (text := _caption(cell))]
        captions.update(of_row)
        per_row.append(len(of_row))
    rows = [n for n in per_row if n]
    if len(captions) >= _FEWEST and _is_one_pair_a_row(grid):
        return True
    return len(captions) >= 5 and len(rows) >= 3 and max(rows) * 5 <= sum(rows) * 2


def _caption(cell: Cell) -> str:
    """The caption that a cell is; empty for any other."""
    text = re.sub(r"\s|:.*$|\(.*?\)", "", folded(cell))
    return text if _CAPTIONS.fullmatch(text) else ""


def _is_one_pair_a_row(grid: Grid) -> bool:
    """Whether under a title each row is a caption with what is filled in beside it."""
    pairs = [[cell for cell in grid.row(at) if cell is not None] for at in range(grid.height)]
    pairs = [cells for cells in pairs if len(cells) > 1]
    return all(len(pair) == 2 and _caption(pair[0]) and not _caption(pair[1]) for pair in pairs)
