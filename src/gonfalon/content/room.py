"""What content brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.model import Permission
from gonfalon.accounts.offers import Held
from gonfalon.content.assets import routes as assets_routes
from gonfalon.content.brand import routes as brand_routes
from gonfalon.content.review import routes as review_routes
from gonfalon.content.review.links import routes as links_routes
from gonfalon.content.review.remarks import routes as remarks_routes
from gonfalon.content.review.tables import reviews
from gonfalon.content.rows import routes as rows_routes
from gonfalon.content.tables import assets, templates
from gonfalon.content.templates import routes as templates_routes
from gonfalon.kit.room import Room
from gonfalon.teamwork.model import ThingKind
from gonfalon.teamwork.store import finder_in

ROOM = Room(
    "content",
    api=(
        templates_routes.router,
        assets_routes.router,
        brand_routes.router,
        rows_routes.router,
        review_routes.router,
        remarks_routes.router,
        links_routes.router,
    ),
    public=(assets_routes.public, links_routes.public),
    jobs=("gonfalon.content.review.jobs",),
    offers=(
        finder_in(ThingKind.TEMPLATE, templates, Permission.CONTENT_READ, campaign=None, held=Held.TEMPLATE),
        finder_in(ThingKind.ASSET, assets, Permission.SETTINGS_READ, campaign=None),
        finder_in(ThingKind.REVIEW, reviews, Permission.SETTINGS_READ, title="title", campaign=None),
    ),
)
