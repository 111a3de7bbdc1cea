// The part of the script for bash that is the same for every table.

extension BashCompletion {
  static let reading = #"""
    # Sets `plain` to a word as the shell would read it, without running anything in it, and `quote` to a quote that is
    # still open at its end.
    _@P@_unquote() {
      local word=$1 char i
      plain='' quote=''
      for ((i = 0; i < ${#word}; i++)); do
        char=${word:i:1}
        if [[ $char == \\ && $quote != \' ]]; then
          i=$((i + 1))
          plain+=${word:i:1}
        elif [[ $quote && $char == "$quote" ]]; then
          quote=''
        elif [[ ! $quote && ($char == \' || $char == \") ]]; then
          quote=$char
        else
          plain+=$char
        fi
      done
    }

    # Sets `words` to the words before the cursor, `cur` to the one that ends there, and `head` to that part of it which
    # bash will not replace. Bash also cuts words at `:`, `=` and others of COMP_WORDBREAKS: here they are put together.
    _@P@_read_line() {
      local line=${COMP_LINE:0:${COMP_POINT:-${#COMP_LINE}}} rest piece i
      local -a raw=()
      for ((i = 0; i <= COMP_CWORD; i++)); do
        piece=${COMP_WORDS[i]}
        rest=${line#"${line%%[![:space:]]*}"}
        ((i < COMP_CWORD)) || piece=$rest
        if ((i > 0)) && [[ $rest == "$line" ]]; then
          raw[${#raw[@]} - 1]+=$piece
        else
          raw+=("$piece")
        fi
        line=${rest#"$piece"}
      done
      case $piece in
        *[!:=@]*) ;;
        *) piece='' ;;
      esac
      rest=${raw[${#raw[@]} - 1]}
      _@P@_unquote "${rest%"$piece"}"
      head=$plain
      words=()
      for rest in "${raw[@]}"; do
        _@P@_unquote "$rest"
        words+=("$plain")
      done
      cur=$plain
      unset 'words[${#words[@]}-1]'
    }
    """#

  static let offering = #"""
    # Offers words, each behind `prefix`, that go on from what is typed.
    _@P@_offer() {
      local word
      for word in "$@"; do
        word=$prefix$word
        [[ $word == "$cur"* && $word != *[[:cntrl:]]* ]] || continue
        word=${word#"$head"}
        if [[ ! $quote && $word == *[!A-Za-z0-9_.,:=+@%/-]* ]]; then
          printf -v word %q "$word"
        fi
        replies+=("$word")
      done
    }

    # Offers files (-f) or directories (-d); bash quotes them itself.
    _@P@_files() {
      local word
      while IFS= read -r word; do
        word=$prefix$word
        replies+=("${word#"$head"}")
      done < <(compgen "$1" -- "${cur#"$prefix"}")
      compopt -o filenames 2>/dev/null
    }

    # Offers what the store holds. When bash only lists them, each comes with what it is about.
    _@P@_stored() {
      local line count
      while IFS= read -r line; do
        count=${#replies[@]}
        _@P@_offer "${line%%$'\t'*}"
        if [[ ${COMP_TYPE:-} == 63 && $line == *$'\t'* && ${#replies[@]} -gt $count ]]; then
          line=${replies[count]}$'  '${line#*$'\t'}
          notes[count]=${line:0:${COLUMNS:-80}}
        fi
      done < <(command @P@ ${store:+"--store=$store"} complete-words "$1" -- "${cur#"$prefix"}" \
        2>/dev/null </dev/null)
    }
    """#

  /// Offers the words of filters and of edits.
  func attributes() -> String {
    let dates = CompletionVocabulary.dates.joined(separator: " ")
    let priorities = CompletionVocabulary.priorities.joined(separator: " ")
    let keys = CompletionVocabulary.attributes.joined(separator: " ")
    let dated = CompletionVocabulary.dateAttributes.map { "\($0)*" }.joined(separator: " | ")
    return #"""
      # Offers words of filters and edits: `project:home`, `+tag`, `due:friday`. After `--` every word is text.
      _@P@_attributes() {
        local outer=$prefix word=${cur#"$prefix"}
        [[ ! $ended ]] || return
        case $word in
          project:*) prefix+=project: && _@P@_stored projects ;;
          priority:*) prefix+=priority: && _@P@_offer \#(priorities) ;;
          \#(dated))
            prefix+=${word%%:*}:
            _@P@_offer \#(dates)
            ;;
          +*) prefix+=+ && _@P@_stored tags ;;
          -*) [[ $dashes == options ]] || { prefix+=- && _@P@_stored tags; } ;;
          *) _@P@_offer \#(keys) ;;
        esac
        prefix=$outer
      }
      """#
  }

  /// The function that bash calls.
  func main() -> String {
    let store = table.storeOption.map { option in
      let spellings = option.spellings(shorts: true).joined(separator: " | ")
      return (
        next: "      case $expect in \(spellings)) store=$word ;; esac",
        attached: "        --\(option.long)=*) store=${word#*=} ;;\n"
      )
    }
    return #"""
      _@P@() {
        local cur='' head='' quote='' plain='' prefix='' store='' command='' dashes=options
        local expect='' ended='' place=0 word i
        local -a words=() replies=() notes=()
        _@P@_read_line

        for word in "${words[@]:1}"; do
          if [[ $expect ]]; then
      \#(store?.next ?? "      :")
            expect=''
          elif [[ ! $ended && $word == -- ]]; then
            ended=1
          elif [[ ! $ended && $word == --* ]]; then
            case $word in
      \#(store?.attached ?? "")        --*=*) ;;
              *) if _@P@_takes_value "$command" "$word"; then expect=$word; fi ;;
            esac
          elif [[ ! $ended && $word == -?* && ($dashes == options || ($dashes != operands && $word == -?)) ]]; then
            # The first letter that takes a value takes what is left of the word, or else the next word.
            for ((i = 1; i < ${#word}; i++)); do
              if _@P@_takes_value "$command" "-${word:i:1}"; then
                ((i < ${#word} - 1)) || expect=-${word:i:1}
                break
              fi
            done
          elif [[ ! $command ]]; then
            _@P@_enter "$word"
          else
            place=$((place + 1))
          fi
        done
        [[ $store != \~/* ]] || store=$HOME/${store#*/}

        if [[ $expect ]]; then
          _@P@_value "$command" "$expect"
        elif [[ ! $ended && $cur == --*=* ]]; then
          prefix=${cur%%=*}=
          _@P@_value "$command" "${cur%%=*}"
        else
          if [[ ! $ended && $cur == -* ]]; then _@P@_options "$command"; fi
          if [[ ! $command ]]; then
            [[ $cur == -* ]] || _@P@_commands
          elif [[ $ended || $cur != -* || $dashes != options ]]; then
            _@P@_operand "$command" "$place"
          fi
        fi

        COMPREPLY=("${replies[@]}")
        if ((${#replies[@]} == 1)); then
          [[ ${replies[0]} != *[:=] ]] || compopt -o nospace 2>/dev/null
        else
          for i in "${!notes[@]}"; do COMPREPLY[i]=${notes[i]}; done
        fi
      }
      """#
  }
}
