"""What a cell looks like before its column is known: a value, a label, a note, a total."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from lingti.ingest.reading.sheet_tables import Cell

_KNOWN = lru_cache(maxsize=1 << 15, typed=True)  # cells are looked at many times over
_LONGEST = 200  # characters of a cell that are looked at, so that no pattern takes long

# Values that people type as text: numbers, dates, times, durations, ticks.
_VALUE = re.compile(
    r"[+-]?[\d,]*\.?\d+(e[+-]?\d+)?\s*(%|‰|元|分|次|人|人次|个|件|小时|h|分钟|min|岁|户|万|天)?"
    r"|[¥$]\s*[\d,.]+"
    r"|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?.*"
    r"|\d{1,2}[-/]\d{1,2}([-/]\d{2,4})?|\d{1,2}月\d{1,2}[日号]"
    r"|\d{1,2}[:时]\d{2}([:分]\d{2}秒?)?|\d+(\.\d+)?(小时|分钟)(\d+分钟?)?"
    r"|[\d*]{6,}x?|\d{3,4}-\d{7,8}|[半一两二三四五六七八九十]+个?半?(小时|天|分钟)"
    r"|[是否√×✓✗✔✘无有]|true|false|n/a|-+|—+|/",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(19|20)\d\d年?|((19|20)\d\d[年.-])?\d{1,2}月份?|(19|20)\d\d-\d\d"
    r"|((19|20)\d\d年)?(第?[一二三四1-4]季度|[上下]半年|Q[1-4])|(\d{1,2}月)?\d{1,2}[日号]"
)
_SENTENCE = re.compile(r".*[。;!]$")
_OPENS_NOTE = re.compile(
    r"(备?注|说明|填[表报写]说明|附注?|提示|注意|要求|[*※]+注?)\s*\d*[:、.]|[*※](?=.{12}|.*[,;:])"
    r"|(数据|资料)?来源:|数据库:|指标:|(附[件表]|表)\s*[\d一二三四五六七八九十.-]*:?$"
)
_NOTE = re.compile(rf"{_OPENS_NOTE.pattern}|{_SENTENCE.pattern}")
_STARRED = re.compile(r"[*※]")
_RULE = re.compile("[-=_—–─━~·]{3,}")
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_DATED = re.compile(r"[\u4e00-\u9fff·]{2,5}\s+\d{4}[-/.年]\d{1,2}[-/.月]\d")  # who and when
_MADE_BY = "(制表|填表|填报|审核|审批|复核|批准|校对|经办|编制|报送|录入|分管)"
_SIGNER = re.compile(_MADE_BY + "(人|员|者|单位|部门|负责人|领导|日期|时间)")
_SIGNATURE = re.compile(
    rf".{{0,4}}{_MADE_BY}(人|员|者|单位|部门|负责人|领导|日期|时间)?\s*[:(]|.{{0,6}}\((签字|签名|签章|盖章|公章)\)"
)
_FOOTER = re.compile(
    r"(数据|资料)?来源:.*|.{0,14}(签字|签名|签章|盖章|公章)(处|栏)?\)?(\(.*\))?(:.*)?$"
    r"|.{0,6}(制表|填表|填报|审核|审批|复核|复查|编制|经办|主管|负责|统计|联系|经手|登记|录入|导出|打印|报送)"
    r"(人|员|者|单位|部门|负责人|电话|日期|时间|领导)?(单位|电话|签字)?:.*"
    rf"|.{{0,2}}{_MADE_BY}(人|员|者)?\s+\S{{1,6}}|(日期|时间|电话):.*|.*年\s+月\s*日?.*|第\s*\d+\s*页.*|共\s*\d+\s*[条页行人项].*|以下空白|.*结束.*以下.*"
)
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]|^其中:")
_QUESTION = re.compile(r"\d{1,3}[、.]")  # as questionnaires number their columns
_COLON = re.compile(r"(?!其中)[^:()]{1,20}:")
_UNIT_NOTE = re.compile(r"\(?(计量)?单位:.*")
_UNITS = (
    "人次|人|次|个|元|万元|亿元|小时|分钟|分|户|家|件|米|平方米|平方公里|立方米|公里|公顷|亩|吨|千克|公斤|kg|km|m2|h|份"
    "|场|天|月|年|项|岁|条|名|所|处|座|栋|幢|套|台|辆|只|袋|瓶|张|盒|桶|包|对|册|期|节|课时|度|万人|千人|万户|%|‰|—|-"
)
_UNIT = re.compile(rf"\(?({_UNITS})(/({_UNITS}))?\)?")
_COUNTED = (
    r"(\d+(\.\d+)?(元|人|人次|户|家|件|次|个|项|条|小时|分|份)"
    "|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整]+)?"
)
_TOTAL = re.compile(
    rf"(全.{{0,3}}|[本当].?|以上|各.{{1,4}})?(总?合计|小计|总计|共计|累计|总数|合计数|汇总|总和){_COUNTED}"
    "|(grand|sub)?total|sum"
)
TOTAL_MARKS = ("计", "汇", "数", "和", "total", "sum")  # one of them is in each word for a total
_TOTAL_MARK = re.compile("|".join(TOTAL_MARKS), re.IGNORECASE)
_TOTAL_PREFIXED = re.compile(r".{1,12}(合计|小计|总计|共计|累计)")
_HINT = re.compile(
    r"必填|选填|非必填|[(\[]?(示例|样例|范例)\d*([):\]]|$)|例如|^例:|如:|^格式|格式(为|:|如)|请(填|选|按|输入|勿)|^下拉|下拉(选|框|菜单|列表)"
    r"|不能为空|可为空|yyyy|填写(格式|要求|说明|规范|示例|即可)"
    r"|^(请|需|须|应|如实|据实|手工|自动|统一|此处|本列|按.{1,8}|由.{1,6}|(无需|不用|不需要?|不必))*填写"
    r"|多个.*(分隔|隔开)|required|optional|e\.g\."
)
_EXAMPLE = re.compile(r"\(?(示例|样例|范例|举例|例如|例[:)])")
_SECTION = re.compile(
    r"[(]?[一二三四五六七八九十]+[、).,]|第[一二三四五六七八九十\d]+[章节部分组片]"
)

# Pieces of the names that columns usually have.
_PIECES = (
    "序号|编号|编码|代码|姓名|名称|日期|时间|时长|小时|电话|手机|联系方式|身份证|证件|地址|住址|小区|楼栋|楼号"
    "|房号|单元|类别|类型|种类|项目|活动|内容|备注|数量|金额|积分|单位|部门|职务|性别|年龄|人数|人次|状态|地区"
    "|社区|街道|商户|商家|品类|商品|物品|来源|渠道|办结|受理|签约|单价|售价|销售|总量|年份|月份|主题|负责人"
    "|学号|班级|结果|是否|网格|志愿|服务|培训|证书|岗位|企业|行业|诉求|走访|议题|事项|责任|时限|优惠|挂牌"
    "|合计|方式|等级|次数|户主|户数|人口|面积|比例|情况|级别|学历|民族|公司|邮箱|品牌|信息|库存|规格|品名"
    r"|\b(name|date|id|no|type|status|hours?|phone|address|code|amount|quantity|category|age|year|month"
    r"|price|total|title|description|email|gender|unit|number|count|score|points)\b"
)
_VOCABULARY = re.compile(_PIECES, re.IGNORECASE)
_ENDS_AS_NAMES_DO = re.compile(rf"(?:{_PIECES})(\(.*\))?$", re.IGNORECASE)
_TITLE = re.compile(
    r".{3,}(表|台账|名册|名单|花名册|清单|汇总|统计|明细|记录|登记|一览|日报|周报|月报|季报|年报)(\(.*\))?"
)
_IN_BRACKETS = re.compile(r"\(.*\)|\[.*\]")


@_KNOWN
def folded(cell: Cell) -> str:
    """Half-width and trimmed, for matching; empty for a cell that is no text."""
    if not isinstance(cell, str):
        return ""
    cell = cell[:_LONGEST]
    return cell.strip() if cell.isascii() else unicodedata.normalize("NFKC", cell).strip()


@_KNOWN
def is_value(cell: Cell) -> bool:
    """Whether a cell is a number, date, tick or the like rather than words."""
    if cell is None:
        return False
    return not isinstance(cell, str) or _VALUE.fullmatch(folded(cell)) is not None


def is_period(cell: Cell) -> bool:
    """Whether a text names a year, quarter or month, as headers of wide tables do."""
    return _PERIOD.fullmatch(folded(cell)) is not None


def is_day(cell: Cell) -> bool:
    """Whether a cell is a date, as such or as text."""
    return isinstance(cell, date) or _DAY.fullmatch(folded(cell)) is not None


@_KNOWN
def is_label(cell: Cell) -> bool:
    """Whether a cell may name a column."""
    text = folded(cell)
    if not text or _VALUE.fullmatch(text) or is_note(cell) or _DATED.match(text):
        return False
    bare = _ASIDE.sub("", text)
    if _QUESTION.match(text):
        bare = bare.rstrip(":")
    if ":" in bare or len(bare) > (80 if bare.isascii() else 30):
        return False
    return bare.count(",") < 2 and bare.count(" ") < 8


@_KNOWN
def is_usual_label(cell: Cell) -> bool:
    """Whether a cell holds a word that names of columns usually hold."""
    text = folded(cell)
    return bool(text) and _VOCABULARY.search(text.replace("_", " ")) is not None


@_KNOWN
def ends_as_names_do(cell: Cell) -> bool:
    """Whether a text ends with such a word, as names of columns do and few cells of data."""
    return _ENDS_AS_NAMES_DO.search(folded(cell).replace("_", " ")) is not None


def is_in_brackets(cell: Cell) -> bool:
    """Whether a whole text stands in brackets, as explanations under a name do."""
    return _IN_BRACKETS.fullmatch(folded(cell)) is not None


@_KNOWN
def is_note(cell: Cell) -> bool:
    """Whether a text is a remark about the table."""
    text = folded(cell)
    return _NOTE.match(text) is not None or _UNIT_NOTE.fullmatch(text) is not None


def is_remark(cell: Cell) -> bool:
    """Whether a text below a table is about it: a note, a footer, a caption, a starred line."""
    starred = _STARRED.match(folded(cell)) is not None
    return starred or is_note(cell) or is_footer(cell) or is_captioned(cell)


def is_rule(cell: Cell) -> bool:
    """Whether a text is a line drawn with dashes or the like."""
    return _RULE.fullmatch(folded(cell)) is not None


def is_title(cell: Cell) -> bool:
    """Whether a text is what tables are called: …登记表, …台账, …名单."""
    return _TITLE.fullmatch(folded(cell)) is not None


def is_sentence(cell: Cell) -> bool:
    """Whether a text ends as sentences do."""
    return _SENTENCE.fullmatch(folded(cell)) is not None


def is_example(cell: Cell) -> bool:
    """Whether a text is given as an example of how to fill a cell in."""
    return _EXAMPLE.match(folded(cell)) is not None


@_KNOWN
def is_footer(cell: Cell) -> bool:
    """Whether a text is a signature, a date of making, a source."""
    return _FOOTER.fullmatch(folded(cell)) is not None


def is_signer(cell: Cell) -> bool:
    """Whether a text names who signs, as 审核人, with the name in the next cell."""
    return _SIGNER.fullmatch(folded(cell)) is not None


def is_signature(cell: Cell) -> bool:
    """Whether a text opens with who made or checks the table (制表人：…)."""
    return _SIGNATURE.match(folded(cell)) is not None


def opens_a_note(cell: Cell) -> bool:
    """Whether a text opens as notes do (注：…), and does not only end as a sentence."""
    text = folded(cell)
    return _OPENS_NOTE.match(text) is not None or _UNIT_NOTE.fullmatch(text) is not None


def is_captioned(cell: Cell) -> bool:
    """Whether a text starts with a caption and a colon (填报单位：…)."""
    return _COLON.match(folded(cell)) is not None


def is_unit(cell: Cell) -> bool:
    """Whether a text is a bare unit such as （小时）."""
    return _UNIT.fullmatch(folded(cell).lower()) is not None


@_KNOWN
def is_hint(cell: Cell) -> bool:
    """Whether a text tells how to fill a column in."""
    return _HINT.search(folded(cell).lower()) is not None


def is_section(cell: Cell) -> bool:
    """Whether a text opens a section (一、…)."""
    return _SECTION.match(folded(cell)) is not None


@_KNOWN
def total_word(cell: Cell) -> str:
    """`whole` for 合计 and its like, `part` where such a word ends a text, else empty."""
    if not isinstance(cell, str) or not _TOTAL_MARK.search(cell):
        return ""
    text = re.sub(r"\s|\(.*?\)|:", "", folded(cell)).lower()
    if not text or len(text) > 20:
        return ""
    if _TOTAL.fullmatch(text):
        return "whole"
    return "part" if _TOTAL_PREFIXED.fullmatch(text) else ""


def note_kind(texts: Sequence[Cell]) -> str:
    """Why a row of remarks is set aside: unit, footer or note."""
    if any(_UNIT_NOTE.fullmatch(folded(cell)) for cell in texts):
        return "unit"
    return "footer" if any(is_footer(cell) or is_day(cell) for cell in texts) else "note"
