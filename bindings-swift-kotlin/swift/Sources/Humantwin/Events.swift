// Written by `cargo xtask schema`; not to be edited.

/// What an event says, by its kind.
public enum EventData: Sendable, Equatable {
    /// How much energy the person has.
    case capacityEnergyUpdated(EnergyUpdated)
    /// Stress was noticed, by the person or a device.
    case capacityStressDetected(StressDetected)
    /// Time was spent on something: a time sheet, an editor, a timer. `at` is the end.
    case capacityTimeTracked(TimeTracked)
    /// The workload changed.
    case capacityWorkloadChanged(WorkloadChanged)
    /// Somebody told somebody how their work is.
    case collaborationFeedbackGiven(FeedbackGiven)
    /// Work went from one to another. `at` is when it was taken up.
    case collaborationHandedOff(HandedOff)
    /// A meeting that took place, as the calendar or the person tells. `at` is its end.
    case collaborationMeetingAttended(MeetingAttended)
    /// A calendar entry still ahead. `at` is the moment the plan was made, never the meeting's own time.
    case collaborationMeetingPlanned(MeetingPlanned)
    /// Somebody helped somebody to learn.
    case collaborationMentoringSession(MentoringSession)
    /// A message was sent. Its text is not kept.
    case collaborationMessageSent(MessageSent)
    /// Somebody's work was reviewed.
    case collaborationReviewDone(ReviewDone)
    /// Somebody came into the team or left it.
    case collaborationTeamChanged(TeamChanged)
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
    /// Something was learnt: a course, a book, a session of practice.
    case learningCompleted(LearningCompleted)
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
    /// How well somebody masters a skill, as a test, an assessor or a single answer shows.
    case skillAssessed(SkillAssessed)
    /// What a skill is and what it has to do with others.
    case skillDescribed(SkillDescribed)
    /// A skill grew, as the person or a tool states it.
    case skillImproved(SkillImproved)
    /// What a role asks for. The newest statement of a role holds.
    case skillRoleStated(RoleStated)
    /// What is known of a device or source.
    case sourceDeviceDescribed(DeviceDescribed)
    /// A message of a source that has no form of its own here, kept word for word.
    case sourceMessageKept(MessageKept)
    /// Whose samples win where sources overlap, best first.
    case sourcePrioritySet(SourcePrioritySet)
    /// A source was read over a span of time.
    case sourceWindowRead(WindowRead)
    /// A model was changed.
    case systemModelUpdated(ModelUpdated)
    /// A prediction was shown or used.
    case systemPredictionMade(PredictionMade)
    /// A twin was made.
    case systemTwinCreated(TwinCreated)
    /// A machine checked what was made: a build, a test run, a deployment.
    case taskCheckFinished(CheckFinished)
    /// A task was finished. Version 2 gives the effort in seconds; version 1 gave `duration_min`.
    case taskCompleted(TaskCompleted)
    /// A task was put off.
    case taskDelayed(TaskDelayed)
    /// A task that is to be done. `at` is the moment that was decided.
    case taskPlanned(TaskPlanned)
    /// A finished task came back.
    case taskReopened(TaskReopened)
    /// Work on a task began.
    case taskStarted(TaskStarted)
    /// A check-in: answers on named scales at one moment.
    case wellbeingCheckInAnswered(CheckInAnswered)
    /// An event of a kind that this version does not know.
    case unknown(kind: String, raw: JSONValue)

