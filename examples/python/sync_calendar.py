"""Reads the calendars of a server (CalDAV) into a twin; run again, it reads what is new.

AUTHORIZATION='Basic …' python sync_calendar.py https://dav.example.org/ me.twin
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import humantwin
from humantwin.types import (
    CalendarStart,
    CalendarSynced,
    HeaderField,
    HttpAnswer,
    HttpAsk,
)


# [sync]
def sync(
    twin: humantwin.Twin, start: CalendarStart, ask: Callable[[HttpAsk], HttpAnswer]
) -> CalendarSynced:
    """One sync: asks what the twin wants to know until it is done."""
    step, patience = twin.sync_calendar(start=start), 5
    while "done" not in step:
        if "wait_s" in step:  # The server is busy: the same request again, later.
            patience -= 1
            if patience == 0:
                raise TimeoutError("the server is busy")
            time.sleep(step["wait_s"] or 60)
        step = twin.sync_calendar(machine=step["machine"], answer=ask(step["request"]))
    return step["done"]


def ask(request: HttpAsk) -> HttpAnswer:
    """Asks the server, with credentials that the twin never sees. Follows no redirect: the twin does."""
    url = urlsplit(request["url"])
    headers = {field["name"]: field["value"] for field in request["headers"]}
    headers["Authorization"] = os.environ.get("AUTHORIZATION", "")
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    with closing(kind(url.netloc, timeout=60)) as connection:
        path = urlunsplit(("", "", url.path or "/", url.query, ""))
        connection.request(request["method"], path, request["body"].encode(), headers)
        answer = connection.getresponse()
        fields: list[HeaderField] = [
            {"name": n, "value": v} for n, v in answer.getheaders()
        ]
        return {
            "status": answer.status,
            "headers": fields,
            "body": answer.read().decode(),
        }


# [/sync]

if __name__ == "__main__":
    url, path = sys.argv[1:]
    kept = Path(path + ".calendar")
    start: CalendarStart = {"url": url}
    if kept.exists():
        start["state"] = kept.read_text(encoding="utf-8")
    with humantwin.open(path) as twin:
        done = sync(twin, start, ask)
        # Only now: a state that is kept before its facts would lose them.
        kept.write_text(done["state"], encoding="utf-8")
        print(
            f"{done['calendars']} calendars, {done['upserts']} new, {done['deleted']} deleted"
        )
