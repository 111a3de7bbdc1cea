import Glibc
import TasksFiles
import TasksProgram
import TasksRemote

/// Names and addresses of remotes, as people type them.
enum RemoteWords {
  /// An address as it is kept: a folder with its whole path.
  static func url(_ text: String) throws -> String {
    let address: RemoteAddress
    do throws(RemoteAddressError) {
      address = try RemoteAddress(text)
    } catch {
      throw Failure(error, of: text)
    }
    guard case .folder(let path) = address else { return text }
    guard path.utf8.first != UInt8(ascii: "/") else {
      return path == text ? tidied(path) : text
    }
    guard let here = getcwd(nil, 0) else { return text }
    defer { free(here) }
    return tidied(Paths.join(String(cString: here), path))
  }

  /// A whole path without what says nothing: `//`, `/./`, a slash at its end.
  ///
  /// `..` stays, as what it means depends on links.
  private static func tidied(_ path: String) -> String {
    "/"
      + path.utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
      .map { String(Substring($0)) }.joined(separator: "/")
  }

  /// Refuses a folder inside that of the tasks, which a remote is to outlive.
  static func requireOutside(_ store: String, _ url: String) throws {
    guard case .folder(let folder) = try? RemoteAddress(url) else { return }
    let path = tidied(folder)
    let store = try self.url(store.contains("/") ? store : "./" + store)
    guard path == store || path.hasPrefix(Paths.join(store, "")) else { return }
    throw Failure.usage(
      "\(path) is where the tasks themselves are",
      hint: "a remote is somewhere else: on a stick, on another disk, on a server")
  }

  /// A name that can be typed without quotes and stands in no address.
  static func name(_ text: String) throws -> String {
    let isName =
      (1...40).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "-")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
      }
    guard isName else {
      throw Failure.usage(
        "'\(text)' is no name for a remote",
        hint: "letters, digits, '-', '.' and '_', for example nas")
    }
    return text
  }
}
