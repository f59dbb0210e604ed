"""Accounts: people who can sign in, the same for every authority."""
