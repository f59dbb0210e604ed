"""Passwords: kept as Argon2id hashes (RFC 9106), checked in a time that names nobody."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.identity.settings import IdentitySettings


class Passwords:
    """Hashes and checks passwords under one set of parameters."""

    def __init__(self, *, memory_kib: int, rounds: int) -> None:
        self._hasher = PasswordHasher(memory_cost=memory_kib, time_cost=rounds, parallelism=1)
        # Checked where there is no account, so that an unknown login takes as long as a wrong one.
        self._decoy = self._hasher.hash("nobody has this password")

    @classmethod
    def from_settings(cls, settings: IdentitySettings) -> Passwords:
        """The parameters that the settings ask for."""
        return cls(memory_kib=settings.password_memory_kib, rounds=settings.password_rounds)

    def hash(self, password: str) -> str:
        """The hash to keep, with its parameters and salt in it."""
        return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether the password belongs to the kept hash; always False without one."""
        try:
            self._hasher.verify(kept or self._decoy, password)
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made under other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)
