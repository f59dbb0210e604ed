"""How long personal data is kept: dated tables, read as data, and what follows from them."""
