"""Settings are read from text, all wrong ones are told at once, and no secret is printed."""

from pathlib import Path

import pytest

from services.notifications.settings import NotificationsSettings
from shared.settings import PlatformSettings, SettingsError, load_own_settings, load_settings


def test_values_are_read_from_text_by_their_types() -> None:
    read = load_settings(
        PlatformSettings,
        environ={"DATA_DIR": "/srv/arida", "PORT": "81", "DEMO": "1", "HOST": "::1"},
    )

    assert (read.data_dir, read.port, read.demo, read.host) == (
        Path("/srv/arida"),
        81,
        True,
        "::1",
    )
    assert read.log_level == "INFO"


def test_a_service_reads_its_own_settings_from_under_its_prefix() -> None:
    read = load_own_settings(
        "notifications",
        NotificationsSettings,
        environ={
            "NOTIFICATIONS_SMTP_SECONDS": "2.5",
            "SMTP_SECONDS": "9",
            "REVIEW_DATABASE_URL": "x",
        },
    )

    assert isinstance(read, NotificationsSettings)
    assert (read.smtp_seconds, read.database_url) == (2.5, "")


def test_all_wrong_values_are_told_at_once_with_what_they_have_to_be() -> None:
    with pytest.raises(SettingsError) as told:
        load_settings(
            PlatformSettings, environ={"PORT": "eighty", "DEMO": "yes", "FILES_QUOTA_MB": ""}
        )

    assert str(told.value).splitlines() == [
        "Settings that cannot be used (all):",
        "- PORT has to be a whole number",
        "- DEMO has to be 1, true, 0 or false",
        "- FILES_QUOTA_MB has to be a whole number",
    ]


def test_a_secret_is_masked_wherever_settings_are_printed() -> None:
    secrets = {"MASTER_KEY": "of-the-house", "SMTP_URL": "smtp://me:word@host"}
    read = load_settings(PlatformSettings, environ=secrets)

    assert read.master_key == "of-the-house"
    for printed in (repr(read), str(read), f"{read}"):
        assert "master_key='***'" in printed
        assert "of-the-house" not in printed
        assert "word" not in printed


def test_settings_cannot_be_changed_once_they_are_read() -> None:
    with pytest.raises(AttributeError):
        load_settings(PlatformSettings, environ={}).port = 1  # type: ignore[misc]
