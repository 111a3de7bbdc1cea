/// A file on its way to the server: written under another name, then renamed.
///
/// The rename is not asked for before all answers to what was written are here. In flight together, a write that failed
/// would be published.
final class OutgoingFile {
  enum State {
    case writing
    case naming(SFTPClient.Ticket)
    case named
    /// Something has the name already.
    case taken
    case failed(RemoteError)
  }

  let upload: Upload
  let path: String
  let part: String
  private(set) var state = State.writing
  /// The server's clock when it was begun, if it was asked for.
  private(set) var time: Int64?
  private let client: SFTPClient
  private let opening: SFTPClient.Ticket
  private var handle: [UInt8]?
  private var looking: SFTPClient.Ticket?
  private var timing: SFTPClient.Ticket?
  private var steps: [SFTPClient.Ticket] = []
  private(set) var isWritten = false
  /// How many bytes it has.
  private(set) var size = 0
  /// Where this file is in the conversation.
  ///
  /// Others do not wait for it.
  private(set) var turn: Int

  /// Asks for a new file.
  init(
    _ upload: Upload, in folder: String, owner: String, to client: SFTPClient
  ) throws(RemoteError) {
    self.upload = upload
    self.client = client
    turn = client.turn
    path = folder + "/" + upload.name.text
    part = folder + "/" + RemoteName.draft(of: owner)
    opening = try client.send(.open(part, .create))
  }

  /// Sends the content, without waiting for what becomes of it.
  func write(pieces length: Int, syncing: Bool, timing: Bool) throws(RemoteError) {
    isWritten = true
    let others = begin()
    defer { end(others) }
    switch try client.reply(opening) {
    case .handle(let handle): self.handle = handle
    case .status(let status): state = .failed(status.error(about: part))
    default: throw client.fail(.violation(.malformed(type: 0)))
    }
    guard let handle else { return }
    if timing { self.timing = try client.send(.statHandle(handle)) }
    // Not every server refuses to rename over something.
    looking = try client.send(.stat(path))
    guard let content = upload.content() else {
      steps.append(try client.send(.close(handle)))
      state = .failed(.unreadable(upload.name))
      return
    }
    size = content.count
    for offset in stride(from: 0, to: content.count, by: length) {
      let piece = content[offset..<min(offset + length, content.count)]
      steps.append(try client.send(.write(handle, offset: offset, piece)))
    }
    if syncing { steps.append(try client.send(.sync(handle))) }
    steps.append(try client.send(.close(handle)))
  }

  /// The server's clock when the file was made, after `write` asked for it.
  func clock() throws(RemoteError) -> Int64? {
    if let timing, case .attributes(let attributes) = try client.reply(timing) {
      time = attributes.modified
    }
    timing = nil
    return time
  }

  /// Asks anew whether something has the name: what had it was taken away.
  func lookAgain() throws(RemoteError) {
    guard case .writing = state, let looking else { return }
    client.forget(looking)
    self.looking = try client.send(.stat(path))
  }

  /// Whether `name` would not have to wait.
  var isAnswered: Bool {
    guard isWritten, case .writing = state else { return false }
    return ([looking, timing].compactMap(\.self) + steps).allSatisfy(client.isAnswered)
  }

  /// Waits until it is written, and asks for it to have its name.
  func name() throws(RemoteError) {
    guard case .writing = state else { return }
    let others = begin()
    defer { end(others) }
    _ = try clock()
    var failure: RemoteError?
    for step in steps {
      let status = try client.status(step)
      // A server may say that it has fsync and not have it for this file system.
      if !status.isOK, status.code != SFTPStatus.unsupported {
        failure = failure ?? status.error(about: part)
      }
    }
    steps = []
    if let failure {
      state = .failed(failure)
    } else if let looking, case .attributes = try client.reply(looking) {
      state = .taken
    } else {
      state = .naming(try client.send(.rename(part, path)))
    }
    looking = nil
  }

  /// Waits until it has its name, or cannot have it.
  func settle() throws(RemoteError) {
    guard case .naming(let ticket) = state else { return }
    let others = begin()
    defer { end(others) }
    let status = try client.status(ticket)
    // Version 3 has no code for a name that is taken: whoever asked looks what is there.
    state = status.isOK ? .named : .taken
    renamed = status
  }

  /// What the server said to the renaming, if that is how far it got.
  private(set) var renamed: SFTPStatus?

  private func begin() -> Int {
    defer { client.turn = turn }
    return client.turn
  }

  private func end(_ others: Int) {
    turn = client.turn
    client.turn = others
  }

  /// Removes what was written.
  ///
  /// Its content may be on its way.
  func discard() throws(RemoteError) {
    if !isWritten {
      if case .handle(let opened) = try client.reply(opening) {
        client.forget(try client.send(.close(opened)))
      }
      isWritten = true
    }
    for step in [looking, timing].compactMap(\.self) + steps { client.forget(step) }
    client.forget(try client.send(.remove(part)))
  }
}
