"""Every row has one fate, the newest export wins for what it speaks for, undo is exact."""

from datetime import date
from pathlib import Path

import pytest
from import_kit import (
    LEDGER,
    MERCHANTS,
    SERVICE,
    TICKETS,
    bring_in,
    counts,
    csv_file,
    home_with_sources,
    metric_values,
    plan_of,
    service,
    stored,
    take,
    workbook,
)

from lingti import district, warehouse
from lingti.district import District
from lingti.ingest import imports
from lingti.ingest.checking.coverage import CoverageError
from lingti.ingest.keeping import batches, diff_to_current
from lingti.judging.periods import periods_of
from lingti.judging.reporting import reporting

LI = ("李明华", "13800000001", "清扫", "2")
ZHANG = ("张丽丽", "13800000002", "清扫", "1.5")


@pytest.fixture
def home(tmp_path: Path) -> District:
    return home_with_sources(tmp_path)


def test_every_row_is_in_exactly_one_count(home: District) -> None:
    data = workbook(
        {
            "1月": [
                ["2024年1月志愿服务"],
                SERVICE,
                [date(2024, 1, 5), *LI],
                [date(2024, 1, 6), *ZHANG[:3], "很久"],
                ["合计", None, None, None, 3.5],
            ]
        }
    )
    document = take(home, data, "服务.xlsx")
    assert counts(document) == (1, 0, 1, 2)
    assert [one["why"] for one in document["rows_set_aside"]] == ["title", "total"]


def test_import_twice_changes_nothing(home: District) -> None:
    data = service(["2024-01-05", *LI], ["2024-01-05", *LI], ["2024-01-06", *ZHANG])
    first = take(home, data)
    assert (first["batch"], counts(first)) == (1, (3, 0, 0, 0))
    again = take(home, data)
    assert (again["batch"], counts(again)) == (None, (0, 3, 0, 0))


def test_january_then_both_months_is_as_both_months_alone(home: District, tmp_path: Path) -> None:
    january = [["2024-01-05", *LI], ["2024-01-06", *ZHANG]]
    february = [["2024-02-05", *LI]]
    take(home, service(*january))
    both = take(home, service(*january, *february))
    assert (counts(both), both["covers"], both["removed"]) == (
        (1, 2, 0, 0),
        "2024-01-01/2024-02-29",
        0,
    )
    alone = home_with_sources(tmp_path / "alone")
    take(alone, service(*january, *february))
    assert [row[:-1] for row in metric_values(home)] == [row[:-1] for row in metric_values(alone)]


def test_identical_rows_of_one_file_are_kept(home: District) -> None:
    take(home, service(["2024-01-05", *LI], ["2024-01-05", *LI]))
    assert stored(home, "service", "day, hours") == [(date(2024, 1, 5), 2)] * 2


def test_undo_and_redo_restore_every_number(home: District) -> None:
    take(home, service(["2024-01-05", *LI]))
    before = metric_values(home)
    take(home, service(["2024-01-05", *LI], ["2024-02-06", *ZHANG]))
    after = metric_values(home)
    assert before != after
    batches.undo(home.home, 2)
    assert metric_values(home) == before
    batches.redo(home.home, 2)
    assert metric_values(home) == after


def test_a_correction_replaces_the_days_it_covers(home: District) -> None:
    take(home, service(["2024-01-05", *LI], ["2024-01-06", *ZHANG]))
    corrected = take(home, service(["2024-01-05", *LI[:3], "3"], ["2024-01-06", *ZHANG]))
    assert (counts(corrected), corrected["removed"]) == ((1, 1, 0, 0), 1)
    assert stored(home, "service", "day, hours::int") == [
        (date(2024, 1, 5), 3),
        (date(2024, 1, 6), 2),
    ]


def test_an_import_after_which_rows_would_vanish_needs_a_yes(home: District) -> None:
    rows = [[f"2024-01-{day:02d}", *LI] for day in range(1, 21)]
    take(home, service(*rows), covers="2024-01")
    short = service(*rows[:10])
    refused = take(home, short, covers="2024-01")
    assert refused["refused"]["code"] == "removal"
    assert [one.batch for one in batches.manifests(home.home)] == [1]
    allowed = take(home, short, covers="2024-01", allow_removal=True)
    assert (allowed["batch"], allowed["removed"]) == (2, 10)
    # A tenth may go without asking.
    assert take(home, service(*rows[:9]), covers="2024-01")["batch"] == 3


