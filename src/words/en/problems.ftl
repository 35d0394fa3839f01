# What can be wrong with an input: what it is, and under `.hint` what to do.
#
# $count is 0 where nothing was counted. $quoted is "yes" where $quote holds a
# name or piece of text from the input, else "no" and $quote is empty.

## Files

problem-unreadable = { $quoted ->
    [yes] This cannot be opened: { $quote }
   *[no] This cannot be opened.
}
    .hint = Check that it is still there and that you may read it.
problem-empty-file = This file is empty.
    .hint = Export it again. The last export may have been cut short.
problem-not-recognised = { $quoted ->
    [yes] This is no file that transhume can read. It begins like this, 9 being any digit and a any letter: { $quote }
   *[no] This is no file that transhume can read.
}
    .hint = Chat exports (.txt or .zip), WhatsApp’s databases and backups, contacts (.vcf or .csv) and Signal’s export (main.jsonl) can be read. “transhume guide” shows how to get them.
problem-truncated-character = The file ends in the middle of a character.
    .hint = It was probably cut short while being copied. Copy it or export it again.
problem-invalid-utf8 = { $count ->
    [0] Some characters cannot be read and were replaced.
    [one] { $count } character cannot be read and was replaced.
   *[other] { $count } characters cannot be read and were replaced.
}
    .hint = If names look wrong, export the file again and do not save it with another program.
problem-other-encoding = { $quoted ->
    [yes] The text is written in an older way and was read as { $quote }.
   *[no] The text is written in an older way (not UTF-8).
}
    .hint = If names look wrong, export the file again and choose UTF-8.
problem-line-too-long = A line is too long to be read.
    .hint = The file may be damaged, or be something else than it seems. Export it again.
problem-same-content = { $quoted ->
    [yes] The same content was already read from { $quote }.
   *[no] The same content was already read from another file.
}
    .hint = There is nothing to do: it is counted once.
problem-review-columns = { $quoted ->
    [yes] Columns of this table are gone: { $quote }
   *[no] Columns of this table are gone.
}
    .hint = Write the table again with “transhume review export”, and change nothing in it but the answers.
problem-review-no-text = This is a spreadsheet’s own file (XLSX, ODS or XLS), not a CSV file.
    .hint = Open it in the spreadsheet, save it as CSV, and apply that.
problem-review-unknown = { $quoted ->
    [yes] There is no question with the id { $quote }.
   *[no] There is no question with that id.
}
    .hint = The first column must stay as it was written. Write the table again with “transhume review export”.
problem-review-closed = { $quoted ->
    [yes] The question { $quote } is open no more: another answer settled it.
   *[no] This question is open no more: another answer settled it.
}
    .hint = Leave its answer empty; or take the other answer back with “transhume contacts split” or “merge”.
problem-review-changed = { $quoted ->
    [yes] This row is not about those whom the question { $quote } is about.
   *[no] This row is not about those whom its question is about.
}
    .hint = An id or a name was changed, or moved to another row. Write the table again with “transhume review export”.
problem-review-twice = { $quoted ->
    [yes] This question is in the table twice: the first time in line { $quote }.
   *[no] This question is in the table twice.
}
    .hint = Delete one of the two rows.
problem-review-state = { $quoted ->
    [yes] This row is from another time or another workspace: { $quote }.
   *[no] This row is from another time or another workspace.
}
    .hint = Write the table again with “transhume review export”, and answer there.
problem-review-answer = { $quoted ->
    [yes] This is no answer to the question: { $quote }.
   *[no] This is no answer to the question.
}
    .hint = The column “possible_answers” tells what can be answered.
problem-review-contradiction = This answer cannot be true together with others about the same people: these are one person by some, and are not by others.
    .hint = Look at the rows about them, and at what you answered before: one of the answers is wrong. “transhume contacts split” and “merge” take back what was applied.
problem-review-indistinct = { $quoted ->
    [yes] Nothing tells the people apart whom this is about: { $quote }.
   *[no] Nothing tells the people apart whom this is about.
}
    .hint = Give them names of their own in your address book, and import it again.
problem-left-out = { $count ->
    [one] { $count } entry was left out, of somebody whom you never want to be brought back.
   *[other] { $count } entries were left out, of people whom you never want to be brought back.
}
    .hint = That is what “transhume contacts forget --never-again” does.
