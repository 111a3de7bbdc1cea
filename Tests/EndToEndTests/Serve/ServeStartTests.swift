import Foundation
import Glibc
import Testing

/// How `tasks serve` starts, whom it lets in, and how it ends.
@Suite struct ServeStartTests {
  // MARK: - Starting and ending

  @Test func theGreetingHasACallThatWorks() throws {
    // The paths in it have to be quoted.
    let machine = try Machine()
    let store = "\(machine.home)/ann's tasks"
    let server = try RunningServer(
      on: machine, ["--store", store] + RunningServer.usual)
    let call = try #require(server.greeting.components(separatedBy: " Try: ").last)
    #expect(call.hasPrefix("curl "))
    for shell in ["/bin/sh", "/bin/bash"] {
      #expect(try machine.shell(call + " -sS", shell: shell).succeeded().output == "[]")
    }
    server.stop()
    #expect(server.program.output == server.greeting + "\n")
  }

  @Test func aSocketInAFolderWillDo() throws {
    let machine = try Machine()
    let path = "\(machine.home)/a socket"
    let server = try RunningServer(
      on: machine, ["--listen", "unix:\(path)", "--sync-every", "none"])
    #expect(server.greeting.contains("unix:\(path)"))
    let call = try #require(server.greeting.components(separatedBy: " Try: ").last)
    #expect(try machine.shell(call + " -sS").succeeded().output == "[]")
    // Any name will do there.
    let answer = try server.curl(["--unix-socket", path], "http://anything/health")
    answer.expect(200)
    server.stop()
    // One that a crash left behind is in nobody's way.
    try server.restart()
    server.program.kill()
    #expect(Machine.isThere(path))
    try server.restart()
    #expect(try machine.shell(call + " -sS").succeeded().output == "[]")
    server.stop()
  }

  @Test func aTakenPortIsSaidSo() throws {
    let server = try RunningServer()
    try Machine().run("serve", "--listen", "127.0.0.1:\(server.port)").failed(
      1, "somebody listens at 127.0.0.1:\(server.port) already",
      hint: "if it is not another tasks serve, choose another port: --listen 127.0.0.1:0")
    server.stop()
  }

  @Test func thePortOfTheEnvironmentIsUsed() throws {
    let server = try RunningServer(["--rate", "none"], with: ["PORT": "0"])
    #expect(server.port > 0 && server.port != 7420)
    server.stop()
    try Machine().run("serve", with: ["PORT": "http"]).failed(
      2, "PORT is 'http'", hint: "it takes a number from 0 to 65535")
    // What was said comes before.
    let other = try RunningServer(with: ["PORT": "http"])
    other.stop()
  }

  @Test(arguments: [
    (["--listen", "7420"], "'7420' is no address to listen at"),
    (
      ["--no-auth", "--listen", "0.0.0.0:0", "--host", "a"],
      "without a token it listens on this machine only"
    ),
    (
      ["--listen", "0.0.0.0:0"],
      "0.0.0.0:0 can be reached from other machines, and --host is missing"
    ),
    (["--no-auth", "--token-file", "t"], "--no-auth and --token-file exclude each other"),
    (["--rate", "0/s"], "'0/s' is no rate"), (["--max-body", "1"], "'1' is no size"),
    (["--max-body", "9223372036854775807MB"], "'9223372036854775807MB' is no size"),
    (["--sync-every", "5"], "'5' is no time"),
    (["--origin", "example.org"], "'example.org' is no origin"),
  ])
  func wordsThatMakeNoSense(words: [String], message: String) throws {
    try Machine().run(["serve"] + words).failed(2, message)
  }

