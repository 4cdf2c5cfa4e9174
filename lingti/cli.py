"""The command line. JSON goes to standard output, messages to standard error."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lingti import language
from lingti.commands import keeping
from lingti.commands.common import DONE, REFUSED, WRONG_USAGE, UsageError
from lingti.language import gettext as _


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and exits with 0 (done), 1 (refused) or 2 (wrong usage)."""
    _use_utf8()
    language.use(language.from_locale(os.environ.get("LINGTI_LANGUAGE") or os.environ.get("LANG")))
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        sys.exit(options.run(options))
    except UsageError as error:
        _say(str(error))
        sys.exit(WRONG_USAGE)
    except _refusals() as error:
        _say(str(error))
        sys.exit(REFUSED)


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


def _refusals() -> tuple[type[Exception], ...]:
    from lingti.demo import DemoError
    from lingti.district import SettingsError
    from lingti.home import HomeError
    from lingti.ingest.batch import BatchError
    from lingti.ingest.coverage import CoverageError
    from lingti.ingest.privacy import KeyMissingError
    from lingti.warehouse import NoWarehouseError

    return (
        DemoError,
        SettingsError,
        HomeError,
        BatchError,
        CoverageError,
        KeyMissingError,
        NoWarehouseError,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lingti", description=_("How a district's communities do.")
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Any, what: str, *, as_json: bool = True) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=what, description=what)
        home = os.environ.get("LINGTI_HOME", "./home")
        found.add_argument("--home", type=Path, default=Path(home), metavar="DIR")
        if as_json:
            found.add_argument("--json", action="store_true", help=_("print one JSON document"))
        found.set_defaults(run=run)
        return found

    one = command("demo", _demo, _("build the sample district and serve it"), as_json=False)
    one.add_argument("--no-serve", action="store_true")
    _add_serving(one)
    _add_serving(command("serve", _serve, _("serve the dashboard"), as_json=False))
    one = command("inspect", _inspect, _("show what the reader sees in a file"))
    one.add_argument("file", type=Path)
    _add_importing(command("check", _check, _("say what an import would do; nothing is written")))
    one = command("import", _import, _("import export files"))
    _add_importing(one)
    one.add_argument("--allow-removal", action="store_true")
    one.add_argument("--nil", action="store_true", help=_("file a nil return"))
    command("batches", _batches, _("list the batches"))
    for name, what in (("undo", _("withdraw a batch")), ("redo", _("put a batch back"))):
        command(name, _undo_redo, what, as_json=False).add_argument("batch", type=int)
    command("build", _build, _("rebuild the warehouse"), as_json=False)
    command("metrics", _metrics, _("list the definitions of the metrics"))
    _add_question(command("metric", _metric, _("print the values of a metric")))
    _add_question(command("rows", _rows, _("print the rows behind a metric")))
    command("findings", _findings, _("list what breaks a rule"))
    keeping.register(command)
    return parser


def _add_serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8501)


def _add_importing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--community", metavar="C")
    parser.add_argument("--source", metavar="S")
    parser.add_argument("--covers", metavar="X", help="2024-06, 2024-Q2, 2024-06-01/2024-06-10")


