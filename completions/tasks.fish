# Completion of tasks for fish. Made from the command table; edit that instead.

# Notes the command that a word calls, and how it reads words with a dash.
function __tasks_enter
    set -g __tasks_command $argv[1]
    switch $argv[1]
        case add
            set -g __tasks_command add
            set -g __tasks_dashes options
        case list ls
            set -g __tasks_command list
            set -g __tasks_dashes operands
        case show
            set -g __tasks_command show
            set -g __tasks_dashes options
        case edit
            set -g __tasks_command edit
            set -g __tasks_dashes operands-if-long
        case done
            set -g __tasks_command done
            set -g __tasks_dashes options
        case reopen
            set -g __tasks_command reopen
            set -g __tasks_dashes options
        case delete rm
            set -g __tasks_command delete
            set -g __tasks_dashes options
        case restore
            set -g __tasks_command restore
            set -g __tasks_dashes options
        case note
            set -g __tasks_command note
            set -g __tasks_dashes options
        case tag
            set -g __tasks_command tag
            set -g __tasks_dashes operands
        case search
            set -g __tasks_command search
            set -g __tasks_dashes operands
        case undo
            set -g __tasks_command undo
            set -g __tasks_dashes options
        case projects
            set -g __tasks_command projects
            set -g __tasks_dashes options
        case tags
            set -g __tasks_command tags
            set -g __tasks_dashes options
        case count
            set -g __tasks_command count
            set -g __tasks_dashes operands
        case commit
            set -g __tasks_command commit
            set -g __tasks_dashes options
        case log
            set -g __tasks_command log
            set -g __tasks_dashes options
        case diff
            set -g __tasks_command diff
            set -g __tasks_dashes options
        case status
            set -g __tasks_command status
            set -g __tasks_dashes options
        case queue
            set -g __tasks_command queue
            set -g __tasks_dashes options
        case conflicts
            set -g __tasks_command conflicts
            set -g __tasks_dashes options
        case remote
            set -g __tasks_command remote
            set -g __tasks_dashes options
        case push
            set -g __tasks_command push
            set -g __tasks_dashes options
        case pull
            set -g __tasks_command pull
            set -g __tasks_dashes options
        case sync
            set -g __tasks_command sync
            set -g __tasks_dashes options
        case clone
            set -g __tasks_command clone
            set -g __tasks_dashes options
        case watch
            set -g __tasks_command watch
            set -g __tasks_dashes options
        case auto-sync
            set -g __tasks_command auto-sync
            set -g __tasks_dashes options
        case bundle
            set -g __tasks_command bundle
            set -g __tasks_dashes options
        case devices
            set -g __tasks_command devices
            set -g __tasks_dashes options
        case init
            set -g __tasks_command init
            set -g __tasks_dashes options
        case config
            set -g __tasks_command config
            set -g __tasks_dashes operands-if-long
        case fsck
            set -g __tasks_command fsck
            set -g __tasks_dashes options
        case gc
            set -g __tasks_command gc
            set -g __tasks_dashes options
        case import
            set -g __tasks_command import
            set -g __tasks_dashes options
        case export
            set -g __tasks_command export
            set -g __tasks_dashes operands-if-long
        case serve
            set -g __tasks_command serve
            set -g __tasks_dashes options
        case completions
            set -g __tasks_command completions
            set -g __tasks_dashes options
        case version
            set -g __tasks_command version
            set -g __tasks_dashes options
        case help
            set -g __tasks_command help
            set -g __tasks_dashes options
        case complete-words
            set -g __tasks_command complete-words
            set -g __tasks_dashes options
    end
end

