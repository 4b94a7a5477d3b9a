import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from streamspace.kit.clock import FakeClock
from streamspace.server.core.attempts import Attempts, TooManyAttempts
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import Forbidden
from streamspace.server.core.permissions import ENROLMENT, KEY_SCOPES, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.mfa import service
from streamspace.server.mfa.errors import (
    BadPasskey,
    LastMethod,
    MethodNotImplemented,
    NoMethodYet,
    NoSuchMethod,
    PasskeyIsSecond,
    PasskeyKnown,
    PasskeysNeedName,
    ReauthenticationRequired,
    TooManyMethods,
    WrongSetupCode,
)
from streamspace.server.mfa.models import BackupCode, MfaMethod
from streamspace.server.mfa.schemas import Credential
from streamspace.server.mfa.service import Factors
from streamspace.server.organizations.models import Organization
from streamspace.server.users.models import User
from tests.server import people
from tests.server.mfa.authenticator import Authenticator
from tests.server.mfa.steps import World, proof

WRONG = "0000"
"""Neither an app's code nor a backup code."""


@pytest.fixture
async def world(database: Database, settings: Settings, clock: FakeClock, member: Actor) -> World:
    return World(database, settings, clock, replace(member, signed_in_at=clock.now()))


@pytest.fixture
def key(settings: Settings) -> Authenticator:
    return Authenticator(settings.resolved_public_url)


async def require_mfa(world: World) -> None:
    async with world.database.work() as uow:
        org = await uow.db.get(Organization, world.actor.org_id)
        assert org is not None
        org.require_mfa = True


async def other(world: World, name: str = "bob") -> World:
    async with world.database.work() as uow:
        bob = await people.add(uow, name)
    return replace(world, actor=replace(bob, signed_in_at=world.clock.now()))


async def come_from_elsewhere(world: World) -> None:
    async with world.database.work() as uow:
        user = await uow.db.get(User, world.actor.id)
        assert user is not None
        user.provider, user.password_hash = "oidc", None


class TestSetUp:
    async def test_counts_only_once_a_code_was_shown(self, world: World) -> None:
        made = await service.set_up(world.database, world.settings, world.actor, proof(), kind="totp", name="phone")
        assert made.uri == f"otpauth://totp/StreamSpace:mia?secret={made.secret}&issuer=StreamSpace"
        assert not await world.factors()
        async with world.database.work(write=False) as uow:
            shown = await service.overview(uow, world.settings, world.actor)
        assert (shown.methods, shown.backup_codes_left) == ([], 0)

    async def test_the_first_brings_ten_backup_codes_the_second_none(self, world: World) -> None:
        assert len((await world.app()).backup_codes) == 10
        world.clock.advance(timedelta(minutes=1))
        assert (await world.app()).backup_codes == []
        assert await world.factors() == Factors(totp=True, passkeys=False, backup=True)

    async def test_a_wrong_code_completes_nothing(self, world: World, database: Database) -> None:
        made = await service.set_up(database, world.settings, world.actor, proof(), kind="totp", name="")
        for code in ("000000", "", "abc"):
            async with database.work() as uow:
                with pytest.raises(WrongSetupCode):
                    await service.verify_setup(uow, world.settings, Attempts(9), world.actor, made.id, code, "")
        assert not await world.factors()

    async def test_it_must_be_completed_soon_by_the_same_person_and_once(self, world: World, uow: UnitOfWork) -> None:
        app = await world.app()
        made = await service.set_up(world.database, world.settings, world.actor, proof(), kind="totp", name="")
        bob = await other(world)
        for who, method_id in ((world.actor, app.id), (bob.actor, made.id), (world.actor, "nothing")):
            with pytest.raises(NoSuchMethod):
                await service.verify_setup(uow, world.settings, Attempts(9), who, method_id, "123456", "")
        world.clock.advance(timedelta(minutes=16))
        with pytest.raises(NoSuchMethod):
            await service.verify_setup(uow, world.settings, Attempts(9), world.actor, made.id, "123456", "")

    async def test_beginning_again_forgets_what_was_begun(self, world: World, uow: UnitOfWork) -> None:
        for _ in range(3):
            await service.set_up(world.database, world.settings, world.actor, proof(), kind="totp", name="")
        assert len((await uow.db.execute(select(MfaMethod))).all()) == 1

    async def test_neither_sms_nor_mail(self, world: World) -> None:
        for kind in ("sms", "email"):
            with pytest.raises(MethodNotImplemented):
                await service.set_up(world.database, world.settings, world.actor, proof(), kind=kind, name="")

    async def test_the_database_does_not_show_secrets(self, world: World, uow: UnitOfWork) -> None:
        app = await world.app()
        stored = (await uow.db.execute(select(MfaMethod))).scalar_one()
        hashes = set((await uow.db.execute(select(BackupCode.hashed))).scalars())
        assert stored.secret is not None
        assert app.secret not in stored.secret
        assert not hashes & {code for made in app.backup_codes for code in (made, made.replace("-", ""))}

    async def test_nobody_has_more_than_ten(self, world: World, key: Authenticator) -> None:
        for _ in range(service.MOST_METHODS):
            await world.passkey(key)
        with pytest.raises(TooManyMethods):
            await world.passkey(key)
        with pytest.raises(TooManyMethods):
            await world.app()

    async def test_no_api_key_does_any_of_it(self, world: World) -> None:
        keyed = replace(world.actor, only=KEY_SCOPES["*"], key_id="key")
        with pytest.raises(Forbidden):
            await service.set_up(world.database, world.settings, keyed, proof(), kind="totp", name="")


