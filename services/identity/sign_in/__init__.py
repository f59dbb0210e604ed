"""Sign-ins: an opaque handle for a browser, exchanged for short-lived tokens."""
