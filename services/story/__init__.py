"""story: plays Taroudant's participation cycle of 2023-2024 through the public interfaces.

No service: a client of all of them, as a person with a terminal would be. It imports none.
"""
