"""Adds to LocalStack community: Java functions and PostgreSQL as host processes, kept state."""
