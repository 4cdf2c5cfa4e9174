"""Sheets of ready-made topics as communities word them: known by their words, else asked once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from half_set_up_kit import BY, named
from import_kit import csv_file

from lingti import district, warehouse
from lingti.catalog import packs
from lingti.district.typed_lists import Typed
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.ingest.mapping import learned, match_source, proposal, propose_source
from lingti.ingest.mapping.dictionary import WORDS
from lingti.ingest.mapping.fitting_packs import fitting
from lingti.ingest.mapping.propose_source import Proposed
from lingti.judging import publication

KINDS = ("厨余", "可回收", "其他", "有害")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A district of one community that has taken every pack."""
    home = tmp_path / "home"
    named(home, Typed("望江社区", "", 1000, 400))
    for pack in packs.known():
        packs.take(home, pack, BY)
    return home


def _sheet(*lines: str) -> bytes:
    return csv_file([line.split(",") for line in lines])


def _proposed(home: Path, name: str, data: bytes) -> Proposed:
    known = district.load(home)
    (found,) = propose_source.propose(known, "望江", imports.open_file(name, data))
    return found


def _imported(
    home: Path, name: str, data: bytes, answers: dict[str, str] | None = None
) -> dict[str, Any]:
    request = Request("望江", ((name, data),), None, "2026-03", answers=answers or {})
    (outcome,) = imports.run(district.load(home), request, BY)
    (told,) = outcome.as_json()
    return told


def _remembered(home: Path, name: str, data: bytes) -> None:
    found = _proposed(home, name, data)
    assert found.is_whole, found.as_json()
    assert found.decided is not None
    learned.remember(district.load(home), found.decided, BY)


def _weights(home: Path) -> dict[str, float]:
    publication.rebuild(home)
    found = warehouse.current(home).rows(
        "select kind, sum(weight) as weight from pack_waste_weighed group by kind order by kind"
    )
    return {row["kind"]: float(row["weight"]) for row in found}


@pytest.mark.parametrize(
    ("table", "head"),
    [
        ("pack_waste_weighed", "收运时间,投放点,垃圾类型,收运重量(kg)"),
        ("pack_meals_served", "用餐日期,食堂名称,就餐人次,送餐上门"),
        ("pack_grid_rounds", "填报日期,所属网格,入户走访户数,收集问题,已解决"),
        ("pack_mediation_cases", "受理时间,纠纷类别,化解时间,是否化解成功"),
        ("pack_teams_actions", "活动时间,队伍名称,活动内容,服务类型,参加志愿者人数"),
    ],
)
def test_a_sheet_headed_in_other_words_is_known(home: Path, table: str, head: str) -> None:
    first = {
        "pack_waste_weighed": ["东门", "湿垃圾", "3.5"],
        "pack_meals_served": ["一号点", "40", "9"],
    }
    cells = {
        **first,
        "pack_grid_rounds": ["一网格", "12", "2", "1"],
        "pack_mediation_cases": ["邻里", "2026-03-05", "是"],
        "pack_teams_actions": ["夕阳红", "清扫楼道", "环保", "8"],
    }
    data = _sheet(head, ",".join(["2026-03-02", *cells[table]]))
    found = _proposed(home, "台账.csv", data)
    assert (found.proposal.table, found.is_whole) == (table, True), found.as_json()
    used = [one.column for one in found.proposal.choices.values() if one.column]
    assert sorted(used) == sorted(head.split(","))


def test_portions_at_the_table_are_not_taken_for_all(home: Path) -> None:
    data = _sheet("日期,食堂,堂食份数,送餐份数", "2026-03-02,一号点,40,9")
    found = _proposed(home, "老年食堂台账.csv", data)
    assert found.proposal.missing == ["meals"]


def test_a_known_source_takes_the_words_of_next_month(home: Path) -> None:
    head = "称重日期,小区,垃圾类别,重量（公斤）"
    rows = [f"2026-03-0{day},一区,{kind},10" for day, kind in enumerate(KINDS, 2)]
    told = _imported(home, "三月.csv", _sheet(head, *rows))
    assert (told["accepted"], told["quarantined"]) == (4, 0)