problem-rulings-idle = { $count ->
    [one] { $count } of your decisions is about people whom no file shows any more.
   *[other] { $count } of your decisions are about people whom no file shows any more.
}
    .hint = They are kept, for the case that these people come back with another file.
problem-files-ignored = { $count ->
    [0] Some files in this folder were left alone.
    [one] { $count } file in this folder was left alone.
   *[other] { $count } files in this folder were left alone.
}
    .hint = Only files that are surely ours are taken from a folder. Name a file yourself to have it read.

## WhatsApp chats

problem-date-order-ambiguous = Day and month cannot be told apart in this chat.
    .hint = Say in which order they stand: --date-order dmy or --date-order mdy.
problem-date-impossible = { $count ->
    [0] Some messages have a date that does not exist.
    [one] { $count } message has a date that does not exist.
   *[other] { $count } messages have a date that does not exist.
}
    .hint = They were counted without a date. If there are many, try another --date-order.
problem-year-missing = { $count ->
    [0] The dates of this chat leave out the year.
    [one] { $count } message has a date without a year.
   *[other] { $count } messages have dates without a year.
}
    .hint = They were counted without a date. A newer export of the chat has the years.
problem-unknown-calendar = { $count ->
    [0] Some messages are dated in a calendar that is not known.
    [one] { $count } message is dated in a calendar that is not known.
   *[other] { $count } messages are dated in a calendar that is not known.
}
    .hint = They were counted without a date. Set the phone to the Gregorian calendar and export the chat again.
problem-suspect-sender = { $quoted ->
    [yes] What “{ $quote }” wrote here may have been pasted by somebody else.
   *[no] What somebody wrote here may have been pasted by somebody else.
}
    .hint = The lines stand where time runs backwards. The name is kept apart from your contacts.
problem-unknown-headers = { $quoted ->
    [yes] { $count ->
        [one] { $count } line looks like a message in an unknown form ({ $quote }) and was taken for text.
       *[other] { $count } lines look like messages in an unknown form ({ $quote }) and were taken for text.
    }
   *[no] Some lines look like messages in an unknown form and were taken for text.
}
    .hint = If these are messages, report that form: every digit is shown as 9 and every letter as a.
problem-chat-at-limit = { $count ->
    [0] This export is as long as WhatsApp allows: the oldest messages are missing.
   *[other] This export has { $count } messages, as many as WhatsApp allows: the oldest are missing.
}
    .hint = Export without media, which reaches further back, or give WhatsApp’s backup, which has them all.
problem-no-export = Advanced chat privacy is on in this chat: it can no longer be exported.
    .hint = Keep this export. In the chat’s info somebody can switch it off; in a group, ask whoever turned it on.
problem-disappearing-messages = Messages disappear in this chat after a while.
    .hint = Keep this export, and export the chat again from time to time: what has disappeared is in no later one.
problem-members-unnamed = { $count ->
    [0] Some people were added to this group who are not named.
    [one] { $count } person was added to this group who is not named.
   *[other] { $count } people were added to this group who are not named.
}
    .hint = Those who wrote are known all the same. A backup of WhatsApp tells all members.
problem-pasted-lines = { $count ->
    [0] Some lines look like messages but are part of one.
    [one] { $count } line looks like a message but is part of another one.
   *[other] { $count } lines look like messages but are part of others.
}
    .hint = There is nothing to do: somebody pasted text from a chat, and it was not counted.
problem-lines-undated = { $count ->
    [0] Some lines look like messages but have a date that does not exist.
    [one] { $count } line looks like a message but has a date that does not exist.
   *[other] { $count } lines look like messages but have dates that do not exist.
}
    .hint = They were taken for text, since their writers are not known in this chat. If there are many, try another --date-order.
problem-skipped-lines = { $count ->
    [0] The lines before the first message were skipped.
    [one] { $count } line before the first message was skipped.
   *[other] { $count } lines before the first message were skipped.
}
    .hint = { $quoted ->
        [yes] If these were messages, report their form (9 is any digit, a any letter): { $quote }
       *[no] If messages are missing, export the chat again.
    }
problem-no-sender = Nobody wrote a message in this chat.
    .hint = There is nothing to do.
problem-me-unknown = It is not clear which of these people is you.
    .hint = Say it with --me and your name as it stands in the chat, or your own number.
