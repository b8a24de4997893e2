"""The report on paper."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from gonfalon.kit import document
from gonfalon.planning.tables.campaigns import campaigns
from tests.conftest import World
from tests.insights.history import write_history


@pytest.mark.parametrize("language", ["en", "fr", "sv", "zh"])
async def test_the_report_prints_in_every_language(world: World, language: str) -> None:
    history = await write_history(world, seed=13)
    campaign = history.campaigns[0]
    name = 'Våren #1 *50 %* $x$ \\ "春" <a@b>'
    async with world.services.db.transaction() as connection:
        await connection.execute(update(campaigns).where(campaigns.c.id == campaign.id).values(name=name))
    goal = {"metric": "roi", "target": 2.5, "baseline": -0.2, "deadline": "2020-01-01"}
    await world.http.put(f"{world.path}/campaigns/{campaign.id}/goal", json=goal)
    answer = await world.http.get(f"{world.path}/campaigns/{campaign.id}/report/pdf", params={"language": language})
    if language == "zh" and not set(document.CHINESE) & set(document._fonts().families()):
        assert (answer.status_code, answer.json()["code"]) == (503, "font_missing")
        return
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert "filename*=UTF-8''V%C3%A5ren" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"%PDF-")
    assert len(answer.content) > 10_000
