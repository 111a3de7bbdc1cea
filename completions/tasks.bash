# Completion of tasks for bash. Made from the command table; edit that instead.
# Words are offered as the table has them, dollars and all, hence SC2016.
# shellcheck shell=bash disable=SC2016

# Notes the command that a word calls, and how it reads words with a dash.
_tasks_enter() {
  dashes=options
  case $1 in
    add) command=add dashes=options ;;
    list | ls) command=list dashes=operands ;;
    show) command=show dashes=options ;;
    edit) command=edit dashes=operands-if-long ;;
    'done') command='done' dashes=options ;;
    reopen) command=reopen dashes=options ;;
    delete | rm) command=delete dashes=options ;;
    restore) command=restore dashes=options ;;
    note) command=note dashes=options ;;
    tag) command=tag dashes=operands ;;
    search) command=search dashes=operands ;;
    undo) command=undo dashes=options ;;
    projects) command=projects dashes=options ;;
    tags) command=tags dashes=options ;;
    count) command=count dashes=operands ;;
    commit) command=commit dashes=options ;;
    log) command=log dashes=options ;;
    diff) command=diff dashes=options ;;
    status) command=status dashes=options ;;
    queue) command=queue dashes=options ;;
    conflicts) command=conflicts dashes=options ;;
    remote) command=remote dashes=options ;;
    push) command=push dashes=options ;;
    pull) command=pull dashes=options ;;
    sync) command=sync dashes=options ;;
    clone) command=clone dashes=options ;;
    watch) command=watch dashes=options ;;
    auto-sync) command=auto-sync dashes=options ;;
    bundle) command=bundle dashes=options ;;
    devices) command=devices dashes=options ;;
    init) command=init dashes=options ;;
    config) command=config dashes=operands-if-long ;;
    fsck) command=fsck dashes=options ;;
    gc) command=gc dashes=options ;;
    import) command=import dashes=options ;;
    export) command=export dashes=operands-if-long ;;
    serve) command=serve dashes=options ;;
    completions) command=completions dashes=options ;;
    version) command=version dashes=options ;;
    help) command=help dashes=options ;;
    complete-words) command=complete-words dashes=options ;;
    *) command=$1 ;;
  esac
}

# Whether a value follows an option of a command.
_tasks_takes_value() {
  case "$1 $2" in
    add\ -d | add\ --description) return 0 ;;
    add\ -p | add\ --project) return 0 ;;
    add\ -t | add\ --tag) return 0 ;;
    add\ --priority) return 0 ;;
    add\ --due) return 0 ;;
    add\ --wait) return 0 ;;
    list\ --sort) return 0 ;;
    list\ --group) return 0 ;;
    list\ --limit) return 0 ;;
    edit\ --title) return 0 ;;
    edit\ -d | edit\ --description) return 0 ;;
    edit\ -p | edit\ --project) return 0 ;;
    edit\ -t | edit\ --tag) return 0 ;;
    edit\ --priority) return 0 ;;
    edit\ --due) return 0 ;;
    edit\ --wait) return 0 ;;
    note\ --remove) return 0 ;;
    search\ --limit) return 0 ;;
    commit\ -m | commit\ --message) return 0 ;;
    log\ -n | log\ --limit) return 0 ;;
    queue\ --limit) return 0 ;;
    remote\ --passphrase-file) return 0 ;;
    remote\ --passphrase-command) return 0 ;;
    remote\ --key-file) return 0 ;;
    push\ --passphrase-file) return 0 ;;
    push\ --passphrase-command) return 0 ;;
    push\ --key-file) return 0 ;;
    pull\ --passphrase-file) return 0 ;;
    pull\ --passphrase-command) return 0 ;;
    pull\ --key-file) return 0 ;;
    sync\ --passphrase-file) return 0 ;;
    sync\ --passphrase-command) return 0 ;;
    sync\ --key-file) return 0 ;;
    clone\ --passphrase-file) return 0 ;;
    clone\ --passphrase-command) return 0 ;;
    clone\ --key-file) return 0 ;;
    bundle\ --since) return 0 ;;
    init\ --name) return 0 ;;
    fsck\ --remote) return 0 ;;
    import\ --format) return 0 ;;
    export\ --format) return 0 ;;
    export\ -o | export\ --output) return 0 ;;
    serve\ --listen) return 0 ;;
    serve\ --host) return 0 ;;
    serve\ --origin) return 0 ;;
    serve\ --token-file) return 0 ;;
    serve\ --rate) return 0 ;;
    serve\ --max-body) return 0 ;;
    serve\ --sync-every) return 0 ;;
    serve\ --log-format) return 0 ;;
    *\ --store) return 0 ;;
    *\ --color) return 0 ;;
  esac
  return 1
}

