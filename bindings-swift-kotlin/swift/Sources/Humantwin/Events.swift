// Written by `cargo xtask schema`; not to be edited.

/// What an event says, by its kind.
public enum EventData: Sendable, Equatable {
    /// A meeting that took place, as the calendar or the person tells. `at` is its end.
    case collaborationMeetingAttended(MeetingAttended)
    /// A calendar entry still ahead. `at` is the moment the plan was made, never the meeting's own time.
    case collaborationMeetingPlanned(MeetingPlanned)
    /// The person allows an actor a purpose.
    case consentGranted(ConsentGranted)
    /// The person takes a grant back.
    case consentRevoked(ConsentRevoked)
    /// Alcohol drunk.
    case healthAlcoholConsumed(AlcoholConsumed)
    /// Caffeine taken.
    case healthCaffeineConsumed(CaffeineConsumed)
    /// One measurement of a metric at a moment or over a span: weight, resting heart rate, VO2max …
    case healthMeasurementRecorded(MeasurementRecorded)
    /// A medication taken.
    case healthMedicationTaken(MedicationTaken)
    /// One finished sleep episode. `at` is its end; it belongs to the day of waking.
    case healthSleepRecorded(SleepRecorded)
    /// A symptom, as the person notes it.
    case healthSymptomNoted(SymptomNoted)
    /// One finished workout. `at` is its end.
    case healthWorkoutRecorded(WorkoutRecorded)
    /// Facts about the person; absent fields leave what is known as it is.
    case personProfileStated(ProfileStated)
    /// The person's clock is in another zone from `at` on.
    case personZoneChanged(ZoneChanged)
    /// A record of a source was wrong; this is what it should have said.
    case recordCorrected(RecordCorrected)
    /// A record of a source is no more.
    case recordDeleted(RecordDeleted)
    /// Samples were written: the event names an immutable, hashed column segment. `at` is the end of the last sample.
    case seriesWritten(SeriesWritten)
    /// What is known of a device or source.
    case sourceDeviceDescribed(DeviceDescribed)
    /// A message of a source that has no form of its own here, kept word for word.
    case sourceMessageKept(MessageKept)
    /// Whose samples win where sources overlap, best first.
    case sourcePrioritySet(SourcePrioritySet)
    /// A source was read over a span of time.
    case sourceWindowRead(WindowRead)
    /// A task was finished. Version 2 gives the effort in seconds; version 1 gave `duration_min`.
    case taskCompleted(TaskCompleted)
    /// A task was put off.
    case taskDelayed(TaskDelayed)
    /// Work on a task began.
    case taskStarted(TaskStarted)
    /// A check-in: answers on named scales at one moment.
    case wellbeingCheckInAnswered(CheckInAnswered)
    /// An event of a kind that this version does not know.
    case unknown(kind: String, raw: JSONValue)

    /// The event's `type`: `health.sleep_recorded`.
    public var kind: String {
        switch self {
        case .collaborationMeetingAttended: return "collaboration.meeting_attended"
        case .collaborationMeetingPlanned: return "collaboration.meeting_planned"
        case .consentGranted: return "consent.granted"
        case .consentRevoked: return "consent.revoked"
        case .healthAlcoholConsumed: return "health.alcohol_consumed"
        case .healthCaffeineConsumed: return "health.caffeine_consumed"
        case .healthMeasurementRecorded: return "health.measurement_recorded"
        case .healthMedicationTaken: return "health.medication_taken"
        case .healthSleepRecorded: return "health.sleep_recorded"
        case .healthSymptomNoted: return "health.symptom_noted"
        case .healthWorkoutRecorded: return "health.workout_recorded"
        case .personProfileStated: return "person.profile_stated"
        case .personZoneChanged: return "person.zone_changed"
        case .recordCorrected: return "record.corrected"
        case .recordDeleted: return "record.deleted"
        case .seriesWritten: return "series.written"
        case .sourceDeviceDescribed: return "source.device_described"
        case .sourceMessageKept: return "source.message_kept"
        case .sourcePrioritySet: return "source.priority_set"
        case .sourceWindowRead: return "source.window_read"
        case .taskCompleted: return "task.completed"
        case .taskDelayed: return "task.delayed"
        case .taskStarted: return "task.started"
        case .wellbeingCheckInAnswered: return "wellbeing.check_in_answered"
        case .unknown(let kind, _): return kind
        }
    }

    /// The version of its form.
    var version: Int {
        switch self {
        case .taskCompleted: return 2
        default: return 1
        }
    }

