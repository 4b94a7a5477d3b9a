"""How SCIM differs from the rest of the API: its media type, its errors, its bodies."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import orjson
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import ValidationError
from scim2_models import URN, Context, Error, Message, PatchOp, Resource, SCIMException, SearchRequest
from sqlalchemy.exc import DataError
from starlette.responses import JSONResponse, Response

from streamspace.server.core.errors import BadRequest, Problem
from streamspace.server.core.http import context_of, needs
from streamspace.server.core.permissions import Action
from streamspace.server.scim.errors import BadResource, BadSearch, DisplayNameProvisioned, UserNameProvisioned
from streamspace.server.scim.schemas import POLICY, ScimError
from streamspace.server.users.errors import EmailTaken, UsernameTaken

MEDIA_TYPE = "application/scim+json"
ERROR = URN("urn:ietf:params:scim:api:messages:2.0:Error")
PREFIX = "/scim/v2"
_UNIQUE = (UserNameProvisioned, DisplayNameProvisioned, EmailTaken, UsernameTaken)
_SEARCH_TYPES = frozenset({"invalidFilter", "invalidPath", "tooMany", "invalidCursor", "invalidCount"})
_JSON = "application/json"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
M = TypeVar("M", bound=Message)
R = TypeVar("R", bound=Resource[Any])


class ScimResponse(JSONResponse):
    """An answer of SCIM; `content` is plain data."""

    media_type = MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        """Write JSON, or nothing."""
        return b"" if content is None else orjson.dumps(content)


class ScimRoute(APIRoute):
    """An operation whose refusals are SCIM errors."""

    def get_route_handler(self) -> Handler:
        """Wrap the handler; what nobody foresaw goes on to the API's own handlers."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await answer(request)
            except _FORESEEN as error:
                return _refusal(request, *_problem_of(error))

        return handle


_FORESEEN = (Problem, SCIMException, ValidationError, RequestValidationError, DataError)


def _problem_of(error: Exception) -> tuple[Problem, str | None]:
    """Return the problem that an exception means, and SCIM's word for it."""
    match error:
        case Problem():
            return error, "uniqueness" if isinstance(error, _UNIQUE) else None
        case SCIMException() | ValidationError():
            found = error.to_error() if isinstance(error, SCIMException) else Error.from_validation_errors(error)[0]
            kind = BadSearch if found.scim_type in _SEARCH_TYPES else BadResource
            return kind(found.detail or ""), found.scim_type
        case RequestValidationError():
            return BadSearch(str(error.errors()[0]["msg"])), None
        case _:
            return BadResource("A value cannot be stored."), None


def _refusal(request: Request, problem: Problem, scim_type: str | None = None) -> Response:
    request.scope["problem_code"] = problem.code  # the audit log's entry names it
    if isinstance(problem, BadRequest):
        scim_type = scim_type or "invalidValue"
    body = {"schemas": [str(ERROR)], "status": str(problem.status), "detail": problem.message}
    headers = {"Cache-Control": "no-store", **problem.headers}
    return ScimResponse(body | ({"scimType": scim_type} if scim_type else {}), problem.status, headers)


def scim(*kinds: type[Problem], status: int = 200, takes: bool = False) -> dict[str, Any]:
    """Declare an operation of SCIM: its permission, its errors in both forms, its media types."""
    declared = needs(Action.PROVISION, BadResource, *kinds)
    # By hand, because FastAPI would declare our own form of errors under SCIM's media type.
    forms = {
        _JSON: {"schema": {"$ref": "#/components/schemas/ProblemOut"}},
        MEDIA_TYPE: {"schema": ScimError.model_json_schema()},
    }
    for answer in declared["responses"].values():
        del answer["model"]
        answer["content"] = forms
    body = {"required": True, "content": {kind: {"schema": {"type": "object"}} for kind in (MEDIA_TYPE, _JSON)}}
    return {
        "responses": declared["responses"],
        "openapi_extra": declared["openapi_extra"] | ({"requestBody": body} if takes else {}),
        "status_code": status,
        "response_model": None,
        "response_class": ScimResponse,
    }


def base_of(request: Request) -> str:
    """Return the address below which the caller's SCIM resources are."""
    before, found, _ = request.url.path.partition(PREFIX)
    return f"{context_of(request).settings.resolved_public_url}{before}{found}"


async def resource(request: Request, kind: type[R], context: Context) -> R:
    """Read a resource from a request's body.

    Raises:
        BadResource: it is no JSON object.
        ValidationError: it is not such a resource.
    """
    return kind.model_validate(await _body(request), scim_ctx=context, scim_policy=POLICY)


async def patch_of(request: Request, kind: type[R]) -> PatchOp[R]:
    """Read the changes to a resource from a request's body.

    Raises:
        BadResource: it is no JSON object.
        ValidationError: it is not such a change.
    """
    model: Any = PatchOp.__class_getitem__(kind)
    body = _without_nulls(await _body(request))
    found: PatchOp[R] = model.model_validate(body, scim_ctx=Context.RESOURCE_PATCH_REQUEST, scim_policy=POLICY)
    return found


async def search_of(request: Request, kind: Any) -> SearchRequest[Any]:
    """Read what to search for, among resources of a kind or a union of kinds, from a request's body.

    Raises:
        BadResource: it is no JSON object.
        ValidationError: it is not such a search.
    """
    model: Any = SearchRequest.__class_getitem__(kind)
    found: SearchRequest[Any] = model.model_validate(
        await _body(request), scim_ctx=Context.SEARCH_REQUEST, scim_policy=POLICY
    )
    return found


def _without_nulls(body: dict[str, Any]) -> dict[str, Any]:
    """Leave out what values of a list do not say: Entra removes members as `{"$ref": null, "value": "…"}`."""
    operations = next((body[key] for key in body if key.lower() == "operations"), None)
    for operation in operations if isinstance(operations, list) else ():
        if isinstance(operation, dict) and isinstance(operation.get("value"), list):
            operation["value"] = [
                {key: value for key, value in one.items() if value is not None} if isinstance(one, dict) else one
                for one in operation["value"]
            ]
    return body


async def _body(request: Request) -> dict[str, Any]:
    try:
        found = orjson.loads(await request.body())
    except orjson.JSONDecodeError:
        raise BadResource("The body is not JSON.") from None
    if not isinstance(found, dict):
        raise BadResource("The body is not a JSON object.")
    return found
