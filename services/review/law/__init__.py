"""The rules of the law as anybody reads them."""
