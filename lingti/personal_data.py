"""Finds names, phones and ID numbers where no column was declared to hold them, and masks them.

Phones and ID numbers are told by their digits. A Chinese name is told by where it stands: beside a
phone or an ID number, after a word such as 联系人, before a form of address, or in a column that
holds little else. A word that merely begins like a name (牛奶, 高度) is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from lingti import clock
from lingti.person_names import is_word, is_wordy

_FREQUENT = (
    "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁马方任"
    "袁柳史唐薛贺倪汤罗毕郝邵汪毛戴宋庞熊纪董梁杜阮蓝贾江郭梅林徐邱骆高夏蔡田樊胡万管"
    "卢莫房丁邓洪石崔龚程邢陆翁侯宁甘武刘景龙叶黎白蒲谭冉雍温庄晏柴阎习牛廖耿欧聂曾沙"
    "关游盖于孟尹段雷钟黄申尚付岳向施苗肖"
)
_RARE = (
    "窦章云奚昌凤花俞鲍费廉岑滕殷安常乐傅齐康伍余元卜顾平和穆萧祁项祝米贝明臧计伏成谈"
    "茅屈路娄危童颜盛刁丘褚霍虞支柯昝经裘缪干解应宗宣贲郁单杭包诸左吉钮嵇滑裴荣封储靳"
    "汲松井富巫乌焦巴弓隗山谷车宓蓬全班仰秋仲伊宫仇栾暴斜厉戎祖符束幸韶郜蓟薄印宿怀从"
    "鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟贡劳逄姬扶堵宰郦璩桑桂濮寿通边扈燕冀浦农"
    "别瞿充连茹宦艾鱼容古易慎戈庾终暨居衡步都满弘匡国文寇广禄阙东殴利蔚越夔隆师巩厍晁"
    "勾敖融冷辛阚那简饶养鞠须丰巢蒯相查后荆红竺权逯益桓公涂"
)
_DOUBLE = "欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|司徒|令狐"
DOUBLE_SURNAMES = frozenset(_DOUBLE.split("|"))
_NAME = rf"(?:{_DOUBLE}|[{_FREQUENT}{_RARE}])[\u4e00-\u9fff]{{1,2}}"
_COMMON_NAME = rf"(?:{_DOUBLE}|[{_FREQUENT}])[\u4e00-\u9fff]{{1,2}}"
# What people put between digits, also without seeing it, and no more of it than this.
_BETWEEN = (
    r"[ \t\u00a0\u00ad\u2000-\u2015\u202f\u205f-\u206f\u3000\ufeff.．·・/／_＿()（）－-]{0,3}"
)
_DIGITS = re.compile(rf"\+?\d(?:{_BETWEEN}\d){{8,}}(?:{_BETWEEN}[XxＸｘ](?![A-Za-z]))?")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[-./](?:0?[1-9]|1[0-2])[-./](?:[0-2]?\d|3[01]))(?!\d)")
_PIECE = re.compile(r"\d+[XxＸｘ]?|[XxＸｘ]")
_PHONE = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{9,11}")
_LONG_ID = re.compile(r"\d{17}[\dX]")
_OLD_ID = re.compile(r"\d{15}")
_CARD = re.compile(r"\d{16,19}")
_HIDDEN = "\ue000"  # in the place of a number, until names beside it are found
# Who made, checked or signed a table, as captions in titles and under tables call them.
_SIGNERS = (
    "填报人|填表人|制表人|制表|印表人|打印人|审核人|审核|审批人|复核人|经办人|录入人|登记人|统计人|记录人|报送人|上报人|主管|负责人|责任人|"
    "联系人|分管领导|签字|签名|姓名"
)
_SPACED = "|".join(r"[\s　]*".join(signer) for signer in _SIGNERS.split("|"))  # 填 报 人
_SIGNED = re.compile(
    rf"(?P<caption>[\s,，;；、（(]*(?:{_SPACED})[\s　]*[:：]\s*)"
    r"(?:[\u4e00-\u9fff·]{2,8}|[A-Za-z][A-Za-z.]*(?: [A-Z][a-z]+)?)(?P<end>[)）]?)"
)
_LABELS = (
    "填报人|填表人|制表人|审核人|姓名|联系人|户主|负责人|责任人|经办人|当事人|申请人|反映人|诉求人|来访人|受助人|志愿者|居民|"
    "家属|老人|住户|业主|楼长|组长|网格员"
)
# Whom one asks for by name; what follows these with a colon is one, whatever the surname.
_ASKED_FOR = (
    "姓名|联系人|联络人|户主|负责人|责任人|经办人|承办人|当事人|申请人|反映人|诉求人|来访人|受助人|"
    "填报人|楼长|组长|网格员"
)
_POST = re.compile(
    "社区|物业|公司|中心|办公|委员|居委|街道|书记|主任|经理|网格|部门|单位|小区|学校|医院|超市|"
    "商[家户]|岗|站长?$|科$|局$|办$|队$|组$|部$|会$"
)
_ENDS = r"(?=$|[\s，,。；;、：:（(）)]|电话|手机|反映|来电|来访|家|说|称|等)"
_TITLES = "同志|先生|女士|老师|阿姨|大爷|大妈|大姐|大哥|叔叔|奶奶|爷爷|师傅"
_LABELLED = (
    re.compile(rf"(?:{_LABELS})(?:为|是)?\s?[:：]\s?(?P<name>{_NAME}){_ENDS}"),
    re.compile(rf"(?:{_LABELS})(?P<name>{_COMMON_NAME}){_ENDS}"),
)
_ASKED = re.compile(
    rf"(?:(?:{_ASKED_FOR})(?:(?:为|是)?\s*[:：]\s*|[ \u3000]+)"
    rf"|(?:联系人|联络人|户主|姓名)(?=[\u4e00-\u9fff]{{3}}{_ENDS}))"
    r"(?P<names>[\u4e00-\u9fff]{2,4}(?:[·•][\u4e00-\u9fff]{1,6})?"
    rf"(?:[、/]\s?[\u4e00-\u9fff]{{2,4}})*){_ENDS}"
)
_BESIDE_A_NUMBER = (
    re.compile(
        rf"(?P<name>{_NAME})[\s，,、:：（(]{{0,2}}"
        rf"(?:联系)?(?:电话|手机号?|身份证号?|证号)?[\s:：]{{0,2}}(?={_HIDDEN})"
    ),
    re.compile(rf"(?<={_HIDDEN})[\s，,、）)]{{0,2}}(?P<name>{_COMMON_NAME})(?=$|[，,。；;）)\s])"),
)
_TITLED = re.compile(rf"(?P<name>{_COMMON_NAME})(?={_TITLES})")
_ADDRESSED = re.compile(rf"[\u4e00-\u9fff]{{2}}(?={_TITLES}|家)")
# Who does what, in a sentence: three characters, as shorter ones are mostly words.
_THREE = (
    rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|(?![向于任管关])[{_FREQUENT}][\u4e00-\u9fff]{{2}})"
)
_ACTING = re.compile(
    rf"(?P<name>{_THREE})"
    rf"(?=负责|跟进|牵头|主持|带队|主讲|反映|同学|家漏|家中|家里|家门|、{_THREE}(?:负责|跟进|牵头|等|$))"
)
_ACTS = re.compile("负责|跟进|牵头|主持|带队|主讲|反映|同学|家[漏中里门]|、")
_FORM_OF_ADDRESS = re.compile(f"{_TITLES}|家")
# Words that stand where a name would, and are none.
_NO_NAME = re.compile(
    "周[一二三四五六日天末]|[日时号月年天分个]$|[无未没不]|高级|高中|高龄|关爱|金牌|任课|安全|钟点|常务|广大|全体|"
    "明确|关于|关心|高度|和谐|平安|安置|相关|应当|都[是有]|向[我社]"
)
# A name of three characters that a file or sheet is called by, also before what it holds of it.
_RUN = re.compile("[\u4e00-\u9fff]+")
_CALLED = re.compile(
    rf"(?P<name>(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{_FREQUENT}][\u4e00-\u9fff]{{2}})"
    "(?:$|(?=志愿|个人|的|服务|积分|签到|申请|登记|工时|简历))"
)
_PLACE = re.compile("[区县镇乡村庄寨堡沟岭坪塘泉洞崖屯营集店铺关里河湾湖山桥口苑园路街巷港洲岛]$")
_WHOLE_NAME = re.compile(rf"{_COMMON_NAME}\Z")
_PERSON_HEADER = re.compile(
    "姓名|联系人|负责人|责任人|责任岗|承办|经办人|户主|申请人|志愿者|人员|网格员|楼长"
)
_SHAPED = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[·•][\u4e00-\u9fff]{1,6})?\Z")
_WORDS_APART = re.compile(r"[\u4e00-\u9fff]+")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Scrubbed:
    """Texts with what is personal masked, and the positions of those in which something was."""

    texts: list[str | None]
    touched: list[int]


def scrub(
    texts: Sequence[str | None],
    header: str = "",
    names: Container[str] = (),
    *,
    is_text: bool = False,
) -> Scrubbed:
    """Masks what is personal in the distinct cells of a column that should hold no person.

    `is_text` says that its cells are no names by themselves, as somebody said.
    """
    texts = list(texts)
    by_header = not is_text and bool(_PERSON_HEADER.search(header))
    by_content = not is_text and _are_names([text for text in texts if text])
    result: list[str | None] = []
    touched = []
    for index, text in enumerate(texts):
        masked = text and mask(text, names)
        if masked and (
            (by_header and not is_post(masked) and _SHAPED.match(masked.strip()))
            or ((by_header or by_content) and is_name(masked))
        ):
            masked = "*" * len(masked)
        if masked != text:
            touched.append(index)
        result.append(masked)
    return Scrubbed(result, touched)


def masked_at(scrubbed: Scrubbed, persons: Sequence[int]) -> Scrubbed:
    """The same with nothing left to read of the cells that turned out to be persons."""
    texts = list(scrubbed.texts)
    for index in persons:
        texts[index] = "*" * min(len(texts[index] or ""), 6)
    return Scrubbed(texts, sorted({*scrubbed.touched, *persons}))


def is_post(text: str) -> bool:
    """Whether a text names a post, an office or a thing, and so nobody by name."""
    return bool(_POST.search(text) or _NO_NAME.search(text)) or is_word(text)


def mask(text: str, names: Container[str] = ()) -> str:
    """The text with phones, ID and card numbers and persons' names replaced by asterisks.

    `names` are persons known to be in the same table. One of two characters is taken for a name
    only before a form of address: many are also words.
    """
    for telling in _LABELLED:
        text = telling.sub(_masked_name, text)
    text = _ASKED.sub(_masked_names, text)
    if _ACTS.search(text):
        text = _ACTING.sub(_masked_actor, text)
    hidden = _DIGITS.sub(_masked_numbers, text)
    if hidden != text:
        for telling in _BESIDE_A_NUMBER:
            hidden = telling.sub(_masked_name, hidden)
        text = hidden.replace(_HIDDEN, "***")
    if names:
        for length in (4, 3):
            for start in range(len(text) - length + 1):
                if text[start : start + length] in names:
                    text = text[:start] + "*" * length + text[start + length :]
    if _FORM_OF_ADDRESS.search(text):
        text = _TITLED.sub(_masked_name, text)
        text = _ADDRESSED.sub(lambda match: "**" if match[0] in names else match[0], text)
    return text


def without_signers(text: str) -> str:
    """A title or line without who made or checked it: 填报人：张三 is cut out whatever the name."""
    return mask(_SIGNED.sub("", text)).strip()


def masked_signers(text: str) -> str:
    """A line with who made or checked a table as asterisks: 填报人：***."""
    return mask(_SIGNED.sub(r"\g<caption>***\g<end>", text)).strip()


def masked_name(text: str) -> str:
    """What a file or a sheet is called, with the persons it names as asterisks."""
    return _RUN.sub(lambda run: _CALLED.sub(_masked_called, run[0], count=1), masked_signers(text))


def is_name(text: str) -> bool:
    """Whether a text by itself has the shape of a person's name."""
    return bool(_WHOLE_NAME.match(text.strip())) and not _NO_NAME.search(text) and not is_word(text)