def test_of_a_full_list_the_newest_counts_and_older_ones_leave_their_history(
    home: District,
) -> None:
    spring = csv_file([MERCHANTS, ["甲店", "2024-01-10", ""], ["乙店", "2024-02-01", ""]])
    summer = csv_file([MERCHANTS, ["甲店", "2024-01-10", ""], ["丙店", "2024-05-01", ""]])
    take(home, spring, "名册2024年3月.csv")
    second = take(home, summer, "名册2024年6月.csv", allow_removal=True)
    assert (counts(second), second["removed"], second["covers"]) == ((1, 1, 0, 0), 1, "2024-06")
    (gone,) = second["findings"]
    assert (gone["code"], gone["severity"], gone["values"]) == ("left_list", "warning", ["乙店"])
    entries = [
        ("丙店", date(2024, 5, 1), None),
        ("乙店", date(2024, 2, 1), date(2024, 6, 30)),
        ("甲店", date(2024, 1, 10), None),
    ]
    assert stored(home, "partnerships", "merchant, signed_on, ended_on") == entries
    # Both again, in any order, change nothing.
    assert take(home, spring, "名册2024年3月.csv")["batch"] is None
    assert take(home, summer, "名册2024年6月.csv")["batch"] is None


def test_rosters_come_to_the_same_in_either_order(home: District, tmp_path: Path) -> None:
    spring = csv_file([MERCHANTS, ["甲店", "2024-01-10", ""], ["乙店", "2024-02-01", ""]])
    summer = csv_file([MERCHANTS, ["甲店", "2024-01-10", ""], ["丙店", "2024-05-01", ""]])
    other = home_with_sources(tmp_path / "other")
    files = [("名册2024年3月.csv", spring), ("名册2024年6月.csv", summer)]
    for name, data in files:
        take(home, data, name, allow_removal=True)
    for name, data in reversed(files):
        assert take(other, data, name)["batch"] is not None
    columns = "merchant, signed_on, ended_on"
    assert stored(home, "partnerships", columns) == stored(other, "partnerships", columns)


def test_a_roster_of_the_same_day_is_a_correction(home: District) -> None:
    wrong = csv_file([MERCHANTS, ["甲店", "2024-01-10", ""], ["已店", "2024-02-01", ""]])
    right = csv_file([MERCHANTS, ["甲店", "2024-01-10", ""], ["乙店", "2024-02-01", ""]])
    take(home, wrong, covers="2024-03")
    take(home, right, covers="2024-03", allow_removal=True)
    assert stored(home, "partnerships", "merchant") == [("乙店",), ("甲店",)]


def test_an_agreement_may_end_on_a_day_to_come(home: District) -> None:
    data = csv_file([MERCHANTS, ["甲店", "2024-01-10", f"{date.today().year + 1}-12-31"]])
    assert counts(take(home, data, covers="2024-03")) == (1, 0, 0, 0)


