"""Health, version, metrics and the API's own description."""

from __future__ import annotations

import hmac
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from prometheus_client import generate_latest
from sqlalchemy import text
from starlette.responses import Response

import streamspace
from streamspace import protocol
from streamspace.protocol.base import Wire
from streamspace.server import migrations
from streamspace.server.core.errors import Problem, Unauthenticated, Unavailable
from streamspace.server.core.http import CurrentContext, credential, open_to_all

router = APIRouter(tags=["operations"])


class NotReady(Unavailable):
    """The control plane is not ready."""

    code = "not_ready"


class HealthOut(Wire):
    """The process answers."""

    status: str = "healthy"
    service: str = "streamspace"


class VersionOut(Wire):
    """What runs here."""

    version: str
    api: str = "v1"
    protocol: int


@router.get("/health", **open_to_all())
async def health() -> HealthOut:
    """Say that the process answers; nothing else is asked."""
    return HealthOut()


@router.get("/healthz", **open_to_all())
async def healthz() -> HealthOut:
    """Say that the process answers; nothing else is asked."""
    return HealthOut()


@router.get("/readyz", **open_to_all(NotReady))
async def readyz(context: CurrentContext) -> HealthOut:
    """Say whether requests can be served: the database answers and has the newest tables."""
    try:
        async with context.database.engine.connect() as connection:
            current = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one()
    except Exception as error:
        raise NotReady("The database does not answer.") from error
    if current != migrations.newest():
        raise NotReady("The database has other tables than this version needs.")
    return HealthOut(status="ready")


@router.get("/version", **open_to_all())
async def version() -> VersionOut:
    """Say which version runs."""
    return VersionOut(version=streamspace.__version__, protocol=protocol.VERSION)


@router.get("/metrics", include_in_schema=False, **open_to_all())
async def metrics(request: Request, context: CurrentContext) -> Response:
    """Give Prometheus what it scrapes; `metrics_token` must be shown where one is set."""
    wanted = context.settings.metrics_token
    if wanted is not None:
        try:
            token, _ = credential(request)
        except Problem:
            token = ""
        if not hmac.compare_digest(token, wanted.get_secret_value()):
            raise Unauthenticated
    elif not _is_this_machine(request):
        raise Unauthenticated
    return Response(generate_latest(context.metrics), media_type="text/plain; version=0.0.4; charset=utf-8")


def _is_this_machine(request: Request) -> bool:
    """Say whether the caller runs here; a proxy that runs here speaks for anybody."""
    forwarded = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip", "via"))
    return request.client is not None and request.client.host in {"127.0.0.1", "::1"} and not forwarded


def describe(app: FastAPI) -> None:
    """Add the security schemes to the API's description and drop FastAPI's 422, which we answer with 400."""
    build = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = build()
            parts = schema.setdefault("components", {})
            parts["securitySchemes"] = {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "streamspace_login"},
            }
            for path in schema["paths"].values():
                for operation in path.values():
                    operation.get("responses", {}).pop("422", None)
            for unused in ("HTTPValidationError", "ValidationError"):
                parts.get("schemas", {}).pop(unused, None)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]
