"""Numbers as pages show them, in text and in pictures, and what `lingti metric` says of them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from lingti import catalog
from lingti.access.roles import Person
from lingti.ui.window import session
from lingti.warehouse.ask import grain_of

APP = Path(__file__).parent.parent / "app.py"
PAGES = ("volunteering", "redemptions", "jobs", "partnerships", "concerns", "community")
Ask = Callable[..., list[dict[str, Any]]]

# Each test of a page would look through every package that is installed, for a tenth of a second.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def opened(monkeypatch: pytest.MonkeyPatch, home: Path, page: str = "", **address: str) -> AppTest:
    """A page as Streamlit runs it, from `app.py` on, with the address given."""
    monkeypatch.setenv("LINGTI_HOME", str(home))
    test = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in address.items():
        test.query_params[name] = value
    if page:
        test.switch_page(f"pages/{page}.py")
    return test.run()


def seen_by(
    monkeypatch: pytest.MonkeyPatch, home: Path, person: Person, page: str = "", **address: str
) -> AppTest:
    """A page as somebody sees it who has signed in; it must not fail."""
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: person)
    shown = opened(monkeypatch, home, page, **address)
    assert not shown.exception, [failure.value for failure in shown.exception]
    return shown


def html(page: AppTest) -> str:
    """Everything the page says in HTML, the tables that its script puts in place included."""
    told = " ".join(str(block.proto.body) for block in page.get("html"))
    return re.sub(r" data-html='([^']*)'>", lambda found: ">" + unescape(found[1]), told)


def text(page: AppTest) -> str:
    """Everything the page says in HTML, without its tags."""
    without_style = re.sub(r"<(style|script)>.*?</\1>", " ", html(page), flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", without_style))


def figures(page: AppTest) -> list[dict[str, Any]]:
    """The pictures of a page, as Plotly's JSON."""
    return [json.loads(found) for found in re.findall(r"data-figure='([^']*)'", html(page))]


def drawings(page: AppTest) -> list[tuple[str, dict[str, Any]]]:
    """The pictures of a page with what is said of each to who cannot see it."""
    found = re.findall(r"""aria-label="([^"]*)"[^>]*data-figure='([^']*)'""", html(page))
    return [(unescape(said), json.loads(figure)) for said, figure in found]


@dataclass(frozen=True)
class Option:
    """One of what can be chosen: its words, where it leads, and whether it is chosen."""

    words: str
    leads_to: dict[str, str]
    is_chosen: bool


def options(page: AppTest, key: str) -> dict[str, Option]:
    """What can be chosen of a choice, by value; nothing where the page has no such choice."""
    about, _, rest = html(page).partition(f'data-choice="{key}"')[2].partition(">")
    within = rest.partition("</div>")[0]
    now = dict(page.query_params)
    name = about.partition('data-name="')[2].partition('"')[0]
    found = {}
    for value, more, words in re.findall(
        r'<(?:a class="lt-option" data-|option )value="([^"]*)"([^>]*)>([^<]*)<', within
    ):
        leads_to = {one: said for one, said in {**now, name: value}.items() if said}
        if "data-some" in about:
            query = urlsplit(unescape(more.partition('href="')[2].partition('"')[0])).query
            leads_to = dict(parse_qsl(query))
        is_chosen = re.search('aria-current|aria-pressed="true"|selected', more) is not None
        found[value] = Option(unescape(words), leads_to, is_chosen)
    return found


def chosen(page: AppTest, key: str) -> list[str]:
    """The values that are chosen of a choice."""
    return [value for value, one in options(page, key).items() if one.is_chosen]


def choose(page: AppTest, key: str, value: str) -> None:
    """Goes where a choice leads, as its page is drawn then."""
    to = options(page, key)[value].leads_to
    for name in list(page.query_params):
        del page.query_params[name]
    for name, one in to.items():
        page.query_params[name] = one
    page.run()
    assert not page.exception


@dataclass(frozen=True)
class Shown:
    """A number as a page shows it; `part` is what of the metric it is: value or numerator."""

    metric: str
    place: str
    grain: str
    period: str
    per: str
    dimension: str
    member: str
    value: float
    part: str = "value"


