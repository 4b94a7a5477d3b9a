from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field
from scim2_models import Context, ListResponse, Resource, ResponseParameters, SearchRequest

from streamspace.protocol.base import Wire
from streamspace.server.core.http import CurrentActor, NoSuchAddress, Uow, WrongMethod
from streamspace.server.groups.errors import NoSuchGroup
from streamspace.server.organizations.errors import BeyondYourRights, LastAdministrator
from streamspace.server.scim import service
from streamspace.server.scim.edge import (
    PREFIX,
    ScimResponse,
    ScimRoute,
    base_of,
    patch_of,
    resource,
    scim,
    search_of,
)
from streamspace.server.scim.errors import BadSearch, DisplayNameProvisioned, UserNameProvisioned
from streamspace.server.scim.schemas import POLICY, Person, Team, provider
from streamspace.server.scim.searches import FURTHEST
from streamspace.server.users.errors import (
    EmailTaken,
    LastSystemAdministrator,
    NoSuchUser,
    NotYourself,
    UsernameTaken,
)

router = APIRouter(prefix=PREFIX, tags=["scim"], route_class=ScimRoute)

TAKEN = (UserNameProvisioned, EmailTaken, UsernameTaken)
KEPT = (BeyondYourRights, NotYourself, LastAdministrator, LastSystemAdministrator)


class Shape(Wire):
    """Which attributes to answer."""

    attributes: str | None = Field(default=None, max_length=2000)
    excluded_attributes: str | None = Field(default=None, max_length=2000)


class Search(Shape):
    """What to look for, in which order, from where on."""

    filter: str | None = Field(default=None, max_length=2000)
    start_index: int | None = None
    count: int | None = None
    sort_by: str | None = Field(default=None, max_length=200)
    sort_order: str | None = Field(default=None, max_length=20)


Shaped = Annotated[Shape, Query()]
Searched = Annotated[Search, Query()]


@router.get("/ServiceProviderConfig", **scim(NoSuchAddress))
async def get_scim_provider_config(request: Request, actor: CurrentActor) -> ScimResponse:
    """Return what of SCIM this service does."""
    del actor
    config = provider(base_of(request)).config
    return _one(config, ResponseParameters())


@router.get("/ResourceTypes", **scim(NoSuchAddress))
async def list_scim_resource_types(request: Request, actor: CurrentActor) -> ScimResponse:
    """List the kinds of resources: people and groups."""
    del actor
    return _all(provider(base_of(request)).resource_types)


@router.get("/ResourceTypes/{name}", **scim(NoSuchAddress))
async def get_scim_resource_type(request: Request, actor: CurrentActor, name: str) -> ScimResponse:
    """Return one kind of resources."""
    del actor
    return _named(provider(base_of(request)).resource_types, name)


@router.get("/Schemas", **scim(NoSuchAddress))
async def list_scim_schemas(request: Request, actor: CurrentActor) -> ScimResponse:
    """List what people and groups are made of."""
    del actor
    return _all(provider(base_of(request)).schemas)


@router.get("/Schemas/{name}", **scim(NoSuchAddress))
async def get_scim_schema(request: Request, actor: CurrentActor, name: str) -> ScimResponse:
    """Return what one kind of resource is made of."""
    del actor
    return _named(provider(base_of(request)).schemas, name)


@router.get("/Users", **scim(BadSearch))
async def list_scim_users(request: Request, actor: CurrentActor, uow: Uow, query: Searched) -> ScimResponse:
    """List the organisation's people."""
    wanted = _search(Person, query)
    found, total = await service.list_people(uow, actor, wanted, base_of(request))
    return _listed(Person, found, total, wanted)


@router.post("/Users", **scim(*TAKEN, BeyondYourRights, status=201, takes=True))
async def create_scim_user(request: Request, actor: CurrentActor, uow: Uow) -> ScimResponse:
    """Add a person to the organisation."""
    wanted = await resource(request, Person, Context.RESOURCE_CREATION_REQUEST)
    return _made(await service.create_person(uow, actor, wanted, base_of(request)))


