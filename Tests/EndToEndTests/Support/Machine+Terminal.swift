import Glibc

extension Machine {
  /// Runs the program on a terminal of that size and returns all that appeared there, as text with line feeds.
  ///
  /// - Parameters:
  ///   - typing: what the person types at once; the terminal shows it too.
  ///   - answers: questions, and what the person answers once each of them is there.
  func terminal(
    _ words: String..., columns: Int = 80, rows: Int = 24, typing: String = "",
    with changes: [String: String?] = [:]
  ) throws -> Outcome {
    try terminal(words, columns: columns, rows: rows, typing: typing, with: changes)
  }

  func terminal(
    _ words: [String], program: String = Machine.program, columns: Int = 80, rows: Int = 24,
    typing: String = "", with changes: [String: String?] = [:],
    answering answers: [(String, String)] = []
  ) throws -> Outcome {
    let variables = environment(["TERM": "xterm-256color"].merging(changes) { $1 })
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    defer { close(master) }
    // unlockpt and ptsname, which Swift does not see: TIOCSPTLCK and TIOCGPTN.
    var (lock, number): (Int32, UInt32) = (0, 0)
    _ = ioctl(master, 0x4004_5431, &lock)
    _ = ioctl(master, 0x8004_5430, &number)
    let end = "/dev/pts/\(number)"
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)

    let process = try Spawn.run(
      ([program] + words).map { Array($0.utf8) }, environment: variables,
      directory: home, isSession: true
    ) {
      // The first terminal that a new session opens is its own.
      posix_spawn_file_actions_addopen(&$0, 0, end, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&$0, 0, 1)
      posix_spawn_file_actions_adddup2(&$0, 0, 2)
    }
    let typed = Array(typing.utf8)
    _ = typed.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
    let shown = Machine.everything(from: master, answering: answers, within: 20)
    let status = Spawn.status(of: process, within: 1)
    // The terminal makes a return and a line feed of each line feed.
    let text = String(decoding: shown, as: UTF8.self).replacing("\r\n", with: "\n")
    return Outcome(status: status, bytes: Array(text.utf8), errorBytes: [])
  }

  /// Reads until nobody has the other end open any more, and answers questions.
  private static func everything(
    from descriptor: Int32, answering answers: [(String, String)], within seconds: Int
  ) -> [UInt8] {
    var content: [UInt8] = []
    var answers = answers[...]
    var answered = 0
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&request, 1, Int32(seconds * 1000)) > 0 {
      let count = read(descriptor, &piece, piece.count)
      guard count > 0 else { break }
      content += piece[..<count]
      guard let (question, answer) = answers.first,
        content[answered...].firstRange(of: Array(question.utf8)) != nil
      else { continue }
      // The program makes the terminal silent first, and asks then: what was typed before is lost.
      answered = content.count
      answers.removeFirst()
      let typed = Array(answer.utf8)
      _ = typed.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
    return content
  }
}
