"""Reads the calendars of a server (CalDAV) into a twin; run again, it reads what is new.

AUTHORIZATION='Basic …' python sync_calendar.py https://dav.example.org/ me.twin
"""

import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

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


class Unfollowed(urllib.request.HTTPRedirectHandler):
    """The twin follows redirects, never to another host; the client must not."""

    def redirect_request(self, *_: object) -> None:
        return None


def ask(request: HttpAsk) -> HttpAnswer:
    """Asks the server; credentials stay here."""
    headers = {field["name"]: field["value"] for field in request["headers"]}
    if authorization := os.environ.get("AUTHORIZATION"):
        headers["Authorization"] = authorization
    asked = urllib.request.Request(
        request["url"], request["body"].encode(), headers, method=request["method"]
    )
    try:
        answer = urllib.request.build_opener(Unfollowed).open(asked, timeout=60)
    except urllib.error.HTTPError as refused:
        answer = refused  # An answer as well: the twin knows what each status means.
    with answer:
        fields: list[HeaderField] = [
            {"name": name, "value": value} for name, value in answer.headers.items()
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
