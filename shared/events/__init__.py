"""What services tell each other: the envelope, the catalogue of events, and one file per noun."""
