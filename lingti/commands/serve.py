"""`lingti demo` and `lingti serve`."""

from __future__ import annotations

import argparse

from lingti.commands.printing import DONE, Command, say
from lingti.language import gettext as _


def register(command: Command) -> None:
    """Declares the commands."""
    parser = command("demo", _demo, _("build the sample district and serve it"), as_json=False)
    parser.add_argument("--no-serve", action="store_true")
    _add_serving(parser)
    _add_serving(command("serve", _serve, _("serve the dashboard"), as_json=False))


def _add_serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8501)


def _demo(options: argparse.Namespace) -> int:
    from lingti.upkeep import demo

    demo.build(options.home)
    say(_("The sample district is ready in {home}.").format(home=options.home))
    return DONE if options.no_serve else _serve(options)


def _serve(options: argparse.Namespace) -> int:
    from lingti import district
    from lingti.district import settings
    from lingti.web import open_id, server  # only now: it takes a second to import

    if settings.are_there(options.home):
        district.load(options.home)
    elif not open_id.is_loopback(options.host) or open_id.settings(options.home) is not None:
        from lingti.upkeep import setting_up

        code = setting_up.new_code(options.home)
        say(
            _("Nothing is set up here yet. Who may do it signs in with this code: {code}").format(
                code=code
            )
        )

    url = f"http://{options.host}:{options.port}"
    try:
        server.serve(
            options.home,
            options.host,
            options.port,
            ready=lambda: say(_("Open {url}").format(url=url)),
        )
    except KeyboardInterrupt:
        return DONE
    return DONE
