"""Templates that were handed down: who returned them, and what a reminder says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from half_set_up_kit import BY, hours, named, sent

from lingti import district, warehouse
from lingti.district import Handed, change
from lingti.district.typed_lists import Typed
from lingti.judging import publication
from lingti.judging.periods import periods_of
from lingti.judging.reporting import handed, reminders, reporting

TODAY = date(2026, 5, 8)
APRIL = (date(2026, 4, 1), date(2026, 4, 30))


def a_home(folder: Path) -> Path:
    home = folder / "home"
    named(home, Typed("望江社区", "", 5200, 1800), Typed("临河社区", "", 4100, 1500))
    both = ("望江", "临河")
    change.hand_down(home, Handed("service", *APRIL, date(2026, 5, 20), both), BY)
    change.hand_down(home, Handed("points", *APRIL, date(2026, 5, 1), ("临河", "没有")), BY)
    sent(home, "望江", "service", hours((4, 2), (4, 9)), "2026-04")
    sent(home, "临河", "service", hours((4, 2)), "2026-04-01/2026-04-10")
    publication.rebuild(home)
    return home


def test_who_sent_all_of_the_days_has_returned_it(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    data, settings = warehouse.current(home), district.load(home)
    points, service = handed.returned(data, settings)
    assert points.handed.communities == ("临河",)
    assert points.owing == ["临河"]
    assert service.owing == ["临河"]
    assert service.on["望江"] is not None
    sent(home, "临河", "service", hours((4, 20)), "2026-04-11/2026-04-30")
    publication.rebuild(home)
    _points, service = handed.returned(warehouse.current(home), district.load(home))
    assert service.owing == []


def test_a_reminder_says_what_lacks_since_when_and_by_when(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    change.expectation(home, "望江", "service", date(2026, 3, 1), "month", BY)
    publication.rebuild(home)
    data, settings = warehouse.current(home), district.load(home)
    months = reporting.months_to(TODAY, periods_of(data)["month"])
    found = reporting.returns(data, settings, months, TODAY)
    returned = handed.returned(data, settings)
    told = reminders.reminders(settings.catalog, settings, found, returned, TODAY)
    assert told == {
        "望江": (
            "望江社区：请补报以下数据（截至2026年5月8日）。\n"
            "– 志愿服务（服务）：2026年3月，最早应于2026年4月5日前报送，已逾期33天"
        ),
        "临河": (
            "临河社区：请补报以下数据（截至2026年5月8日）。\n"
            "– 下发模板“积分台账”（2026年4月）：应于2026年5月1日前交回，已逾期\n"
            "– 下发模板“志愿服务”（2026年4月）：请于2026年5月20日前交回"
        ),
    }
    together = reminders.together(settings, told.values())
    assert together.startswith("“幸福来敲门”数据补报提醒\n\n望江社区")
