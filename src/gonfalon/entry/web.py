"""Serves the built user interface: hashed assets for ever, everything else as the one page."""

from __future__ import annotations

import mimetypes
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, Response

from gonfalon.kit.errors import NotFound, Unavailable

ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""What the build packs files with, the best first: how browsers call it, and the end of the packed file's name."""


def web_folder() -> Path:
    """Return where the built interface is: inside an installed package, or `web/dist` of a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "web"
    return installed if installed.exists() else package.parents[1] / "web" / "dist"


def mount_assets(app: FastAPI) -> None:
    """Add the route of the hashed assets; a page asks for dozens at once, so it goes before those of the API."""
    folder = web_folder() / "assets"

    @app.api_route("/assets/{name:path}", methods=["GET", "HEAD"], include_in_schema=False)
    async def asset(request: Request, name: str) -> Response:
        content, headers = _asset(folder, name, _encodings(request))
        return Response(content, headers=headers)


@lru_cache(maxsize=1024)
def _asset(folder: Path, name: str, encodings: tuple[str, ...]) -> tuple[bytes, dict[str, str]]:
    """An asset's bytes in the best of these encodings, and its headers. What has a hash in its name never changes."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise NotFound("asset_unknown", "This file belongs to another version; reload the page.")
    smallest, headers = _smallest(path, encodings)
    return smallest.read_bytes(), headers | {"cache-control": "public, max-age=31536000, immutable"}


def mount_script(app: FastAPI) -> None:
    """Add the route of the script that sites load to tell the collector of their visitors (sdk/web).

    Its address never changes, so browsers ask for it again within the hour, and show the old one meanwhile.
    """
    folder = web_folder() / "sdk"

    @app.api_route("/sdk/gonfalon.js", methods=["GET", "HEAD"], include_in_schema=False)
    async def script(request: Request) -> Response:
        try:
            content, headers = _asset(folder, "gonfalon.js", _encodings(request))
        except NotFound as error:
            raise Unavailable("web_not_built", "The user interface is not built yet; run `make setup`.") from error
        tag = f'"{sha256(content).hexdigest()[:20]}"'
        headers = headers | {
            "access-control-allow-origin": "*",
            "cache-control": "public, max-age=3600, stale-while-revalidate=86400",
            "cross-origin-resource-policy": "cross-origin",
            "etag": tag,
        }
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers)


def mount_web(app: FastAPI) -> None:
    """Add the catch-all route; call it after every other route."""
    folder = web_folder()

    @app.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    async def page(request: Request, path: str) -> Response:
        if path.startswith(("api/", "v1/")):
            raise NotFound(
                "route_unknown", "There is nothing at this address; the API is described at /api/v1/openapi.json."
            )
        wanted = (folder / path).resolve()
        if path and wanted.is_relative_to(folder) and wanted.is_file():
            return _file(request, wanted)
        index = folder / "index.html"
        if not index.exists():
            raise Unavailable("web_not_built", "The user interface is not built yet; run `make setup`.")
        return _file(request, index)


def _file(request: Request, path: Path) -> Response:
    smallest, headers = _smallest(path, _encodings(request))
    return FileResponse(smallest, headers=headers | {"cache-control": "no-cache"})


def _encodings(request: Request) -> tuple[str, ...]:
    """Those of ENCODINGS that the browser reads, the best first."""
    accepted = request.headers.get("accept-encoding", "")
    return tuple(encoding for encoding in ENCODINGS if encoding in accepted)


def _smallest(path: Path, encodings: tuple[str, ...]) -> tuple[Path, dict[str, str]]:
    """The file in the best of these encodings that it was built in, and headers that say what it is."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {
        "content-type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        "vary": "accept-encoding",
    }
    for encoding in encodings:
        packed = path.with_name(path.name + ENCODINGS[encoding])
        if packed.exists():
            return packed, headers | {"content-encoding": encoding}
    return path, headers
