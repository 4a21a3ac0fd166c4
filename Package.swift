// swift-tools-version: 6.2
import PackageDescription

/// For every target of ours; dependencies keep their own settings.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let strictC = CSetting.unsafeFlags(["-Wall", "-Wextra", "-Werror", "-fstack-protector-strong"])
/// For what runs behind walls: the Swift library lies outside them.
let withoutSwift = LinkerSetting.unsafeFlags(["-static-stdlib", "-nostartfiles"])

extension Target.Dependency {
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let jwt = product(name: "JWTKit", package: "jwt-kit")
    static let lifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let logging = product(name: "Logging", package: "swift-log")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let nioTLS = product(name: "NIOTLS", package: "swift-nio")
}

let package = Package(
    name: "passerelle",
    products: [
        .executable(name: "passerelle", targets: ["passerelle"]),
        .executable(name: "passerelle-pdf", targets: ["passerelle-pdf"]),
        .library(name: "passerelle-poppler", type: .dynamic, targets: ["passerelle-poppler"]),
        .executable(name: "bench", targets: ["bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/vapor/jwt-kit.git", exact: "5.7.1"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration.git", exact: "1.4.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        // named only for its floor: Hummingbird asks for an older one (ADR 0003)
        .package(url: "https://github.com/apple/swift-nio-http2.git", exact: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system.git", exact: "1.8.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess.git", exact: "1.0.2"),
    ],
    targets: [
        // C libraries of the system
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CPangoCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
        .systemLibrary(name: "CFido2", pkgConfig: "libfido2", providers: [.apt(["libfido2-dev"])]),
        .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CSQLiteSettings", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CLinux"),
        // what the portal and its keepers say to each other
        .systemLibrary(name: "CPDFKeeper"),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),

        // Kernel: speaks bytes
        .target(name: "HTML", swiftSettings: house),
        .target(name: "FHIR", swiftSettings: house),
        .target(name: "HL7v2", swiftSettings: house),
        .target(name: "Exports", dependencies: ["CZlib"], swiftSettings: house),
        .target(
            name: "PDF",
            dependencies: [
                "CLinux", "CPangoCairo", "CPDFKeeper", .nioCore, .nioPosix,
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: house),
        .target(
            name: "Storage",
            dependencies: [
                "CPostgres", "CSQLiteSettings", .crypto, .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            resources: [.copy("Migrations")], swiftSettings: house),
        .target(name: "Curl", dependencies: ["CCurl"], swiftSettings: house),
        .target(
            name: "Vault", dependencies: ["CCurl", "CLinux", "Curl", .crypto, .nioCore, .nioPosix],
            swiftSettings: house),

        .target(name: "Backup", dependencies: ["Storage", "Vault"], swiftSettings: house),

        // Core: speaks medicine
        .target(
            name: "Access", dependencies: ["Storage", "Vault", "CArgon2", "CFido2", .crypto],
            swiftSettings: house),
        .target(name: "Directory", dependencies: ["Access", "Storage", "Vault"], swiftSettings: house),
        .target(
            name: "Documents", dependencies: ["Access", "Directory", "PDF", "Storage", "Vault", .crypto],
            swiftSettings: house),
        .target(
            name: "Dispatches",
            dependencies: [
                "Access", "Directory", "Documents", "Exports", "PDF", "Storage", "Vault", .crypto,
            ],
            swiftSettings: house),

        // the registration authority: knows no documents
        .target(
            name: "Enrolment", dependencies: ["Access", "Directory", "PDF", "Storage", "Vault"],
            swiftSettings: house
        ),

        // Edges: speak protocols
        .target(
            name: "Identity", dependencies: ["Access", "FHIR", "CCurl", "Curl", .crypto, .jwt],
            swiftSettings: house),
        .target(
            name: "Delivery",
            dependencies: [
                "Access", "Directory", "Documents", "Dispatches", "Enrolment", "FHIR", "Storage", "Vault",
                "CCurl", "Curl",
                .crypto, .lifecycle, .logging,
            ],
            swiftSettings: house),
        .target(
            name: "FHIRInterface",
            dependencies: [
                "FHIR", "Access", "Directory", "Documents", "Dispatches", "PDF", "Vault", .hummingbird,
                .hummingbirdCore,
                .httpTypes, .jwt, .logging, .nioCore,
            ],
            swiftSettings: house),
        .target(
            name: "Intake",
            dependencies: [
                "FHIR", "HL7v2", "Access", "Directory", "Documents", "Dispatches", "PDF", .crypto, .lifecycle,
                .logging, .nioCore, .nioPosix, .nioSSL, .nioTLS,
            ],
            swiftSettings: house),
        .target(
            name: "Portal",
            dependencies: [
                "Access", "Directory", "Documents", "Dispatches", "Enrolment", "Exports", "HTML", "CLinux",
                "CQRencode", "CZlib", .crypto, .hummingbird, .hummingbirdCore, .httpTypes, .lifecycle,
                .logging, .nioCore,
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            resources: [.copy("Assets"), .copy("Locales")], swiftSettings: house),
        .target(
            name: "Demo",
            dependencies: [
                "Access", "Directory", "Documents", "Dispatches", "Delivery", "Enrolment", "FHIR", "Intake",
                "PDF",
                "Portal", "HTML", "Vault",
                .crypto, .hummingbird, .httpTypes, .nioCore, .jwt,
            ],
            swiftSettings: house),
        .executableTarget(
            name: "passerelle",
            dependencies: [
                "Access", "Backup", "Directory", "Documents", "Dispatches", "Delivery", "Demo", "Enrolment",
                "CLinux", "FHIR", "FHIRInterface", "Identity", "Intake", "PDF", "Portal", "Storage", "Vault",
                .crypto,
                .hummingbird, .jwt,
                .lifecycle,
                .logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house),
        // Started by the portal, looks at foreign PDFs: C, so that a fork of it is one of a program with one thread.
        .executableTarget(
            name: "passerelle-pdf", dependencies: ["passerelle-keeper"], cSettings: [strictC],
            linkerSettings: [.linkedLibrary("qpdf"), withoutSwift]),
        // The same keeper, loaded into poppler's own programs (ADR 0035).
        .target(
            name: "passerelle-poppler", dependencies: ["passerelle-keeper", "passerelle-picture"],
            cSettings: [strictC], linkerSettings: [withoutSwift]),
        .target(
            name: "passerelle-picture", cSettings: [strictC],
            linkerSettings: [.linkedLibrary("png"), .linkedLibrary("z")]),
        .target(name: "passerelle-keeper", dependencies: ["CPDFKeeper"], cSettings: [strictC]),
        .executableTarget(
            name: "bench",
            dependencies: [
                "Access", "Vault", "Storage", .crypto, .hummingbird,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "bench/limits", swiftSettings: house),

        // Tests
        .target(
            name: "TestSupport",
            dependencies: [
                "Access", "Directory", "Documents", "Dispatches", "Delivery", "Demo", "Enrolment",
                "FHIRInterface", "HL7v2", "HTML", "Intake", "PDF",
                "Portal", "Storage", "Vault", .crypto, .hummingbird, .httpTypes, .jwt, .logging, .nioCore,
                .nioPosix,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            path: "Tests/TestSupport", swiftSettings: house),
        .testTarget(name: "HTMLTests", dependencies: ["HTML"], swiftSettings: house),
        .testTarget(name: "FHIRTests", dependencies: ["FHIR"], swiftSettings: house),
        .testTarget(
            name: "HL7v2Tests", dependencies: ["HL7v2"], exclude: ["Examples"], swiftSettings: house),
        .testTarget(name: "ExportsTests", dependencies: ["Exports"], swiftSettings: house),
        .testTarget(name: "PDFTests", dependencies: ["PDF", "passerelle-picture"], swiftSettings: house),
        .testTarget(name: "StorageTests", dependencies: ["Storage"], swiftSettings: house),
        .testTarget(
            name: "VaultTests", dependencies: ["TestSupport", "Vault", .crypto, .nioCore],
            swiftSettings: house),
        .testTarget(
            name: "BackupTests",
            dependencies: [
                "Access", "Backup", "Demo", "Dispatches", "Documents", "Storage", "TestSupport", "Vault",
            ], swiftSettings: house),
        .testTarget(
            name: "AccessTests",
            dependencies: [
                "Access", "Demo", "Directory", "Dispatches", "Documents", "Storage", "TestSupport", "Vault",
                .crypto,
            ],
            swiftSettings: house),
        .testTarget(
            name: "DirectoryTests",
            dependencies: ["Access", "Delivery", "Demo", "Directory", "Documents", "Storage", "TestSupport"],
            swiftSettings: house),
        .testTarget(
            name: "EnrolmentTests",
            dependencies: [
                "Access", "Demo", "Directory", "Documents", "Enrolment", "Storage", "TestSupport", "Vault",
            ], swiftSettings: house),
        .testTarget(
            name: "DispatchesTests",
            dependencies: [
                "Access", "Delivery", "Demo", "Directory", "Dispatches", "Documents", "Enrolment", "PDF",
                "Storage", "TestSupport", "Vault",
            ],
            swiftSettings: house),
        .testTarget(
            name: "DeliveryTests",
            dependencies: [
                "Access", "Delivery", "Demo", "Dispatches", "Documents", "Storage", "TestSupport", .crypto,
                .logging,
            ], swiftSettings: house),
        .testTarget(
            name: "FHIRInterfaceTests",
            dependencies: [
                "Access", "Delivery", "Demo", "Directory", "Dispatches", "Documents", "FHIR", "FHIRInterface",
                "Portal", "Storage", "TestSupport", .crypto, .hummingbird, .httpTypes, .jwt, .logging,
                .nioCore,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "IdentityTests",
            dependencies: [
                "Access", "CCurl", "Curl", "FHIR", "Identity", "TestSupport", .crypto, .hummingbird,
                .httpTypes, .jwt,
                .nioCore,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "PortalTests",
            dependencies: [
                "Access", "Delivery", "Demo", "Directory", "Dispatches", "Documents", "Enrolment", "HTML",
                "Portal", "Storage",
                "TestSupport", .hummingbird, .hummingbirdCore, .httpTypes, .logging, .nioCore, .nioPosix,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "IntakeTests",
            dependencies: [
                "Access", "Demo", "Directory", "Dispatches", "Documents", "HL7v2", "Intake", "Storage",
                "TestSupport", .nioCore, .nioSSL, .nioTLS,
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "JourneyTests",
            dependencies: [
                "Access", "Delivery", "Demo", "Directory", "Dispatches", "Documents", "Enrolment", "HL7v2",
                "Identity",
                "Intake", "Portal",
                "Storage", "TestSupport", .crypto, .hummingbird, .httpTypes, .logging, .nioCore,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: house),
        .testTarget(name: "TidyTests", swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
