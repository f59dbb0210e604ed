import uuid

import pytest

from shared.tracking import code_matches, tracking_code

KEY = b"k" * 32
PETITION = uuid.UUID("019a0000-0000-7000-8000-000000000001")


def test_a_petition_always_has_the_same_code_of_ten_characters():
    assert tracking_code(KEY, PETITION) == tracking_code(KEY, PETITION)
    assert len(tracking_code(KEY, PETITION)) == 10


def test_another_petition_or_another_key_gives_another_code():
    other = uuid.UUID("019a0000-0000-7000-8000-000000000002")

    codes = {
        tracking_code(KEY, PETITION),
        tracking_code(KEY, other),
        tracking_code(b"j" * 32, PETITION),
    }

    assert len(codes) == 3


@pytest.mark.parametrize("petition", [uuid.UUID(int=number) for number in range(40)])
def test_a_code_is_recognised_as_people_type_it(petition):
    code = tracking_code(KEY, petition)
    typed = f" {code[:5]}-{code[5:]} ".lower().replace("0", "o").replace("1", "l")

    assert code_matches(KEY, petition, code)
    assert code_matches(KEY, petition, typed)
    assert code_matches(KEY, petition, code.replace("1", "I").replace("0", "O"))
    assert code_matches(KEY, petition, code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))


@pytest.mark.parametrize("typed", ["", "0000000000", "عريضة", "\ud800", "U" * 10, "A" * 1_000])
def test_anything_else_is_not_the_code(typed):
    assert not code_matches(KEY, PETITION, typed)


def test_a_code_with_a_letter_too_many_is_not_the_code():
    assert not code_matches(KEY, PETITION, tracking_code(KEY, PETITION) + "A")
