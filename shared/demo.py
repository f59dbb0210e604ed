"""The demo's fixed ids: people, committees and bodies that several services seed alike.

They exist only where DEMO=1; `arida serve` refuses it.
"""

from __future__ import annotations

from datetime import date
from ipaddress import ip_address
from uuid import NAMESPACE_URL, UUID, uuid5

DEMO_AUTHORITY = "taroudant"
DEMO_STARTS_ON = date(2023, 8, 5)
DEMO_MEMBERS_IN_OFFICE = 35
DEMO_DOMAIN = "demo.example"


def demo_person(login: str) -> UUID:
    """The person id of a demo login, for example ``secretariat``."""
    return uuid5(NAMESPACE_URL, f"urn:arida:demo:{login}")


def demo_id(name: str) -> UUID:
    """The id of another demo thing, for example ``committee-social``."""
    return uuid5(NAMESPACE_URL, f"urn:arida:demo:id:{name}")


def demo_password(login: str) -> str:
    """The fixed password that is printed at start."""
    return f"arida-{login}"


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address; printed passwords go nowhere else."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
