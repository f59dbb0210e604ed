"""What operators do at a terminal; services/cli.py declares the commands and calls these."""