def test_days_after_today_are_refused_by_the_one_clock(
    home: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = service(["2024-03-05", "张三", "13800000001", "巡逻", 2])
    monkeypatch.setenv("LINGTI_TODAY", "2024-03-04")
    assert take(home, rows)["quarantined"] == 1
    monkeypatch.setenv("LINGTI_TODAY", "2024-03-05")
    taken = take(home, rows)
    assert (taken["accepted"], taken["covers"]) == (1, "2024-03-01/2024-03-05")


def test_of_each_case_the_newest_row_counts_and_absence_deletes_nothing(home: District) -> None:
    january = [["A1", "2024-01-05", "噪音", ""], ["A2", "2024-01-20", "停车", ""]]
    february = [["A2", "2024-01-20", "停车", "2024-02-03"], ["A3", "2024-02-10", "漏水", ""]]
    take(home, csv_file([TICKETS, *january]), "工单2024年1月.csv")
    second = take(home, csv_file([TICKETS, *february]), "工单2024年2月.csv")
    assert (counts(second), second["covers"], second["removed"]) == ((2, 0, 0, 0), "2024-02", 0)
    cases = [
        (date(2024, 1, 5), None),
        (date(2024, 1, 20), date(2024, 2, 3)),
        (date(2024, 2, 10), None),
    ]
    assert stored(home, "concerns", "day, resolved_on") == cases
    assert take(home, csv_file([TICKETS, *february]), "工单2024年2月.csv")["batch"] is None
    # An older list that comes late does not take a case back.
    take(home, csv_file([TICKETS, *january[1:]]), "工单2024年1月.csv")
    assert stored(home, "concerns", "day, resolved_on") == cases


def test_a_case_that_stands_twice_is_a_finding(home: District) -> None:
    rows = [["A1", "2024-01-05", "噪音", ""], ["A1", "2024-01-05", "噪音", "2024-01-09"]]
    document = take(home, csv_file([TICKETS, *rows, ["A2", "2024-01-06", "停车", ""]]))
    assert counts(document) == (1, 0, 2, 0)
    assert [(one["code"], one["rows"]) for one in document["findings"]] == [
        ("repeated_case", [2, 3])
    ]


def test_nobody_serves_more_than_a_day_has_hours(home: District) -> None:
    one = service(["2024-01-05", *LI[:3], "10"], ["2024-01-05", *ZHANG[:3], "20"])
    two = service(["2024-01-05", *LI[:3], "14.5"], ["2024-01-06", *LI[:3], "14"])
    first, second = bring_in(home, ("1.csv", one), ("2.csv", two))
    assert (counts(first), counts(second)) == ((1, 0, 1, 0), (1, 0, 1, 0))
    found = [(f["code"], f["rows"], f["values"]) for f in first["findings"]]
    assert found == [("hours_over_24", [2], ["10.00"])]


def test_a_ledger_feeds_two_tables(home: District) -> None:
    rows = [
        ["2024-01-05", "李明华", "奖励", "5", ""],
        ["2024-01-06", "李明华", "兑换", "-3", "大米"],
    ]
    rows += [["2024-01-07", "李明华", "不明", "1", ""]]
    document = take(home, csv_file([LEDGER, *rows]))
    assert counts(document) == (2, 0, 1, 0)
    assert stored(home, "points", "kind, points") == [("earn", 5)]
    assert stored(home, "redemptions", "item, points") == [("大米", 3)]


def test_where_nothing_counts_all_is_new_as_a_comparison_would_find(
    home: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(home, service(["2024-01-05", *LI]))
    days = [f"2024-02-{day:02}" for day in (9, 3, 7, 3, 8, 2, 6)]
    shops = ["粮油店", "书店", "面馆", "花店", "药房", "茶社"]
    files = [
        service(*([day, *LI] for day in days), ["2024-02-30", *ZHANG]),
        csv_file([LEDGER, *([day, "李明华", "兑换", "-3", "大米"] for day in days)]),
        csv_file([MERCHANTS, *([shop, "2024-01-01", ""] for shop in shops)]),
    ]
    quick = [plan_of(home, data).plan for data in files]
    monkeypatch.setattr(diff_to_current._Rivals, "anything", True)
    compared = [plan_of(home, data).plan for data in files]
    assert [one and one.change for one in quick] == [one and one.change for one in compared]
    assert [one and one.total("accepted") for one in quick] == [7, 7, 6]


def test_several_files_of_a_source_are_one_batch(home: District) -> None:
    files = [("1月.csv", service(["2024-01-05", *LI])), ("2月.csv", service(["2024-02-05", *LI]))]
    one, two = bring_in(home, *files)
    assert (one["batch"], two["batch"], one["covers"]) == (1, 1, "2024-01-01/2024-02-29")
    assert stored(home, "service", "source_row.file") == [(1,), (2,)]


def test_a_workbook_with_lists_of_several_kinds_feeds_several_sources(home: District) -> None:
    sheets = {
        "服务": [SERVICE, [date(2024, 1, 5), *LI], [date(2024, 1, 6), *ZHANG]],
        "商家": [MERCHANTS, ["米乐", date(2024, 1, 2), None]],
        "台账": [LEDGER, [date(2024, 1, 7), "李明华", "奖励", 5, None]],
        "通讯录": [["科室", "电话"], ["办公室", "2345678"], ["值班室", "2345679"]],
    }
    documents = bring_in(home, ("全部.xlsx", workbook(sheets)))
    assert [(one["source"], one["batch"], counts(one)) for one in documents] == [
        ("east_service", 1, (2, 0, 0, 4)),
        ("east_ledger", 2, (1, 0, 0, 5)),
        ("east_merchants", 3, (1, 0, 0, 5)),
    ]
    assert {one["why"] for one in documents[0]["rows_set_aside"]} == {"other_table"}
    assert [one["batch"] for one in bring_in(home, ("全部.xlsx", workbook(sheets)))] == [None] * 3
    only = bring_in(home, ("全部.xlsx", workbook(sheets)), source="east_merchants")
    assert [one["source"] for one in only] == ["east_merchants"]


def test_one_refused_file_leaves_the_others_standing(home: District) -> None:
    wrong = csv_file([["甲", "乙"], ["1", "2"], ["3", "4"]])
    refused, taken = bring_in(home, ("未知.csv", wrong), ("1月.csv", service(["2024-01-05", *LI])))
    assert (refused["refused"]["code"], taken["batch"]) == ("unknown_layout", 1)


def test_parts_of_a_community_do_not_replace_each_other(tmp_path: Path) -> None:
    home_with_sources(tmp_path)
    own = tmp_path / "sources" / "east_service.toml"
    parts = {
        f"service_{part}": f'part = "{part}"\n{own.read_text("utf-8")}' for part in ("东区", "西区")
    }
    home_with_sources(tmp_path, parts)
    own.unlink()
    home = district.load(tmp_path)
    data = service(["2024-01-05", *LI])
    assert take(home, data)["refused"]["code"] == "ambiguous_source"
    assert take(home, data, "东区1月.csv")["source"] == "service_东区"
    assert take(home, data, source="service_西区")["batch"] == 2
    assert stored(home, "service", "batch") == [(1,), (2,)]


def test_a_nil_return_is_a_true_zero_and_twice_is_once(home: District) -> None:
    source = home.source("east_service")
    take(home, service(["2024-01-05", *LI]))
    filed = imports.file_nil(home, source, "2024-02")
    assert filed.as_json()[0]["batch"] == 2
    assert imports.file_nil(home, source, "2024-02").as_json()[0]["batch"] is None
    values = [row for row in metric_values(home) if row[:5:3] == ("volunteer_hours", "2024-02")]
    hours = [row[6] for row in values if row[1] == "east" and row[4] is None]
    assert hours == [0.0]


def test_a_nil_return_over_rows_needs_a_yes(home: District) -> None:
    take(home, service(["2024-01-05", *LI]))
    refused = imports.file_nil(home, home.source("east_service"), "2024-01")
    assert refused.refused is not None
    assert len(batches.manifests(home.home)) == 1
    with pytest.raises(CoverageError):
        imports.file_nil(home, home.source("east_service"), "2999-01")


@pytest.mark.parametrize(
    ("data", "said", "code", "names"),
    [
        (csv_file([["甲", "乙"], ["1", "2"], ["3", "4"]]), {}, "unknown_layout", "「甲」、「乙」"),
        (
            csv_file([SERVICE[:4], ["2024-01-05", "李明华", "", ""]]),
            {"source": "east_service"},
            "missing_columns",
            "时长",
        ),
        (csv_file([SERVICE]), {}, "no_rows", ""),
        (b"", {}, "empty_file", ""),
        (service(["不详", *LI]), {}, "no_good_rows", ""),
        (service(["2024-01-05", *LI]), {"covers": "六月"}, "covers", "六月"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(
    home: District, data: bytes, said: dict[str, str], code: str, names: str
) -> None:
    document = take(home, data, **said)
    assert document["refused"]["code"] == code
    assert names in document["refused"]["message"] + document["refused"]["advice"]
    assert batches.manifests(home.home) == []


def test_a_month_between_those_given_is_not_reported(home: District) -> None:
    rows = [["A1", "2024-07-05", "噪音", ""], ["A2", "2024-09-20", "停车", ""]]
    document = take(home, csv_file([TICKETS, *rows]), covers="2024-07,2024-09")
    assert document["covers"] == "2024-07,2024-09"
    warehouse.rebuild(home.home)
    states = warehouse.current(home.home).rows(
        "select period, state from metric_values where metric = 'concerns_raised'"
        " and community = 'east' and grain = 'month' and dimension is null"
        " and period between '2024-07' and '2024-09' order by period"
    )
    assert [tuple(row.values()) for row in states] == [
        ("2024-07", "reported"),
        ("2024-08", "not_reported"),
        ("2024-09", "reported"),
    ]


def test_a_nil_return_as_first_act_makes_the_key(tmp_path: Path) -> None:
    home = home_with_sources(tmp_path)
    (home.home / "keys" / "pseudonyms.key").unlink()
    imports.file_nil(home, home.source("east_service"), "2024-01")
    key = (home.home / "keys" / "pseudonyms.key").read_bytes()
    assert counts(take(home, service(["2024-02-05", *LI]))) == (1, 0, 0, 0)
    assert (home.home / "keys" / "pseudonyms.key").read_bytes() == key


def test_a_full_list_sent_again_unchanged_is_no_nil_return(home: District) -> None:
    shops = csv_file([MERCHANTS, ["甲店", "2024-01-10", ""], ["乙店", "2024-02-01", ""]])
    take(home, shops, "名册2024年3月.csv")
    again = take(home, shops, "名册2024年4月.csv")
    assert counts(again) == (0, 2, 0, 0)
    warehouse.rebuild(home.home)
    current = warehouse.current(home.home)
    months = [one for one in periods_of(current)["month"] if one.id in ("2024-03", "2024-04")]
    filed = reporting.returns(current, district.load(home.home), months, date(2024, 6, 1))
    states = [one.state for one in filed if one.table == "partnerships"]
    assert states == ["complete", "complete"]