# Whether a value follows an option of a command.
function __tasks_takes_value
    switch "$argv[1] $argv[2]"
        case 'add -d' \
            'add --description' \
            'add -p' \
            'add --project' \
            'add -t' \
            'add --tag' \
            'add --priority' \
            'add --due' \
            'add --wait' \
            'list --sort' \
            'list --group' \
            'list --limit' \
            'edit --title' \
            'edit -d' \
            'edit --description' \
            'edit -p' \
            'edit --project' \
            'edit -t' \
            'edit --tag' \
            'edit --priority' \
            'edit --due' \
            'edit --wait' \
            'note --remove' \
            'search --limit' \
            'commit -m' \
            'commit --message' \
            'log -n' \
            'log --limit' \
            'queue --limit' \
            'remote --passphrase-file' \
            'remote --passphrase-command' \
            'remote --key-file' \
            'push --passphrase-file' \
            'push --passphrase-command' \
            'push --key-file' \
            'pull --passphrase-file' \
            'pull --passphrase-command' \
            'pull --key-file' \
            'sync --passphrase-file' \
            'sync --passphrase-command' \
            'sync --key-file' \
            'clone --passphrase-file' \
            'clone --passphrase-command' \
            'clone --key-file' \
            'bundle --since' \
            'init --name' \
            'fsck --remote' \
            'import --format' \
            'export --format' \
            'export -o' \
            'export --output' \
            'serve --listen' \
            'serve --host' \
            'serve --origin' \
            'serve --token-file' \
            'serve --rate' \
            'serve --max-body' \
            'serve --sync-every' \
            'serve --log-format' \
            '* --store' \
            '* --color'
            return 0
    end
    return 1
end

# Reads the words before the cursor, unless they are those of the last time.
function __tasks_read
    set -l line (commandline -cp | string collect)
    if set -q __tasks_line; and test "$line" = "$__tasks_line"
        return
    end
    set -g __tasks_line $line
    set -g __tasks_command ''
    set -g __tasks_dashes options
    set -g __tasks_place 0
    set -g __tasks_ended 0
    set -g __tasks_store ''
    set -l expect ''
    for word in (commandline -opc)[2..-1]
        if test -n "$expect"
            if contains -- $expect --store
                set -g __tasks_store $word
            end
            set expect ''
        else if test $__tasks_ended = 1; or not string match -q -- '-?*' $word
            if test -z "$__tasks_command"
                __tasks_enter $word
            else
                set -g __tasks_place (math $__tasks_place + 1)
            end
        else if test "$word" = --
            set -g __tasks_ended 1
        else if string match -q -- '--*' $word
            switch $word
                case '--store=*'
                    set -g __tasks_store (string replace -- '--store=' '' $word)
                case '--*=*'
                case '*'
                    if __tasks_takes_value "$__tasks_command" $word
                        set expect $word
                    end
            end
        else if test $__tasks_dashes = operands
            set -g __tasks_place (math $__tasks_place + 1)
        else if test $__tasks_dashes = operands-if-long; and test (string length -- $word) -gt 2
            set -g __tasks_place (math $__tasks_place + 1)
        else
            # The first letter that takes a value takes what is left of the word, or else the next word.
            set -l letters (string split '' -- (string sub -s 2 -- $word))
            for i in (seq (count $letters))
                if __tasks_takes_value "$__tasks_command" -$letters[$i]
                    if test $i = (count $letters)
                        set expect -$letters[$i]
                    end
                    break
                end
            end
        end
    end
    if string match -q -- '~/*' $__tasks_store
        set -g __tasks_store (string replace -- '~' $HOME $__tasks_store)
    end
end

function __tasks_needs_command
    __tasks_read
    test -z "$__tasks_command"
end

# Whether the command is this one.
function __tasks_in
    __tasks_read
    test "$__tasks_command" = $argv[1]
end

# Whether the cursor is at this place among the operands of the command, or, with `more`, at it or behind it.
function __tasks_at
    __tasks_read
    test "$__tasks_command" = $argv[1]; or return 1
    test $__tasks_place = $argv[2]; and return 0
    test (count $argv) = 3; and test $__tasks_place -gt $argv[2]
end

function __tasks_has_short_options
    __tasks_read
    test $__tasks_dashes != operands
end

# Prints what the store holds, each behind a prefix that the word at the cursor already has.
function __tasks_stored --argument-names kind prefix
    __tasks_read
    set -l typed (string replace -r -- '^--[^=]*=' '' (commandline -ct))
    set -l typed (string sub -s (math 1 + (string length -- "$prefix")) -- "$typed")
    set -l options
    if test -n "$__tasks_store"
        set options --store=$__tasks_store
    end
    for line in (command tasks $options complete-words $kind -- "$typed" 2>/dev/null </dev/null)
        printf '%s%s\n' "$prefix" $line
    end
