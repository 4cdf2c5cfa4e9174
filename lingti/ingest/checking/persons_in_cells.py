"""What the cells of a name column hold beside one person each: several persons, or nobody."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lingti.ingest.layout import sign_up_chain
from lingti.ingest.reading.sheet_tables import Cell
from lingti.personal_data import DOUBLE_SURNAMES, is_name

_HARD = re.compile(r"[、，,;；/|｜\n\t+＋&＆]+")
_SOFT = re.compile(r"\s+|[和与及]")
_DOTS = re.compile(r"(?<=[\u4e00-\u9fff])[.．—–-](?=[\u4e00-\u9fff])")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+(?:[·•][\u4e00-\u9fff]+)+")
_JOINED = re.compile(r"[\u4e00-\u9fff]{4,}")
_BESIDE = re.compile(r"[(（\[【].*?[)）\]】]|\+?[\d*]{7,}|^\s*\d{1,3}[.．、]\s*|[★☆*]|\s")
_GROUPS = (
    "社区|街道|小区|物业|居委会?|村委?|网格|楼栋|党支部|青年|巾帼|老年|老|在职|退役|大学生|热心|爱心|好心|普通|全体|"
    "全部|各|各位|其他|其它|部分|多名|数名|若干|一名|两名|本|志愿|义务|值班"
)
_ROLES = (
    "志愿者|义工|党员|居民|群众|家属|住户|学生|工作人员|人员|网格员|网格长|楼长|楼栋长|单元长|社工|干部|代表|人士|市民|"
    "网友|业主|邻居|同志|保洁员|保安|医生|护士|老师|教师|民警|辅警|团员|会员|队员|组员|成员|专干"
)
_NOBODY = re.compile(
    r"\d\s*[余多几]?\s*[人名位户个口]|^[一二两三四五六七八九十百]+[余多几]?[人名位户]$"
    "|(?:队|小组|班组|夫妇|夫妻俩?|两口子?|[一二两三四五六七八]口(?:之家|人)?|一家|全家|一行|等人?|若干|多人|众人|们)$"
    "|(?:母女|母子|父子|父女|祖孙|爷孙|姐妹|姊妹|兄弟|兄妹|姐弟|婆媳|家人|父母|子女|儿女)$"
    "|^(?:全体|全部|若干|部分|多名|数名)"
    f"|^(?:{_GROUPS}|{_ROLES})*(?:{_ROLES})(?:们|若干)?$"
    "|(?:支部|居委会|委员会|公司|协会|物业|服务中心|志愿服务站)$"
    "|^(?:妇联|团委|工会|匿名(?:人士|用户|者)?|无名氏?|某某?|未知|不详|不明|保密|待定|其他|其它|本人)$"
    r"|^同上|^[〃″”]$|[×xX*]\s*\d{1,2}$|\d\s*(?:h|小时|分钟|分)\b|\d号?(?:楼|室|单元|层)$"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MASKED = re.compile(
    r"[\u4e00-\u9fff]{1,2}[*＊○〇OXx×某]{1,3}|[*＊○〇]{1,3}[\u4e00-\u9fff]{1,2}"
    r"|[\u4e00-\u9fff][*＊○〇OXx×]{1,2}[\u4e00-\u9fff]"
)
_NUMBER = re.compile(r"\d{1,3}")
_OF_USERS = re.compile("编?号|工号|学号|账号|卡号|用户|id|code", re.IGNORECASE)
# What a cell must have for the dearer patterns to be tried at all: most names have none of it.
_MAY = re.compile(
    r"[*＊○〇OXx×某、，,;；/|｜\s和与及等+＋&＆.．—–-]|\d|[\u4e00-\u9fff]{4}"
    r"|[人名位户个队组妇妻俩口子家行体干们者员众属生部会司业心站社工士表民友主居志安师警长联委氏某知详"
    r"明密定他它女孙妹弟媳母〃″”]\Z"
    r"|\A[全若部多数同匿无]"
)


@dataclass
class Names:
    """What the distinct cells of a name column hold besides one person each: by their position,
    the several persons of a cell, and the cells that name nobody or hide who it is."""

    several: dict[int, list[str]] = field(default_factory=dict)
    nobody: list[int] = field(default_factory=list)
    masked: list[int] = field(default_factory=list)


def look(cells: Iterable[Cell], header: str = "") -> Names:
    """Which of the distinct cells of a name column hold several persons, or none.

    A short number is nobody, unless the header says that the column holds numbers of users.
    """
    names = Names()
    takes_numbers = _OF_USERS.search(header) is not None
    for index, cell in enumerate(cells):
        if not isinstance(cell, str) or not _MAY.search(cell):
            continue
        text = cell.strip()
        persons = split(text)
        is_list = _HARD.search(text.strip(" 、，,;；/|｜+&")) is not None
        if _NOBODY.search(text) or (persons is None and is_list):
            if _HAN.search(text) or any(c.isdigit() for c in text):
                names.nobody.append(index)
        elif persons is not None:
            names.several[index] = persons
        elif _NUMBER.fullmatch(text) and not takes_numbers:
            names.nobody.append(index)
        elif _MASKED.fullmatch(text):
            names.masked.append(index)
    return names


def split(text: str) -> list[str] | None:
    """The persons of a cell that holds several; None for one, or for what is no list of names."""
    head, lines = sign_up_chain.entries(text) if "\n" in text else ("", [])
    text = "\n".join(lines) if head and lines else text
    for parts in (_HARD.split(text), _SOFT.split(text.strip())):
        persons = [bare for part in parts if (bare := _BESIDE.sub("", part))]
        if len(persons) > 1:
            break
    else:
        return _dotted(text) or _joined(_BESIDE.sub("", text))
    if len(persons) == 2 and persons[0] in DOUBLE_SURNAMES:
        return None  # 欧阳 修远
    if not all(map(_PERSON.fullmatch, persons)):
        return None
    return list(dict.fromkeys(persons))


def _dotted(text: str) -> list[str] | None:
    """张三.李四, but not 古丽.阿依: both begin with a frequent surname."""
    parts = _DOTS.split(text)
    return parts if len(parts) > 1 and all(map(is_name, parts)) else None


def _joined(text: str) -> list[str] | None:
    """Names with nothing between them, where they can be parted in one way only."""
    if not _JOINED.fullmatch(text):
        return None
    ways = list(itertools.islice(_ways(text), 2))
    return ways[0] if len(ways) == 1 and len(ways[0]) > 1 else None


def _ways(text: str) -> Iterable[list[str]]:
    if not text:
        yield []
    for length in (2, 3):
        if len(text) >= length and is_name(text[:length]):
            yield from ([text[:length], *rest] for rest in _ways(text[length:]))


def persons(texts: Iterable[str]) -> set[str]:
    """The persons that the cells of a name column hold, each by itself."""
    names = set(texts)
    for text in [text for text in names if _MAY.search(text)]:
        if _NOBODY.search(text):
            names.discard(text)
        names.update(split(text) or ())
    return names
