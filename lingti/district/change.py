"""Changes of settings, each an entry: who, when, and what it was before can be told and undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lingti import entries
from lingti.district import journal, settings, typed_lists
from lingti.district.journal import Note
from lingti.district.model import Ask, Community, Handed, Holiday
from lingti.district.typed_lists import Typed
from lingti.personal_data import mask, scrub

# What an owner's column is called: a post, so whatever reads as a name is masked.
_OWNER = "责任岗"


def enter(home: Path, kind: str, key: str, value: Any, by: str) -> bool:
    """Enters one setting, None to take it out; False where it says so already."""
    now = settings.of(home).get((kind, key))
    if (now is None and value is None) or (
        now is not None and value is not None and is_same(kind, now.value, value)
    ):
        return False
    entries.add(home, settings.PREFIX + kind, key, value, by)
    return True


def is_same(kind: str, now: Any, value: Any) -> bool:
    """Whether a value says nothing else than what holds now; of a community only what it names."""
    now, value = plain(now), plain(value)
    if kind == settings.COMMUNITY:
        return all(now.get(name) == one for name, one in value.items())
    return bool(now == value)


def plain(value: Any) -> Any:
    """A value as an entry's JSON has it: days as text, Chinese alone as a text."""
    if isinstance(value, Mapping):
        texts = {name: plain(one) for name, one in value.items()}
        if set(texts) == {"zh", "en"} and texts["en"] in ("", texts["zh"]):
            return texts["zh"]
        return texts
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def district(home: Path, fields: Mapping[str, Any], by: str) -> None:
    """Enters fields of the district itself."""
    for name, value in fields.items():
        enter(home, settings.DISTRICT, name, plain(value), by)


def add_communities(
    home: Path, typed: Iterable[Typed], known: Iterable[Community], today: date, by: str
) -> None:
    """Enters communities as they were typed, with their population; those known are changed."""
    known = list(known)
    there = {community.id for community in known}
    for community_id, row in typed_lists.ids(typed, known):
        texts: dict[str, Any] = {"topic": row.topic, "subdistrict": row.subdistrict}
        value = {name: text for name, text in texts.items() if text}
        if community_id not in there:
            value |= {"name": row.name, "short": typed_lists.short_of(row.name)}
        if value:
            enter(home, settings.COMMUNITY, community_id, value, by)
        if row.residents is not None or row.households is not None:
            counts = {"residents": row.residents, "households": row.households}
            population(home, community_id, row.as_of or today, counts, by)


def population(
    home: Path, community: str, from_day: date, counts: Mapping[str, Any], by: str
) -> None:
    """Enters how many live in a community from a day on."""
    filled = {name: one for name, one in counts.items() if one not in (None, "")}
    enter(home, settings.POPULATION, f"{community}/{from_day}", filled or None, by)


def expectation(
    home: Path,
    community: str,
    table: str,
    from_day: date,
    every: str,
    by: str,
    *,
    part: str = "",
    to: date | None = None,
) -> None:
    """Enters that a table is expected from a day on; every is one of `EVERY`."""
    key = f"{community}/{table}/{from_day}" + (f"/{part}" if part else "")
    value = {"every": every} | ({"to": str(to)} if to else {})
    enter(home, settings.EXPECTED, key, value, by)


def ask(home: Path, asked: Ask, by: str) -> None:
    """Enters what a place asks for; what is personal in it is masked, and its owner is a post."""
    text = mask(asked.text).replace("/", "／").strip()
    (owner,) = scrub([asked.owner], _OWNER).texts
    value = {name: text for name, text in (("owner", owner), ("due", asked.due)) if text}
    enter(home, settings.ASK, f"{asked.place}/{asked.from_day}/{text}", plain(value), by)


def hand_down(home: Path, handed: Handed, by: str) -> None:
    """Enters that a blank template is handed down to communities."""
    key = f"{handed.table}/{handed.first_day}/{handed.last_day}"
    value = {"due": str(handed.due), "communities": list(handed.communities)}
    enter(home, settings.HANDED, key, value, by)


