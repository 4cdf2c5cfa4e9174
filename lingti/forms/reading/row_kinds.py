"""What a row or a cell of a form is for, told by its words: title, statement, note, signature."""

from __future__ import annotations

import re
import unicodedata

_SIGNED = (
    "填表人|制表人|审核人|审批人|填报人|经办人|联系人|报送人|统计人|复核人|负责人|分管领导|主要领导|"
    "单位负责人|社区负责人|统计负责人|签字|签名|签章|盖章|公章|填表日期|填报日期|报出日期|报送日期|"
    "制表日期|填表时间|填报时间|报送时间|联系电话|联系方式|"
    "(?:申报|呈报|提报|编制|录入|校对|汇总|汇报|报告|批准|审定|签发|复审|初审|提交)(?:人|日期)"
)
_SIGNATURE = re.compile(
    rf"(?:.{{0,8}}(?:{_SIGNED}|日期|电话)(?:[(].*?[)])?:.*)"
    rf"|.{{0,4}}(?:{_SIGNED})|日期|电话|手机号?"
)
_NOTE = re.compile(r"(?:备?注|说明|填[表报]说明|填写说明|※|\*)\s*(?:[:：、.]|\d).*", re.DOTALL)
_KEYS = (
    "填报单位|填表单位|报送单位|上报单位|单位名称|社区名称|填报社区|所属社区|社区|村（?居）?|单位|"
    "汇总时间|数据时间|数据期间|所属时期|统计期间|报告期间|汇总月份|数据月份|"
    "填报月份|统计月份|报告月份|月份|报告期|统计期|报告期别|期别|所属期|统计时间|统计时段|统计周期|"
    "统计区间|时间范围|年月|年度|季度|填报期|计量单位|数据截止|截至时间|截止时间|统计截止时间|时间节点|统计节点|统计时点|时点|(?:数据|统计|报告|填报|汇总)期数?|期数|(?:统计|数据|汇总|报告|填报)截[至止](?:日期|时间)?|街道|"
    "所属街道|街镇|所属区|区县|表号|制定机关|批准机关|批准文号|文号|有效期至?|制表机关|"
    "(?:制表|采集|编报)单位|填报(?:部门|街道)|(?:报表|统计|数据)日期|报表时间|"
    "(?:试点|示范|建设|治理|推进|执行|申报|呈报|提报|报告|反馈|汇报|填写|填制|数据|考核|被考核|参评|创建|统计|报表|提交|责任|牵头|主责|实施|落实)(?:单位|社区)|"
    "(?:被查|受检|被检|受评|被评|自查|自评)(?:单位|社区)|"
    "(?:检查|督查|督导|评估|监测|测评|考评|晾晒|亮晒|核对|核查|摸底|登记|采集|归集|调度|通报|评价)社区|"
    "(?!出生|成立|签|入|离|起|止|开|首|发生)[一-鿿]{2}(?:月份|年月)|"
    "(?:填报|统计|数据|采集|汇总|报告|报表|上报|报送|所属|申报|考核|调度|监测|通报|评价|督办|任务|工作|业务|核算|发生|"
    "自查|自评|检查|督查|督导|评估|测评|考评|晾晒|亮晒|核对|核查|摸底|登记|归集|比对|运行|展示|公示|汇报|反馈|提报|呈报)"
    "(?:月份|年月|期间|时段|周期|区间|时期|季度|年度)"
)
_META = re.compile(rf"(?:{_KEYS})")
_FILED = re.compile(
    r"(?:填报|填表|报送|报出|上报|制表)(?:时间|日期):(20\d\d[年\-./]\d{1,2}(?:[月\-./](?:\d{1,2}日?)?)?)"
)
_STATEMENT = re.compile(
    rf"(?P<key>{_KEYS}|截[至止])(?:[(][^()]*[)])?(?P<colon>:?)(?P<value>.*)", re.DOTALL
)
# Whose it is, whatever it is done for: 观测社区：古桥社区, 古桥社区居民委员会编.
_OF_A_PLACE = re.compile(
    r"(?![一-鿿]*(?:结对|共建|帮扶|合作|联建|友好|周边|相邻|其他|其它|兄弟|对口|上级|主管|支援|协办|协助|指导|接收|转[出入]|迁|来源|"
    r"目标|对比|对标|参照|派|联系|联盟|签约|受益|援|赠|受托|委托|印发|发文|制发|主送|抄送|收文|举办|组织|主办|承办|培训|服务))"
    r"[一-鿿]{2,8}(?<!地)(?:社区|单位|对象|主体):(.{2,12}(?:社区|居委会|居民委员会))"
    r"|(.{2,12}社区(?:居委会|居民委员会|党委)?)(?:编|编制|编印|编报|填报|报送|呈报)"
)
# 自查时间：2024年9月, but not when it was written or signed.
_OF_A_TIME_SAID = re.compile(
    r"(?!.?(?:填|报送|报出|上报|制|签|成立|建|印|发|订|起草|审|截))[一-鿿]{0,4}(?:时间|月份|年月|季度|期):(.+)"
)
_PERSON = re.compile(r"(?:主要)?(?:负责人|领导|联系人|填[表报]人|经办人|审核人|电话)")
_VALUE = re.compile(
    r".*(?<!\d)20\d\d(?!\d).*|.+(?:社区|居委会|村|街道|镇|区|县|市|办事处|委员会|工委)|\d{1,2}月份?|第?.季度|[上下]半年"
)
PERIOD, FILED = "报告期", "填报日期"
_TIME = re.compile(
    r"[(]?20\d\d年(?:度)?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}(?:[-—~至]\d{1,2})?月份?)?[)]?"
)
_DAY = re.compile(r"(?:20\d\d)?[年\-./]?(?:\d{1,2})[月\-./](?:\d{1,2})日?")
_SERIAL = re.compile(r"序号?|编号|号|no\.?|行次|代码|行号|栏次|代号", re.IGNORECASE)
_UNIT = re.compile(r"(?:计量)?单位|量纲")
_REMARK = re.compile(
    r"备\s*注|说明|情况说明|其他说明|数据来源|佐证材料?|附件|责任人|责任单位|责任科室"
)
_DEFINITION = re.compile(r".{0,4}(?:口径|解释|指标说明|统计说明|填报要求|填写要求|范围)")
_LABEL = re.compile(r"项\s*目|指\s*标|内\s*容|名\s*称|类\s*别|.{0,6}(?:指标|项目|内容)(?:名称)?")
_ENTITY = re.compile(
    r".*(?:名称|姓名|主题|地点|地址|身份证号?码?|性别|年龄|出生年月|民族|学历|政治面貌|住址|内容|"
    r"(?<!统计)(?<!填报)(?<!填表)(?<!报送)时间|(?<!填报)(?<!填表)(?<!报送)日期)"
)
_OF_OFFICE = re.compile(
    r"(?:社区|办公|单位|居委会|通[讯信]|联系|机构|党群服务中心)(?:办公|详细)?(?:地址|地点)|(?:社区)?成立(?:时间|日期)"
)
_TITLE = re.compile(
    r".*(?:表|台账|统计|月报|季报|年报|报告|汇总|清单|情况|登记)(?:[（(].*[）)])?\s*"
)
_CHAPTER = re.compile(r"\s*(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[）)]).*")
_OF_A_TIME = re.compile(r"20\d\d|[\d一二三四五六七八九十]月|季度|半年|年度")
_SMALL_CHAPTER = re.compile(r"\s*[（(][一二三四五六七八九十]+[）)]")
_BELOW = re.compile(r"\s|\d|[（(]\d|[①-⑳]|[（(]?其中|[-—·]")
_INDEX = re.compile(r"[甲乙丙丁戊己庚辛]|[A-Z]|\d{1,2}|[（(]\d{1,2}[）)]|[①-⑳]|[-—]")
_NOT_FILLED = re.compile(r"[-—–/\\×xX*✕]+|不填|免填|——+")
_BLANK = re.compile(r"_{2,}|＿{2,}|(?<=[（(])[ \u3000]{2,}(?=[）)])")


