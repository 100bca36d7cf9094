# Written by `cargo xtask schema`; not to be edited.
"""One method for each verb."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ._calls import Calls
from ._columns import Columns
from ._native import Frame
from .types import (
    CalendarStart,
    Day,
    DaysView,
    DoneView,
    Event,
    EventBody,
    HeaderField,
    HistoryView,
    HttpAnswer,
    ImportView,
    ImportsView,
    Instant,
    MaintainView,
    MergeReport,
    ModelsView,
    PlanChange,
    PlanKind,
    PlanView,
    PredictionView,
    Purpose,
    ReadyWindowsView,
    ReceivedView,
    RecordedView,
    RefusedRecordsView,
    ShapeRequest,
    SimulationView,
    StateView,
    SyncCalendarView,
    VerifyView,
    WhyView,
    WindowsView,
)
from ._wire import File, one_or_many


class Verbs(Calls):
    """The verbs of a twin."""

    __slots__ = ()

    def record(
        self,
        events: Event | Sequence[Event],
    ) -> RecordedView:
        """Records facts. All of them are written, or none; what is there already is counted as a
        duplicate.

        Parameters
        ----------
        events
            The facts, each a CloudEvents object.
        """
        request: dict[str, object] = {
            "events": one_or_many(events),
        }
        told: RecordedView = self._json("record", request)
        return told

    def correct(
        self,
        record: str,
        replacement: EventBody,
        source: str,
        *,
        reason: str | None = None,
    ) -> RecordedView:
        """Says what a record should have said. The past is kept: `state` with `known_at` still
        shows what was believed then.

        Parameters
        ----------
        record
            The source's id of the record, or `event:<id>`.
        replacement
            What it should have said.
        source
            Who said it.
        reason
            Why, in words.
        """
        request: dict[str, object] = {
            "record": record,
            "replacement": replacement,
            "source": source,
            "reason": reason,
        }
        told: RecordedView = self._json("correct", request)
        return told

    def delete(
        self,
        record: str,
        source: str,
    ) -> RecordedView:
        """Takes a record back.

        Parameters
        ----------
        record
            The source's id of the record, or `event:<id>`.
        source
            Who said it.
        """
        request: dict[str, object] = {
            "record": record,
            "source": source,
        }
        told: RecordedView = self._json("delete", request)
        return told

    def import_file(
        self,
        file: File,
        *,
        consent: bool | None = None,
        mapping: str | None = None,
        name: str | None = None,
        subject: str | None = None,
        zone: str | None = None,
        progress: Callable[[int], object] | None = None,
    ) -> ImportView:
        """Reads a file: an export of a phone, a watch, a calendar, a tool. Give its bytes, or a
        path. What precedes damage is kept; importing again changes nothing.

        Parameters
        ----------
        file
            A path, the bytes themselves, or another twin.
        consent
            Take the consent that an export of a twin holds; only the person may. Default: no.
        mapping
            What the columns of a table mean, as JSON text (`csv_mapping`).
        name
            The file's name, as the answer shall call it; default: the path's last part, else
            `file`.
        subject
            Read only this person of a file that holds several.
        zone
            IANA zone of times that are written without one; default: the person's, else UTC.
        progress
            Is told the bytes read so far; answering False stops, keeping what was read.
        """
        request: dict[str, object] = {
            "consent": consent,
            "mapping": mapping,
            "name": name,
            "subject": subject,
            "zone": zone,
        }
        told: ImportView = self._json("import", request, file, progress)
        return told

    def receive(
        self,
        file: File,
        secret: str,
        service: str,
        *,
        event: str | None = None,
        headers: Sequence[HeaderField] | None = None,
        me: Sequence[str] | None = None,
        query: Sequence[HeaderField] | None = None,
        zone: str | None = None,
    ) -> ReceivedView:
        """Takes what a service delivers by webhook: proves who sent it, records what it says of
        work, and says what to answer. Give the body as bytes, not one changed.

        Parameters
        ----------
        file
            A path, the bytes themselves, or another twin.
        secret
            What was agreed with the service: the signing secret, the token, the client state.
        service
            Who is said to have sent it: `github`, `gitlab`, `jira`, `asana`, `slack`,
            `microsoft_graph`, `zoom`, `google_calendar`. The host knows by the path it was sent
            to.
        event
            Name of the event, where the host knows it otherwise than by a header.
        headers
            Headers as they came.
        me
            Names of the twin's person in the service: logins, ids, addresses.
        query
            Fields of the query, decoded.
        zone
            IANA zone of times that are written without one; default: the person's, else UTC.
        """
        request: dict[str, object] = {
            "secret": secret,
            "service": service,
            "event": event,
            "headers": headers,
            "me": me,
            "query": query,
            "zone": zone,
        }
        told: ReceivedView = self._json("receive", request, file)
        return told

    def sync_calendar(
        self,
        *,
        answer: HttpAnswer | None = None,
        machine: str | None = None,
        start: CalendarStart | None = None,
    ) -> SyncCalendarView:
        """One step of a sync with a calendar server: records what the last answer told, and says
        what to ask next.

        Parameters
        ----------
        answer
            What the server answered to the step's request.
        machine
            What the step before gave.
        start
            Begins a sync.
        """
        request: dict[str, object] = {
            "answer": answer,
            "machine": machine,
            "start": start,
        }
        told: SyncCalendarView = self._json("sync_calendar", request)
        return told

    def merge(
        self,
        file: File,
    ) -> MergeReport:
        """Merges another log of the same person, given as packed bytes or as a path. Merging again
        changes nothing, and the order of merges does not matter.

        Parameters
        ----------
        file
            A path, the bytes themselves, or another twin.
        """
        request: dict[str, object] = {}
        told: MergeReport = self._json("merge", request, file)
        return told

    def state(
        self,
        *,
        at: Instant | None = None,
        known_at: Instant | None = None,
    ) -> StateView:
        """The state now, or at a past moment, or as it was known at a past moment.

        Parameters
        ----------
        at
            At this moment; default: now. Nothing that came after it is shown.
        known_at
            As known at this moment; default: as known now.
        """
        request: dict[str, object] = {
            "at": at,
            "known_at": known_at,
        }
        told: StateView = self._json("state", request)
        return told

    def days(
        self,
        from_: Day,
        to: Day,
    ) -> DaysView:
        """Days, oldest first; days of which nothing is known are left out.

        Parameters
        ----------
        from_
            First day.
        to
            Last day.
        """
        request: dict[str, object] = {
            "from": from_,
            "to": to,
        }
        told: DaysView = self._json("days", request)
        return told

    def history(
        self,
        metric: str,
        *,
        every_s: float | None = None,
        from_: Instant | None = None,
        known_at: Instant | None = None,
        raw: bool | None = None,
        to: Instant | None = None,
    ) -> HistoryView:
        """A metric over time, raw, resolved over its sources or in steps; or the facts of a kind.

        Parameters
        ----------
        metric
            A metric of the catalogue, a vendor's own, or an event kind (`task.completed`).
        every_s
            In steps of so many seconds, counted from 1970 in UTC; default: at every instant.
        from_
            From, included.
        known_at
            As known at this moment.
        raw
            Every stored sample with its source, nothing resolved; default: no.
        to
            To, excluded.
        """
        request: dict[str, object] = {
            "metric": metric,
            "every_s": every_s,
            "from": from_,
            "known_at": known_at,
            "raw": raw,
            "to": to,
        }
        told: HistoryView = self._json("history", request)
        return told

    def windows(
        self,
        *,
        at: Instant | None = None,
        from_: Instant | None = None,
        goal: float | None = None,
        known_at: Instant | None = None,
        metric: str | None = None,
        name: str | None = None,
        shape: ShapeRequest | None = None,
        to: Instant | None = None,
    ) -> WindowsView:
        """Figures of windows of time. Late and corrected data change them; each says by its
        revision how often.

        Parameters
        ----------
        at
            At a past moment: without what came after it.
        from_
            From: windows that end after it.
        goal
            What each window is held against, in the unit of its value, above zero.
        known_at
            As known at a past moment.
        metric
            A metric. With a name: the metric that `monthly_goal` is of.
        name
            The name of ready-made windows: see `ready_windows`.
        shape
            How time is cut, for a metric.
        to
            To: windows that start before it.
        """
        request: dict[str, object] = {
            "at": at,
            "from": from_,
            "goal": goal,
            "known_at": known_at,
            "metric": metric,
            "name": name,
            "shape": shape,
            "to": to,
        }
        told: WindowsView = self._json("windows", request)
        return told

    def ready_windows(self) -> ReadyWindowsView:
        """The ready-made windows."""
        request: dict[str, object] = {}
        told: ReadyWindowsView = self._json("ready_windows", request)
        return told

    def why(
        self,
        since: Instant,
        *,
        score: str | None = None,
    ) -> WhyView:
        """Why figures are not what they were: the days that changed, and what was learned.

        Parameters
        ----------
        since
            Compared with what was known then.
        score
            A figure of a day: `load`, `steps`, `sleep_duration`, a metric id, or a path of a
            `DayView` (`sleep.asleep_min`). Default: all.
        """
        request: dict[str, object] = {
            "since": since,
            "score": score,
        }
        told: WhyView = self._json("why", request)
        return told

    def predict(
        self,
        model: str,
        *,
        at: Instant | None = None,
        known_at: Instant | None = None,
    ) -> PredictionView:
        """What a model says of the person, with interval, confidence and what is missing.

        Parameters
        ----------
        model
            A model's id: see `models`.
        at
            At this moment; default: now.
        known_at
            As known at this moment; default: as known now.
        """
        request: dict[str, object] = {
            "model": model,
            "at": at,
            "known_at": known_at,
        }
        told: PredictionView = self._json("predict", request)
        return told

    def simulate(
        self,
        *,
        at: Instant | None = None,
        changes: Sequence[PlanChange] | None = None,
        days: int | None = None,
        draws: int | None = None,
        known_at: Instant | None = None,
        seed: int | None = None,
    ) -> SimulationView:
        """What would happen: sleep, alertness, training and strain run forward, as usual and with
        changes.

        Parameters
        ----------
        at
            From this moment on; default: now.
        changes
            The changes; none shows how the days go as usual.
        days
            Days ahead, 1..=60; default: 14.
        draws
            Draws, 1..=5000; default: 200.
        known_at
            As known at this moment; default: as known now.
        seed
            Seed of the draws; the same seed gives the same answer. Default: 1.
        """
        request: dict[str, object] = {
            "at": at,
            "changes": changes,
            "days": days,
            "draws": draws,
            "known_at": known_at,
            "seed": seed,
        }
        told: SimulationView = self._json("simulate", request)
        return told

    def plan(
        self,
        plan: PlanKind,
        *,
        at: Instant | None = None,
        known_at: Instant | None = None,
        seed: int | None = None,
        steps: int | None = None,
    ) -> PlanView:
        """A plan of work: a week of tasks, a learning path, teams, who takes which task, which
        projects fit; each with what found no place and the rule that holds it back.

        Parameters
        ----------
        plan
            What to plan.
        at
            At this moment; default: now.
        known_at
            As known at this moment; default: as known now.
        seed
            Seed of the search; default: 1.
        steps
            Steps of the search, 1..=10000000; default: 1000. More steps never give a worse
            plan.
        """
        request: dict[str, object] = {
            "plan": plan,
            "at": at,
            "known_at": known_at,
            "seed": seed,
            "steps": steps,
        }
        told: PlanView = self._json("plan", request)
        return told

    def models(self) -> ModelsView:
        """The models there are."""
        request: dict[str, object] = {}
        told: ModelsView = self._json("models", request)
        return told

    def report(
        self,
        *,
        days: int | None = None,
        title: str | None = None,
        until: Day | None = None,
    ) -> str:
        """A self-contained HTML page with charts.

        Parameters
        ----------
        days
            Days back from the last one, 1..=3650; default: 90.
        title
            What the page calls the person; default: their id.
        until
            The last day; default: today where something is known of it, else the newest day.
        """
        request: dict[str, object] = {
            "days": days,
            "title": title,
            "until": until,
        }
        return self._text("report", request)

    def export(self) -> str:
        """Everything that is known, as JSON lines: one CloudEvents object each, in the order it
        was learned.
        """
        request: dict[str, object] = {}
        return self._text("export", request)

    def pack(self) -> bytes:
        """The whole log as bytes, for `merge` on another device, or to be kept."""
        request: dict[str, object] = {}
        return self._bytes("pack", request)

    def verify(self) -> VerifyView:
        """Checks every hash, folds the whole log again and compares it with what is stored."""
        request: dict[str, object] = {}
        told: VerifyView = self._json("verify", request)
        return told

    def maintain(
        self,
        *,
        steps: int | None = None,
    ) -> MaintainView:
        """Does some of the work that waits, in small steps: for phones, while the system grants
        time.

        Parameters
        ----------
        steps
            At most about so many small steps of a few milliseconds; default: 100.
        """
        request: dict[str, object] = {
            "steps": steps,
        }
        told: MaintainView = self._json("maintain", request)
        return told

    def grant(
        self,
        actor: str,
        purpose: Purpose,
        *,
        until: Instant | None = None,
    ) -> DoneView:
        """Lets somebody read for a purpose. Only the person may.

        Parameters
        ----------
        actor
            Who may read.
        purpose
            What for.
        until
            Until when; default: until it is revoked.
        """
        request: dict[str, object] = {
            "actor": actor,
            "purpose": purpose,
            "until": until,
        }
        told: DoneView = self._json("grant", request)
        return told

    def revoke(
        self,
        actor: str,
        *,
        purpose: Purpose | None = None,
    ) -> DoneView:
        """Takes a grant back.

        Parameters
        ----------
        actor
            Whose.
        purpose
            Which purpose; default: all.
        """
        request: dict[str, object] = {
            "actor": actor,
            "purpose": purpose,
        }
        told: DoneView = self._json("revoke", request)
        return told

    def imports(self) -> ImportsView:
        """The imports so far."""
        request: dict[str, object] = {}
        told: ImportsView = self._json("imports", request)
        return told

    def refused(
        self,
        *,
        limit: int | None = None,
    ) -> RefusedRecordsView:
        """Records that were refused, with reasons.

        Parameters
        ----------
        limit
            At most so many; default: 100.
        """
        request: dict[str, object] = {
            "limit": limit,
        }
        told: RefusedRecordsView = self._json("refused", request)
        return told

    def drill(self) -> DoneView:
        """Fails as a bug of ours would, with `internal`: for a host that wants to see what it does
        then. Nothing is harmed.
        """
        request: dict[str, object] = {}
        told: DoneView = self._json("drill", request)
        return told

    def series(
        self,
        metric: str,
        *,
        every_s: float | None = None,
        from_: Instant | None = None,
        known_at: Instant | None = None,
        raw: bool | None = None,
        to: Instant | None = None,
    ) -> Columns:
        """Samples of a metric as numpy columns.

        Parameters
        ----------
        metric
            A metric of the catalogue, or a vendor's own.
        every_s
            In steps of so many seconds; default: at every instant.
        from_
            From, included.
        known_at
            As known at this moment.
        raw
            Every stored sample, nothing resolved; default: no.
        to
            To, excluded.
        """
        request: dict[str, object] = {
            "metric": metric,
            "every_s": every_s,
            "from": from_,
            "known_at": known_at,
            "raw": raw,
            "to": to,
        }
        return self._series(request)

    def series_frame(
        self,
        metric: str,
        *,
        every_s: float | None = None,
        from_: Instant | None = None,
        known_at: Instant | None = None,
        raw: bool | None = None,
        to: Instant | None = None,
    ) -> Frame:
        """Samples of a metric as an Arrow stream, for pandas, polars, pyarrow.

        Parameters
        ----------
        metric
            A metric of the catalogue, or a vendor's own.
        every_s
            In steps of so many seconds; default: at every instant.
        from_
            From, included.
        known_at
            As known at this moment.
        raw
            Every stored sample, nothing resolved; default: no.
        to
            To, excluded.
        """
        request: dict[str, object] = {
            "metric": metric,
            "every_s": every_s,
            "from": from_,
            "known_at": known_at,
            "raw": raw,
            "to": to,
        }
        return self._series_frame(request)
