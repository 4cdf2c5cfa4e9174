"""From a number to the rows it was computed from, and to its definition: links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import htpy as h

from lingti.catalog import DISTRICT, Catalog, Metric
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.html_out import Html
from lingti.upkeep import demo
from lingti.warehouse.ask import Question, QuestionError, grain_of


@dataclass(frozen=True)
class Number:
    """A number as an address names it: `of` is a period's id, or a range of days `D/D`."""

    metric: str
    place: str
    of: str
    by: str = ""
    member: str = ""

    @property
    def parts(self) -> dict[str, str]:
        """The parts of the address that name it; the empty ones left out."""
        named = {
            "metric": self.metric,
            "place": self.place,
            "of": self.of,
            "by": self.by,
            "member": self.member,
        }
        return {name: value for name, value in named.items() if value}

    def definition(self, known: Catalog) -> Metric:
        """The metric. Raises QuestionError for a name that none has."""
        if self.metric not in known.metrics:
            raise QuestionError(f"no metric {self.metric!r}")
        return known.metrics[self.metric]

    def question(self, known: Catalog) -> Question:
        """The question it answers. Raises QuestionError for one that cannot be asked."""
        period: str | None = self.of
        span = None
        if "/" in self.of:
            period, span = None, _span(self.of)
        else:
            grain_of(self.of)
        members = (self.member,) if self.by and self.member else ()
        metric, place = self.definition(known), self.place or DISTRICT
        return Question(metric, place, None, period, span, self.by or None, members)


def asked_number() -> Number:
    """The number that the address names; its parts may be empty or wrong."""
    return Number(*(url.read(name) for name in ("metric", "place", "of", "by", "member")))


def rows_link(metric: str, place: str, of: str, by: str = "", member: str = "") -> str:
    """The address of the rows behind a number, with the view carried along; for HTML."""
    number = Number(metric, place, of, by, member)
    return url.link("rows", **number.parts, back=url.here())


def opening(
    shown: Html | str, metric: str, place: str, of: str, by: str = "", member: str = ""
) -> Html:
    """A number's HTML or text as a link to its rows."""
    return h.a(".lt-rows", href=rows_link(metric, place, of, by, member))[shown]


def defined(metric: Metric, title: Html | str = "") -> Html:
    """A metric's title, or another text, as a link to its definition, which shows on hover."""
    href = url.link("definitions", find=metric.name)
    definition = metric.definition.pick()
    words = title or metric.title.pick()
    return h.a(".lt-defined", href=href, title=definition)[words]


def imported_words(by: str | None, at: datetime | None) -> str:
    """Who imported something, and when; "" where nobody did."""
    if by is None or at is None or at != at:
        return ""
    return f"{author_words(by)} · {number_text.day(at.date())}"


def author_words(by: str) -> str:
    """Who did something, as a reader knows them: the sample's imports are nobody's."""
    return _("sample data") if by == demo.BY else by


def _span(text: str) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(part) for part in text.split("/"))
    except ValueError:
        raise QuestionError(f"{text!r} is no range of days") from None
    return first, last
