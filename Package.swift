// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same rules; a warning is an error.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// How `tasks` is linked as it is installed: with all its libraries in it (docs/decisions/2026-11-21-static-executable.md).
///
/// A package of a distribution may set `TASKS_SHARED=1`. `tasks-ssh` is never linked so: the C library's way from names to
/// addresses has parts that are loaded while it runs.
let linking: [LinkerSetting] =
  Context.environment["TASKS_SHARED"] == "1"
  ? [] : [.unsafeFlags(["-static-executable"], .when(configuration: .release))]

/// The layers, lowest first.
///
/// A target may import only what stands in its dependencies. The build checks it with
/// `--explicit-target-dependency-import-check error`.
let package = Package(
  name: "tasks",
  products: [
    .executable(name: "tasks", targets: ["tasks"]),
    .executable(name: "tasks-ssh", targets: ["tasks-ssh"]),
    .executable(name: "tasks-serve", targets: ["tasks-serve"]),
    // For tests alone: it is preloaded.
    .library(name: "FakeClock", type: .dynamic, targets: ["CFakeClock"]),
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CSSH2", pkgConfig: "libssh2", providers: [.apt(["libssh2-1-dev"])]),
    .systemLibrary(
      name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(name: "CLinux"),
    .target(name: "TasksModel", swiftSettings: settings),
    .target(name: "TasksText", swiftSettings: settings),
    .target(name: "TasksArguments", swiftSettings: settings),
    .target(name: "TasksFiles", dependencies: ["CLinux"], swiftSettings: settings),
    .target(name: "TasksRemote", dependencies: ["TasksFiles"], swiftSettings: settings),
    .target(name: "TasksSSH", dependencies: ["TasksFiles", "CSSH2"], swiftSettings: settings),
    .target(name: "TasksExchange", dependencies: ["TasksModel"], swiftSettings: settings),
    .target(
      name: "TasksFormat", dependencies: ["TasksModel", "TasksFiles", "CZstd", "CSodium"],
      swiftSettings: settings),
    .target(
      name: "TasksStore", dependencies: ["TasksModel", "TasksFiles", "TasksFormat", "CSQLite"],
      swiftSettings: settings),
    .target(
      name: "TasksSync",
      dependencies: ["TasksModel", "TasksFiles", "TasksFormat", "TasksStore", "TasksRemote"],
      swiftSettings: settings),
    .target(
      name: "TasksProgram",
      dependencies: [
        "TasksModel", "TasksText", "TasksArguments", "TasksFiles", "TasksFormat", "TasksStore",
        "TasksRemote", "TasksSync",
      ],
      swiftSettings: settings),
    .target(
      name: "TasksCLI",
      dependencies: [
        "TasksModel", "TasksText", "TasksArguments", "TasksFiles", "TasksExchange", "TasksFormat",
        "TasksStore", "TasksRemote", "TasksSync", "TasksProgram",
      ],
      swiftSettings: settings),
    .target(
      name: "TasksServer",
      dependencies: [
        "TasksModel", "TasksArguments", "TasksFiles", "TasksFormat", "TasksStore", "TasksRemote",
        "TasksSync", "TasksProgram", "CMicroHTTPD",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "tasks", dependencies: ["TasksCLI"], swiftSettings: settings, linkerSettings: linking),
    .executableTarget(name: "tasks-ssh", dependencies: ["TasksSSH"], swiftSettings: settings),
    .executableTarget(name: "tasks-serve", dependencies: ["TasksServer"], swiftSettings: settings),
    .executableTarget(
      name: "tasks-docs", dependencies: ["TasksCLI", "TasksArguments", "TasksFiles"],
      swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["TasksModel"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .target(
      name: "MergeSupport", dependencies: ["TasksModel", "TasksFormat", "TasksStore"],
      path: "Tests/MergeSupport", swiftSettings: settings),
    .target(
      name: "RemoteSupport", dependencies: ["TasksRemote"], path: "Tests/RemoteSupport",
      swiftSettings: settings),
    .target(name: "CFakeClock", path: "Tests/CFakeClock"),
    .target(name: "SSHSupport", path: "Tests/SSHSupport", swiftSettings: settings),
    .testTarget(
      name: "TasksArgumentsTests", dependencies: ["TasksArguments"], swiftSettings: settings),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "tasks", "tasks-serve", "tasks-ssh", "TasksCLI", "TasksArguments", "TestSupport",
        "SSHSupport",
      ],
      exclude: ["Snapshots"], swiftSettings: settings),
    .testTarget(
      name: "TasksStoreTests",
      dependencies: [
        "TasksStore", "TasksFormat", "TasksModel", "TasksFiles", "TestSupport", "MergeSupport",
      ], swiftSettings: settings),
    .testTarget(
      name: "TasksSyncTests",
      dependencies: [
        "TasksSync", "TasksStore", "TasksRemote", "TasksFormat", "TasksModel", "TasksFiles",
        "RemoteSupport", "TestSupport", "MergeSupport",
      ], swiftSettings: settings),
    .testTarget(
      name: "TasksExchangeTests", dependencies: ["TasksExchange", "TasksModel", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TasksRemoteTests",
      dependencies: [
        "TasksRemote", "TasksFiles", "RemoteSupport", "SSHSupport", "tasks-ssh", "TestSupport",
      ],
      exclude: ["Support/strange-server.py"], swiftSettings: settings),
    .testTarget(
      name: "TasksSSHTests",
      dependencies: [
        "TasksSSH", "TasksRemote", "TasksFiles", "SSHSupport", "TestSupport", "tasks-ssh",
      ],
      exclude: ["Support/far-away.py", "Support/on-terminal.py"], swiftSettings: settings),
    .testTarget(
      name: "TasksFormatTests",
      dependencies: ["TasksFormat", "TasksModel", "TasksFiles", "CZstd", "TestSupport"],
      exclude: ["Support/open-sealed.py"], swiftSettings: settings),
    .testTarget(
      name: "TasksModelTests", dependencies: ["TasksModel", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "TasksServerTests",
      dependencies: [
        "TasksServer", "TasksProgram", "TasksArguments", "TasksStore", "TasksModel", "TasksFiles",
        "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(name: "TasksTextTests", dependencies: ["TasksText"], swiftSettings: settings),
  ]
)

/// `make fuzz` sets this: libFuzzer brings its own `main`, so the target builds only under its sanitizer.
if Context.environment["TASKS_FUZZ"] == "1" {
  package.targets.append(
    .executableTarget(
      name: "fuzz-format", dependencies: ["TasksFormat", "TasksModel", "CZstd"],
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]))
}
