"""How a service speaks HTTP and human languages: problems, sign-in, paging, translation."""
