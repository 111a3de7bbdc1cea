import Synchronization

/// All connections there are.
final class HTTPConnections: Sendable {
  private struct State {
    var all: [Int32: HTTPConnection] = [:]
    var ofOneAddress: [String: Int] = [:]

    mutating func remove(_ descriptor: Int32) {
      guard let connection = all.removeValue(forKey: descriptor) else { return }
      guard case .tcp(let host, _) = connection.peer, let count = ofOneAddress[host] else { return }
      ofOneAddress[host] = count > 1 ? count - 1 : nil
    }
  }

  private let state = Mutex(State())

  var isEmpty: Bool { state.withLock { $0.all.isEmpty } }
  var all: [HTTPConnection] { state.withLock { Array($0.all.values) } }

  /// Adds one; false if there are too many.
  ///
  /// If the library could not take one that was added, it closed the descriptor and did not say so. Then another has that
  /// number now, and takes its place.
  func add(_ connection: HTTPConnection, limits: HTTPLimits) -> Bool {
    state.withLock { state in
      state.remove(connection.descriptor)
      guard state.all.count < limits.connections else { return false }
      if case .tcp(let host, _) = connection.peer {
        let count = state.ofOneAddress[host] ?? 0
        guard count < limits.connectionsOfOneAddress else { return false }
        state.ofOneAddress[host] = count + 1
      }
      state.all[connection.descriptor] = connection
      return true
    }
  }

  subscript(descriptor: Int32) -> HTTPConnection? { state.withLock { $0.all[descriptor] } }

  func remove(_ connection: HTTPConnection) {
    state.withLock { state in
      if state.all[connection.descriptor] === connection { state.remove(connection.descriptor) }
    }
  }
}
