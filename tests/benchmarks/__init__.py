"""Benchmarks: `python -m tests.benchmarks`; both sides of each ratio run in turns, in one run."""
