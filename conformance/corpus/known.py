"""Differences between humantwin and the independent decoders that are known, each with its reason.

Figures are exact: a difference that grows, shrinks or goes away fails the check as a new one does.
"""

FREE_BUSY = "periods of VFREEBUSY are entries here; the library expands VEVENT alone"
ONE_DAY = "a whole day with DTEND equal to DTSTART is one day here, nothing in the library"
GIVES_UP = "the library gives up the whole calendar for one bad property; its good entries are kept here"
SPACED = "a rule with spaces or one bad date is followed here; the library drops the series"
PERIODS = "RDATE says VALUE=PERIOD and holds dates, which are refused; the library takes them for days"
NO_TIME = "the file states no time that counts from a calendar day, only seconds since the device was switched on"
STORED_RATES = "rates a strap stored are left out where the records have a rate of the same moment"
BAD_CLOCK = "one record states a time that cannot be: the decoder gives it, here its five samples are refused"
COPIES = "entries of the log that are the same in every word are one fact"

# calendars/<file>: (occurrences only theirs, only ours, reason)
CALENDARS = {
    "ical.js/google_birthday.ics": (0, 3, "RDATE with a day and a Z: the library drops the series"),
    "ical/compat__testdata__calendar_labs_same_day_dtend.ics": (1, 1, ONE_DAY),
    "ical/testdata__datetime_vtimezone.ics": (1, 1, "the library reads a zone that the file defines as UTC"),
    "ical/testdata__freebusy.ics": (0, 9, FREE_BUSY),
    "ical/testdata__rrule-exdate-mismatch.ics": (315, 315, ONE_DAY),
    "icalendar/calendars__america_new_york_forward_reference.ics": (0, 1, GIVES_UP),
    "icalendar/calendars__broken_ical.ics": (0, 1, GIVES_UP),
    "icalendar/calendars__created_calendar_with_unicode_fields.ics": (0, 2, GIVES_UP),
    "icalendar/calendars__example.ics": (3, 3, ONE_DAY),
    "icalendar/calendars__issue_104_broken_calendar.ics": (0, 1, GIVES_UP),
    "icalendar/calendars__issue_1081_freebusy_comma_separated.ics": (0, 2, FREE_BUSY),
    "icalendar/calendars__issue_1633_rdate_with_dates.ics": (1, 0, PERIODS),
    "icalendar/calendars__issue_1633_rdate_with_dates_and_tzid.ics": (1, 0, PERIODS),
    "icalendar/calendars__issue_165_missing_event.ics": (0, 14, SPACED),
    "icalendar/calendars__issue_27_multiple_periods_in_freebusy_multiple_freebusies.ics": (0, 8, FREE_BUSY),
    "icalendar/calendars__issue_27_multiple_periods_in_freebusy_one_freebusy.ics": (0, 8, FREE_BUSY),
    "icalendar/calendars__issue_348_exception_parsing_value.ics": (0, 1, FREE_BUSY),
    "icalendar/calendars__issue_722_missing_timezones.ics": (0, 3, GIVES_UP),
    "icalendar/calendars__issue_798_freebusy.ics": (0, 6, FREE_BUSY),
    "icalendar/calendars__multiple_timezones.ics": (0, 3, GIVES_UP),
    "icalendar/calendars__pacific_fiji.ics": (0, 1, GIVES_UP),
    "icalendar/events__issue_464_invalid_rdate.ics": (0, 2, SPACED),
    "icalendar/freebusy__example.ics": (0, 3, FREE_BUSY),
}

