"""Secret addresses of calendar feeds: one a person and authority, renewed and revoked at will."""
