"""The words that addresses begin with: services, pages of portal, files. No authority is one.

An authority's own pages begin with its code, so a code among these words would lead elsewhere. A
test holds the words equal to portal's routes and to the front's services.
"""

from typing import Final

FIRST_PARTS: Final = frozenset(
    # What the front sends to services (shared/front.py), and what answers for all of them.
    {"audit", "identity", "intake", "notifications", "opinions", "portal", "review", "health"}
    # Pages of portal.
    | {"desk", "law", "notices", "sign-in", "sign-out", "sign-up", "static", "track"}
)
