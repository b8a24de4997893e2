"""What insights brings to the processes."""

from __future__ import annotations

from gonfalon.insights.goals import routes as goals_routes
from gonfalon.insights.goals.attention import of_goals
from gonfalon.insights.overview import routes as overview_routes
from gonfalon.insights.report import routes as report_routes
from gonfalon.insights.trends import routes as trends_routes
from gonfalon.kit.room import Room
from gonfalon.teamwork.attention import AttentionSource

ROOM = Room(
    "insights",
    api=(goals_routes.router, overview_routes.router, report_routes.router, trends_routes.router),
    offers=(AttentionSource(of_goals),),
)