# Offers the options of a command and those of all.
_tasks_options() {
  case $1 in
    add) _tasks_offer --description --project --tag --priority --due --wait --stdin --json ;;
    list) _tasks_offer --all --completed --deleted --waiting --sort --group --limit --json --jsonl ;;
    show) _tasks_offer --json --jsonl ;;
    edit) _tasks_offer --title --description --project --tag --priority --due --wait --json ;;
    'done') _tasks_offer --json ;;
    reopen) _tasks_offer --json ;;
    delete) _tasks_offer --json ;;
    restore) _tasks_offer --json ;;
    note) _tasks_offer --remove --json ;;
    tag) _tasks_offer --json ;;
    search) _tasks_offer --all --completed --deleted --waiting --limit --json --jsonl ;;
    undo) _tasks_offer --json ;;
    projects) _tasks_offer --all --json ;;
    tags) _tasks_offer --all --json ;;
    count) _tasks_offer --all --completed --deleted --waiting --json ;;
    commit) _tasks_offer --message --json ;;
    log) _tasks_offer --limit --json --jsonl ;;
    diff) _tasks_offer --json ;;
    status) _tasks_offer --json ;;
    queue) _tasks_offer --limit --json --jsonl ;;
    conflicts) _tasks_offer --all --stdin --json --jsonl ;;
    remote) _tasks_offer --encrypt --json --passphrase-file --passphrase-command --key-file ;;
    push) _tasks_offer --dry-run --refill --allow-future --json --passphrase-file --passphrase-command --key-file ;;
    pull) _tasks_offer --dry-run --json --passphrase-file --passphrase-command --key-file ;;
    sync) _tasks_offer --dry-run --refill --allow-future --json --passphrase-file --passphrase-command --key-file ;;
    clone) _tasks_offer --json --passphrase-file --passphrase-command --key-file ;;
    bundle) _tasks_offer --since --all --json ;;
    devices) _tasks_offer --json ;;
    init) _tasks_offer --name ;;
    config) _tasks_offer --unset --json ;;
    fsck) _tasks_offer --rebuild --remote --json ;;
    gc) _tasks_offer --json ;;
    import) _tasks_offer --format --dry-run --json ;;
    export) _tasks_offer --format --output --plain --with-deleted --completed --deleted --waiting ;;
    serve) _tasks_offer --listen --host --origin --token-file --no-auth --rate --max-body --sync-every --log-format ;;
    version) _tasks_offer --json ;;
  esac
  _tasks_offer --store --color --no-pager --verbose --help --version
}

