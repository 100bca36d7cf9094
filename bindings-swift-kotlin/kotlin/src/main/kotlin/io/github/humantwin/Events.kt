// Written by `cargo xtask schema`; not to be edited.
package io.github.humantwin

import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** What an event says, by its kind. */
public sealed interface EventData {
    /** The event's `type`: `health.sleep_recorded`. */
    public val eventKind: String
}

/** An event of a kind that this version does not know. */
public data class UnknownEvent(override val eventKind: String, val raw: JsonElement) : EventData

/** A fact: a CloudEvents 1.0 object. Its attributes are listed in the reference under events. */
@Serializable(with = EventSerializer::class)
public data class Event(
    val source: String,
    val time: Timestamp,
    val data: EventData,
    val civildate: LocalDate? = null,
    val device: DeviceId? = null,
    val endoffset: Long? = null,
    val id: String? = null,
    val kindversion: Long? = null,
    val method: MethodId? = null,
    val record: RecordId? = null,
    val recordedat: Timestamp? = null,
    val recording: Recording? = null,
    val revision: Long? = null,
    val specversion: String? = null,
    val startoffset: Long? = null,
    val subject: String? = null,
) {
    /** The event as a JSON text. */
    public fun toJson(): String = encode(serializer(), this)

    public companion object {
        /** The event of a JSON text. */
        public fun fromJson(text: String): Event = decode(serializer(), text)
    }
}

@Serializable
internal class EventWire(
    val type: String,
    val source: String,
    val time: Timestamp,
    val civildate: LocalDate? = null,
    val device: DeviceId? = null,
    val endoffset: Long? = null,
    val id: String? = null,
    val kindversion: Long? = null,
    val method: MethodId? = null,
    val record: RecordId? = null,
    val recordedat: Timestamp? = null,
    val recording: Recording? = null,
    val revision: Long? = null,
    val specversion: String? = null,
    val startoffset: Long? = null,
    val subject: String? = null,
    val data: JsonElement = JsonObject(emptyMap()),
)

internal object EventSerializer : KSerializer<Event> {
    override val descriptor: SerialDescriptor = EventWire.serializer().descriptor

    override fun serialize(encoder: Encoder, value: Event) {
        val wire = EventWire(
            type = value.data.eventKind,
            data = write(value.data),
            source = value.source,
            time = value.time,
            civildate = value.civildate,
            device = value.device,
            endoffset = value.endoffset,
            id = value.id,
            kindversion = value.kindversion,
            method = value.method,
            record = value.record,
            recordedat = value.recordedat,
            recording = value.recording,
            revision = value.revision,
            specversion = value.specversion,
            startoffset = value.startoffset,
            subject = value.subject,
        )
        encoder.encodeSerializableValue(EventWire.serializer(), wire)
    }

    override fun deserialize(decoder: Decoder): Event {
        val wire = decoder.decodeSerializableValue(EventWire.serializer())
        return Event(
            data = read(wire.type, wire.data),
            source = wire.source,
            time = wire.time,
            civildate = wire.civildate,
            device = wire.device,
            endoffset = wire.endoffset,
            id = wire.id,
            kindversion = wire.kindversion,
            method = wire.method,
            record = wire.record,
            recordedat = wire.recordedat,
            recording = wire.recording,
            revision = wire.revision,
            specversion = wire.specversion,
            startoffset = wire.startoffset,
            subject = wire.subject,
        )
    }