def test_a_word_nobody_knows_is_asked_once(home: Path) -> None:
    head = "称重日期,小区,垃圾类别,重量（公斤）"
    data = _sheet(head, *(f"2026-03-0{day},一区,园林枝叶,10" for day in (2, 3, 4)))
    asked = _imported(home, "三月.csv", data)
    (question,) = asked["questions"]
    assert (question["kind"], question["examples"]) == ("word_means", ["园林枝叶"])
    told = _imported(home, "三月.csv", data, {question["id"]: "other"})
    assert (told["accepted"], told["quarantined"]) == (3, 0)
    again = _sheet(head, *(f"2026-03-1{day},一区,园林枝叶,10" for day in (2, 3, 4)))
    assert not _imported(home, "再.csv", again)["questions"]


def test_a_slip_is_to_be_corrected(home: Path) -> None:
    head = "称重日期,小区,垃圾类别,重量（公斤）"
    told = _imported(
        home, "三月.csv", _sheet(head, "2026-03-01,一区,可回牧,1", "2026-03-02,一区,厨余,1")
    )
    assert (told["accepted"], told["quarantined"]) == (1, 1)


def test_weights_are_kilograms_whatever_unit_is_named(home: Path) -> None:
    data = _sheet(
        "日期,小区,类别,重量（吨）",
        "2026-03-02,一区,厨余,0.5",
        "2026-03-02,一区,其他,61斤",
        "2026-03-02,一区,可回收,7.25公斤",
    )
    _remembered(home, "垃圾称重.csv", data)
    assert _imported(home, "垃圾称重.csv", data)["quarantined"] == 0
    assert _weights(home) == {"kitchen": 500.0, "other": 30.5, "recyclable": 7.25}


def test_a_column_per_kind_is_a_row_for_each(home: Path) -> None:
    data = _sheet(
        "日期,小区名称,厨余垃圾（公斤）,可回收物（吨）,其他垃圾（公斤）,厨余垃圾（桶）",
        "2026-03-02,一区,30.5,0.01,20,3",
        "2026-03-03,一区,29.5,,/,3",
    )
    found = _proposed(home, "生活垃圾日报.csv", data)
    assert found.proposal.across is not None
    assert list(found.proposal.across.columns) == ["kitchen", "recyclable", "other"]
    _remembered(home, "生活垃圾日报.csv", data)
    told = _imported(home, "生活垃圾日报.csv", data)
    assert (told["read"], told["accepted"], told["quarantined"]) == (2, 2, 0)
    assert _weights(home) == {"kitchen": 60.0, "other": 20.0, "recyclable": 10.0}
    again = _imported(home, "生活垃圾日报.csv", data)
    assert (again["batch"], again["already_present"]) == (None, 2)


def test_a_pack_stands_before_the_kinds_it_is_in_place_of_only_once_it_is_taken(home: Path) -> None:
    head = "活动时间,队伍名称,活动内容,服务类型,参加志愿者人数"
    data = _sheet(head, "2026-03-02,夕阳红,清扫楼道,环保,8")
    packs.give_back(home, "teams", BY, has_batches=False)
    found = _proposed(home, "活动.csv", data)
    assert found.proposal.table == "activities"
    packs.take(home, "teams", BY)
    assert _proposed(home, "活动.csv", data).proposal.table == "pack_teams_actions"


def test_a_sheet_of_a_topic_not_taken_tells_which_it_is(tmp_path: Path) -> None:
    home = tmp_path / "home"
    named(home, Typed("望江社区", "", 1000, 400))
    fits = {
        "meals": _sheet("用餐日期,食堂名称,就餐人次,送餐上门", "2026-03-02,一号点,40,9"),
        "waste": _sheet("日期,小区,易腐垃圾（公斤）,其他垃圾（公斤）", "2026-03-02,一区,3,4"),
        "": _sheet("服务日期,姓名,活动,时长", "2026-03-02,王芳,清扫,1"),
    }
    known = district.load(home)
    for pack, data in fits.items():
        (piece,) = match_source.pieces([imports.open_file("台账.csv", data)])
        offered = fitting(known, piece, proposal.propose(known, piece)[0])
        assert (offered.id if offered else "") == pack
    packs.take(home, "waste", BY)
    (piece,) = match_source.pieces([imports.open_file("台账.csv", fits["waste"])])
    known = district.load(home)
    assert fitting(known, piece, proposal.propose(known, piece)[0]) is None


def test_the_words_of_a_pack_are_of_its_own_tables() -> None:
    for pack in packs.known().values():
        said = tomllib.loads((pack.folder / WORDS).read_text("utf-8"))
        named = {key.split(".")[0] for section in said.values() for key in section}
        assert named <= set(pack.tables), pack.id