# (file, check): (theirs, ours, reason)
KNOWN = {
    ("activity_files/fit/fitdecode/garmin-fr935-cr.fit", "heart_rate"): (16712, 10004, STORED_RATES),
    ("activity_files/fit/fitparse-rs/sample_mulitple_header.fit", "heart_rate"): (10697, 8175, STORED_RATES),
    ("activity_files/fit/python-fitparse/sample_mulitple_header.fit", "heart_rate"): (10697, 8175, STORED_RATES),
    ("activity_files/fit/fitdecode/invalid/activity-activity-filecrc.fit", "messages"): (
        16, 17, "the same part twice: the device that ours describes besides is among the duplicates"),
    ("wearable_selfreport/pmdata/p02/fitbit/sleep.json.gz", "source.message_kept"): (158, 157, COPIES),
    ("wearable_selfreport/pmdata/p04/fitbit/sleep.json.gz", "source.message_kept"): (188, 187, COPIES),
}
for _file, (_theirs, _ours, _reason) in CALENDARS.items():
    for _check, _pair in (("only theirs", (_theirs, 0)), ("only ours", (0, _ours))):
        if any(_pair):
            KNOWN[f"calendars/{_file}", _check] = (*_pair, _reason)
for _check in ("altitude", "fit:gps_accuracy", "fit:position_lat", "fit:position_long", "speed", "speed count"):
    KNOWN["activity_files/fit/python-fitparse/strava-android-app-201.10-b1218918.fit", _check] = (237, 236, BAD_CLOCK)

_GPX = "activity_files/gpx/gpxpy/"
PLACE_AND_POINT = "a place and a point of a track at one instant: one source says one thing at a time"
for _name in ("cerknicko-jezero", "cerknicko-jezero-no-creator"):
    for _check in ("gpx:lat", "gpx:lon"):
        KNOWN[f"{_GPX}{_name}.gpx", f"{_check} count"] = (297, 296, PLACE_AND_POINT)
        KNOWN[f"{_GPX}{_name}.gpx", f"{_check} values"] = (0, 295, PLACE_AND_POINT)

_DECODE = "activity_files/fit/fitdecode/"
# More than one in a hundred records refused: file: (how many, reason). Entries of calendars without a start are
# counted apart, in the text.
REFUSED = {
    _DECODE + "DeveloperData.fit": (7, NO_TIME),
    _DECODE + "Settings.fit": (17, "settings of a device, without any time"),
    _DECODE + "Settings2.fit": (17, "settings of a device, without any time"),
    _DECODE + "activity-settings.fit": (4, "the second part holds settings of a device, without any time"),
    _DECODE + "antfs-dump.63.fit": (697, NO_TIME),
    _DECODE + "compressed-speed-distance.fit": (781, NO_TIME),
    _DECODE + "invalid/activity-settings-corruptheader.fit": (1, "broken on purpose: bytes that are no header"),
    _DECODE + "invalid/activity-settings-nodata.fit": (1, "broken on purpose: the second part has no messages"),
    _DECODE + "invalid/activity-unexpected-eof.fit": (1, "broken on purpose: it ends early"),
}
for _file, _count, _reason in (
    ("big_bad_calendar", 1, "broken on purpose: it breaks off inside a component"),
    ("broken_dtstart", 1, "broken on purpose: a start that is no time"),
    ("fuzz_testcase_vtimezone_lone_cr", 1, "broken on purpose: a zone that cannot be read"),
    ("invalid_duration", 1, "broken on purpose: a duration that is none"),
    ("issue_1081_invalid_rrule_freq", 1, "broken on purpose: a rule that cannot be"),
    ("issue_1081_invalid_start_and_end", 1, "broken on purpose: a start that is no time"),
    ("issue_1081_invalid_start_valid_end", 1, "broken on purpose: a start that is no time"),
    ("issue_1633_freebusy_with_dates", 1, "a period of VFREEBUSY that holds dates"),
    ("issue_1633_rdate_with_dates", 1, PERIODS),
    ("issue_1633_rdate_with_dates_and_tzid", 1, PERIODS),
    ("multiple_timezones", 3, "starts that are no time"),
    ("pr_480_summary_with_colon", 1, "it breaks off inside a component"),
    ("rfc_7529", 4, "rules of other calendars than the Gregorian one, and of days that are moved"),
    ("small_bad_calendar", 1, "broken on purpose: it breaks off inside a component"),
):
    REFUSED[f"calendars/icalendar/calendars__{_file}.ics"] = (_count, _reason)
