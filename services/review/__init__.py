"""review: the council's work on a petition, from case to enforceable decision."""