@router.get("/Users/{user_id}", **scim(NoSuchUser, BadSearch))
async def get_scim_user(request: Request, actor: CurrentActor, uow: Uow, user_id: str, query: Shaped) -> ScimResponse:
    """Return one person."""
    shape = _shape(Person, query)
    return _one(await service.get_person(uow, actor, user_id, base_of(request)), shape)


@router.put("/Users/{user_id}", **scim(NoSuchUser, *TAKEN, *KEPT, takes=True))
async def replace_scim_user(request: Request, actor: CurrentActor, uow: Uow, user_id: str) -> ScimResponse:
    """Make a person what the body says."""
    wanted = await resource(request, Person, Context.RESOURCE_REPLACEMENT_REQUEST)
    return _one(await service.replace_person(uow, actor, user_id, wanted, base_of(request)), ResponseParameters())


@router.patch("/Users/{user_id}", **scim(NoSuchUser, *TAKEN, *KEPT, takes=True))
async def patch_scim_user(request: Request, actor: CurrentActor, uow: Uow, user_id: str) -> ScimResponse:
    """Change a person; `active` false locks them out at once."""
    patch = await patch_of(request, Person)
    return _one(await service.patch_person(uow, actor, user_id, patch, base_of(request)), ResponseParameters())


@router.delete("/Users/{user_id}", **scim(NoSuchUser, *KEPT, status=204))
async def delete_scim_user(actor: CurrentActor, uow: Uow, user_id: str) -> ScimResponse:
    """Remove a person; one of several organisations leaves this one."""
    await service.delete_person(uow, actor, user_id)
    return ScimResponse(None, 204)


@router.get("/Groups", **scim(BadSearch))
async def list_scim_groups(request: Request, actor: CurrentActor, uow: Uow, query: Searched) -> ScimResponse:
    """List the organisation's groups."""
    wanted = _search(Team, query)
    members = _with_members(query)
    found, total = await service.list_teams(uow, actor, wanted, base_of(request), with_members=members)
    return _listed(Team, found, total, wanted)


@router.post("/Groups", **scim(DisplayNameProvisioned, status=201, takes=True))
async def create_scim_group(request: Request, actor: CurrentActor, uow: Uow) -> ScimResponse:
    """Make a group."""
    wanted = await resource(request, Team, Context.RESOURCE_CREATION_REQUEST)
    return _made(await service.create_team(uow, actor, wanted, base_of(request)))


@router.get("/Groups/{group_id}", **scim(NoSuchGroup, BadSearch))
async def get_scim_group(request: Request, actor: CurrentActor, uow: Uow, group_id: str, query: Shaped) -> ScimResponse:
    """Return one group."""
    shape = _shape(Team, query)
    members = _with_members(query)
    return _one(await service.get_team(uow, actor, group_id, base_of(request), with_members=members), shape)


@router.put("/Groups/{group_id}", **scim(NoSuchGroup, DisplayNameProvisioned, takes=True))
async def replace_scim_group(request: Request, actor: CurrentActor, uow: Uow, group_id: str) -> ScimResponse:
    """Make a group, and who is in it, what the body says."""
    wanted = await resource(request, Team, Context.RESOURCE_REPLACEMENT_REQUEST)
    return _one(await service.replace_team(uow, actor, group_id, wanted, base_of(request)), ResponseParameters())


@router.patch("/Groups/{group_id}", **scim(NoSuchGroup, DisplayNameProvisioned, takes=True))
async def patch_scim_group(request: Request, actor: CurrentActor, uow: Uow, group_id: str) -> ScimResponse:
    """Change a group, or who is in it."""
    patch = await patch_of(request, Team)
    return _one(await service.patch_team(uow, actor, group_id, patch, base_of(request)), ResponseParameters())


