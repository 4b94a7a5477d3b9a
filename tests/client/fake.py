"""A small control plane: the shapes of the real API, no database, no agents, and failures on demand."""

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

START = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
PHASES = ["accepted", "sent", "sandbox", "display", "engine", "application", "ready"]
USER = {
    "id": "u1",
    "orgId": "default",
    "username": "alice",
    "role": "admin",
    "permissions": {"session.start": "own"},
}
FULL = {"code": "full", "message": "All 8 places are taken."}
PREVIEWS = {
    False: {
        "possible": True,
        "agentId": "host-1",
        "quota": {"ok": True},
        "agents": [{"agentId": "host-1", "ok": True}],
    },
    True: {
        "possible": False,
        "quota": {"ok": True},
        "agents": [{"agentId": "host-1", "ok": False, "reasons": [FULL]}],
        "reasons": [{"code": "no_capacity", "message": "All 8 places are taken."}],
        "when": "2026-01-01T08:00:00Z",
        "message": "There will be room at this time at the latest.",
    },
}
"""What a dry run says, by whether something runs."""
LOOKS_BACK: dict[str, dict[str, Any]] = {
    "events": {
        "total": 2,
        "events": [
            {"number": 1, "at": "2026-01-01T00:00:00Z", "kind": "created", "actor": "alice"},
            {"number": 2, "at": "2026-01-01T00:00:03Z", "kind": "running", "message": "It runs."},
        ],
    },
    "placement": {
        "agentId": "host-2",
        "strategy": "spread",
        "agents": [{"agentId": "host-1", "ok": False, "reasons": [FULL]}, {"agentId": "host-2", "ok": True}],
        "attempts": [
            {"agentId": "host-3", "at": "2026-01-01T00:00:00Z", "code": "timeout", "message": "It took too long."},
            {"agentId": "host-2", "at": "2026-01-01T00:00:05Z"},
        ],
    },
}
TEMPLATES = {
    "xterm": {"id": "t1", "name": "xterm", "displayName": "Terminal", "category": "Tools", "available": True},
    "gimp": {
        "id": "t2",
        "name": "gimp",
        "displayName": "GIMP",
        "category": "Graphics",
        "available": False,
        "unavailableReason": {"code": "packages_missing", "message": "Missing: gimp.", "packages": ["gimp"]},
        "availability": [
            {
                "agentId": "host-1",
                "ok": False,
                "reasons": [{"code": "packages_missing", "message": "Missing: gimp."}],
            }
        ],
    },
}


@dataclass
class Fake:
    """Everything a test may set or look at."""

    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    agents: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    valid_token: str = "token-1"
    valid_refresh: str = "refresh-1"
    expires_in: timedelta = timedelta(hours=1)
    trouble: list[int] = field(default_factory=list)
    """Statuses that the next requests get from a broken proxy."""
    refuse: tuple[int, dict[str, Any]] | None = None
    """What every creation of a session is answered with."""
    fail_with: dict[str, Any] | None = None
    """Why sessions fail after the first phases."""
    requests: list[tuple[str, str, str | None]] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    opened: int = 0
    hang_ups: int = 0
    """How many event sockets the server closes right after its hello."""
    command_polls: int = 0
    command_error: str | None = None
    mfa_code: str | None = None
    """Asked for after the password, where set."""
    api_key: str = "sk_key"
    answers: dict[str, Any] = field(default_factory=dict)
    """What other calls are answered with, by `METHOD path` below /api/v1: JSON, bytes, or a status and one of them."""
    calls: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    """Those calls: `METHOD path`, query and body."""

    def session(self, number: int, **fields: Any) -> dict[str, Any]:
        """Add a session."""
        name = f"alice-xterm-{number:08x}"
        made = {
            "id": name,
            "name": name,
            "orgId": "default",
            "user": "alice",
            "userId": "u1",
            "template": "xterm",
            "templateDisplayName": "Terminal",
            "state": "pending",
            "createdAt": START.isoformat(),
            "resources": {"memory": "1Gi", "cpu": "1000m"},
            "tags": [],
            "status": {"phase": "Pending", "message": None, "url": f"/sessions/{name}"},
            "progress": [],
            "aFieldOfTheFuture": 1,
        } | fields
        self.sessions[name] = made
        return made

    def advance(self, session: dict[str, Any]) -> None:
        """Move a start on by one phase."""
        if session["state"] not in {"pending", "starting", "waking"}:
            return
        done = len(session["progress"])
        if self.fail_with and done > 2:
            session |= {"state": "failed", "reason": self.fail_with}
            return
        at = (START + timedelta(seconds=0.5 * done)).isoformat()
        session["progress"] = [*session["progress"], {"phase": PHASES[done], "at": at}]
        session["state"] = "running" if PHASES[done] == "ready" else "starting"


def error(status: int, code: str, message: str, **more: Any) -> JSONResponse:
    return JSONResponse({"error": code, "message": message, "requestId": "req-1", **more}, status)


