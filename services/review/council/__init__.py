"""council: who holds office, and the permanent committees with their reports."""
