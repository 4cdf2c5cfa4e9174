"""Documents for scripts and schedulers: `brief`."""

from __future__ import annotations

import argparse
from pathlib import Path

from lingti import language
from lingti.commands.printing import DONE, REFUSED, Command, UsageError, say
from lingti.language import gettext as _


def register(command: Command) -> None:
    """Declares the command."""
    parser = command("brief", _brief, _("write briefings, slides and workbooks"), as_json=False)
    parser.add_argument("--community", metavar="C", help=_("without it, the district's"))
    parser.add_argument("--period", metavar="P", required=True, help="2024-06, 2024-Q2, 2024")
    parser.add_argument("--format", metavar="docx|pptx|xlsx|html")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE")
    parser.add_argument("--all", action="store_true", help=_("of every community and the district"))
    parser.add_argument("--out", type=Path, metavar="DIR", help=_("with --all: where to"))
    parser.add_argument("--language", choices=language.LANGUAGES)
    parser.add_argument("--ratio", metavar="16:9|4:3", default="16:9", help=_("of the slides"))
    parser.add_argument(
        "--metric", action="append", default=[], metavar="M", help=_("of the slides")
    )
    parser.add_argument("--edition", metavar="P[/N]", help=_("the documents kept with an edition"))
    parser.add_argument(
        "--published", action="store_true", help=_("leave out small counts of people")
    )


def _brief(options: argparse.Namespace) -> int:
    from lingti import report
    from lingti.access import audit

    _refuse_muddle(options)
    try:
        if options.all:
            _write_all(options)
        else:
            _write_one(options)
        audit.note(options.home, "export", file=(options.output or options.out).name)
    except report.ReportError as error:
        raise UsageError(str(error)) from error
    except report.TemplateError as error:
        say(str(error))
        return REFUSED
    except OSError as error:
        say(_("{path} cannot be written: {why}").format(path=error.filename, why=error.strerror))
        return REFUSED
    return DONE


def _refuse_muddle(options: argparse.Namespace) -> None:
    if options.all and options.edition:
        raise UsageError(_("Of an edition documents are written one by one."))
    if options.all and (options.out is None or options.community or options.output):
        raise UsageError(_("--all takes --out DIR and neither --community nor -o."))
    if not options.all and (options.format is None or options.output is None):
        raise UsageError(_("Say --format and -o FILE, or --all and --out DIR."))


def _write_one(options: argparse.Namespace) -> None:
    from lingti import clock, report
    from lingti.ingest.layout.written_periods import period_id

    options.period = period_id(options.period, clock.today())
    data = (
        _kept(options)
        if options.edition
        else report.render(
            options.home,
            options.community,
            options.period,
            options.format,
            _spoken(options),
            published=options.published,
            ratio=options.ratio,
            metrics=options.metric,
        )
    )
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_bytes(data)


def _spoken(options: argparse.Namespace) -> str:
    """The language asked for, else that of the district."""
    from lingti import district

    return options.language or district.load(options.home).language


def _kept(options: argparse.Namespace) -> bytes:
    """The bytes kept with an edition."""
    from lingti.editions import keeping
    from lingti.upkeep import finalising

    try:
        edition = keeping.find(options.home, options.edition)
        spoken = options.language or edition.language
        if options.metric or options.ratio != "16:9" or spoken != edition.language:
            template = _("The edition {edition} keeps documents in {language}, 16:9, as they were.")
            sentence = template.format(edition=edition.name, language=edition.language)
            raise keeping.NoEditionError(sentence)
        reader = finalising.VIEWER if options.published else finalising.OFFICIAL
        return finalising.document(
            options.home, edition, reader, options.period, options.community, options.format
        )
    except keeping.NoEditionError as error:
        raise UsageError(str(error)) from error


def _write_all(options: argparse.Namespace) -> None:
    from lingti import clock, report
    from lingti.ingest.layout.written_periods import period_id

    options.period = period_id(options.period, clock.today())
    report.render_all(
        options.home,
        options.period,
        options.out,
        lambda what, share: say(f"{share:4.0%}  {what}"),
        endings=(options.format,) if options.format else report.FORMATS,
        wish=report.Wish(_spoken(options), options.ratio, tuple(options.metric)),
        published=options.published,
    )
