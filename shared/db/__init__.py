"""How a service keeps rows: bases, columns and their classes, personal data, one unit of work."""