end

# Prints words of filters and edits: `project:home`, `+tag`, `due:friday`. After `--` every word is text.
function __tasks_attributes
    __tasks_read
    test $__tasks_ended = 1; and return
    set -l word (commandline -ct)
    switch $word
        case 'project:*'
            __tasks_stored projects project:
        case 'priority:*'
            printf '%s\n' priority:{H,M,L,none}
        case 'due:*' 'due.before:*' 'due.after:*' 'wait:*'
            set -l values today tomorrow monday tuesday wednesday thursday friday saturday sunday eow eom none
            printf '%s\n' (string replace -r ':.*' ':' -- $word)$values
        case '+*'
            __tasks_stored tags +
        case '-*'
            test $__tasks_dashes != options; and __tasks_stored tags -
        case '*'
            printf '%s\n' project: priority: due: wait:
    end
end

function __tasks_commands
    printf '%s\t%s\n' add 'Add a task'
    printf '%s\t%s\n' list 'List tasks'
    printf '%s\t%s\n' show 'Show everything about a task or a change'
    printf '%s\t%s\n' edit 'Change tasks'
    printf '%s\t%s\n' done 'Complete tasks'
    printf '%s\t%s\n' reopen 'Open completed tasks again'
    printf '%s\t%s\n' delete 'Delete tasks'
    printf '%s\t%s\n' restore 'Bring deleted tasks back'
    printf '%s\t%s\n' note 'Add a remark to a task'
    printf '%s\t%s\n' tag 'Add tags to tasks, or remove them'
    printf '%s\t%s\n' search 'Find tasks by their words'
    printf '%s\t%s\n' undo 'Take back the last edit'
    printf '%s\t%s\n' projects 'List projects'
    printf '%s\t%s\n' tags 'List tags'
    printf '%s\t%s\n' count 'Count tasks'
    printf '%s\t%s\n' commit 'Seal what was edited into a change'
    printf '%s\t%s\n' log 'Show what was committed, or the life of a task'
    printf '%s\t%s\n' diff 'Show what was edited and is not committed'
    printf '%s\t%s\n' status 'Show how many tasks there are and what is not synced'
    printf '%s\t%s\n' queue 'Show the edits that have not been sent yet'
    printf '%s\t%s\n' conflicts 'Show what two devices wrote at once, and choose'
    printf '%s\t%s\n' remote 'Say where to exchange changes: add, list, show, set-url, remove'
    printf '%s\t%s\n' push 'Send what a remote does not have'
    printf '%s\t%s\n' pull 'Fetch what is new on a remote'
    printf '%s\t%s\n' sync 'Exchange changes with a remote, both ways'
    printf '%s\t%s\n' clone 'Begin on this device with what a remote has'
    printf '%s\t%s\n' watch 'Stay, and sync whenever something happens'
    printf '%s\t%s\n' bundle 'Carry changes as files: create, apply, verify'
    printf '%s\t%s\n' devices 'List the devices whose changes are here'
    printf '%s\t%s\n' init 'Make an empty store'
    printf '%s\t%s\n' config 'Show settings, or change one'
    printf '%s\t%s\n' fsck 'Check the tasks for damage, and mend it'
    printf '%s\t%s\n' gc 'Fold many small files of changes into few'
    printf '%s\t%s\n' import 'Bring in tasks from other programs'
    printf '%s\t%s\n' export 'Give tasks to other programs'
    printf '%s\t%s\n' serve 'Serve the tasks to other programs over HTTP'
    printf '%s\t%s\n' completions 'Print the completions for a shell'
    printf '%s\t%s\n' version 'Print the version'
    printf '%s\t%s\n' help 'Show all commands, or all about one'
end

