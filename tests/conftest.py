"""What every test gets: its part's marker and time gate, and the servers' addresses."""

pytest_plugins = [
    "shared.testing.gates",
    "shared.testing.order",
    "shared.testing.plugin",
    "shared.testing.databases",
]