    init(kind: String, from fields: KeyedDecodingContainer<Key>) throws {
        switch kind {
        case "collaboration.meeting_attended": self = .collaborationMeetingAttended(try fields.decode(MeetingAttended.self, forKey: "data"))
        case "collaboration.meeting_planned": self = .collaborationMeetingPlanned(try fields.decode(MeetingPlanned.self, forKey: "data"))
        case "consent.granted": self = .consentGranted(try fields.decode(ConsentGranted.self, forKey: "data"))
        case "consent.revoked": self = .consentRevoked(try fields.decode(ConsentRevoked.self, forKey: "data"))
        case "health.alcohol_consumed": self = .healthAlcoholConsumed(try fields.decode(AlcoholConsumed.self, forKey: "data"))
        case "health.caffeine_consumed": self = .healthCaffeineConsumed(try fields.decode(CaffeineConsumed.self, forKey: "data"))
        case "health.measurement_recorded": self = .healthMeasurementRecorded(try fields.decode(MeasurementRecorded.self, forKey: "data"))
        case "health.medication_taken": self = .healthMedicationTaken(try fields.decode(MedicationTaken.self, forKey: "data"))
        case "health.sleep_recorded": self = .healthSleepRecorded(try fields.decode(SleepRecorded.self, forKey: "data"))
        case "health.symptom_noted": self = .healthSymptomNoted(try fields.decode(SymptomNoted.self, forKey: "data"))
        case "health.workout_recorded": self = .healthWorkoutRecorded(try fields.decode(WorkoutRecorded.self, forKey: "data"))
        case "person.profile_stated": self = .personProfileStated(try fields.decode(ProfileStated.self, forKey: "data"))
        case "person.zone_changed": self = .personZoneChanged(try fields.decode(ZoneChanged.self, forKey: "data"))
        case "record.corrected": self = .recordCorrected(try fields.decode(RecordCorrected.self, forKey: "data"))
        case "record.deleted": self = .recordDeleted(try fields.decode(RecordDeleted.self, forKey: "data"))
        case "series.written": self = .seriesWritten(try fields.decode(SeriesWritten.self, forKey: "data"))
        case "source.device_described": self = .sourceDeviceDescribed(try fields.decode(DeviceDescribed.self, forKey: "data"))
        case "source.message_kept": self = .sourceMessageKept(try fields.decode(MessageKept.self, forKey: "data"))
        case "source.priority_set": self = .sourcePrioritySet(try fields.decode(SourcePrioritySet.self, forKey: "data"))
        case "source.window_read": self = .sourceWindowRead(try fields.decode(WindowRead.self, forKey: "data"))
        case "task.completed": self = .taskCompleted(try fields.decode(TaskCompleted.self, forKey: "data"))
        case "task.delayed": self = .taskDelayed(try fields.decode(TaskDelayed.self, forKey: "data"))
        case "task.started": self = .taskStarted(try fields.decode(TaskStarted.self, forKey: "data"))
        case "wellbeing.check_in_answered": self = .wellbeingCheckInAnswered(try fields.decode(CheckInAnswered.self, forKey: "data"))
        default: self = .unknown(kind: kind, raw: try fields.decodeIfPresent(JSONValue.self, forKey: "data") ?? .object([:]))
        }
    }

    func encode(into fields: inout KeyedEncodingContainer<Key>) throws {
        switch self {
        case .collaborationMeetingAttended(let data): try fields.encode(data, forKey: "data")
        case .collaborationMeetingPlanned(let data): try fields.encode(data, forKey: "data")
        case .consentGranted(let data): try fields.encode(data, forKey: "data")
        case .consentRevoked(let data): try fields.encode(data, forKey: "data")
        case .healthAlcoholConsumed(let data): try fields.encode(data, forKey: "data")
        case .healthCaffeineConsumed(let data): try fields.encode(data, forKey: "data")
        case .healthMeasurementRecorded(let data): try fields.encode(data, forKey: "data")
        case .healthMedicationTaken(let data): try fields.encode(data, forKey: "data")
        case .healthSleepRecorded(let data): try fields.encode(data, forKey: "data")
        case .healthSymptomNoted(let data): try fields.encode(data, forKey: "data")
        case .healthWorkoutRecorded(let data): try fields.encode(data, forKey: "data")
        case .personProfileStated(let data): try fields.encode(data, forKey: "data")
        case .personZoneChanged(let data): try fields.encode(data, forKey: "data")
        case .recordCorrected(let data): try fields.encode(data, forKey: "data")
        case .recordDeleted(let data): try fields.encode(data, forKey: "data")
        case .seriesWritten(let data): try fields.encode(data, forKey: "data")
        case .sourceDeviceDescribed(let data): try fields.encode(data, forKey: "data")
        case .sourceMessageKept(let data): try fields.encode(data, forKey: "data")
        case .sourcePrioritySet(let data): try fields.encode(data, forKey: "data")
        case .sourceWindowRead(let data): try fields.encode(data, forKey: "data")
        case .taskCompleted(let data): try fields.encode(data, forKey: "data")
        case .taskDelayed(let data): try fields.encode(data, forKey: "data")
        case .taskStarted(let data): try fields.encode(data, forKey: "data")
        case .wellbeingCheckInAnswered(let data): try fields.encode(data, forKey: "data")
        case .unknown(_, let raw): try fields.encode(raw, forKey: "data")
        }
    }
}

