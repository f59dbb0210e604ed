"""How things are done once: HTTP, events, databases, time. Nouns and states live in services/."""
