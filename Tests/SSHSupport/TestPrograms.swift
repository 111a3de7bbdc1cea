import Foundation

/// Programs that were built together with the tests.
package enum TestPrograms {
  /// Where one is: in the folder of the tests themselves.
  package static func file(_ name: String) -> String {
    let bundles = Bundle.allBundles.map(\.bundlePath).filter { $0.hasSuffix(".xctest") }
    let tests = bundles.first ?? CommandLine.arguments[0]
    return URL(filePath: tests).deletingLastPathComponent().appending(path: name).path
  }
}
