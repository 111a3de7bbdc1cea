/// The moment a command runs at and the zone it runs in, taken once so that all of it agrees on what today is.
package struct Clock: Sendable {
  package let now: Instant
  package let zone: Zone
  package let today: CivilDate

  package init(now: Instant, zone: Zone) {
    self.now = now
    self.zone = zone
    today = zone.civil(of: now).date
  }
}
