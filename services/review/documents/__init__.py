"""Documents that the council issues: numbered, printed in two languages, kept with their hash."""