class TestProof:
    async def begin(self, world: World, password: str | None, **actor: object) -> None:
        who = replace(world.actor, **actor)
        await service.set_up(world.database, world.settings, who, proof(password), kind="totp", name="")

    async def test_a_fresh_sign_in_may_add(self, world: World) -> None:
        await self.begin(world, None)

    async def test_an_old_one_needs_the_password(self, world: World) -> None:
        world.clock.advance(timedelta(minutes=15))
        for password in (None, "wrong"):
            with pytest.raises(ReauthenticationRequired):
                await self.begin(world, password)
        await self.begin(world, people.PASSWORD)

    async def test_who_signs_in_elsewhere_signs_in_again(self, world: World) -> None:
        await come_from_elsewhere(world)
        await self.begin(world, None)
        world.clock.advance(timedelta(minutes=15))
        for password in (None, people.PASSWORD):
            with pytest.raises(ReauthenticationRequired):
                await self.begin(world, password)

    async def test_the_password_cannot_be_guessed(self, world: World) -> None:
        guessing = proof("wrong", limit=3)
        for expected in [ReauthenticationRequired] * 3 + [TooManyAttempts]:
            with pytest.raises(expected):
                await service.renew_backup_codes(world.database, world.settings, world.actor, guessing)

    async def test_a_sign_in_without_the_factor_that_there_is_changes_none(self, world: World) -> None:
        await self.begin(world, None, only=ENROLMENT)
        app = await world.app()
        with pytest.raises(ReauthenticationRequired):
            await self.begin(world, people.PASSWORD, only=ENROLMENT)
        with pytest.raises(ReauthenticationRequired):
            await service.remove(world.database, replace(world.actor, only=ENROLMENT), proof(), app.id)