complete -c tasks -e
complete -c tasks -f
complete -c tasks -n '__tasks_needs_command' -a add -d 'Add a task'
complete -c tasks -n '__tasks_needs_command' -a list -d 'List tasks'
complete -c tasks -n '__tasks_needs_command' -a show -d 'Show everything about a task or a change'
complete -c tasks -n '__tasks_needs_command' -a edit -d 'Change tasks'
complete -c tasks -n '__tasks_needs_command' -a done -d 'Complete tasks'
complete -c tasks -n '__tasks_needs_command' -a reopen -d 'Open completed tasks again'
complete -c tasks -n '__tasks_needs_command' -a delete -d 'Delete tasks'
complete -c tasks -n '__tasks_needs_command' -a restore -d 'Bring deleted tasks back'
complete -c tasks -n '__tasks_needs_command' -a note -d 'Add a remark to a task'
complete -c tasks -n '__tasks_needs_command' -a tag -d 'Add tags to tasks, or remove them'
complete -c tasks -n '__tasks_needs_command' -a search -d 'Find tasks by their words'
complete -c tasks -n '__tasks_needs_command' -a undo -d 'Take back the last edit'
complete -c tasks -n '__tasks_needs_command' -a projects -d 'List projects'
complete -c tasks -n '__tasks_needs_command' -a tags -d 'List tags'
complete -c tasks -n '__tasks_needs_command' -a count -d 'Count tasks'
complete -c tasks -n '__tasks_needs_command' -a commit -d 'Seal what was edited into a change'
complete -c tasks -n '__tasks_needs_command' -a log -d 'Show what was committed, or the life of a task'
complete -c tasks -n '__tasks_needs_command' -a diff -d 'Show what was edited and is not committed'
complete -c tasks -n '__tasks_needs_command' -a status -d 'Show how many tasks there are and what is not synced'
complete -c tasks -n '__tasks_needs_command' -a queue -d 'Show the edits that have not been sent yet'
complete -c tasks -n '__tasks_needs_command' -a conflicts -d 'Show what two devices wrote at once, and choose'
complete -c tasks -n '__tasks_needs_command' -a remote -d 'Say where to exchange changes: add, list, show, set-url, remove'
complete -c tasks -n '__tasks_needs_command' -a push -d 'Send what a remote does not have'
complete -c tasks -n '__tasks_needs_command' -a pull -d 'Fetch what is new on a remote'
complete -c tasks -n '__tasks_needs_command' -a sync -d 'Exchange changes with a remote, both ways'
complete -c tasks -n '__tasks_needs_command' -a clone -d 'Begin on this device with what a remote has'
complete -c tasks -n '__tasks_needs_command' -a watch -d 'Stay, and sync whenever something happens'
complete -c tasks -n '__tasks_needs_command' -a bundle -d 'Carry changes as files: create, apply, verify'
complete -c tasks -n '__tasks_needs_command' -a devices -d 'List the devices whose changes are here'
complete -c tasks -n '__tasks_needs_command' -a init -d 'Make an empty store'
complete -c tasks -n '__tasks_needs_command' -a config -d 'Show settings, or change one'
complete -c tasks -n '__tasks_needs_command' -a fsck -d 'Check the tasks for damage, and mend it'
complete -c tasks -n '__tasks_needs_command' -a gc -d 'Fold many small files of changes into few'
complete -c tasks -n '__tasks_needs_command' -a import -d 'Bring in tasks from other programs'
complete -c tasks -n '__tasks_needs_command' -a export -d 'Give tasks to other programs'
complete -c tasks -n '__tasks_needs_command' -a serve -d 'Serve the tasks to other programs over HTTP'
complete -c tasks -n '__tasks_needs_command' -a completions -d 'Print the completions for a shell'
complete -c tasks -n '__tasks_needs_command' -a version -d 'Print the version'
complete -c tasks -n '__tasks_needs_command' -a help -d 'Show all commands, or all about one'

complete -c tasks -l store -x -a '(__fish_complete_directories)' -d 'The folder that holds the tasks.'
complete -c tasks -l color -x -a 'auto always never' -d 'Whether to use colours.'
complete -c tasks -l no-pager -d 'Do not show long output in a pager.'
complete -c tasks -n '__tasks_has_short_options' -s v -d 'Say more about what happens.'
complete -c tasks -l verbose -d 'Say more about what happens.'
complete -c tasks -n '__tasks_has_short_options' -s h -d 'Show help; --help says more than -h.'
complete -c tasks -l help -d 'Show help; --help says more than -h.'
complete -c tasks -l version -d 'Print the version.'

