"""Who may call what: every route, every role, strangers, and people of another authority."""

from __future__ import annotations

import re
from typing import Any

import pytest

from shared.testing.harness import AUTHORITY
from shared.web.auth import EVERYONE, ROLES, SIGNED_IN
from tests.integration.security.routes import Route, routes_of
from tests.integration.security.worlds import OTHER, World

PUBLIC_BY_NAME = {
    "identity PATCH /authorities/{code}": 403,
    "identity POST /authorities/{code}/business-date": 403,
}
"""Authorities are public by name, so a foreign one is told as forbidden, not as absent."""

PLACE = re.compile(r"[0-9a-f-]{36}|\b(4711|0)\b")


@pytest.fixture
def guarded(world: World) -> list[Route]:
    """The routes that are not open to everyone."""
    return [route for route in routes_of(world) if EVERYONE not in route.roles]


def test_every_address_has_an_id_to_try(world: World) -> None:
    needed = {name for route in routes_of(world) for name in route.names}

    assert needed <= set(world.ids)


def test_without_a_token_every_guarded_route_answers_401(
    world: World, guarded: list[Route]
) -> None:
    told = _statuses(world, guarded)

    assert guarded
    assert told == {str(route): 401 for route in guarded}


@pytest.mark.parametrize("broken", ["garbage", "", "a.b.c", "é"])
def test_a_broken_token_is_answered_401(world: World, guarded: list[Route], broken: str) -> None:
    told = _statuses(world, guarded, headers={"Authorization": f"Bearer {broken}"})

    assert told == {str(route): 401 for route in guarded}


def test_a_token_that_has_run_out_is_answered_401(world: World, guarded: list[Route]) -> None:
    late = world.token("secretariat", seconds=-1)
    told = _statuses(world, guarded, headers={"Authorization": f"Bearer {late}"})

    assert told == {str(route): 401 for route in guarded}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_that_is_not_declared_is_answered_403(
    world: World, guarded: list[Route], role: str
) -> None:
    others = [one for one in guarded if SIGNED_IN not in one.roles and role not in one.roles]

    assert _statuses(world, others, role=role) == {str(route): 403 for route in others}


def test_another_authoritys_id_is_told_exactly_like_an_unknown_one(
    world: World, guarded: list[Route]
) -> None:
    told: dict[str, Any] = {}
    for route in [one for one in guarded if one.names and str(one) not in PUBLIC_BY_NAME]:
        for role in _declared(route):
            foreign = _ask(world, route, role=role, authority=OTHER)
            unknown = _ask(world, route, role=role, authority=OTHER, known=False)
            told[f"{route} as {role}"] = (
                foreign.status_code,
                _without_ids(foreign.json) == _without_ids(unknown.json),
            )

    assert told == dict.fromkeys(told, (404, True))


def test_an_authority_that_is_public_by_name_is_forbidden_to_others(
    world: World, guarded: list[Route]
) -> None:
    public = [one for one in guarded if str(one) in PUBLIC_BY_NAME]
    told = {str(one): _ask(world, one, role="operator", authority=OTHER) for one in public}

    assert {call: answer.status_code for call, answer in told.items()} == {
        str(one): PUBLIC_BY_NAME[str(one)] for one in public
    }


def test_no_list_shows_another_authoritys_things(world: World) -> None:
    lists = [one for one in routes_of(world) if one.method == "GET" and not one.names]
    secret = {id_ for ids in world.ids.values() for id_ in ids if len(id_) == 36}
    shown = {}
    for route in lists:
        for role in _declared(route) or ["secretariat"]:
            address = route.at(world).replace(f"authority={AUTHORITY}", f"authority={OTHER}")
            answer = world.ask("GET", address, role=role, authority=OTHER)
            # The subject that was asked for is the caller's own word.
            text = answer.text.replace(address.partition("subject=")[2] or "-", "")
            shown[f"{route} as {role}"] = sorted(id_ for id_ in secret if id_ in text)

    assert {call: ids for call, ids in shown.items() if ids and "/accounts/me" not in call} == {}


def test_a_token_that_names_no_authority_reaches_no_authoritys_things(
    world: World, guarded: list[Route]
) -> None:
    told = {}
    for route in [one for one in guarded if one.names]:
        # Operators of the whole installation act for the authority that the address names.
        roles = set(_declared(route)) - ({"operator"} if str(route) in PUBLIC_BY_NAME else set())
        for role in roles:
            answer = _ask(world, route, role=role, authority="")
            told[f"{route} as {role}"] = answer.status_code

    assert {call: one for call, one in told.items() if one not in {403, 404}} == {}


def _declared(route: Route) -> list[str]:
    """The roles a route names; one that takes any role is tried with one."""
    return ["secretariat"] if SIGNED_IN in route.roles else [r for r in route.roles if r in ROLES]


def _statuses(world: World, routes: list[Route], **options: Any) -> dict[str, int]:
    return {str(route): _ask(world, route, **options).status_code for route in routes}


def _ask(world: World, route: Route, *, known: bool = True, **options: Any) -> Any:
    headers = {"If-Match": '"1"', **options.pop("headers", {})}
    address = route.at(world, known=known)
    if "requestBody" in route.operation and route.body() is None:
        return world.ask(route.method, address, headers=headers, data=route.form(), **options)
    return world.ask(route.method, address, route.body(), headers=headers, **options)


def _without_ids(told: Any) -> str:
    kept = {key: one for key, one in told.items() if key not in {"request_id", "instance"}}
    return PLACE.sub("*", str(kept))
