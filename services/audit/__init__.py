"""audit: the ledger of every event, its replay against the live services, and what disagrees."""
