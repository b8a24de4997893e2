"""The page for reviewers from outside: no script, no foreign asset. What comes from data is escaped here."""

from __future__ import annotations

from html import escape

from gonfalon.content.review.links.actions import Visit
from gonfalon.content.review.links.store import Said
from gonfalon.content.review.links.words import WORDS
from gonfalon.content.review.model import ReviewState, ReviewStepKind
from gonfalon.tracking.preferences.pages import page, page_headers


def headers() -> dict[str, str]:
    """Return the headers of the recipients' pages; a version is shown in a frame of our own."""
    plain = page_headers()
    policy = "content-security-policy"
    return plain | {policy: f"{plain[policy]}; frame-src 'self'"}


def name_page(language: str, visit: Visit) -> str:
    """Return the question for a name, asked once."""
    workspace = visit.ctx.workspace.name
    lead = _say(language, "name_lead", workspace=workspace, title=visit.content.name)
    body = (
        f"<h1>{_say(language, 'title')}</h1><p>{lead}</p>"
        f'<form method="post"><input type="hidden" name="do" value="name">'
        f'{_field(language, "name")}<p class="about">{_say(language, "name_why")}</p>'
        f'<div class="actions"><button>{_say(language, "begin")}</button></div></form>'
    )
    return page(language, workspace, WORDS[language]("title"), body)


def review_page(language: str, visit: Visit, shown: int, said: list[Said], outcome: str, *, base: str) -> str:
    """Return a version with what its reader said of it, and the forms to say more. outcome: `done.…` or `failed.…`."""
    title = visit.content.name
    role = "status" if outcome.startswith("done") else "alert"
    note = f'<p class="done" role="{role}">{_say(language, outcome)}</p>' if outcome else ""
    number = str(shown)
    frame = f"{base}/v/{shown}"
    looks = _say(language, "frame", number=number)
    body = (
        f"<h1>{escape(title)}</h1>{note}{_note(visit)}{_versions(language, visit, shown, base)}"
        f'<iframe src="{escape(frame)}" width="100%" height="640" title="{looks}"></iframe>'
        f'<p class="small"><a href="{escape(frame)}">{_say(language, "open")}</a></p>'
        f"{_answer(language, visit)}{_said(language, said)}{_remark(language, shown)}"
    )
    return page(language, visit.ctx.workspace.name, title, body)


def picture_page(language: str, title: str, picture: str) -> str:
    """Return a picture by itself, for the frame."""
    named = escape(title)
    head = f'<!doctype html><html lang="{language}"><title>{named}</title>'
    return f'{head}<img src="{escape(picture)}" alt="{named}" width="100%">'


def _note(visit: Visit) -> str:
    return f"<p>{escape(visit.review.note)}</p>" if visit.review.note else ""


def _versions(language: str, visit: Visit, shown: int, base: str) -> str:
    newest = visit.content.version
    numbers = range(newest, max(0, newest - 20), -1)
    parts = []
    for each in numbers:
        words = _say(language, "version", number=str(each)) + (
            f" ({_say(language, 'newest')})" if each == newest else ""
        )
        parts.append(f"<strong>{words}</strong>" if each == shown else f'<a href="{escape(base)}?v={each}">{words}</a>')
    return f'<p class="small">{" · ".join(parts)}</p>'


def _answer(language: str, visit: Visit) -> str:
    course = visit.course
    if course.state is not ReviewState.OPEN or course.current.kind is not ReviewStepKind.REVIEW:
        return f'<p class="muted">{_say(language, "waits")}</p>'
    number = str(visit.content.version)
    return (
        f'<form method="post"><input type="hidden" name="do" value="answer">'
        f'<input type="hidden" name="step" value="{course.step}"><input type="hidden" name="version" value="{number}">'
        f"<fieldset><legend>{_say(language, 'answer', number=number)}</legend>{_area(language, 'note', 2_000)}"
        f'<div class="actions"><button name="answer" value="yes">{_say(language, "yes", number=number)}</button>'
        f'<button class="quiet" name="answer" value="changes">{_say(language, "changes")}</button></div>'
        "</fieldset></form>"
    )


def _said(language: str, said: list[Said]) -> str:
    if not said:
        return ""
    settled = f" ({_say(language, 'resolved')})"
    lines = "".join(
        f"<p><strong>{escape(each.author_name)}</strong>{settled if each.resolved else ''}<br>{_lines(each.body)}</p>"
        for each in said
    )
    return f"<fieldset><legend>{_say(language, 'remarks')}</legend>{lines}</fieldset>"


def _remark(language: str, shown: int) -> str:
    return (
        f'<form method="post"><input type="hidden" name="do" value="remark">'
        f'<input type="hidden" name="version" value="{shown}"><fieldset><legend>{_say(language, "remark")}</legend>'
        f"{_area(language, 'remark', 8_000, headed=True)}{_field(language, 'quote', needed=False)}"
        f'<div class="actions"><button>{_say(language, "send")}</button></div></fieldset></form>'
    )


def _field(language: str, key: str, *, needed: bool = True) -> str:
    required = " required" if needed else ""
    return f'<label>{_say(language, key)} <input name="{key}" maxlength="100" autocomplete="off"{required}></label>'


def _area(language: str, key: str, most: int, *, headed: bool = False) -> str:
    words = _say(language, key)
    field = f'<textarea name="{key}" rows="4" cols="44" maxlength="{most}" aria-label="{words}"></textarea>'
    return f"<p>{field}</p>" if headed else f"<label>{words}</label>{field}"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _say(language: str, key: str, **values: str) -> str:
    return escape(WORDS[language](key, **values))
