// Reads Health Connect into a twin: what is new and what was deleted since the last time.
// Nothing is translated here: records go as they are, and the Rust side knows what they mean.
//
// Needs `androidx.health.connect:connect-client` 1.1 and the library `humantwin`. This file is for an Android app;
// it is not part of the jar.
package io.github.humantwin.healthconnect

import androidx.health.connect.client.HealthConnectClient
import androidx.health.connect.client.changes.DeletionChange
import androidx.health.connect.client.changes.UpsertionChange
import androidx.health.connect.client.records.*
import androidx.health.connect.client.records.metadata.Metadata
import androidx.health.connect.client.request.ChangesTokenRequest
import androidx.health.connect.client.request.ReadRecordsRequest
import androidx.health.connect.client.time.TimeRangeFilter
import io.github.humantwin.Twin
import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset
import kotlin.reflect.KClass
import org.json.JSONArray
import org.json.JSONObject

/** What the app keeps between two readings, best beside the twin's file. */
public interface BridgeMemory {
    /** The changes token; null before the first time. */
    public fun token(): String?

    /** Keeps a token. Called when the twin has written what precedes it. */
    public fun keepToken(token: String)

    /** The type and package of a record, where they were kept: a deletion does not tell them. */
    public fun origin(id: String): Pair<String, String>?

    /** Keeps type and package of records by their ids. */
    public fun keepOrigins(origins: Map<String, Pair<String, String>>)
}

/** Hands Health Connect's records to a twin. */
public class HealthConnectBridge(
    private val client: HealthConnectClient,
    private val twin: Twin,
    private val memory: BridgeMemory,
    private val types: Set<KClass<out Record>>,
) {
    /**
     * Reads what is new. Stopped in between, it goes on where it was the next time; nothing is lost and nothing
     * counted twice. A token that is too old leads to a full reading of the last [days].
     */
    public suspend fun read(days: Long = 30) {
        var token = memory.token() ?: return readAll(days)
        do {
            val answer = client.getChanges(token)
            if (answer.changesTokenExpired) return readAll(days)
            val added = answer.changes.filterIsInstance<UpsertionChange>().map { it.record }
            val deleted = answer.changes.filterIsInstance<DeletionChange>().map { it.recordId }
            send(added, deleted)
            token = answer.nextChangesToken
            memory.keepToken(token)
        } while (answer.hasMore)
    }

    private suspend fun readAll(days: Long) {
        // The token first: what changes while we read comes again, and is known then.
        val token = client.getChangesToken(ChangesTokenRequest(types))
        val span = TimeRangeFilter.after(Instant.now().minusSeconds(days * 86_400))
        for (type in types) {
            var page: String? = null
            do {
                val answer = client.readRecords(ReadRecordsRequest(type, span, pageSize = 1000, pageToken = page))
                send(answer.records, emptyList())
                page = answer.pageToken
            } while (page != null)
        }
        memory.keepToken(token)
    }

    private fun send(added: List<Record>, deleted: List<String>) {
        if (added.isEmpty() && deleted.isEmpty()) return
        memory.keepOrigins(added.associate { it.metadata.id to (name(it) to it.metadata.dataOrigin.packageName) })
        val records = JSONArray(added.mapNotNull(::record))
        val gone = JSONArray(deleted.map { id ->
            JSONObject().put("uuid", id).apply {
                memory.origin(id)?.let { (type, source) -> put("type", type).put("source", source) }
            }
        })
        // The name comes first: by it the format is known.
        val zone = JSONObject.quote(ZoneId.systemDefault().id)
        val head = """{"humantwin_batch":"health_connect","version":1,"zone":$zone"""
        val batch = """$head,"added":$records,"deleted":$gone}"""
        twin.import(name = "health_connect", bytes = batch.toByteArray())
    }
}

private fun name(record: Record): String = record::class.simpleName.orEmpty()

