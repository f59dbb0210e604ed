"""Erasures: who asked that a person's data be taken away, and what came of it."""
