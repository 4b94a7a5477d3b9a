"""Plain HTTP through a real gateway to a session."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.gateway.conftest import until

if TYPE_CHECKING:
    from tests.gateway.conftest import MakeWorld, World

SESSION = "ana-xterm-00000001"
ENGINE_TOKEN = "engine-token-0123456789"
PORTAL = "http://localhost:8000"


def received(body: bytes) -> dict[str, list[str]]:
    headers: dict[str, list[str]] = {}
    for key, value in json.loads(body)["headers"]:
        headers.setdefault(key.lower(), []).append(value)
    return headers


async def test_the_session_sees_nothing_that_proves_who_the_person_is(world: World) -> None:
    answer = await world.get(
        f"/s/{SESSION}/a%20b/c?x=1&token=forged&to%6ben=too",
        extra=(
            "Authorization: Bearer portal\r\nX-Forwarded-For: 1.2.3.4\r\nForwarded: for=1.2.3.4\r\n"
            "X-Real-IP: 1.2.3.4\r\n"
            f"Referer: {world.base}/s/{SESSION}/?ticket=a.b.c\r\nTE: trailers\r\nX-Mine: 1\r\nX-Hop: 2\r\n"
            "Connection: close, X-Hop\r\nProxy-Authorization: Basic abc\r\n"
        ),
    )
    assert answer.status == 200
    seen = received(answer.body)
    assert json.loads(answer.body)["path"] == f"/s/{SESSION}/a%20b/c?x=1&token={ENGINE_TOKEN}"
    for name in ("cookie", "authorization", "x-forwarded-for", "forwarded", "x-real-ip", "te", "x-hop"):
        assert name not in seen
    assert "proxy-authorization" not in seen
    assert seen["x-mine"] == ["1"]
    assert seen["host"] == [world.base.split("//")[1]]
    assert seen["referer"] == [f"{world.base}/s/{SESSION}/"]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("assets/index-BpOBp7NB.js", "private, max-age=31536000, immutable"),
        ("assets/index-settings.js", "private"),
        ("index-BpOBp7NB.js", "private"),
    ],
)
async def test_only_files_named_by_their_content_are_kept_unasked(plain_world: World, path: str, kept: str) -> None:
    assert (await plain_world.get(f"/s/{SESSION}/{path}")).all("cache-control") == [kept]


async def test_the_browser_gets_nothing_that_reaches_beyond_the_session(plain_world: World) -> None:
    answer = await plain_world.get(f"/s/{SESSION}/page")
    names = [name for name, _ in answer.headers]
    for name in ("set-cookie", "service-worker-allowed", "access-control-allow-origin", "x-frame-options"):
        assert name not in names
    assert "x-engine" not in names
    assert answer.one("x-kept") == "yes"
    assert answer.all("content-security-policy") == ["default-src 'self'", f"frame-ancestors 'self' {PORTAL}"]
    assert answer.one("referrer-policy") == "same-origin"
    assert answer.one("x-content-type-options") == "nosniff"


async def test_a_redirect_loses_the_engines_token(plain_world: World) -> None:
    answer = await plain_world.get(f"/s/{SESSION}/redirect?q=1")
    assert answer.status == 302
    assert answer.one("location") == f"/s/{SESSION}/redirect/next?q=1&a=1#x"


@pytest.mark.parametrize("query", ["size=0", "size=5", "size=3000000", "size=3000000&chunked=1"])
async def test_downloads_of_every_size(world: World, query: str) -> None:
    answer = await world.get(f"/s/{SESSION}/download?{query}")
    assert answer.complete
    assert len(answer.body) == int(query.split("&", maxsplit=1)[0].split("=")[1])


@pytest.mark.parametrize("chunked", [False, True])
async def test_uploads_are_streamed(world: World, *, chunked: bool) -> None:
    data = b"u" * 5_000_000
    head = f"POST /s/{SESSION}/upload HTTP/1.1\r\nHost: x\r\nCookie: {world.cookie()}\r\nOrigin: {world.base}\r\n"
    if chunked:
        body = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (data[:1], data[1:70_000], data[70_000:])) + b"0\r\n\r\n"
        head += "Transfer-Encoding: chunked\r\n\r\n"
    else:
        body = data
        head += f"Content-Length: {len(data)}\r\n\r\n"
    answer = await world.ask(head.encode() + body)
    assert answer.status == 200
    assert json.loads(answer.body) == {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert len(world.origin.uploads) > 3


async def test_an_upload_that_is_refused_early_is_answered(plain_world: World) -> None:
    head = (
        f"POST /s/{SESSION}/refuse-upload HTTP/1.1\r\nHost: x\r\nCookie: {plain_world.cookie()}\r\n"
        f"Origin: {plain_world.base}\r\nContent-Length: 50000000\r\n\r\n"
    )
    answer = await plain_world.ask(head.encode() + b"x" * 300_000)
    assert answer.status == 403


async def test_an_upload_larger_than_allowed_is_413(make_world: MakeWorld) -> None:
    world = await make_world(largest_body_bytes=1000)
    head = f"POST /s/{SESSION}/upload HTTP/1.1\r\nHost: x\r\nCookie: {world.cookie()}\r\nOrigin: {world.base}\r\n"
    answer = await world.ask(head.encode() + b"Content-Length: 5000\r\n\r\n" + b"x" * 5000)
    assert answer.status == 413
    chunks = b"%x\r\n%s\r\n" % (5000, b"x" * 5000) + b"0\r\n\r\n"
    answer = await world.ask(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)
    assert answer.status in (413, 502)
    assert not world.origin.uploads or max(world.origin.uploads) <= 1000


async def test_many_requests_reuse_few_connections(plain_world: World) -> None:
    reader, writer = await plain_world.dial()
    dials = plain_world.gateway.gate.links.dial
    made = 0

    async def dial(*arguments: Any) -> Any:
        nonlocal made
        made += 1
        return await dials(*arguments)

    plain_world.gateway.gate.links.dial = dial  # type: ignore[method-assign]
    for _ in range(20):
        writer.write(f"GET /s/{SESSION}/p HTTP/1.1\r\nHost: x\r\nCookie: {plain_world.cookie()}\r\n\r\n".encode())
        assert (await plain_world.read(reader)).status == 200
    assert made == 1
    writer.transport.abort()


async def test_a_pooled_connection_that_died_is_replaced(world: World) -> None:
    assert (await world.get(f"/s/{SESSION}/p")).status == 200
    (conns,) = world.gateway.gate.pool._idle.values()
    # The session closes it in the very moment it is used: nothing was seen yet.
    original = type(conns[0]).quiet
    await world.origin.stop()
    await world.origin.start()
    assert original is not None
    assert (await world.get(f"/s/{SESSION}/p")).status == 200


async def test_an_answer_that_breaks_off_is_not_passed_as_whole(world: World) -> None:
    answer = await world.get(f"/s/{SESSION}/break")
    assert answer.status == 200
    assert not answer.complete


async def test_a_session_too_slow_to_answer_is_504(make_world: MakeWorld) -> None:
    world = await make_world(answer_timeout=timedelta(seconds=0.3))
    assert (await world.get(f"/s/{SESSION}/slow")).status == 504


async def test_a_client_that_leaves_ends_the_request_at_the_session(plain_world: World) -> None:
    _, writer = await plain_world.dial()
    writer.write(f"GET /s/{SESSION}/slow HTTP/1.1\r\nHost: x\r\nCookie: {plain_world.cookie()}\r\n\r\n".encode())
    gate = plain_world.gateway.gate
    await until(lambda: plain_world.agent.open_streams)
    writer.transport.abort()
    await until(lambda: not (gate.streams._requests or plain_world.agent.open_streams))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ("Origin: http://evil.example\r\n", 403),
        (f"Origin: {PORTAL}\r\n", 403),
        ("Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors\r\n", 403),
        ("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\n", 403),
        ("Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: navigate\r\n", 200),
        ("Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n", 200),
    ],
)
async def test_other_pages_may_only_link_to_a_session(plain_world: World, headers: str, status: int) -> None:
    assert (await plain_world.get(f"/s/{SESSION}/p", extra=headers)).status == status


async def test_a_form_of_another_page_may_not_be_sent_here(plain_world: World) -> None:
    headers = f"Origin: {PORTAL}\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: navigate\r\n"
    answer = await plain_world.get(f"/s/{SESSION}/p", method="POST", extra=headers + "Content-Length: 0\r\n")
    assert answer.status == 403


async def test_what_is_asked_with_head_has_no_body(plain_world: World) -> None:
    answer = await plain_world.get(f"/s/{SESSION}/p", method="HEAD")
    assert answer.status == 200


async def test_people_get_pages_and_programs_get_json(plain_world: World) -> None:
    page = await plain_world.get(f"/s/{SESSION}/", cookie=None, extra="Accept: text/html\r\n")
    assert page.status == 401
    assert b"You are not signed in" in page.body
    assert b"<script" not in page.body
    assert "default-src 'none'" in page.one("content-security-policy")
    data = await plain_world.get(f"/s/{SESSION}/", cookie=None, extra="Accept: */*\r\n")
    assert json.loads(data.body)["error"] == "unauthorized"
    assert (await plain_world.get("/nowhere", cookie=None)).status == 404


async def test_a_head_too_large_is_refused(plain_world: World) -> None:
    answer = await plain_world.ask(b"GET / HTTP/1.1\r\nX: " + b"a" * 200_000)
    assert answer.status == 431
    answer = await plain_world.ask(b"GET / HTTP/1.1\r\n" + b"X: aaaaaaaaaaaaaaaa\r\n" * 4000 + b"\r\n")
    assert answer.status == 400


async def test_status_is_for_the_portal_with_the_persons_cookie(plain_world: World) -> None:
    path = f"/s/{SESSION}/.streamspace/status"
    portal = f"Origin: {PORTAL}\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\n"
    async with plain_world.stream():
        answer = await plain_world.get(path, extra=portal)
        told = {"open": 1, "reachable": True, "protocol": "selkies", "role": "controller"}
        assert json.loads(answer.body) == told
    assert answer.one("access-control-allow-origin") == PORTAL
    assert answer.one("access-control-allow-credentials") == "true"
    assert (await plain_world.get(path, extra="Origin: http://evil.example\r\n")).status == 403
    refused = await plain_world.get(path, cookie=None, extra=portal)
    assert refused.status == 401
    assert refused.one("access-control-allow-origin") == PORTAL


async def test_status_says_when_the_machine_is_away(plain_world: World) -> None:
    await plain_world.agent.close()
    answer = await plain_world.get(f"/s/{SESSION}/.streamspace/status")
    assert json.loads(answer.body)["reachable"] is False


async def test_health_and_metrics(plain_world: World) -> None:
    assert (await plain_world.get("/healthz", cookie=None)).status == 200
    assert (await plain_world.get("/readyz", cookie=None)).status == 200
    metrics = await plain_world.get("/metrics", cookie=None)
    assert b"streamspace_gateway_agents_linked 1" in metrics.body
    assert (await plain_world.get("/metrics", cookie=None, extra="X-Forwarded-For: 1.2.3.4\r\n")).status == 404
