"""Identity providers that others wrote, a browser that goes between them and us, and people who manage them."""

import contextlib
import html
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2
import pytest
from fastapi import FastAPI

from streamspace.server.core.settings import Settings
from tests.server.conftest import SECRETS, client_of

IDPS = Path(__file__).parents[2] / "idps"
NODE = Path(sys.executable).with_name("node")
DESK = "http://desk.test"
CLIENT = {"client_id": "streamspace", "client_secret": "a secret of 32 characters, no less"}
ACCOUNTS = {
    "alice": {
        "email": "alice@acme.example",
        "email_verified": True,
        "name": "Alice Example",
        "preferred_username": "alice",
        "groups": ["engineers"],
    },
    "bob": {"email": "bob@other.example", "email_verified": True, "name": "Bob", "groups": []},
    "uma": {"email": "uma@acme.example", "email_verified": False, "name": "Uma", "groups": ["engineers"]},
}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def node(script: str, told: dict[str, Any]) -> Iterator[None]:
    """Run one of the providers until it is no longer needed."""
    if not (IDPS / "node_modules").is_dir():
        pytest.skip("the providers' packages are not installed: npm ci in tests/idps (`./dev test` does it)")
    with subprocess.Popen(
        [NODE, IDPS / script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"NODE_ENV": "test", "PATH": "/usr/bin:/bin"},
        start_new_session=True,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(json.dumps(told).encode())
        program.stdin.close()
        try:
            for line in program.stdout:
                if line.startswith(b"listening"):
                    break
            else:
                pytest.fail(f"{script} did not start")
            yield
        finally:
            os.killpg(program.pid, signal.SIGKILL)  # the wheel's `node` is a script that starts the real one


@dataclass(frozen=True)
class OpenIdProvider:
    """A running oidc-provider."""

    issuer: str

    def change(self, name: str, /, **claims: Any) -> None:
        changed = {name: {**ACCOUNTS[name], **claims}}
        httpx2.post(f"{self.issuer}/_test/accounts", json=changed).raise_for_status()


@contextlib.contextmanager
def openid_provider(
    origin: str = DESK, *, names: tuple[str, ...] = ("acme", "other"), **more: Any
) -> Iterator[OpenIdProvider]:
    port = free_port()
    client = {
        **CLIENT,
        "redirect_uris": [f"{origin}/api/v1/auth/oidc/{name}/callback" for name in names],
        "post_logout_redirect_uris": [f"{origin}/login"],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        **more,
    }
    with node("oidc.js", {"port": port, "clients": [client], "accounts": ACCOUNTS}):
        yield OpenIdProvider(f"http://localhost:{port}")


@pytest.fixture(scope="session")
def _running_provider() -> Iterator[OpenIdProvider]:
    with openid_provider() as running:
        yield running


@pytest.fixture
def provider(_running_provider: OpenIdProvider) -> Iterator[OpenIdProvider]:
    yield _running_provider
    for name in ACCOUNTS:
        _running_provider.change(name, disabled=False)  # as they were


@pytest.fixture
def settings(database_url: str, tmp_path: Path, catalog_dir: Path) -> Settings:
    return Settings(
        database_url=database_url, data_dir=tmp_path, catalog_dir=catalog_dir, port=0, public_url=DESK, **SECRETS
    )


class Browser:
    """Follows redirects and fills in forms, between our control plane and a provider's."""

    def __init__(self, ours: httpx2.AsyncClient, theirs: httpx2.AsyncClient, origin: str = DESK) -> None:
        self.ours = ours
        self.theirs = theirs
        self.origin = origin

    async def get(self, url: str) -> httpx2.Response:
        client, place = self._of(url)
        return await client.get(place)

    async def post(self, url: str, fields: dict[str, str]) -> httpx2.Response:
        client, place = self._of(url)
        return await client.post(place, data=fields)

    def _of(self, url: str) -> tuple[httpx2.AsyncClient, str]:
        if urljoin(self.origin, url).startswith(self.origin + "/"):
            return self.ours, url.removeprefix(self.origin)
        return self.theirs, url

    async def until_callback(self, url: str, *, login: str = "alice") -> str:
        """Sign in at the provider; return where it sends the browser back to."""
        answer = await self.get(url)
        for _ in range(20):
            if answer.is_redirect:
                url = urljoin(str(answer.url), answer.headers["location"])
                if url.startswith(self.origin + "/"):
                    return url
                answer = await self.get(url)
                continue
            place, fields = form(answer)
            if "login" in fields or 'name="login"' in answer.text:
                fields |= {"login": login, "password": "anything"}
            answer = await self.post(place, fields)
        raise AssertionError(answer.text)

    async def sign_in(self, name: str = "acme", *, login: str = "alice", to: str = "/sessions") -> httpx2.Response:
        """Sign in through an OpenID provider; return our answer to the callback."""
        begun = await self.get(f"{self.origin}/api/v1/auth/oidc/{name}/login?next={to}")
        assert begun.status_code == 303, begun.text
        return await self.get(await self.until_callback(begun.headers["location"], login=login))

    async def me(self) -> dict[str, Any]:
        answer = await self.ours.get("/api/v1/users/me")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


def form(answer: httpx2.Response) -> tuple[str, dict[str, str]]:
    """Read the one form of a page."""
    found = re.search(r'<form[^>]*\baction="([^"]*)"', answer.text)
    assert found, f"{answer.status_code} {answer.text[:2000]}"
    fields = {}
    for tag in re.findall(r"<input[^>]*>", answer.text):
        given = dict(re.findall(r'\b(name|value)="([^"]*)"', tag))
        if given.get("name") and "value" in given:
            fields[given["name"]] = html.unescape(given["value"])
    return urljoin(str(answer.url), html.unescape(found[1])), fields


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[Browser]:
    async with client_of(app) as ours, httpx2.AsyncClient(timeout=20) as theirs:
        yield Browser(ours, theirs)


def oidc(provider: OpenIdProvider, **more: Any) -> dict[str, Any]:
    """What an administrator types in."""
    return {
        "name": "acme",
        "kind": "oidc",
        "preset": "generic",
        "displayName": "Acme",
        "issuer": provider.issuer,
        "clientId": CLIENT["client_id"],
        "clientSecret": CLIENT["client_secret"],
        "groupsClaim": "groups",
        **more,
    }


def error_of(answer: httpx2.Response) -> str:
    """Which refusal the sign-in page is told."""
    assert answer.status_code == 303, answer.text
    place = urlsplit(answer.headers["location"])
    assert place.path == "/login", answer.headers["location"]
    return dict(pair.split("=") for pair in place.query.split("&"))["error"]
