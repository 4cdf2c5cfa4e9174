"""What is expected of a cell that is no value of its kind, in the language of the user."""

from __future__ import annotations

from lingti.language import gettext as _


def expected_words(code: str) -> str:
    """The expectation that a problem's code stands for. Raises KeyError for an unknown code."""
    return {**_of_days(), **_of_amounts(), **_of_persons()}[code]


def _of_days() -> dict[str, str]:
    return {
        "not_a_day": _("a date such as 2024-06-10 or 2024年6月10日"),
        "impossible_day": _("a date that exists"),
        "ambiguous_day": _("a date with year, month and day in this order, such as 2024-06-10"),
        "no_year": _("a date with its year, such as 2024-06-10"),
        "no_day": _("a full date with its day, such as 2024-06-10"),
        "several_days": _("one date per row"),
    }


def _of_amounts() -> dict[str, str]:
    return {
        "error_value": _("a value; the cell shows an error of the spreadsheet"),
        "not_hours": _("a duration such as 2, 1.5h, 90分钟 or 2小时30分"),
        "ambiguous_hours": _("one exact duration, not “about” and not a range"),
        "not_a_number": _("a number"),
        "ambiguous_number": _("one exact number, not “about” and not a range"),
        "date_for_number": _("a number; the cell holds a date"),
        "not_whole": _("a whole number"),
        "not_yes_no": _("是 or 否"),
    }


def _of_persons() -> dict[str, str]:
    return {
        "id_lost_digits": _(
            "the ID number as text: the spreadsheet stored it as a number and lost its last digits"
        ),
        "id_check_digit": _("an ID number whose check digit is right; one digit was mistyped"),
        "not_an_id": _("an ID number of 18 characters"),
        "no_person": _("one person's name, and no number of people"),
        "several_names": _("one person per row"),
        "masked_name": _("the whole name"),
        "personal_data": _("no person's name, phone or ID number"),
        "masked": _("the full number, without asterisks"),
        "phone_lost_digits": _("the phone number as text; the spreadsheet shortened it"),
        "several_phones": _("one phone number per row"),
        "not_a_phone": _("a phone number such as 13800000000"),
    }