problem-chat-replaced = { $quoted ->
    [yes] An older export of the chat “{ $quote }” was set aside for a newer one.
   *[no] { $count ->
        [0] An older export of this chat was set aside for a newer one.
        [one] { $count } chat of this file was set aside: another file tells more of it.
       *[other] { $count } chats of this file were set aside: another file tells more of them.
    }
}
    .hint = There is nothing to do: the newer one counts.

## Names and addresses

problem-hidden-marks = { $quoted ->
    [yes] “{ $quote }” holds hidden marks that turn the direction of reading.
   *[no] A name holds hidden marks that turn the direction of reading.
}
    .hint = It may be made to look like another name. Ask the person before you trust it.
problem-address-unusable = { $quoted ->
    [yes] “{ $quote }” is no address that could be used.
   *[no] An address could not be used.
}
    .hint = Correct it in your address book if it should be one.
problem-mixed-scripts = { $quoted ->
    [yes] “{ $quote }” mixes letters of different alphabets that look alike.
   *[no] An address mixes letters of different alphabets that look alike.
}
    .hint = It may be made to look like another address. Ask the person before you use it.
problem-number-needs-region = { $quoted ->
    [yes] The number { $quote } has no country code.
   *[no] { $count ->
        [0] Some numbers have no country code.
        [one] { $count } number has no country code.
       *[other] { $count } numbers have no country code.
    }
}
    .hint = Say in which country such numbers are, for example --region FR.
problem-number-other-region = { $count ->
    [0] Numbers without a country code are no numbers of { $quote }.
    [one] { $count } number without a country code is no number of { $quote }.
   *[other] { $count } numbers without a country code are no numbers of { $quote }.
}
    .hint = Say which numbers they are with “transhume review”, or write them with + and their country code in your address book.
problem-own-number-needs-region = Your own number has no country code: your own entries were not recognised by it.
    .hint = Give it with + and its country code, or say in which country it is, for example --region GB.
problem-number-shortened = { $count ->
    [0] Some numbers look damaged by a spreadsheet: a zero or a plus is missing in front.
    [one] { $count } number looks damaged by a spreadsheet: a zero or a plus is missing in front.
   *[other] { $count } numbers look damaged by a spreadsheet: a zero or a plus is missing in front.
}
    .hint = Export the contacts again and do not open the file with a spreadsheet before. It was not guessed what they were.
problem-number-unclear = { $quoted ->
    [yes] It is not clear which number “{ $quote }” is.
   *[no] { $count ->
        [0] In some fields it is not clear which digits are the number.
        [one] In { $count } field it is not clear which digits are the number.
       *[other] In { $count } fields it is not clear which digits are the number.
    }
}
    .hint = Words and further numbers beside it are not guessed. Answer with “transhume review”, or write one number to a field in your address book.
problem-region-of-own-number = { $count ->
    [0] Numbers without a country code were read as numbers of { $quote }, where your own number is.
    [one] { $count } number without a country code was read as one of { $quote }, where your own number is.
   *[other] { $count } numbers without a country code were read as numbers of { $quote }, where your own number is.
}
    .hint = If that is wrong, say in which country they are, for example --region FR.
problem-region-of-address-book = { $count ->
    [0] Numbers without a country code were read as numbers of { $quote }, where most of your address book is.
    [one] { $count } number without a country code was read as one of { $quote }, where most of your address book is.
   *[other] { $count } numbers without a country code were read as numbers of { $quote }, where most of your address book is.
}
    .hint = If that is wrong, say in which country they are, for example --region FR.
problem-number-unusable = { $quoted ->
    [yes] “{ $quote }” is no number of a person.
   *[no] { $count ->
        [0] Some numbers are no numbers of a person.
        [one] { $count } number is no number of a person.
       *[other] { $count } numbers are no numbers of a person.
    }
}
    .hint = There is nothing to do if it is a service. Else correct it in your address book.

## WhatsApp’s account report

problem-report-damaged = This file of the account report cannot be read to its end.
    .hint = It was probably cut short. Download the report again.
problem-report-entries = { $count ->
    [0] Some entries of the account report could not be used.
    [one] { $count } entry of the account report could not be used.
   *[other] { $count } entries of the account report could not be used.
}
    .hint = The other entries were read.
problem-report-list = { $quoted ->
    [yes] The account report has no list under “{ $quote }”.
   *[no] A list is missing from the account report.
}
    .hint = WhatsApp may have changed its report. The rest was read.