class TestCheckCode:
    async def test_each_code_of_the_app_counts_once(self, world: World) -> None:
        app = await world.app()
        assert await world.check(app.code()) is None  # it was used to set up
        assert await world.check(app.next_code()) == "totp"
        assert await world.check(app.code()) is None
        code = app.next_code()
        assert await world.check(f" {code[:3]} {code[3:]} ") == "totp"

    async def test_each_backup_code_counts_once(self, world: World) -> None:
        app = await world.app()
        code = app.backup_codes[3]
        assert await world.check(code.upper()) == "backup"
        assert await world.check(code) is None
        async with world.database.work(write=False) as uow:
            assert (await service.overview(uow, world.settings, world.actor)).backup_codes_left == 9

    async def test_nothing_of_somebody_else_counts(self, world: World) -> None:
        app, bob = await world.app(), await other(world)
        await bob.app()
        assert await bob.check(app.backup_codes[0]) is None
        assert await bob.check(app.next_code()) is None

    async def test_an_app_that_is_not_confirmed_does_not_count(self, world: World) -> None:
        made = await service.set_up(world.database, world.settings, world.actor, proof(), kind="totp", name="")
        app = await world.app()
        app.secret = made.secret
        assert await world.check(app.next_code()) is None

    @pytest.mark.parametrize(
        "code", ["", "12345", "1234567", "\u0661\u0662\u0663\u0664\u0665\u0666", "x" * 5000, "\x00"]
    )
    async def test_junk_is_wrong(self, world: World, code: str) -> None:
        await world.app()
        assert await world.check(code) is None

    async def test_five_wrong_ones_in_a_row_make_even_the_right_one_wait(self, world: World) -> None:
        app = await world.app()
        for _ in range(5):
            assert await world.check(WRONG) is None
        world.clock.advance(timedelta(seconds=20))
        with pytest.raises(TooManyAttempts) as refused:
            await world.check(app.code())
        assert refused.value.headers == {"Retry-After": "10"}
        world.clock.advance(timedelta(seconds=10))
        assert await world.check(WRONG) is None
        with pytest.raises(TooManyAttempts) as refused:
            await world.check(app.code())
        assert refused.value.headers == {"Retry-After": "60"}
        world.clock.advance(timedelta(minutes=1))
        assert await world.check(app.code()) == "totp"
        assert await world.check(WRONG) is None  # the count began again

    async def test_many_guesses_at_once_are_no_more_than_five(self, world: World) -> None:
        app = await world.app()
        world.clock.advance(timedelta(seconds=30))
        guesses = await asyncio.gather(*(world.check(WRONG) for _ in range(15)), return_exceptions=True)
        assert [type(one) for one in guesses].count(TooManyAttempts) == 10
        with pytest.raises(TooManyAttempts):
            await world.check(app.code())

    async def test_one_code_at_once_from_two_sides_lets_one_in(self, world: World) -> None:
        app = await world.app()
        for code, how in ((app.next_code(), "totp"), (app.backup_codes[0], "backup")):
            found = await asyncio.gather(*(world.check(code) for _ in range(4)))
            assert sorted(found, key=str) == [None, None, None, how]

    async def test_after_the_secret_key_changed_nothing_counts_and_nothing_breaks(self, world: World) -> None:
        app = await world.app()
        world.settings = world.settings.model_copy(update={"secret_key": SecretStr("t" * 40)})
        assert await world.check(app.next_code()) is None
        assert await world.check(app.backup_codes[0]) is None


