import TasksModel
import Testing

@Suite struct TextMergeTests {
  private func merge(_ base: String, _ ours: String, _ theirs: String) -> TextMerge {
    TextMerge(base: base, ours: ours, theirs: theirs, names: ("A", "B"))
  }

  @Test(arguments: [
    // A list of lines.
    ("milk\neggs\nbread", "oats\neggs\nbread", "milk\neggs\nrye", "oats\neggs\nrye"),
    ("milk\neggs\nbread", "eggs\nbread", "milk\neggs\nbread\nham", "eggs\nbread\nham"),
    ("milk\neggs\nbread", "milk\nbread", "tea\nmilk\neggs\nbread", "tea\nmilk\nbread"),
    ("a\nb\nc\nd", "c\nd\na\nb", "a\nb\nc\nd", "c\nd\na\nb"),
    // Lines next to each other, by their words.
    (
      "- [ ] milk\n- [ ] eggs", "- [x] milk\n- [ ] eggs", "- [ ] milk\n- [x] eggs",
      "- [x] milk\n- [x] eggs"
    ),
    ("milk\neggs", "milk\neggs\nham", "milk\nsix eggs", "milk\nsix eggs\nham"),
    // A paragraph.
    (
      "We meet on Friday at the station and take the train to Bern.",
      "We meet on Monday at the station and take the train to Bern.",
      "We meet on Friday at the station and take the bus to Bern.",
      "We meet on Monday at the station and take the bus to Bern."
    ),
    (
      "Call Bob about the car.", "Call Bob today about the car.", "Please call Bob about the car.",
      "Please call Bob today about the car."
    ),
    ("one two three four five", "two three four five", "one two three four", "two three four"),
    ("one  two\tthree", "one two\tthree", "one  two\tthree four", "one two\tthree four"),
    (
      "First part.\n\nSecond part.", "First part.\n\nSecond part, longer.",
      "The first part.\n\nSecond part.",
      "The first part.\n\nSecond part, longer."
    ),
    // As many words go as come, which leaves every space where it is.
    (
      "bring bread home before it rains please", "bring some of the bread home please",
      "bring bread quickly home before it rains please",
      "bring some of the bread quickly home please"
    ),
    // The same on both sides.
    (
      "teh cat sat on the mat", "the cat sat on the mat", "the cat sat on the rug",
      "the cat sat on the rug"
    ),
    ("a\nb", "a\nx\nb", "a\nx\nb", "a\nx\nb"),
    ("a\nb\nc", "a\nc", "a\nc", "a\nc"),
    // No text.
    ("", "", "", ""), ("", "a", "", "a"), ("", "", "a\nb\n", "a\nb\n"), ("", "a b", "a b", "a b"),
    ("a", "", "a", ""), ("a\nb", "", "", ""),
    // The last line feed.
    ("a\nb", "a\nb\n", "x\nb", "x\nb\n"), ("a\nb\n", "a\nb", "x\nb\n", "x\nb"),
    ("a\nb\n", "a\nb\nc\n", "x\nb\n", "x\nb\nc\n"), ("a\nb", "a\nb\nc", "x\nb", "x\nb\nc"),
    ("\n", "\n\n", "\n", "\n\n"),
    // Carriage returns stay.
    ("a\r\nb\r\nc", "x\r\nb\r\nc", "a\r\nb\r\nz", "x\r\nb\r\nz"),
    ("a\r\nb\r\nc", "a\nb\r\nc", "a\r\nb\r\nz", "a\nb\r\nz"),
    // What Swift calls equal is an edit if its bytes differ.
    ("é\nb\nc", "e\u{301}\nb\nc", "é\nb\nx", "e\u{301}\nb\nx"),
  ])
  func editsOfDifferentPlacesAreBothMade(base: String, ours: String, theirs: String, merged: String)
  {
    for result in [merge(base, ours, theirs), merge(base, theirs, ours)] {
      #expect(Array(result.text.utf8) == Array(merged.utf8), "\(result.text)")
      #expect(result.overlaps == 0)
    }
  }

