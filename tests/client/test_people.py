"""What the client adds to the plain calls about people; the rest is covered through the command line."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from streamspace.client import Api, MemoryTokens, NotSignedIn, SecondFactorNeeded, Tokens
from tests.client.fake import Fake, build


@pytest.fixture
def fake() -> Fake:
    return Fake()


@pytest.fixture
async def api(fake: Fake) -> AsyncIterator[Api]:
    async with Api("http://fake", transport=httpx2.ASGITransport(build(fake))) as api:
        yield api


class TestSecondFactor:
    async def test_is_asked_for_after_the_password(self, fake: Fake, api: Api) -> None:
        fake.mfa_code = "123456"

        with pytest.raises(SecondFactorNeeded) as caught:
            await api.auth.login("alice", "secret")
        assert caught.value.methods == ["totp", "backup"]
        done = await api.auth.second_factor(caught.value.token, "123456")

        assert done.user.username == "alice"
        assert (await api.auth.me()).username == "alice"

    async def test_an_answer_without_details_names_no_method(self) -> None:
        error = SecondFactorNeeded("mfa_required", "Prove it.", 401)

        assert (error.token, error.methods) == ("", [])


class TestKeys:
    async def test_a_wrong_key_is_not_kept(self, fake: Fake) -> None:
        store = MemoryTokens(Tokens("token-1"))
        async with Api("http://fake", store=store, transport=httpx2.ASGITransport(build(fake))) as api:
            with pytest.raises(NotSignedIn):
                await api.auth.use_key("sk_wrong")

        assert store.load() == Tokens("token-1")


class TestUsers:
    async def test_csv_goes_out_as_csv(self) -> None:
        seen: list[httpx2.Request] = []

        def take(request: httpx2.Request) -> httpx2.Response:
            seen.append(request)
            return httpx2.Response(200, json={"created": ["bob"], "failed": [], "total": 1})

        async with Api("http://fake", token="t", transport=httpx2.MockTransport(take)) as api:
            done = await api.users.import_csv(b"username\nbob\n", partial=True)

        assert done.created == ["bob"]
        assert seen[0].headers["content-type"] == "text/csv"
        assert seen[0].content == b"username\nbob\n"
        assert seen[0].url.params["partial"] == "true"

    async def test_names_in_paths_are_quoted(self, fake: Fake, api: Api) -> None:
        fake.valid_token = "token-1"
        fake.answers["GET /users/a%2Fb"] = None
        async with Api("http://fake", token="token-1", transport=httpx2.ASGITransport(build(fake))) as signed_in:
            with pytest.raises(Exception, match="no such thing"):
                await signed_in.users.get("a/../b")

        assert fake.requests[-1][1] == "/api/v1/users/a/../b"  # decoded; one segment on the wire
