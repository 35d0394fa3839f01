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

## A wrong call. $it and $other are what was typed, or what can be.

miscall-unknown = “{ $it }” is not known here.
miscall-value = “{ $other }” cannot be given for { $it }.
miscall-empty = { $it } needs a value.
miscall-conflict = { $it } cannot go together with { $other }.
miscall-twice = { $it } can be typed only once.
miscall-missing = { $it } is missing.
miscall-command = A command has to follow.
miscall-text = Something of what was typed is no text.
miscall-possible = What can be: { $it }.
miscall-meant = Did you mean “{ $it }”?

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
error-settings-line = transhume.toml cannot be understood in line { $it }.
    .hint = Correct that line, or remove it. Texts stand between double quotes, as in homeserver = "example.org".
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
error-backup-key-file = “{ $it }” cannot be opened: there should be the key of a backup.
    .hint = Look whether the path is right and the file may be read. A key is the file “key” or “encrypted_backup.key” of the phone, or a text file with the 64 digits that WhatsApp showed you. If they are lost, make new ones in WhatsApp (Settings, Chats, Chat backup, End-to-end encrypted backup) and back up again.
error-backup-key = “{ $it }” holds no key of a backup.
    .hint = Look whether the path is right and the file may be read. A key is the file “key” or “encrypted_backup.key” of the phone, or a text file with the 64 digits that WhatsApp showed you. If they are lost, make new ones in WhatsApp (Settings, Chats, Chat backup, End-to-end encrypted backup) and back up again.
error-empty-workspace = Nothing has been imported yet.
    .hint = Start with “transhume migrate ~/Downloads”; “transhume guide” shows which files to get.
error-no-input = No input was usable.
    .hint = “transhume guide” shows which files to get, and how.
error-no-contact = Nobody is called “{ $it }”.
    .hint = “transhume contacts” lists everybody. An exact name, an id, a number or an e-mail address will do.
error-no-command = There is no command called “{ $it }”.
    .hint = “transhume --help” lists all of them.
error-no-run = There is no run { $it }.
    .hint = “transhume runs” lists them.
error-share-people = { $it } lists people one by one: that is nothing to be shown to others.
    .hint = --share goes with the terminal, --json, --html and --markdown. Leave one of the two out.
error-undo = The run stays: you did not agree to take it back.
    .hint = What was listed would be removed, so it is asked on a terminal. In a script, --yes agrees to it.
error-nothing-to-purge = There is nothing here that transhume wrote.
    .hint = Name the workspace that you used (--workspace), and the folder of its outputs (--out).
error-purge = Nothing was deleted: you did not agree to it.
    .hint = It cannot be undone, so it is asked on a terminal. In a script, --yes agrees to it.
error-several-contacts = Several contacts fit: { $it }
    .hint = Use the id instead.
error-template-unknown = { $place }: there is no variable “{ $it }”.
    .hint = Those that there are: { $known }. Nothing was written.
error-template-forbidden = { $place }: a template cannot hold “{ $it }”.
    .hint = Only variables, and if, elif, else, endif and set: nothing that loops, includes or calls. Nothing was written.
error-template-mistake = { $place }: the template has a mistake: { $it }
    .hint = The README shows a template. Nothing was written.
error-template-long = { $place }: it makes a text of { $it } characters.
    .hint = At most 300 are read: make it shorter. Nothing was written.
error-template-misplaced = { $it } is no template.
    .hint = A template is LANGUAGE/KIND.txt: a language is { $languages }, a kind { $kinds }.
error-group-link = “{ $it }” is no group with its link.
    .hint = Type it like this: --group-link "Book club=https://signal.group/#…"
error-day = “{ $it }” is no day to come.
    .hint = Type it like this: 2030-12-24.
error-mark-not-asked = { $it } was not asked yet.
    .hint = A reminder comes after an invitation: mark that one first, with “sent”.
error-mark-asked = { $it } was asked on { $day } already.
    .hint = Mark what became of it: reminded, joined, declined or never. “undo” takes the last mark back.
error-mark-joined = { $it } came already.
    .hint = If that is wrong, “transhume why NAME” says from where it is known; “invite mark NAME undo” takes a mark of yours back.
error-mark-said-no = { $it } is not to be asked any more: they said no, or you did.
    .hint = “invite mark NAME undo” takes that back.
error-mark-too-early = It is too early to remind { $it }: that may be from { $day } on.
    .hint = Between two messages lies a week at the least.
