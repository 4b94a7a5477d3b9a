import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from streamspace.client import (
    Api,
    ApiError,
    BadAnswer,
    Conflict,
    MemoryTokens,
    NotFound,
    NotSignedIn,
    Resources,
    Tokens,
    Unavailable,
    Unreachable,
)
from streamspace.client import sessions as client_sessions
from streamspace.client import transport as client_transport
from streamspace.kit import backoff
from tests.client.fake import Fake, build, serving


@pytest.fixture
def fake() -> Fake:
    return Fake()


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = timedelta(milliseconds=1)
    monkeypatch.setattr(client_transport.backoff, "jittered", lambda *_: iter([quick] * 50))
    assert backoff.jittered().__next__() == quick


@pytest.fixture
async def api(fake: Fake) -> AsyncIterator[Api]:
    async with Api("http://fake", token="token-1", transport=httpx2.ASGITransport(build(fake))) as api:
        yield api


class TestCalls:
    async def test_reads_camel_case_and_ignores_what_it_does_not_know(self, fake: Fake, api: Api) -> None:
        fake.session(1, state="running")

        session = await api.sessions.get("alice-xterm-00000001")

        assert session.template_display_name == "Terminal"
        assert session.status.url == "/sessions/alice-xterm-00000001"
        assert session.ready

    async def test_sends_only_what_was_given(self, fake: Fake, api: Api) -> None:
        await api.sessions.create("xterm", resources=Resources(cpu="2"), idle_timeout="30m")

        assert fake.bodies == [{"template": "xterm", "resources": {"cpu": "2"}, "idleTimeout": "30m"}]

    async def test_errors_carry_code_sentence_and_request_id(self, api: Api) -> None:
        with pytest.raises(NotFound) as caught:
            await api.templates.get("nothing")

        assert caught.value.code == "template_not_found"
        assert caught.value.request_id == "req-1"
        assert str(caught.value) == "There is no such template."

    async def test_a_wrong_state_is_a_conflict(self, fake: Fake, api: Api) -> None:
        fake.session(1)

        with pytest.raises(Conflict, match="pending"):
            await api.sessions.hibernate("alice-xterm-00000001")

    async def test_no_capacity_says_why_and_is_not_repeated(self, fake: Fake, api: Api) -> None:
        fake.refuse = 503, {"error": "no_capacity", "message": "No room.", "details": {"agents": []}}

        with pytest.raises(Unavailable) as caught:
            await api.sessions.create("xterm")

        assert caught.value.details == {"agents": []}
        assert len(fake.requests) == 1

    async def test_names_in_paths_are_quoted(self, fake: Fake, api: Api) -> None:
        with pytest.raises(NotFound):
            await api.sessions.get("../templates")

        assert fake.requests[-1][1] == "/api/v1/sessions/../templates"  # decoded; one segment on the wire

    async def test_something_else_that_answers_is_named(self) -> None:
        def page(_: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(200, text="<html>")

        async with Api("http://other", transport=httpx2.MockTransport(page)) as api:
            with pytest.raises(BadAnswer, match="Check the address"):
                await api.version()

    async def test_nobody_there_is_unreachable(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as unused:
            port = unused.getsockname()[1]
        async with Api(f"http://127.0.0.1:{port}") as api:
            with pytest.raises(Unreachable, match="nothing answers there"):
                await api.version()


class TestRetries:
    async def test_a_read_survives_a_broken_proxy(self, fake: Fake, api: Api) -> None:
        fake.trouble = [502, 503, 504]

        assert (await api.auth.me()).username == "alice"

    async def test_gives_up_after_four_tries(self, fake: Fake, api: Api) -> None:
        fake.trouble = [502] * 9

        with pytest.raises(ApiError) as caught:
            await api.auth.me()

        assert caught.value.code == "http_502"
        assert len(fake.requests) == 4

    async def test_a_repeated_create_starts_one_session(self, fake: Fake, api: Api) -> None:
        fake.trouble = [502]

        await api.sessions.create("xterm")

        assert len(fake.sessions) == 1
        assert [key for _, _, key in fake.requests] == [fake.requests[0][2]] * 2

    async def test_what_is_not_idempotent_is_sent_once(self) -> None:
        sent = []

        def broken(request: httpx2.Request) -> httpx2.Response:
            sent.append(request)
            raise httpx2.ReadError("reset")

        async with Api("http://x", token="t", transport=httpx2.MockTransport(broken)) as api:
            with pytest.raises(Unreachable):
                await api.agents.approve("host-1")
            assert len(sent) == 1
            with pytest.raises(Unreachable):
                await api.sessions.stop("s")
            assert len(sent) == 5

    async def test_a_connection_never_made_is_always_tried_again(self) -> None:
        answers = iter([httpx2.ConnectError("refused"), httpx2.Response(200, json={"agentId": "a", "platform": "vm"})])

        def late(_: httpx2.Request) -> httpx2.Response:
            answer = next(answers)
            if isinstance(answer, Exception):
                raise answer
            return answer

        async with Api("http://x", token="t", transport=httpx2.MockTransport(late)) as api:
            assert (await api.agents.approve("a")).agent_id == "a"


class TestTokens:
    def tokens(self, token: str = "token-0", *, lives: timedelta = timedelta(hours=1)) -> MemoryTokens:
        return MemoryTokens(Tokens(token, "refresh-1", datetime.now(UTC) + lives))

    async def test_login_keeps_the_tokens(self, fake: Fake) -> None:
        store = MemoryTokens()
        async with Api("http://fake", store=store, transport=httpx2.ASGITransport(build(fake))) as api:
            await api.auth.login("alice", "secret")
            assert (await api.auth.me()).username == "alice"

        assert (held := store.load())
        assert held.refresh_token == "refresh-1"

    async def test_a_wrong_password_changes_nothing(self, fake: Fake) -> None:
        store = self.tokens("token-1")
        async with Api("http://fake", store=store, transport=httpx2.ASGITransport(build(fake))) as api:
            with pytest.raises(NotSignedIn, match="wrong") as caught:
                await api.auth.login("alice", "guess")

        assert caught.value.code == "invalid_credentials"
        assert store.load()

    async def test_an_old_token_is_refreshed_and_the_call_repeated(self, fake: Fake) -> None:
        store = self.tokens()
        async with Api("http://fake", store=store, transport=httpx2.ASGITransport(build(fake))) as api:
            assert (await api.auth.me()).username == "alice"

        assert (held := store.load())
        assert held.token == "token-2"

    async def test_a_token_about_to_expire_is_refreshed_before_the_call(self, fake: Fake) -> None:
        store = self.tokens("token-1", lives=timedelta(seconds=5))
        async with Api("http://fake", store=store, transport=httpx2.ASGITransport(build(fake))) as api:
            await api.auth.me()

        assert [path for _, path, _ in fake.requests] == ["/api/v1/auth/refresh", "/api/v1/users/me"]

    async def test_takes_over_what_another_program_refreshed(self, fake: Fake) -> None:
        store = self.tokens("token-1")
        async with Api("http://fake", store=store, transport=httpx2.ASGITransport(build(fake))) as api:
            transport = api._transport
            assert await transport.refresh("token-0")

        assert fake.requests == []

    async def test_an_ended_login_is_not_signed_in(self, fake: Fake) -> None:
        fake.valid_refresh = "another"
        async with Api("http://fake", store=self.tokens(), transport=httpx2.ASGITransport(build(fake))) as api:
            with pytest.raises(NotSignedIn):
                await api.auth.me()

    async def test_logout_forgets(self, fake: Fake) -> None:
        store = self.tokens("token-1")
        async with Api("http://fake", store=store, transport=httpx2.ASGITransport(build(fake))) as api:
            await api.auth.logout()

        assert store.load() is None


class TestEvents:
    async def test_reconnects_and_says_hello_again(self, fake: Fake) -> None:
        fake.hang_ups = 1
        with serving(fake) as server:
            async with Api(server, token="token-1") as api:
                hellos = 0
                async for event in api.events():
                    assert event.type == "hello"
                    hellos += 1
                    if hellos == 2:
                        break

        assert fake.opened == 2

    async def test_a_refused_socket_is_an_error(self, fake: Fake) -> None:
        with serving(fake) as server:
            async with Api(server, token="wrong") as api:
                with pytest.raises(NotSignedIn, match="Sign in first"):
                    async for _ in api.events():
                        pass

    async def test_refreshes_an_old_token_for_the_socket(self, fake: Fake) -> None:
        with serving(fake) as server:
            async with Api(server, store=MemoryTokens(Tokens("token-0", "refresh-1"))) as api:
                first = await anext(aiter(api.events()))

        assert first.type == "hello"
        assert fake.valid_token == "token-2"


class TestFollow:
    async def test_yields_each_change_until_it_settles(self, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(client_sessions, "POLL", timedelta(milliseconds=10))
        monkeypatch.setattr(client_sessions, "POLL_WITH_EVENTS", timedelta(milliseconds=10))
        name = fake.session(1)["id"]
        states = []
        with serving(fake) as server:
            async with Api(server, token="token-1") as api:
                async for session in api.sessions.follow(name):
                    states.append((session.state, len(session.progress)))
                    if session.settled:
                        break

        assert states[0] == ("starting", 1)
        assert states[-1] == ("running", 7)
