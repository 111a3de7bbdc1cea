/// What a task is due on or waits for: a day, wherever one is, or a moment.
package enum Moment: Hashable, Sendable {
  case date(CivilDate)
  case instant(Instant)

  /// The last millisecond in time: a date is due at its end, in the zone of whoever looks.
  package func deadline(in zone: Zone) -> Instant {
    switch self {
    case .date(let date): zone.endOfDay(date)
    case .instant(let instant): instant
    }
  }

  /// The day in a zone.
  package func date(in zone: Zone) -> CivilDate {
    switch self {
    case .date(let date): date
    case .instant(let instant): zone.civil(of: instant).date
    }
  }
}

extension Moment: CustomStringConvertible {
  /// `2025-11-21` or `2025-11-21T12:34:56.789Z`: how it is stored, sent and given to programs.
  package var text: String {
    switch self {
    case .date(let date): date.description
    case .instant(let instant): instant.description
    }
  }

  package var description: String { text }

  /// Reads exactly what `text` writes, so that a moment has one text only.
  package init?(text: String) {
    if let date = CivilDate(iso: text) {
      self = .date(date)
    } else if text.utf8.count == 24, text.utf8.last == UInt8(ascii: "Z"),
      let instant = Instant(iso: text)
    {
      self = .instant(instant)
    } else {
      return nil
    }
  }
}

extension Moment {
  /// The instant at which it begins: a date at its first moment, in the zone of whoever looks.
  package func start(in zone: Zone) -> Instant {
    switch self {
    case .date(let date): zone.startOfDay(date)
    case .instant(let instant): instant
    }
  }
}
