"""The ways to run Arida as separate processes say the same: Procfile, compose, settings, nginx."""

import importlib
import os
import re
import shlex
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any

import pytest
import yaml
from msgspec import structs
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine, make_url

from shared.parts import WITH_DATABASE
from shared.settings import SERVICES, PlatformSettings
from shared.testing.postgres_server import binaries

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
SERVERS = {"postgres", "rabbitmq", "nginx"}
ONCE = {"migrate"}
FOR_COMPOSE = re.compile(r"\$\{([A-Z_]+)(:\?|:-[^}]*)\}")


def _example() -> dict[str, str]:
    lines = (DEPLOY / "env.example").read_text().splitlines()
    named = [line.lstrip("#") for line in lines if re.match(r"#?[A-Z_]+=", line)]
    return {line.partition("=")[0]: line.partition("=")[2] for line in named}


def _procfile() -> dict[str, str]:
    lines = (DEPLOY / "Procfile").read_text().splitlines()
    pairs = [line.partition(": ") for line in lines if line and not line.startswith("#")]
    return {name: Template(command).substitute(_example()) for name, _, command in pairs}


def _compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return loaded


def _processes() -> dict[str, Any]:
    return {name: one for name, one in _compose().items() if name not in SERVERS | ONCE}


def _known_settings() -> set[str]:
    platform: Any = PlatformSettings
    names = {field.name.upper() for field in structs.fields(platform)}
    for service in SERVICES:
        module = importlib.import_module(f"services.{service}.settings")
        settings: Any = getattr(module, f"{service.capitalize()}Settings")
        names |= {f"{service.upper()}_{field.name.upper()}" for field in structs.fields(settings)}
    return names


def test_every_service_has_its_processes_in_the_procfile() -> None:
    expected = {f"{name}-web" for name in SERVICES} | {"front"}
    expected |= {f"{name}-{part}" for name in WITH_DATABASE for part in ("worker", "relay")}

    assert set(_procfile()) == expected


def test_the_front_stands_first_because_honcho_gives_the_first_process_the_port_itself() -> None:
    assert next(iter(_procfile())) == "front"


def test_compose_runs_the_same_processes_with_the_same_commands() -> None:
    commands = {name: shlex.split(one["command"]) for name, one in _processes().items()}

    assert commands == {name: shlex.split(line) for name, line in _procfile().items()}


def test_every_setting_of_compose_and_of_the_example_is_one_that_is_read() -> None:
    used = {name for one in _processes().values() for name in one["environment"]}
    used |= set(_compose()["migrate"]["environment"])
    for_compose = {found[0] for found in FOR_COMPOSE.findall(str(_compose()))}

    in_procfile = set(re.findall(r"\$([A-Z_]+)", (DEPLOY / "Procfile").read_text()))

    assert used - _known_settings() == set()
    assert set(_example()) - _known_settings() - for_compose - in_procfile == set()


def test_what_compose_cannot_do_without_is_in_the_example() -> None:
    needed = {name for name, how in FOR_COMPOSE.findall(str(_compose())) if how == ":?"}

    assert needed
    assert needed - set(_example()) == set()


def test_no_secret_stands_in_compose() -> None:
    secret = re.compile(r"(PASSWORD|PASS|KEY|BROKER_URL|DATABASE_URL)$")
    written = {
        f"{service}.{name}"
        for service, one in _compose().items()
        for name, value in one.get("environment", {}).items()
        if secret.search(name) and ":?}" not in str(value)
    }

    assert written == set()


def test_a_process_gets_no_other_services_database() -> None:
    for name, one in _processes().items():
        databases = {key for key in one["environment"] if key.endswith("_DATABASE_URL")}
        service = name.rsplit("-", 1)[0]

        assert databases <= {f"{service.upper()}_DATABASE_URL"}


