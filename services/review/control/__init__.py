"""control: what the council decided, and its way through the governor's control."""