@router.delete("/Groups/{group_id}", **scim(NoSuchGroup, status=204))
async def delete_scim_group(actor: CurrentActor, uow: Uow, group_id: str) -> ScimResponse:
    """Remove a group; its people stay."""
    await service.delete_team(uow, actor, group_id)
    return ScimResponse(None, 204)


@router.post("/Users/.search", **scim(BadSearch, takes=True))
async def search_scim_users(request: Request, actor: CurrentActor, uow: Uow) -> ScimResponse:
    """List people as the body asks."""
    wanted = await search_of(request, Person)
    found, total = await service.list_people(uow, actor, wanted, base_of(request))
    return _listed(Person, found, total, wanted)


@router.post("/Groups/.search", **scim(BadSearch, takes=True))
async def search_scim_groups(request: Request, actor: CurrentActor, uow: Uow) -> ScimResponse:
    """List groups as the body asks."""
    wanted = await search_of(request, Team)
    found, total = await service.list_teams(uow, actor, wanted, base_of(request), with_members=True)
    return _listed(Team, found, total, wanted)


@router.post("/.search", **scim(BadSearch, takes=True))
async def search_scim(request: Request, actor: CurrentActor, uow: Uow) -> ScimResponse:
    """List people, then groups, as the body asks."""
    wanted = await search_of(request, Person | Team)
    found, total = await service.list_all(uow, actor, wanted, base_of(request))
    return _listed(Person | Team, found, total, wanted)


@router.api_route(
    "/{rest:path}",
    methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
    include_in_schema=False,
    **scim(NoSuchAddress, WrongMethod),
)
async def no_such_scim_address(request: Request, actor: CurrentActor, rest: str) -> ScimResponse:
    """Say in SCIM's form that there is nothing at an address, or nothing that takes this method."""
    del actor, rest
    raise NoSuchAddress if request.method == "GET" else WrongMethod


def _search(kind: Any, query: Search) -> SearchRequest[Any]:
    return SearchRequest[kind].model_validate(query.model_dump(exclude_none=True, by_alias=True))


def _shape(kind: Any, query: Shape) -> ResponseParameters[Any]:
    return ResponseParameters[kind].model_validate(query.model_dump(exclude_none=True, by_alias=True))


def _with_members(query: Shape) -> bool:
    """Whether anybody would see the members; a directory leaves them out of large groups."""
    if query.attributes is not None:
        return "members" in query.attributes.lower()
    return "members" not in (query.excluded_attributes or "").lower()


def _one(found: Any, shape: ResponseParameters[Any], status: int = 200) -> ScimResponse:
    body = found.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=shape, scim_policy=POLICY)
    return ScimResponse(body, status, headers=_headers(found))


def _made(found: Resource[Any]) -> ScimResponse:
    body = found.model_dump(scim_ctx=Context.RESOURCE_CREATION_RESPONSE, scim_policy=POLICY)
    return ScimResponse(body, 201, headers=_headers(found))


def _headers(found: Resource[Any]) -> dict[str, str]:
    location = found.meta.location if found.meta else None
    return {"Cache-Control": "no-store"} | ({"Location": location} if location else {})


def _listed(kind: Any, found: list[Any], total: int, wanted: SearchRequest[Any]) -> ScimResponse:
    start = min(wanted.start_index or 1, FURTHEST)
    listed = ListResponse[kind](total_results=total, start_index=start, items_per_page=len(found), resources=found)
    body = listed.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=wanted, scim_policy=POLICY)
    return ScimResponse(body, headers={"Cache-Control": "no-store"})


def _all(found: tuple[Any, ...]) -> ScimResponse:
    return _listed(type(found[0]), list(found), len(found), SearchRequest())


def _named(found: tuple[Any, ...], name: str) -> ScimResponse:
    for one in found:
        if name.lower() in {str(one.id or "").lower(), str(one.name).lower()}:
            return _one(one, ResponseParameters())
    raise NoSuchAddress
