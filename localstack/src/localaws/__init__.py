"""Adds to LocalStack community 4.13.1: Java functions and PostgreSQL as host processes, kept state."""