# add
complete -c tasks -n '__tasks_in add' -s d -l description -x -d 'The description; any number of lines, \'-\' to read them from standard input.'
complete -c tasks -n '__tasks_in add' -s p -l project -x -a '(__tasks_stored projects)' -d 'The project; a dot makes a project within a project, as in home.garden.'
complete -c tasks -n '__tasks_in add' -s t -l tag -x -a '(__tasks_stored tags)' -d 'A tag.'
complete -c tasks -n '__tasks_in add' -l priority -x -a 'H M L none' -d 'How urgent it is; none for no priority.'
complete -c tasks -n '__tasks_in add' -l due -x -a 'today tomorrow mon tue wed thu fri sat sun eow eom +1d +1w none' -d 'When it has to be done; see DATES in tasks(1).'
complete -c tasks -n '__tasks_in add' -l wait -x -a 'today tomorrow mon tue wed thu fri sat sun eow eom +1d +1w none' -d 'Hide it from the list until then; see DATES in tasks(1).'
complete -c tasks -n '__tasks_in add' -l stdin -d 'Read titles from standard input, one on each line and nothing but the title; the other options hold for all. All are added, or none.'
complete -c tasks -n '__tasks_in add' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_at add 0 more' -a '(__tasks_attributes)'

# list
complete -c tasks -n '__tasks_in list' -l all -d 'Tasks in every state but deleted, waiting ones too.'
complete -c tasks -n '__tasks_in list' -l completed -d 'Only tasks that are done.'
complete -c tasks -n '__tasks_in list' -l deleted -d 'Only deleted tasks.'
complete -c tasks -n '__tasks_in list' -l waiting -d 'Only tasks that wait for their time.'
complete -c tasks -n '__tasks_in list' -l sort -x -a 'due priority created updated completed wait project title number' -d 'The order: due, priority, created, updated, completed, wait, project, title, number; a dash reverses.'
complete -c tasks -n '__tasks_in list' -l group -x -a 'project priority' -d 'Under headings: project or priority.'
complete -c tasks -n '__tasks_in list' -l limit -x -d 'At most N tasks.'
complete -c tasks -n '__tasks_in list' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_in list' -l jsonl -d 'Print JSON instead, one object on each line.'
complete -c tasks -n '__tasks_at list 0 more' -a '(__tasks_attributes)'

# show
complete -c tasks -n '__tasks_in show' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_in show' -l jsonl -d 'Print JSON instead, one object on each line.'
complete -c tasks -n '__tasks_at show 0 more' -a '(__tasks_stored tasks)'

# edit
complete -c tasks -n '__tasks_in edit' -l title -x -d 'The title; one line.'
complete -c tasks -n '__tasks_in edit' -s d -l description -x -d 'The description; any number of lines, \'-\' to read them from standard input.'
complete -c tasks -n '__tasks_in edit' -s p -l project -x -a '(__tasks_stored projects)' -d 'The project; a dot makes a project within a project, as in home.garden.'
complete -c tasks -n '__tasks_in edit' -s t -l tag -x -a '(__tasks_stored tags)' -d 'A tag.'
complete -c tasks -n '__tasks_in edit' -l priority -x -a 'H M L none' -d 'How urgent it is; none for no priority.'
complete -c tasks -n '__tasks_in edit' -l due -x -a 'today tomorrow mon tue wed thu fri sat sun eow eom +1d +1w none' -d 'When it has to be done; see DATES in tasks(1).'
complete -c tasks -n '__tasks_in edit' -l wait -x -a 'today tomorrow mon tue wed thu fri sat sun eow eom +1d +1w none' -d 'Hide it from the list until then; see DATES in tasks(1).'
complete -c tasks -n '__tasks_in edit' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_at edit 0' -a '(__tasks_stored tasks)'
complete -c tasks -n '__tasks_at edit 1 more' -a '(__tasks_stored tasks)'
complete -c tasks -n '__tasks_at edit 1 more' -a '(__tasks_attributes)'

