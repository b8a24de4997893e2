"""Which addresses Gonfalon's own connections may go to: the one policy for every host that a workspace names.

Without it, whoever may enter a mail server could make this machine talk to its own network, and learn from the
answers what runs there.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass

from gonfalon.kit.domains import BadDomain, ascii_domain

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_OWN_ENDINGS = frozenset(("localhost", "localdomain", "local", "lan", "internal", "home", "corp"))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class NotAllowed(Exception):
    """A host inside the own network that nobody allowed; the text says how to."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Public addresses are always within reach; of the own network, what the operator allows."""

    everything: bool = True
    networks: tuple[Network, ...] = ()
    names: frozenset[str] = frozenset()

    def allows(self, host: str, address: str) -> bool:
        """Return whether a connection to the host may go to this address of it."""
        return host in self.names or all(map(self._within, _meanings(ipaddress.ip_address(address.partition("%")[0]))))

    async def addresses(self, host: str, port: int) -> list[str]:
        """Return the host's addresses that may be connected to, best first. Raises NotAllowed, OSError.

        Connect to one of these and never to the name again: it may lead elsewhere a moment later.
        """
        name = plain_host(host)
        found = await asyncio.get_running_loop().getaddrinfo(name, port, type=socket.SOCK_STREAM)
        every = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        allowed = [address for address in every if self.allows(name, address)]
        if not allowed:
            raise NotAllowed(
                f"{host} is inside Gonfalon's own network ({every[0]}), where workspaces may not reach; "
                f"whoever runs Gonfalon can allow it with GONFALON_PRIVATE_HOSTS={every[0]}."
            )
        return allowed

    def _within(self, address: Address) -> bool:
        if any(address in network for network in self.networks):
            return True
        if address.is_multicast or address.is_link_local or address.is_unspecified:
            return False  # clouds answer with credentials at 169.254.169.254; 0.0.0.0 is this machine
        return self.everything or address.is_global


def read_reach(setting: str, *, published: bool) -> Reach:
    """Return the reach a setting describes: networks, addresses and host names, `all`, `none`; "": all unless
    published.

    Raises ValueError for what is none of these.
    """
    words = [word.strip().lower() for word in setting.split(",") if word.strip()]
    if words in (["all"], []):
        return Reach(everything=bool(words) or not published)
    networks: list[Network] = []
    names: list[str] = []
    for word in words:
        try:
            networks.append(ipaddress.ip_network(word, strict=False))
        except ValueError:
            if "/" in word or word == "all":
                raise ValueError("write networks like 10.0.0.0/8, hosts like mail.internal, or all, or none") from None
            if word != "none":
                names.append(ascii_domain(word))
    return Reach(False, tuple(networks), frozenset(names))


def outward_name(host: str) -> str:
    """Return the host's name in ASCII when others may know it by it; "" for addresses, bare names, localhost and the
    like."""
    try:
        name = ascii_domain(host)
    except BadDomain:
        return ""
    known = "." in name and not _is_address(name) and name.rpartition(".")[2] not in _OWN_ENDINGS
    return name if known else ""


def is_published(host: str) -> bool:
    """Return whether a host, as it stands in the base address, can be reached from outside the own network."""
    if not _is_address(host):
        return bool(outward_name(host))
    return ipaddress.ip_address(host).is_global


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def plain_host(host: str) -> str:
    """Return the host as DNS and certificates have it: no brackets, ASCII. Raises OSError for what is no host."""
    bare = host.removeprefix("[").removesuffix("]")
    if _is_address(bare):
        return bare
    try:
        return ascii_domain(host)
    except BadDomain as problem:
        raise OSError(str(problem)) from problem


def _meanings(address: Address) -> list[Address]:
    """The address and the IPv4 address it wraps, if any."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    inner = address.sixtofour or (address.teredo[1] if address.teredo else None)
    if address in _NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return [address, inner] if inner is not None else [address]
