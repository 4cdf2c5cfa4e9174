"""Whose smallness docs/security.md promises to protect, by hand."""

from __future__ import annotations

FEWEST, MOST = 1, 4
# Numbers of residents, post holders and households: the column of the facts that tells who.
PERSONS = {
    **dict.fromkeys(
        (
            *("active_volunteers", "volunteer_hours", "hours_per_volunteer"),
            *("redemptions", "items_redeemed", "points_redeemed", "residents_redeeming"),
            *("points_balance", "points_deducted", "points_earned", "points_granted"),
            *("placements", "residents_placed", "certificates", "days_to_dispatch"),
            *("training_ordered", "training_dispatched", "training_completed"),
            *("training_dispatched_share", "training_completed_share"),
            "training_certified_share",
        ),
        "resident",
    ),
    **dict.fromkeys(("post_services", "post_hours", "posts_active", "estates_served"), "post_held"),
    **dict.fromkeys(("visits", "households_visited_share"), "home"),
}
# Numbers of cases and of people attending: the dimensions whose members may tell of somebody, and
# how many a cell tells of.
CASES = {
    **dict.fromkeys(
        (
            *("concerns_raised", "concerns_resolved", "concerns_open", "concerns_overdue"),
            *("concerns_resolved_in_time_share", "reviewed_within_week_share", "days_to_resolve"),
        ),
        (("category",), "count(*)"),
    ),
    "activity_attendance": (("title", "category", "partner"), "sum(attendance)"),
    "attendance_per_activity": (("category", "partner"), "sum(attendance)"),
    "people_served": (("post", "estate", "service"), "sum(served)"),
}
# Shares of which the numerator is part of the denominator, so that the rest is a number too.
SHARES = (
    *("training_dispatched_share", "training_completed_share", "training_certified_share"),
    *("concerns_resolved_in_time_share", "reviewed_within_week_share"),
    "households_visited_share",
)
# Part and whole: who has the first is among those of the second.
NESTED = (
    ("certificates.value", "training_completed.value"),
    ("training_certified_share.numerator", "training_completed_share.numerator"),
    ("concerns_overdue.value", "concerns_open.value"),
)
# What tells the same number, wherever both are told.
SAME = (
    ("volunteer_hours.value", "hours_per_volunteer.numerator"),
    ("active_volunteers.value", "hours_per_volunteer.denominator"),
    ("activity_attendance.value", "attendance_per_activity.numerator"),
    ("concerns_raised.value", "concerns_resolved_in_time_share.denominator"),
    ("concerns_raised.value", "reviewed_within_week_share.denominator"),
    ("training_ordered.value", "training_dispatched_share.denominator"),
    ("training_ordered.value", "training_completed_share.denominator"),
    ("training_ordered.value", "training_certified_share.denominator"),
)
# A stock, and what moves it from one level to the next.
FLOWS = {
    "points_balance.value": {
        "points_granted.value": 1,
        "points_earned.value": 1,
        "points_deducted.value": -1,
        "points_redeemed.value": -1,
    },
    "concerns_open.value": {"concerns_raised.value": 1, "concerns_resolved.value": -1},
}
OWNERS_ONLY = ("findings_count",)
