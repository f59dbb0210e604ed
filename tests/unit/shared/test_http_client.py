import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import flask
import httpx
import pytest
import stamina

from shared import http_client, logs
from shared.http_client import ServiceClients, ServiceUnavailable
from shared.web import i18n


@pytest.fixture(autouse=True)
def quick_retries_and_a_clean_context():
    logs.clear_ids()
    with stamina.set_testing(True, attempts=3, cap=True):
        yield
    logs.clear_ids()


def echo_app() -> flask.Flask:
    """An application that tells what it was sent, and dirties its own context on the way."""
    app = flask.Flask("echo")

    @app.route("/review/v1/<path:rest>", methods=["GET", "POST", "PUT"])
    def echo(rest: str) -> flask.Response:
        seen: dict[str, object] = {"language": i18n.current_language(), "ids": logs.current_ids()}
        flask.g.mine = "echo"
        i18n.set_language("en")
        logs.clear_ids()
        logs.bind_ids(request_id="inner")
        seen |= {
            "app": flask.current_app.name,
            "path": rest,
            "args": flask.request.args,
            "headers": {key.lower(): value for key, value in flask.request.headers.items()},
            "json": flask.request.get_json(silent=True),
        }
        answer = flask.jsonify(seen)
        answer.headers["ETag"] = '"7"'
        return answer

    @app.get("/review/v1/broken")
    def broken() -> str:
        raise RuntimeError("a bug")

    @app.get("/review/v1/empty")
    def empty() -> tuple[str, int]:
        return "", 204

    return app


@pytest.fixture
def clients():
    clients = ServiceClients({}, {"review": echo_app()})
    yield clients
    clients.close()


def test_an_in_process_call_goes_through_the_whole_application(clients):
    answer = clients.post("review", "/review/v1/cases", json={"a": 1}, params={"q": "ماء"})

    assert (answer.status, answer.is_success, answer.etag) == (200, True, '"7"')
    assert answer.headers["content-type"] == "application/json"
    seen = answer.json()
    assert (seen["app"], seen["json"], seen["args"]) == ("echo", {"a": 1}, {"q": "ماء"})


def test_an_arabic_path_arrives_as_it_was_sent(clients):
    assert clients.get("review", "/review/v1/عريضة").json()["path"] == "عريضة"


def test_token_language_ids_and_own_headers_are_sent(clients):
    logs.bind_ids(request_id="r-1", correlation_id="k-1", traceparent="00-1-2-01", event_id="e")

    with i18n.use_language("fr"):
        plain = clients.get("review", "/review/v1/x").json()["headers"]
        asked = clients.put(
            "review", "/review/v1/x", token="t", language="en", headers={"If-Match": '"3"'}
        ).json()["headers"]

    assert plain["x-request-id"] == "r-1"
    assert plain["x-correlation-id"] == "k-1"
    assert plain["traceparent"] == "00-1-2-01"
    assert plain["accept-language"] == "fr"
    assert "authorization" not in plain
    assert asked["authorization"] == "Bearer t"
    assert asked["accept-language"] == "en"
    assert asked["if-match"] == '"3"'


def test_a_call_from_within_a_request_leaves_the_caller_s_context_alone(clients):
    """Portal's page calls review in the same process; neither may see the other's context."""
    portal = flask.Flask("portal")

    @portal.get("/")
    def page() -> flask.Response:
        i18n.set_language("fr")
        logs.bind_ids(request_id="outer", actor="a-1")
        flask.g.mine = "portal"
        inner = clients.get("review", "/review/v1/x").json()
        return flask.jsonify(
            inner_app=inner["app"],
            inner_language=inner["language"],
            inner_ids=inner["ids"],
            app=flask.current_app.name,
            path=flask.request.path,
            mine=flask.g.mine,
            language=i18n.current_language(),
            ids=logs.current_ids(),
        )

    seen = portal.test_client().get("/").get_json()

    assert (seen["inner_app"], seen["inner_language"], seen["inner_ids"]) == ("echo", "ar", {})
    assert (seen["app"], seen["path"], seen["mine"]) == ("portal", "/", "portal")
    assert seen["language"] == "fr"
    assert seen["ids"] == {"request_id": "outer", "actor": "a-1"}


