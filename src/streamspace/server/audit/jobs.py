from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from prometheus_client import CollectorRegistry, Counter

from streamspace.protocol.auditing import Chain
from streamspace.server.audit import service
from streamspace.server.audit.schemas import HeadOut, VerifyOut, entry_json
from streamspace.server.audit.service import End, Signer
from streamspace.server.core.db import Database
from streamspace.server.core.settings import Settings

log = structlog.get_logger(__name__)

TELL_END_EVERY = timedelta(hours=1)


class Sealer:
    """Keeps the chain: seals what waits, and checks it.

    It needs no lease, because whoever seals holds the row of the chain's end.
    """

    def __init__(self, settings: Settings, database: Database, registry: CollectorRegistry) -> None:
        self._database = database
        self._signer = Signer(settings.secret_key.get_secret_value())
        self._seen = End()
        self._told = datetime.min.replace(tzinfo=UTC)
        self._checking = asyncio.Lock()
        self._sealed = Counter("streamspace_audit_entries_total", "Entries added to the audit log.", registry=registry)
        self._gaps = Counter(
            "streamspace_audit_gaps_total", "Times the audit log was found changed from outside.", registry=registry
        )

    async def run(self) -> None:
        """Seal all that waits now."""
        async with self._database.work(write=False) as uow:
            if not await service.anything_pending(uow):
                return
        while await self._seal() >= service.BATCH:
            pass

    async def _seal(self) -> int:
        async with self._database.work() as uow:
            done = await service.seal(uow, self._signer, self._seen)
        self._seen = done.end
        self._sealed.inc(done.entries)
        if done.gap is not None:
            self._gaps.inc()
            log.error("audit_log_was_changed", how=done.gap, went_on_at=done.end.seq)
        if done.entries and uow.now() - self._told >= TELL_END_EVERY:
            # Whoever keeps logs elsewhere can later show that the chain went through here.
            self._told = uow.now()
            log.info("audit_log_ends", seq=done.end.seq, hash=done.end.hash)
        return done.entries

    async def last(self) -> int:
        """Return the number of the last entry."""
        async with self._database.work(write=False) as uow:
            end, _ = await service.end_of(uow, self._signer)
        return end.seq

    async def verify(self, accepted: frozenset[int] = frozenset()) -> VerifyOut:
        """Read the whole chain and say whether it is the one that was written.

        `accepted` are entries about gaps that a person knows the reason of, such as a new `secret_key`.
        """
        await self.run()
        async with self._checking:
            seen = self._seen
            async with self._database.work(write=False) as uow:
                end, fault = await service.end_of(uow, self._signer)
            chain = Chain()
            while chain.seq < end.seq:
                async with self._database.work(write=False) as uow:
                    rows = await service.stretch(uow, chain.seq, end.seq)
                if not rows:
                    break
                if await asyncio.to_thread(chain.follow, [entry_json(row, chain=True) for row in rows]):
                    break
        broken_at, reason = None, None
        if chain.broken is not None:
            broken_at, reason = chain.broken.seq, chain.broken.reason
        elif fault is not None or End(chain.seq, chain.hash) != end:
            broken_at, reason = (
                chain.seq + (chain.seq < end.seq),
                fault or "The chain's end is another than was signed.",
            )
        elif seen.seq > end.seq:
            broken_at, reason = end.seq, f"The log ended at entry {seen.seq} before; it was put back."
        elif gaps := [gap for gap in chain.gaps if gap not in accepted]:
            broken_at, reason = gaps[0], f"Entry {gaps[0]} says that the log was found changed from outside."
        return VerifyOut(
            ok=reason is None,
            entries=chain.entries,
            head=HeadOut(seq=end.seq, hash=end.hash),
            broken_at=broken_at,
            reason=reason,
            gaps=chain.gaps,
        )
