"""RDS: moto holds the API's state; an instance with the engine postgres is a real server process."""
