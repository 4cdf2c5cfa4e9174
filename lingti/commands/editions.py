"""What is reported: `submit`, `accept`, `return`, `finalise`, `edition`, `revisions`, `digest`."""

from __future__ import annotations

import argparse
from typing import Any

from lingti.commands.printing import (
    DONE,
    REFUSED,
    Command,
    UsageError,
    known_names,
    print_json,
    say,
    show,
    write,
)
from lingti.language import gettext as _


def register(command: Command) -> None:
    """Declares the commands."""
    for name, what in (
        ("submit", _("declare a month of a community complete")),
        ("accept", _("accept what was submitted")),
        ("return", _("return what was submitted, with a remark")),
    ):
        parser = command(name, _step, what)
        parser.add_argument("--community", metavar="C", required=True)
        parser.add_argument("--period", metavar="P", required=True)
        parser.add_argument("--remark", action="append", default=[], metavar="TEXT")
        parser.add_argument("--on", action="append", default=[], metavar="METRIC|FINDING")
        if name == "submit":
            parser.add_argument(
                "--take-back", action="store_true", help=_("as long as it is not accepted")
            )
    parser = command("finalise", _finalise, _("make an edition of a month"))
    parser.add_argument("--period", metavar="P", required=True)
    parser.add_argument("--without", action="append", default=[], metavar="C")
    parser.add_argument("--reason", action="append", default=[], metavar="TEXT")
    parser = command("edition", _edition, _("list the editions, or tell of one"))
    parser.add_argument("edition", nargs="?", metavar="P[/N]")
    parser = command("revisions", _revisions, _("list what changed since it was finalised"))
    parser.add_argument("edition", nargs="?", metavar="P[/N]")
    parser.add_argument("--published", action="store_true")
    what = _("tell what is late, returned, overdue, worsening, revised and asked")
    parser = command("digest", _digest, what)
    parser.add_argument("--send", action="store_true", help=_("to the group robot, now"))


def _digest(options: argparse.Namespace) -> int:
    from lingti.upkeep.digest import digest

    if options.send:
        return _send(options)
    document = digest(options.home)
    if options.json:
        print_json(document)
    else:
        show(options, [{**dict.fromkeys(("table",)), **item} for item in document["items"]])
    return DONE


def _send(options: argparse.Namespace) -> int:
    """Sends the digest by the robot that the home names, whether it is due or not."""
    from lingti.home import HomeError
    from lingti.upkeep import robot

    settings = robot.settings(options.home)
    if settings is None:
        raise HomeError(_("There is no {file} in the home.").format(file=robot.FILE))
    try:
        count = robot.send(options.home, settings)
    except robot.NotSentError as error:
        say(_("It was not sent: {why}").format(why=error))
        if options.json:
            print_json({"to": settings.kind, "sent": False, "why": str(error)})
        return REFUSED
    if options.json:
        print_json({"to": settings.kind, "sent": bool(count), "items": count})
    else:
        write(_("Sent, with {count} items.").format(count=count) if count else _("Nothing to say."))
    return DONE


def _month(options: argparse.Namespace) -> Any:
    """The month asked for; wrong usage where the data have none of that name."""
    from lingti import clock, warehouse
    from lingti.editions import submissions
    from lingti.ingest.layout.written_periods import period_id

    asked = period_id(options.period, clock.today())
    month = submissions.month_of(warehouse.current(options.home), asked)
    if month is None:
        raise UsageError(_("There is no month {name!r}.").format(name=asked))
    return month


def _step(options: argparse.Namespace) -> int:
    from lingti import district
    from lingti.access import audit
    from lingti.editions import submissions

    settings = district.load(options.home)
    options.source = None
    known_names(settings, options)
    month = _month(options)
    act = "take_back" if getattr(options, "take_back", False) else options.command
    remarks = _remarks(options, settings)
    if act == submissions.RETURN and not remarks:
        raise UsageError(_("Say why it is returned (--remark)."))
    by = audit.account()
    if act == submissions.ACCEPT:
        now = submissions.standing(options.home, options.community, month)
        act = submissions.next_acceptance(now)
    try:
        standing = submissions.take(
            options.home, act, options.community, month, remarks, by, today=settings.today
        )
    except submissions.WrongStateError as error:
        say(str(error))
        if options.json:
            print_json(error.standing.document())
        return REFUSED
    _print_standing(options, standing.document())
    return DONE