REFUSED["calendars/icalendar/events__issue_464_invalid_rdate.ics"] = (1, "one date of repetition that is none")

_UNTIMED = "places and points without a time, which say where, not when; texts of points"
for _name, _count, _reason in (
    ("Mojstrovka", 489, "a device clock that was never set"),
    ("cerknicko-jezero-without-elevations", 8, _UNTIMED),
    ("cerknicko-without-times", 298, _UNTIMED),
    ("gpx1.0_with_all_fields", 21, _UNTIMED + "; routes"),
    ("gpx1.1_with_all_fields", 24, _UNTIMED + "; routes"),
    ("korita-zbevnica", 360, _UNTIMED),
    ("unicode_with_bom", 3, _UNTIMED),
):
    REFUSED[f"{_GPX}{_name}.gpx"] = (_count, _reason)

_NO_ENTRY = ("unsupported", "no calendar component to read: fragments and text")
# file: (code of the error, reason)
ERRORS = {
    "rr_intervals/flirt/empatica_info.txt": ("unsupported", "text about a recording"),
    "rr_intervals/flirt/holter_holter.ecg.gz": ("unsupported", "a raw signal in a form of its maker"),
    "rr_intervals/heartpy/118e24_annotations.csv": ("unsupported", "places of beats without a sampling rate"),
    "rr_intervals/heartpy/data.csv": ("unsupported", "a raw signal without a sampling rate"),
    "rr_intervals/mmash_reformatted/subject_info.txt": ("unsupported", "text about a person"),
    "rr_intervals/pyhrv/SampleExport.json": ("unsupported", "results of another program"),
    "rr_intervals/pyhrv/SampleReport.csv": ("unsupported", "results of another program"),
    "wearable_selfreport/pmdata/participant-overview.xlsx": ("unsupported", "a spreadsheet about a study"),
    "calendars/ical/testdata__empty.ics": ("malformed", "an empty calendar file"),
    "calendars/ical/parsing__testdata__invalid__invalid.ics": _NO_ENTRY,
}
for _name in ("ActivitySummary", "DistanceWalkingRunning", "StepCount", "Workout"):
    ERRORS[f"apple_health/tdda/{_name}.csv"] = ("unsupported", "output of another program, made of the export beside it")
for _name in (
    "alarms__example", "alarms__rfc_5545_absolute_alarm_example", "alarms__rfc_5545_end", "alarms__start_date",
    "availabilities__rfc_7953_1", "availabilities__rfc_7953_2", "calendars__fuzz_testcase_0_char_in_component_name",
    "calendars__fuzz_testcase_invalid_month", "calendars__issue_178_component_with_invalid_name_represented",
):
    ERRORS[f"calendars/icalendar/{_name}.ics"] = _NO_ENTRY

for _name in (
    "custom_schema_locations", "default_schema_locations", "gpx1.1_with_extensions",
    "gpx1.1_with_extensions_without_namespaces", "route", "track-with-extremes", "track-with-small-floats",
    "track_with_dilution_errors", "unicode", "unicode2", "unicode_with_bom_noencoding",
):
    ERRORS[f"{_GPX}{_name}.gpx"] = ("unsupported", "no point has a time")

# Code of a refusal: why.
REFUSALS = {
    "bad_rule": "a rule of repetition that cannot be",
    "bad_time": "no time, one since the device was switched on, or text that is no time",
    "bad_zone": "the definition of a time zone cannot be read",
    "damaged": "bytes that are no part of the format; reading goes on after them",
    "no_time": "a point without a time: it says where, not when",
    "not_kept": "a text of a single point",
    "not_read": "a plan: a route, a course, a workout to do",
    "out_of_range": "a value that cannot be: beats outside 20..10000 ms, device clocks that were never set",
    "truncated": "the file breaks off; what precedes is kept",
    "unsupported_rule": "a rule of repetition of another calendar, or one that moves invalid days",
}


def error_of(file):
    """The code of the error that a file is expected to give, if any."""
    return ERRORS.get(file, (None,))[0]
