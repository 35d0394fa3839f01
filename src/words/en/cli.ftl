# What the commands say, and the sentences of --help.

## Exit codes

exit-title = Exit codes:
exit-done = done
exit-internal = an error inside transhume
exit-usage = the call was wrong
exit-partial = done in part: something was rejected, what is good is written
exit-no-input = no input was usable
exit-network = nothing of what was asked of a network was had; go on later
exit-refused = refused for want of consent
exit-locked = another process has the workspace
exit-interrupted = interrupted; the same command goes on

## Failures. $it is what the sentence quotes.

error-usage = The call was wrong: { $it }
    .hint = “transhume --help” lists what can be typed.
error-locked = The workspace is in use by another process ({ $it }).
    .hint = Wait until it is done. If it was killed, the lock is gone with it.
error-newer = The workspace was written by a newer transhume (schema { $it }).
    .hint = Use that newer version. Your data is untouched.
error-damaged = The workspace cannot be read: { $it }
    .hint = Your inputs are untouched: move transhume.db away and import them again.
error-settings = transhume.toml cannot be understood: { $it }
    .hint = Correct that line, or remove it.
error-no-home = There is no folder for data on this system.
    .hint = Name one with --workspace DIR.
error-io = The system refused: { $it }
    .hint = Check that there is room and that you may write there. What was there before is untouched.
error-output-link = { $it } is a symbolic link.
    .hint = transhume does not write through links. Remove it, or name another folder with --out.
error-output-not-ours = { $it } was not written by transhume.
    .hint = Move it away, or name another folder with --out.
error-interrupted = Interrupted. Nothing was changed.
    .hint = The same command starts again.
error-internal = This should not happen: { $it }
    .hint = Please report it, with the command that you typed.
error-region = There is no region “{ $it }”.
    .hint = Use a code of two letters, such as FR, GB or US.
error-clock = TRANSHUME_NOW is no time.
    .hint = Write it like 2021-01-31T18:00:00Z, or take it out of the environment.
error-reach = “{ $it }” is no address.
    .hint = In transhume.toml, [reach] takes matrix = "@ada:example.org", xmpp = "ada@example.org", and signal = a number, a username or a signal.me link.
error-no-reach = Nobody could find you on { $it }.
    .hint = Say where you are found: under [reach] in transhume.toml, for instance matrix = "@ada:example.org". If your number is hidden on Signal, put your username link there.
error-backup-key = “{ $it }” holds no key of a backup.
    .hint = A key is the file “key” or “encrypted_backup.key”, or the 64 digits that WhatsApp showed you.
error-empty-workspace = Nothing has been imported yet.
    .hint = Start with “transhume migrate ~/Downloads”; “transhume guide” shows which files to get.
error-no-input = No input was usable.
    .hint = “transhume guide” shows which files to get, and how.
error-no-contact = Nobody is called “{ $it }”.
    .hint = “transhume contacts” lists everybody. An exact name, an id, a number or an e-mail address will do.
error-several-contacts = Several contacts fit: { $it }
    .hint = Use the id instead.
error-pipe = The reader went away.
    .hint = Nothing to do.

## Progress and results

progress-reading = Reading
ask-backup-key = Key of the encrypted backup (64 digits, or the path of its file; nothing to go on without):
import-line = { $path }: { $read } { $unit } read, { $kept } kept, { $merged } merged, { $rejected } rejected; contacts: { $new } new, { $changed } changed, { $unchanged } unchanged
runs-line = { $id }  { $at }  { $command }  { $contacts } contacts, { $reachable } reachable
contacts-excluded = { $name } will not be looked up and not be invited any more.
contacts-included = { $name } is back among your contacts.
invite-done = { $count ->
    [0] There is nobody left to write to.
    [one] One draft. You send it yourself, when you like.
   *[other] { $count } drafts. You send them yourself, when you like.
}
invite-line = { $name }: { $kind ->
    [switch] go on over on { $channel }
   *[other] invite to { $channel }
}, { $via ->
    [whatsapp] by WhatsApp
    [sms] by SMS
    [email] by e-mail
   *[other] in person
}
migrate-files = Written:
migrate-may-delete = transhume has read these and does not need them any more; you may delete what you do not want to keep:
next-title = Next:
next-signal = See who is already on Signal: type “transhume guide signal”, then migrate again with that export.
next-region = { $count ->
    [one] One number has no country code.
   *[other] { $count } numbers have no country code.
} Type the same command with --region and your country, for instance --region FR.
next-invites = { $count ->
    [one] Send the draft: open { $page }
   *[other] Send the { $count } drafts: open { $page }
}
next-later = In a few weeks, export again and type the same command: it shows who has come.

