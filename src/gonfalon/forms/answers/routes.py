"""Forms as visitors meet them: GET shows, only POST changes; no cookie, no sign-in."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Callable
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from gonfalon.forms.answers import actions, pages
from gonfalon.forms.answers.model import Door, Outcome, Result, Shown, Visit
from gonfalon.forms.answers.pages import View
from gonfalon.forms.words import say
from gonfalon.kit.bodies import accepts
from gonfalon.kit.errors import TooMany
from gonfalon.kit.services import Services
from gonfalon.tracking.preferences.words import pick_language

public = APIRouter()
_OURS = frozenset({"key", "challenge", "proof", "page", "anonymous_id", "embed", pages.TRAP})
_MOST_FIELDS = 2_000
_KINDS = {"css": "text/css", "js": "text/javascript"}


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


def _html(body: str, shown: Shown | None, *, status: int = 200, embedded: bool = False) -> Response:
    style = "'self'"
    if shown is not None and shown.definition.accent:
        style += f" 'sha256-{_sha(pages.accent_style(shown.definition.accent))}'"
    frames = pages.frame_sources(shown.definition.sites) if shown is not None and embedded else "'none'"
    return HTMLResponse(
        body,
        status,
        {
            "content-security-policy": (
                f"default-src 'none'; style-src {style}; script-src 'self'; form-action 'self'; base-uri 'none'; "
                f"frame-ancestors {frames}"
            ),
            "cache-control": "no-store, private",
            "referrer-policy": "strict-origin-when-cross-origin",
            "x-content-type-options": "nosniff",
        },
    )


def _sha(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _gone(request: Request, key: str = "gone") -> Response:
    language = pick_language(request.headers.get("accept-language", ""), "")
    return _html(pages.plain_page(language, key), None, status=404)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _closed(shown: Shown, door: str, *, embedded: bool) -> Response:
    words = shown.definition.language
    text = say(words, f"{door}_text", workspace=shown.workspace.name)
    return _html(pages.message_page(shown, say(words, door), text, embedded=embedded), shown, embedded=embedded)


def _view(request: Request, shown: Shown, posted: dict[str, list[str]], **more: Any) -> View:
    def one(name: str) -> str:
        return (posted.get(name) or ("",))[0]

    services = _services(request)
    page = one("page") or str(request.url)
    challenge = one("challenge") or actions.challenge_for(services, shown.id)
    return View(
        shown,
        one("key") or str(uuid4()),
        challenge,
        {key: values for key, values in posted.items() if key not in _OURS},
        embedded=_embedded(request),
        page=page[:2_000],
        anonymous_id=one("anonymous_id")[:255],
        **more,
    )


def _embedded(request: Request) -> bool:
    return request.query_params.get("embed") == "1"


async def show_form(request: Request) -> Response:
    """Show a form; what the address says under a field's id stands in the field already."""
    form_id = _uuid(request.path_params["form_id"])
    shown = None if form_id is None else await actions.look(_services(request), form_id)
    if shown is None:
        return _gone(request)
    embedded = _embedded(request)
    if shown.door is not Door.OPEN:
        return _closed(shown, shown.door.value, embedded=embedded)
    fields = {each.id: getattr(each, "parameter", each.id) for each in shown.definition.fields()}
    said = {
        key: request.query_params.getlist(name)[:60] for key, name in fields.items() if name in request.query_params
    }
    said |= {name: [request.query_params.get(name, "")] for name in ("page", "anonymous_id")}
    # A key or challenge that an address brings is somebody else's.
    return _html(pages.form_page(_view(request, shown, said)), shown, embedded=embedded)


