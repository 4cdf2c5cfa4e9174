"""`lingti verdict` without a metric: how a place stands, in the sentence of pages and documents."""

from __future__ import annotations

import argparse

from lingti.commands.printing import DONE, UsageError, print_json
from lingti.language import gettext as _


def say(options: argparse.Namespace) -> int:
    """Prints the sentence of a community or the district in a period, the newest whole month."""
    from lingti import clock, report
    from lingti.ingest.layout.written_periods import period_id
    from lingti.judging import period_values, periods
    from lingti.report.sentences import overall
    from lingti.warehouse import current

    of_numbers = (options.grain, options.first, options.last, options.by, options.edition)
    if any(of_numbers) or options.member:
        raise UsageError(_("How it stands is told of a place and a period."))
    period = period_id(options.period, clock.today()) if options.period else ""
    if not period:
        data = current(options.home)
        until = [day.date() for day in period_values.freshness(data)["until"].dropna()]
        period = periods.latest_complete(periods.periods_of(data)["month"], until).id
    try:
        material = report.gather(options.home, period, published=options.published)
        place = report.place_of(material, options.community)
    except report.ReportError as error:
        raise UsageError(str(error)) from error
    sentence = overall.sentence(material, place)
    if options.json:
        of = material.view.period
        print_json({"community": place, "grain": of.grain, "period": of.id, "sentence": sentence})
    else:
        print(sentence)
    return DONE
