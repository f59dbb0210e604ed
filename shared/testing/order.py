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
"""``early(40)``: the file takes about 40 seconds, one of those that begin their part."""


# After every other: the one that shuffles tests shuffles files as well.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in the order in which test processes shall take them."""
    tests = Counter(map(_file_of, items))
    seconds = {_file_of(item): _seconds(item) for item in items}
    parts = {part: place for place, part in enumerate(PARTS)}

    def place(item: pytest.Item) -> tuple[int, int, int, str]:
        file = _file_of(item)
        part = parts.get(folder_of(item.nodeid), len(parts))
        return part, -seconds[file], -tests[file], file

    items.sort(key=place)


def _seconds(item: pytest.Item) -> int:
    marker = item.get_closest_marker(EARLY)
    return int(marker.args[0]) if marker else 0


def _file_of(item: pytest.Item) -> str:
    return item.nodeid.split("::", 1)[0]
