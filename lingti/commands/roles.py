"""Who may come in: `role list`, `role set`, `role remove`, and `role sign-out`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from lingti.commands.printing import DONE, REFUSED, Command, UsageError, say, show
from lingti.language import gettext as _

if TYPE_CHECKING:
    from lingti.district import District


def register(command: Command) -> None:
    """Declares the command."""
    parser = command("role", _role, _("give, list and take roles"))
    parser.add_argument("act", choices=("list", "set", "remove", "sign-out"))
    parser.add_argument("issuer", nargs="?", default="")
    parser.add_argument("subject", nargs="?", default="")
    parser.add_argument("--role", choices=("official", "subdistrict", "secretary", "viewer"))
    parser.add_argument("--community", action="append", default=[], metavar="C")
    parser.add_argument("--subdistrict", default="", metavar="S")
    parser.add_argument("--name", default="")


def _role(options: argparse.Namespace) -> int:
    from lingti import district
    from lingti.access import audit, roles
    from lingti.web import sessions

    settings = district.load(options.home)
    if options.act == "list":
        return _list(options)
    if not options.issuer or not options.subject:
        raise UsageError(_("Name the issuer and the subject, as the sign-in page shows them."))
    if options.act == "sign-out":
        sessions.end_all(options.home, options.issuer, options.subject, audit.account())
        return DONE
    if options.act == "remove":
        done = roles.revoke(options.home, options.issuer, options.subject, audit.account())
        if not done:
            say(_("There is no such role."))
        return DONE if done else REFUSED
    return _set(options, settings)


def _list(options: argparse.Namespace) -> int:
    from lingti.access import roles

    people = roles.everybody(options.home)
    for person in people:
        if files := roles.barred_by(options.home, person.issuer, person.subject):
            sentence = _(
                "{who} is kept out, as {files} cannot be read: the role may be taken away."
            )
            named = ", ".join(f"entries/{name}" for name in files)
            say(sentence.format(who=person.subject, files=named))
    show(
        options,
        [
            {
                "issuer": person.issuer,
                "subject": person.subject,
                "name": person.name,
                "role": person.role,
                "communities": ", ".join(person.communities),
                "subdistrict": person.subdistrict,
            }
            for person in people
        ],
    )
    return DONE


def _set(options: argparse.Namespace, settings: District) -> int:
    from lingti.access import audit, roles
    from lingti.district import persons

    unknown = set(options.community) - {community.id for community in settings.communities}
    if unknown:
        raise UsageError(_("There is no community {name!r}.").format(name=min(unknown)))
    known = persons.subdistricts(settings.communities)
    if options.subdistrict and options.subdistrict not in known:
        sentence = _("No community is of the subdistrict {name!r}. Known: {known}.")
        raise UsageError(sentence.format(name=options.subdistrict, known=", ".join(known) or "–"))
    person = roles.Person(
        *(options.issuer, options.subject, options.name, options.role or ""),
        tuple(options.community),
        options.subdistrict,
    )
    try:
        roles.grant(options.home, person, audit.account())
    except ValueError as error:
        raise UsageError(
            _(
                "Say which --role; a secretary has one --community or more, a subdistrict its"
                " --subdistrict, nobody else has either."
            )
        ) from error
    return DONE
