"""The words of a refused file: what is wrong with it, and what to do."""

from __future__ import annotations

from lingti.language import gettext as _


def refusal_words(code: str) -> tuple[str, str]:
    """The message and the advice for a refusal, with `{named}` places for its facts."""
    return {**_content(), **_protection(), **_size(), **_shape()}[code]


def _content() -> dict[str, tuple[str, str]]:
    return {
        "empty_file": (_("The file is empty."), _("Export it again and send the new file.")),
        "owner_file": (
            _("This is the lock file that Excel and WPS keep beside an open workbook."),
            _("Close the workbook and send the file whose name does not begin with ~$."),
        ),
        "not_a_spreadsheet": (
            _("This is no spreadsheet but {what}."),
            _("Send the table itself, saved as .xlsx or .csv."),
        ),
        "other_format": (
            _("This is {what}, which is not read."),
            _("Open it in WPS or Excel, choose “Save as” and .xlsx, and send that file."),
        ),
        "truncated": (
            _("The file is cut off: its end is missing."),
            _("Download or export it again, wait until it is complete, and send the new file."),
        ),
        "damaged": (
            _("The file is damaged and cannot be opened."),
            _("Open it in WPS or Excel, choose “Save as” and .xlsx, and send that file."),
        ),
        "unreadable_text": (
            _("The text of the file is neither UTF-8 nor GB18030 (GBK) nor UTF-16."),
            _("Open it in WPS or Excel, choose “Save as” and .xlsx, and send that file."),
        ),
        "frameset": (
            _("This web page holds only a frame; its data is in another file ({what})."),
            _("Open it in WPS or Excel, choose “Save as” and .xlsx, and send that file."),
        ),
    }


def _protection() -> dict[str, tuple[str, str]]:
    return {
        "encrypted": (
            _("The file is protected by a password."),
            _("Open it with the password, remove the password under “Encrypt”, and save it."),
        ),
        "entity_bomb": (
            _("The file declares XML entities, which no spreadsheet program writes."),
            _("Do not open it; ask where it comes from, and export the table again."),
        ),
        "zip_bomb": (
            _("The file unpacks to far more than its size allows ({unpacked_mb} MB)."),
            _("Do not open it; ask where it comes from, and export the table again."),
        ),
    }


def _size() -> dict[str, tuple[str, str]]:
    return {
        "too_large": (
            _("The file is larger than {limit_mb} MB."),
            _("Export a shorter time, such as one month, and send several files."),
        ),
        "unpacked_too_large": (
            _("The file unpacks to more than {limit_mb} MB."),
            _("Export a shorter time, such as one month, and send several files."),
        ),
        "too_many_cells": (
            _("A sheet spans more than {limit} cells."),
            _("Copy only the table into a new workbook and save it as .xlsx."),
        ),
        "too_slow": (
            _("Reading the file took too long and was stopped."),
            _("Copy only the table into a new workbook and save it as .xlsx."),
        ),
        "too_much_memory": (
            _("Reading the file took too much memory and was stopped."),
            _("Copy only the table into a new workbook and save it as .xlsx."),
        ),
    }


def _shape() -> dict[str, tuple[str, str]]:
    return {
        "no_rows": (
            _("The table has a header but no rows of data."),
            _("If there was nothing to report, file a nil return; else export the table again."),
        ),
        "no_table": (
            _("The file holds no table."),
            _("Send a sheet with a header row and one row per record."),
        ),
        "form": (
            _("This is a form for one person or matter, not a table."),
            _("Send a sheet with a header row and one row per record."),
        ),
        "all_hidden": (
            _("Every sheet with data is hidden."),
            _("Unhide the sheet that is meant and save the workbook."),
        ),
    }