    /// The event's `type`: `health.sleep_recorded`.
    public var kind: String {
        switch self {
        case .capacityEnergyUpdated: return "capacity.energy_updated"
        case .capacityStressDetected: return "capacity.stress_detected"
        case .capacityTimeTracked: return "capacity.time_tracked"
        case .capacityWorkloadChanged: return "capacity.workload_changed"
        case .collaborationFeedbackGiven: return "collaboration.feedback_given"
        case .collaborationHandedOff: return "collaboration.handed_off"
        case .collaborationMeetingAttended: return "collaboration.meeting_attended"
        case .collaborationMeetingPlanned: return "collaboration.meeting_planned"
        case .collaborationMentoringSession: return "collaboration.mentoring_session"
        case .collaborationMessageSent: return "collaboration.message_sent"
        case .collaborationReviewDone: return "collaboration.review_done"
        case .collaborationTeamChanged: return "collaboration.team_changed"
        case .consentGranted: return "consent.granted"
        case .consentRevoked: return "consent.revoked"
        case .healthAlcoholConsumed: return "health.alcohol_consumed"
        case .healthCaffeineConsumed: return "health.caffeine_consumed"
        case .healthMeasurementRecorded: return "health.measurement_recorded"
        case .healthMedicationTaken: return "health.medication_taken"
        case .healthSleepRecorded: return "health.sleep_recorded"
        case .healthSymptomNoted: return "health.symptom_noted"
        case .healthWorkoutRecorded: return "health.workout_recorded"
        case .learningCompleted: return "learning.completed"
        case .personProfileStated: return "person.profile_stated"
        case .personZoneChanged: return "person.zone_changed"
        case .recordCorrected: return "record.corrected"
        case .recordDeleted: return "record.deleted"
        case .seriesWritten: return "series.written"
        case .skillAssessed: return "skill.assessed"
        case .skillDescribed: return "skill.described"
        case .skillImproved: return "skill.improved"
        case .skillRoleStated: return "skill.role_stated"
        case .sourceDeviceDescribed: return "source.device_described"
        case .sourceMessageKept: return "source.message_kept"
        case .sourcePrioritySet: return "source.priority_set"
        case .sourceWindowRead: return "source.window_read"
        case .systemModelUpdated: return "system.model_updated"
        case .systemPredictionMade: return "system.prediction_made"
        case .systemTwinCreated: return "system.twin_created"
        case .taskCheckFinished: return "task.check_finished"
        case .taskCompleted: return "task.completed"
        case .taskDelayed: return "task.delayed"
        case .taskPlanned: return "task.planned"
        case .taskReopened: return "task.reopened"
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
        case "capacity.energy_updated": self = .capacityEnergyUpdated(try fields.decode(EnergyUpdated.self, forKey: "data"))
        case "capacity.stress_detected": self = .capacityStressDetected(try fields.decode(StressDetected.self, forKey: "data"))
        case "capacity.time_tracked": self = .capacityTimeTracked(try fields.decode(TimeTracked.self, forKey: "data"))
        case "capacity.workload_changed": self = .capacityWorkloadChanged(try fields.decode(WorkloadChanged.self, forKey: "data"))
        case "collaboration.feedback_given": self = .collaborationFeedbackGiven(try fields.decode(FeedbackGiven.self, forKey: "data"))
        case "collaboration.handed_off": self = .collaborationHandedOff(try fields.decode(HandedOff.self, forKey: "data"))
        case "collaboration.meeting_attended": self = .collaborationMeetingAttended(try fields.decode(MeetingAttended.self, forKey: "data"))
        case "collaboration.meeting_planned": self = .collaborationMeetingPlanned(try fields.decode(MeetingPlanned.self, forKey: "data"))
        case "collaboration.mentoring_session": self = .collaborationMentoringSession(try fields.decode(MentoringSession.self, forKey: "data"))
        case "collaboration.message_sent": self = .collaborationMessageSent(try fields.decode(MessageSent.self, forKey: "data"))
        case "collaboration.review_done": self = .collaborationReviewDone(try fields.decode(ReviewDone.self, forKey: "data"))
        case "collaboration.team_changed": self = .collaborationTeamChanged(try fields.decode(TeamChanged.self, forKey: "data"))
        case "consent.granted": self = .consentGranted(try fields.decode(ConsentGranted.self, forKey: "data"))
        case "consent.revoked": self = .consentRevoked(try fields.decode(ConsentRevoked.self, forKey: "data"))
        case "health.alcohol_consumed": self = .healthAlcoholConsumed(try fields.decode(AlcoholConsumed.self, forKey: "data"))
        case "health.caffeine_consumed": self = .healthCaffeineConsumed(try fields.decode(CaffeineConsumed.self, forKey: "data"))
        case "health.measurement_recorded": self = .healthMeasurementRecorded(try fields.decode(MeasurementRecorded.self, forKey: "data"))
        case "health.medication_taken": self = .healthMedicationTaken(try fields.decode(MedicationTaken.self, forKey: "data"))
        case "health.sleep_recorded": self = .healthSleepRecorded(try fields.decode(SleepRecorded.self, forKey: "data"))
        case "health.symptom_noted": self = .healthSymptomNoted(try fields.decode(SymptomNoted.self, forKey: "data"))
        case "health.workout_recorded": self = .healthWorkoutRecorded(try fields.decode(WorkoutRecorded.self, forKey: "data"))
        case "learning.completed": self = .learningCompleted(try fields.decode(LearningCompleted.self, forKey: "data"))
        case "person.profile_stated": self = .personProfileStated(try fields.decode(ProfileStated.self, forKey: "data"))
        case "person.zone_changed": self = .personZoneChanged(try fields.decode(ZoneChanged.self, forKey: "data"))
        case "record.corrected": self = .recordCorrected(try fields.decode(RecordCorrected.self, forKey: "data"))
        case "record.deleted": self = .recordDeleted(try fields.decode(RecordDeleted.self, forKey: "data"))
        case "series.written": self = .seriesWritten(try fields.decode(SeriesWritten.self, forKey: "data"))
        case "skill.assessed": self = .skillAssessed(try fields.decode(SkillAssessed.self, forKey: "data"))
        case "skill.described": self = .skillDescribed(try fields.decode(SkillDescribed.self, forKey: "data"))
        case "skill.improved": self = .skillImproved(try fields.decode(SkillImproved.self, forKey: "data"))
        case "skill.role_stated": self = .skillRoleStated(try fields.decode(RoleStated.self, forKey: "data"))
        case "source.device_described": self = .sourceDeviceDescribed(try fields.decode(DeviceDescribed.self, forKey: "data"))
        case "source.message_kept": self = .sourceMessageKept(try fields.decode(MessageKept.self, forKey: "data"))
        case "source.priority_set": self = .sourcePrioritySet(try fields.decode(SourcePrioritySet.self, forKey: "data"))
        case "source.window_read": self = .sourceWindowRead(try fields.decode(WindowRead.self, forKey: "data"))
        case "system.model_updated": self = .systemModelUpdated(try fields.decode(ModelUpdated.self, forKey: "data"))
        case "system.prediction_made": self = .systemPredictionMade(try fields.decode(PredictionMade.self, forKey: "data"))
        case "system.twin_created": self = .systemTwinCreated(try fields.decode(TwinCreated.self, forKey: "data"))
        case "task.check_finished": self = .taskCheckFinished(try fields.decode(CheckFinished.self, forKey: "data"))
        case "task.completed": self = .taskCompleted(try fields.decode(TaskCompleted.self, forKey: "data"))
        case "task.delayed": self = .taskDelayed(try fields.decode(TaskDelayed.self, forKey: "data"))
        case "task.planned": self = .taskPlanned(try fields.decode(TaskPlanned.self, forKey: "data"))
        case "task.reopened": self = .taskReopened(try fields.decode(TaskReopened.self, forKey: "data"))
        case "task.started": self = .taskStarted(try fields.decode(TaskStarted.self, forKey: "data"))
        case "wellbeing.check_in_answered": self = .wellbeingCheckInAnswered(try fields.decode(CheckInAnswered.self, forKey: "data"))
        default: self = .unknown(kind: kind, raw: try fields.decodeIfPresent(JSONValue.self, forKey: "data") ?? .object([:]))
        }
    }

