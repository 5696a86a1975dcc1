"""LocalStack community 4.13.1 with what it lacks: Java functions and PostgreSQL as host processes, state that lasts."""