# done
complete -c tasks -n '__tasks_in done' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_at done 0 more' -a '(__tasks_stored tasks)'

# reopen
complete -c tasks -n '__tasks_in reopen' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_at reopen 0 more' -a '(__tasks_stored completed)'

# delete
complete -c tasks -n '__tasks_in delete' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_at delete 0 more' -a '(__tasks_stored tasks)'

# restore
complete -c tasks -n '__tasks_in restore' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_at restore 0 more' -a '(__tasks_stored deleted)'

# note
complete -c tasks -n '__tasks_in note' -l remove -x -d 'Take away the N-th note, as show counts them.'
complete -c tasks -n '__tasks_in note' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_at note 0' -a '(__tasks_stored tasks)'

# tag
complete -c tasks -n '__tasks_in tag' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_at tag 0' -a '(__tasks_stored tasks)'
complete -c tasks -n '__tasks_at tag 1 more' -a '(__tasks_stored tasks)'
complete -c tasks -n '__tasks_at tag 1 more' -a '(__tasks_attributes)'

# search
complete -c tasks -n '__tasks_in search' -l all -d 'Tasks in every state but deleted, waiting ones too.'
complete -c tasks -n '__tasks_in search' -l completed -d 'Only tasks that are done.'
complete -c tasks -n '__tasks_in search' -l deleted -d 'Only deleted tasks.'
complete -c tasks -n '__tasks_in search' -l waiting -d 'Only tasks that wait for their time.'
complete -c tasks -n '__tasks_in search' -l limit -x -d 'At most N tasks.'
complete -c tasks -n '__tasks_in search' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_in search' -l jsonl -d 'Print JSON instead, one object on each line.'
complete -c tasks -n '__tasks_at search 0 more' -a '(__tasks_attributes)'

# undo
complete -c tasks -n '__tasks_in undo' -l json -d 'Print one JSON document instead.'

# projects
complete -c tasks -n '__tasks_in projects' -l all -d 'Those that only completed tasks have, too.'
complete -c tasks -n '__tasks_in projects' -l json -d 'Print one JSON document instead.'

# tags
complete -c tasks -n '__tasks_in tags' -l all -d 'Those that only completed tasks have, too.'
complete -c tasks -n '__tasks_in tags' -l json -d 'Print one JSON document instead.'

# count
complete -c tasks -n '__tasks_in count' -l all -d 'Tasks in every state but deleted, waiting ones too.'
complete -c tasks -n '__tasks_in count' -l completed -d 'Only tasks that are done.'
complete -c tasks -n '__tasks_in count' -l deleted -d 'Only deleted tasks.'
complete -c tasks -n '__tasks_in count' -l waiting -d 'Only tasks that wait for their time.'
complete -c tasks -n '__tasks_in count' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_at count 0 more' -a '(__tasks_attributes)'

# commit
complete -c tasks -n '__tasks_in commit' -s m -l message -x -d 'What to say about it, for the log.'
complete -c tasks -n '__tasks_in commit' -l json -d 'Print one JSON document instead.'

# log
complete -c tasks -n '__tasks_in log' -s n -l limit -x -d 'The newest N only.'
complete -c tasks -n '__tasks_in log' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_in log' -l jsonl -d 'Print JSON instead, one object on each line.'
complete -c tasks -n '__tasks_at log 0' -a '(__tasks_stored tasks)'

# diff
complete -c tasks -n '__tasks_in diff' -l json -d 'Print one JSON document instead.'

# status
complete -c tasks -n '__tasks_in status' -l json -d 'Print one JSON document instead.'

# queue
complete -c tasks -n '__tasks_in queue' -l limit -x -d 'At most N tasks.'
complete -c tasks -n '__tasks_in queue' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_in queue' -l jsonl -d 'Print JSON instead, one object on each line.'

