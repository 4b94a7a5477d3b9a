"""One HTTP connection pool to a control plane: tokens, refreshing them, safe retries, errors."""

from __future__ import annotations

import asyncio
import itertools
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import httpx2
from pydantic import ValidationError

import streamspace
from streamspace.client.errors import BadAnswer, Unreachable, from_answer, is_ours
from streamspace.client.people import Login
from streamspace.kit import backoff
from streamspace.protocol.base import Wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from ssl import SSLContext

TRIES = 4
TIMEOUT = timedelta(seconds=30)
PATIENCE = timedelta(minutes=30)
"""How long an answer may be in coming that is known to take its time."""
CONNECT_TIMEOUT = timedelta(seconds=5)
REFRESH_AHEAD = timedelta(seconds=30)
PROXY_TROUBLE = frozenset({502, 503, 504})
USER_AGENT = f"streamspace-client/{streamspace.__version__}"

M = TypeVar("M", bound=Wire)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What proves a login. Without `refresh_token` (an API token) nothing is refreshed."""

    token: str
    refresh_token: str | None = None
    expires_at: datetime | None = None


class TokenStore(Protocol):
    """Where tokens live between calls; several programs may share one store."""

    def load(self) -> Tokens | None:
        """Return the present tokens, None when signed out."""

    def save(self, tokens: Tokens | None) -> None:
        """Replace them; None forgets them."""


class MemoryTokens:
    """Tokens that are forgotten with the process."""

    def __init__(self, tokens: Tokens | None = None) -> None:
        self._tokens = tokens

    def load(self) -> Tokens | None:
        """Return the present tokens."""
        return self._tokens

    def save(self, tokens: Tokens | None) -> None:
        """Replace them."""
        self._tokens = tokens


class Transport:
    """Sends calls to one control plane. Use it through `Api`."""

    def __init__(
        self,
        server: str,
        store: TokenStore,
        *,
        verify: SSLContext | bool = True,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self.server = server.rstrip("/")
        self.store = store
        self.verify = verify
        self._refreshing = asyncio.Lock()
        self._http = httpx2.AsyncClient(
            base_url=self.server,
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
            timeout=httpx2.Timeout(TIMEOUT.total_seconds(), connect=CONNECT_TIMEOUT.total_seconds()),
            verify=verify,
            transport=transport,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def get(self, kind: type[M], path: str, query: Mapping[str, Any] | None = None) -> M:
        """Fetch something and read it as `kind`."""
        return self.read(kind, await self.call("GET", path, query=query))

    def read(self, kind: type[M], answer: httpx2.Response) -> M:
        """Read an answer as `kind`; `BadAnswer` if it is something else."""
        try:
            return kind.model_validate_json(answer.content)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise BadAnswer(
                f"{self.server} did not answer {answer.request.url.path} as StreamSpace does "
                f"({where or 'body'}: {first['msg']}). "
                "Check the address, and that client and server are of one release."
            ) from None

    async def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        content: tuple[str, bytes] | None = None,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        signed_in: bool = True,
    ) -> httpx2.Response:
        """Send one call and return its successful answer. What is not JSON goes as `content`: its type and bytes.

        GET, DELETE and calls with an idempotency key are tried up to four times when the network or a proxy
        fails; anything else only when the connection could not even be made.

        Raises:
            ApiError: the control plane refused, one subclass a status.
            Unreachable: nobody answered.
        """
        if signed_in:
            await self._refresh_if_expiring()
        request: dict[str, Any] = {
            "params": {key: value for key, value in (query or {}).items() if value is not None},
            "json": body,
            "extra": {"Idempotency-Key": idempotency_key} if idempotency_key else {},
        }
        if if_match is not None:
            request["extra"]["If-Match"] = if_match
        if content is not None:
            request["extra"]["Content-Type"], request["content"] = content
        repeatable = method in {"GET", "DELETE"} or idempotency_key is not None
        token = self._token() if signed_in else None
        answer = await self._send(method, path, request, token, repeatable=repeatable)
        if answer.status_code == httpx2.codes.UNAUTHORIZED and token is not None and await self.refresh(token):
            answer = await self._send(method, path, request, self._token(), repeatable=repeatable)
        if answer.is_success:
            return answer
        if answer.is_redirect:
            place = answer.headers.get("location")
            raise BadAnswer(f"{self.server} redirects to {place}. Use that address as the server.")
        raise from_answer(answer.status_code, _json(answer), answer.headers)

    @asynccontextmanager
    async def stream(self, path: str, query: Mapping[str, Any] | None = None) -> AsyncIterator[httpx2.Response]:
        """Fetch something large, or long in coming, and give its answer before its body was read.

        Raises:
            ApiError: the control plane refused, one subclass a status.
            Unreachable: nobody answered, or no longer.
        """
        await self._refresh_if_expiring()
        given_query = {key: value for key, value in (query or {}).items() if value is not None}
        patience = httpx2.Timeout(PATIENCE.total_seconds(), connect=CONNECT_TIMEOUT.total_seconds())
        try:
            async with self._http.stream(
                "GET", path, params=given_query, headers=self.headers(), timeout=patience
            ) as answer:
                if not answer.is_success:
                    await answer.aread()
                    raise from_answer(answer.status_code, _json(answer), answer.headers)
                yield answer
        except httpx2.TransportError as error:
            raise Unreachable(self.server, _why(error)) from None

    async def refresh(self, rejected: str) -> bool:
        """Replace the token that was rejected; False when that is not possible."""
        async with self._refreshing:
            held = self.store.load()
            if held is None:
                return False
            if held.token != rejected:
                return True  # another call or program was quicker
            if held.refresh_token is None:
                return False
            request = {"params": {}, "json": {"refreshToken": held.refresh_token}, "extra": {}}
            answer = await self._send("POST", "/api/v1/auth/refresh", request, None, repeatable=False)
            if not answer.is_success:
                return False
            self.keep(self.read(Login, answer))
            return True

    def keep(self, login: Login) -> None:
        """Use a fresh login from now on."""
        if login.token is None:
            raise BadAnswer(f"{self.server} answered the login without a token.")
        held = self.store.load()
        # A program that refreshed a moment before us has the next refresh token, and has stored it.
        following = login.refresh_token or (held.refresh_token if held else None)
        self.store.save(Tokens(login.token, following, login.expires_at))

    def headers(self) -> dict[str, str]:
        """Return the headers that prove the login, for a WebSocket."""
        token = self._token()
        return {"Authorization": f"Bearer {token}"} if token else {}

    def _token(self) -> str | None:
        held = self.store.load()
        return held.token if held else None

    async def _refresh_if_expiring(self) -> None:
        held = self.store.load()
        if held is None or held.refresh_token is None or held.expires_at is None:
            return
        if held.expires_at - datetime.now(UTC) < REFRESH_AHEAD:
            await self.refresh(held.token)

    async def _send(
        self, method: str, path: str, request: dict[str, Any], token: str | None, *, repeatable: bool
    ) -> httpx2.Response:
        headers = dict(request["extra"])
        if token:
            headers["Authorization"] = f"Bearer {token}"
        delays = itertools.islice(backoff.jittered(), TRIES - 1)
        while True:
            delay = next(delays, None)
            try:
                answer = await self._http.request(
                    method,
                    path,
                    params=request["params"],
                    json=request["json"],
                    content=request.get("content"),
                    headers=headers,
                )
            except httpx2.InvalidURL as error:
                raise Unreachable(self.server, f"the address is not valid ({error}).") from None
            except httpx2.TransportError as error:
                unsent = isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout)
                if delay is None or isinstance(error, httpx2.UnsupportedProtocol) or not (unsent or repeatable):
                    raise Unreachable(self.server, _why(error)) from None
            else:
                if delay is None or not repeatable or not _from_proxy(answer):
                    return answer
            await asyncio.sleep(delay.total_seconds())


def given(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was given of a request's body."""
    return {key: value for key, value in body.items() if value is not None}


def _from_proxy(answer: httpx2.Response) -> bool:
    return answer.status_code in PROXY_TROUBLE and not is_ours(_json(answer))


def _json(answer: httpx2.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


def _why(error: httpx2.TransportError) -> str:
    match error:
        case httpx2.UnsupportedProtocol():
            return "the address must begin with http:// or https://."
        case httpx2.ConnectTimeout():
            return "it did not take a connection in time."
        case httpx2.TimeoutException():
            return f"it did not answer within {TIMEOUT.total_seconds():.0f} s."
        case httpx2.ConnectError() if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return "its TLS certificate is not signed by an authority that this machine trusts."
        case httpx2.ConnectError():
            return "nothing answers there (connection refused or unknown host)."
        case _:
            return f"the connection broke ({error or type(error).__name__})."
