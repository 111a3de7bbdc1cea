import CMicroHTTPD
import Synchronization

/// The place where an answer and the connection that it is for find each other, whichever comes first.
final class HTTPPendingAnswer: Sendable {
  private enum State {
    /// Nobody has come.
    case open
    /// The connection waits, suspended.
    case suspended(LibraryConnection)
    case given(Result<HTTPResponse, HTTPFault>)
    /// The connection has got it; what comes now is too late.
    case taken
  }

  private let state = Mutex(State.open)

  /// Gives the answer, and wakes the connection if it waits.
  ///
  /// Only the first counts.
  func give(_ answer: Result<HTTPResponse, HTTPFault>) {
    state.withLock { state in
      switch state {
      case .open: state = .given(answer)
      case .suspended(let connection):
        state = .given(answer)
        connection.resume()
      case .given, .taken: break
      }
    }
  }

  /// The answer, if it has come.
  func take() -> Result<HTTPResponse, HTTPFault>? {
    state.withLock { state in
      guard case .given(let answer) = state else { return nil }
      state = .taken
      return answer
    }
  }

  /// The answer if it has come, else the connection is suspended until it comes.
  ///
  /// - Parameter isAbandoning: asked under the lock that `abandon` takes too, so none is suspended after it was called.
  func take(
    orSuspend connection: LibraryConnection, unless isAbandoning: () -> Bool
  ) -> Result<HTTPResponse, HTTPFault>? {
    state.withLock { state in
      switch state {
      case .given(let answer):
        state = .taken
        return answer
      case .open where isAbandoning():
        state = .taken
        return .failure(.stopping)
      case .open:
        connection.suspend()
        state = .suspended(connection)
        return nil
      case .suspended, .taken: return nil
      }
    }
  }

  /// Wakes a connection that waits: its answer is that the server is ending.
  func abandon() {
    state.withLock { state in
      guard case .suspended(let connection) = state else { return }
      state = .given(.failure(.stopping))
      connection.resume()
    }
  }
}