def is_id_number(digits: str) -> bool:
    """Whether 18 characters are an ID number: a day of birth that can be, and the check digit."""
    if len(digits) != 18 or not digits[:17].isdigit() or not _is_day(digits[6:14]):
        return False
    total = sum(int(d) * weight for d, weight in zip(digits[:17], _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def _are_names(texts: Sequence[str]) -> bool:
    """Whether a column holds little but names."""
    named = [text for text in texts if is_name(text)]
    long = [text for text in named if len(text.strip()) == 3]
    return len(named) >= 5 and len(named) >= 0.9 * len(texts) and len(long) >= 0.5 * len(named)


def _masked_name(match: re.Match[str]) -> str:
    name = match["name"]
    if _NO_NAME.search(name) or is_word(name):
        return match[0]
    start, end = match.start("name") - match.start(), match.end("name") - match.start()
    return match[0][:start] + "*" * len(name) + match[0][end:]


def _masked_actor(match: re.Match[str]) -> str:
    name = match["name"]
    is_none = is_post(name) or is_wordy(name) or _PLACE.search(name) or not is_name(name)
    return match[0] if is_none else "*" * len(name)


def _masked_called(match: re.Match[str]) -> str:
    """Only where it is the beginning of a run, and neither a place nor a word."""
    name = match["name"]
    if match.start() or _PLACE.search(name) or not is_name(name) or is_wordy(name):
        return match[0]
    return "*" * len(name)


def _masked_names(match: re.Match[str]) -> str:
    """What follows a label, each name of several masked; an office that answers for it stays."""
    start = match.start("names") - match.start()
    kept = _WORDS_APART.sub(
        lambda match: match[0] if is_post(match[0]) else "*" * len(match[0]), match["names"]
    )
    return match[0][:start] + kept


def _masked_numbers(match: re.Match[str]) -> str:
    """A run of digits with every number of a person in it hidden, whatever stands between them."""
    text, whole = match[0], match.string
    pieces = list(_PIECE.finditer(text))
    days = [day.span() for day in _DAY.finditer(text)]
    spans: list[tuple[int, int]] = []
    first = 0
    while first < len(pieces):
        for last in range(len(pieces) - 1, first - 1, -1):
            chosen = pieces[first : last + 1]
            start, end = chosen[0].start(), chosen[-1].end()
            digits = unicodedata.normalize("NFKC", "".join(match[0] for match in chosen)).upper()
            beside = whole[: match.start() + start][-1:] + whole[match.start() + end :][:1]
            of_day = any(start < day_end and day_start < end for day_start, day_end in days)
            if _is_personal(digits, [len(match[0]) for match in chosen], beside, of_day=of_day):
                spans.append((start - (text[start - 1 : start] == "+"), end))
                first = last
                break
        first += 1
    for start, end in reversed(spans):
        text = text[:start] + _HIDDEN + text[end:]
    return text


def _is_personal(digits: str, lengths: list[int], beside: str, *, of_day: bool) -> bool:
    """Whether digits, written in pieces of these lengths, are a phone, an ID or a card number.

    `beside` are the characters around them; `of_day`: some of them read as a day.
    """
    in_word = bool(re.search("[A-Za-z]", beside))
    is_one = len(lengths) == 1
    if _LONG_ID.fullmatch(digits) and not in_word:
        return is_one or lengths == [6, 8, 4] or _is_day(digits[6:14])
    if of_day:
        return False
    if _OLD_ID.fullmatch(digits) and not in_word and (is_one or lengths[0] == 6):
        return _is_day("19" + digits[6:12])
    if _PHONE.fullmatch(digits):
        return True
    if _LANDLINE.fullmatch(digits) and lengths[0] in (3, 4):
        return len(digits) - lengths[0] in (7, 8)
    return bool(_CARD.fullmatch(digits)) and (is_one or set(lengths[:-1]) == {4})


def _is_day(text: str) -> bool:
    try:
        born = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return 1880 <= born.year <= clock.today().year
