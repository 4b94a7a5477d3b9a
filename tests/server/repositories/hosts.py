"""Real servers on this machine: Git over HTTPS with basic authentication and over SSH, and archives over HTTPS."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import datetime as dt
import gc
import ipaddress
import os
import secrets
import shlex
import ssl
import subprocess
import threading
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import asyncssh
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

BACKEND = "/usr/lib/git-core/git-http-backend"
_QUIET = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_AUTHOR_NAME": "t",
    "GIT_AUTHOR_EMAIL": "t@example.org",
    "GIT_COMMITTER_NAME": "t",
    "GIT_COMMITTER_EMAIL": "t@example.org",
    "PATH": os.environ["PATH"],
}
Page = tuple[int, dict[str, str], bytes]


def git(folder: Path, *words: str, stdin: bytes = b"") -> str:
    """Run Git's own program in a folder."""
    done = subprocess.run(["git", *words], cwd=folder, env=_QUIET, input=stdin, capture_output=True, check=True)
    return done.stdout.decode().strip()


def template(name: str, display: str = "", **spec: str) -> str:
    """Write a manifest."""
    more = "".join(f"  {key}: {value}\n" for key, value in spec.items())
    return (
        "apiVersion: stream.space/v1alpha1\nkind: Template\n"
        f"metadata: {{name: {name}}}\n"
        f"spec:\n  displayName: {display or name.title()}\n"
        f"  baseImage: ghcr.io/example/{name}:1.0\n{more}"
    )


@dataclass
class Origin:
    """A bare repository that a server shows, and the commits that are pushed to it."""

    folder: Path

    @classmethod
    def new(cls, folder: Path) -> Origin:
        folder.mkdir(parents=True)
        git(folder, "init", "--bare", "--initial-branch=main", ".")
        git(folder, "config", "http.uploadpack", "true")
        return cls(folder)

    def push(self, files: dict[str, str | bytes | None], branch: str = "main") -> str:
        """Commit these files on top of the branch; None takes one away."""
        ref = f"refs/heads/{branch}"
        said = [f"commit {ref}\ncommitter t <t@example.org> now\ndata 6\nchange\n".encode()]
        if (self.folder / ref).exists():
            said.append(f"from {ref}^0\n".encode())
        for path, content in files.items():
            if content is None:
                said.append(f"D {path}\n".encode())
            else:
                data = content.encode() if isinstance(content, str) else content
                said.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
        git(self.folder, "fast-import", "--quiet", "--date-format=now", stdin=b"".join(said))
        return git(self.folder, "rev-parse", ref)

    def commit(self, tree: str, branch: str = "main") -> str:
        """Have a branch show a tree."""
        made = git(self.folder, "commit-tree", tree, "-m", "change")
        git(self.folder, "update-ref", f"refs/heads/{branch}", made)
        return made

    def blob(self, data: bytes) -> str:
        return git(self.folder, "hash-object", "-w", "--stdin", stdin=data)

    def tree(self, *entries: tuple[str, str, str]) -> str:
        """Write a tree as it is told, which Git's own program would refuse: (mode, name, sha)."""
        raw = b"".join(f"{mode} {name}".encode() + b"\0" + bytes.fromhex(sha) for mode, name, sha in entries)
        return git(self.folder, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=raw)


@dataclass
class Host:
    """An HTTPS server: repositories below /git, and pages by path."""

    folder: Path
    certificate: Path
    port: int = 0
    password: str = ""
    pages: dict[str, Page | Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """What was asked for, and with which Authorization."""

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def origin(self, name: str) -> Origin:
        return Origin.new(self.folder / f"{name}.git")


@contextlib.contextmanager
def https(folder: Path) -> Iterator[Host]:
    """Serve until the end of the block."""
    folder.mkdir(parents=True, exist_ok=True)
    certificate, key = write_certificate(folder)
    host = Host(folder / "repositories", certificate)
    host.folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(host))
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    host.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


