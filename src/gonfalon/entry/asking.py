"""Asking the running app over HTTP, from a command."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from http.client import HTTPException

from gonfalon.kit.errors import Unavailable

PATIENCE = 60


def fetch(url: str, key: str) -> bytes:
    """Return the body of a GET with an API key. Raises Unavailable with the app's own sentence, or that it does not
    answer."""
    request = urllib.request.Request(url, headers={"authorization": f"Bearer {key}"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            body: bytes = answer.read()
            return body
    except urllib.error.HTTPError as refusal:
        raise _refused(refusal) from refusal
    except (OSError, HTTPException) as error:
        raise Unavailable(
            "app_silent",
            f"The app at {url.split('/api/', 1)[0]} does not answer; look with `gonfalon doctor`.",
            address=url.split("/api/", 1)[0],
        ) from error


def _refused(refusal: urllib.error.HTTPError) -> Unavailable:
    try:
        problem = json.loads(refusal.read())
        return Unavailable(str(problem["code"]), str(problem["detail"]))
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        return Unavailable(
            "app_refused", f"The app answered with status {refusal.code}; look at what it logs.", answer=refusal.code
        )
