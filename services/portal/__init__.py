"""The pages of Arida for every kind of user, in Arabic, French and English; it has no database."""