# Offers values of an option.
_tasks_value() {
  case "$1 $2" in
    add\ -p | add\ --project) _tasks_stored projects ;;
    add\ -t | add\ --tag) _tasks_stored tags ;;
    add\ --priority) _tasks_offer H M L none ;;
    add\ --due) _tasks_offer today tomorrow mon tue wed thu fri sat sun eow eom +1d +1w none ;;
    add\ --wait) _tasks_offer today tomorrow mon tue wed thu fri sat sun eow eom +1d +1w none ;;
    list\ --sort) _tasks_offer due priority created updated completed wait project title number ;;
    list\ --group) _tasks_offer project priority ;;
    edit\ -p | edit\ --project) _tasks_stored projects ;;
    edit\ -t | edit\ --tag) _tasks_stored tags ;;
    edit\ --priority) _tasks_offer H M L none ;;
    edit\ --due) _tasks_offer today tomorrow mon tue wed thu fri sat sun eow eom +1d +1w none ;;
    edit\ --wait) _tasks_offer today tomorrow mon tue wed thu fri sat sun eow eom +1d +1w none ;;
    remote\ --passphrase-file) _tasks_files -f ;;
    remote\ --key-file) _tasks_files -f ;;
    push\ --passphrase-file) _tasks_files -f ;;
    push\ --key-file) _tasks_files -f ;;
    pull\ --passphrase-file) _tasks_files -f ;;
    pull\ --key-file) _tasks_files -f ;;
    sync\ --passphrase-file) _tasks_files -f ;;
    sync\ --key-file) _tasks_files -f ;;
    clone\ --passphrase-file) _tasks_files -f ;;
    clone\ --key-file) _tasks_files -f ;;
    fsck\ --remote) _tasks_stored remotes ;;
    import\ --format) _tasks_offer taskwarrior todo.txt ics csv jsonl ;;
    export\ --format) _tasks_offer taskwarrior todo.txt ics csv jsonl ;;
    export\ -o | export\ --output) _tasks_files -f ;;
    serve\ --token-file) _tasks_files -f ;;
    serve\ --log-format) _tasks_offer text json ;;
    *\ --store) _tasks_files -d ;;
    *\ --color) _tasks_offer auto always never ;;
    *) ;;
  esac
}

# Offers what may stand at a place among the operands of a command.
_tasks_operand() {
  case "$1 $2" in
    add\ *) _tasks_attributes ;;
    list\ *) _tasks_attributes ;;
    show\ *) _tasks_stored tasks ;;
    edit\ 0) _tasks_stored tasks ;;
    edit\ *) _tasks_stored tasks; _tasks_attributes ;;
    'done'\ *) _tasks_stored tasks ;;
    reopen\ *) _tasks_stored completed ;;
    delete\ *) _tasks_stored tasks ;;
    restore\ *) _tasks_stored deleted ;;
    note\ 0) _tasks_stored tasks ;;
    tag\ 0) _tasks_stored tasks ;;
    tag\ *) _tasks_stored tasks; _tasks_attributes ;;
    search\ *) _tasks_attributes ;;
    count\ *) _tasks_attributes ;;
    log\ 0) _tasks_stored tasks ;;
    conflicts\ 0) _tasks_offer show take keep merge ;;
    conflicts\ 1) _tasks_stored conflicts ;;
    remote\ 0) _tasks_offer add add-key list show set-url remove ;;
    remote\ 1) _tasks_stored remotes ;;
    remote\ 2) _tasks_files -d ;;
    push\ 0) _tasks_stored remotes ;;
    pull\ 0) _tasks_stored remotes ;;
    sync\ 0) _tasks_stored remotes ;;
    watch\ 0) _tasks_stored remotes ;;
    bundle\ 0) _tasks_offer create apply verify ;;
    bundle\ *) _tasks_files -f ;;
    config\ 0) _tasks_stored settings ;;
    import\ *) _tasks_files -f ;;
    export\ *) _tasks_attributes ;;
    completions\ 0) _tasks_offer bash zsh fish ;;
    help\ 0) _tasks_commands ;;
    *) ;;
  esac
}

# Offers the commands.
_tasks_commands() {
  _tasks_offer add list show edit 'done' reopen delete restore note tag search undo projects \
    tags count commit log diff status queue conflicts remote push pull sync clone watch \
    bundle devices init config fsck gc import export serve completions version help
}

