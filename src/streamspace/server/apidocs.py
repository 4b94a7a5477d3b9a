"""`/api/docs`: the API's description to read and try, with nothing loaded from elsewhere."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from streamspace.server.core.http import open_to_all

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>StreamSpace API</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/api/docs/static/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/api/docs/static/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
});
"""


router = APIRouter(include_in_schema=False)


@router.get("/api/docs", **open_to_all())
async def api_docs() -> Response:
    """Show the API's description."""
    return HTMLResponse(_PAGE)


@router.get("/api/docs/start.js", **open_to_all())
async def api_docs_start() -> Response:
    """Start what shows it: the pages' policy allows no script inside them."""
    return Response(_START, media_type="text/javascript")


def mount(app: FastAPI) -> None:
    """Add the page and its files."""
    found = importlib.util.find_spec("fastapi_offline")
    assert found is not None  # noqa: S101 - a dependency of this program
    assert found.origin is not None  # noqa: S101
    app.mount("/api/docs/static", StaticFiles(directory=Path(found.origin).parent / "static"), name="api_docs_static")
    app.include_router(router)
