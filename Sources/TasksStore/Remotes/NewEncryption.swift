/// What an encrypted remote will be made of.
package struct NewEncryption: Sendable {
  package let settings: [UInt8]
  package let secret: [UInt8]
  package let slot: (name: String, content: [UInt8])

  package init(settings: [UInt8], secret: [UInt8], slot: (name: String, content: [UInt8])) {
    self.settings = settings
    self.secret = secret
    self.slot = slot
  }
}
