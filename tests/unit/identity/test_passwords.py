from __future__ import annotations

import pytest

from services.identity.accounts.passwords import Passwords

CHEAP = {"memory_kib": 64, "rounds": 1}


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    """A hasher that is quick enough for tests."""
    return Passwords(**CHEAP)


def test_the_right_password_fits_and_another_does_not(passwords: Passwords) -> None:
    kept = passwords.hash("a long password")

    assert passwords.matches(kept, "a long password")
    assert not passwords.matches(kept, "another password")


def test_without_an_account_nothing_fits_not_even_the_decoy(passwords: Passwords) -> None:
    assert not passwords.matches(None, "nobody has this password")


def test_a_hash_that_cannot_be_read_fits_nothing(passwords: Passwords) -> None:
    assert not passwords.matches("$broken", "a long password")


def test_other_parameters_make_a_hash_outdated(passwords: Passwords) -> None:
    kept = passwords.hash("a long password")

    assert not passwords.is_outdated(kept)
    assert Passwords(memory_kib=128, rounds=1).is_outdated(kept)


def test_the_same_password_never_has_the_same_hash(passwords: Passwords) -> None:
    assert passwords.hash("a long password") != passwords.hash("a long password")