inspect-chat = { $kind ->
    [group] Group chat
    [direct] Direct chat
   *[unknown] Chat
} “{ $title }” ({ $platform }). Messages: { $messages } (media: { $media }); notices: { $notices }
inspect-lines = Lines: { $lines } (first lines { $headers }, continued { $continuations }, blank { $blank }, skipped { $skipped })
inspect-dates = Dates: { $order }, decided by { $decided }
inspect-book = Entries read: { $cards }, rejected: { $rejected }
inspect-database = People: { $people } (saved by name: { $named }, number unknown: { $hidden }); rows left out: { $rejected }
inspect-database-chats = Direct chats: { $direct }; groups: { $groups } (all members known: { $complete }); messages: { $messages }
inspect-database-linked = Numbers known for WhatsApp’s own ids: { $count }
inspect-writer = { $name }: { $messages } ({ $first } to { $last })
inspect-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
inspect-no-title = (no title)

## --help

help-about = Moves your people out of WhatsApp: who can be reached elsewhere, whom to invite next, how free you are. Works offline.
help-usage = Usage
help-commands = Commands
help-options = Options
help-arguments = Arguments
help-examples = Examples:
    transhume migrate ~/Downloads
    transhume guide signal
help-workspace = Where your data is kept (default: the system’s folder for data)
help-out = Where files are written (default: out in a named workspace, else ./transhume-out)
help-json = Print JSON instead of text
help-quiet = Print only what was asked for
help-verbose = Print more
help-lang = Language: en, fr
help-color = Use colour: auto, always, never
help-no-input = Never ask anything
help-region = Country of numbers that have no country code
help-me = Your own name in chats, or your own number; can be repeated
help-count = Whom the big number counts: circle, saved, all
help-date-order = Order of dates where nothing else tells: dmy, mdy, ymd
help-backup-key = Key of encrypted backups: its file, or a file with its 64 digits
help-help = Show this
help-version = Show the version
help-migrate-about = Do everything: import, check, plan, drafts, report
help-migrate-inputs = Files and folders, of any kind and in any mix
help-migrate-to = The channel to invite to: matrix, signal, xmpp (default: where most of your circle already is)
help-guide-about = What to export, and how
help-guide-topic = About one kind of file only: android, iphone, signal, contacts
help-inspect-about = Show what is understood in files; nothing is kept
help-inspect-files = The files
help-import-about = Learn what is in files
help-import-inputs = Files and folders, of any kind and in any mix
help-contacts-about = Who is who
help-contacts-list-about = List all contacts
help-contacts-show-about = Show one contact
help-contacts-show-name = An exact name, an id, a number or an e-mail address
help-contacts-exclude-about = Never look somebody up, never invite them
help-contacts-exclude-name = An exact name, an id, a number or an e-mail address
help-contacts-exclude-undo = Take that back
help-why-about = Every piece of evidence about somebody
help-why-name = An exact name, an id, a number or an e-mail address
help-invite-about = The next drafts, for you to send
help-invite-batch = How many (default: 10)
help-invite-to = The channel to invite to: matrix, signal, xmpp (default: where most of your circle already is)
help-report-about = Where things stand
help-report-html = Write report.html
help-report-csv = Write contacts.csv and rejects.csv
help-runs-about = Every time that something was learnt
help-runs-list-about = List the runs
