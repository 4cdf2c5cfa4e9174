"""Rows and totals for the same days: one or the other counts, as somebody says; never both."""

from __future__ import annotations

import hashlib
from pathlib import Path

from lingti.district import Source
from lingti.ingest.checking import coverage
from lingti.ingest.checking.cell_problems import ImportRefused
from lingti.ingest.checking.coverage import Span
from lingti.ingest.checking.row_outcomes import Checked
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import Manifest
from lingti.ingest.questions import Asking
from lingti.language import gettext as _


def settle(
    home: Path, source: Source, checked: Checked, covers: list[Span], asking: Asking
) -> None:
    """Asks where an import holds totals of days of which single rows count, or the other way round.

    Raises ImportRefused where it would take a part out of a total, and where it is to stay out.
    """
    tables = {*source.tables, *checked.stands_for()} - {batches.TOTALS}
    rivals = [
        manifest
        for manifest in batches.manifests(home)
        if (manifest.community, manifest.part) == (source.community, source.part)
        and tables.intersection(manifest.tables)
        and source.replaces == manifest.replaces == "days"
    ]
    counting = {
        one.batch
        for one in batches.counting(rivals)
        if _overlap(Span(one.first_day, one.last_day), covers)
    }
    standing = [rival for rival in rivals if rival.batch in counting]
    for manifest in standing:
        _refuse_cut(manifest, covers)
    is_total = bool(checked.spans()) or batches.TOTALS in source.tables
    others = [manifest for manifest in standing if manifest.has_totals != is_total]
    if others and _ask(asking, checked, others, covers, is_total=is_total) == "old":
        raise ImportRefused(
            "kept_out",
            _("What stands for these days goes on counting; this file stays out."),
            _("Answer otherwise if it is to count instead."),
        )


def _refuse_cut(standing: Manifest, covers: list[Span]) -> None:
    """Of a total no part can be replaced."""
    for span in standing.spans:
        if _overlap(span, covers) and coverage.subtract([span], covers):
            raise ImportRefused(
                "cuts_total",
                _(
                    "Batch {batch} holds a total of {days}; this file speaks for a part of these."
                ).format(batch=standing.batch, days=coverage.write([span])),
                _("Import a file for all of these days, or withdraw that batch first."),
            )


def _ask(
    asking: Asking, checked: Checked, others: list[Manifest], covers: list[Span], *, is_total: bool
) -> str | None:
    files = {id(row.piece.file): row.piece.file for row in checked.rows}.values()
    asks = _("For {days} single rows count. Are these totals to count in their place?")
    if not is_total:
        asks = _("For {days} totals count. Are these single rows to count in their place?")
    return asking.ask(
        "rows_and_totals",
        asks.format(days=coverage.write(covers)),
        {
            "new": _("Yes; what stands for these days no longer counts"),
            "old": _("No; this file stays out"),
        },
        default="old" if is_total else "new",
        examples=[_("batch {batch}").format(batch=other.batch) for other in others],
        file="/".join(sorted(hashlib.sha256(file.data).hexdigest() for file in files)),
    )


def _overlap(span: Span, covers: list[Span]) -> bool:
    return any(span.first <= cover.last and cover.first <= span.last for cover in covers)
