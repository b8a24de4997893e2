"""The mail sandbox as a process of its own."""

from __future__ import annotations

import uvloop

from gonfalon.channels.email.sandbox import sandbox_receiver
from gonfalon.entry.sender import stop_event
from gonfalon.kit.log import log
from gonfalon.kit.services import Services


def run_sandbox(services: Services) -> None:
    """Receive mails on loopback until SIGINT or SIGTERM. Raises OSError when the port is taken."""
    uvloop.run(_receive(services))


async def _receive(services: Services) -> None:
    receiver, room = sandbox_receiver(services)
    stop = stop_event()
    port = await receiver.start("127.0.0.1", services.settings.mail_sandbox_port)
    log.info("sandbox_started", port=port)
    try:
        await stop.wait()
    finally:
        await receiver.stop()
        await room.close()
        await services.close()
