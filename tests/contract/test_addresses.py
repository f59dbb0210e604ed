"""No authority's code hides a page: the words that addresses begin with are all declared."""

from __future__ import annotations

from services.portal.app import create_app
from shared.http_client import ServiceClients
from shared.settings import SERVICES, PlatformSettings
from shared.web.first_parts import FIRST_PARTS


def test_every_fixed_first_part_of_an_address_is_declared_and_no_other() -> None:
    portal = create_app(ServiceClients({}), PlatformSettings(), master=b"k" * 32)
    first_parts = {rule.rule.split("/")[1] for rule in portal.url_map.iter_rules()}
    fixed = {part for part in first_parts if part and not part.startswith("<")}

    assert fixed | set(SERVICES) == FIRST_PARTS
