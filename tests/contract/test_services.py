"""What every service owes: declared routes, classified columns, known kinds, sound documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from openapi_spec_validator import validate

from services.portal.state_labels import STATES
from shared.app import endpoints_without_declaration
from shared.broker.topology import SUBSCRIPTIONS
from shared.db.columns import unclassified_columns
from shared.db.migrations import metadata_of
from shared.events.catalogue import OWNERS, kind_of
from shared.generate.services import Loaded, load_services
from shared.parts import WITH_DATABASE
from shared.web.openapi import openapi_of

SAID_BY_PAGES = {"case": {"scheduled"}, "letter": {"discarded"}}
"""A case whose item is on an agenda, and an event that an operator passed over, are no states."""

GLOBAL_TABLES = {"outbox_slot", "timer_lease", "alembic_version"}
"""Tables of the runtime that belong to no authority."""


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Loaded]:
    """Every service with a database, built but not started."""
    folder: Path = tmp_path_factory.mktemp("services")
    return {service.name: service for service in load_services(folder)}


@pytest.mark.parametrize("name", WITH_DATABASE)
def test_every_route_declares_who_may_call_it(services: dict[str, Loaded], name: str) -> None:
    assert endpoints_without_declaration(services[name].app) == []


@pytest.mark.parametrize("name", WITH_DATABASE)
def test_every_text_column_declares_its_class(name: str) -> None:
    assert unclassified_columns(metadata_of(name)) == []


@pytest.mark.parametrize("name", [name for name in WITH_DATABASE if name != "identity"])
def test_every_table_names_its_authority(name: str) -> None:
    without = {
        table.name for table in metadata_of(name).sorted_tables if "authority" not in table.columns
    }

    assert without <= GLOBAL_TABLES


@pytest.mark.parametrize("name", WITH_DATABASE)
def test_every_handled_event_is_subscribed_to(services: dict[str, Loaded], name: str) -> None:
    kinds = {kind_of(event.TYPE) for event in services[name].handlers}

    assert "#" in SUBSCRIPTIONS[name] or kinds <= set(SUBSCRIPTIONS[name])


@pytest.mark.parametrize("name", WITH_DATABASE)
def test_a_service_emits_only_events_of_kinds_it_owns(
    services: dict[str, Loaded], name: str
) -> None:
    emitted = {
        (flow.kind, kind_of(step["event"].TYPE))
        for flow in services[name].workflows
        for step in flow.table
    }

    assert all(kind == of for kind, of in emitted)
    assert all(OWNERS[kind] == name for kind, _ in emitted)


def test_pages_have_a_label_for_every_state_and_for_no_other(services: dict[str, Loaded]) -> None:
    flows = [flow for service in services.values() for flow in service.workflows]
    # A subject in its first state "new" has not been told of yet; nobody sees it.
    states = {flow.kind: {one.value for one in flow.states} - {"new"} for flow in flows}

    assert {kind: set(table) for kind, table in STATES.items()} == {
        **states,
        **{kind: states.get(kind, set()) | more for kind, more in SAID_BY_PAGES.items()},
    }


@pytest.mark.parametrize("name", WITH_DATABASE)
def test_the_openapi_document_is_sound(services: dict[str, Loaded], name: str) -> None:
    app = services[name].app
    document = openapi_of(app)

    validate(document)
    assert document["openapi"] == "3.1.0"


@pytest.mark.parametrize("name", WITH_DATABASE)
def test_the_openapi_page_can_be_read(services: dict[str, Loaded], name: str) -> None:
    page = services[name].app.test_client().get(f"/{name}/v1/docs")

    assert page.status_code == 200
    assert f"/{name}/v1/health" in page.text
    assert "script" not in page.text