  @Test(arguments: [
    // A word changed by both.
    (
      "Bring wine.", "Bring beer.", "Bring juice.",
      "<<<<<<< A\nBring beer.\n=======\nBring juice.\n>>>>>>> B"
    ),
    // Words with only white space between them.
    ("on 3 May", "on 4 May", "on 3 June", "<<<<<<< A\non 4 May\n=======\non 3 June\n>>>>>>> B"),
    (
      "milk\neggs\n", "oats\neggs\n", "milk\nham\n",
      "<<<<<<< A\noats\neggs\n=======\nmilk\nham\n>>>>>>> B\n"
    ),
    // A deletion against an edit.
    (
      "tea\nbuy milk\nham", "tea\nham", "tea\nbuy oat milk\nham",
      "tea\n<<<<<<< A\n=======\nbuy oat milk\n>>>>>>> B\nham"
    ),
    ("a", "", "b", "<<<<<<< A\n=======\nb\n>>>>>>> B"),
    // Insertions at one place.
    (
      "tea\nham", "tea\nmilk\nham", "tea\noats\nham",
      "tea\n<<<<<<< A\nmilk\n=======\noats\n>>>>>>> B\nham"
    ),
    ("tea", "tea\nmilk", "tea\noats", "tea\n<<<<<<< A\nmilk\n=======\noats\n>>>>>>> B"),
    ("tea\n", "tea\nmilk\n", "tea\noats\n", "tea\n<<<<<<< A\nmilk\n=======\noats\n>>>>>>> B\n"),
    (
      "see you", "see you soon", "see you then",
      "<<<<<<< A\nsee you soon\n=======\nsee you then\n>>>>>>> B"
    ),
    // No base.
    ("", "milk", "oats", "<<<<<<< A\nmilk\n=======\noats\n>>>>>>> B"),
    (
      "", "milk\neggs\ntea", "milk\nham\ntea", "milk\n<<<<<<< A\neggs\n=======\nham\n>>>>>>> B\ntea"
    ),
    ("", "milk", "milk\nham", "milk\n<<<<<<< A\n=======\nham\n>>>>>>> B"),
    ("", "a\n\nb", "c\n\nd", "<<<<<<< A\na\n\nb\n=======\nc\n\nd\n>>>>>>> B"),
    // An overlap does not take what is clean with it.
    (
      "a\nb\nc\nd\ne", "A\nb\nx\nd\ne", "a\nb\ny\nd\nE",
      "A\nb\n<<<<<<< A\nx\n=======\ny\n>>>>>>> B\nd\nE"
    ),
    // The last line feed against another end.
    ("a", "a\n", "a\nb", "a\n<<<<<<< A\n\n=======\nb\n>>>>>>> B"),
    // A carriage return is part of its line; a letter written in another way is another letter.
    ("a", "b\r\nc", "b\nc", "<<<<<<< A\nb\r\n=======\nb\n>>>>>>> B\nc"),
    ("a", "é", "e\u{301}", "<<<<<<< A\né\n=======\ne\u{301}\n>>>>>>> B"),
  ])
  func editsOfOnePlaceStandBetweenMarkers(
    base: String, ours: String, theirs: String, merged: String
  ) {
    let result = merge(base, ours, theirs)
    #expect(Array(result.text.utf8) == Array(merged.utf8), "\(result.text)")
    #expect(result.overlaps == 1)
  }

  @Test func overlapsAreCounted() {
    let result = merge("a\n-\nb\n-\nc", "x\n-\nb\n-\nx", "y\n-\nz\n-\ny")
    #expect(result.overlaps == 2)
    #expect(
      result.text == """
        <<<<<<< A
        x
        =======
        y
        >>>>>>> B
        -
        z
        -
        <<<<<<< A
        x
        =======
        y
        >>>>>>> B
        """)
  }
}
