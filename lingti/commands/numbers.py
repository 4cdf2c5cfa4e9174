"""Numbers out: `metrics`, `metric`, `rows`, `verdict`, `why` and `findings`."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from lingti.commands.printing import DONE, Command, UsageError, print_json, print_table, show
from lingti.language import gettext as _

GRAINS = (
    *("week", "month", "jan-feb", "quarter", "half-year"),
    *("year", "year-to-date", "programme"),
)


def register(command: Command) -> None:
    """Declares the commands."""
    command("metrics", _metrics, _("list the definitions of the metrics"))
    _add_question(command("metric", _metric, _("print the values of a metric")))
    _add_question(command("rows", _rows, _("print the rows behind a metric")))
    words = _("print the verdicts of a metric, or without one how it stands in a sentence")
    _add_question(command("verdict", _verdict, words), optional=True)
    _add_change(command("why", _why, _("print what a change is made of")))
    command("findings", _findings, _("list what breaks a rule"))


def _add_question(parser: argparse.ArgumentParser, *, optional: bool = False) -> None:
    parser.add_argument("metric", nargs="?" if optional else None)
    parser.add_argument("--community", metavar="C")
    parser.add_argument("--grain", choices=GRAINS)
    parser.add_argument("--period", metavar="P")
    parser.add_argument("--from", dest="first", type=_day, metavar="D")
    parser.add_argument("--to", dest="last", type=_day, metavar="D")
    parser.add_argument("--by", metavar="DIM")
    parser.add_argument("--member", action="append", default=[], metavar="M")
    parser.add_argument("--published", action="store_true")
    parser.add_argument("--edition", metavar="P[/N]")


def _add_change(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("metric")
    parser.add_argument("--community", metavar="C")
    parser.add_argument("--period", metavar="P", required=True)
    parser.add_argument("--from-period", dest="before", metavar="P")
    parser.add_argument("--published", action="store_true")
    parser.add_argument(
        "--mine", metavar="NUMBER", help=_("instead: what would make the number that somebody has")
    )


def _days_of(period: str) -> tuple[date, date]:
    """The days of a range, or of a period that is computed when it is asked for."""
    from lingti.ingest.checking.coverage import month_span

    year, _dash, part = period.partition("-")
    if "/" not in period and part.endswith("YTD"):
        return date(int(year), 1, 1), month_span(int(year), int(part[:2])).last
    if "/" not in period and part.startswith("H"):
        last = month_span(int(year), 6 * int(part[1:])).last
        return last.replace(month=last.month - 5, day=1), last
    first, last = map(_day, period.split("/"))
    return first, last


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: 2024-06-10") from error


def _metrics(options: argparse.Namespace) -> int:
    from lingti import catalog

    metrics = catalog.of(options.home).metrics.values()
    documents = [
        {
            "metric": metric.name,
            "title": {"zh": metric.title.zh, "en": metric.title.en},
            "definition": {"zh": metric.definition.zh, "en": metric.definition.en},
            "unit": {"zh": metric.unit.zh, "en": metric.unit.en},
            "better": metric.better,
            "version": metric.version,
            "window": metric.window,
            "dimensions": list(metric.dimensions),
            "tables": list(metric.tables),
            "sql": metric.sql,
        }
        for metric in metrics
    ]
    if options.json:
        print_json(documents)
    else:
        print_table([{"metric": m.name, "title": m.title.pick()} for m in metrics])
    return DONE


def _asked_of(options: argparse.Namespace) -> Any:
    """The warehouse, where it has the metric and the place that are asked for."""
    from lingti import catalog, clock, warehouse
    from lingti.ingest.layout.written_periods import period_id

    data = warehouse.current(options.home)
    for name in ("period", "before"):
        if text := getattr(options, name, None):
            setattr(options, name, period_id(text, clock.today()))
    if options.period and "/" in options.period and hasattr(options, "first"):
        options.first, options.last = map(date.fromisoformat, options.period.split("/"))
        options.period = None
    if options.metric not in data.catalog.metrics:
        raise UsageError(_("There is no metric {name!r}.").format(name=options.metric))
    places = [row["community"] for row in data.rows("select community from communities")]
    if options.community not in (None, catalog.DISTRICT, *places):
        raise UsageError(_("There is no community {name!r}.").format(name=options.community))
    return data


def _question(options: argparse.Namespace) -> Any:
    from lingti.warehouse import ask

    data = _asked_of(options)
    span = None
    if options.first or options.last:
        if options.grain or options.period:
            raise UsageError(_("Give a period, or --from and --to."))
        ((first, last),) = (
            tuple(row.values())
            for row in data.rows(
                "select first_day, last_day from periods where grain = 'programme'"
            )
        )
        span = (options.first or first, options.last or last)
    return data, ask.Question(
        data.catalog.metrics[options.metric],
        options.community,
        options.grain,
        options.period,
        span,
        options.by,
        tuple(options.member),
        options.published,
    )


def _metric(options: argparse.Namespace) -> int:
    from lingti.warehouse import ask, published_longer

    data, question = _question(options)
    if options.edition:
        show(options, _of_edition(options, question))
        return DONE
    try:
        grain = question.grain or (ask.grain_of(question.period) if question.period else "")
        is_longer = question.published and grain in ask.COMPUTED
        values = (published_longer if is_longer else ask).values(data, question)
        if question.by is None:
            _note_to_correct(data, question.metric, values)
        _note_edition(data, values, published=question.published)
        show(options, values)
    except ask.QuestionError as error:
        raise UsageError(str(error)) from error
    return DONE


def _of_edition(options: argparse.Namespace, question: Any) -> list[dict[str, Any]]:
    """Values or verdicts as an edition has them."""
    from lingti import warehouse
    from lingti.access import roles
    from lingti.editions import held, keeping

    if question.span or question.members:
        raise UsageError(_("An edition holds whole periods, and members one by one."))
    reader = roles.PUBLISHED if options.published else roles.EVERYTHING
    try:
        edition = keeping.find(options.home, options.edition)
        of = {"community": options.community, "grain": options.grain, "period": options.period}
        if options.command == "metric":
            of["by"] = options.by
        look_up = held.values if options.command == "metric" else held.verdicts_kept
        data = warehouse.current(options.home, reader)
        return look_up(options.home, edition, data, question.metric, **of)
    except keeping.NoEditionError as error:
        raise UsageError(str(error)) from error


def _note_edition(data: Any, rows: list[dict[str, Any]], *, published: bool) -> None:
    """Adds of which edition numbers are: none where there is none, or they were revised since."""
    from lingti import warehouse
    from lingti.access import roles
    from lingti.editions import held

    data = warehouse.current(data.home, roles.PUBLISHED) if published else data
    names = held.edition_of_each(data, rows)
    for row, name in zip(rows, names, strict=True):
        row["edition"] = name


def _note_to_correct(data: Any, metric: Any, values: list[dict[str, Any]]) -> None:
    """Adds to totals how many rows in quarantine each lacks; none where there is no number."""
    from lingti.judging.reporting import to_correct

    days = {
        row["period"]: (row["first_day"], row["last_day"])
        for row in data.rows("select period, first_day, last_day from periods")
    }
    spans = [
        (row["community"], *(days.get(row["period"]) or _days_of(row["period"]))) for row in values
    ]
    for row, count in zip(values, to_correct.counts(data, metric, spans), strict=True):
        row["to_correct"] = 0 if row["value"] is None else count


def _verdict(options: argparse.Namespace) -> int:
    from lingti import district
    from lingti.commands import sentence
    from lingti.judging.verdicts import verdicts
    from lingti.warehouse import ask

    if options.metric is None:
        return sentence.say(options)
    data, question = _question(options)
    if options.by or options.member or question.span:
        raise UsageError(_("Verdicts are of whole periods, and of totals."))
    if options.edition:
        show(options, _of_edition(options, question))
        return DONE
    grain = options.grain or (ask.grain_of(options.period) if options.period else "month")
    rows = verdicts.rows(
        data,
        district.load(options.home),
        question.metric,
        places=[options.community] if options.community else None,
        grain=grain,
        period=options.period,
        published=options.published,
    )
    _note_edition(data, rows, published=options.published)
    show(options, rows)
    return DONE


def _why(options: argparse.Namespace) -> int:
    from lingti import catalog
    from lingti.judging.changes import changes

    data = _asked_of(options)
    if options.mine is not None:
        return _why_not_mine(options, data)
    before, after = _two_periods(options, data)
    explained = changes.explained(
        data,
        data.catalog.metrics[options.metric],
        options.community or catalog.DISTRICT,
        before,
        after,
        published=options.published,
    )
    document = changes.document(explained)
    row = {**document, "grain": after.grain}
    _note_edition(data, [row], published=options.published)
    document["edition"] = row["edition"]
    if options.json:
        print_json(document)
    else:
        print_table(document["parts"])
    return DONE


def _why_not_mine(options: argparse.Namespace, data: Any) -> int:
    """What would make another number than there is."""
    from lingti import catalog, district
    from lingti.editions import my_number
    from lingti.editions.my_number import document
    from lingti.judging.periods import Period
    from lingti.warehouse import ask, regrouped

    if options.published or options.before:
        raise UsageError(_("--mine is asked of exact numbers, and of one period."))
    metric, place = data.catalog.metrics[options.metric], options.community or catalog.DISTRICT
    span = None
    try:
        if "/" in options.period:
            first, last = _days_of(options.period)
            span = (first, last)
        grain = "range" if span else ask.grain_of(options.period)
        question = ask.Question(metric, place, None, None if span else options.period, span)
        days = regrouped.days(data, question)
    except (ask.QuestionError, ValueError) as error:
        raise UsageError(str(error)) from error
    if days is None:
        raise UsageError(_("There is no period {name!r}.").format(name=options.period))
    try:
        mine = my_number.mine_of(options.mine, metric)
    except my_number.NoNumberError as error:
        raise UsageError(_("{text} is no number.").format(text=options.mine)) from error
    settings = district.load(options.home)
    period = Period(grain, options.period, *days)
    explained = my_number.explained(data, settings, question, period, mine)
    printed = document.of(data, settings, explained, period)
    if options.json:
        print_json(printed)
    else:
        print_table([*printed["exact"], *printed["open"], *printed["others"]])
    return DONE


def _two_periods(options: argparse.Namespace, data: Any) -> Any:
    """The periods asked for, of one grain; the one before where only one is named."""
    from lingti.judging import periods
    from lingti.warehouse import ask

    try:
        grain = ask.grain_of(options.period)
        if options.before and ask.grain_of(options.before) != grain:
            raise UsageError(_("Give two periods of the same length."))
    except ask.QuestionError as error:
        raise UsageError(str(error)) from error
    if options.published and grain not in ("month", "quarter", "year"):
        raise UsageError(_("Published values are of months, quarters and years only."))
    known = {period.id: period for period in periods.periods_of(data)[grain]}
    for name in (options.period, options.before):
        if name and name not in known:
            raise UsageError(_("There is no period {name!r}.").format(name=name))
    after = known[options.period]
    earlier = periods.period_before(after, list(known.values()))
    before = known[options.before] if options.before else earlier
    if before is None:
        raise UsageError(_("There is no period of the same length before this one."))
    return before, after


def _rows(options: argparse.Namespace) -> int:
    from lingti.access import audit
    from lingti.warehouse import ask

    if options.edition:
        raise UsageError(_("Editions hold no rows."))
    data, question = _question(options)
    try:
        rows = ask.rows(data, question)
    except ask.QuestionError as error:
        raise UsageError(str(error)) from error
    of = options.period or (question.span and "/".join(map(str, question.span)))
    audit.note(options.home, "rows", metric=options.metric, place=options.community, of=of)
    show(options, rows)
    return DONE


def _findings(options: argparse.Namespace) -> int:
    from lingti import warehouse

    everything = dict.fromkeys(("communities", "rule", "first", "last", "most"))
    data = warehouse.current(options.home)
    rows = data.rows(data.catalog.views["findings"], **everything)
    checks = data.catalog.checks
    for row in rows:
        check = checks[row["check"]]
        row |= {
            "title": check.title.pick(),
            "advice": check.advice.pick(),
            "severity": check.severity,
        }
    show(options, rows)
    return DONE
