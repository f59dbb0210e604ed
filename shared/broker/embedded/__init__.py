"""The bus without a server: a kombu transport on one SQLite file, with RabbitMQ's behaviour."""
