"""What content brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import Held
from gonfalon.content.assets import routes as assets_routes
from gonfalon.content.brand import routes as brand_routes
from gonfalon.content.rows import routes as rows_routes
from gonfalon.content.tables import templates
from gonfalon.content.templates import routes as templates_routes
from gonfalon.kit.room import Room
from gonfalon.teamwork.model import ThingKind
from gonfalon.teamwork.store import finder_in

ROOM = Room(
    "content",
    api=(templates_routes.router, assets_routes.router, brand_routes.router, rows_routes.router),
    public=(assets_routes.public,),
    offers=(finder_in(ThingKind.TEMPLATE, templates, Permission.CONTENT_READ, campaign=None, held=Held.TEMPLATE),),
)
