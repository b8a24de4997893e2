"""Pictures over HTTP: the library, and the public addresses that messages show."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, UploadFile
from pydantic import BaseModel

from gonfalon.accounts.auth import Ctx
from gonfalon.content.assets import actions
from gonfalon.content.assets.model import Asset
from gonfalon.content.assets.rules import EXTENSIONS, MOST_BYTES
from gonfalon.kit.paging import ById, Page
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
    archived_at: datetime | None


def _out(ctx: Ctx, asset: Asset) -> AssetOut:
    url = f"{ctx.services.settings.public_url}/assets/{asset.id}.{EXTENSIONS[asset.media_type]}"
    return AssetOut(url=url, **asdict(asset))


@router.get("", operation_id="list_assets")
async def list_assets(
    ctx: Ctx,
    page: ById,
    q: Annotated[str, Query(max_length=200)] = "",
    archived: Annotated[bool, Query(description="Instead of the library: what was taken out of it")] = False,
) -> Page[AssetOut]:
    """Return the library, the newest first."""
    rows = await actions.list_assets(ctx, page, q.strip(), archived=archived)
    return Page(items=[_out(ctx, asset) for asset in page.shown(rows)], next_cursor=page.next_cursor(rows))


@router.post("", operation_id="upload_asset", status_code=201)
async def upload_asset(file: UploadFile, ctx: Ctx) -> AssetOut:
    """Keep a PNG, JPEG, GIF or WebP of at most 5 MB; what it is is told from its bytes."""
    body = await file.read(MOST_BYTES + 1)
    return _out(ctx, await actions.upload_asset(ctx, file.filename or "", body))


@router.delete("/{asset_id}", operation_id="archive_asset", status_code=204)
async def archive_asset(asset_id: UUID, ctx: Ctx) -> None:
    """Take a picture out of the library; sent messages still show it."""
    await actions.archive_asset(ctx, asset_id)


@router.post("/{asset_id}/restore", operation_id="restore_asset")
async def restore_asset(asset_id: UUID, ctx: Ctx) -> AssetOut:
    """Bring an archived picture back into the library."""
    return _out(ctx, await actions.archive_asset(ctx, asset_id, archived=False))


async def show_asset(request: Request) -> Response:
    """Return a picture by its public address."""
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