/** The record with the names of its class; null for one that is not listed here. */
private fun record(record: Record): JSONObject? {
    val told = JSONObject().put("type", name(record)).put("metadata", metadata(record.metadata))
    when (record) {
        is StepsRecord -> told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).put("count", record.count)
        is DistanceRecord -> told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).put("distance", record.distance.inMeters)
        is ElevationGainedRecord -> told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).put("elevation", record.elevation.inMeters)
        is FloorsClimbedRecord -> told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).put("floors", record.floors)
        is WheelchairPushesRecord -> told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).put("count", record.count)
        is ActiveCaloriesBurnedRecord -> told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).put("energy", record.energy.inKilocalories)
        is TotalCaloriesBurnedRecord -> told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).put("energy", record.energy.inKilocalories)
        is HydrationRecord -> told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).put("volume", record.volume.inMilliliters)
        is HeartRateRecord ->
            told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).list("samples", record.samples) { put("beatsPerMinute", it.beatsPerMinute).time("time", it.time) }
        is SpeedRecord ->
            told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).list("samples", record.samples) { put("speed", it.speed.inMetersPerSecond).time("time", it.time) }
        is PowerRecord ->
            told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).list("samples", record.samples) { put("power", it.power.inWatts).time("time", it.time) }
        is SleepSessionRecord -> told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).list("stages", record.stages) {
            put("stage", it.stage).time("startTime", it.startTime).time("endTime", it.endTime)
        }
        is ExerciseSessionRecord -> told.span(record.startTime, record.startZoneOffset, record.endTime, record.endZoneOffset).put("exerciseType", record.exerciseType).put("title", record.title)
        is RestingHeartRateRecord -> told.moment(record.time, record.zoneOffset).put("beatsPerMinute", record.beatsPerMinute)
        is HeartRateVariabilityRmssdRecord ->
            told.moment(record.time, record.zoneOffset).put("heartRateVariabilityMillis", record.heartRateVariabilityMillis)
        is OxygenSaturationRecord -> told.moment(record.time, record.zoneOffset).put("percentage", record.percentage.value)
        is RespiratoryRateRecord -> told.moment(record.time, record.zoneOffset).put("rate", record.rate)
        is Vo2MaxRecord -> told.moment(record.time, record.zoneOffset).put("vo2MillilitersPerMinuteKilogram", record.vo2MillilitersPerMinuteKilogram)
        is BodyTemperatureRecord -> told.moment(record.time, record.zoneOffset).put("temperature", record.temperature.inCelsius)
        is WeightRecord -> told.moment(record.time, record.zoneOffset).put("weight", record.weight.inKilograms)
        is HeightRecord -> told.moment(record.time, record.zoneOffset).put("height", record.height.inMeters)
        is BodyFatRecord -> told.moment(record.time, record.zoneOffset).put("percentage", record.percentage.value)
        is LeanBodyMassRecord -> told.moment(record.time, record.zoneOffset).put("mass", record.mass.inKilograms)
        is BoneMassRecord -> told.moment(record.time, record.zoneOffset).put("mass", record.mass.inKilograms)
        is BasalMetabolicRateRecord ->
            told.moment(record.time, record.zoneOffset).put("basalMetabolicRate", record.basalMetabolicRate.inKilocaloriesPerDay)
        is BloodGlucoseRecord -> told.moment(record.time, record.zoneOffset).put("level", record.level.inMillimolesPerLiter)
        is BloodPressureRecord -> told.moment(record.time, record.zoneOffset)
            .put("systolic", record.systolic.inMillimetersOfMercury).put("diastolic", record.diastolic.inMillimetersOfMercury)
        else -> return null
    }
    return told
}

private fun metadata(metadata: Metadata): JSONObject = JSONObject()
    .put("id", metadata.id)
    .put("lastModifiedTime", metadata.lastModifiedTime.toString())
    .put("recordingMethod", metadata.recordingMethod)
    .put("dataOrigin", JSONObject().put("packageName", metadata.dataOrigin.packageName))
    .apply {
        val device = metadata.device ?: return@apply
        put("device", JSONObject().put("manufacturer", device.manufacturer).put("model", device.model).put("type", device.type))
    }

private fun JSONObject.time(key: String, at: Instant): JSONObject = put(key, at.toString())

private fun JSONObject.offset(key: String, offset: ZoneOffset?): JSONObject =
    if (offset == null) this else put(key, offset.totalSeconds)

private fun JSONObject.span(start: Instant, startOffset: ZoneOffset?, end: Instant, endOffset: ZoneOffset?): JSONObject =
    time("startTime", start).time("endTime", end).offset("startZoneOffset", startOffset).offset("endZoneOffset", endOffset)

private fun JSONObject.moment(at: Instant, offset: ZoneOffset?): JSONObject = time("time", at).offset("zoneOffset", offset)

private fun <T> JSONObject.list(key: String, all: List<T>, one: JSONObject.(T) -> Unit): JSONObject =
    put(key, JSONArray(all.map { JSONObject().apply { one(it) } }))
