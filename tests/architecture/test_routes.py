"""Every way into the control plane names who may take it and what can go wrong."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

import streamspace.server
from streamspace.server.app import create_app
from streamspace.server.core.errors import Problem
from streamspace.server.core.http import BodyTooLarge, NoSuchAddress, WrongMethod
from streamspace.server.core.permissions import Action
from streamspace.server.core.settings import Settings

APP = create_app(Settings(secret_key="s" * 32, gateway_secret="g" * 32, data_dir=Path("/nonexistent")))
SOCKETS = {
    "/ws/sessions": "session:view, through the feed's filter",
    "/agents/connect": "the agent's own key",
    "/gateways/connect": "the gateways' secret",
}
"""Who may open each socket; a new one must be written down here."""
PAGES = {"/api/openapi.json", "/api/{rest:path}", "/{path:path}", "/assets", "/api/docs/static"}
"""What anybody may see: the UI's files and the API's description."""
EVERYWHERE = {Problem, BodyTooLarge, NoSuchAddress, WrongMethod}
"""Errors of the edge, which any request may meet."""
NO_OPERATION = {"agent_not_approved", "bad_username", "weak_password"}
"""Errors that close a socket, or stop the first start; no operation answers them."""
METHODS = ("get", "put", "post", "patch", "delete")


def routes(parent: Any) -> Iterator[BaseRoute]:
    """Walk all routes, also those of included routers, which FastAPI keeps apart."""
    for route in parent.routes:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from routes(included)
        else:
            yield route


ROUTES = list(routes(APP))
OPERATIONS = [
    (f"{method.upper()} {path}", operation)
    for path, methods in APP.openapi()["paths"].items()
    for method, operation in methods.items()
    if method in METHODS
]


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(streamspace.server.__path__, "streamspace.server."):
        if ".migrations" not in found.name:
            yield importlib.import_module(found.name)


def problems(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    for sub in kind.__subclasses__():
        if sub.__module__.startswith("streamspace."):
            yield sub
            yield from problems(sub)


def test_the_walk_finds_the_api() -> None:
    assert len([route for route in ROUTES if isinstance(route, APIRoute)]) >= 30
    assert len(OPERATIONS) >= 30


@pytest.mark.parametrize("route", [r for r in ROUTES if isinstance(r, APIRoute)], ids=lambda r: f"{r.name} {r.path}")
def test_every_route_names_its_permission(route: APIRoute) -> None:
    if route.path in PAGES:
        return
    permission = (route.openapi_extra or {}).get("x-permission")
    assert permission in {*Action, "public"}


@pytest.mark.parametrize("route", [r for r in ROUTES if isinstance(r, APIRoute)], ids=lambda r: f"{r.name} {r.path}")
def test_a_route_asks_who_calls_unless_it_is_public(route: APIRoute) -> None:
    asked = {dependency.call.__name__ for dependency in route.dependant.dependencies if dependency.call is not None}
    public = route.path in PAGES or (route.openapi_extra or {}).get("x-permission") == "public"
    assert bool({"_actor", "_actor_alone"} & asked) is not public


def test_every_socket_is_written_down_with_who_may_open_it() -> None:
    assert {route.path for route in ROUTES if isinstance(route, WebSocketRoute)} == set(SOCKETS)


def test_nothing_else_is_reachable() -> None:
    others = [r for r in ROUTES if not isinstance(r, APIRoute | WebSocketRoute)]
    assert {r.path for r in others if isinstance(r, Route | Mount)} <= PAGES
    assert all(isinstance(r, Route | Mount) for r in others)


def test_operation_ids_are_unique() -> None:
    names = [operation["operationId"] for _, operation in OPERATIONS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("where", "operation"), OPERATIONS, ids=[where for where, _ in OPERATIONS])
class TestOperation:
    def test_its_id_reads_well_in_a_client(self, where: str, operation: dict[str, Any]) -> None:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", operation["operationId"])

    def test_it_says_what_it_does(self, where: str, operation: dict[str, Any]) -> None:
        assert operation["description"].rstrip().endswith((".", "?"))
        assert operation.get("tags")

    def test_its_errors_are_declared_in_our_form(self, where: str, operation: dict[str, Any]) -> None:
        declared = {int(status): answer for status, answer in operation["responses"].items() if int(status) >= 400}
        assert 400 in declared
        assert 422 not in declared
        for answer in declared.values():
            assert answer["content"]["application/json"]["schema"]["$ref"].endswith("/ProblemOut")
            assert re.match(r"`[a-z_]+`: ", answer["description"])

    def test_what_needs_a_login_says_so(self, where: str, operation: dict[str, Any]) -> None:
        if operation["x-permission"] == "public":
            assert "security" not in operation
        else:
            assert operation["security"] == [{"bearer": []}, {"cookie": []}]
            assert {"401", "403"} <= set(operation["responses"])

    def test_what_names_a_thing_may_not_find_it(self, where: str, operation: dict[str, Any]) -> None:
        named = [p for p in operation.get("parameters", []) if p["in"] == "path"]
        assert not named or "404" in operation["responses"]


class TestProblems:
    def test_every_error_is_declared_by_an_operation_that_may_answer_it(self) -> None:
        list(modules())
        declared = " ".join(a["description"] for _, operation in OPERATIONS for a in operation["responses"].values())
        general = {kind.code for kind in EVERYWHERE} | NO_OPERATION
        leaves = {kind.code for kind in problems() if kind.__module__ != "streamspace.server.core.errors"}
        assert {code for code in leaves - general if f"`{code}`" not in declared} == set()

    def test_every_error_has_a_sentence_and_a_code(self) -> None:
        list(modules())
        for kind in problems():
            assert re.fullmatch(r"[a-z]+(_[a-z]+)*", kind.code)
            assert (kind.__doc__ or "").strip().splitlines()[0].endswith((".", "`."))

    def test_a_code_has_one_status(self) -> None:
        list(modules())
        statuses: dict[str, set[int]] = {}
        for kind in problems():
            statuses.setdefault(kind.code, set()).add(kind.status)
        assert {code for code, found in statuses.items() if len(found) > 1} == set()


def test_the_alias_without_version_is_not_described() -> None:
    assert isinstance(APP, FastAPI)
    assert all(path.startswith("/api/v1/") or path.count("/") == 1 for path in APP.openapi()["paths"])
