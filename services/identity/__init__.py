"""identity: authorities, accounts, memberships, sign-ins and access tokens."""
