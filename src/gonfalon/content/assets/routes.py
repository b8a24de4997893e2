"""Pictures over HTTP: the library, and the public addresses that messages show."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response, UploadFile
from pydantic import BaseModel

from gonfalon.accounts.auth import Ctx
from gonfalon.content.assets import actions
from gonfalon.content.assets.rules import EXTENSIONS, MOST_BYTES
from gonfalon.kit.http import paging
from gonfalon.kit.paging import Page, PageRequest, encode_cursor
from gonfalon.kit.services import Services

router = APIRouter(tags=["assets"], prefix="/workspaces/{workspace}/assets")
public = APIRouter()


class AssetOut(BaseModel):
    """A picture and the public address to use in messages."""

    id: UUID
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    url: str
    created_at: datetime


def _out(ctx: Ctx, row: Any) -> AssetOut:
    url = f"{ctx.services.settings.public_url}/assets/{row.id}.{EXTENSIONS[row.media_type]}"
    return AssetOut(
        id=row.id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        width=row.width,
        height=row.height,
        url=url,
        created_at=row.created_at,
    )


@router.get("", operation_id="list_assets")
async def list_assets(
    ctx: Ctx, page: Annotated[PageRequest, Depends(paging)], q: Annotated[str, Query(max_length=200)] = ""
) -> Page[AssetOut]:
    """The library, the newest first."""
    rows = await actions.list_assets(ctx, page, q.strip())
    shown = rows[: page.limit]
    cursor = encode_cursor(shown[-1].id) if len(rows) > page.limit else None
    return Page(items=[_out(ctx, row) for row in shown], next_cursor=cursor)


@router.post("", operation_id="upload_asset", status_code=201)
async def upload_asset(file: UploadFile, ctx: Ctx) -> AssetOut:
    """Keeps a PNG, JPEG, GIF or WebP of at most 5 MB; what it is is told from its bytes."""
    body = await file.read(MOST_BYTES + 1)
    return _out(ctx, await actions.upload_asset(ctx, file.filename or "", body))


@router.delete("/{asset_id}", operation_id="archive_asset", status_code=204)
async def archive_asset(asset_id: UUID, ctx: Ctx) -> None:
    """Takes a picture out of the library; sent messages still show it."""
    await actions.archive_asset(ctx, asset_id)


async def show_asset(request: Request) -> Response:
    """A picture by its public address."""
    services: Services = request.app.state.services
    found = await actions.read_public(services, request.path_params["asset_id"])
    if found is None or EXTENSIONS[found[0]] != request.path_params["extension"]:
        return Response(status_code=404)
    return Response(
        found[1],
        media_type=found[0],
        headers={
            "cache-control": "public, max-age=31536000, immutable",
            "content-security-policy": "default-src 'none'; sandbox",
            "cross-origin-resource-policy": "cross-origin",
            "content-disposition": "inline",
            "x-content-type-options": "nosniff",
        },
    )


public.add_route("/assets/{asset_id:uuid}.{extension}", show_asset, methods=["GET", "HEAD"], include_in_schema=False)