problem-groups-not-exported = { $quoted ->
    [yes] { $count ->
        [one] Of { $count } group in your account report no chat was given yet: { $quote }
       *[other] Of { $count } groups in your account report no chat was given yet, among them: { $quote }
    }
   *[no] Of some groups in your account report no chat was given yet.
}
    .hint = Export these chats as “transhume guide android” or “transhume guide iphone” shows, the busiest first.
problem-chats-not-exported = { $quoted ->
    [yes] { $count ->
        [one] With { $count } contact in your account report no direct chat was given yet: { $quote }
       *[other] With { $count } contacts in your account report no direct chat was given yet, among them: { $quote }
    }
   *[no] With some contacts in your account report no direct chat was given yet.
}
    .hint = Export the chats with those who matter to you; a backup has all of them at once.

## Archives

problem-zip-damaged = The archive is damaged.
    .hint = It was probably cut short while being copied. Copy it or export it again.
problem-zip-unsafe-name = { $quoted ->
    [yes] “{ $quote }” in the archive points outside of it and was not read.
   *[no] A file in the archive points outside of it and was not read.
}
    .hint = WhatsApp and Signal make no such archives. Ask where it comes from.
problem-zip-link = { $quoted ->
    [yes] “{ $quote }” in the archive is a link and was not followed.
   *[no] A file in the archive is a link and was not followed.
}
    .hint = If you need what it points to, give that file itself.
problem-zip-encrypted = { $quoted ->
    [yes] “{ $quote }” in the archive is locked with a password.
   *[no] A file in the archive is locked with a password.
}
    .hint = Unpack the archive yourself and give the folder.
problem-zip-too-large = { $quoted ->
    [yes] “{ $quote }” in the archive is too large when unpacked and was not read.
   *[no] A file in the archive is too large when unpacked and was not read.
}
    .hint = If you trust the archive, unpack it yourself and give the folder.
problem-zip-duplicate = { $quoted ->
    [yes] Two files in the archive are named “{ $quote }”: neither is sure.
   *[no] Two files in the archive have the same name: neither is sure.
}
    .hint = Export the chat again, or unpack the archive yourself and give the right file.
problem-zip-too-many = { $count ->
    [0] The archive holds too many files.
    [one] The archive holds too many files ({ $count }).
   *[other] The archive holds too many files ({ $count }).
}
    .hint = Unpack it yourself and give only the files that you need.
problem-zip-nested = { $quoted ->
    [yes] “{ $quote }” is an archive within the archive and was not read.
   *[no] There is an archive within the archive, and it was not read.
}
    .hint = Unpack the outer archive and give the inner one.
problem-zip-checksum = { $quoted ->
    [yes] “{ $quote }” in the archive is damaged.
   *[no] A file in the archive is damaged.
}
    .hint = Copy the archive or export the chat again.

## Address books

problem-card-unfinished = { $quoted ->
    [yes] The card of “{ $quote }” is not complete and was left out.
   *[no] A card is not complete and was left out.
}
    .hint = Export the address book again. The other cards were read.
problem-card-garbage = { $count ->
    [0] A line in a card cannot be understood.
    [one] { $count } line in a card cannot be understood.
   *[other] { $count } lines in a card cannot be understood.
}
    .hint = The rest of the card was read. Check that nothing is missing.
problem-card-too-long = { $quoted ->
    [yes] The card of “{ $quote }” holds an entry that is too long and was skipped.
   *[no] A card holds an entry that is too long and was skipped.
}
    .hint = The rest of the card was read. Check that nothing is missing.
problem-card-overfull = { $count ->
    [0] A card holds more numbers or addresses than are kept of one.
    [one] { $count } number or address of a card was left out: it holds more than are kept of one.
   *[other] { $count } numbers or addresses of a card were left out: it holds more than are kept of one.
}
    .hint = Nobody has so many. See what this entry is, and divide it if it stands for several people.
problem-card-outside = { $count ->
    [0] A line stands in no card and was not read.
    [one] { $count } line stands in no card and was not read.
   *[other] { $count } lines stand in no card and were not read.
}
    .hint = If somebody is in there, put BEGIN:VCARD before and END:VCARD behind, or export the contacts again.