error-mark-enough = { $it } was reminded twice, and that is enough.
    .hint = Whoever wants to come comes. Better talk about it when you meet.
error-mark-nothing = Nothing was marked of { $it } that could be taken back.
    .hint = “transhume invite list” shows all marks.
error-bad-url = “{ $it }” is not the address of a server.
    .hint = Type a server’s name, such as example.org, a URL, such as https://matrix.example.org, or a Matrix ID, such as @ada:example.org.
error-insecure-url = { $it } would send your access token unprotected.
    .hint = Use https://. Plain http:// is for servers on this computer only.
error-cannot-read = This file cannot be read: { $it }
    .hint = Check its name, and that you may read it.
error-ca-file = The certificate file cannot be used: { $it }
    .hint = --ca-file takes certificates in PEM form (-----BEGIN CERTIFICATE-----).
error-no-homeserver = It is not known where your Matrix account is.
    .hint = Add --homeserver example.org, or write homeserver = "example.org" into transhume.toml.
error-no-token = There is no access token for your homeserver.
    .hint = Sign in with “transhume login matrix”. Or put a token into a file that only you can read and add --token-file FILE, or set TRANSHUME_ACCESS_TOKEN. In Element it stands under Settings, Help & About.
error-fetch-url = “{ $it }” is not the address of an address book on a server.
    .hint = Type a URL such as https://ada@cloud.example.org: the address books are found from there.
error-fetch-insecure = { $it } would send your password unprotected.
    .hint = Use https://. Plain http:// is for servers on this computer only.
error-fetch-password-typed = There is a password in { $it }
    .hint = Leave it out: every program on this computer can read what is typed. Put it into a file that only you can read and add --password-file FILE, or set TRANSHUME_CARDDAV_PASSWORD, or be asked for it.
error-fetch-no-password = There is no password for the address book.
    .hint = Put it into a file that only you can read and add --password-file FILE, or set TRANSHUME_CARDDAV_PASSWORD. In Nextcloud, make an app password under Settings, Security.
error-fetch-refused = { $it } does not accept the name and password, or wants some.
    .hint = Give --user NAME and the right password. In Nextcloud, make an app password under Settings, Security.
error-fetch-no-book = There is no address book to be found at { $it }
    .hint = Give the URL that your address book’s settings show. It is a CardDAV address, not a web page.
error-fetch-redirect = The server sends us to another one, where your password should not go: { $it }
    .hint = If you know that place and it is right, give its URL to --fetch yourself.
error-desktop-none = There is no Signal Desktop in the usual places: { $it }
    .hint = Name its folder: --signal-desktop DIR. Or use Signal’s own export (transhume guide signal).
error-desktop-several = There is more than one Signal Desktop here: { $it }
    .hint = Name the one that you use with --signal-desktop DIR.
error-signal-key = There is no key in { $it }
    .hint = The file holds the 64 digits (0-9, a-f) of the database’s key, and nothing else.
error-signal-key-file = This file with the key cannot be read: { $it }
    .hint = Look at its name and whether you may read it.
error-same-contact = “{ $it }” is that person already.
    .hint = Name two contacts. “transhume contacts” lists everybody.
error-not-split = There is nothing called “{ $it }” that could be split off.
    .hint = Give one of their numbers, addresses or names, or the title of a chat; something has to be left. “transhume contacts show NAME” lists what there is, “transhume why NAME” where it stands.
error-no-marks = Nothing tells “{ $it }” from others, so nothing can be decided about them.
    .hint = Correct it where it comes from: give them a name or number of their own in your address book, and import that again.
error-not-decided = That would change nothing: “{ $it }” stays as it is.
    .hint = “transhume why NAME” tells what holds it together.
error-blank-name = Nothing would be seen of that name.
    .hint = Give one that can be read.
error-forget = Nobody was forgotten: you did not agree to it.
    .hint = It cannot be undone, so it is asked on a terminal. In a script, --yes agrees to it.
error-review-state = { $it } was written at another time, or from another workspace: what was asked then may not be what is open now.
    .hint = Write it again with “transhume review export” into the same file: your answers to what is still open are carried over. Nothing was changed.
error-review-answers = { $it } holds answers that were not applied, to questions that are no longer open: writing it again would lose them.
    .hint = Apply it first with “transhume review apply”, or write to another file; nothing was changed.
