// Reads HealthKit into a twin: what is new and what was deleted since the last time, type by type.
// Nothing is translated here: records go as they are, and the Rust side knows what they mean.

#if canImport(HealthKit)
    import Foundation
    import HealthKit
    import Humantwin

    /// What the app keeps between two readings, best beside the twin's file.
    public protocol BridgeMemory: Sendable {
        /// How far a type was read; nil before the first time.
        func anchor(of type: String) throws -> Data?
        /// Keeps how far a type was read. Called when the twin has written what precedes it.
        func keep(anchor: Data, of type: String) throws
        /// The source that wrote a record, where it was kept: HealthKit does not tell it of what is deleted.
        func source(of uuid: String) throws -> String?
        /// Keeps the sources of single facts by their ids.
        func keep(sources: [String: String]) throws
    }

    /// Hands HealthKit's samples to a twin.
    @available(iOS 16, macOS 13, watchOS 9, *)
    public struct HealthKitBridge: Sendable {
        private let store: HKHealthStore
        private let twin: Twin
        private let memory: any BridgeMemory
        private let limit: Int

        /// - Parameter limit: Most samples of one batch; small ones keep a background task short.
        public init(store: HKHealthStore, twin: Twin, memory: any BridgeMemory, limit: Int = 1000) {
            self.store = store
            self.twin = twin
            self.memory = memory
            self.limit = limit
        }

        /// Reads what is new of the types, for which the person has allowed reading. Stopped in between, it goes on
        /// where it was the next time; nothing is lost and nothing counted twice.
        public func read(_ types: [HKSampleType]) async throws {
            let units = try await store.preferredUnits(for: Set(types.compactMap { $0 as? HKQuantityType }))
            for type in types {
                while try await step(type, unit: (type as? HKQuantityType).flatMap { units[$0] }) {}
            }
        }

        /// One batch of a type; false when there was nothing more.
        private func step(_ type: HKSampleType, unit: HKUnit?) async throws -> Bool {
            let from = try memory.anchor(of: type.identifier).flatMap {
                try NSKeyedUnarchiver.unarchivedObject(ofClass: HKQueryAnchor.self, from: $0)
            }
            let found = try await HKAnchoredObjectQueryDescriptor(
                predicates: [.sample(type: type)], anchor: from, limit: limit
            ).result(for: store)
            let added = found.addedSamples.map { record($0, unit: unit) }
            let deleted = try found.deletedObjects.map { gone -> [String: Any] in
                var told: [String: Any] = ["uuid": gone.uuid.uuidString, "type": type.identifier]
                told["source"] = try memory.source(of: gone.uuid.uuidString)
                return told
            }
            guard !added.isEmpty || !deleted.isEmpty else { return false }
            try memory.keep(sources: sources(found.addedSamples))
            _ = try twin.import(name: "healthkit", bytes: try batch(added: added, deleted: deleted))
            let anchor = try NSKeyedArchiver.archivedData(withRootObject: found.newAnchor, requiringSecureCoding: true)
            try memory.keep(anchor: anchor, of: type.identifier)
            return added.count + deleted.count >= limit
        }

        private func batch(added: [[String: Any]], deleted: [[String: Any]]) throws -> Data {
            // The name comes first: by it the format is known.
            var text = Data(#"{"humantwin_batch":"healthkit","version":1,"zone":""#.utf8)
            text += Data(TimeZone.current.identifier.utf8) + Data(#"","added":"#.utf8)
            text += try JSONSerialization.data(withJSONObject: added) + Data(#","deleted":"#.utf8)
            text += try JSONSerialization.data(withJSONObject: deleted) + Data("}".utf8)
            return text
        }

        /// Sources of what may be deleted by its id: single measurements and workouts. The many samples of a
        /// series are not remembered.
        private func sources(_ samples: [HKSample]) -> [String: String] {
            let facts = samples.filter { sample in
                guard let type = sample.sampleType as? HKQuantityType else { return sample is HKWorkout }
                return type.aggregationStyle != .cumulative
                    && type.identifier != HKQuantityTypeIdentifier.heartRate.rawValue
            }
            let pairs = facts.map { ($0.uuid.uuidString, $0.sourceRevision.source.name) }
            return Dictionary(pairs) { first, _ in first }
        }

        private func record(_ sample: HKSample, unit: HKUnit?) -> [String: Any] {
            let source = sample.sourceRevision.source
            var told: [String: Any] = [
                "uuid": sample.uuid.uuidString, "type": sample.sampleType.identifier,
                "start": Timestamp(sample.startDate).text, "end": Timestamp(sample.endDate).text,
                "source": ["name": source.name, "bundle": source.bundleIdentifier],
            ]
            told["device"] = sample.device.map { device in
                let fields = [
                    "name": device.name, "manufacturer": device.manufacturer, "model": device.model,
                    "hardware": device.hardwareVersion, "software": device.softwareVersion,
                ]
                return fields.compactMapValues { $0 }
            }
            // What is a number or a text; quantities and dates have no form of their own in a batch.
            let metadata = (sample.metadata ?? [:]).filter { $0.value is String || $0.value is NSNumber }
            if !metadata.isEmpty { told["metadata"] = metadata }
            switch sample {
            case let sample as HKQuantitySample:
                guard let unit else { break }
                told["value"] = sample.quantity.doubleValue(for: unit)
                told["unit"] = unit.unitString
            case let sample as HKCategorySample:
                told["value"] = sample.value
            case let sample as HKWorkout:
                told["activity"] = sample.workoutActivityType.rawValue
                told["duration_s"] = sample.duration
                told["distance_m"] = sample.totalDistance?.doubleValue(for: .meter())
                let energy = sample.statistics(for: HKQuantityType(.activeEnergyBurned))?.sumQuantity()
                told["energy_kcal"] = energy?.doubleValue(for: .kilocalorie())
            default: break
            }
            return told
        }
    }
#endif
