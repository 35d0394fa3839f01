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
problem-not-recognised = This is no file that transhume can read.
    .hint = Chat exports (.txt or .zip), contacts (.vcf or .csv) and Signal’s export (main.jsonl) can be read. “transhume guide” shows how to get them.
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
problem-pasted-lines = { $count ->
    [0] Some lines look like messages but are part of one.
    [one] { $count } line looks like a message but is part of another one.
   *[other] { $count } lines look like messages but are part of others.
}
    .hint = There is nothing to do: somebody pasted text from a chat, and it was not counted.
problem-skipped-lines = { $count ->
    [0] The lines before the first message were skipped.
    [one] { $count } line before the first message was skipped.
   *[other] { $count } lines before the first message were skipped.
}
    .hint = If messages are missing, export the chat again.
problem-no-sender = Nobody wrote a message in this chat.
    .hint = There is nothing to do.
problem-me-unknown = It is not clear which of these people is you.
    .hint = Say it with --me and your name as it stands in the chat.
problem-chat-replaced = { $quoted ->
    [yes] An older export of the chat “{ $quote }” was set aside for a newer one.
   *[no] An older export of this chat was set aside for a newer one.
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
problem-number-shortened = { $count ->
    [0] Some numbers look damaged by a spreadsheet: a zero or a plus is missing in front.
    [one] { $count } number looks damaged by a spreadsheet: a zero or a plus is missing in front.
   *[other] { $count } numbers look damaged by a spreadsheet: a zero or a plus is missing in front.
}
    .hint = Export the contacts again and do not open the file with a spreadsheet before. It was not guessed what they were.
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
problem-card-empty = A card has neither a name nor a number or address.
    .hint = Delete it in your address book, or fill it in.
problem-row-ragged = The row does not have as many cells as the first one.
    .hint = Correct the row in a spreadsheet, or export the contacts again.
problem-row-empty = The row has neither a name nor a number or address.
    .hint = Delete the row, or fill it in.
problem-columns-unknown = No column tells names and how to reach people.
    .hint = Name the columns in the first row, for example: Name, Phone, E-mail.
problem-number-damaged = { $quoted ->
    [yes] “{ $quote }” looks like a number damaged by a spreadsheet.
   *[no] This looks like a number damaged by a spreadsheet.
}
    .hint = Export the contacts again and do not open the file with a spreadsheet before. What it dropped cannot be guessed, so the row was left out.
problem-quote-unclosed = A quotation mark is opened here and never closed.
    .hint = Close it, or export the contacts again. What follows was not read.

## Signal’s export

problem-signal-line = { $count ->
    [0] A line of the export cannot be read.
    [one] { $count } line of the export cannot be read.
   *[other] { $count } lines of the export cannot be read.
}
    .hint = The other lines were read. Export again if people are missing.
problem-signal-truncated = Signal’s export ends in the middle of a line.
    .hint = It was probably cut short. Export again and wait until Signal says that it is done.
problem-signal-secrets = This export holds keys and all your messages, readable by anybody.
    .hint = transhume keeps none of that. Delete the export when you are done.
