"""The published figures of the initiative hold in the sample, asked through `lingti metric`."""

from __future__ import annotations

from conftest import Ask

FESTIVAL = ("--to", "2024-06-10")
SPRING = ("--from", "2024-03-01", *FESTIVAL)
MONTHS = [f"2024-{month:02d}" for month in range(3, 13)]


def test_the_alliance_of_guqiao_has_32_merchants_on_the_dragon_boat_festival(ask: Ask) -> None:
    (answer,) = ask("partners_active", "--community", "guqiao", *SPRING)
    assert (answer["value"], answer["state"]) == (32, "reported")
    (plaques,) = ask("partners_with_plaque", "--community", "guqiao", *SPRING)
    assert plaques["value"] == 32


def test_more_than_50_volunteers_serve_regularly_at_guqiao_from_may(ask: Ask) -> None:
    answers = ask("active_volunteers", "--community", "guqiao")
    by_month = {answer["period"]: answer["value"] for answer in answers}
    assert list(by_month) == MONTHS
    assert all(value > 50 for month, value in by_month.items() if month >= "2024-05")


def test_jinghang_placed_more_than_350_residents_by_the_festival(ask: Ask) -> None:
    (answer,) = ask("placements", "--community", "jinghang", *SPRING)
    assert 350 < answer["value"] < 400


def test_everybody_placed_at_jinghang_by_the_festival_is_under_65(ask: Ask) -> None:
    answers = ask("placements", "--community", "jinghang", *SPRING, "--by", "age_band")
    assert [one["member"] for one in answers] == ["16-29", "30-44", "45-54", "55-64"]


def test_six_posts_serve_six_estates_every_month_at_jinghang(ask: Ask) -> None:
    for metric in ("posts_active", "estates_served"):
        answers = ask(metric, "--community", "jinghang")
        assert {answer["period"]: answer["value"] for answer in answers} == dict.fromkeys(MONTHS, 6)


def test_56_residents_of_binhu_redeemed_over_50_bags_of_rice_and_flour(ask: Ask) -> None:
    question = ("--community", "binhu", "--from", "2024-04-01", *FESTIVAL)
    bags = ("--by", "item", "--member", "大米", "--member", "面粉")
    (people,) = ask("residents_redeeming", *question, *bags)
    assert people["value"] == 56
    (items,) = ask("items_redeemed", *question, *bags)
    assert 56 <= items["value"] <= 59


def test_the_shelf_of_binhu_holds_over_30_kinds_of_goods(ask: Ask) -> None:
    (answer,) = ask("goods_on_shelf", "--community", "binhu", "--from", "2024-04-01", *FESTIVAL)
    assert answer["value"] > 30


def test_20_residents_came_to_the_flower_arranging_at_nanfeng(ask: Ask) -> None:
    (answer,) = ask(
        "activity_attendance",
        *("--community", "nanfeng", "--period", "2024-05", "--by", "title"),
        *("--member", "母亲节插花"),
    )
    assert answer["value"] == 20


def test_dongfang_caizi_is_one_merchant_of_the_district(ask: Ask) -> None:
    answers = ask("partners_active", "--period", "2024-06", "--by", "merchant")
    found = {one["community"]: one["value"] for one in answers if "东方才子" in one["member"]}
    assert found == {"nanfeng": 1, "binhu": 1, "district": 1}
    totals = {
        one["community"]: one["value"] for one in ask("partners_active", "--period", "2024-06")
    }
    assert totals.pop("district") == sum(totals.values()) - 1


def test_redemptions_are_not_run_at_nanfeng(ask: Ask) -> None:
    answers = ask("redemptions", "--community", "nanfeng")
    assert {(one["state"], one["value"]) for one in answers} == {("not_run", None)}


def test_missing_partial_and_nil_months_keep_their_states(ask: Ask) -> None:
    def state(metric: str, community: str, period: str) -> tuple[str, float | None]:
        (answer,) = ask(metric, "--community", community, "--period", period)
        return answer["state"], answer["value"]

    assert state("volunteer_hours", "nanfeng", "2024-09") == ("not_reported", None)
    assert state("volunteer_hours", "jinghang", "2024-11")[0] == "partial"
    assert state("activities_held", "binhu", "2024-08") == ("reported", 0)
    assert state("attendance_per_activity", "binhu", "2024-08") == ("reported", None)
    assert state("councils_held", "guqiao", "2024-09") == ("reported", 0)
