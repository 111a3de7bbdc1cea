import TasksModel
import TasksRemote
import TasksSync
import Testing

/// How syncing failed, in a form that can be compared.
enum Failing: Equatable {
  case remote(RemoteError, attempts: Int)
  case lost(hasBundles: Bool)
  case nothingThere, noSettings, otherSettings, badSettings, locked, noKeys
  case newer(Int64)
  case clockAhead
  case other
}

/// The error that syncing ends in; nil if it succeeds.
func failing(_ body: () throws -> Void) throws -> Failing? {
  do {
    try body()
    return nil
  } catch let error as SyncError {
    switch error {
    case .remote(let error, _, let attempts): return .remote(error, attempts: attempts)
    case .nothingThere: return .nothingThere
    case .lost(let hasBundles): return .lost(hasBundles: hasBundles)
    case .noSettings: return .noSettings
    case .otherSettings: return .otherSettings
    case .badSettings: return .badSettings
    case .locked: return .locked
    case .noKeys: return .noKeys
    case .newer(let version): return .newer(version)
    case .clockAhead: return .clockAhead
    default: return .other
    }
  }
}

extension SyncReport.Skipped.Reason {
  var text: String { "\(self)" }
}
