"""What holds for a whole sheet of a form: who reports, of when, in which unit, about what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lingti.catalog import DISTRICT, Catalog
from lingti.district import District
from lingti.forms.reading.row_kinds import FILED, squeezed
from lingti.forms.reading.slots import Slot
from lingti.forms.understanding import labels, measures, offices, times, words
from lingti.forms.understanding.labels import Label, Places
from lingti.forms.understanding.times import ConflictError, Time
from lingti.forms.understanding.words import Unit
from lingti.judging.periods import Period

_OF_PLACE = re.compile(r".*(?:单位|社区|街道|街镇|区|村|区县)(?:名称)?")
_OF_TIME = re.compile(
    r".*(?:月份|期[间别]?|时期|时间|时段|周期|区间|范围|节点|时点|期数|年月|年度|季度|截[至止])"
)
_MAYBE_A_DAY = re.compile(r"(?:报表|统计|数据)?(?:日期|时间)|月份")
_TO_BE_WRITTEN = re.compile(r"[xX×○〇*_＿\s]*(?:社区|街道|单位)?|[（(].*[）)]")
_AND = re.compile(r"和|(?<!参)与|及其?|、|暨|以及|/|，|,")
_NARROWS = re.compile(r"仅|只(?:统计|填|含|计|报)|不含|不包括|不计|除.{1,10}外|限于|口径")
_NUMBERED = re.compile(r"(?<!\d)\d{1,2}(?!\d|月|日|年)")
_PLAIN_SHEET = re.compile(r"(?:sheet|表|附件|工作表)\s*\d*", re.IGNORECASE)
_UNIT_TOLD = re.compile(r"[(（]?(?:计量)?单位[:：]([^()（）]+)[)）]?")
_LETTER = re.compile(r"现将.*(?:报送|报告|汇报|上报|反馈|说明)如下")
_LIKE_PLACE = re.compile(r"社区|居委会|村|街道|镇|区|县|市|办|局|委|中心|公司|所|站|部|会|园|院|校")
_ABOVE = re.compile(r".*(?:省|市|区|县|旗|街道|镇|乡|办事处|党工委)")
_OFFICE = re.compile(
    r"(?:居委会|居民委员会|村委会|委员会|党委|党总支|党支部|党群服务中心|服务中心|工作站|社工站|[(（].*[)）])*"
)
# Whom a letter is to: 各社区党委：, 新区党工委组织部：.
_SPOKEN_TO = re.compile(r"(?:各|尊敬的|致).{2,16}:|.{2,12}(?:[部局办委室会]|委员会|工委|办事处):")
_OF_NEW = re.compile(r"新(?:增|签|建|发展|办|开|入)")
# Numbers of papers: （第10期）, 济太办〔2024〕12号. Of a course they are of one of several.
_ISSUE = re.compile(r"[(（]?总?第\d+[期号][)）]?|[^\s()（）]{0,6}[〔\[【]20\d\d[〕\]】]第?\d+号")
_COURSE = re.compile(r"培训|班")
_OWN_OFFICE = r"(?:委员会|党委|党总支|居委会|居民委员会)(?!会议|决定|活动|成员|班子|书记)"
_MOST_LATE = 3  # months after which a form is filled in
# “稳就业、促增收” says what for, and not of whom.
_SLOGAN = re.compile(
    r"[“\"]((?:[稳促保惠优强兴推抓提增聚解察树创听连][一-鿿]{2,3}[、,，·]?){2,})[”\"]"
)
Members = Mapping[str, frozenset[tuple[str, str, str]]]


@dataclass(frozen=True, eq=False)
class Known:
    """What the district knows: metrics, names of places, and members by their names.

    A member is a metric, a dimension of it, and what the data call it. `told` are words of titles
    of which somebody has said whether they restrict what is counted.
    """

    catalog: Catalog
    places: Places
    members: Members
    ignored: tuple[str, ...] = ()  # names of programme, topics, subdistricts: titles carry them
    told: Mapping[str, bool] = field(default_factory=dict)


def known_of(district: District, members: Members, told: Mapping[str, bool] | None = None) -> Known:
    """What is known of a district, with the members its numbers have."""
    ignored = [district.programme.zh]
    for community in district.communities:
        ignored += [community.subdistrict.zh]
        topic = words.named(squeezed(community.topic.zh), title=True)
        if topic.left:  # 积分超市 says what it is about, 盟友聚力 does not
            ignored.append(community.topic.zh)
    return Known(
        district.catalog,
        labels.places_of(district),
        members,
        tuple(dict.fromkeys(squeezed(one) for one in ignored if one)),
        told or {},
    )


@dataclass(frozen=True)
class Topic:
    """What a title or section is about: concepts of each of its topics, and unknown words."""

    topics: tuple[frozenset[str], ...] = ()
    unknown: tuple[str, ...] = ()
    clean: tuple[frozenset[str], ...] = ()  # topics beside which no unknown word stands

    @property
    def concepts(self) -> frozenset[str]:
        """The concepts of all its topics."""
        return frozenset().union(*self.topics)


@dataclass(frozen=True)
class Background:
    """What a sheet says for all its cells.

    `place` and `period` are None where it does not say; `stranger` names a place that is none of
    the district. `year` is that of a title without months, `months` may be without a year, `ends`
    says that flows are as of a day.
    """

    place: str | None = None
    stranger: str = ""
    period: Period | None = None
    year: int | None = None
    months: tuple[int, int] | None = None
    ends: bool = False
    unclear_time: bool = False
    unit: Unit | None = None
    unit_unclear: str = ""
    topics: tuple[Topic, ...] = ()
    narrowed: str = ""
    of_new: bool = False  # a title speaks of 新增 ones
    unknown: tuple[str, ...] = field(default=())


def background(known: Known, slot: Slot) -> Background:
    """What the titles, statements and notes around a slot say."""
    titles = [one for one in slot.titles if not _SPOKEN_TO.fullmatch(squeezed(one))]
    is_told = any(squeezed(slot.sheet) in squeezed(title) for title in titles)
    if slot.sheet != "-" and not is_told and not is_plain_sheet(slot.sheet):
        titles.append(slot.sheet)
    said: list[Time] = []
    places: list[str] = []
    topics: list[Topic] = []
    unclear = False
    statements = list(slot.statements)
    for text in titles:
        plain = squeezed(text)
        if unit_told := _UNIT_TOLD.search(plain):
            statements.append(("单位", unit_told[1]))
            plain = plain.replace(unit_told[0], "")
        for name in known.ignored:
            plain = plain.replace(name, "")
        if (slogan := _SLOGAN.search(plain)) and not words.restricting((slogan[1],)):
            plain = plain.replace(slogan[0], "")
        plain = _without_sender(known, plain)
        if not _COURSE.search(plain):
            plain = _ISSUE.sub("", plain)
        plain, fields = offices.without(plain)
        topics += [_of_field(field) for field in fields]
        label = labels.label(plain, known.places, title=True)
        unclear = unclear or label.conflict
        change = label.time.change  # 同比情况表: some of its columns
        said.append(replace(label.time, change="", how="") if change else label.time)
        places += labels.places_in(plain, known.places)
        if not label.total and (label.concepts or not label.place):
            topics.append(_topic(known, label.core))
        topics += [topic for topic in _in_brackets(known, plain) if topic.unknown]
    place, stranger = _who(known, statements, places)
    if place is None and not stranger and not places:
        place = _sender(known, slot.lines)
    unit, unit_unclear = _unit(known, statements)
    said += _when(statements)
    try:
        time = _with_year(times.merged(said), statements, slot.said)
    except ConflictError:
        time, unclear = Time(), True
    narrowed = next((note for note in slot.notes if _NARROWS.search(note)), "")
    return Background(
        place=place,
        stranger=stranger,
        period=_period(time, titles),
        year=time.year,
        months=time.months,
        ends=time.ends,
        unclear_time=unclear,
        unit=unit,
        unit_unclear=unit_unclear,
        topics=tuple(topics),
        narrowed=narrowed,
        of_new=any(map(_OF_NEW.search, map(squeezed, titles))),
        unknown=tuple(word for topic in topics for word in topic.unknown),
    )


def _without_sender(known: Known, title: str) -> str:
    """A title without the office of a community whose it is: 中共古桥社区委员会工作月报."""
    for name in known.places.full:
        if name in title:
            title = re.sub(f"(?:中共)?{re.escape(name)}{_OWN_OFFICE}", name, title)
    return title


def is_plain_sheet(name: str) -> bool:
    """Whether the name of a sheet says nothing: Sheet1, 表2."""
    return _PLAIN_SHEET.fullmatch(name.strip()) is not None


def section(known: Known, text: str, *, is_clause: bool = False) -> Topic:
    """What a section is about; what a clause has in brackets restricts nothing behind it."""
    label = labels.label(offices.without(squeezed(text))[0], known.places, title=True)
    found = Topic() if label.place and not label.concepts else _topic(known, label.core)
    if is_clause and label.core.lower() in measures.names(known.catalog):
        found = Topic(found.topics, (), found.topics)  # 在岗公益岗____个 is a number of its own
    aside = [] if is_clause else _in_brackets(known, text)
    if unknown := tuple(word for topic in aside for word in topic.unknown):
        return Topic(found.topics, (*found.unknown, *unknown))
    return found


def _in_brackets(known: Known, text: str) -> list[Topic]:
    """What brackets say besides a time, a place and a unit: 志愿服务统计表（党员）."""
    found = []
    for inside in labels.in_brackets(squeezed(text)):
        label = labels.label(_NUMBERED.sub("", inside), known.places, title=True)
        is_aside = label.conflict or label.place or words.unit_of(inside) is not None
        if not is_aside and not _UNIT_TOLD.search(inside):
            found.append(_topic(known, label.core))
    return found


def measure(known: Known, texts: Sequence[str], unit: Unit | None) -> tuple[Label, ...]:
    """What the innermost of some headings and titles says is counted; () where it does not.

    Of one that speaks of several measures, or does not say what of its matter is counted, nothing.
    """
    for text in texts:
        plain = _UNIT_TOLD.sub("", squeezed(text))
        for name in known.ignored:
            plain = plain.replace(name, "")
        plain, _fields = offices.without(plain)
        found = labels.of_title(plain, known.places)
        if any(label.concepts - set(label.left) for label in found):
            several = any(len(_topic(known, label.core).topics) > 1 for label in found)
            if not any(label.tail is not None or label.unit for label in found):
                found = [replace(label, unit=unit) for label in found[:1]] if unit else []
            return () if several else tuple(found)
    return ()


def _of_field(field: str) -> Topic:
    topics = (frozenset({field}),)
    return Topic(topics, (), topics)


def _topic(known: Known, core: str) -> Topic:
    """What a text is about; words of which somebody said that they restrict nothing are known."""
    said = [words.named(one, title=True) for one in _AND.split(core)]
    plain = {word for word, restricts in known.told.items() if not restricts}
    parts = [
        replace(
            part,
            left=tuple(word for word in part.left if word not in plain),
            concepts=part.concepts - plain,
        )
        for part in said
    ]
    return Topic(
        tuple(part.concepts for part in parts if part.concepts),
        tuple(word for part in parts for word in part.left),
        tuple(part.concepts for part in parts if part.concepts and not part.left),
    )


def _who(
    known: Known, statements: Sequence[tuple[str, str]], in_titles: list[str]
) -> tuple[str | None, str]:
    """The place that reports; else the name of one that is not known."""
    found: list[str] = []
    for key, value in statements:
        if _OF_PLACE.fullmatch(key) is None or _TO_BE_WRITTEN.fullmatch(value):
            continue
        place = _place_of(known, value)
        if key in ("单位", "计量单位") and (
            _units(value) is not None or not (place or _LIKE_PLACE.search(value))
        ):
            continue
        if place is None and _is_above(known, value):
            continue
        if place is None:
            return None, value
        found.append(place)
    communities = [one for one in [*found, *in_titles] if one != "district"]
    every = set(communities or found)
    if len(every) == 1:
        return every.pop(), ""
    return None, ""


def _is_above(known: Known, value: str) -> bool:
    """Whether it is an office of the district or of its streets, which says not whose numbers."""
    district = [name for name, place in known.places.full.items() if place == DISTRICT]
    for name in (*known.ignored, *district):
        if value.startswith(name):
            rest = value.removeprefix(name)
            return not rest or _OFFICE.fullmatch(rest) is not None or rest[-1] in "局部办委处科心"
    return re.fullmatch(r"(?:本?区|市|县)(?:委|政府)?.{2,14}[局部办委室]", value) is not None


def _sender(known: Known, lines: Sequence[str]) -> str | None:
    """Who sends a letter, as it says of itself or is signed; None for none and for several."""
    found: set[str] = set()
    for text in map(squeezed, lines):
        if _LETTER.search(text):
            found |= set(labels.places_in(text, known.places))
        elif place := _place_of(known, text):
            found.add(place)
    return found.pop() if len(found) == 1 else None


def _place_of(known: Known, value: str) -> str | None:
    """The place of that name, which may stand between those that it belongs to, and its office."""
    if place := known.places.exact.get(value.lower()):
        return place
    for name, place in known.places.full.items():
        before, found, after = value.partition(name)
        if found and (not before or _ABOVE.fullmatch(before)) and _OFFICE.fullmatch(after):
            return place
    return None


def _when(statements: Sequence[tuple[str, str]]) -> list[Time]:
    found = []
    for key, value in statements:
        if _OF_TIME.fullmatch(key) and key != FILED and not key.startswith("有效"):
            try:
                rest, time = times.said(f"{'截至' if '截' in key else ''}{value}")
            except ConflictError:
                continue
            if not (_MAYBE_A_DAY.fullmatch(key) and re.search(r"\d", rest)):
                found.append(time)
    return found


def _with_year(time: Time, statements: Sequence[tuple[str, str]], said: Sequence[str]) -> Time:
    """Months without a year are those that its sentences have with one; else the last such before
    the form was filled in, if not long before.
    """
    if time.months and not time.year and not time.which:
        first, last = time.months
        is_month = re.compile(rf"(20\d\d)年{f'{first}[-—至~]' if first < last else ''}{last}月")
        if len(years := {int(one) for text in said for one in is_month.findall(text)}) == 1:
            return replace(time, year=years.pop())
    filed = [value for key, value in statements if key == FILED]
    if len(set(filed)) != 1 or time.year or not time.months or time.which:
        return time
    year, month = (int(part) for part in re.findall(r"\d+", filed[0])[:2])
    late = (12 * year + month) - (12 * year + time.months[1])
    if late < 0:
        year, late = year - 1, late + 12
    return replace(time, year=year) if late <= _MOST_LATE else time


def _period(time: Time, titles: Sequence[str]) -> Period | None:
    """The period of a form. One that is filled every month is not of the year in its title."""
    if time.which or time.change:
        return None
    if time.year is not None and time.months is None and time.days is None:
        every = " ".join(titles)
        if re.search(r"月报|季报|月度|季度|半年报|周报|月份", every):
            return None
    try:
        return times.stated(time)
    except ValueError:
        return None


def _unit(known: Known, statements: Sequence[tuple[str, str]]) -> tuple[Unit | None, str]:
    """The unit of a whole sheet; else what is said of it and not understood."""
    for key, value in statements:
        if not value or key not in ("单位", "计量单位"):
            continue
        units = _units(value)
        if units is None:
            if key == "计量单位" or not (_place_of(known, value) or _LIKE_PLACE.search(value)):
                return None, value
            continue
        if len(units) == 1:
            return units[0], ""
        return None, value if any(unit.size > 1 for unit in units) else ""
    return None, ""


def _units(value: str) -> list[Unit] | None:
    found = [words.unit_of(one) for one in re.split(r"[、,，/;；]", value) if one]
    known = [unit for unit in found if unit is not None]
    return known if len(known) == len(found) else None