  @Test(arguments: ["0", "x", "-1"])
  func aBatchSizeThatIsNone(text: String) throws {
    let outcome = try Machine().run(
      "serve", "--listen", "127.0.0.1:0", with: ["TASKS_BATCH_SIZE": text])
    outcome.failed(2, "TASKS_BATCH_SIZE is '\(text)'")
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func itEndsWhenItIsTold(signal: Int32) throws {
    let server = try RunningServer()
    let follower = try server.events()
    server.program.send(signal)
    #expect(server.program.end() == 0)
    #expect(follower.hasEnded)
    #expect(server.log.contains(" ending\n"))
  }

  @Test func beyondThisMachineItSaysSo() throws {
    let server = try RunningServer(["--listen", "0.0.0.0:0", "--host", "tasks.example.org"])
    #expect(server.log.contains("a proxy in front must add TLS"))
    let words = ["-H", "Authorization: Bearer \(server.token)"]
    try server.curl(words, "/api/tasks").expect(403)
    try server.curl(words + ["-H", "Host: tasks.example.org"], "/api/tasks").expect(200)
    server.stop()
  }

  // MARK: - The token

  @Test func theTokenIsMadeOnceAndForItsOwnerOnly() throws {
    let server = try RunningServer()
    let token = server.token
    #expect(token.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    var info = stat()
    #expect(stat(server.tokenFile, &info) == 0 && info.st_mode & 0o777 == 0o600)
    server.stop()
    try server.restart()
    #expect(server.token == token)
    server.stop()
    #expect(try RunningServer().token != token)
  }

  @Test func aTokenThatOthersMayReadIsRefused() throws {
    let machine = try Machine()
    let file = try machine.file("token", "0123456789abcdef\n", mode: 0o640)
    let words = ["serve", "--listen", "127.0.0.1:0", "--token-file", file]
    try machine.run(words).failed(
      1, "not using the token in \(file): other users may read it", hint: "chmod 600 \(file)")
    try machine.file("token", "short\n", mode: 0o600)
    try machine.run(words).failed(1, "\(file) holds no token")
  }

  @Test func whoDoesNotSendItIsNotLetIn() throws {
    let server = try RunningServer()
    for path in ["/", "/health", "/openapi.json"] { try server.curl([], path).expect(200) }
    let paths = [
      "/api/tasks", "/api/tasks/6f2a1c9e-0b57-4d3a-9c41-2a5d8e7f1b60", "/api/sync/status",
      "/api/events", "/api/nothing", "/nothing",
    ]
    for path in paths {
      let answer = try server.curl([], path).expect(401)
      #expect(answer.field("WWW-Authenticate") == "Bearer")
      for wrong in [
        "Bearer \(server.token)0", "Bearer \(server.token.dropLast())", "Bearer ", "Bearer",
        server.token, "Basic \(server.token)", "Bearer  \(server.token)",
      ] {
        try server.curl(["-H", "Authorization: \(wrong)"], path).expect(401)
      }
    }
    try server.curl(
      ["-X", "POST", "-H", "Content-Type: application/json", "-d", "{\"title\":\"x\"}"],
      "/api/tasks"
    ).expect(401)
    #expect(try server.get("/api/tasks").expect(200).text == "[]")
    try server.get("/nothing").expect(404)
    // What nobody may know is not in the log either.
    #expect(!server.log.contains(server.token))
    server.stop()
  }

  @Test func withoutATokenNoneIsAskedForNorMade() throws {
    let server = try RunningServer(RunningServer.usual + ["--no-auth"])
    try server.curl([], "/api/tasks").expect(200)
    #expect(!Machine.isThere(server.tokenFile))
    // And the description says so.
    let document = try server.curl([], "/openapi.json").expect(200).object()
    #expect(document["security"] == nil)
    let components = try #require(document["components"] as? [String: Any])
    #expect(components["securitySchemes"] == nil)
    server.stop()
  }

  // MARK: - Where from

  @Test func pagesOfOthersMayNotAsk() throws {
    let server = try RunningServer(
      RunningServer.usual + ["--origin", "https://app.example.org", "--host", "tasks.local"])
    let token = "Authorization: Bearer \(server.token)"
    func status(_ fields: String...) throws -> Int {
      try server.curl(fields.flatMap { ["-H", $0] } + ["-H", token], "/api/tasks").status
    }
    for host in [
      "127.0.0.1:\(server.port)", "localhost:\(server.port)", "LOCALHOST", "tasks.local",
    ] {
      #expect(try status("Host: \(host)") == 200, "\(host)")
    }
    for host in ["evil.example.org", "127.0.0.1.evil.org", "127.0.0.1:1", "tasks.local:1"] {
      #expect(try status("Host: \(host)") == 403, "\(host)")
    }
    for origin in ["https://app.example.org", "http://127.0.0.1:\(server.port)"] {
      #expect(try status("Origin: \(origin)") == 200, "\(origin)")
    }
    for origin in [
      "https://evil.org", "null", "http://app.example.org", "https://app.example.org.evil.org",
    ] {
      #expect(try status("Origin: \(origin)") == 403, "\(origin)")
    }
    // Also where no token is needed.
    try server.curl(["-H", "Host: evil.example.org"], "/openapi.json").expect(403)
    server.stop()
  }

  /// What browsers ask before they let a page of another place read and write.
  @Test func pagesThatMayAskAreToldWhatTheyMay() throws {
    let origin = "https://app.example.org"
    let server = try RunningServer(RunningServer.usual + ["--origin", origin])
    // Nobody sends a token with this question.
    let asked = try server.curl(
      [
        "-X", "OPTIONS", "-H", "Origin: \(origin)", "-H", "Access-Control-Request-Method: PATCH",
        "-H", "Access-Control-Request-Headers: authorization,content-type,if-match",
      ], "/api/tasks/\(UUID().uuidString)"
    ).expect(204)
    #expect(asked.field("Access-Control-Allow-Origin") == origin)
    let methods = try #require(asked.field("Access-Control-Allow-Methods"))
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] { #expect(methods.contains(method)) }
    let fields = try #require(asked.field("Access-Control-Allow-Headers"))
    for field in ["Authorization", "Content-Type", "If-Match", "Last-Event-ID"] {
      #expect(fields.contains(field))
    }

    let answer = try server.ask("GET", "/api/tasks", nil, "Origin: \(origin)").expect(200)
    #expect(answer.field("Access-Control-Allow-Origin") == origin)
    #expect(answer.field("Vary") == "Origin")
    #expect(answer.field("Access-Control-Expose-Headers")?.contains("ETag") == true)
    // A page reads errors, too.
    let refused = try server.curl(["-H", "Origin: \(origin)"], "/api/tasks").expect(401)
    #expect(refused.field("Access-Control-Allow-Origin") == origin)
    // Others are told nothing.
    #expect(try server.get("/api/tasks").field("Access-Control-Allow-Origin") == nil)
    let other = try server.ask("GET", "/api/tasks", nil, "Origin: https://evil.org").expect(403)
    #expect(other.field("Access-Control-Allow-Origin") == nil)
    server.stop()
  }

  // MARK: - Bounds

  @Test func whoAsksTooOftenHasToWait() throws {
    let server = try RunningServer(["--listen", "127.0.0.1:0", "--rate", "2/s"])
    var statuses: [Int] = []
    for _ in 1...12 { statuses.append(try server.get("/api/tasks").status) }
    #expect(statuses.prefix(4).allSatisfy { $0 == 200 })
    #expect(statuses.contains(429))
    let connection = try RawConnection(port: server.port)
    var wait: Int?
    for _ in 1...5 where wait == nil {
      connection.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
      let answer = try #require(connection.answer())
      if answer.status == 429 {
        wait = (answer.head.firstMatch(of: /Retry-After: (\d+)/)?.1).flatMap { Int($0) }
        #expect(answer.head.contains("X-Sync-Status: "))
        #expect(answer.head.contains("X-Request-Id: "))
      }
    }
    let seconds = try #require(wait)
    #expect((1...2).contains(seconds))
    sleep(UInt32(seconds))
    try server.get("/health").expect(200)
    server.stop()
  }

  @Test func aBodyThatIsTooLongIsRefused() throws {
    let server = try RunningServer(RunningServer.usual + ["--max-body", "10KB"])
    let long = String(repeating: "x", count: 10_000)
    try server.ask("POST", "/api/tasks", ["title": long]).expect(413)
    try server.ask("POST", "/api/tasks", ["title": long], "Transfer-Encoding: chunked").expect(413)
    try server.ask("POST", "/api/tasks", ["title": long], "Expect: 100-continue").expect(413)
    try server.ask("POST", "/api/tasks", ["title": String(long.prefix(300))]).expect(201)
    let usual = try RunningServer()
    try usual.ask("POST", "/api/tasks", ["title": String(repeating: "x", count: 1_000_000)])
      .expect(413)
    server.stop()
    usual.stop()
  }

  @Test func everyAnswerHasAnID() throws {
    let server = try RunningServer()
    let own = try server.ask("GET", "/api/tasks", nil, "X-Request-Id: mine-42").expect(200)
    #expect(own.field("X-Request-Id") == "mine-42")
    #expect(server.log.contains(" mine-42 GET /api/tasks 200 2 B "))
    let first = try server.get("/api/nothing").expect(404).field("X-Request-Id")
    let second = try server.get("/api/nothing").expect(404).field("X-Request-Id")
    #expect(first != second)
    try server.ask("DELETE", "/api/tasks").expect(405)
    #expect(try server.ask("DELETE", "/api/tasks").field("Allow") == "GET, HEAD, POST, OPTIONS")
    try server.ask("POST", "/api/tasks", "title=x", "Content-Type: text/plain").expect(415)
    try server.ask("GET", "/api/tasks", nil, "Accept: text/html").expect(406)
    try server.ask("POST", "/api/tasks", "{\"title\":").expect(400)
    server.stop()
  }

  @Test func theLogCanBeReadByPrograms() throws {
    let server = try RunningServer(RunningServer.usual + ["--log-format", "json"])
    try server.ask("GET", "/api/tasks?q=secret", nil, "X-Request-Id: mine").expect(200)
    server.stop()
    let lines = try server.log.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    let request = try #require(lines.first { $0["id"] as? String == "mine" })
    #expect(request["method"] as? String == "GET" && request["status"] as? Int == 200)
    #expect(request["path"] as? String == "/api/tasks" && request["bytes"] as? Int == 2)
    #expect(request["microseconds"] is Int && request["time"] is String)
    #expect(lines.last?["message"] as? String == "ending")
  }

  @Test func whatIsNoHTTPIsRefused() throws {
    let server = try RunningServer()
    let host = "Host: localhost\r\n"
    let token = "Authorization: Bearer \(server.token)\r\n"
    let bad: [(String, Int)] = [
      ("GET /health HTTP/1.1\r\n\r\n", 400), ("GET  /health HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET /health HTTP/1.1\r\n\(host)X : y\r\n\r\n", 400),
      ("GET /health HTTP/1.1\r\n\(host)X: \(String(repeating: "y", count: 20_000))\r\n\r\n", 431),
      (
        "POST /api/tasks HTTP/1.1\r\n\(host)\(token)Content-Type: application/json\r\n"
          + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", 400
      ),
      ("GET /health HTTP/1.1\r\n\(host)Expect: a miracle\r\n\r\n", 417),
    ]
    for (text, status) in bad {
      let connection = try RawConnection(port: server.port)
      connection.send(text)
      #expect(connection.answer()?.status == status, "\(text.prefix(100))")
    }
    // Two at once are answered in their order, also to one who says nothing more.
    let connection = try RawConnection(port: server.port)
    connection.send(
      "GET /health HTTP/1.1\r\n\(host)\r\nGET /nothing HTTP/1.1\r\n\(host)\(token)\r\n")
    connection.halfClose()
    #expect(connection.answer()?.status == 200)
    #expect(connection.answer()?.status == 404)
    // In chunks, and after being told to go on.
    let chunked = try RawConnection(port: server.port)
    chunked.send(
      "POST /api/tasks HTTP/1.1\r\n\(host)\(token)Content-Type: application/json\r\n"
        + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n")
    #expect(chunked.answer()?.status == 100)
    chunked.send("8\r\n{\"title\"\r\n7\r\n:\"one\"}\r\n0\r\n\r\n")
    #expect(chunked.answer()?.status == 201)
    server.stop()
  }
}