def _handler(host: Host) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            host.asked.append((self.path, self.headers.get("Authorization", "")))
            page = host.pages.get(path)
            if callable(page):
                page(self)
            elif page is not None:
                self._send(*page)
            elif path.startswith("/git/"):
                self._git(path, query)
            else:
                self._send(404, {}, b"nothing here")

        do_POST = do_GET  # noqa: N815 - the base class calls it so

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def _git(self, path: str, query: str) -> None:
            if host.password:
                given = self.headers.get("Authorization", "").removeprefix("Basic ")
                if base64.b64decode(given).decode().partition(":")[2] != host.password:
                    self._send(401, {"WWW-Authenticate": 'Basic realm="git"'}, b"")
                    return
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            environment = _QUIET | {
                "GIT_PROJECT_ROOT": str(host.folder),
                "GIT_HTTP_EXPORT_ALL": "1",
                "REQUEST_METHOD": self.command,
                "PATH_INFO": path.removeprefix("/git"),
                "QUERY_STRING": query,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                "REMOTE_ADDR": "127.0.0.1",
            }
            done = subprocess.run([BACKEND], env=environment, input=body, capture_output=True, check=False)
            head, _, answer = done.stdout.partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
            status = int(headers.pop("Status", "200").split()[0])
            headers.pop("Content-Length", None)
            self._send(status, headers, answer)

    return Handler


def write_certificate(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """Make a certificate that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} {secrets.token_hex(4)}")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_path, key_path = folder / "certificate.pem", folder / "key.pem"
    cert_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert_path, key_path


@dataclass
class SshHost:
    """An SSH server that runs `git-upload-pack` and nothing else."""

    folder: Path
    port: int
    host_key: str
    client_key: str
    """The private key it lets in."""
    asked: list[str] = field(default_factory=list)

    def url(self, name: str) -> str:
        return f"ssh://git@127.0.0.1:{self.port}/{name}.git"

    def origin(self, name: str) -> Origin:
        return Origin.new(self.folder / f"{name}.git")


class _Doorkeeper(asyncssh.SSHServer):
    def __init__(self, password: str) -> None:
        self._password = password

    def password_auth_supported(self) -> bool:
        return bool(self._password)

    def validate_password(self, username: str, password: str) -> bool:
        return password == self._password


@contextlib.asynccontextmanager
async def ssh(folder: Path, *, kind: str = "ssh-ed25519", port: int = 0, password: str = "") -> AsyncIterator[SshHost]:
    """Serve until the end of the block."""
    folder.mkdir(parents=True, exist_ok=True)
    host_key, client_key = asyncssh.generate_private_key(kind), asyncssh.generate_private_key("ssh-ed25519")
    (folder / "authorized").write_bytes(client_key.export_public_key())
    host = SshHost(
        folder,
        port,
        " ".join(host_key.export_public_key().decode().split()[:2]),
        client_key.export_private_key().decode(),
    )

    async def serve(process: asyncssh.SSHServerProcess[bytes]) -> None:
        host.asked.append(process.command or "")
        program, path = shlex.split(process.command or "")
        assert program == "git-upload-pack"
        child = await asyncio.create_subprocess_exec(
            "git-upload-pack",
            str(folder / path.lstrip("/")),
            env=_QUIET,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await process.redirect(stdin=child.stdin, stdout=child.stdout)
        process.exit(await child.wait())

    server = await asyncssh.create_server(
        lambda: _Doorkeeper(password),
        "127.0.0.1",
        port,
        server_host_keys=[host_key],
        authorized_client_keys=str(folder / "authorized"),
        process_factory=serve,
        encoding=None,
    )
    host.port = server.get_port()
    try:
        yield host
    finally:
        server.close()
        await server.wait_closed()
        with warnings.catch_warnings():
            # Where a client hangs up in the middle, the server leaves a coroutine behind that nobody awaits.
            warnings.simplefilter("ignore")
            gc.collect()
