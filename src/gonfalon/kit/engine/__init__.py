"""The analytics copy: a columnar, rebuildable follower of PostgreSQL in a DuckDB file.

Rooms declare what is followed (`Followed`); the application's one process owns the file (`Engine`).
"""

from gonfalon.kit.engine.model import Copied, Followed, Latest, Snapshot, Unfolded
from gonfalon.kit.engine.owner import Engine, Status

__all__ = ["Copied", "Engine", "Followed", "Latest", "Snapshot", "Status", "Unfolded"]