def in_attributes(attributes: Iterable[str]) -> list[Shown]:
    """The numbers that `data-number` attributes name; those without a value are left out."""
    found = []
    for attribute in attributes:
        *named, value = unescape(attribute).split("|")
        if value != "None":
            metric, place, grain, period, per, dimension, member = named
            found.append(Shown(metric, place, grain, period, per, dimension, member, float(value)))
    return found


def in_html(code: str) -> list[Shown]:
    """The numbers in cards, tables and lists."""
    return in_attributes(re.findall(r'data-number="([^"]*)"', code))


def in_figure(traces: Iterable[Mapping[str, Any]], per: str) -> list[Shown]:
    """The numbers that a picture draws: of every trace that names them, with what it draws."""
    found = []
    for trace in traces:
        meta = trace.get("meta") or {}
        along = "x" if trace.get("orientation") == "h" else "y"
        drawn = meta.get("values") or trace.get(along) or []
        for named, value in zip(meta.get("rows", []), drawn, strict=False):
            if named and value is not None:
                part = meta.get("part", "value")
                scale = meta.get("per", per) if part == "value" else "total"
                found.append(_shown(named, scale, value, part))
    return found


def _shown(named: Mapping[str, str], per: str, value: float, part: str) -> Shown:
    return Shown(
        named["metric"],
        named["place"],
        "range" if "/" in named["of"] else grain_of(named["of"]),
        named["of"],
        per,
        named.get("by", ""),
        named.get("member", ""),
        value,
        part,
    )


class Truth:
    """What the command says of the numbers that a page shows; asks for each metric once."""

    def __init__(self, ask: Ask, home: Path) -> None:
        self.ask = ask
        self.home = home
        self.answers: dict[tuple[str, str, str], dict[tuple[str, str, str], dict[str, Any]]] = {}

    @cached_property
    def sizes(self) -> dict[tuple[str, str], int]:
        """Residents and households of each community."""
        settings = tomllib.loads((self.home / "district.toml").read_text("utf-8"))
        return {
            (one["id"], per): one[per]
            for one in settings["community"]
            for per in ("residents", "households")
        }

    def differing(self, numbers: Iterable[Shown]) -> list[tuple[Shown, float | None]]:
        """The numbers that are not what the command says, each with what it says."""
        told = [(one, self.value(one)) for one in set(numbers)]
        return [
            (one, value)
            for one, value in told
            if value is None or one.value != pytest.approx(value, rel=1e-9)
        ]

    def value(self, number: Shown) -> float | None:
        """The number as the command tells it, scaled as it is shown."""
        rows = self._rows(number, number.dimension)
        row = rows.get((number.place, number.period, number.member))
        if row is None:
            return self._nothing_of_it(number)
        value: float | None = row[number.part]
        if value is None and number.part == "numerator":
            value = row["value"]  # a whole cohort is a count
        if value is None or number.per == "total" or not self._scales(number.metric):
            return value
        return 1000 * value / self._size(number)

    def _nothing_of_it(self, number: Shown) -> float | None:
        """A member without a row is a zero where the place has reported."""
        total = self._rows(number, "")[number.place, number.period, ""]
        there = number.member and total["state"] in ("reported", "partial")
        return 0.0 if there else None

    def _rows(self, number: Shown, dimension: str) -> dict[tuple[str, str, str], dict[str, Any]]:
        when = ["--grain", number.grain]
        if number.grain == "range":
            first, _, last = number.period.partition("/")
            when = ["--from", first, "--to", last]
        key = (number.metric, " ".join(when), dimension)
        if key not in self.answers:
            by = ["--by", dimension] if dimension else []
            self.answers[key] = {
                (row["community"], row["period"], row["member"] or ""): row
                for row in self.ask(number.metric, *when, *by)
            }
        return self.answers[key]

    def _scales(self, metric: str) -> bool:
        return catalog.program().metrics[metric].scalable

    def _size(self, number: Shown) -> int:
        if number.place != catalog.DISTRICT:
            return self.sizes[number.place, number.per]
        rows = self._rows(number, "")
        return sum(
            size
            for (community, per), size in self.sizes.items()
            if per == number.per
            and rows[community, number.period, ""]["state"]
            in ("reported", "partial", "before_start")
        )