# conflicts
complete -c tasks -n '__tasks_in conflicts' -l all -d 'In the list: those that have ended, too.'
complete -c tasks -n '__tasks_in conflicts' -l stdin -d 'With merge: read the merged text from standard input; no editor opens.'
complete -c tasks -n '__tasks_in conflicts' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_in conflicts' -l jsonl -d 'Print JSON instead, one object on each line.'
complete -c tasks -n '__tasks_at conflicts 0' -a 'show take keep merge'
complete -c tasks -n '__tasks_at conflicts 1' -a '(__tasks_stored conflicts)'

# remote
complete -c tasks -n '__tasks_in remote' -l encrypt -d 'With add: make a remote that nobody reads without a passphrase.'
complete -c tasks -n '__tasks_in remote' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_in remote' -l passphrase-file -r -F -d 'Read the passphrase from the first line of a file.'
complete -c tasks -n '__tasks_in remote' -l passphrase-command -x -d 'Run a command that prints the passphrase.'
complete -c tasks -n '__tasks_in remote' -l key-file -r -F -d 'Use a file as the key: 32 random bytes or more.'
complete -c tasks -n '__tasks_at remote 0' -a 'add add-key list show set-url remove'
complete -c tasks -n '__tasks_at remote 1' -a '(__tasks_stored remotes)'
complete -c tasks -n '__tasks_at remote 2' -a '(__fish_complete_directories)'

# push
complete -c tasks -n '__tasks_in push' -l dry-run -d 'Only say what would travel.'
complete -c tasks -n '__tasks_in push' -l refill -d 'Fill a remote again that was emptied, from what is here.'
complete -c tasks -n '__tasks_in push' -l allow-future -d 'Send edits though this machine\'s clock seems to be ahead.'
complete -c tasks -n '__tasks_in push' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_in push' -l passphrase-file -r -F -d 'Read the passphrase from the first line of a file.'
complete -c tasks -n '__tasks_in push' -l passphrase-command -x -d 'Run a command that prints the passphrase.'
complete -c tasks -n '__tasks_in push' -l key-file -r -F -d 'Use a file as the key: 32 random bytes or more.'
complete -c tasks -n '__tasks_at push 0' -a '(__tasks_stored remotes)'

# pull
complete -c tasks -n '__tasks_in pull' -l dry-run -d 'Only say what would travel.'
complete -c tasks -n '__tasks_in pull' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_in pull' -l passphrase-file -r -F -d 'Read the passphrase from the first line of a file.'
complete -c tasks -n '__tasks_in pull' -l passphrase-command -x -d 'Run a command that prints the passphrase.'
complete -c tasks -n '__tasks_in pull' -l key-file -r -F -d 'Use a file as the key: 32 random bytes or more.'
complete -c tasks -n '__tasks_at pull 0' -a '(__tasks_stored remotes)'

# sync
complete -c tasks -n '__tasks_in sync' -l dry-run -d 'Only say what would travel.'
complete -c tasks -n '__tasks_in sync' -l refill -d 'Fill a remote again that was emptied, from what is here.'
complete -c tasks -n '__tasks_in sync' -l allow-future -d 'Send edits though this machine\'s clock seems to be ahead.'
complete -c tasks -n '__tasks_in sync' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_in sync' -l passphrase-file -r -F -d 'Read the passphrase from the first line of a file.'
complete -c tasks -n '__tasks_in sync' -l passphrase-command -x -d 'Run a command that prints the passphrase.'
complete -c tasks -n '__tasks_in sync' -l key-file -r -F -d 'Use a file as the key: 32 random bytes or more.'
complete -c tasks -n '__tasks_at sync 0' -a '(__tasks_stored remotes)'

# clone
complete -c tasks -n '__tasks_in clone' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_in clone' -l passphrase-file -r -F -d 'Read the passphrase from the first line of a file.'
complete -c tasks -n '__tasks_in clone' -l passphrase-command -x -d 'Run a command that prints the passphrase.'
complete -c tasks -n '__tasks_in clone' -l key-file -r -F -d 'Use a file as the key: 32 random bytes or more.'

# watch
complete -c tasks -n '__tasks_at watch 0' -a '(__tasks_stored remotes)'

