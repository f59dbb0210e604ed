"""The law as data: dated rule packs under packs/ and pure functions that explain each answer.

Begin with packs.py (what the rules are), clock.py (when something is due) and answers.py (how the
outside asks). Nothing here knows a database, a web request or another process.
"""
