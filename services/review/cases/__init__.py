"""cases: the petition before the council, from filing to closing."""
