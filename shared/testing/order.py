"""Pytest plugin: one part after another; in each first the files that take long, then the fullest.

Test processes take files in this order, so all of them share the work of a part and none is left
with a long file at its end. The tests within a file stay as they were shuffled.
"""

from collections import Counter

import pytest

from shared.testing.gates import folder_of

PARTS = ("integration", "contract", "end_to_end", "faults", "walk", "unit")
"""The parts as they are run: what is short and many comes last and fills what is left."""

EARLY = "early"


# After every other: the one that shuffles tests shuffles files as well.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in the order in which test processes shall take them."""
    tests = Counter(map(_file_of, items))
    early = {_file_of(item) for item in items if item.get_closest_marker(EARLY)}
    parts = {part: place for place, part in enumerate(PARTS)}

    def place(item: pytest.Item) -> tuple[int, bool, int, str]:
        file = _file_of(item)
        part = parts.get(folder_of(item.nodeid), len(parts))
        return part, file not in early, -tests[file], file

    items.sort(key=place)


def _file_of(item: pytest.Item) -> str:
    return item.nodeid.split("::", 1)[0]
