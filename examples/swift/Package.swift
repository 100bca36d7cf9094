// swift-tools-version: 6.0
import Foundation
import PackageDescription

// The package is where `HUMANTWIN` says; an app names a released version instead.
let humantwin = ProcessInfo.processInfo.environment["HUMANTWIN"] ?? "../../bindings-swift-kotlin/swift"

let package = Package(
    name: "Quickstart",
    platforms: [.macOS(.v12)],
    dependencies: [.package(name: "Humantwin", path: humantwin)],
    targets: [
        .executableTarget(
            name: "Quickstart", dependencies: [.product(name: "Humantwin", package: "Humantwin")],
            path: ".", sources: ["Quickstart.swift"])
    ]
)