# Sets `plain` to a word as the shell would read it, without running anything in it, and `quote` to a quote that is
# still open at its end.
_tasks_unquote() {
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
_tasks_read_line() {
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
  _tasks_unquote "${rest%"$piece"}"
  head=$plain
  words=()
  for rest in "${raw[@]}"; do
    _tasks_unquote "$rest"
    words+=("$plain")
  done
  cur=$plain
  unset 'words[${#words[@]}-1]'
}

# Offers words, each behind `prefix`, that go on from what is typed.
_tasks_offer() {
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
_tasks_files() {
  local word
  while IFS= read -r word; do
    word=$prefix$word
    replies+=("${word#"$head"}")
  done < <(compgen "$1" -- "${cur#"$prefix"}")
  compopt -o filenames 2>/dev/null
}

# Offers what the store holds. When bash only lists them, each comes with what it is about.
_tasks_stored() {
  local line count
  while IFS= read -r line; do
    count=${#replies[@]}
    _tasks_offer "${line%%$'\t'*}"
    if [[ ${COMP_TYPE:-} == 63 && $line == *$'\t'* && ${#replies[@]} -gt $count ]]; then
      line=${replies[count]}$'  '${line#*$'\t'}
      notes[count]=${line:0:${COLUMNS:-80}}
    fi
  done < <(command tasks ${store:+"--store=$store"} complete-words "$1" -- "${cur#"$prefix"}" \
    2>/dev/null </dev/null)
}

# Offers words of filters and edits: `project:home`, `+tag`, `due:friday`. After `--` every word is text.
_tasks_attributes() {
  local outer=$prefix word=${cur#"$prefix"}
  [[ ! $ended ]] || return
  case $word in
    project:*) prefix+=project: && _tasks_stored projects ;;
    priority:*) prefix+=priority: && _tasks_offer H M L none ;;
    due:* | due.before:* | due.after:* | wait:*)
      prefix+=${word%%:*}:
      _tasks_offer today tomorrow monday tuesday wednesday thursday friday saturday sunday eow eom none
      ;;
    +*) prefix+=+ && _tasks_stored tags ;;
    -*) [[ $dashes == options ]] || { prefix+=- && _tasks_stored tags; } ;;
    *) _tasks_offer project: priority: due: wait: ;;
  esac
  prefix=$outer
}

_tasks() {
  local cur='' head='' quote='' plain='' prefix='' store='' command='' dashes=options
  local expect='' ended='' place=0 word i
  local -a words=() replies=() notes=()
  _tasks_read_line

  for word in "${words[@]:1}"; do
    if [[ $expect ]]; then
      case $expect in --store) store=$word ;; esac
      expect=''
    elif [[ ! $ended && $word == -- ]]; then
      ended=1
    elif [[ ! $ended && $word == --* ]]; then
      case $word in
        --store=*) store=${word#*=} ;;
        --*=*) ;;
        *) if _tasks_takes_value "$command" "$word"; then expect=$word; fi ;;
      esac
    elif [[ ! $ended && $word == -?* && ($dashes == options || ($dashes != operands && $word == -?)) ]]; then
      # The first letter that takes a value takes what is left of the word, or else the next word.
      for ((i = 1; i < ${#word}; i++)); do
        if _tasks_takes_value "$command" "-${word:i:1}"; then
          ((i < ${#word} - 1)) || expect=-${word:i:1}
          break
        fi
      done
    elif [[ ! $command ]]; then
      _tasks_enter "$word"
    else
      place=$((place + 1))
    fi
  done
  [[ $store != \~/* ]] || store=$HOME/${store#*/}

  if [[ $expect ]]; then
    _tasks_value "$command" "$expect"
  elif [[ ! $ended && $cur == --*=* ]]; then
    prefix=${cur%%=*}=
    _tasks_value "$command" "${cur%%=*}"
  else
    if [[ ! $ended && $cur == -* ]]; then _tasks_options "$command"; fi
    if [[ ! $command ]]; then
      [[ $cur == -* ]] || _tasks_commands
    elif [[ $ended || $cur != -* || $dashes != options ]]; then
      _tasks_operand "$command" "$place"
    fi
  fi

  COMPREPLY=("${replies[@]}")
  if ((${#replies[@]} == 1)); then
    [[ ${replies[0]} != *[:=] ]] || compopt -o nospace 2>/dev/null
  else
    for i in "${!notes[@]}"; do COMPREPLY[i]=${notes[i]}; done
  fi
}

complete -o nosort -F _tasks tasks 2>/dev/null || complete -F _tasks tasks
