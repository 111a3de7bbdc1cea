import Foundation
import TasksFormat
import TasksModel

/// A remote of a simulation: several places, one of which is there at a time.
final class Depot {
  let kind: Script.Kind
  let name: String
  /// What is there now; its path leads to one of the places.
  let place: Place
  private(set) var current = 0
  /// Every change that was ever there.
  var ever: Set<ChangeID> = []
  /// Whether something was sent to an encrypted remote that everybody can read.
  var isLeaked = false
  private var seen: Set<ChangeID>?
  private let root: String
  /// What is in files, by their paths; whoever changes a file forgets it.
  private var known: [String: (mark: [Int], changes: Set<ChangeID>)] = [:]

  /// Besides a stick there is another one, and the folder that one sees without any.
  static let places = 3

  init(_ kind: Script.Kind, name: String, in root: String) throws {
    self.kind = kind
    self.name = name
    self.root = root
    let coding: RemoteCoding = kind == .encrypted ? .encrypted(.random()) : .plain
    place = Place(path: "\(root)/\(name)", coding: coding)
    for number in 0..<Self.places {
      try FileManager.default.createDirectory(
        atPath: path(number), withIntermediateDirectories: true)
    }
    try mount(0)
  }

  private func path(_ number: Int) -> String { "\(root)/\(name)-\(number)" }

  /// How many places there are that anything was ever put to.
  var isSeveral: Bool { kind == .stick }

  func mount(_ number: Int) throws {
    seen = nil
    current = isSeveral ? number % Self.places : 0
    try? FileManager.default.removeItem(atPath: place.path)
    try FileManager.default.createSymbolicLink(
      atPath: place.path, withDestinationPath: path(current))
  }

  /// Whether anybody ever put anything to a place.
  func isUsed(_ number: Int) -> Bool {
    !((try? FileManager.default.contentsOfDirectory(atPath: path(number))) ?? []).isEmpty
  }

  /// What can be got there now, as it was when somebody looked.
  func changes() throws -> Set<ChangeID> {
    if let seen { return seen }
    return try look()
  }

  /// Looks what is there now.
  @discardableResult
  func look() throws -> Set<ChangeID> {
    let found = try changes(at: current)
    seen = found
    ever.formUnion(found)
    return found
  }

  /// What can be got at any of the places.
  func allChanges() throws -> Set<ChangeID> {
    try (0..<Self.places).reduce(into: []) { $0.formUnion(try changes(at: $1)) }
  }

  private func changes(at number: Int) throws -> Set<ChangeID> {
    let here = Place(path: path(number), coding: place.coding)
    var all: Set<ChangeID> = []
    for name in here.bundleNames() {
      let path = "\(here.bundles)/\(name)"
      let file = try FileManager.default.attributesOfItem(atPath: path)
      let mark = [FileAttributeKey.size, .systemFileNumber].map { file[$0] as? Int ?? 0 }
      if let known = known[path], known.mark == mark {
        all.formUnion(known.changes)
      } else {
        let found = Set(here.changes(in: name))
        known[path] = (mark, found)
        all.formUnion(found)
      }
    }
    return all
  }

  func suffer(_ harm: Harm) throws {
    known = [:]
    seen = nil
    let names = place.bundleNames()
    func file(_ pick: Int) -> String? { names.isEmpty ? nil : names[pick % names.count] }
    switch harm {
    case .cutOff(let pick, let count):
      if let name = file(pick) { try place.cutOff(name, after: count) }
    case .flip(let pick, let bit):
      if let name = file(pick) { try place.flip(name, at: bit) }
    case .delete(let pick):
      if let name = file(pick) { try place.remove(name) }
    case .put(let junk): try put(junk)
    case .empty: try place.empty()
    case .loseSettings: try? FileManager.default.removeItem(atPath: place.settings)
    }
  }

  /// Puts something there that is no bundle, whatever it looks like.
  private func put(_ junk: Int) throws {
    guard FileManager.default.fileExists(atPath: place.bundles) else { return }
    let text = "\(junk)"
    switch junk % 6 {
    case 0: try place.put([1], as: "desktop.ini")
    case 1: try place.put([], as: ".\(text)abcdefgh.part")
    case 2: try place.put([2], as: "notes (conflicted copy).tasks")
    case 3: try place.put([3], as: "..\u{1B}[31m-1-1.tasks")
    case 4:
      try place.put(
        [4],
        as: "0c00000000000000-\(junk + 1)-\(junk + 9)-0123456789abcdef-"
          + "00112233445566778899aabbccddeeff.tasks")
    default:
      if let name = place.bundleNames().first {
        try place.put(try place.content(name), as: name + ".damaged")
      }
    }
  }
}

extension Depot {
  /// Puts the file back that says what this is.
  func mend() throws {
    var settings = RemoteSettings.plain
    if case .encrypted(let key) = place.coding { settings = .encrypted(key.settings) }
    try Data(settings.bytes).write(to: URL(filePath: place.settings))
  }
}