_HEADED = re.compile(
    r"\s*((?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、.．])"
    r"[^。：:，,；;、_＿（(]{2,20})[。：:]"
)
_MEASURE = re.compile(r"^\s*(?:人次|户次|个?小时|场次|[名人件次场家户个条项份本种分天位起笔])")
_LEADS = re.compile(r"(?:共计|总计|合计|总共|共|为|达到?|(?<![解签履在])约)\s*$")


def squeezed(text: str) -> str:
    """Half-width and without any space: `填 报 单 位` → `填报单位`."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def is_signature(text: str) -> bool:
    """Whether it asks for a name, a signature, a phone or the day of filling in."""
    return _SIGNATURE.fullmatch(squeezed(text)) is not None


def is_signed(text: str) -> bool:
    """Whether it says who filled it in or when: 填表日期：2024年11月4日."""
    return is_signature(text) and squeezed(text).partition(":")[2] != ""


def is_note(text: str) -> bool:
    """Whether it tells how to fill the form in."""
    return _NOTE.fullmatch(text.strip()) is not None


def is_key(text: str) -> bool:
    """Whether it is a name before who reports, or of when: 填报单位, 统计月份."""
    return _META.fullmatch(squeezed(text).rstrip(":：")) is not None


def statement(text: str) -> tuple[str, str] | None:
    """The key and value of `填报单位：古桥社区`; None where it is no such statement."""
    plain = squeezed(text)
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1]
    if of_place := _OF_A_PLACE.fullmatch(plain):
        return "填报单位", of_place[1] or of_place[2]
    match = _STATEMENT.fullmatch(plain)
    of_time = None if match else _OF_A_TIME_SAID.fullmatch(plain)
    if of_time and is_time(of_time[1]):
        return PERIOD, of_time[1]
    if match is None or not (match["colon"] or match["key"].startswith("截")):
        return None  # 街道党工委： is spoken to
    if _PERSON.match(match["value"]):  # 单位负责人：
        return None
    return match["key"], match["value"]


def paired(key: str, value: str) -> tuple[str, str] | None:
    """What a key says with the value in the cell behind it: `报表期`, `2024年二季度`."""
    plain = squeezed(key).rstrip(":：")
    if is_key(plain):
        return plain, squeezed(value)
    is_place = plain.endswith("社区")  # two communities side by side say nothing of each other
    return statement(f"{plain}:{value}") if is_value(value) and not is_place else None


def filed(text: str) -> tuple[str, str] | None:
    """The day a form was filled in, as `填报时间：2024年7月`; None where it says none."""
    match = _FILED.search(squeezed(text))
    return (FILED, match[1]) if match else None


def statements_in(text: str) -> list[tuple[str, str]]:
    """What a line says with spaces between: `填报单位：古桥社区  2024年6月`, in the order said."""
    parts: list[str] = []
    for part in text.split():
        is_own = is_time(part) or is_signature(part) or statement(part) is not None
        if parts and not is_own and (":" not in squeezed(part) or not statement(parts[-1])):
            parts[-1] += part  # 填 报 单 位：, 太白湖新区 古桥社区, 2024年 6月
        else:
            parts.append(part)
    statements = [pair for part in parts if (pair := statement(part)) and pair[1]]
    return statements + [(PERIOD, squeezed(part)) for part in parts if statements and is_time(part)]


def is_time(text: str) -> bool:
    """Whether it is a month, quarter, half or year, and nothing else."""
    return _TIME.fullmatch(squeezed(text)) is not None


def is_value(text: str) -> bool:
    """Whether it may stand behind a key in a cell of its own: a place or a time."""
    plain = squeezed(text)
    return not is_key(plain) and _VALUE.fullmatch(plain) is not None


def is_day(text: str) -> bool:
    """Whether it is a day, as behind 填报日期."""
    return _DAY.fullmatch(squeezed(text)) is not None


def is_serial(text: str) -> bool:
    """Whether a column holds numbers of rows."""
    return _SERIAL.fullmatch(squeezed(text)) is not None


def is_unit_column(text: str) -> bool:
    """Whether a column holds units."""
    return _UNIT.fullmatch(squeezed(text)) is not None


def is_remark(text: str) -> bool:
    """Whether a column or cell is for the words of whoever fills it in."""
    return _REMARK.fullmatch(squeezed(text)) is not None


def is_definition(text: str) -> bool:
    """Whether a column tells what the names of rows mean."""
    return _DEFINITION.fullmatch(squeezed(text)) is not None


def is_label_column(text: str) -> bool:
    """Whether a column is headed as that of the names of rows."""
    return _LABEL.fullmatch(squeezed(text)) is not None


def is_entity(text: str) -> bool:
    """Whether what is asked for names one thing, as of a register: 活动名称, 姓名, 地点."""
    plain = squeezed(text).rstrip(":：")
    is_own = is_key(plain) or is_signature(plain) or _OF_OFFICE.fullmatch(plain)
    return not is_own and _ENTITY.fullmatch(plain) is not None


def is_title(text: str) -> bool:
    """Whether it may be the title of a form."""
    plain = squeezed(text)
    return len(plain) >= 5 and _TITLE.fullmatch(plain) is not None


def is_chapter(text: str) -> bool:
    """Whether it heads the rows below it: 一、志愿服务."""
    return _CHAPTER.fullmatch(text) is not None


def is_section(text: str) -> bool:
    """Whether it heads a part of a form, and is no title of it: it is of no time."""
    return is_chapter(text) and _OF_A_TIME.search(squeezed(text)) is None


def is_within(chapter: str, name: str) -> bool:
    """Whether a row stands below a chapter: below （一） only what is numbered or set in."""
    return not _SMALL_CHAPTER.match(chapter) or _BELOW.match(name) is not None


def is_index(text: str) -> bool:
    """Whether it only numbers a column: 甲, 1, (2)."""
    return _INDEX.fullmatch(squeezed(text)) is not None


def says_nothing(text: str) -> bool:
    """Whether it says that nothing is to be filled in."""
    return _NOT_FILLED.fullmatch(squeezed(text)) is not None


def has_blank(text: str) -> bool:
    """Whether something is to be filled in within a text."""
    return _BLANK.search(text) is not None


def blanks(text: str) -> list[tuple[int, int]]:
    """Where the blanks of a text begin and end."""
    return [match.span() for match in _BLANK.finditer(text)]


def heading_of(text: str) -> str:
    """What a line is about, where it begins with it: 一、志愿服务方面。 before its sentences."""
    match = _HEADED.match(text)
    return match[1] if match else ""


def without_unit(text: str) -> str:
    """What stands behind a blank without the unit of it: 名居民参加志愿服务."""
    return _MEASURE.sub("", text)


def is_part(text: str) -> bool:
    """Whether it names a part of what stands before it: 其中：办结."""
    return squeezed(text).lstrip("(").startswith("其中")


def asked_before(clause: str) -> str:
    """The name before a blank without what only leads to it: 服务时长共计____小时."""
    return _LEADS.sub("", clause) or clause


def without_blanks(text: str) -> str:
    """A text with nothing where its blanks were."""
    return _BLANK.sub("", text)
