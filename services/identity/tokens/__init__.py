"""Access tokens: keys that sign them, and the OAuth 2 endpoints that give them out."""
