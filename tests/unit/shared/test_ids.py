import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ids import CROCKFORD_ALPHABET, crockford, new_id


def test_an_id_is_a_version_7_uuid_of_the_standard_library():
    made = new_id()

    assert type(made) is uuid.UUID
    assert made.version == 7


def test_ids_made_one_after_the_other_are_in_order():
    made = [new_id() for _ in range(2_000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_crockford_reads_five_bits_at_a_time_from_the_left():
    assert crockford(bytes([0b00000_000, 0b01_11111_1, 0b1111_0000]), 4) == "01ZZ"


def test_crockford_refuses_more_characters_than_the_data_has_bits_for():
    with pytest.raises(ValueError, match="do not fill 2"):
        crockford(b"\x00", 2)


@given(st.binary(min_size=7, max_size=40))
def test_crockford_has_the_length_asked_for_and_only_its_own_letters(data):
    code = crockford(data, 10)

    assert len(code) == 10
    assert set(code) <= set(CROCKFORD_ALPHABET)