def holiday(home: Path, days_off: Holiday, by: str) -> None:
    """Enters days off."""
    value = {"name": days_off.name, "to": str(days_off.last_day)}
    enter(home, settings.HOLIDAY, str(days_off.first_day), value, by)


def unite(home: Path, table: str, column: str, written: str, means: str, by: str) -> None:
    """Enters that a member of a column counts as another; "" that it stands by itself again."""
    value = {"means": means} if means else None
    enter(home, settings.UNITED, f"{table}/{column}/{written}", value, by)


def rename(
    home: Path, community: Community, name: str, short: str, from_day: date, words: str, by: str
) -> None:
    """Enters another name of a community, and `words` on it for the charts of that day.

    By the names it had its sheets are still known.
    """
    had = dict.fromkeys([*community.formerly, community.name.zh, community.short.zh])
    formerly = [word for word in had if word and word not in (name, short)]
    value = {"name": name, "short": short, "formerly": formerly}
    if enter(home, settings.COMMUNITY, community.id, value, by):
        journal.add_note(home, Note(community.id, from_day, words), by)


def bearer(
    known: Iterable[Community], community: Community, name: str, short: str
) -> Community | None:
    """Another community that already has one of these names: sheets could be either's."""
    given = {name, short} - {""}
    return next(
        (
            other
            for other in known
            if other.id != community.id and given & {other.name.zh, other.short.zh}
        ),
        None,
    )


def merge(
    home: Path,
    gone: Community,
    into: Community,
    from_day: date,
    counts: Mapping[str, Any],
    words: str,
    by: str,
) -> None:
    """Enters that a community is part of another from a day on, with how many live there then.

    What it did before stays its own. Charts of the other have `words` on that day, from which on it
    is judged anew.
    """
    last = from_day - timedelta(days=1)
    if enter(home, settings.COMMUNITY, gone.id, {"until": str(last), "into": into.id}, by):
        journal.add_note(home, Note(into.id, from_day, words), by)
    if any(counts.values()):
        population(home, into.id, from_day, counts, by)


def decline(home: Path, community: str, table: str, part: str, by: str) -> None:
    """Enters that a table that came is not expected, so that it is not asked again."""
    key = f"{community}/{table}" + (f"/{part}" if part else "")
    enter(home, settings.DECLINED, key, True, by)


def undo(home: Path, changed: entries.Entry, by: str) -> None:
    """Enters what held before a change; of a community only what that change named."""
    if changed.kind.startswith(settings.PREFIX):
        was = settings.before(home, changed)
        value = None if was is None else plain(was.value)
        if was is not None and changed.kind == settings.PREFIX + settings.COMMUNITY:
            held: dict[str, Any] = value or {}
            value = {name: held.get(name) for name in changed.value or held}
            for entry in _entered_with(home, changed):
                undo(home, entry, by)
    else:
        earlier = entries.history(home, changed.kind)
        earlier = [entry for entry in earlier[: earlier.index(changed)] if entry.key == changed.key]
        value = earlier[-1].value if earlier else None
    entries.add(home, changed.kind, changed.key, value, by)


def _entered_with(home: Path, changed: entries.Entry) -> list[entries.Entry]:
    """What a rename or a merger entered with it: a note, and then a population; as they still hold.

    Each follows at once. Without them the other community would stay judged anew, and of more.
    """
    named = changed.value or {}
    if not named.get("into") and not named.get("formerly"):
        return []
    place = named.get("into") or changed.key
    note, counts = [*entries.since(home, changed.number)[:2], None, None][:2]
    if note is None or note.number != changed.number + 1 or note.kind != journal.ANNOTATION:
        return []
    is_counted = (
        counts is not None
        and counts.number == note.number + 1
        and counts.kind == settings.PREFIX + settings.POPULATION
        and counts.key.startswith(f"{place}/")
    )
    beside = [note, counts] if is_counted and counts is not None else [note]
    return [entry for entry in beside if entries.latest(home, entry.kind)[entry.key] == entry.value]