def test_two_applications_may_call_one_another_in_turn():
    clients = ServiceClients({})
    first, second = flask.Flask("first"), flask.Flask("second")

    @first.get("/first")
    def ask() -> str:
        inner = clients.get("second", "/second").json()
        return flask.jsonify([flask.current_app.name, *inner]).get_data(as_text=True)

    @first.get("/first/name")
    def name() -> flask.Response:
        return flask.jsonify([flask.current_app.name])

    @second.get("/second")
    def ask_back() -> flask.Response:
        inner = clients.get("first", "/first/name").json()
        return flask.jsonify([flask.current_app.name, *inner])

    clients.attach("first", first)
    clients.attach("second", second)

    assert clients.get("first", "/first").json() == ["first", "second", "first"]


def test_a_bug_in_the_called_application_is_an_answer_with_status_500(clients):
    answer = clients.get("review", "/review/v1/broken")

    assert (answer.status, answer.is_success) == (500, False)


def test_an_answer_without_content_has_no_json(clients):
    assert clients.get("review", "/review/v1/empty").json() is None


@pytest.mark.parametrize("path", ["http://elsewhere/x", "//elsewhere/x", "review/v1/x", ""])
def test_a_path_leads_nowhere_but_to_the_service(clients, path):
    with pytest.raises(ValueError, match="one slash"):
        clients.get("review", path)


def test_a_service_that_is_not_known_is_an_error_of_the_program(clients):
    with pytest.raises(KeyError):
        clients.get("nobody", "/x")


class Recorder(BaseHTTPRequestHandler):
    """Answers with what it got; drops the connection while ``drops`` lasts."""

    drops: ClassVar[int] = 0
    seen: ClassVar[list[str]] = []
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        cls = type(self)
        cls.seen.append(self.command)
        if cls.drops:
            cls.drops -= 1
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        body = json.dumps({"language": self.headers["Accept-Language"]}).encode()
        self.send_response(302 if self.path == "/moved" else 200)
        self.send_header("Location", "http://elsewhere.invalid/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def served() -> Iterator[ServiceClients]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    clients = ServiceClients({"review": f"http://127.0.0.1:{server.server_port}"})
    try:
        yield clients
    finally:
        clients.close()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def wire():
    Recorder.drops, Recorder.seen = 0, []
    with served() as clients:
        yield clients


def test_a_call_over_the_wire_sends_the_same_headers(wire):
    with i18n.use_language("fr"):
        assert wire.get("review", "/review/v1/x").json() == {"language": "fr"}


def test_a_get_is_repeated_when_the_connection_breaks(wire):
    Recorder.drops = 2

    assert wire.get("review", "/review/v1/x").status == 200
    assert Recorder.seen == ["GET"] * 3


def test_a_get_is_given_up_after_three_attempts(wire):
    Recorder.drops = 5

    with pytest.raises(ServiceUnavailable) as refused:
        wire.get("review", "/review/v1/x")

    assert len(Recorder.seen) == 3
    assert (refused.value.status, refused.value.service) == (503, "review")
    assert str(refused.value) == "The service review does not answer."


def test_a_post_is_never_repeated(wire):
    Recorder.drops = 1

    with pytest.raises(ServiceUnavailable):
        wire.post("review", "/review/v1/x", json={})

    assert Recorder.seen == ["POST"]


def test_a_redirection_is_not_followed(wire):
    assert wire.get("review", "/moved").status == 302


def test_a_service_that_is_down_is_unavailable():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        clients = ServiceClients({"review": f"http://127.0.0.1:{taken.getsockname()[1]}"})

        with pytest.raises(ServiceUnavailable):
            clients.get("review", "/x")

    clients.close()


def test_a_service_that_does_not_answer_in_time_is_asked_once_only(monkeypatch):
    monkeypatch.setattr(http_client, "_TIMEOUT", httpx.Timeout(0.1))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0)
        clients = ServiceClients({"review": f"http://127.0.0.1:{silent.getsockname()[1]}"})

        with pytest.raises(ServiceUnavailable):
            clients.get("review", "/x")
        clients.close()

        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_every_call_has_a_time_limit():
    assert (http_client._TIMEOUT.connect, http_client._TIMEOUT.read) == (2.0, 10.0)
