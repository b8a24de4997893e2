"""What email brings to the processes: the channel, its settings and its senders."""

from __future__ import annotations

from sqlalchemy import func

from gonfalon.accounts.offers import Forgets
from gonfalon.channels.email import actions, routes
from gonfalon.channels.email.check import check_email
from gonfalon.channels.email.domains import routes as domains_routes
from gonfalon.channels.email.mailing import prepare_mailing
from gonfalon.channels.email.provider import load_provider
from gonfalon.channels.email.providers.fetching import fetcher_resource
from gonfalon.channels.email.relays import routes as relays_routes
from gonfalon.channels.email.returns import routes as returns_routes
from gonfalon.channels.email.returns.store import hears_back
from gonfalon.channels.email.tables import sender_identities
from gonfalon.channels.offers import Channel, Limits, Senders
from gonfalon.content.templates.actions import check_source
from gonfalon.kit.room import Room
from gonfalon.people.addresses import EMAIL_ADDRESS

_FROM = sender_identities.c.from_name + " <" + sender_identities.c.from_address + ">"
_REPLY = func.coalesce(", " + func.nullif(sender_identities.c.reply_to, ""), "")

EMAIL = Channel(
    "email",
    EMAIL_ADDRESS,
    provider=load_provider,
    compose=prepare_mailing,
    inspect=check_source,
    asks=frozenset({"unsubscribe_missing", "html_large"}),
    check=check_email,
    senders=Senders(
        sender_identities,
        label=_FROM,
        description=_FROM + _REPLY,
        frozen=func.jsonb_build_object(
            "name", sender_identities.c.from_name,
            "address", sender_identities.c.from_address,
            "reply_to", sender_identities.c.reply_to,
        ),
    ),
    limits=Limits(quiet=(21, 8)),
    hears_back=hears_back,
)  # fmt: skip

ROOM = Room(
    "email",
    api=(routes.router, relays_routes.router, returns_routes.router, domains_routes.router),
    public=(returns_routes.public,),
    resources=(fetcher_resource,),
    jobs=("gonfalon.channels.email.returns.jobs",),
    offers=(EMAIL, Forgets(actions.forget)),
)
