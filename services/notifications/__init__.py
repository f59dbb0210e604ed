"""notifications: who is told what, in which language, by which channel, and the proof of it."""