    func encode(into fields: inout KeyedEncodingContainer<Key>) throws {
        switch self {
        case .capacityEnergyUpdated(let data): try fields.encode(data, forKey: "data")
        case .capacityStressDetected(let data): try fields.encode(data, forKey: "data")
        case .capacityTimeTracked(let data): try fields.encode(data, forKey: "data")
        case .capacityWorkloadChanged(let data): try fields.encode(data, forKey: "data")
        case .collaborationFeedbackGiven(let data): try fields.encode(data, forKey: "data")
        case .collaborationHandedOff(let data): try fields.encode(data, forKey: "data")
        case .collaborationMeetingAttended(let data): try fields.encode(data, forKey: "data")
        case .collaborationMeetingPlanned(let data): try fields.encode(data, forKey: "data")
        case .collaborationMentoringSession(let data): try fields.encode(data, forKey: "data")
        case .collaborationMessageSent(let data): try fields.encode(data, forKey: "data")
        case .collaborationReviewDone(let data): try fields.encode(data, forKey: "data")
        case .collaborationTeamChanged(let data): try fields.encode(data, forKey: "data")
        case .consentGranted(let data): try fields.encode(data, forKey: "data")
        case .consentRevoked(let data): try fields.encode(data, forKey: "data")
        case .healthAlcoholConsumed(let data): try fields.encode(data, forKey: "data")
        case .healthCaffeineConsumed(let data): try fields.encode(data, forKey: "data")
        case .healthMeasurementRecorded(let data): try fields.encode(data, forKey: "data")
        case .healthMedicationTaken(let data): try fields.encode(data, forKey: "data")
        case .healthSleepRecorded(let data): try fields.encode(data, forKey: "data")
        case .healthSymptomNoted(let data): try fields.encode(data, forKey: "data")
        case .healthWorkoutRecorded(let data): try fields.encode(data, forKey: "data")
        case .learningCompleted(let data): try fields.encode(data, forKey: "data")
        case .personProfileStated(let data): try fields.encode(data, forKey: "data")
        case .personZoneChanged(let data): try fields.encode(data, forKey: "data")
        case .recordCorrected(let data): try fields.encode(data, forKey: "data")
        case .recordDeleted(let data): try fields.encode(data, forKey: "data")
        case .seriesWritten(let data): try fields.encode(data, forKey: "data")
        case .skillAssessed(let data): try fields.encode(data, forKey: "data")
        case .skillDescribed(let data): try fields.encode(data, forKey: "data")
        case .skillImproved(let data): try fields.encode(data, forKey: "data")
        case .skillRoleStated(let data): try fields.encode(data, forKey: "data")
        case .sourceDeviceDescribed(let data): try fields.encode(data, forKey: "data")
        case .sourceMessageKept(let data): try fields.encode(data, forKey: "data")
        case .sourcePrioritySet(let data): try fields.encode(data, forKey: "data")
        case .sourceWindowRead(let data): try fields.encode(data, forKey: "data")
        case .systemModelUpdated(let data): try fields.encode(data, forKey: "data")
        case .systemPredictionMade(let data): try fields.encode(data, forKey: "data")
        case .systemTwinCreated(let data): try fields.encode(data, forKey: "data")
        case .taskCheckFinished(let data): try fields.encode(data, forKey: "data")
        case .taskCompleted(let data): try fields.encode(data, forKey: "data")
        case .taskDelayed(let data): try fields.encode(data, forKey: "data")
        case .taskPlanned(let data): try fields.encode(data, forKey: "data")
        case .taskReopened(let data): try fields.encode(data, forKey: "data")
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
