"""sessions: the council's sessions, their agenda, the quorum at the opening, and the votes."""
