"""ECS without containers: clusters and task definitions are moto's, tasks and services are host processes."""
