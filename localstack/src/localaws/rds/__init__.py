"""RDS: moto keeps the API's state, an instance of engine postgres is a real server process."""