problem-card-inner = { $quoted ->
    [yes] The card of “{ $quote }” holds another card (AGENT), which was not read.
   *[no] A card holds another card (AGENT), which was not read.
}
    .hint = If you need that person, give them a card of their own in your address book.
problem-card-empty = A card has neither a name nor a number or address.
    .hint = Delete it in your address book, or fill it in.
problem-card-unavailable = { $quoted ->
    [yes] The server lists this card and does not hand it out ({ $quote }).
   *[no] The server lists this card, and what it hands out is none.
}
    .hint = Open it in your address book on the server, and save or delete it there.
problem-card-unwritten = { $quoted ->
    [yes] The card of “{ $quote }” could not be written and is not in the file.
   *[no] A card could not be written and is not in the file.
}
    .hint = Look at the name and the addresses of this contact (transhume why NAME), and correct them in your address book.
problem-row-ragged = The row does not have as many cells as the first one.
    .hint = Correct the row in a spreadsheet, or export the contacts again.
problem-row-empty = The row has neither a name nor a number or address.
    .hint = Delete the row, or fill it in.
problem-column-ignored = { $count ->
    [0] The column “{ $quote }” was not read, though it seems to hold numbers or e-mail addresses.
    [one] The column “{ $quote }” was not read, though it seems to hold { $count } number or e-mail address.
   *[other] The column “{ $quote }” was not read, though it seems to hold { $count } numbers or e-mail addresses.
}
    .hint = If people are reached there, call it “Phone” or “E-mail” in the first row and import the file again.
problem-columns-unknown = No column tells names and how to reach people.
    .hint = Name the columns in the first row, for example: Name, Phone, E-mail.
problem-number-damaged = { $quoted ->
    [yes] “{ $quote }” looks like a number damaged by a spreadsheet.
   *[no] This looks like a number damaged by a spreadsheet.
}
    .hint = Export the contacts again and do not open the file with a spreadsheet before. What it dropped cannot be guessed, so the row was left out.
problem-quote-unclosed = A quotation mark is opened here and never closed.
    .hint = Close it, or export the contacts again. What follows was not read.

## WhatsApp’s databases and backups

problem-database-damaged = { $quoted ->
    [yes] The database is damaged: { $quote }
   *[no] The database is damaged.
}
    .hint = Copy it from the phone again, together with the files beside it that begin with its name. The file itself was not touched.
problem-database-unsafe = { $quoted ->
    [yes] “{ $quote }” in this database is no table, though it should be. Nothing was read.
   *[no] A table of this database is none. Nothing was read.
}
    .hint = No messenger makes such databases. Ask where it comes from.
problem-database-endless = Reading this database would never end, so it was given up.
    .hint = No messenger makes such databases. Ask where it comes from.
problem-database-too-large = This database is too large to be taken into memory.
    .hint = Give the file itself, unpacked, without a “-wal” file beside it: close WhatsApp before you copy it.
problem-database-other-version = { $quoted ->
    [yes] This database is of a version that is not known: { $quote } is missing.
   *[no] This database is of a version that is not known.
}
    .hint = Please report it with that name, and the version of the program that wrote it. Nothing of your data is needed.
problem-database-row = { $quoted ->
    [yes] This row of the table “{ $quote }” cannot be understood and was left out.
   *[no] This row cannot be understood and was left out.
}
    .hint = The other rows were read. If people are missing, copy the database again.
problem-database-rows = { $quoted ->
    [yes] { $count ->
        [0] Some rows of the table “{ $quote }” cannot be understood and were left out.
        [one] { $count } row of the table “{ $quote }” cannot be understood and was left out.
       *[other] { $count } rows of the table “{ $quote }” cannot be understood and were left out.
    }
   *[no] Some rows of the database cannot be understood and were left out.
}
    .hint = The other rows were read. If people are missing, copy the database again.
problem-database-unfinished = The database was copied in the middle of a change: what it says may not be whole.
    .hint = Close WhatsApp, then copy it again together with the files beside it that begin with its name.
problem-database-log-strange = The file “-wal” beside the database does not belong to it and was not used.
    .hint = The newest entries may be missing. Copy both again at the same time.
problem-database-log-cut = The file “-wal” beside the database was cut short: the newest entries may be missing.
    .hint = Close the program that writes it, then copy the database again together with the files beside it that begin with its name.
