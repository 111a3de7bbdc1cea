import MergeSupport

extension Script {
  /// Scripts that failed once, shrunk; a failing test prints the next one.
  static let kept: [Script] = []
}
