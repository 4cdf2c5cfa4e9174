"""A month goes from open to submitted, accepted and final, and back as soon as rows change."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import run_lingti
from edition_kit import TODAY, accepted, bring, edition_home, finalised, month, standing, step

from lingti import entries
from lingti.commands import cli
from lingti.district import change, settings
from lingti.editions import keeping, reasons, submission_words, submissions
from lingti.editions.keeping import NoEditionError
from lingti.editions.submissions import Remark, WrongStateError
from lingti.judging import publication


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edition_home(tmp_path_factory.mktemp("submissions") / "home")


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


def test_each_step_leads_from_its_state_to_the_next_and_no_other(home: Path) -> None:
    assert standing(home).status == "open"
    for refused in ("accept", "return", "take_back"):
        with pytest.raises(WrongStateError):
            step(home, refused)
    assert step(home, "submit").status == "submitted"
    with pytest.raises(WrongStateError):
        step(home, "submit")
    assert step(home, "take_back").status == "open"
    step(home, "submit")
    assert step(home, "accept").status == "accepted"
    with pytest.raises(WrongStateError):
        step(home, "take_back")
    back = step(home, "return", "a", "2024-01", Remark("为何少一半？", "volunteer_hours"))
    assert (back.status, back.blocking) == ("open", [{"why": "returned", "remarks": 1}])
    answered = step(home, "submit", "a", "2024-01", Remark("停电", "volunteer_hours"))
    assert [(one.act, one.text) for one in answered.remarks] == [
        ("return", "为何少一半？"),
        ("submit", "停电"),
    ]
    assert standing(home, "b").status == "open"
    assert standing(home, "a", "2024-02").status == "open"


def test_other_rows_open_a_month_again_and_the_same_rows_do_not(home: Path) -> None:
    step(home, "submit")
    accepted(home, "2024-02", ["a"])
    batch = bring(home, "a", "2024-01", [1, 2, 3, 4])
    now = standing(home)
    assert (now.status, now.was, now.batches) == ("open", "submitted", (1, batch))
    assert now.blocking == [{"why": "changed", "batches": [1, batch]}]
    assert standing(home, "a", "2024-02").status == "accepted"
    assert batch is not None
    reasons.undo(home, batch)
    publication.rebuild(home)
    assert standing(home).status == "submitted"  # these are the rows that were signed
    assert bring(home, "a", "2024-01", [1, 2, 3]) is None  # nothing new
    assert standing(home).status == "submitted"


def test_a_final_month_that_changes_is_to_be_submitted_again(home: Path) -> None:
    accepted(home)
    finalised(home)
    assert [standing(home, place).status for place in "ab"] == ["final", "final"]
    batch = bring(home, "b", "2024-01", [9])
    assert standing(home, "a").status == "final"
    now = standing(home, "b")
    assert (now.status, now.was, now.edition) == ("open", "final", "2024-01/1")
    assert batch in now.batches
    accepted(home, places=["b"])
    assert finalised(home).name == "2024-01/2"
    assert standing(home, "b").edition == "2024-01/2"


def test_days_that_are_missing_need_a_remark(home: Path) -> None:
    bring(home, "a", "2024-03", [1])
    with pytest.raises(WrongStateError, match="志愿服务"):
        step(home, "submit", "b", "2024-03")
    assert step(home, "submit", "b", "2024-03", Remark("设备坏了")).status == "submitted"
    assert standing(home, "b", "2024-03").missing == ("service",)


def test_a_month_is_submitted_when_it_is_over(home: Path) -> None:
    for day, is_over in ((date(2024, 1, 31), False), (date(2024, 2, 1), True)):
        when = month(home)
        if is_over:
            submissions.take(home, "submit", "a", when, [], "who", today=day)
        else:
            with pytest.raises(WrongStateError):
                submissions.take(home, "submit", "a", when, [], "who", today=day)


def test_remarks_hold_no_phone_and_no_entry_is_lost(home: Path) -> None:
    step(home, "submit", "a", "2024-01", Remark("问13800138000"))
    (one,) = entries.history(home, submissions.KIND)
    assert "13800138000" not in json.dumps(one.value)
    assert (one.by, one.value["act"]) == ("who", "submit")


def test_a_refusal_names_steps_and_tables_as_the_screen_does(home: Path) -> None:
    step(home, "submit")
    with pytest.raises(WrongStateError, match="2024年1月现为“已报送”；只有“待报送”时才能报送。"):
        step(home, "submit")
    with pytest.raises(WrongStateError, match="备注有201字，最多200字。"):
        step(home, "return", "a", "2024-01", Remark("字" * 201))
    with pytest.raises(reasons.ReasonError, match="最多200字"):
        reasons.parse("other:" + "字" * 201)
    with pytest.raises(NoEditionError, match="尚未定稿过"):
        keeping.find(home, "2024-01")
    assert submission_words.status_words(step(home, "accept").status) == "审核通过"


def test_a_blank_is_no_remark_and_no_reason(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINGTI_TODAY", TODAY.isoformat())
    step(home, "submit")
    for asked in (
        ("return", "--community", "a", "--period", "2024-01", "--remark", " "),
        ("finalise", "--period", "2024-01", "--without", "b", "--reason", " "),
    ):
        with pytest.raises(SystemExit) as ended:
            cli.main([*asked, "--home", str(home)])
        assert ended.value.code == cli.WRONG_USAGE
    capsys.readouterr()


def test_the_commands_print_how_it_stands_and_refuse_with_one(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINGTI_TODAY", TODAY.isoformat())
    asked = ("--community", "a", "--period", "2024-01", "--json", "--home", home)
    told = json.loads(run_lingti("submit", *asked, "--remark", "核", "--on", "volunteer_hours"))
    assert list(told)[:7] == [
        *("community", "period", "status", "by", "at", "remarks", "blocking"),
    ]
    assert (told["community"], told["period"], told["status"]) == ("a", "2024-01", "submitted")
    assert [(one["on"], one["text"]) for one in told["remarks"]] == [("volunteer_hours", "核")]
    for command, more, code in (
        ("submit", (), cli.REFUSED),
        ("return", (), cli.WRONG_USAGE),
        ("return", ("--remark", "x", "--on", "nothing"), cli.WRONG_USAGE),
    ):
        with pytest.raises(SystemExit) as ended:
            cli.main([command, *map(str, asked), *more])
        assert ended.value.code == code
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        cli.main(["accept", *[str(one) for one in asked[:2]], "--period", "2031-01",
                  "--home", str(home)])  # fmt: skip
    assert ended.value.code == cli.WRONG_USAGE
    assert json.loads(run_lingti("accept", *asked))["status"] == "accepted"
    with pytest.raises(SystemExit) as ended:
        cli.main(["finalise", "--period", "2024-01", "--json", "--home", str(home)])
    assert ended.value.code == cli.REFUSED
    told = json.loads(capsys.readouterr().out)
    assert [(one["community"], one["status"]) for one in told["blocking"]] == [("b", "open")]


def test_a_subdistrict_accepts_first_where_settings_say(home: Path) -> None:
    change.enter(home, settings.COMMUNITY, "a", {"subdistrict": "许庄街道"}, "official")
    with pytest.raises(WrongStateError):
        step(home, "accept_first")
    change.district(home, {"subdistrict_accepts": True}, "official")
    now = step(home, "submit")
    assert (now.status, now.blocking) == ("submitted", [{"why": "subdistrict"}])
    with pytest.raises(WrongStateError, match="街道"):
        step(home, "accept")
    now = step(home, "accept_first")
    assert (now.status, now.blocking) == ("submitted", [])
    for refused in ("accept_first", "take_back", "submit"):
        with pytest.raises(WrongStateError):
            step(home, refused)
    assert step(home, "accept").status == "accepted"
    assert step(home, "return", "a", "2024-01", Remark("少")).status == "open"
    step(home, "submit", "b")
    assert step(home, "accept", "b").status == "accepted"  # it is of no subdistrict


def test_the_command_accepts_for_the_subdistrict_and_then_for_the_district(home: Path) -> None:
    change.enter(home, settings.COMMUNITY, "a", {"subdistrict": "许庄街道"}, "official")
    change.district(home, {"subdistrict_accepts": True}, "official")
    step(home, "submit")
    asked = ("accept", "--community", "a", "--period", "2024-01", "--json", "--home", home)
    assert [json.loads(run_lingti(*asked))["status"] for _time in range(2)] == [
        "submitted",
        "accepted",
    ]
    accepted(home, places=["b"])
    assert {name for name in finalised(home).communities["a"] if name.endswith("_by")} == {
        *("submitted_by", "accepted_first_by", "accepted_by"),
    }