# bundle
complete -c tasks -n '__tasks_in bundle' -l since -x -d 'With create: only what came after change:ID, or what a remote is not known to have.'
complete -c tasks -n '__tasks_in bundle' -l all -d 'With create: everything, which is what it does unless --since says less.'
complete -c tasks -n '__tasks_in bundle' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_at bundle 0' -a 'create apply verify'
complete -c tasks -n '__tasks_at bundle 1 more' -F

# devices
complete -c tasks -n '__tasks_in devices' -l json -d 'Print one JSON document instead.'

# init
complete -c tasks -n '__tasks_in init' -l name -x -d 'What other devices call this one; at first the machine\'s name.'

# config
complete -c tasks -n '__tasks_in config' -l unset -d 'Give the setting back its first value.'
complete -c tasks -n '__tasks_in config' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_at config 0' -a '(__tasks_stored settings)'

# fsck
complete -c tasks -n '__tasks_in fsck' -l rebuild -d 'Make the database anew from the changes; the old one is kept.'
complete -c tasks -n '__tasks_in fsck' -l remote -x -a '(__tasks_stored remotes)' -d 'Read everything on a remote instead, and check it.'
complete -c tasks -n '__tasks_in fsck' -l json -d 'Print one JSON document instead.'

# gc
complete -c tasks -n '__tasks_in gc' -l json -d 'Print one JSON document instead.'

# import
complete -c tasks -n '__tasks_in import' -l format -x -a 'taskwarrior todo.txt ics csv jsonl' -d 'What the files are; without it that is guessed from what is in them.'
complete -c tasks -n '__tasks_in import' -l dry-run -d 'Only say what would happen.'
complete -c tasks -n '__tasks_in import' -l json -d 'Print one JSON document instead.'
complete -c tasks -n '__tasks_at import 0 more' -F

# export
complete -c tasks -n '__tasks_in export' -l format -x -a 'taskwarrior todo.txt ics csv jsonl' -d 'What to write; jsonl if it is not said.'
complete -c tasks -n '__tasks_in export' -s o -l output -r -F -d 'The file to write; it is replaced when the new one is whole.'
complete -c tasks -n '__tasks_in export' -l plain -d 'Write todo.txt without the keys by which a task is found again.'
complete -c tasks -n '__tasks_in export' -l with-deleted -d 'Deleted tasks too, where the format knows such.'
complete -c tasks -n '__tasks_in export' -l completed -d 'Only tasks that are done.'
complete -c tasks -n '__tasks_in export' -l deleted -d 'Only deleted tasks.'
complete -c tasks -n '__tasks_in export' -l waiting -d 'Only tasks that wait for their time.'
complete -c tasks -n '__tasks_at export 0 more' -a '(__tasks_attributes)'

# serve
complete -c tasks -n '__tasks_in serve' -l listen -x -d 'Where to listen: HOST:PORT or unix:PATH; port 0 takes a free one. Else 127.0.0.1:7420, or the port in PORT.'
complete -c tasks -n '__tasks_in serve' -l host -x -d 'A name that it may be called by, with :PORT where that is not its own.'
complete -c tasks -n '__tasks_in serve' -l origin -x -d 'Where web pages come from that may ask it.'
complete -c tasks -n '__tasks_in serve' -l token-file -r -F -d 'Where the token is, or will be.'
complete -c tasks -n '__tasks_in serve' -l no-auth -d 'Ask for no token; on this machine only.'
complete -c tasks -n '__tasks_in serve' -l rate -x -d 'How many requests a second of one address are answered, for example 20/s; none for no limit. Else 50/s.'
complete -c tasks -n '__tasks_in serve' -l max-body -x -d 'How long a request\'s body may be. Else 1MB.'
complete -c tasks -n '__tasks_in serve' -l sync-every -x -d 'How often to sync anyway: 30s, 5m, 1h; none for not. Else 5m.'
complete -c tasks -n '__tasks_in serve' -l log-format -x -a 'text json' -d 'How requests are logged.'

# completions
complete -c tasks -n '__tasks_at completions 0' -a 'bash zsh fish'

# version
complete -c tasks -n '__tasks_in version' -l json -d 'Print one JSON document instead.'

# help
complete -c tasks -n '__tasks_at help 0' -a '(__tasks_commands)'
