"""What durable filing is measured against: Flask and psycopg, one insert, one commit, no rules."""

from __future__ import annotations

import os
import sys

import psycopg
from flask import Flask, request

from shared.server import Server

TABLE = "CREATE TABLE IF NOT EXISTS bare (id bigserial PRIMARY KEY, body bytea NOT NULL)"
INSERT = "INSERT INTO bare (body) VALUES (%s) RETURNING id"


def create_app(database_url: str) -> Flask:
    """One route that keeps what it is sent; a connection for each thread, kept open."""
    app = Flask("bare")
    free: list[psycopg.Connection[tuple[int]]] = []

    @app.post("/")
    def keep() -> tuple[dict[str, int], int]:
        connection = free.pop() if free else psycopg.connect(database_url)
        row = connection.execute(INSERT, [request.get_data()]).fetchone()
        connection.commit()
        free.append(connection)
        return {"id": row[0] if row else 0}, 201

    return app


def main() -> None:
    """Serve it as a service is served: one worker, as many threads."""
    url = os.environ["BARE_DATABASE_URL"]
    with psycopg.connect(url) as connection:
        connection.execute(TABLE)
    app = create_app(url)
    Server(bind=f"127.0.0.1:{sys.argv[1]}", load=lambda: app).run()


if __name__ == "__main__":
    main()
