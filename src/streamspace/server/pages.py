"""Serves the web UI, and says what its pages may do."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.staticfiles import StaticFiles

from streamspace.server.core.http import Context, NoSuchAddress, WrongMethod, context_of

DIST = Path(__file__).parent / "web" / "dist"
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_MISSING = """<!doctype html><html lang="en"><title>StreamSpace</title>
<body><h1>The web UI is not built</h1><p>Run <code>./dev web</code> in the repository, then reload this page.
The API works: see <a href="/api/openapi.json">its description</a>.</p></body></html>"""


def content_policy(context: Context) -> str:
    """Return the pages' content security policy: no foreign script, frames from the gateways only."""
    gateways = " ".join(context.settings.gateway_origins) or "'self'"
    return (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        f"connect-src 'self' {gateways}; frame-src {gateways}; frame-ancestors 'none'; base-uri 'none'; "
        "form-action 'self'; object-src 'none'"
    )


router = APIRouter(include_in_schema=False)


def mount(app: FastAPI) -> None:
    """Serve built files, and the one page for every address that is not the API's. Nothing may be added after it."""
    if (DIST / "assets").is_dir():
        app.mount("/assets", _Immutable(directory=DIST / "assets"), name="assets")
    app.state.operations = list(app.routes)
    app.include_router(router)


# Functions of the module, not of `mount`: FastAPI remembers what it learned of a function for as long as it runs.
@router.api_route("/api/{rest:path}", methods=list(_METHODS))
async def no_such_operation(rest: str, request: Request) -> Response:
    """Refuse what no operation answers; say so if another method would."""
    del rest
    tries = ((method, {**request.scope, "method": method}) for method in _METHODS)
    operations: list[BaseRoute] = request.app.state.operations
    allowed = [method for method, scope in tries if any(r.matches(scope)[0] is Match.FULL for r in operations)]
    if allowed:
        raise WrongMethod(headers={"Allow": ", ".join(allowed)})
    raise NoSuchAddress


@router.get("/{path:path}")
async def page(path: str, request: Request) -> Response:
    """Serve a built file, or the page that finds its own way from the address."""
    settings = context_of(request).settings
    own = urlsplit(settings.resolved_public_url)
    asked_for = urlsplit(f"//{request.headers.get('host', '')}").hostname
    if settings.canonical_host and asked_for in _LOOPBACK and asked_for != own.hostname:
        # Cookies and streams belong to one name of this machine; mixing two of them shows an empty frame.
        return RedirectResponse(f"{settings.resolved_public_url}{request.url.path}", 307)
    index = DIST / "index.html"
    if not index.is_file():
        return HTMLResponse(_MISSING, 503)
    # A file's name cannot hold a NUL.
    asked = (DIST / path.replace("\0", "_")).resolve()
    if path and asked.is_relative_to(DIST) and asked.is_file():
        return FileResponse(asked)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})


class _Immutable(StaticFiles):
    """Files whose names change with their content."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