def _add_question(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("metric")
    parser.add_argument("--community", metavar="C")
    parser.add_argument("--grain", choices=("week", "month", "quarter", "year", "programme"))
    parser.add_argument("--period", metavar="P")
    parser.add_argument("--from", dest="first", type=_day, metavar="D")
    parser.add_argument("--to", dest="last", type=_day, metavar="D")
    parser.add_argument("--by", metavar="DIM")
    parser.add_argument("--member", action="append", default=[], metavar="M")
    parser.add_argument("--published", action="store_true")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: 2024-06-10") from error


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _print_json(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def _print_table(rows: list[dict[str, Any]]) -> None:
    """Rows as tab-separated text, for people and for pipes."""
    if rows:
        print("\t".join(rows[0]))
    for row in rows:
        print("\t".join("" if value is None else str(value) for value in row.values()))


def _show(options: argparse.Namespace, rows: list[dict[str, Any]]) -> None:
    if options.json:
        _print_json(rows)
    else:
        _print_table(rows)


def _demo(options: argparse.Namespace) -> int:
    from lingti import demo

    demo.build(options.home)
    _say(_("The sample district is ready in {home}.").format(home=options.home))
    return DONE if options.no_serve else _serve(options)


def _serve(options: argparse.Namespace) -> int:
    from lingti import district

    district.load(options.home)
    if options.host not in ("127.0.0.1", "localhost", "::1"):
        _say(_("Serving to other machines needs sign-in, which is not set up. Use 127.0.0.1 here."))
        return REFUSED
    from lingti import server  # only now: it takes a second to import

    url = f"http://{options.host}:{options.port}"
    try:
        server.serve(
            options.home,
            options.host,
            options.port,
            ready=lambda: _say(_("Open {url}").format(url=url)),
        )
    except KeyboardInterrupt:
        return DONE
    return DONE


def _inspect(options: argparse.Namespace) -> int:
    from lingti.ingest.read import Refused, inspect

    try:
        document = inspect(_read_bytes(options.file), options.file.name)
    except Refused as refusal:
        _say(str(refusal))
        if options.json:
            _print_json({"refused": refusal.as_json()})
        return REFUSED
    _print_json(document)
    return DONE


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            _("{path} cannot be opened: {why}").format(path=path, why=error.strerror)
        ) from error


def _request(options: argparse.Namespace) -> Any:
    from lingti import district
    from lingti.ingest.imports import Request

    settings = district.load(options.home)
    if not options.files:
        raise UsageError(_("Name at least one file."))
    if options.community is None:
        raise UsageError(_("Say whose files these are (--community)."))
    _known_names(settings, options)
    files = tuple((path.name, _read_bytes(path)) for path in options.files)
    allow = getattr(options, "allow_removal", False)
    return settings, Request(options.community, files, options.source, options.covers, allow)


def _known_names(settings: Any, options: argparse.Namespace) -> None:
    from lingti.district import SettingsError

    try:
        if options.community is not None:
            settings.community(options.community)
        if options.source is not None:
            source = settings.source(options.source)
            if options.community not in (None, source.community):
                raise UsageError(
                    _("The source {source} is one of {community}.").format(
                        source=source.id, community=source.community
                    )
                )
    except SettingsError as error:
        raise UsageError(str(error)) from error


def _check(options: argparse.Namespace) -> int:
    from lingti.ingest import imports

    settings, request = _request(options)
    return _report(options, imports.dry_run(settings, request))


def _import(options: argparse.Namespace) -> int:
    from lingti import warehouse
    from lingti.ingest import imports

    if options.nil:
        return _import_nil(options)
    settings, request = _request(options)
    outcomes = imports.run(settings, request)
    if any(one.plan is not None and one.plan.batch is not None for one in outcomes):
        warehouse.rebuild(options.home)
    return _report(options, outcomes)


def _import_nil(options: argparse.Namespace) -> int:
    from lingti import district, warehouse
    from lingti.ingest import imports

    settings = district.load(options.home)
    if options.files or options.source is None or options.covers is None:
        raise UsageError(_("A nil return takes --source and --covers and no file."))
    _known_names(settings, options)
    source = settings.source(options.source)
    outcome = imports.file_nil(settings, source, options.covers, None, options.allow_removal)
    if outcome.plan is not None and outcome.plan.batch is not None:
        warehouse.rebuild(options.home)
    return _report(options, [outcome])


def _report(options: argparse.Namespace, outcomes: list[Any]) -> int:
    documents = [document for one in outcomes for document in one.as_json()]
    for one in outcomes:
        if one.refused is not None:
            _say(": ".join([*one.names[:3], str(one.refused)]))
    if options.json:
        _print_json(documents)
    else:
        for document in documents:
            _print_table([{k: v for k, v in document.items() if not isinstance(v, dict | list)}])
    return REFUSED if any(one.refused is not None for one in outcomes) else DONE


def _batches(options: argparse.Namespace) -> int:
    from lingti.ingest import batch as batches
    from lingti.ingest import coverage

    documents = [
        {
            "batch": one.batch,
            "state": state,
            "source": one.source,
            "community": one.community,
            "covers": coverage.write(one.covers),
            "files": [file.name for file in one.files],
            "imported_at": one.imported_at,
            "imported_by": one.imported_by,
            **one.counts,
        }
        for state in ("standing", "withdrawn")
        for one in batches.manifests(options.home, withdrawn=state == "withdrawn")
    ]
    _show(options, sorted(documents, key=lambda one: one["batch"]))
    return DONE


def _undo_redo(options: argparse.Namespace) -> int:
    from lingti import district, warehouse
    from lingti.ingest import batch as batches

    district.load(options.home)
    with batches.writing(options.home):
        move = batches.undo if options.command == "undo" else batches.redo
        move(options.home, options.batch)
    warehouse.rebuild(options.home)
    return DONE


def _build(options: argparse.Namespace) -> int:
    from lingti import warehouse

    path = warehouse.rebuild(options.home)
    _say(_("Built {name}.").format(name=path.name))
    return DONE


def _metrics(options: argparse.Namespace) -> int:
    from lingti import catalog

    documents = [
        {
            "metric": one.name,
            "title": {"zh": one.title.zh, "en": one.title.en},
            "definition": {"zh": one.definition.zh, "en": one.definition.en},
            "unit": {"zh": one.unit.zh, "en": one.unit.en},
            "better": one.better,
            "version": one.version,
            "window": one.window,
            "dimensions": list(one.dimensions),
            "tables": list(one.tables),
            "sql": one.sql,
        }
        for one in catalog.metrics().values()
    ]
    if options.json:
        _print_json(documents)
    else:
        _print_table(
            [{"metric": m.name, "title": m.title.pick()} for m in catalog.metrics().values()]
        )
    return DONE


def _question(options: argparse.Namespace) -> Any:
    from lingti import catalog, warehouse
    from lingti.warehouse import ask

    found = warehouse.current(options.home)
    if options.metric not in catalog.metrics():
        raise UsageError(_("There is no metric {name!r}.").format(name=options.metric))
    places = [row["community"] for row in found.rows("select community from communities")]
    if options.community not in (None, catalog.DISTRICT, *places):
        raise UsageError(_("There is no community {name!r}.").format(name=options.community))
    span = None
    if options.first or options.last:
        if options.grain or options.period:
            raise UsageError(_("Give a period, or --from and --to."))
        ((first, last),) = (
            tuple(row.values())
            for row in found.rows(
                "select first_day, last_day from periods where grain = 'programme'"
            )
        )
        span = (options.first or first, options.last or last)
    return found, ask.Question(
        catalog.metrics()[options.metric],
        options.community,
        options.grain,
        options.period,
        span,
        options.by,
        tuple(options.member),
        options.published,
    )


def _metric(options: argparse.Namespace) -> int:
    from lingti.warehouse import ask

    found, question = _question(options)
    try:
        _show(options, ask.values(found, question))
    except ask.QuestionError as error:
        raise UsageError(str(error)) from error
    return DONE


def _rows(options: argparse.Namespace) -> int:
    from lingti.warehouse import ask

    found, question = _question(options)
    try:
        _show(options, ask.rows(found, question))
    except ask.QuestionError as error:
        raise UsageError(str(error)) from error
    return DONE


def _findings(options: argparse.Namespace) -> int:
    from lingti import catalog, warehouse

    rows = warehouse.current(options.home).rows(catalog.view("findings"))
    checks = catalog.checks()
    for row in rows:
        check = checks[row["check"]]
        row |= {
            "title": check.title.pick(),
            "advice": check.advice.pick(),
            "severity": check.severity,
        }
    _show(options, rows)
    return DONE


if __name__ == "__main__":
    main()