def build(fake: Fake) -> Starlette:
    def tokens() -> dict[str, Any]:
        expires = datetime.now(UTC) + fake.expires_in
        return {
            "token": fake.valid_token,
            "refreshToken": fake.valid_refresh,
            "expiresAt": expires.isoformat(),
            "user": USER,
        }

    async def login(request: Request) -> Response:
        body = await request.json()
        if body != {"username": "alice", "password": "secret"}:
            return error(401, "invalid_credentials", "The username or password is wrong.")
        if fake.mfa_code:
            details = {"mfaToken": "mfa-1", "methods": ["totp", "backup"] if fake.mfa_code != "none" else ["webauthn"]}
            return error(401, "mfa_required", "Prove your second factor.", details=details)
        return JSONResponse(tokens())

    async def second_factor(request: Request) -> Response:
        if await request.json() != {"mfaToken": "mfa-1", "code": fake.mfa_code}:
            return error(401, "wrong_code", "That code is wrong.")
        return JSONResponse(tokens() | {"mfaEnrolmentRequired": False})

    async def switch(request: Request) -> Response:
        fake.calls.append(("POST /auth/switch", {}, await request.json()))
        fake.valid_token = "token-5"
        return JSONResponse(tokens())

    async def anything(request: Request) -> Response:
        call = f"{request.method} {request.url.path.removeprefix(p)}"
        text = await request.body()
        is_json = request.headers.get("content-type") == "application/json"
        fake.calls.append((call, dict(request.query_params), json.loads(text) if is_json else text or None))
        if call not in fake.answers:
            return error(404, "not_found", "There is no such thing, or you may not see it.")
        found = fake.answers[call]
        status, body = found if isinstance(found, tuple) else (200, found)
        if isinstance(body, bytes):
            return Response(body, status)
        return Response(status_code=204) if body is None else JSONResponse(body, status)

    async def refresh(request: Request) -> Response:
        body = await request.json()
        if body.get("refreshToken") != fake.valid_refresh:
            return error(401, "login_ended", "This login has ended.")
        number = int(fake.valid_token.rpartition("-")[2]) + 1
        fake.valid_token, fake.valid_refresh = f"token-{number}", f"refresh-{number}"
        return JSONResponse(tokens())

    async def logout(request: Request) -> Response:
        fake.valid_token, fake.valid_refresh = "none-0", "none-0"
        return Response(status_code=204)

    async def me(request: Request) -> Response:
        return JSONResponse(USER)

    async def templates(request: Request) -> Response:
        found = [t for t in TEMPLATES.values() if request.query_params.get("search", "") in t["name"]]
        cursor = int(request.query_params.get("cursor", 0))
        body = {"templates": found[cursor : cursor + 1], "total": len(found)}
        return JSONResponse(body | ({"nextCursor": str(cursor + 1)} if cursor + 1 < len(found) else {}))

    async def template(request: Request) -> Response:
        found = TEMPLATES.get(name := request.path_params["name"]) or fake.answers.get(f"GET /templates/{name}")
        return JSONResponse(found) if found else error(404, "template_not_found", "There is no such template.")

    async def create(request: Request) -> Response:
        body = await request.json()
        fake.bodies.append(body)
        if fake.refuse:
            return JSONResponse(fake.refuse[1], fake.refuse[0])
        if body["template"] not in TEMPLATES:
            return error(404, "template_not_found", "There is no template of this name.")
        if request.query_params.get("dryRun") == "true":
            return JSONResponse(PREVIEWS[len(fake.sessions) > 0])
        key = request.headers["idempotency-key"]
        if key not in fake.keys:
            fake.keys[key] = fake.session(len(fake.sessions) + 1, template=body["template"])["id"]
        if fake.trouble:
            return PlainTextResponse("bad gateway", fake.trouble.pop(0))
        return JSONResponse(fake.sessions[fake.keys[key]], 201)

    async def sessions(request: Request) -> Response:
        state = request.query_params.get("state")
        found = [s for s in fake.sessions.values() if state in (None, s["state"])]
        return JSONResponse({"sessions": found, "total": len(found)})

    async def session(request: Request) -> Response:  # noqa: PLR0911
        found = fake.sessions.get(request.path_params["id"])
        if found is None:
            return error(404, "session_not_found", "There is no such session.")
        verb = request.path_params.get("verb")
        if request.method == "DELETE":
            found["state"] = "terminating"
            return JSONResponse(found, 202)
        if verb in {"events", "placement"}:
            return JSONResponse(LOOKS_BACK[verb] | {"sessionId": found["id"]})
        if verb == "logs":
            return JSONResponse({"logs": "one\n\x1b[31mtwo\n", "lines": 2})
        if verb == "tags":
            found["tags"] = (await request.json())["tags"]
        elif verb == "connect":
            ready = found["state"] == "running"
            url = f"http://gateway/s/{found['id']}/?ticket=x" if ready else None
            body = {
                "sessionUrl": url,
                "state": found["state"],
                "ready": ready,
                "message": "",
                "role": "controller",
            }
            return JSONResponse(body)
        elif verb == "hibernate" and found["state"] != "running":
            return error(409, "wrong_state", f"The session is {found['state']}.")
        elif verb in {"hibernate", "wake"}:
            found["state"] = {"hibernate": "hibernating", "wake": "waking"}[verb]
            return JSONResponse(found, 202)
        else:
            fake.advance(found)
        return JSONResponse(found)

    async def agents(request: Request) -> Response:
        return JSONResponse({"agents": list(fake.agents.values()), "total": len(fake.agents)})

    async def agent(request: Request) -> Response:
        found = fake.agents.get(request.path_params["id"])
        if found is None:
            return error(404, "agent_not_found", "There is no such agent.")
        verb = request.path_params.get("verb")
        if verb == "packages":
            return JSONResponse({"commandId": "cmd-1", "status": "pending"}, 202)
        if verb == "approve":
            found["approvalStatus"] = "approved"
        return JSONResponse(found)

    async def command(request: Request) -> Response:
        fake.command_polls += 1
        status = "failed" if fake.command_error else "completed"
        return JSONResponse({"commandId": "cmd-1", "status": status, "errorMessage": fake.command_error})

    async def join_token(request: Request) -> Response:
        fake.bodies.append(await request.json())
        return JSONResponse({"token": "join-1", "expiresAt": (START + timedelta(hours=1)).isoformat()}, 201)

    async def version(request: Request) -> Response:
        return JSONResponse({"version": "9.9.9", "api": "v1"})

    async def events(socket: WebSocket) -> None:
        fake.opened += 1
        if socket.headers.get("authorization") != f"Bearer {fake.valid_token}":
            await socket.send_denial_response(error(401, "not_signed_in", "Sign in first."))
            return
        await socket.accept()
        await socket.send_json({"type": "hello"})
        if fake.hang_ups:
            fake.hang_ups -= 1
            await socket.close()
            return
        with contextlib.suppress(WebSocketDisconnect):
            await socket.receive_text()

    open_paths = {"/api/v1/auth/login", "/api/v1/auth/mfa", "/api/v1/auth/refresh", "/version"}

    class Guard:
        def __init__(self, app: Any) -> None:
            self.app = app

        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                await self.app(scope, receive, send)
                return
            request = Request(scope)
            fake.requests.append((request.method, request.url.path, request.headers.get("idempotency-key")))
            if fake.trouble and request.method == "GET":
                await PlainTextResponse("bad gateway", fake.trouble.pop(0))(scope, receive, send)
            elif request.url.path not in open_paths and request.headers.get("authorization") not in {
                f"Bearer {fake.valid_token}",
                f"Bearer {fake.api_key}",
            }:
                await error(401, "not_signed_in", "Sign in first.")(scope, receive, send)
            else:
                await self.app(scope, receive, send)

    p = "/api/v1"
    app = Starlette(
        routes=[
            Route(f"{p}/auth/login", login, methods=["POST"]),
            Route(f"{p}/auth/mfa", second_factor, methods=["POST"]),
            Route(f"{p}/auth/switch", switch, methods=["POST"]),
            Route(f"{p}/auth/refresh", refresh, methods=["POST"]),
            Route(f"{p}/auth/logout", logout, methods=["POST"]),
            Route(f"{p}/users/me", me),
            Route(f"{p}/templates", templates),
            Route(f"{p}/templates/{{name}}", template),
            Route(f"{p}/sessions", create, methods=["POST"]),
            Route(f"{p}/sessions", sessions),
            Route(f"{p}/sessions/{{id}}", session, methods=["GET", "DELETE"]),
            *(
                Route(f"{p}/sessions/{{id}}/{of}", anything, methods=["GET", "POST", "DELETE"])
                for of in ("shares", "connections", "control", "policy")
            ),
            Route(f"{p}/sessions/{{id}}/{{verb}}", session, methods=["GET", "POST", "PUT", "PATCH"]),
            Route(f"{p}/agents", agents),
            Route(f"{p}/agents/join-tokens", join_token, methods=["POST"]),
            Route(f"{p}/agents/join-tokens", anything),
            Route(f"{p}/agents/join-tokens/{{id}}", anything, methods=["DELETE"]),
            Route(f"{p}/agents/{{id}}/usage", anything),
            Route(f"{p}/agents/{{id}}", agent),
            *(Route(f"{p}/agents/{{id}}/{of}", anything, methods=["POST"]) for of in ("generate-key", "command")),
            Route(f"{p}/agents/{{id}}/{{verb}}", agent, methods=["POST"]),
            Route(f"{p}/agents/{{id}}/commands/{{command}}", command),
            Route("/version", version),
            WebSocketRoute(f"{p}/ws/sessions", events),
            Route(f"{p}/{{path:path}}", anything, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
        ]
    )
    app.add_middleware(Guard)
    return app


@contextlib.contextmanager
def serving(fake: Fake) -> Iterator[str]:
    """Serve on a free port from a thread, for what needs a real socket; yields the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(build(fake), log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