problem-names-absent = There is not a single name in this list of contacts.
    .hint = WhatsApp was not allowed to see the phone’s contacts, or the backup leaves them out. Give your address book too: the names are taken from there.
problem-names-elsewhere = There are no names in this database: WhatsApp keeps them in another file.
    .hint = Give wa.db as well, which lies beside it on the phone, or your address book (.vcf).
problem-numbers-unknown = { $count ->
    [0] Some people are known to WhatsApp by an id of its own only: their number is unknown.
    [one] { $count } person is known to WhatsApp by an id of its own only: the number is unknown.
   *[other] { $count } people are known to WhatsApp by an id of its own only: their numbers are unknown.
}
    .hint = { $quoted ->
        [yes] { $quote } does not know them either. The number is hidden from you, so nobody can look it up. Ask the person.
       *[no] The number is hidden from you, so nobody can look it up. Ask the person. On an iPhone, LID.sqlite and ContactsV2.sqlite may know more.
    }
problem-backup-needs-key = This backup is encrypted, and there is no key for it.
    .hint = Give its key with --backup-key FILE: the file “key” or “encrypted_backup.key”, or a file with the 64 digits that WhatsApp showed you. The password alone cannot open it.
problem-backup-wrong-key = The key is not the one of this backup.
    .hint = Every end-to-end encrypted backup has its own 64 digits; crypt12 and crypt14 need the file “key” of the same phone. The backup itself is in order.
problem-backup-damaged = This backup is damaged or was cut short.
    .hint = Copy it from the phone again, whole: compare the sizes. If it is the same, let WhatsApp make a new backup.
problem-backup-strange = The backup could be opened, but there is nothing in it that transhume reads.
    .hint = The chats are in msgstore.db.crypt15, the names in wa.db.crypt15.
problem-phone-backup-encrypted = This backup of an iPhone is encrypted.
    .hint = In Finder or iTunes, switch off “Encrypt local backup” and back up once more. Switch it on again afterwards.
problem-phone-backup-without-whatsapp = WhatsApp is not in this backup of an iPhone.
    .hint = Back up the phone on which WhatsApp is, by cable, to the computer.
problem-phone-backup-incomplete = This backup of an iPhone lists this file of WhatsApp, but it is not in the folder.
    .hint = Copy the whole folder of the backup again, or back up the phone once more.

## Signal’s export

problem-signal-line = { $count ->
    [0] A line of the export cannot be read.
    [one] { $count } line of the export cannot be read.
   *[other] { $count } lines of the export cannot be read.
}
    .hint = The other lines were read. Export again if people are missing.
problem-signal-field = { $quoted ->
    [yes] A field of an entry of the export cannot be used: { $quote }. The rest of the entry was read.
   *[no] A field of an entry of the export cannot be used. The rest of the entry was read.
}
    .hint = Look in Signal whether this person is shown rightly, and export again. If it comes back, the export itself is faulty.
problem-signal-ahead = The clock of this computer says { $quote }, and this export of Signal was made later than that: nothing it says counts until then.
    .hint = Set the clock of the computer, or export again if the one of the phone was wrong.
problem-signal-truncated = Signal’s export ends in the middle of a line.
    .hint = It was probably cut short. Export again and wait until Signal says that it is done.
problem-signal-secrets = This export holds keys and all your messages, readable by anybody.
    .hint = transhume keeps none of that. Delete the export when you are done.
problem-signal-hidden = On Signal nobody finds you by your number: you switched that off. Invites give the link of your username instead.
    .hint = To be found by number again: Signal, Settings › Privacy › Phone Number › Who Can Find Me By Number.
problem-signal-unfindable = On Signal nobody finds you by your number: you switched that off, and your username has no link.
    .hint = In Signal, make a username and its link, then export again. Or let others find you by your number: Settings › Privacy › Phone Number.

## The contact list of an XMPP account

problem-roster-damaged = This contact list of an XMPP account cannot be read any further: it is damaged, cut short, or holds what such a list never holds.
    .hint = What came before was read. Export it again, the contact list alone and not the archive of messages.
problem-roster-several = { $count ->
    [0] There are contact lists of several XMPP accounts in this file. None was read.
   *[other] There are contact lists of { $count } XMPP accounts in this file. None was read.
}
    .hint = The contacts of others are nobody’s address book: export your own account alone.