def test_every_process_is_migrated_before_it_starts_and_stopped_politely() -> None:
    for one in _processes().values():
        assert one["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert one["stop_grace_period"] == "30s"


def test_every_server_and_web_process_says_whether_it_is_healthy() -> None:
    listening = {name for name in _compose() if name.endswith("-web")} | SERVERS | {"front"}

    assert {name for name, one in _compose().items() if "healthcheck" in one} == listening


def test_addresses_lead_to_the_ports_that_the_commands_open() -> None:
    settings, example = _processes()["front"]["environment"], _example()
    for service in SERVICES:
        port = shlex.split(_procfile()[f"{service}-web"])[-1]

        assert settings[f"{service.upper()}_URL"] == f"http://{service}-web:{port}"
        assert example[f"{service.upper()}_URL"] == f"http://127.0.0.1:{port}"
    assert settings["PORT"] == example["PORT"]


def test_every_image_has_a_tag_and_no_address() -> None:
    files = [*DEPLOY.glob("*.yml"), ROOT / "docker-compose.yml"]
    images = [one["image"] for path in files for one in _services_of(path) if "image" in one]
    base = re.findall(r"^FROM (\S+)", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)

    for image in [*images, *base]:
        assert re.fullmatch(r"[a-z]+:[0-9][a-z0-9.-]*", image), image


def _services_of(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load(path.read_text())["services"].values())


def test_the_image_installs_pinned_versions_and_runs_as_nobody_in_particular() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()

    assert "RUN deploy/setup.sh main" in lines
    assert "--require-hashes" in (DEPLOY / "setup.sh").read_text()
    assert [line for line in lines if line.startswith("USER")] == ["USER arida"]
    assert [line for line in lines if "://" in line] == []


def test_nginx_sends_every_service_to_the_port_it_listens_on() -> None:
    text_ = (DEPLOY / "nginx.conf").read_text()
    routes = dict(re.findall(r"^\s+(?:~\^/)?([a-z]+)/?\s+([a-z-]+:\d+);$", text_, re.MULTILINE))
    expected = {
        name: f"{name}-web:{shlex.split(_procfile()[f'{name}-web'])[-1]}" for name in WITH_DATABASE
    }

    assert routes == expected | {
        "default": f"portal-web:{shlex.split(_procfile()['portal-web'])[-1]}"
    }


@pytest.mark.parametrize("service", WITH_DATABASE)
@pytest.mark.parametrize("hidden", ["metrics", "states"])
def test_nginx_hides_counts_and_live_states(service: str, hidden: str) -> None:
    text_ = (DEPLOY / "nginx.conf").read_text()
    places = re.findall(r"location ~ (\S+) \{\s+[^}]*?return 404", text_)

    assert any(re.match(place, f"/{service}/v1/{hidden}") for place in places)
    assert not any(re.match(place, f"/{service}/v1/{hidden}es") for place in places)


@pytest.fixture
def new_role(postgres_url: str) -> Iterator[str]:
    """The name of a service that no other test knows; its role and database are dropped after."""
    name = f"deploy{uuid.uuid4().hex[:8]}"
    yield name
    with _connected(postgres_url) as engine, engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"DROP ROLE IF EXISTS {name}"))


class _connected:
    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, isolation_level="AUTOCOMMIT")

    def __enter__(self) -> Engine:
        return self.engine

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()


def _create(postgres_url: str, role: str, password: str) -> subprocess.CompletedProcess[str]:
    server = make_url(postgres_url)
    found = binaries()
    environment = {
        "PATH": f"{os.environ['PATH']}:{found}",
        "PGHOST": str(server.host),
        "PGPORT": str(server.port),
        "PGUSER": str(server.username),
        "PGPASSWORD": str(server.password or ""),
        f"{role.upper()}_DATABASE_PASSWORD": password,
    }
    return subprocess.run(
        [DEPLOY / "create-databases.sh", role],
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )


def test_each_service_gets_an_ordinary_role_and_a_database_closed_to_others(
    postgres_url: str, new_role: str
) -> None:
    first, again = (_create(postgres_url, new_role, word) for word in ("one", "another-1"))

    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    with _connected(postgres_url) as engine, engine.connect() as connection:
        role = connection.execute(
            text("SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = :name"),
            {"name": new_role},
        ).one()
        grants = connection.execute(
            text("SELECT datacl::text FROM pg_database WHERE datname = :name"), {"name": new_role}
        ).scalar_one()
    assert tuple(role) == (False, False, True)
    assert grants == f"{{{new_role}=CTc/{new_role}}}"
    url = make_url(postgres_url).set(username=new_role, password="another-1", database=new_role)
    own = url.render_as_string(hide_password=False)
    with _connected(own) as engine, engine.connect() as connection:
        connection.execute(text("CREATE TABLE own (id int)"))


def test_a_password_that_would_break_an_address_is_refused(
    postgres_url: str, new_role: str
) -> None:
    done = _create(postgres_url, new_role, "a@b")

    assert done.returncode == 1
    assert "may hold letters, digits" in done.stderr
