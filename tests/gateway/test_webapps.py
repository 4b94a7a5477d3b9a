"""What a web application's answers may do to a browser, and what it gets to see of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streamspace.gateway import webapps
from streamspace.protocol.streams import Endpoint

if TYPE_CHECKING:
    from tests.gateway.conftest import MakeWorld, World

SESSION = "ana-xterm-00000001"
ORIGIN = "https://apps.example"


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        (b"_xsrf=1; theme=dark", b"_xsrf=1; theme=dark"),
        (b"streamspace_s_x=secret; a=1; __Host-streamspace_login=x; StreamSpace_csrf=2", b"a=1"),
        (b"streamspace_s_x=secret", None),
        (b"a=" + b"x" * 9000, None),
    ],
)
def test_an_application_sees_its_own_cookies_only(sent: bytes, seen: bytes | None) -> None:
    assert webapps.cookies([(b"cookie", sent)]) == ([] if seen is None else [(b"cookie", seen)])


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (b"_xsrf=1", b"_xsrf=1; Path=/s/a-1/; Secure"),
        (
            b"a=1; Path=/; Domain=apps.example; HttpOnly; Max-Age=5; SameSite=Lax",
            b"a=1; HttpOnly; Max-Age=5; SameSite=Lax; Path=/s/a-1/; Secure",
        ),
        (b"streamspace_s_b-2=evil; Path=/", None),
        (b"__Secure-a=1; Path=/", None),
        (b"nonsense", None),
    ],
)
def test_its_cookies_stay_on_its_path(wanted: bytes, given: bytes | None) -> None:
    kept = webapps.set_cookies([(b"set-cookie", wanted)], "a-1", secure=True)
    assert kept == ([] if given is None else [(b"set-cookie", given)])


@pytest.mark.parametrize(
    ("location", "leads"),
    [
        (b"/s/a-1/tree?x=1#y", b"/s/a-1/tree?x=1#y"),
        (b"next", b"/s/a-1/dir/next"),
        (b"/login", b"/s/a-1/login"),
        (b"/s/b-2/api/shutdown", b"/s/a-1/s/b-2/api/shutdown"),
        (b"https://apps.example/s/b-2/", b"/s/a-1/s/b-2/"),
        (b"//apps.example/s/b-2/", b"/s/a-1/s/b-2/"),
        (b"/s/a-1/../b-2/", b"/s/a-1/s/b-2/"),
        (b"/s/a-1/%2e%2e/b-2/", b"/s/a-1/"),
        (b"https://elsewhere.example/", b"https://elsewhere.example/"),
    ],
)
def test_a_redirect_never_leads_to_another_session(location: bytes, leads: bytes) -> None:
    assert webapps.redirect(location, "/s/a-1/dir/page", "a-1", ORIGIN) == leads


async def web(make_world: MakeWorld) -> World:
    world = await make_world()
    world.platform.endpoints[SESSION] = Endpoint(kind="unix", path=str(world.origin.path), protocol="http")
    return world


async def test_its_page_is_told_to_keep_to_its_session(make_world: MakeWorld) -> None:
    world = await web(make_world)
    answer = await world.get(f"/s/{SESSION}/page?a=1", extra="Cookie: _xsrf=7\r\nAuthorization: Bearer x\r\n")
    assert answer.status == 200
    assert b'["Cookie", "portal=secret; _xsrf=7"]' in answer.body
    assert b"streamspace_s" not in answer.body
    assert b"Authorization" not in answer.body
    assert b'"path": "/s/ana-xterm-00000001/page?a=1"' in answer.body
    assert answer.all("set-cookie") == []
    policy = answer.all("content-security-policy")[-1]
    assert (
        f"connect-src {world.base}/s/{SESSION}/ {world.base.replace('http', 'ws')}/s/{SESSION}/ data: blob:" in policy
    )
    assert "sandbox allow-scripts allow-same-origin allow-forms" in policy
    assert "popups" not in policy


async def test_its_websockets_get_its_cookies(make_world: MakeWorld) -> None:
    world = await web(make_world)
    async with world.stream("echo", cookie=f"{world.cookie()}; _xsrf=7") as stream:
        await stream.send("hello")
        assert await stream.recv() == "hello"
    assert world.origin.requests[-1].headers["Cookie"] == "_xsrf=7"


async def test_it_cannot_be_watched_without_being_used(make_world: MakeWorld) -> None:
    world = await web(make_world)
    cookie = world.cookie(role="viewer", connection_id="c9")
    for path in ("page", "echo"):
        answer = await world.get(f"/s/{SESSION}/{path}", cookie=cookie)
        assert (answer.status, b"cannot_watch" in answer.body) == (403, True)
    refused = await world.ask(world.upgrade(f"/s/{SESSION}/echo", cookie=cookie))
    assert refused.status == 403
    assert world.origin.requests == []
    status = await world.get(f"/s/{SESSION}/.streamspace/status")
    assert b'"protocol": "http"' in status.body
