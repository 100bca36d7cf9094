// swift-tools-version: 6.0
import PackageDescription

// On Apple systems the Rust library is a released xcframework. On Linux it is `libhumantwin_mobile` on the linker's
// path (`-Xlinker -L…`). `bindings-swift-kotlin/packaging/` makes both, and `Sources/HumantwinBorder`.
#if os(Linux)
    let native: Target = .systemLibrary(name: "HumantwinFFI")
#else
    let native: Target = .binaryTarget(name: "HumantwinFFI", path: "HumantwinFFI.xcframework")
#endif

let package = Package(
    name: "Humantwin",
    platforms: [.macOS(.v12), .iOS(.v15), .watchOS(.v8)],
    products: [
        .library(name: "Humantwin", targets: ["Humantwin"]),
        .library(name: "HumantwinHealthKit", targets: ["HumantwinHealthKit"]),
    ],
    targets: [
        native,
        // Written by UniFFI, which does not yet write for the strict concurrency of Swift 6.
        .target(name: "HumantwinBorder", dependencies: ["HumantwinFFI"], swiftSettings: [.swiftLanguageMode(.v5)]),
        .target(name: "Humantwin", dependencies: ["HumantwinBorder"]),
        .target(name: "HumantwinHealthKit", dependencies: ["Humantwin"]),
        .testTarget(name: "HumantwinTests", dependencies: ["Humantwin"]),
    ]
)
