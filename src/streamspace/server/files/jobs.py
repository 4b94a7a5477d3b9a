"""What follows from transfers and from changed policies."""

from __future__ import annotations

import structlog
from prometheus_client import CollectorRegistry, Counter

from streamspace.protocol.files import FileMoved
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.events import Bus, Published
from streamspace.server.files import service
from streamspace.server.policies.events import PolicyChanged

log = structlog.get_logger(__name__)


class Transfers:
    """Counts what gateways tell of files, writes it down, and has tokens follow a policy."""

    def __init__(self, database: Database, registry: CollectorRegistry) -> None:
        self._database = database
        labels = ["direction", "complete"]
        self._count = Counter("streamspace_file_transfers", "Files in and out of sessions.", labels, registry=registry)
        self._bytes = Counter("streamspace_file_bytes", "Their size.", ["direction"], registry=registry)

    def listen(self, bus: Bus) -> None:
        """Withdraw an organisation's files tokens when it, or a group of it, says something else."""
        bus.subscribe(self._on_change, PolicyChanged.name)

    async def _on_change(self, event: Published) -> None:
        if event.org_id is not None:
            async with self._database.work() as uow:
                await service.withdraw(uow, event.org_id)

    async def moved(self, uow: UnitOfWork, gateway_id: str, transfer: FileMoved) -> None:
        """Take what a gateway tells."""
        if not await service.moved(uow, transfer):
            log.warning("file_of_unknown_session", gateway=gateway_id, session_id=transfer.session_id)
            return
        self._count.labels(transfer.direction, str(transfer.complete).lower()).inc()
        self._bytes.labels(transfer.direction).inc(transfer.size_bytes)
