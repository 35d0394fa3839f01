# Drafts of messages: the page with those that come next, and what goes with it.
# $channel is Signal, Matrix or XMPP.

invite-needs-reach = It is not known how you can be found on { $channel }.
    .hint = { $id ->
        [signal] You are hidden by number there. In Signal, make a username and copy its link, then put it as “signal” under [reach] in transhume.toml.
       *[other] Put your own address as “{ $id }” under [reach] in transhume.toml.
    }
invite-reach-unreadable = What stands as “{ $id }” under [reach] in transhume.toml is no address on { $channel }.
    .hint = { $id ->
        [signal] A username like carol.42, a link like https://signal.me/#eu/… or a number that begins with + will do.
       *[other] Write it the way others would find you.
    }

invite-page-title = Your next messages
invite-page-count = { $count ->
    [0] Nobody is left to write to. Well done!
    [one] { $count } person comes next.
   *[other] { $count } people come next.
}
invite-page-yourself = Nothing has been sent. A button opens the message in your own app; you read it, change what you like and press send yourself.
invite-page-few = A few at a time, so that you have a moment for whoever answers. And many equal messages at once look like spam to WhatsApp.
invite-page-private = This page has names in it. It stays on your computer and loads nothing from the network.
invite-page-next = Tell transhume what became of them, and the next ones come up:
invite-page-language = Language
invite-page-phone = Or scan the code beside a message with your phone’s camera: the message opens there, ready to be sent.
invite-page-search = Find somebody
invite-page-none = Nobody here is called that.
invite-page-copy = Copy
invite-page-copied = Copied
invite-page-done = I sent it
invite-page-scan = Scan it with your phone to open this message there
invite-page-invites = Write to
invite-page-reminders = Remind, if you like
invite-page-asked = asked on { $day }
invite-page-groups = Groups that could move
invite-page-group = To { $channel } on { $day }; { $there } of { $members } are there already
invite-page-announcement = Announcement, to post in the group
invite-page-roll-call = Roll call, to post after it
invite-page-missing = { $count ->
    [one] Still missing: one person
   *[other] Still missing: { $count } people
}
invite-page-own = When you meet: your own address
invite-page-own-note = These codes open no message. Show them to whoever stands beside you, and they find you.

invite-kind-invite = Invite to { $channel }
invite-kind-switch = Already on { $channel }
invite-kind-remind = Remind of { $channel }
invite-no-name = No name

invite-open-whatsapp = Open in WhatsApp
invite-open-sms = Open as SMS
invite-open-email = Open as e-mail
invite-in-person = There is no number or e-mail address: tell them when you meet.
invite-pick-chat = WhatsApp will ask you for the chat.
invite-paste = Select the text, copy it and paste it into the chat.

## What became of invitations

invite-list-none = Nobody was asked yet. When you have sent a draft, type “transhume invite mark NAME sent”.
# $status is what became of it, $day when, $reminders how often they were reminded; $from is when they may be reminded.
invite-stands = { $name }: { $status ->
    [sent] asked to { $channel } on { $day }
    [reminded] { $reminders ->
        [one] reminded of { $channel } on { $day }
       *[other] reminded of { $channel } { $reminders } times, last on { $day }
    }
    [joined] came to { $channel }{ $dated ->
        [yes] {" "}({ $day })
       *[no] {""}
    }
    [declined] would rather not ({ $day })
    [never] will not be asked ({ $day })
   *[draft] not asked yet
}{ $remind ->
    [yes] ; may be reminded from { $from } on
   *[no] {""}
}

## On the terminal

invite-today = { $count } messages went out today already. Better go on tomorrow: WhatsApp counts how many people you write to who do not answer, and bars whoever writes to many.
invite-why-few = Why so few: WhatsApp limits how many people may be written to who do not answer, and bars whoever sends many equal messages. And whoever answers wants an answer. When you have sent one, type “transhume invite mark NAME sent”.
invite-group = For the group “{ $title }”, which could move to { $channel } on { $day }: an announcement, a roll call, and { $missing ->
    [0] nobody who is missing
    [one] the one who is missing
   *[other] the { $missing } who are missing
}

## Sending on Matrix

