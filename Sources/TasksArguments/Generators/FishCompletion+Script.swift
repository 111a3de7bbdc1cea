// The functions of the script for fish that say what stands before the cursor.

extension FishCompletion {
  func read() -> String {
    let store = table.storeOption.map { option in
      let spellings = option.spellings(shorts: true).joined(separator: " ")
      return (
        next: """
                    if contains -- $expect \(spellings)
                        set -g __@P@_store $word
                    end

        """,
        attached: """
                        case '--\(option.long)=*'
                            set -g __@P@_store (string replace -- '--\(option.long)=' '' $word)

        """
      )
    }
    return #"""
      # Reads the words before the cursor, unless they are those of the last time.
      function __@P@_read
          set -l line (commandline -cp | string collect)
          if set -q __@P@_line; and test "$line" = "$__@P@_line"
              return
          end
          set -g __@P@_line $line
          set -g __@P@_command ''
          set -g __@P@_dashes options
          set -g __@P@_place 0
          set -g __@P@_ended 0
          set -g __@P@_store ''
          set -l expect ''
          for word in (commandline -opc)[2..-1]
              if test -n "$expect"
      \#(store?.next ?? "")            set expect ''
              else if test $__@P@_ended = 1; or not string match -q -- '-?*' $word
                  if test -z "$__@P@_command"
                      __@P@_enter $word
                  else
                      set -g __@P@_place (math $__@P@_place + 1)
                  end
              else if test "$word" = --
                  set -g __@P@_ended 1
              else if string match -q -- '--*' $word
                  switch $word
      \#(store?.attached ?? "")                case '--*=*'
                      case '*'
                          if __@P@_takes_value "$__@P@_command" $word
                              set expect $word
                          end
                  end
              else if test $__@P@_dashes = operands
                  set -g __@P@_place (math $__@P@_place + 1)
              else if test $__@P@_dashes = operands-if-long; and test (string length -- $word) -gt 2
                  set -g __@P@_place (math $__@P@_place + 1)
              else
                  # The first letter that takes a value takes what is left of the word, or else the next word.
                  set -l letters (string split '' -- (string sub -s 2 -- $word))
                  for i in (seq (count $letters))
                      if __@P@_takes_value "$__@P@_command" -$letters[$i]
                          if test $i = (count $letters)
                              set expect -$letters[$i]
                          end
                          break
                      end
                  end
              end
          end
          if string match -q -- '~/*' $__@P@_store
              set -g __@P@_store (string replace -- '~' $HOME $__@P@_store)
          end
      end
      """#
  }

  static let conditions = #"""
    function __@P@_needs_command
        __@P@_read
        test -z "$__@P@_command"
    end

    # Whether the command is this one.
    function __@P@_in
        __@P@_read
        test "$__@P@_command" = $argv[1]
    end

    # Whether the cursor is at this place among the operands of the command, or, with `more`, at it or behind it.
    function __@P@_at
        __@P@_read
        test "$__@P@_command" = $argv[1]; or return 1
        test $__@P@_place = $argv[2]; and return 0
        test (count $argv) = 3; and test $__@P@_place -gt $argv[2]
    end

    function __@P@_has_short_options
        __@P@_read
        test $__@P@_dashes != operands
    end
    """#

  func stored() -> String {
    #"""
    # Prints what the store holds, each behind a prefix that the word at the cursor already has.
    function __@P@_stored --argument-names kind prefix
        __@P@_read
        set -l typed (string replace -r -- '^--[^=]*=' '' (commandline -ct))
        set -l typed (string sub -s (math 1 + (string length -- "$prefix")) -- "$typed")
        set -l options
        if test -n "$__@P@_store"
            set options --store=$__@P@_store
        end
        for line in (command @P@ $options complete-words $kind -- "$typed" 2>/dev/null </dev/null)
            printf '%s%s\n' "$prefix" $line
        end
    end
    """#
  }

  func attributes() -> String {
    let dates = CompletionVocabulary.dates.joined(separator: " ")
    let dated = CompletionVocabulary.dateAttributes.map { "'\($0)*'" }.joined(separator: " ")
    return #"""
      # Prints words of filters and edits: `project:home`, `+tag`, `due:friday`. After `--` every word is text.
      function __@P@_attributes
          __@P@_read
          test $__@P@_ended = 1; and return
          set -l word (commandline -ct)
          switch $word
              case 'project:*'
                  __@P@_stored projects project:
              case 'priority:*'
                  printf '%s\n' priority:{\#(CompletionVocabulary.priorities.joined(separator: ","))}
              case \#(dated)
                  set -l values \#(dates)
                  printf '%s\n' (string replace -r ':.*' ':' -- $word)$values
              case '+*'
                  __@P@_stored tags +
              case '-*'
                  test $__@P@_dashes != options; and __@P@_stored tags -
              case '*'
                  printf '%s\n' \#(CompletionVocabulary.attributes.joined(separator: " "))
          end
      end
      """#
  }
}