problem-roster-gateways = { $count ->
    [0] An entry of the contact list ({ $quote }) is a server, a gateway to another network or yourself, and was left out.
    [one] { $count } more entry of the contact list is a server, a gateway to another network or yourself, and was left out.
   *[other] { $count } more entries of the contact list are servers, gateways to other networks or yourself, and were left out.
}
    .hint = Nobody is reached on XMPP through them, so there is nothing to do.

## Signal Desktop

problem-signal-desktop-missing = { $quoted ->
    [yes] There is no database of Signal Desktop here: { $quote } is missing.
   *[no] There is no database of Signal Desktop here.
}
    .hint = Name the folder of Signal Desktop: on Linux ~/.config/Signal, with Flatpak ~/.var/app/org.signal.Signal/config/Signal, with snap ~/snap/signal-desktop/current/.config/Signal; on a Mac ~/Library/Application Support/Signal; on Windows %APPDATA%\Signal.
problem-signal-desktop-config = The settings of Signal Desktop cannot be understood, or there is no key in them.
    .hint = Start Signal Desktop once. If it works, give its key with --signal-key-file FILE, or use Signal’s own export (transhume guide signal).
problem-signal-desktop-keyring = { $quoted ->
    [yes] The keyring did not tell the password of Signal Desktop’s key. It was asked with: { $quote }
   *[no] The keyring did not tell the password of Signal Desktop’s key.
}
    .hint = Unlock the keyring in the session in which Signal Desktop runs, and try that command there: it should print a password. On Debian, secret-tool is in libsecret-tools and kwallet-query in libkf5wallet-bin. Or give the key with --signal-key-file FILE, or use Signal’s own export (transhume guide signal).
problem-signal-desktop-password = The password in the keyring does not open the key of Signal Desktop’s database.
    .hint = The keyring was probably changed, or the folder comes from another computer. Give the key with --signal-key-file FILE, or use Signal’s own export (transhume guide signal).
problem-signal-desktop-seal = { $quoted ->
    [yes] The key of Signal Desktop’s database is sealed in a way that is not known: { $quote }
   *[no] The key of Signal Desktop’s database is sealed in a way that is not known.
}
    .hint = Give the key with --signal-key-file FILE, or use Signal’s own export (transhume guide signal).
problem-signal-desktop-windows = The key of this database is sealed by Windows: only the Windows account in which Signal Desktop runs can open it, and transhume cannot ask it.
    .hint = Use Signal’s own export, which needs no key: transhume guide signal. Or let a program that can, such as sigtop (“sigtop export-key -D key.txt”), write the 64 digits of the key into a file in that account, and give that with --signal-key-file key.txt. Delete the file afterwards.
problem-signal-desktop-wrong-key = The key does not open this database of Signal Desktop.
    .hint = Key and database have to come from the same folder. After Signal Desktop was set up anew, old keys are of no use. The database itself was not touched.
problem-signal-desktop-pages = { $count ->
    [0] Pages of the database are damaged and were left out (number { $quote }).
    [one] A page of the database is damaged and was left out (number { $quote }).
   *[other] { $count } pages of the database are damaged and were left out (numbers { $quote }).
}
    .hint = What stands elsewhere was read. If people are missing, close Signal Desktop and try again, or use Signal’s own export (transhume guide signal).
problem-signal-desktop-table = Part of the table “{ $quote }” is damaged: only what stands before and behind it was read.
    .hint = People may be missing, or some who are blocked may not be known as such. Use Signal’s own export (transhume guide signal).
problem-signal-desktop-damaged = { $quoted ->
    [yes] Signal Desktop’s database is damaged: { $quote }
   *[no] Signal Desktop’s database is damaged.
}
    .hint = If it is a copy, make it again while Signal Desktop is closed, together with the files beside it that begin with its name. Or use Signal’s own export (transhume guide signal).
problem-signal-desktop-too-large = Signal Desktop’s database is too large to be taken into memory.
    .hint = Use Signal’s own export, which can be of any size (transhume guide signal).
problem-signal-desktop-busy = Signal Desktop was writing to its database all the while.
    .hint = Close Signal Desktop (File › Quit), then run the same command again. Nothing was changed.

## Answers of servers

problem-no-identity-server = Your homeserver names no identity server, so nobody was asked.
    .hint = Most people need none. If you know one, name it with --identity-server URL.