send-about = { $count ->
    [one] With your account at { $host } a room is made, and { $count } invitation is sent into it. It says what stands below.
   *[other] With your account at { $host } rooms are made, and { $count } invitations are sent into them. They say what stands below.
}
send-mails = { $count ->
    [one] { $count } of them goes to an e-mail address, which your homeserver and { $host } are told as it is.
   *[other] { $count } of them go to e-mail addresses, which your homeserver and { $host } are told as they are.
}
send-room = The room “{ $title }”:
send-space = The space “{ $title }”, in which the rooms stand together
send-group-reason = Our group “{ $title }” on Matrix: same people, without WhatsApp. Keep WhatsApp for the others as long as you like.
send-confirm = { $count ->
    [one] Type 1 to send this invitation:
   *[other] Type { $count } to send these invitations:
}
send-nobody = There is nobody to invite: who can be reached on Matrix has a chat with you there, or was invited already.
send-looking = Looking for rooms that an interrupted run may have made.
send-done = { $count ->
    [one] { $count } invitation was sent.
   *[other] { $count } invitations were sent.
}
send-room-done = { $count ->
    [0] Everybody of “{ $title }” is invited. Its address: { $link }
    [one] Of “{ $title }” { $count } person is not on Matrix, as far as is known. This opens the room for them: { $link }
   *[other] Of “{ $title }” { $count } people are not on Matrix, as far as is known. This opens the room for them: { $link }
}
progress-invitations = Inviting at { $host }
error-send-count = Nothing was sent: { $it } invitations were to be confirmed.
    .hint = Look at the list with --dry-run, and confirm it with --yes={ $it }.
error-no-group = There is no group called “{ $it }”.
    .hint = “transhume plan” lists the groups that are known.
error-several-groups = There are several groups called “{ $it }”.
    .hint = Rename one of them on WhatsApp, and import again.
error-no-identity-server = It is not known which identity server should write to e-mail addresses.
    .hint = Name one with --identity-server URL, or leave --by-mail out.

invite-unmet = { $count ->
    [one] One person is on { $channel } already, but could not find you there: say where you are under [reach] in transhume.toml, and there is a draft for them too.
   *[other] { $count } people are on { $channel } already, but could not find you there: say where you are under [reach] in transhume.toml, and there are drafts for them too.
}

## A list to oneself on Signal

note-title = { $count ->
    [one] The next message. Tap the link: it opens the message, you read it and press send.
   *[other] The next { $count } messages. Tap a link: it opens the message, you read it and press send.
}
note-about = What leaves this computer, through your signal-cli ({ $at }), to your own devices:
note-leaves = { $count ->
    [one] One message to yourself, with the name of { $count } person and what opens the message to them. Nobody else is written to.
   *[other] One message to yourself, with the names of { $count } people and what opens the messages to them. Nobody else is written to.
}
note-knows = Signal carries it from end to end encrypted, and learns that you wrote to yourself.
note-confirm = { $count ->
    [one] Type 1 to note this message down:
   *[other] Type { $count } to note these messages down:
}
note-done = { $count ->
    [one] { $count } message stands in Signal on your phone, under “Note to Self”. It is not sent yet.
   *[other] { $count } messages stand in Signal on your phone, under “Note to Self”. None of them is sent yet.
}
error-note-long = { $it } messages are too many for one note.
    .hint = List fewer with --batch.

## Registration tokens

tokens-about = { $count ->
    [one] With your account, the administrator’s, { $count } registration token is made at { $host }, good for one account within { $days } days. The server learns nothing of whom it is for:
   *[other] With your account, the administrator’s, { $count } registration tokens are made at { $host }, each good for one account within { $days } days. The server learns nothing of whom they are for:
}
tokens-nobody = There is nobody who would be invited to Matrix and has no account there.
tokens-all = Everybody who comes next has a token already.
tokens-line = { $name }: { $token } at { $server }
tokens-next = “transhume invite --to matrix” writes each of them into the draft for its person, and for nobody else.
error-tokens-not-admin = { $it } makes no tokens for this account: it is not an administrator’s.
    .hint = Give the access token of your administrator’s account with --token-file.
error-tokens-no-administration = The administration of { $it } cannot be reached there.
    .hint = It should not be open to everybody. Make a tunnel to it, as the README says that “homeserver init” writes, and give --homeserver http://localhost:8008. Only Synapse has it.
