"""The one permission table, and pure decisions on accounts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address, ip_network

from gonfalon.accounts.model import Permission as P
from gonfalon.accounts.model import Role, Scope
from gonfalon.kit.errors import Invalid

_READ = frozenset(
    {P.WORKSPACE_READ, P.SETTINGS_READ, P.AUDIENCES_READ, P.CONTENT_READ, P.CAMPAIGNS_READ, P.REPORTS_READ}
)
_SEE_PEOPLE = _READ | {P.PEOPLE_READ}

ROLE_PERMISSIONS: dict[Role, frozenset[P]] = {
    Role.OWNER: frozenset(P),
    # Managers launch, so they are bound by approvals, and who is bound by a rule cannot loosen it.
    Role.MANAGER: frozenset(P) - {P.WORKSPACE_MANAGE, P.MEMBERS_MANAGE, P.KEYS_MANAGE, P.APPROVALS_MANAGE},
    Role.CREATOR: _SEE_PEOPLE | {P.CONTENT_WRITE, P.AUDIENCES_WRITE, P.CAMPAIGNS_WRITE},
    Role.APPROVER: _SEE_PEOPLE | {P.AUDIT_READ, P.DELIVERY_CONTROL},
    Role.ANALYST: _SEE_PEOPLE | {P.AUDIENCES_WRITE, P.PEOPLE_EXPORT, P.AUDIT_READ},
    Role.GUEST: frozenset({P.WORKSPACE_READ, P.CAMPAIGNS_READ, P.CONTENT_READ}),
}

SCOPE_PERMISSIONS: dict[Scope, frozenset[P]] = {
    Scope.TRACK: frozenset({P.EVENTS_WRITE}),
    Scope.READ: _SEE_PEOPLE | {P.AUDIT_READ},
    Scope.WRITE: _SEE_PEOPLE
    | {P.EVENTS_WRITE, P.PEOPLE_WRITE, P.PEOPLE_IMPORT, P.PEOPLE_EXPORT}
    | {P.AUDIENCES_WRITE, P.CONTENT_WRITE, P.CAMPAIGNS_WRITE},
    Scope.SEND: _SEE_PEOPLE | {P.CAMPAIGNS_LAUNCH, P.DELIVERY_CONTROL},
    Scope.MANAGE: frozenset(P) - {P.KEYS_MANAGE, P.MEMBERS_MANAGE, P.APPROVALS_MANAGE},
}

MINIMUM_PASSWORD = 10


def permissions_of_scopes(scopes: Iterable[str]) -> frozenset[P]:
    """Return everything a key with these scopes may do."""
    return frozenset().union(*(SCOPE_PERMISSIONS[Scope(scope)] for scope in scopes))


def check_password(password: str, email: str) -> None:
    """Raise Invalid for a password that is too short, too long or the address itself (ASVS 6.2)."""
    if len(password) < MINIMUM_PASSWORD:
        raise Invalid(
            "password_short", f"Choose a password of at least {MINIMUM_PASSWORD} characters.", least=MINIMUM_PASSWORD
        )
    if len(password) > 256:
        raise Invalid("password_long", "Choose a password of at most 256 characters.")
    if password.casefold() in (email.casefold(), email.split("@", 1)[0].casefold()):
        raise Invalid("password_is_email", "Choose a password that is not your email address.")
    if len(set(password)) < 4:
        raise Invalid("password_simple", "Choose a password with more than three different characters.")


def network_of(ip: str) -> str:
    """Return what tries of a client are counted by: an IPv4 address, the /64 of an IPv6 one (a household has one of
    those)."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ip
    if not isinstance(address, IPv6Address):
        return ip
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False).network_address)


def slug_of(name: str) -> str:
    """Return a URL name made of a workspace's name: lower-case ASCII letters, digits and dashes, never empty."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:48].strip("-") or "workspace"


def normalise_email(address: str) -> str:
    """Return a lower-case, syntactically valid address; raises Invalid otherwise. Asks no DNS."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid(
            "email_invalid", f"“{address[:100]}” is not an email address: {error}", email=address[:100]
        ) from error