    internal fun write(data: EventData): JsonElement = when (data) {
        is EnergyUpdated -> json.encodeToJsonElement(EnergyUpdated.serializer(), data)
        is StressDetected -> json.encodeToJsonElement(StressDetected.serializer(), data)
        is TimeTracked -> json.encodeToJsonElement(TimeTracked.serializer(), data)
        is WorkloadChanged -> json.encodeToJsonElement(WorkloadChanged.serializer(), data)
        is FeedbackGiven -> json.encodeToJsonElement(FeedbackGiven.serializer(), data)
        is HandedOff -> json.encodeToJsonElement(HandedOff.serializer(), data)
        is MeetingAttended -> json.encodeToJsonElement(MeetingAttended.serializer(), data)
        is MeetingPlanned -> json.encodeToJsonElement(MeetingPlanned.serializer(), data)
        is MentoringSession -> json.encodeToJsonElement(MentoringSession.serializer(), data)
        is MessageSent -> json.encodeToJsonElement(MessageSent.serializer(), data)
        is ReviewDone -> json.encodeToJsonElement(ReviewDone.serializer(), data)
        is TeamChanged -> json.encodeToJsonElement(TeamChanged.serializer(), data)
        is ConsentGranted -> json.encodeToJsonElement(ConsentGranted.serializer(), data)
        is ConsentRevoked -> json.encodeToJsonElement(ConsentRevoked.serializer(), data)
        is AlcoholConsumed -> json.encodeToJsonElement(AlcoholConsumed.serializer(), data)
        is CaffeineConsumed -> json.encodeToJsonElement(CaffeineConsumed.serializer(), data)
        is MeasurementRecorded -> json.encodeToJsonElement(MeasurementRecorded.serializer(), data)
        is MedicationTaken -> json.encodeToJsonElement(MedicationTaken.serializer(), data)
        is SleepRecorded -> json.encodeToJsonElement(SleepRecorded.serializer(), data)
        is SymptomNoted -> json.encodeToJsonElement(SymptomNoted.serializer(), data)
        is WorkoutRecorded -> json.encodeToJsonElement(WorkoutRecorded.serializer(), data)
        is LearningCompleted -> json.encodeToJsonElement(LearningCompleted.serializer(), data)
        is ProfileStated -> json.encodeToJsonElement(ProfileStated.serializer(), data)
        is ZoneChanged -> json.encodeToJsonElement(ZoneChanged.serializer(), data)
        is RecordCorrected -> json.encodeToJsonElement(RecordCorrected.serializer(), data)
        is RecordDeleted -> json.encodeToJsonElement(RecordDeleted.serializer(), data)
        is SeriesWritten -> json.encodeToJsonElement(SeriesWritten.serializer(), data)
        is SkillAssessed -> json.encodeToJsonElement(SkillAssessed.serializer(), data)
        is SkillDescribed -> json.encodeToJsonElement(SkillDescribed.serializer(), data)
        is SkillImproved -> json.encodeToJsonElement(SkillImproved.serializer(), data)
        is RoleStated -> json.encodeToJsonElement(RoleStated.serializer(), data)
        is DeviceDescribed -> json.encodeToJsonElement(DeviceDescribed.serializer(), data)
        is MessageKept -> json.encodeToJsonElement(MessageKept.serializer(), data)
        is SourcePrioritySet -> json.encodeToJsonElement(SourcePrioritySet.serializer(), data)
        is WindowRead -> json.encodeToJsonElement(WindowRead.serializer(), data)
        is ModelUpdated -> json.encodeToJsonElement(ModelUpdated.serializer(), data)
        is PredictionMade -> json.encodeToJsonElement(PredictionMade.serializer(), data)
        is TwinCreated -> json.encodeToJsonElement(TwinCreated.serializer(), data)
        is CheckFinished -> json.encodeToJsonElement(CheckFinished.serializer(), data)
        is TaskCompleted -> json.encodeToJsonElement(TaskCompleted.serializer(), data)
        is TaskDelayed -> json.encodeToJsonElement(TaskDelayed.serializer(), data)
        is TaskPlanned -> json.encodeToJsonElement(TaskPlanned.serializer(), data)
        is TaskReopened -> json.encodeToJsonElement(TaskReopened.serializer(), data)
        is TaskStarted -> json.encodeToJsonElement(TaskStarted.serializer(), data)
        is CheckInAnswered -> json.encodeToJsonElement(CheckInAnswered.serializer(), data)
        is UnknownEvent -> data.raw
    }