async def take_form(request: Request) -> Response:
    """Take what a visitor sent."""
    form_id = _uuid(request.path_params["form_id"])
    services = _services(request)
    shown = None if form_id is None else await actions.look(services, form_id)
    if shown is None:
        return _gone(request)
    embedded = _embedded(request)
    posted = await _posted(request)
    visit = Visit(
        key=_uuid((posted.get("key") or ("",))[0]) or uuid4(),
        posted={key: values for key, values in posted.items() if key not in _OURS},
        ip=request.client.host if request.client else "",
        agent=request.headers.get("user-agent", ""),
        page=(posted.get("page") or ("",))[0],
        anonymous_id=(posted.get("anonymous_id") or ("",))[0],
        trapped=bool((posted.get(pages.TRAP) or ("",))[0]),
        challenge=(posted.get("challenge") or ("",))[0],
        proof=(posted.get("proof") or ("",))[0],
    )
    try:
        result = await actions.take(services, shown, visit)
    except TooMany as error:
        note = say(shown.definition.language, "busy")
        answer = _html(pages.form_page(_view(request, shown, posted, note=note)), shown, status=429, embedded=embedded)
        answer.headers["retry-after"] = str(error.retry_after)
        return answer
    if result.outcome is Outcome.FAULTY:
        page = pages.form_page(_view(request, shown, posted, faults=result.faults))
        return _html(page, shown, status=422, embedded=embedded)
    return _answer(shown, result, embedded=embedded)


def _answer(shown: Shown, result: Result, *, embedded: bool) -> Response:
    words = shown.definition.language
    match result.outcome:
        case Outcome.TAKEN:
            if shown.definition.thanks.address and not embedded:
                return RedirectResponse(shown.definition.thanks.address, 303)
            return _html(pages.thanks_page(shown, embedded=embedded), shown, embedded=embedded)
        case Outcome.WAITING:
            text = say(words, "waiting_text", address=result.address)
            page = pages.message_page(shown, say(words, "waiting"), text, embedded=embedded, state="taken")
        case Outcome.HELD:
            page = pages.message_page(shown, say(words, "thanks"), say(words, "held"), embedded=embedded, state="taken")
        case Outcome.REPEATED:
            page = pages.message_page(
                shown, say(words, "repeat"), say(words, "repeat_text"), embedded=embedded, state="taken"
            )
        case _:
            return _closed(shown, result.outcome.value, embedded=embedded)
    return _html(page, shown, embedded=embedded)


async def _posted(request: Request) -> dict[str, list[str]]:
    try:
        form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    except Exception:
        form = FormData()
    found: dict[str, list[str]] = {}
    for key, value in form.multi_items():
        if isinstance(value, str):
            found.setdefault(key, []).append(value)
    return found


async def confirm(request: Request) -> Response:
    """Ask by GET whether it was the visitor; only POST counts the answer (scanners follow links, RFC 9110 §9.2.1)."""
    services, token = _services(request), request.path_params["token"]
    found = await (actions.confirm if request.method == "POST" else actions.read_token)(services, token)
    if found is None:
        return _gone(request, "spent")
    shown, answer = found
    if answer.state.value == "waiting":
        return _html(pages.confirm_page(shown, actions.address_of(shown, answer)), shown)
    if answer.decided_by == actions.REPEATED:
        return _answer(shown, Result(Outcome.REPEATED), embedded=False)
    return _answer(shown, Result(Outcome.TAKEN), embedded=False)


@cache
def _asset(name: str) -> tuple[bytes, str]:
    body = (resources.files(__package__) / "static" / name).read_bytes()
    return body, f'"{sha256(body).hexdigest()[:20]}"'


def _serve(name: str) -> Callable[[Request], Awaitable[Response]]:
    """Make the route of a style sheet or script; other sites load `embed.js`."""

    async def serve(request: Request) -> Response:
        body, tag = _asset(name)
        headers = {"cache-control": "public, max-age=600", "etag": tag, "cross-origin-resource-policy": "cross-origin"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=_KINDS[name.rpartition(".")[2]], headers=headers)

    return serve


accepts(512 * 1024, strangers=512 * 1024)(take_form)
for _name in ("form.css", "form.js", "embed.js"):
    public.add_route(f"/forms/{_name}", _serve(_name), methods=["GET", "HEAD"], include_in_schema=False)
public.add_route("/forms/confirm/{token}", confirm, methods=["GET", "HEAD", "POST"], include_in_schema=False)
public.add_route("/forms/{form_id}", show_form, methods=["GET", "HEAD"], include_in_schema=False)
public.add_route("/forms/{form_id}", take_form, methods=["POST"], include_in_schema=False)
