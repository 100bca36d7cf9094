"""The example that syncs a calendar, against a server of one calendar."""

import runpy
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import humantwin
import pytest
from conftest import ROOT

FOUND = """<D:response><D:href>/me/cal/</D:href><D:propstat><D:prop><D:resourcetype><C:calendar/><D:collection/>
</D:resourcetype><C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>
</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"""
LISTED = """<D:sync-token>one</D:sync-token><D:response><D:href>/me/cal/a.ics</D:href><D:propstat><D:prop>
<D:getetag>"1"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"""
READ = """<D:response><D:href>/me/cal/a.ics</D:href><D:propstat><D:prop><D:getetag>"1"</D:getetag><C:calendar-data>
BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:a
DTSTAMP:20260301T000000Z
DTSTART:20260302T100000Z
DTEND:20260302T110000Z
SUMMARY:Review
END:VEVENT
END:VCALENDAR
</C:calendar-data></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"""
SYNCED = "<D:sync-token>one</D:sync-token>"


class Server(BaseHTTPRequestHandler):
    """Wants credentials, is busy once, then answers one after the other."""

    answers: list[str]
    busy = True

    def do_PROPFIND(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Authorization"] != "Basic me":
            return self.answer(401, "")
        if Server.busy:
            Server.busy = False
            return self.answer(503, "")
        inside = Server.answers.pop(0)
        self.answer(
            207,
            f'<D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">{inside}</D:multistatus>',
        )

    do_REPORT = do_PROPFIND

    def answer(self, status: int, body: str) -> None:
        self.send_response(status)
        self.send_header("Retry-After", "7")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    served = HTTPServer(("127.0.0.1", 0), Server)
    Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}/me/cal/"
    served.shutdown()
    served.server_close()


def test_a_calendar_is_read_once_and_asked_with_credentials(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = str(ROOT / "examples/python/sync_calendar.py")
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    monkeypatch.setattr(sys, "argv", ["sync_calendar.py", server, str(tmp_path / "me.twin")])
    monkeypatch.delenv("AUTHORIZATION", raising=False)
    with pytest.raises(humantwin.ConsentRequiredError, match="401"):
        runpy.run_path(program, run_name="__main__")

    monkeypatch.setenv("AUTHORIZATION", "Basic me")
    Server.answers = [FOUND, LISTED, READ, FOUND, SYNCED]
    runpy.run_path(program, run_name="__main__")
    runpy.run_path(program, run_name="__main__")
    told = capsys.readouterr().out.splitlines()
    assert told == ["1 calendars, 1 new, 0 deleted", "1 calendars, 0 new, 0 deleted"]
    assert (waits, Server.answers) == ([7.0], [])
