"""Backup and restore: every part of an installation as of one moment."""