/// A fact: a CloudEvents 1.0 object. Its attributes are listed in the reference under events.
public struct Event: Codable, Sendable, Equatable {
    public var source: String
    public var time: Timestamp
    public var civildate: LocalDate?
    public var device: DeviceId?
    public var endoffset: Int?
    public var id: String?
    public var kindversion: Int?
    public var method: MethodId?
    public var record: RecordId?
    public var recordedat: Timestamp?
    public var recording: Recording?
    public var revision: Int64?
    public var specversion: String?
    public var startoffset: Int?
    public var subject: String?
    /// What it says.
    public var data: EventData

    public init(source: String, time: Timestamp, data: EventData, civildate: LocalDate? = nil, device: DeviceId? = nil, endoffset: Int? = nil, id: String? = nil, kindversion: Int? = nil, method: MethodId? = nil, record: RecordId? = nil, recordedat: Timestamp? = nil, recording: Recording? = nil, revision: Int64? = nil, specversion: String? = nil, startoffset: Int? = nil, subject: String? = nil) {
        self.source = source
        self.time = time
        self.civildate = civildate
        self.device = device
        self.endoffset = endoffset
        self.id = id
        self.kindversion = kindversion
        self.method = method
        self.record = record
        self.recordedat = recordedat
        self.recording = recording
        self.revision = revision
        self.specversion = specversion
        self.startoffset = startoffset
        self.subject = subject
        self.data = data
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        source = try fields.decode(String.self, forKey: "source")
        time = try fields.decode(Timestamp.self, forKey: "time")
        civildate = try fields.decodeIfPresent(LocalDate.self, forKey: "civildate")
        device = try fields.decodeIfPresent(DeviceId.self, forKey: "device")
        endoffset = try fields.decodeIfPresent(Int.self, forKey: "endoffset")
        id = try fields.decodeIfPresent(String.self, forKey: "id")
        kindversion = try fields.decodeIfPresent(Int.self, forKey: "kindversion")
        method = try fields.decodeIfPresent(MethodId.self, forKey: "method")
        record = try fields.decodeIfPresent(RecordId.self, forKey: "record")
        recordedat = try fields.decodeIfPresent(Timestamp.self, forKey: "recordedat")
        recording = try fields.decodeIfPresent(Recording.self, forKey: "recording")
        revision = try fields.decodeIfPresent(Int64.self, forKey: "revision")
        specversion = try fields.decodeIfPresent(String.self, forKey: "specversion")
        startoffset = try fields.decodeIfPresent(Int.self, forKey: "startoffset")
        subject = try fields.decodeIfPresent(String.self, forKey: "subject")
        data = try EventData(kind: try fields.decode(String.self, forKey: "type"), from: fields)
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(data.kind, forKey: "type")
        try data.encode(into: &fields)
        try fields.encode(source, forKey: "source")
        try fields.encode(time, forKey: "time")
        try fields.encodeIfPresent(civildate, forKey: "civildate")
        try fields.encodeIfPresent(device, forKey: "device")
        try fields.encodeIfPresent(endoffset, forKey: "endoffset")
        try fields.encodeIfPresent(id, forKey: "id")
        try fields.encodeIfPresent(kindversion, forKey: "kindversion")
        try fields.encodeIfPresent(method, forKey: "method")
        try fields.encodeIfPresent(record, forKey: "record")
        try fields.encodeIfPresent(recordedat, forKey: "recordedat")
        try fields.encodeIfPresent(recording, forKey: "recording")
        try fields.encodeIfPresent(revision, forKey: "revision")
        try fields.encodeIfPresent(specversion, forKey: "specversion")
        try fields.encodeIfPresent(startoffset, forKey: "startoffset")
        try fields.encodeIfPresent(subject, forKey: "subject")
    }
}