    internal fun read(kind: String, raw: JsonElement): EventData = when (kind) {
        "capacity.energy_updated" -> json.decodeFromJsonElement(EnergyUpdated.serializer(), raw)
        "capacity.stress_detected" -> json.decodeFromJsonElement(StressDetected.serializer(), raw)
        "capacity.time_tracked" -> json.decodeFromJsonElement(TimeTracked.serializer(), raw)
        "capacity.workload_changed" -> json.decodeFromJsonElement(WorkloadChanged.serializer(), raw)
        "collaboration.feedback_given" -> json.decodeFromJsonElement(FeedbackGiven.serializer(), raw)
        "collaboration.handed_off" -> json.decodeFromJsonElement(HandedOff.serializer(), raw)
        "collaboration.meeting_attended" -> json.decodeFromJsonElement(MeetingAttended.serializer(), raw)
        "collaboration.meeting_planned" -> json.decodeFromJsonElement(MeetingPlanned.serializer(), raw)
        "collaboration.mentoring_session" -> json.decodeFromJsonElement(MentoringSession.serializer(), raw)
        "collaboration.message_sent" -> json.decodeFromJsonElement(MessageSent.serializer(), raw)
        "collaboration.review_done" -> json.decodeFromJsonElement(ReviewDone.serializer(), raw)
        "collaboration.team_changed" -> json.decodeFromJsonElement(TeamChanged.serializer(), raw)
        "consent.granted" -> json.decodeFromJsonElement(ConsentGranted.serializer(), raw)
        "consent.revoked" -> json.decodeFromJsonElement(ConsentRevoked.serializer(), raw)
        "health.alcohol_consumed" -> json.decodeFromJsonElement(AlcoholConsumed.serializer(), raw)
        "health.caffeine_consumed" -> json.decodeFromJsonElement(CaffeineConsumed.serializer(), raw)
        "health.measurement_recorded" -> json.decodeFromJsonElement(MeasurementRecorded.serializer(), raw)
        "health.medication_taken" -> json.decodeFromJsonElement(MedicationTaken.serializer(), raw)
        "health.sleep_recorded" -> json.decodeFromJsonElement(SleepRecorded.serializer(), raw)
        "health.symptom_noted" -> json.decodeFromJsonElement(SymptomNoted.serializer(), raw)
        "health.workout_recorded" -> json.decodeFromJsonElement(WorkoutRecorded.serializer(), raw)
        "learning.completed" -> json.decodeFromJsonElement(LearningCompleted.serializer(), raw)
        "person.profile_stated" -> json.decodeFromJsonElement(ProfileStated.serializer(), raw)
        "person.zone_changed" -> json.decodeFromJsonElement(ZoneChanged.serializer(), raw)
        "record.corrected" -> json.decodeFromJsonElement(RecordCorrected.serializer(), raw)
        "record.deleted" -> json.decodeFromJsonElement(RecordDeleted.serializer(), raw)
        "series.written" -> json.decodeFromJsonElement(SeriesWritten.serializer(), raw)
        "skill.assessed" -> json.decodeFromJsonElement(SkillAssessed.serializer(), raw)
        "skill.described" -> json.decodeFromJsonElement(SkillDescribed.serializer(), raw)
        "skill.improved" -> json.decodeFromJsonElement(SkillImproved.serializer(), raw)
        "skill.role_stated" -> json.decodeFromJsonElement(RoleStated.serializer(), raw)
        "source.device_described" -> json.decodeFromJsonElement(DeviceDescribed.serializer(), raw)
        "source.message_kept" -> json.decodeFromJsonElement(MessageKept.serializer(), raw)
        "source.priority_set" -> json.decodeFromJsonElement(SourcePrioritySet.serializer(), raw)
        "source.window_read" -> json.decodeFromJsonElement(WindowRead.serializer(), raw)
        "system.model_updated" -> json.decodeFromJsonElement(ModelUpdated.serializer(), raw)
        "system.prediction_made" -> json.decodeFromJsonElement(PredictionMade.serializer(), raw)
        "system.twin_created" -> json.decodeFromJsonElement(TwinCreated.serializer(), raw)
        "task.check_finished" -> json.decodeFromJsonElement(CheckFinished.serializer(), raw)
        "task.completed" -> json.decodeFromJsonElement(TaskCompleted.serializer(), raw)
        "task.delayed" -> json.decodeFromJsonElement(TaskDelayed.serializer(), raw)
        "task.planned" -> json.decodeFromJsonElement(TaskPlanned.serializer(), raw)
        "task.reopened" -> json.decodeFromJsonElement(TaskReopened.serializer(), raw)
        "task.started" -> json.decodeFromJsonElement(TaskStarted.serializer(), raw)
        "wellbeing.check_in_answered" -> json.decodeFromJsonElement(CheckInAnswered.serializer(), raw)
        else -> UnknownEvent(kind, raw)
    }
}

/** What an event says, for `correct`. */
public fun EventBody(data: EventData): EventBody =
    EventBody(data = EventSerializer.write(data), kind = data.eventKind, version = versionOf(data))

private fun versionOf(data: EventData): Long = when (data.eventKind) {
    "task.completed" -> 2
    else -> 1
}
