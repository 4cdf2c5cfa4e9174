"""The page on which a month is submitted, accepted or returned, and finalised.

`overview` says how every community stands, `signed` shows what one signs, `steps` has the forms
that lead on, `kept` finalises and hands out what editions keep.
"""

from lingti.ui.submission.kept import editions, finalise
from lingti.ui.submission.overview import (
    choose_community,
    choose_month,
    listed,
    standings,
    submission_link,
    summary,
)
from lingti.ui.submission.owed import owed
from lingti.ui.submission.signed import signed
from lingti.ui.submission.steps import remarks_list, steps

__all__ = [
    "choose_community",
    "choose_month",
    "editions",
    "finalise",
    "listed",
    "owed",
    "remarks_list",
    "signed",
    "standings",
    "steps",
    "submission_link",
    "summary",
]