def _remarks(options: argparse.Namespace, settings: Any) -> list[Any]:
    """The remarks, each on what is named at its place by `--on`."""
    from lingti.editions.submissions import Remark

    known = settings.catalog
    for name in options.on:
        if name not in {*known.metrics, *known.checks, *known.tables, *settings.sources}:
            raise UsageError(
                _("There is no metric, rule, table or source {name!r}.").format(name=name)
            )
    if len(options.on) > len(options.remark):
        raise UsageError(_("Give a --remark for each --on."))
    named = [*options.on, *[""] * (len(options.remark) - len(options.on))]
    given = zip(options.remark, named, strict=True)
    return [Remark(text.strip(), on) for text, on in given if text.strip()]


def _print_standing(options: argparse.Namespace, document: dict[str, Any]) -> None:
    if options.json:
        print_json(document)
        return
    place = document["community"] or document["edition"]
    write("\t".join([place, *(str(document[one]) for one in ("period", "status", "by", "at"))]))
    for remark in document["remarks"]:
        write("\t".join(["", remark["act"], remark["on"] or "–", remark["text"], remark["by"]]))


def _finalise(options: argparse.Namespace) -> int:
    from lingti import district
    from lingti.access import audit
    from lingti.upkeep import finalising

    settings = district.load(options.home)
    month = _month(options)
    known = {community.id for community in settings.communities}
    for name in options.without:
        if name not in known:
            raise UsageError(_("There is no community {name!r}.").format(name=name))
    if len(options.reason) != len(options.without) or not all(map(str.strip, options.reason)):
        raise UsageError(_("Give a --reason for each --without."))
    without = dict(zip(options.without, options.reason, strict=True))
    standing = {"community": None, "period": month.id, "remarks": []}
    try:
        edition = finalising.finalise(
            options.home,
            month,
            audit.account(),
            without=without,
            progress=lambda what, share: say(f"{share:4.0%}  {what}"),
        )
    except finalising.NotFinalError as error:
        say(str(error))
        if options.json:
            nobody = {"by": None, "at": None, "blocking": error.blocking}
            print_json({**standing, "status": "open", **nobody, "edition": None})
        return REFUSED
    signed = {"status": "final", "by": edition.by, "at": edition.at, "blocking": []}
    _print_standing(options, {**standing, **signed, "edition": edition.name})
    return DONE


def _edition(options: argparse.Namespace) -> int:
    from lingti.editions import keeping

    if options.edition is None:
        show(options, [_document(edition) for edition in keeping.editions(options.home)])
        return DONE
    try:
        document = _document(keeping.find(options.home, options.edition), whole=True)
    except keeping.NoEditionError as error:
        raise UsageError(str(error)) from error
    if options.json:
        print_json(document)
    else:
        for name, value in document.items():
            write(f"{name}\t{value}")
    return DONE


def _document(edition: Any, *, whole: bool = False) -> dict[str, Any]:
    """An edition in short, or all that it says of itself."""
    from lingti.editions import keeping

    short = {
        "edition": edition.name,
        "period": edition.period,
        "number": edition.number,
        "at": edition.at,
        "by": edition.by,
        "program": edition.program,
        "communities": sorted(edition.communities),
        "without": dict(edition.without),
    }
    if not whole:
        return short
    return {
        **short,
        "communities": {name: dict(one) for name, one in edition.communities.items()},
        "periods": [
            {"grain": grain, "period": period, "first_day": first, "last_day": last}
            for grain, period, first, last in edition.periods
        ],
        "batches": sorted(map(int, edition.batches)),
        "metrics": {name: version for name, (version, _hash) in edition.metrics.items()},
        "findings": [dict(finding) for finding in edition.findings],
        "documents": keeping.documents(edition),
    }


def _counted(grains: list[str]) -> str:
    """How many of the numbers are of which kinds of periods."""
    from lingti.editions import contents

    stored = sum(grain in contents.STORED for grain in grains)
    sentence = _(
        "{count} numbers differ: {stored} of months, quarters and years, as the page counts them, "
        "{rest} of half-years, the year to date and the programme to date."
    )
    return sentence.format(count=len(grains), stored=stored, rest=len(grains) - stored)


def _revisions(options: argparse.Namespace) -> int:
    from lingti import warehouse
    from lingti.access import roles
    from lingti.editions import keeping, revisions

    reader = roles.PUBLISHED if options.published else roles.EVERYTHING
    data = warehouse.current(options.home, reader)
    try:
        if options.edition is None:
            revised = revisions.of_home(options.home, data)
        else:
            edition = keeping.find(options.home, options.edition)
            revised = revisions.of_edition(options.home, edition, data)
    except keeping.NoEditionError as error:
        raise UsageError(str(error)) from error
    documents = [revision.document() for revision in revised]
    if options.json:
        print_json(documents)
        return DONE
    say(_counted([document["grain"] for document in documents]))
    show(options, [{**document, "causes": len(document["causes"])} for document in documents])
    return DONE