problem-lookup-unasked = { $count ->
    [0] The server told of people whom it was never asked about. That was dropped.
    [one] The server told of { $count } person whom it was never asked about. That was dropped.
   *[other] The server told of { $count } people whom it was never asked about. That was dropped.
}
    .hint = An honest server does not do that. Think twice before you ask it again.
problem-lookup-mxid = { $count ->
    [0] Some answers are no Matrix IDs and were dropped.
    [one] { $count } answer is no Matrix ID and was dropped: “{ $quote }”.
   *[other] { $count } answers are no Matrix IDs and were dropped, for instance “{ $quote }”.
}
    .hint = Tell whoever runs the server.
problem-lookup-self = { $quoted ->
    [yes] By { $quote } the server finds your own account. It was left out.
   *[no] The server finds your own account. It was left out.
}
    .hint = If that is your own address or number, say so with --me.
problem-mxid-historical = { $quoted ->
    [yes] { $quote } is a Matrix ID of an old kind.
   *[no] A Matrix ID is of an old kind.
}
    .hint = It is valid. Look at it twice: it can hold letters that look like others.
problem-lookup-overshared = { $quoted ->
    [yes] The same account { $quote } is found for more than two people. It counts as likely only.
   *[no] The same account is found for more than two people. It counts as likely only.
}
    .hint = Anybody can enter an address there. Ask the people themselves.
problem-lookup-knows-all = The server finds nearly everybody, which cannot be. Its answers count as likely only.
    .hint = Ask the people themselves, and another server.
problem-accounts-unusable = { $count ->
    [0] Some members of your rooms have Matrix IDs that are none, and were left out.
    [one] { $count } member of your rooms has a Matrix ID that is none, and was left out: “{ $quote }”.
   *[other] { $count } members of your rooms have Matrix IDs that are none, and were left out, for instance “{ $quote }”.
}
    .hint = Old servers and bridges gave them out. Nothing needs to be done.
problem-directs-unknown = { $count ->
    [0] Some of your direct chats on Matrix are with people who fit none of your contacts.
    [one] { $count } direct chat on Matrix is with somebody who fits none of your contacts.
   *[other] { $count } direct chats on Matrix are with people who fit none of your contacts.
}
    .hint = If you know them from WhatsApp, write their Matrix ID into your address book and import it again. Nothing about them is kept.
problem-rooms-too-large = { $count ->
    [0] Some rooms have too many members to be looked through.
    [one] { $count } room has too many members to be looked through.
   *[other] { $count } rooms have too many members to be looked through.
}
    .hint = Sharing such a room tells nothing of whom you know. Nothing needs to be done.
problem-rooms-unread = { $count ->
    [0] Some rooms could not be looked through.
    [one] { $count } room could not be looked through.
   *[other] { $count } rooms could not be looked through.
}
    .hint = Your homeserver has trouble with them. What the others told is kept, and all of them are looked at again next time.
problem-invitation-refused = “{ $quote }” was refused, and is not invited.
    .hint = The others were. The same command tries this one again.
problem-profiles-unanswered = { $count ->
    [0] About some Matrix IDs there was no answer.
    [one] About { $count } Matrix ID there was no answer.
   *[other] About { $count } Matrix IDs there was no answer.
}
    .hint = Their servers are away or broken, or do not tell; who else is on a server that does not answer was not asked about. What your address book and chats say of them stands. They are asked about again next time.
problem-names-unanswered = { $count ->
    [0] About some names there was no answer.
    [one] About { $count } name there was no answer.
   *[other] About { $count } names there was no answer.
}
    .hint = Your homeserver has trouble with them. They are searched for again next time.
problem-names-left = { $count ->
    [0] Some names were not searched for yet: your homeserver allows only so many at a time.
    [one] { $count } name was not searched for yet: your homeserver allows only so many at a time.
   *[other] { $count } names were not searched for yet: your homeserver allows only so many at a time.
}
    .hint = The same command goes on with them. Wait some hours: usually one a minute is allowed.
problem-proxy-not-used = { $quoted ->
    [yes] The proxy { $quote } is announced, and was not used.
   *[no] A proxy is announced, and was not used.
}
    .hint = It would learn whom you ask. If there is no other way out, run transhume through a VPN or a tunnel of your own.
problem-pepper-unchanged = The server has used the same pepper for weeks.
    .hint = The longer it stays, the easier hashes are turned back. Tell whoever runs the server.
