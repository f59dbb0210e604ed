"""Authorities: what the law and the pages need to know of each, and its business date."""
