"""Settings of one installation, read from the environment (`GONFALON_*`) and the command line."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from gonfalon.kit.network import Reach, is_published, read_reach

DEFAULT_HOME = Path(".gonfalon")


class Settings(BaseSettings):
    """Where things live and how the processes reach each other.

    Everything that a workspace decides for itself (mail server, topics, limits) is in the
    database; this holds only what a process must know before it can ask the database.
    """

    model_config = SettingsConfigDict(env_prefix="GONFALON_", extra="ignore")

    home: Path = Field(default=DEFAULT_HOME, description="Folder for the database, keys and logs.")
    host: str = Field(default="127.0.0.1", description="Address the web server listens on.")
    port: int = Field(default=8600, ge=1, le=65535, description="Port of the web server.")
    sandbox_port: int = Field(default=0, ge=0, le=65535, description="Port of the mail sandbox; 0 means web port + 25.")
    base_url: str = Field(default="", description="Public address in links; empty: http://host:port.")
    database_url: str = Field(default="", description="PostgreSQL 15 or newer; empty: the built-in server.")
    secret_key: str = Field(default="", description="Master secret; empty: one is made in the home folder.")
    pool_size: int = Field(default=10, ge=2, le=200, description="Database connections per process.")
    senders: int = Field(default=1, ge=1, le=32, description="Sender processes that `up` starts.")
    private_hosts: str = Field(
        default="",
        description=(
            "Networks and hosts inside your own network that mail servers may be on, separated by commas "
            "(127.0.0.1, 10.0.0.0/8, mail.internal); all; none; empty: all, unless the base address is public."
        ),
    )
    trusted_proxies: str = Field(default="127.0.0.1", description="Addresses whose X-Forwarded-* headers are believed.")

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, url: str) -> str:
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            if url and make_url(url).drivername not in ("postgres", "postgresql", "postgresql+psycopg"):
                raise ArgumentError
        except (ArgumentError, ValueError) as error:
            raise ValueError("write it as postgresql://user:password@host/name") from error
        return url

    @field_validator("private_hosts")
    @classmethod
    def _is_reach(cls, text: str) -> str:
        read_reach(text, published=True)
        return text

    @cached_property
    def reach(self) -> Reach:
        """Which hosts workspaces may make Gonfalon connect to."""
        return read_reach(self.private_hosts, published=is_published(self.public_host))

    @cached_property
    def folder(self) -> Path:
        """The home folder as an absolute path."""
        return self.home.expanduser().resolve()

    @property
    def public_url(self) -> str:
        """Address people reach the product at, without a trailing slash."""
        if self.base_url:
            return self.base_url.rstrip("/")
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://{host}:{self.port}"

    @property
    def public_host(self) -> str:
        """The host of the public address."""
        return urlsplit(self.public_url).hostname or "localhost"

    @property
    def mail_sandbox_port(self) -> int:
        """TCP port of the built-in mail sandbox, on loopback."""
        return self.sandbox_port or self.port + 25