error-review-rows = Nothing of { $it } was applied.
    .hint = Correct what is named above and apply it again: all of it is applied, or nothing.
error-consent = Nothing was sent: you did not agree to it.
    .hint = Look at what would leave with --dry-run. In a script, --yes agrees to it.
error-terms = { $it } wants its terms to be accepted before it answers.
    .hint = Read them, then answer yes on a terminal, or add --accept-terms.
error-weak-pepper = { $it } protects the identities that it is asked about too little (its pepper is weak), so it is not asked.
    .hint = Tell whoever runs it, or name another one with --identity-server.
error-plaintext-only = { $it } wants your contacts’ addresses and numbers as they are, so it is not asked.
    .hint = transhume sends them hashed or not at all. Name another one with --identity-server.
error-no-algorithm = { $it } offers no way of asking that transhume knows.
    .hint = Name another one with --identity-server.
error-interrupted-asking = Interrupted. What was learnt so far is kept.
    .hint = The same command goes on where this one stopped.
error-unreachable = No answer from { $it }
    .hint = Check the network and the name. The same command goes on where this one stopped.
error-no-such-name = It is not known where { $it } is.
    .hint = Check the name for slips, then the network. The same command goes on where this one stopped.
error-tls-expired = { $it } shows a certificate that has expired, or is not valid yet. It was not spoken to.
    .hint = Check the clock of this computer. Else whoever runs the server has to renew it.
error-tls-wrong-name = { $it } shows the certificate of another server. It was not spoken to.
    .hint = Check the name that you typed. If it is right, somebody may stand in between.
error-tls-unknown-issuer = Nobody who is trusted vouches for { $it }. It was not spoken to.
    .hint = If it is your own server with an authority of its own, add --ca-file FILE.
error-tls-version = { $it } speaks only old TLS, which protects nothing. It was not spoken to.
    .hint = Whoever runs the server has to switch on TLS 1.2 or newer.
error-tls = { $it } cannot prove who it is. It was not spoken to.
    .hint = If it is your own server with an authority of its own, add --ca-file FILE.
error-private-address = A server points to { $it }, which is in a private network. It was not spoken to.
    .hint = If it is your own server, add --allow-private.
error-server-url = A server names an address that cannot be used: { $it }
    .hint = It has to begin with https:// and hold no password. Name the right one with --homeserver or --identity-server.
error-too-large = { $it } answers with more than could be right.
    .hint = Check that it is the right server. What was answered before is kept.
error-redirect = A server sends us elsewhere, where nothing of yours should go: { $it }
    .hint = Name the right one with --homeserver or --identity-server.
error-redirect-loop = A server sends us in a circle: { $it }
    .hint = That is a fault of its settings: tell whoever runs it, or name another address.
error-nonsense = What answers at { $it } is not a Matrix server of the kind that was asked.
    .hint = Check --homeserver and --identity-server.
error-token-refused = { $it } does not accept the access token.
    .hint = It may have expired or been revoked. Get a new one; the same command goes on where this one stopped.
error-rate-limited = { $it } wants to be left alone for now.
    .hint = Type the same command later: it goes on where this one stopped.
error-rate-limited-until = { $it } wants to be left alone { $wait }.
    .hint = Type the same command after that: it goes on where this one stopped.
# How long that is: for a span, until a day, or neither.
wait-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
wait-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
wait-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
wait-for = for { $span }
wait-until = until { $day } { $month } at { $hour }:{ $minute }
wait-until-year = until { $day } { $month } { $year } at { $hour }:{ $minute }
wait-endless = for longer than a year
error-server = A server could not answer: { $it }
    .hint = Try again later: the same command goes on where this one stopped.
error-pipe = The reader went away.
    .hint = Nothing to do.

## Progress and results

