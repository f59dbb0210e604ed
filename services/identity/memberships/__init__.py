"""Memberships: who has which role in an authority, where and how long."""
