"""What people brings to the processes."""

from __future__ import annotations

from gonfalon.accounts.offers import NewWorkspace
from gonfalon.kit.room import Room
from gonfalon.people.addresses import PHONE_NUMBER
from gonfalon.people.attributes import actions as attributes
from gonfalon.people.attributes import routes as attributes_routes
from gonfalon.people.companies import routes as companies_routes
from gonfalon.people.consent import actions as consent
from gonfalon.people.consent import routes as consent_routes
from gonfalon.people.directory import routes as directory_routes
from gonfalon.people.duplicates import routes as duplicates_routes
from gonfalon.people.holdings import HOLDINGS
from gonfalon.people.imports import routes as imports_routes
from gonfalon.people.merging import routes as merging_routes
from gonfalon.people.model import Channel
from gonfalon.people.offers import Addressed
from gonfalon.people.privacy import routes as privacy_routes
from gonfalon.people.profiles import routes as profiles_routes
from gonfalon.people.standings import routes as standings_routes
from gonfalon.people.traits import routes as traits_routes

ROOM = Room(
    "people",
    api=(
        consent_routes.router,
        standings_routes.router,
        companies_routes.router,
        attributes_routes.router,
        traits_routes.router,
        imports_routes.router,
        directory_routes.router,
        duplicates_routes.router,
        merging_routes.router,
        profiles_routes.router,
        privacy_routes.router,
    ),
    jobs=("gonfalon.people.consent.jobs", "gonfalon.people.duplicates.jobs", "gonfalon.people.imports.jobs"),
    offers=(
        NewWorkspace(consent.new_workspace),
        NewWorkspace(attributes.new_workspace),
        Addressed(Channel.SMS.value, PHONE_NUMBER),  # people agree to text messages; nothing sends them yet
        *HOLDINGS,
    ),
)
