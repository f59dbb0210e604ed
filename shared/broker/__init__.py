"""The bus: one table of queues, one publisher, one consumer, on RabbitMQ or an embedded file."""
