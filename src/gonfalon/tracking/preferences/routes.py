"""The recipients' pages over HTTP. GET shows, only POST changes; no cookie, no sign-in, no script."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gonfalon.kit.secrets import SecretBox
from gonfalon.kit.services import Services
from gonfalon.people.consent.model import ConsentSource
from gonfalon.tracking.links.routes import anything_else, note_page, nothing_here
from gonfalon.tracking.links.tokens import Claim, Keys, Purpose, verify
from gonfalon.tracking.preferences import actions, pages
from gonfalon.tracking.preferences.words import pick_language

router = APIRouter()
_MOST_FIELDS = 500


def _claim(request: Request) -> tuple[Services, Claim | None]:
    services: Services = request.app.state.services
    secrets: SecretBox = services.secrets
    return services, verify(Keys.from_secrets(secrets), Purpose.preferences, request.path_params["token"])


def _language(request: Request, workspace_language: str) -> str:
    return pick_language(request.headers.get("accept-language", ""), workspace_language)


def _ip(request: Request) -> str:
    return request.client.host if request.client else ""


def _html(body: str) -> Response:
    return HTMLResponse(body, 200, pages.page_headers())


async def _form(request: Request) -> FormData:
    """Multipart or urlencoded; a body that is neither counts as empty, for leaving must not fail on its form."""
    try:
        return await request.form(max_files=0, max_fields=_MOST_FIELDS)
    except Exception:
        return FormData()


async def unsubscribe(request: Request) -> Response:
    """Ask by GET; POST is the RFC 8058 one-click of mail programs and the button of the page."""
    services, claim = _claim(request)
    if claim is None:
        return nothing_here(request)
    everything = False
    if request.method == "POST":
        form = await _form(request)
        everything = form.get("scope") == "all"
        one_click = str(form.get("List-Unsubscribe", "")) == "One-Click"
        source = ConsentSource.ONE_CLICK if one_click or "scope" not in form else ConsentSource.PREFERENCE_PAGE
        reason = str(form.get("reason", ""))
        await actions.unsubscribe(services, claim, source, _ip(request), everything=everything, reason=reason)
    found = await actions.look(services, claim)
    if found is None:
        return nothing_here(request)
    place, person, topic = found
    language = _language(request, place.language)
    preferences = f"/p/{request.path_params['token']}"
    if claim.message == 0:
        return _html(pages.trial_page(language, place.name))
    about = topic[1] if topic and not everything else None
    address = (person.email or "") if person else ""
    if request.method != "POST":
        await note_page(request, claim)
    if request.method == "POST" or person is None:
        return _html(pages.unsubscribed_page(language, place.name, address, about, preferences))
    return _html(pages.unsubscribe_page(language, place.name, address, about, preferences))


async def preferences(request: Request) -> Response:
    """Show topics and channels by GET, save them by POST."""
    services, claim = _claim(request)
    if claim is None:
        return nothing_here(request)
    saved = request.method == "POST"
    language = _language(request, "")
    found = await actions.look(services, claim)
    if found is None:
        return nothing_here(request)
    language = _language(request, found[0].language)
    if saved:
        form = await _form(request)
        wanted = {pair for value in form.getlist("on") if (pair := _pair(str(value))) is not None}
        # A form that shows an earlier answer and brings none back takes it back.
        silent = False if form.get("asked") == "measure" else None
        measured = {"yes": True, "no": False}.get(str(form.get("measure")), silent)
        choice = actions.Choice(frozenset(wanted), measured, form.get("all") == "off")
        await actions.choose(services, claim, choice, language, _ip(request))
        found = await actions.look(services, claim)
        if found is None:
            return nothing_here(request)
    place, person, _ = found
    if claim.message == 0:
        return _html(pages.trial_page(language, place.name))
    if person is None:
        return nothing_here(request)
    address = person.email or person.phone or ""
    page = pages.preferences_page(
        language,
        place.name,
        address,
        person.consents,
        said=person.tracking,
        measures=place.measures(person.tracking),
        saved=saved,
    )
    return _html(page)


def _pair(value: str) -> tuple[int, str] | None:
    topic, _, channel = value.partition(":")
    return (int(topic), channel) if topic.isascii() and topic.isdigit() and len(topic) < 10 else None


router.add_route("/u/{token}", unsubscribe, methods=["GET", "HEAD", "POST"], include_in_schema=False)
router.add_route("/p/{token}", preferences, methods=["GET", "HEAD", "POST"], include_in_schema=False)
for _path in ("/u/{rest:path}", "/p/{rest:path}"):
    router.add_route(_path, anything_else, methods=["GET", "HEAD", "POST"], include_in_schema=False)