progress-reading = Reading
progress-rooms = Looking through your rooms at { $host }
progress-profiles = Asking { $host } for profiles
progress-identities = Asking { $host } about addresses and numbers
progress-names = Searching { $host } for names
progress-line = { $what }: { $count }
check-token-prompt = Access token of your homeserver:
check-host-unknown = the identity server that your homeserver names
check-of-circle = your circle
check-of-saved = everybody whom you have saved
check-of-all = everybody
check-homeserver = To your homeserver, { $host }:
check-rooms = It is asked for your own direct chats and for the members of your rooms. Nothing about anybody leaves for that, and nothing about strangers is kept.
check-profiles = { $count ->
    [one] { $count } Matrix ID from your address book and chats, as it is: your homeserver asks that of the person whether there is such a profile.
   *[other] { $count } Matrix IDs from your address book and chats, as they are: your homeserver asks those of the people whether there are such profiles.
}
check-names = { $count ->
    [one] { $count } name, as you saved it, in plain: it is searched for in the directory of your homeserver, and whoever runs that can read it.
   *[other] { $count } names, as you saved them, in plain: they are searched for in the directory of your homeserver, and whoever runs that can read them.
}
check-names-left = { $count ->
    [one] { $count } more name is left for the next run.
   *[other] { $count } more names are left for the next run.
}
check-about = What leaves this computer, to { $host }:
check-leaves = { $emails ->
    [one] { $emails } e-mail address
   *[other] { $emails } e-mail addresses
} and { $phones ->
    [one] { $phones } phone number
   *[other] { $phones } phone numbers
}, hashed, of { $people ->
    [one] { $people } person
   *[other] { $people } people
} ({ $scope }). No name, no message.
check-continued = { $count ->
    [one] { $count } more was answered before the last run was interrupted, and is not asked again.
   *[other] { $count } more were answered before the last run was interrupted, and are not asked again.
}
check-stays = { $excluded ->
    [one] Nothing about { $excluded } person, whom you excluded.
   *[other] Nothing about { $excluded } people, whom you excluded.
}
check-knows-you = Your own Matrix ID: the server learns who asks. Your access token goes to your homeserver only.
check-reversible = A hashed number can be turned back: whoever runs the server can find out every number that you ask about.
check-expect = Expect few answers: only people who entered their address or number there are found, and public identity servers stopped taking phone numbers in 2023.
check-may-it = May this leave? [y]es, [e]-mail addresses only, [p]hone numbers only, [N]o:
check-may-names = May these names leave, in plain? [y]es, [N]o:
check-forgotten = Nothing is kept about those who were not found. They are asked about again next time.
check-certificates = Certificates are taken from { $it }.
check-may-it-alone = May this leave? [y]es, [N]o:
check-words-yes = y yes
check-words-email = e email e-mail
check-words-phone = p phone
check-terms = { $host } asks you to accept:
check-may-terms = Have you read them, and do you accept them? [y]es, [N]o:
desktop-about = About to be opened, to be read and nothing else:
desktop-path = - { $path }
desktop-takes = Taken are names, numbers, usernames and account ids, groups and dates, and whom you blocked. Messages are not looked at. Nothing in the folder changes, and the key is not kept.
desktop-keyring = The keyring is asked for the password of the key: { $command }
fetch-about = What leaves this computer, to { $host }, and to no other:
fetch-leaves = - the user name “{ $user }” and the password, which is not kept
fetch-leaves-nothing = - nothing about you but your internet address: no user name is given
fetch-comes = Nothing about anybody leaves. What comes: the cards of your address books there. Names, numbers and addresses are kept in the workspace; photos and everything else are not.
fetch-password-prompt = Password of { $user }:
progress-fetching = Fetching from { $host }
check-dry-run = Nothing was sent.
check-nobody = There is nobody to ask about: no address and no number of the kind that may leave.
check-answered = About everybody there was an answer already, before the last run was interrupted.
check-waiting = { $host } asks for a pause: waiting { $wait }.
check-found = { $count ->
    [0] Nobody is known to be on { $channel } yet.
    [one] { $count } person can be reached on { $channel }:
   *[other] { $count } people can be reached on { $channel }:
}
check-likely = { $count ->
    [one] { $count } more is likely to be there.
   *[other] { $count } more are likely to be there.
}
check-not-found = { $count ->
    [one] { $count } person was not found. They may be on { $channel } all the same, without having entered an address or number there: ask them.
   *[other] { $count } people were not found. They may be on { $channel } all the same, without having entered an address or number there: ask them.
}
check-not-asked = { $count ->
    [one] { $count } person was not asked about yet.
   *[other] { $count } people were not asked about yet.
}
check-not-kept = { $count ->
    [one] About { $count } person nothing is kept: they were asked about in vain, or not at all.
   *[other] About { $count } people nothing is kept: they were asked about in vain, or not at all.
}
check-unaskable = { $count ->
    [one] For { $count } person there is no e-mail address and no number to ask by.
   *[other] For { $count } people there is no e-mail address and no number to ask by.
}
check-alike = { $count ->
    [one] Of { $count } person there are accounts that bear the name. They may be somebody else’s: “transhume review” asks about them.
   *[other] Of { $count } people there are accounts that bear the name. They may be somebody else’s: “transhume review” asks about them.
}
ask-backup-key = Key of the encrypted backup (64 digits, or the path of its file; nothing to go on without):
import-line = { $path }: { $unit ->
    [cards] { $read ->
        [one] { $read } card read
       *[other] { $read } cards read
    }
    [rows] { $read ->
        [one] { $read } row read
       *[other] { $read } rows read
    }
    [people] { $read ->
        [one] { $read } person read
       *[other] { $read } people read
    }
   *[other] { $read ->
        [one] { $read } entry read
       *[other] { $read } entries read
    }
}, { $kept } kept, { $merged } merged, { $rejected } rejected; contacts: { $new } new, { $changed } changed, { $unchanged } unchanged
import-others = { $count ->
    [one] { $count } of them is nobody’s contact: a company, a service, a list, or you.
   *[other] { $count } of them are nobody’s contacts: companies, services, lists, or you.
}
runs-line = { $id }  { $at }  { $command }  { $contacts ->
    [one] { $contacts } contact
   *[other] { $contacts } contacts
}, { $reachable } reachable
runs-from-to = From run { $first } ({ $from }) to run { $second } ({ $to })
runs-reachable = Reachable without WhatsApp: { $before } before, { $after } after.
runs-gained = { $count ->
    [one] { $count } person became reachable
   *[other] { $count } people became reachable
}
runs-lost = { $count ->
    [one] { $count } person could not be reached any more
   *[other] { $count } people could not be reached any more
}
runs-gone = { $count ->
    [one] { $count } person was not known any more
   *[other] { $count } people were not known any more
}
runs-same = Nothing else changed.
runs-undo-what = What goes with run { $id } ({ $date }, { $command })
runs-undo-source = { $path }: { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
runs-undo-answers = { $count ->
    [one] What a network told: { $count } answer
   *[other] What networks told: { $count } answers
}
runs-undo-nothing = Nothing but the run itself: what it read was known before.
runs-undo-gone = { $count ->
    [one] { $count } person is not known any more
   *[other] { $count } people are not known any more
}
runs-undo-replaced = An address book or a database took the place of what it held before, if that had been read from the same path. The older state does not come back: import it again if you want it.
runs-undo-stays = What stays: the files that you gave to read, what other runs brought, what you decided and whom you invited. What left this computer has left, and stays counted. “transhume report” writes its files anew.
runs-may-undo = Take that run back? [y]es, [N]o:
runs-undone = Run { $id } is taken back.
contacts-excluded = { $name } will not be looked up and not be invited any more.
contacts-included = { $name } is back among your contacts.
contacts-merged = { $name } and { $other } are one person now.
contacts-split = { $name } was split in two.
contacts-taken-away = { $other } is not taken for { $name }’s any more.
contacts-renamed = { $name } is called { $other } now.
contacts-may-forget = Forget { $name }? That cannot be undone. [y]es, [N]o:
contacts-forgotten = { $name } is forgotten: { $entries ->
    [one] { $entries } entry
   *[other] { $entries } entries
} in { $files ->
    [one] { $files } file
   *[other] { $files } files
} that had been read.
contacts-forget-rewritten = Written anew without them:
contacts-forget-deleted = Deleted, since they may be named there:
contacts-forget-back = What stays: the files that you read, and what you had written elsewhere than among the outputs, which are yours to delete; copies and backups of the workspace; and where earlier runs are counted, a random id that leads to nobody. A file that was read stays as it was left, even if you give it again; but a changed or a new one that holds this person, or the chat between the two of you, brings them back (--never-again prevents that).
contacts-forget-never = What stays: the numbers, addresses and names by which this person is known again, in the workspace, so that whatever you import later is taken up without them; the files that you read, and what you had written elsewhere than among the outputs, which are yours to delete; copies and backups of the workspace; and where earlier runs are counted, a random id that leads to nobody.
invite-done = { $count ->
    [0] There is nobody left to write to.
    [one] One draft. You send it yourself, when you like.
   *[other] { $count } drafts. You send them yourself, when you like.
}
invite-line = { $name }: { $kind ->
    [switch] go on over on { $channel }
    [remind] a reminder of { $channel }
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

status-nothing = Nothing was learnt yet.
status-channels = On Matrix { $matrix }, on Signal { $signal }, on XMPP { $xmpp }.
status-likely = { $count ->
    [one] { $count } more is likely there, and wants to be confirmed.
   *[other] { $count } more are likely there, and want to be confirmed.
}
status-changes = { $since } { $list }.
status-open = { $what }.
status-matrix = Matrix: signed in as { $user } at { $host }.
status-matrix-ended = Matrix: the session of { $user } at { $host } has ended. To sign in again: transhume login matrix
status-matrix-nobody = Matrix: nobody is signed in. To sign in: transhume login matrix
status-signal = { $known ->
    [yes] Signal: linked as { $account }
   *[no] Signal: no account was named
}{ $placed ->
    [yes] , through the signal-cli at { $at }.
   *[no] , but it is not known where your signal-cli is.
}
status-signal-nobody = Signal: not linked. To link your signal-cli: transhume login signal
status-next-guide = See what to export, and how:
    .command = transhume guide
status-next-signal = See who is already on Signal, with Signal’s own export:
    .command = transhume guide signal
status-next-review = { $count ->
    [one] Decide { $count } question that only you can answer:
   *[other] Decide { $count } questions that only you can answer:
}
    .command = transhume review
status-next-invite = Write to those who come next:
    .command = transhume invite
status-next-later = In a few weeks export again, and see who has come:
    .command = transhume migrate ~/Downloads

inspect-chat = { $kind ->
    [group] Group chat
    [direct] Direct chat
   *[unknown] Chat
} “{ $title }” ({ $platform }). Messages: { $messages } (media: { $media }); notices: { $notices }
inspect-lines = Lines: { $lines } (first lines { $headers }, continued { $continuations }, blank { $blank }, skipped { $skipped })
inspect-dates = Dates: { $order ->
        [dmy] day, month, year
        [mdy] month, day, year
       *[ymd] year, month, day
    }; { $decided ->
        [year-first] the year stands first
        [day-above-12] a number above 12 can only be the day
        [monotonic] only so does time run forward
        [file-names] going by the dates in the names of media files
        [separators] going by how they are written
        [language] going by the language of the notices
        [siblings] as in the other files
        [option] as you said with --date-order
       *[default] a guess, as nothing in the file tells
    }
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
help-workspace = Where your data is kept (default: the system’s folder for data)
help-out = Where files are written (default: out in a named workspace, else ./transhume-out)
help-json = Print JSON instead of text
help-quiet = Print only what was asked for
help-verbose = Print more
help-lang = Language: en, fr
help-color = Use colour: auto, always, never
help-plain = Flatten everything into lines, to be read aloud: no tables, no bars, no codes to scan
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
help-migrate-to = The channel to invite to: matrix, signal, xmpp (default: “channel” in transhume.toml, else where most of your circle already is)
help-migrate-matrix = Also ask Matrix who is there already, after saying what would leave this computer
help-migrate-homeserver = Your homeserver: its name, your Matrix ID, or its URL
help-migrate-identity-server = The identity server to ask (default: the one that your homeserver names)
help-migrate-token-file = A file with the access token of your homeserver
help-migrate-only = Ask by one kind of identity only: email, phone
help-migrate-accept-terms = Accept the identity server’s terms, which are shown
help-migrate-ca-file = One more certificate authority to trust, a PEM file
help-migrate-allow-private = Follow a server’s word into private networks
help-migrate-timeout = How long one request may take, in seconds (default: 10)
help-migrate-yes = Agree to what leaves this computer
help-migrate-dry-run = Tell what would leave, and send nothing; all the rest is done
help-skip = Leave a step out: rooms, profiles, identity-server; several with commas
help-directory = Also search your homeserver’s user directory for the names of those who were not found; the names leave in plain
help-forget-misses = Keep nothing about those who are not found; they are asked about again next time
help-review-about = What only you can decide: one by one, or in a spreadsheet
help-review-export-about = Write the open questions as a table for any spreadsheet
help-review-export-file = The CSV file to write
help-review-apply-about = Apply the answers of such a table: all of them, or none
help-review-apply-file = The CSV file that was answered
help-check-about = Ask a network who is there already
help-check-matrix-about = Ask your homeserver and an identity server, after saying what would leave this computer
help-check-matrix-homeserver = Your homeserver: its name, your Matrix ID, or its URL
help-check-matrix-identity-server = The identity server to ask (default: the one that your homeserver names)
help-check-matrix-token-file = A file with the access token of your homeserver
help-check-matrix-only = Ask by one kind of identity only: email, phone
help-check-matrix-accept-terms = Accept the identity server’s terms, which are shown
help-check-matrix-ca-file = One more certificate authority to trust, a PEM file
help-check-matrix-allow-private = Follow a server’s word into private networks
help-check-matrix-timeout = How long one request may take, in seconds (default: 10)
help-check-matrix-yes = Agree to what leaves this computer
help-check-matrix-dry-run = Tell what would leave, and send nothing
help-guide-about = What to export, and how
help-guide-topic = About one kind of file only: android, iphone, signal, contacts
help-inspect-about = Show what is understood in files; nothing is kept
help-inspect-files = The files
help-import-about = Learn what is in files
help-import-inputs = Files and folders, of any kind and in any mix
help-import-fetch = A CardDAV address book (Nextcloud, Radicale …): its URL, or the server’s
help-import-signal-desktop = Signal Desktop on this computer: its database, if you cannot make Signal’s own export (default DIR: the usual one)
help-import-signal-key-file = The key of that database, if the keyring cannot be asked: a file with its 64 digits
help-import-user = The user name there, if it is not in the URL
help-import-password-file = A file with the password there
help-import-ca-file = One more certificate authority to trust, a PEM file
help-import-timeout = How long one request may take, in seconds (default: 60)
help-import-yes = Agree to what leaves this computer
help-import-dry-run = Tell what would leave, and fetch nothing
help-contacts-about = Who is who
help-contacts-list-about = List all contacts
help-contacts-show-about = Show one contact
help-contacts-show-name = An exact name, an id, a number or an e-mail address
help-contacts-exclude-about = Never look somebody up, never invite them
help-contacts-exclude-name = An exact name, an id, a number or an e-mail address
help-contacts-exclude-undo = Take that back
help-contacts-merge-about = Say that two are one person
help-contacts-merge-name = An exact name, an id, a number or an e-mail address
help-contacts-merge-with = The other one, given in the same way
help-contacts-split-about = Say that something of somebody’s belongs to somebody else
help-contacts-split-name = An exact name, an id, a number or an e-mail address
help-contacts-split-what = What is somebody else’s: a number, an address, an account; a name; or the title of the chat in which it is another person
help-contacts-forget-about = Keep nothing about somebody any more
help-contacts-forget-name = An exact name, an id, a number or an e-mail address
help-contacts-forget-never-again = Leave them out of whatever is imported later; for that, what they are known by is kept
help-contacts-forget-yes = Do not ask
help-contacts-rename-about = Choose the name under which somebody is shown
help-contacts-rename-name = An exact name, an id, a number or an e-mail address
help-contacts-rename-to = The name to show
help-contacts-rename-undo = Go back to the name that the files give
help-status-about = The big number, the next step, and who is signed in where
help-why-about = Every piece of evidence about somebody
help-why-name = An exact name, an id, a number or an e-mail address
help-plan-about = Whom to invite first, which group can move, and what still holds you
help-plan-more =
    The score (in JSON) is how many people come on average, themself included, if somebody is invited after all those before them: the mean of worlds played in three ways of following. What “could” or “may” happen rests on the same worlds; all else is counted, a group on the one channel on which most of it is.

    The last year is the last twelve months to the day. Sources count by month: of the month in which the twelve begin, the share of its days counts.
help-plan-first = How many people to show (default: 10)
help-plan-share = The share at which a group moves: 25, 60, all (default: 60)
help-plan-to = The channel to invite to: matrix, signal, xmpp (default: “channel” in transhume.toml, else where most of your circle already is)
help-invite-about = The next drafts, for you to send
help-invite-send = Make Matrix rooms and send invitations into them, after showing the list
help-invite-note-to-self = Put the list of the next messages into your own “Note to Self” on Signal, after showing it
help-invite-room = A group whose room to make, by its title (repeatable); instead of direct chats
help-invite-space = The title of a space in which these rooms stand together
help-invite-by-mail = Also have e-mails written to those who are not on Matrix, by the identity server
help-invite-yes = Confirms the list: how many invitations are sent, or messages listed
help-invite-dry-run = Only show what would be sent
help-invite-homeserver = Your homeserver: its name, your Matrix ID, or its URL
help-invite-identity-server = The identity server that writes e-mails (default: the one that your homeserver names)
help-invite-token-file = A file with the access token of your homeserver
help-invite-accept-terms = Accept the identity server’s terms, which are shown
help-invite-ca-file = One more certificate authority to trust, a PEM file
help-invite-allow-private = Follow a server’s word into private networks
help-invite-timeout = How long one request may take, in seconds (default: 10)
help-invite-batch = How many (default: 10)
help-invite-to = The channel to invite to: matrix, signal, xmpp (default: “channel” in transhume.toml, else where most of your circle already is)
help-invite-templates = A folder with your own templates, as LANGUAGE/KIND.txt (default: templates in the workspace)
help-invite-group-link = The link into a new group: TITLE=LINK, with the title of the old one (repeatable)
help-invite-on = The day on which groups move, like 2030-12-24 (default: the next Sunday)
help-invite-tokens-about = Make a registration token at your own homeserver (Synapse) for each of the next who are invited to Matrix
help-invite-tokens-batch = For how many of the next (default: 10)
help-invite-tokens-days = How many days they are good for (default: 30)
help-invite-tokens-homeserver = Your homeserver: its name, your Matrix ID, or its URL
help-invite-tokens-token-file = A file with the access token of the administrator’s account
help-invite-tokens-ca-file = One more certificate authority to trust, a PEM file
help-invite-tokens-allow-private = Follow a server’s word into private networks
help-invite-tokens-timeout = How long one request may take, in seconds (default: 10)
help-invite-tokens-yes = Do not ask whether they may be made
help-invite-tokens-dry-run = Only show what would be made
help-invite-mark-about = Tell what became of an invitation: sent, reminded (twice at most, a week apart), joined, declined, never
help-invite-mark-names = Exact names, ids, numbers or e-mail addresses
help-invite-mark-status = What became of it: sent, reminded, joined, declined, never; or undo, which takes the last mark back
help-invite-mark-to = Where they were asked to: matrix, signal, xmpp (default: as the draft says)
help-invite-list-about = Everybody who was asked, and what became of it
help-report-about = Where things stand
help-report-html = Write report.html
help-report-csv = Write contacts.csv and rejects.csv
help-report-vcard = Write contacts.transhume.vcf: your address book as vCard 4.0, cleaned, with the addresses at which people were found
help-report-graphml = Write graph.graphml: people, groups and what ties them, for Gephi, yEd or networkx
help-report-markdown = Write report.transhume.md: the same sentences as Markdown
help-report-share = Name nobody, so that it can be shown to others: for the terminal, JSON, the page and Markdown
help-report-since = Tell what changed since this run, by its number (default: the one before the last)
help-runs-about = Every time that something was learnt
help-runs-list-about = List the runs
help-purge-about = Delete every file that transhume wrote, after listing them
help-purge-yes = Do not ask
help-purge-dry-run = Only list them
help-runs-diff-about = Tell what changed from one run to another
help-runs-diff-from = The run to start from, by its number
help-runs-diff-to = The run to end with (default: the last one)
help-runs-undo-about = Take back what a run brought: the files that were read, what networks told
help-runs-undo-run = The run, by its number, whichever it is (default: the last one)
help-runs-undo-yes = Do not ask
help-runs-undo-dry-run = Only tell what would go
help-completions-about = Print what makes your shell complete commands
help-completions-shell = The shell: bash, elvish, fish, powershell, zsh
help-man-about = Print a manual page
help-man-path = The command that it is about, like “contacts merge” (default: the whole program)

## man

man-name = NAME
man-synopsis = SYNOPSIS
man-description = DESCRIPTION
man-more = MORE

## purge

purge-ours = transhume wrote these:
purge-others = These are not transhume’s, and stay:
purge-signed-in = You are still signed in to Matrix. Deleting the session here does not end it there: “transhume logout” does, before.
purge-may = Delete all that transhume wrote, for ever (yes/no)?
purge-done = { $count ->
    [one] { $count } file was deleted.
   *[other] { $count } files were deleted.
}
purge-would = { $count ->
    [one] { $count } file would be deleted.
   *[other] { $count } files would be deleted.
}
purge-beyond = Out of reach: copies that you made or sent, backups and snapshots of this disk, what servers were told, and a link to Signal, which your phone ends. What is deleted can be found again on a disk that is not encrypted. The files that you gave to read are yours, and were not touched.
