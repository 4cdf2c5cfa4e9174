"""How metrics of one's own are called where nobody has said it otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lingti.catalog.own import Amount, OwnTable, amounts
from lingti.catalog.own.tables import HOUSEHOLD, NUMBER, PERSON
from lingti.language import gettext as _

_UNIT = re.compile(r"[（(][^（）()]+[）)]$")
_NEEDS = {
    amounts.SUM: NUMBER,
    amounts.AVERAGE: NUMBER,
    amounts.MEDIAN: NUMBER,
    amounts.PERSONS: PERSON,
    amounts.HOUSEHOLDS: HOUSEHOLD,
    amounts.ALL_RESIDENTS: PERSON,
    amounts.ALL_HOUSEHOLDS: HOUSEHOLD,
}


@dataclass(frozen=True)
class Usual:
    """The words of a metric, as far as what it counts tells them."""

    title: str
    unit: str
    definition: str
    decimals: int


def is_possible(how: str, table: OwnTable) -> bool:
    """Whether a table has what a way of counting needs."""
    return how not in _NEEDS or table.has(_NEEDS[how])


def how_words(how: str, table: OwnTable) -> str:
    """A way of counting, in words."""
    return {
        "rows": _("how many rows: {grain}").format(grain=table.grain),
        "sum": _("a column added up"),
        "persons": _("persons, each once"),
        "households": _("households, each once"),
        "share": _("the share of one in another"),
        "average": _("the average of a column"),
        "median": _("the median of a column"),
        "all_residents": _("all residents of the community"),
        "all_households": _("all households of the community"),
    }[how]


def better_words(better: str) -> str:
    """A direction, in words."""
    return {"up": _("more"), "down": _("less"), "none": _("neither")}[better]


def people_words(people: str) -> str:
    """Whose small numbers are withheld, in words."""
    return {
        "residents": _("Small numbers of persons are withheld from who may not see them."),
        "households": _("Small numbers of households are withheld from who may not see them."),
        "none": _("tell of nobody"),
        "cases": _("its rows are cases of people: few of a kind are withheld"),
        "attendance": _("it counts people: few of a kind are withheld"),
    }[people]


def usual(how: str, amount: Amount, over: Amount | None, table: OwnTable) -> Usual:
    """Title, unit and definition that follow from what is counted."""
    title, unit = _called(how, amount, table)
    counts = amount_words(amount, table)
    if over is not None:
        definition = _("In the period: {part}, as a share of {whole}.").format(
            part=counts, whole=amount_words(over, table)
        )
        return Usual("", "%", definition, 1)
    definition = _("In the period: {part}.").format(part=counts)
    return Usual(title, unit, definition, int(how in (amounts.AVERAGE, amounts.MEDIAN)))


def _called(how: str, amount: Amount, table: OwnTable) -> tuple[str, str]:
    column = table.column(amount.column)
    if column is not None:
        of = {amounts.AVERAGE: _("Average of {column}"), amounts.MEDIAN: _("Median of {column}")}
        bare = _UNIT.sub("", column.title)
        title = of.get(how, "{column}").format(column=bare)
        return ("" if amount.is_limited else title), column.unit
    units = {amounts.PERSONS: _("persons"), amounts.HOUSEHOLDS: _("households")}
    return "", units.get(how, "")


def amount_words(amount: Amount, table: OwnTable) -> str:
    """What is counted, as part of a sentence."""
    column = table.column(amount.column)
    words = {
        amounts.ROWS: _("rows of “{table}”"),
        amounts.SUM: _("“{column}” in “{table}” added up"),
        amounts.PERSONS: _("persons in “{table}”, each once"),
        amounts.HOUSEHOLDS: _("households in “{table}”, each once"),
        amounts.AVERAGE: _("average of “{column}” in “{table}”"),
        amounts.MEDIAN: _("median of “{column}” in “{table}”"),
        amounts.ALL_RESIDENTS: _("all residents"),
        amounts.ALL_HOUSEHOLDS: _("all households"),
    }[amount.how].format(table=table.title, column=column.title if column else "")
    where = table.column(amount.where)
    if where is None or not amount.only:
        return words
    members = [_("yes") if member == "true" else member for member in amount.only]
    return _("{amount} where “{column}” is {members}").format(
        amount=words, column=where.title, members="、".join(members)
    )
