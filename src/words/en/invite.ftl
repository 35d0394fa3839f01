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

invite-mail-subject = You can find me on { $channel }

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
