import Glibc

/// A variable that a run of the tests was given.
func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
