"""Layouts of systems in use: `layouts/expected.tsv` says what belongs where, and what never may."""

from __future__ import annotations

import csv
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from lingti import district
from lingti.district import ColumnMap, District, Feed, Source
from lingti.ingest import imports, questions
from lingti.ingest.imports import Request
from lingti.ingest.keeping import batches
from lingti.ingest.mapping import learned
from lingti.ingest.mapping.propose_source import Proposed, propose

LAYOUTS = Path(__file__).parent / "layouts"
SAMPLE = Path(__file__).parents[2] / "sample_data"
# What a person answers to what is asked of a layout, by its kind and word.
ANSWERS = {
    "l05": {"counts": "totals"},
    "l12": {"period": "2024-06"},
    "l14": {"word_means 1": "earn", "word_means 2": "deduct", "word_means 3": "redeemed",
            "word_means 4": "initial"},
    "l19": {"kind": "placements"},
    "l21": {"several_kinds": "none"},
}  # fmt: skip
# What must be asked before anything counts; nothing may be asked of the others but l21.
MUST_ASK = {"l05": {"counts"}, "l12": {"period"}, "l14": {"word_means"}, "l19": {"kind"}}
MAY_ASK = {**MUST_ASK, "l21": {"several_kinds"}}
_QUOTED = re.compile("[“「](.+?)[”」]")
PEOPLE = re.compile("[甲钱孙乙吴郑丙陈韩杨朱戊许何吕][一二三四五六七八九十][测试]|1390000|37089919")


def _expected() -> dict[str, dict[str, str]]:
    with (LAYOUTS / "expected.tsv").open(encoding="utf-8", newline="") as file:
        return {one["file"][:3]: one for one in csv.DictReader(file, delimiter="\t")}


EXPECTED = _expected()


@dataclass
class Taken:
    """What became of one layout: proposed, asked, learned and imported."""

    home: District
    path: Path
    proposed: Proposed
    asked: set[str]
    source: Source
    document: dict[str, Any]


@pytest.fixture
def home(tmp_path: Path) -> District:
    """A home without sources."""
    shutil.copy(SAMPLE / "district.toml", tmp_path)
    return district.load(tmp_path)


def _file(number: str) -> Path:
    (path,) = LAYOUTS.glob(f"{number}_*")
    return path


def _answers(number: str, asked: list[dict[str, Any]]) -> dict[str, str]:
    known = ANSWERS.get(number, {})
    found = {}
    for one in asked:
        keys = [one["kind"], *(f"{one['kind']} {word}" for word in _QUOTED.findall(one["asks"]))]
        found[one["id"]] = next((known[key] for key in keys if key in known), one["default"])
    return found


def _take(home: District, number: str) -> Taken:
    path = _file(number)
    data = path.read_bytes()
    opened = imports.open_file(path.name, data)
    (first,) = propose(home, "guqiao", opened)
    asked = [one.as_json() for one in first.asking.open]
    answers = _answers(number, asked)
    (settled,) = propose(home, "guqiao", opened, answers)
    assert settled.is_whole, (
        settled.proposal.table,
        settled.proposal.missing,
        settled.proposal.sureness,
    )
    assert settled.decided is not None
    questions.remember(home.home, settled.asking, "secretary")
    source = learned.remember(home, settled.decided, "secretary")
    home = district.load(home.home)
    (outcome,) = imports.dry_run(home, Request("guqiao", ((path.name, data),)))
    (document,) = outcome.as_json()
    asked += document["questions"]
    answers |= _answers(number, document["questions"])
    request = Request("guqiao", ((path.name, data),), answers=answers)
    (outcome,) = imports.run(home, request, "secretary")
    (document,) = outcome.as_json()
    assert outcome.refused is None, (outcome.refused, document["findings"])
    return Taken(home, path, settled, {str(one["kind"]) for one in asked}, source, document)


def _mapped(feed: Feed, ours: str) -> str:
    one = feed.columns.get(ours)
    if one is None:
        return "-"
    return f":{one.constant}" if one.constant is not None else "+".join(one.columns)


def _is_right(expected: str, found: str, mapped: ColumnMap | None) -> bool:
    for choice in expected.split("|"):
        name, _sep, rest = re.sub(r"\[\w+\]$", "", choice).partition("{")
        if found == name or (name == "-" and found == "-"):
            return not rest or mapped is None or dict(mapped.values) == dict(
                pair.split(":") for pair in rest.rstrip("}").split(",")
            )  # fmt: skip
    return False


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_a_layout_is_what_it_is(home: District, number: str) -> None:
    expected, taken = EXPECTED[number], _take(home, number)
    tables = expected["table"].replace("-|", "")
    assert "+".join(taken.source.tables) == tables
    rows = [int(n) for n in expected["rows"].split("|")[-1].split("+")]
    stored = taken.document["accepted"], taken.document["quarantined"]
    assert stored[0] == sum(rows), (stored, taken.document["findings"])
    feed = taken.source.feeds[0]
    wanted = dict(one.split("=") for one in expected["columns"].split("; ") if one)
    if expected["day_column"] != "-":
        wanted["day"] = expected["day_column"].replace("-|", "")
    wrong = {
        ours: _mapped(feed, ours)
        for ours, theirs in wanted.items()
        if not _is_right(theirs, _mapped(feed, ours), feed.columns.get(ours))
    }
    assert wrong == {}


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_what_must_not_be_is_not(home: District, number: str) -> None:
    taken = _take(home, number)
    feeds = taken.source.feeds
    for must_not in re.findall(r"\(([^()]*)\)", EXPECTED[number]["must_not"]):
        for ours, theirs in re.findall(r"(\w+)<-([^,\s]+)", must_not):
            for column in theirs.split("|"):
                used = {
                    one for feed in feeds for one in getattr(feed.columns.get(ours), "columns", ())
                }
                assert used == set() if column == "*" else column not in used
    kept = [path.read_text("utf-8") for path in taken.home.home.rglob("*.json")]
    kept += [json.dumps(taken.document, ensure_ascii=False)]
    for path in (taken.home.home / "batches").rglob("*.parquet"):
        kept.append(str(pq.read_table(path).to_pylist()))
    assert [found[0] for text in kept if (found := PEOPLE.search(text))] == []


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_what_is_open_is_asked_and_nothing_else(home: District, number: str) -> None:
    taken = _take(home, number)
    assert MUST_ASK.get(number, set()) <= taken.asked <= MAY_ASK.get(number, set())


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_the_same_layout_next_month_asks_nothing(home: District, number: str) -> None:
    taken = _take(home, number)
    if number == "l12":
        return  # of which days it is has to be said each time
    data = taken.path.read_bytes()
    (outcome,) = imports.dry_run(taken.home, Request("guqiao", (("again", data),)))
    assert outcome.plan is not None
    assert outcome.plan.questions == []
    assert batches.manifests(taken.home.home)
