"""Steps that tests of second factors share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pyotp

from streamspace.kit.clock import FakeClock
from streamspace.server.core.attempts import Attempts
from streamspace.server.core.db import Database
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import Settings
from streamspace.server.mfa import service
from streamspace.server.mfa.proof import Proof
from streamspace.server.mfa.schemas import Credential
from tests.server import people
from tests.server.mfa.authenticator import Authenticator

NEXT_CODE = timedelta(seconds=30)


def proof(password: str | None = people.PASSWORD, limit: int = 100) -> Proof:
    return Proof(Attempts(limit), "192.0.2.1", password)


@dataclass
class App:
    """An authenticator app on a telephone whose clock is right."""

    id: str
    secret: str
    clock: FakeClock
    backup_codes: list[str]

    def code(self) -> str:
        return pyotp.TOTP(self.secret).at(self.clock.now())

    def next_code(self) -> str:
        """Wait until the telephone shows another code; each counts once."""
        self.clock.advance(NEXT_CODE)
        return self.code()


@dataclass
class World:
    """A person who sets up second factors."""

    database: Database
    settings: Settings
    clock: FakeClock
    actor: Actor

    async def app(self, **actor: Any) -> App:
        who = replace(self.actor, **actor)
        made = await service.set_up(self.database, self.settings, who, proof(), kind="totp", name="")
        app = App(made.id, made.secret, self.clock, [])
        async with self.database.work() as uow:
            codes = await service.verify_setup(uow, self.settings, Attempts(9), who, made.id, app.code(), "192.0.2.1")
        app.backup_codes = codes or []
        return app

    async def passkey(self, key: Authenticator, name: str = "") -> tuple[str, list[str] | None]:
        token, options = await service.passkey_setup_options(
            self.database, self.settings, self.actor, proof(), name="laptop"
        )
        credential = Credential.model_validate(key.create(options))
        async with self.database.work() as uow:
            method, codes = await service.add_passkey(uow, self.settings, self.actor, token, name, credential)
        return method.id, codes

    async def check(self, code: str) -> str | None:
        async with self.database.work() as uow:
            return await service.check_code(uow, self.settings, self.actor.id, code)

    async def factors(self) -> service.Factors:
        async with self.database.work(write=False) as uow:
            return await service.factors(uow, self.actor.id)

    async def use(self, key: Authenticator, *, alone: bool = False, **lies: Any) -> str | None:
        who = None if alone else self.actor.id
        async with self.database.work() as uow:
            token, options = await service.passkey_options(uow, self.settings, who)
        async with self.database.work() as uow:
            return await service.check_passkey(uow, self.settings, token, key.get(options, **lies), user_id=who)