class TestPasskeys:
    async def test_one_is_second_factor_and_sole_login(self, world: World, key: Authenticator) -> None:
        _, codes = await world.passkey(key)
        assert len(codes or []) == 10
        assert await world.factors() == Factors(totp=False, passkeys=True, backup=True)
        assert await world.use(key) == world.actor.id
        assert await world.use(key, alone=True) == world.actor.id

    async def test_without_verifying_its_person_it_is_a_second_factor_only(
        self, world: World, key: Authenticator
    ) -> None:
        key.verifies = False
        await world.passkey(key)
        assert await world.use(key) == world.actor.id
        assert await world.use(key, alone=True) is None

    async def test_a_copied_one_is_refused(self, world: World, key: Authenticator) -> None:
        await world.passkey(key)
        for _ in range(3):
            assert await world.use(key) is not None
        key.passkeys[0].count = 1
        assert await world.use(key) is None

    async def test_an_answer_counts_once(self, world: World, key: Authenticator, database: Database) -> None:
        key.counts = False
        await world.passkey(key)
        async with database.work() as uow:
            token, options = await service.passkey_options(uow, world.settings, None)
        answer = key.get(options)
        for expected in (world.actor.id, None):
            async with database.work() as uow:
                assert await service.check_passkey(uow, world.settings, token, answer) == expected

    async def test_an_answer_must_come_soon(self, world: World, key: Authenticator, uow: UnitOfWork) -> None:
        await world.passkey(key)
        token, options = await service.passkey_options(uow, world.settings, None)
        world.clock.advance(timedelta(minutes=6))
        assert await service.check_passkey(uow, world.settings, token, key.get(options)) is None

    async def test_somebody_elses_is_not_a_second_factor_of_mine(self, world: World, key: Authenticator) -> None:
        await world.passkey(key)
        bob = await other(world)
        bobs = Authenticator(key.origin)
        await bob.passkey(bobs)
        assert await world.use(key, passkey=bobs.passkeys[0]) is None

    async def test_what_was_asked_of_one_is_not_answered_by_another_way(
        self, world: World, key: Authenticator, uow: UnitOfWork
    ) -> None:
        # A second factor needs no verification of its person, so its answer must not open a login by itself.
        await world.passkey(key)
        for asked, answered in ((world.actor.id, None), (None, world.actor.id)):
            token, options = await service.passkey_options(uow, world.settings, asked)
            answer = key.get(options, passkey=key.passkeys[0])
            assert await service.check_passkey(uow, world.settings, token, answer, user_id=answered) is None

    async def test_an_unknown_one_is_refused(self, world: World, key: Authenticator, uow: UnitOfWork) -> None:
        stranger = Authenticator(key.origin)
        await world.passkey(key)
        token, options = await service.passkey_setup_options(
            world.database, world.settings, world.actor, proof(), name=""
        )
        stranger.create(options)
        for name in (None, "\x00", 7, "A" * 5000, ""):
            token, options = await service.passkey_options(uow, world.settings, None)
            answer = stranger.get(options) | ({} if name is None else {"id": name})
            assert await service.check_passkey(uow, world.settings, token, answer) is None

    async def test_one_is_added_by_whom_it_was_asked_of_and_once(
        self, world: World, key: Authenticator, uow: UnitOfWork
    ) -> None:
        bob = await other(world)
        token, options = await service.passkey_setup_options(
            world.database, world.settings, world.actor, proof(), name=""
        )
        made = Credential.model_validate(key.create(options))
        with pytest.raises(BadPasskey):
            await service.add_passkey(uow, world.settings, bob.actor, token, "", made)
        with pytest.raises(BadPasskey):
            await service.add_passkey(uow, world.settings, world.actor, token, "", made)

    async def test_the_same_one_is_not_added_twice(self, world: World, key: Authenticator, uow: UnitOfWork) -> None:
        await world.passkey(key)
        (mine,) = key.passkeys
        bob = await other(world)
        key._key = lambda: mine.key  # type: ignore[method-assign]
        token, options = await service.passkey_setup_options(
            world.database, world.settings, bob.actor, proof(), name=""
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tests.server.mfa.authenticator.secrets.token_bytes", lambda _: mine.id)
            made = Credential.model_validate(key.create(options))
        with pytest.raises(PasskeyKnown):
            await service.add_passkey(uow, world.settings, bob.actor, token, "", made)

    async def test_an_installation_without_a_name_says_why_not(self, world: World, uow: UnitOfWork) -> None:
        settings = world.settings.model_copy(update={"public_url": "https://192.0.2.1"})
        shown = await service.overview(uow, settings, world.actor)
        assert shown.can_use_passkeys is False
        assert shown.reason == PasskeysNeedName.__doc__
        with pytest.raises(PasskeysNeedName):
            await service.passkey_options(uow, settings, None)

    async def test_who_signs_in_elsewhere_uses_theirs_as_second_factor_only(
        self, world: World, key: Authenticator
    ) -> None:
        # Their identity provider may have switched them off, or vouch for one organisation only.
        await world.passkey(key)
        await come_from_elsewhere(world)
        assert await world.use(key) == world.actor.id
        with pytest.raises(PasskeyIsSecond):
            await world.use(key, alone=True)


class TestRename:
    async def test_ones_own(self, world: World, uow: UnitOfWork) -> None:
        app = await world.app()
        assert (await service.rename(uow, world.actor, app.id, " Phone ")).name == "Phone"

    async def test_nobody_elses(self, world: World, uow: UnitOfWork) -> None:
        app, bob = await world.app(), await other(world)
        with pytest.raises(NoSuchMethod):
            await service.rename(uow, bob.actor, app.id, "Phone")


class TestRemove:
    async def test_the_last_one_takes_the_backup_codes_with_it(self, world: World, key: Authenticator) -> None:
        app = await world.app()
        passkey, codes = await world.passkey(key)
        assert codes is None
        await service.remove(world.database, world.actor, proof(), app.id)
        assert await world.factors() == Factors(totp=False, passkeys=True, backup=True)
        await service.remove(world.database, world.actor, proof(), passkey)
        assert await world.factors() == Factors(totp=False, passkeys=False, backup=False)
        assert await world.use(key, alone=True) is None

    async def test_needs_the_password_even_of_a_fresh_sign_in(self, world: World) -> None:
        app = await world.app()
        for password in (None, "wrong"):
            with pytest.raises(ReauthenticationRequired):
                await service.remove(world.database, world.actor, proof(password), app.id)
        assert await world.factors()

    async def test_who_signs_in_elsewhere_needs_a_fresh_sign_in(self, world: World) -> None:
        await come_from_elsewhere(world)
        app = await world.app()
        stale = replace(world.actor, signed_in_at=world.clock.now() - timedelta(minutes=16))
        with pytest.raises(ReauthenticationRequired):
            await service.remove(world.database, stale, proof(None), app.id)
        await service.remove(world.database, world.actor, proof(None), app.id)

    async def test_the_last_one_stays_while_the_organisation_asks_for_it(
        self, world: World, key: Authenticator
    ) -> None:
        app = await world.app()
        passkey, _ = await world.passkey(key)
        await require_mfa(world)
        await service.remove(world.database, world.actor, proof(), app.id)
        with pytest.raises(LastMethod):
            await service.remove(world.database, world.actor, proof(), passkey)

    async def test_two_at_once_do_not_both_go(self, world: World, key: Authenticator) -> None:
        app = await world.app()
        passkey, _ = await world.passkey(key)
        await require_mfa(world)
        gone = await asyncio.gather(
            *(service.remove(world.database, world.actor, proof(), one) for one in (app.id, passkey)),
            return_exceptions=True,
        )
        assert [type(one) for one in gone].count(LastMethod) == 1
        assert await world.factors()

    async def test_somebody_elses_does_not_exist(self, world: World) -> None:
        app, bob = await world.app(), await other(world)
        with pytest.raises(NoSuchMethod):
            await service.remove(world.database, bob.actor, proof(), app.id)


class TestBackupCodes:
    async def test_new_ones_end_the_old_ones(self, world: World) -> None:
        app = await world.app()
        new = await service.renew_backup_codes(world.database, world.settings, world.actor, proof())
        assert await world.check(app.backup_codes[0]) is None
        assert await world.check(new[0]) == "backup"
        again = await service.renew_backup_codes(world.database, world.settings, world.actor, proof())
        assert await world.check(new[1]) is None
        assert await world.check(again[1]) == "backup"

    async def test_there_are_none_without_a_factor(self, world: World) -> None:
        with pytest.raises(NoMethodYet):
            await service.renew_backup_codes(world.database, world.settings, world.actor, proof())

    async def test_need_the_password(self, world: World) -> None:
        await world.app()
        with pytest.raises(ReauthenticationRequired):
            await service.renew_backup_codes(world.database, world.settings, world.actor, proof(None))


class TestReset:
    async def test_takes_everything_of_one_person(self, world: World, key: Authenticator) -> None:
        app, bob = await world.app(), await other(world)
        await world.passkey(key)
        await bob.app()
        for _ in range(5):
            await world.check(WRONG)
        async with world.database.work() as uow:
            await service.reset(uow, world.actor.id)
        assert not await world.factors()
        assert await world.check(app.backup_codes[0]) is None
        assert await bob.factors()


class TestEnrolledIn:
    async def test_only_the_sign_in_that_set_it_up(self, world: World) -> None:
        app = await world.app(login_id="one")
        async with world.database.work(write=False) as uow:
            assert await service.enrolled_in(uow, world.actor.id, "one")
            assert not await service.enrolled_in(uow, world.actor.id, "two")
            assert not await service.enrolled_in(uow, "somebody", "one")
        await service.remove(world.database, world.actor, proof(), app.id)
        async with world.database.work(write=False) as uow:
            assert not await service.enrolled_in(uow, world.actor.id, "one")
