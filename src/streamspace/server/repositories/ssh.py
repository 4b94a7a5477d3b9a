"""SSH for Git: to checked addresses, to the host key that was seen before, with no agent and no configuration."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import io
import socket
from dataclasses import dataclass
from typing import Any

import paramiko

from streamspace.server.core.outbound import CannotFetch, Deadline, Reach, connect
from streamspace.server.repositories.bounds import Unusable

_KEYS = (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey)


@dataclass(frozen=True, slots=True)
class Credentials:
    """How we say who we are, and the host key that the other side must have."""

    kind: str = "none"
    username: str = ""
    secret: str = ""
    passphrase: str = ""
    host_key: str = ""
    """As in `known_hosts`, without the host: `ssh-ed25519 AAAA…`; empty trusts the first that comes."""


def private_key(text: str, passphrase: str = "") -> paramiko.PKey:
    """Read a private key in OpenSSH's or PEM form.

    Raises:
        Unusable: it is none that we can use.
    """
    for kind in _KEYS:
        with contextlib.suppress(paramiko.SSHException, ValueError, IndexError, TypeError):
            return kind.from_private_key(io.StringIO(text), passphrase or None)
    raise Unusable(
        "This is no private key (Ed25519, ECDSA or RSA, as ssh-keygen writes them), or its passphrase fails."
    )


def public_key(text: str) -> str:
    """Return a host key `ssh-ed25519 AAAA…` without its comment.

    Raises:
        Unusable: it is none.
    """
    kind, _, rest = text.strip().partition(" ")
    data = rest.strip().partition(" ")[0]
    try:
        raw = base64.b64decode(data, validate=True)
    except ValueError:
        raw = b""
    if not kind.isascii() or len(raw) < len(kind) + 4 or raw[4 : 4 + len(kind)] != kind.encode():
        raise Unusable("A host key is written like a line of known_hosts without the host: ssh-ed25519 AAAA…")
    return f"{kind} {data}"


def fingerprint(key: str) -> str:
    """Return what `ssh-keygen -l` shows of a public key."""
    raw = base64.b64decode(key.partition(" ")[2])
    return f"SHA256:{base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip('=')}"


class Vendor:
    """Runs Git's command on the other side, for dulwich."""

    def __init__(self, auth: Credentials, reach: Reach, deadline: Deadline, budget: int) -> None:
        self._auth = auth
        self._reach = reach
        self._deadline = deadline
        self._budget = budget
        self._transport: paramiko.Transport | None = None
        self.host_key = ""
        """The other side's, once we are connected."""

    def run_command(
        self, host: str, command: bytes, username: str | None = None, port: int | None = None, **_: Any
    ) -> _Channel:
        """Connect, check whom we talk to, say who we are, and start the command."""
        # The key's passphrase, if any, must not be tried as a password, nor a password be sent to a stranger.
        sock = connect(host, port or 22, self._reach, self._deadline)
        transport = self._transport = self._begin(sock, host)
        try:
            self._check_host(transport, host)
            self._sign_in(transport, username or "git", host)
            channel = transport.open_session(timeout=self._deadline.left(host))
            channel.settimeout(self._deadline.left(host))
            channel.exec_command(command.decode())
        except paramiko.AuthenticationException:
            raise Unusable(f"{host} refuses our key or password.") from None
        except (paramiko.SSHException, EOFError, OSError) as error:
            raise CannotFetch(f"{host} broke off: {error}.") from error
        return _Channel(channel, host, self._deadline, self._budget)

    def _begin(self, sock: socket.socket, host: str) -> paramiko.Transport:
        transport = paramiko.Transport(sock)
        transport.banner_timeout = transport.handshake_timeout = min(self._deadline.left(host), 20)
        transport.auth_timeout = min(self._deadline.left(host), 20)
        if self._auth.host_key:
            # Ask for the kind of key that is known; another kind would look like another host.
            kind = self._auth.host_key.partition(" ")[0]
            known = ("rsa-sha2-512", "rsa-sha2-256") if kind == "ssh-rsa" else (kind,)
            if set(known) <= set(transport.get_security_options().key_types):
                transport.get_security_options().key_types = known
        try:
            transport.start_client(timeout=min(self._deadline.left(host), 20))
        except (paramiko.SSHException, EOFError, OSError) as error:
            transport.close()
            if isinstance(error, paramiko.ssh_exception.IncompatiblePeer) and self._auth.host_key:
                raise Unusable(_changed(host, self._auth.host_key, "another kind of key")) from None
            raise CannotFetch(f"{host} does not speak SSH with us: {error}.") from error
        return transport

    def _check_host(self, transport: paramiko.Transport, host: str) -> None:
        key = transport.get_remote_server_key()
        self.host_key = f"{key.get_name()} {key.get_base64()}"
        expected = self._auth.host_key
        if expected and not hmac.compare_digest(expected, self.host_key):
            raise Unusable(_changed(host, expected, fingerprint(self.host_key)))

    def _sign_in(self, transport: paramiko.Transport, username: str, host: str) -> None:
        if self._auth.kind == "ssh":
            transport.auth_publickey(username, private_key(self._auth.secret, self._auth.passphrase))
        elif self._auth.kind == "basic":
            transport.auth_password(self._auth.username or username, self._auth.secret, fallback=False)
        elif self._auth.kind == "none":
            transport.auth_none(username)
        else:
            raise Unusable(f"{host} takes no token over SSH; give a key, or an https:// address.")

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()


def _changed(host: str, expected: str, found: str) -> str:
    return (
        f"{host} shows another host key than before: {found} instead of {fingerprint(expected)}. "
        "If it was changed on purpose, set the repository's host key anew."
    )


class _Channel:
    """Both ends of the command's pipes, within time and size."""

    def __init__(self, channel: paramiko.Channel, host: str, deadline: Deadline, budget: int) -> None:
        self._channel = channel
        self._host = host
        self._deadline = deadline
        self._budget = budget

    def read(self, size: int) -> bytes:
        """Read so many bytes, fewer only at the end."""
        taken = bytearray()
        while len(taken) < size:
            self._channel.settimeout(self._deadline.left(self._host))
            try:
                data = self._channel.recv(min(size - len(taken), 65536))
            except (TimeoutError, OSError):
                raise CannotFetch(f"{self._host} did not answer in time.") from None
            if not data:
                break
            taken += data
        self._budget -= len(taken)
        if self._budget < 0:
            raise Unusable("It sends more than a repository may hold.")
        return bytes(taken)

    def write(self, data: bytes) -> None:
        """Write all."""
        self._channel.settimeout(self._deadline.left(self._host))
        try:
            self._channel.sendall(data)
        except OSError as error:
            raise CannotFetch(f"{self._host} broke off: {error}.") from error

    def can_read(self) -> bool:
        """Say whether something waits to be read."""
        return bool(self._channel.recv_ready())

    def close(self) -> None:
        """End the command."""
        self._channel.close()
