# The report, on a terminal and as a page: numbers, channels, people, reasons.
#
# $date is an ISO date; where there may be none, it is "none" then. $name, $on
# and $place come from outside and are escaped for the sink.

report-number = { $number }
report-percent = { $share }%
report-label = { $label }:
report-no-name = (no name)
report-undated = undated
report-at-latest = by { $date }
report-and-more = and { $count } more
report-at-least = at least { $count }

## The big number

report-headline = { $total ->
    [0] Nobody to count yet
   *[other] { $number } of { $total } reachable without WhatsApp
}
report-headline-since = { $number } of { $total } reachable without WhatsApp; { $before } on { $date }
report-page-rest = of { $total } reachable without WhatsApp
report-page-before = { $before } on { $date }
report-page-nobody = nobody to count yet

## What stands behind it

report-plus-likely = + { $count } likely
report-likely = { $count ->
    [one] { $count } more is likely: seen there more than two years ago, or only hinted.
   *[other] { $count } more are likely: seen there more than two years ago, or only hinted.
}
report-in-use = { $count ->
    [0] None in use: no file tells of a word said there in the last 90 days.
   *[other] { $count } in use: something was said there in the last 90 days.
}
report-covered = { $share }% of the last twelve months’ messages were exchanged with reachable people.
report-counted-circle = Counted: the people with whom you write on WhatsApp, and those in your address book who were seen there.
report-counted-saved = Counted: everybody whom you have saved by name.
report-counted-all = Counted: everybody who was found.

## Changes

report-since = Since { $date }
report-unchanged = Nothing has changed since { $date }.
report-gained = { $count ->
    [one] { $count } person can be reached now
   *[other] { $count } people can be reached now
}
report-lost = { $count ->
    [one] { $count } person can no longer be reached
   *[other] { $count } people can no longer be reached
}
report-new = { $count ->
    [one] { $count } person is new to the list
   *[other] { $count } people are new to the list
}

## Groups

report-groups = Groups
report-group-moved = { $named ->
    [yes] { $group } has probably moved: { $shared } of { $members } members are in the { $channel } group “{ $there }”.
   *[no] { $group } has probably moved: { $shared } of { $members } members are in one { $channel } group.
}
report-group-elsewhere = { $named ->
    [yes] { $group }: { $shared } of { $members } members are in the { $channel } group “{ $there }”.
   *[no] { $group }: { $shared } of { $members } members are in one { $channel } group.
}
report-group = Group
report-members = Members
report-reachable = Reachable
report-more-groups = { $count ->
    [one] … and { $count } more group
   *[other] … and { $count } more groups
}
report-incomplete = “At least”: a chat’s export shows only those who wrote, came or went.

## What is left, and who is left out

report-review = { $count ->
    [one] { $count } doubtful match was kept apart, not guessed
   *[other] { $count } doubtful matches were kept apart, not guessed
}
    .command = transhume review
report-review-assumed = Where numbers without a country code belong was assumed
report-uncounted-book = { $count ->
    [one] Not counted: { $count } person who stands only in an address book.
   *[other] Not counted: { $count } people who stand only in an address book.
}
report-uncounted-group = { $count ->
    [one] Not counted: { $count } person without a saved name or a chat in which both sides wrote.
   *[other] Not counted: { $count } people without a saved name or a chat in which both sides wrote.
}
report-uncounted-unsaved = { $count ->
    [one] Not counted: { $count } person whom you have not saved.
   *[other] Not counted: { $count } people whom you have not saved.
}
report-uncounted-excluded = { $count ->
    [one] Left out, because you excluded or blocked them: { $count } person.
   *[other] Left out, because you excluded or blocked them: { $count } people.
}
report-inputs = { $read ->
    [one] { $read } entry read: { $kept } kept, { $merged } merged, { $rejected } rejected.
   *[other] { $read } entries read: { $kept } kept, { $merged } merged, { $rejected } rejected.
}
report-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
report-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}
report-notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
report-problems = Problems: { $list }.
report-severity-error = error
report-severity-warning = warning
report-severity-note = note
report-problem = { $severity }: { $what }
report-hint = { $what } ({ $hint })
report-at = { $place }: { $what }
report-more-alike = { $count } more of this kind (--json lists them all)
report-disclosed-none = Nothing has left this computer.
report-disclosed = Left this computer, to { $host }: { $hashed ->
    [one] { $hashed } hashed identity
   *[other] { $hashed } hashed identities
}, { $plain } plain

## States and scopes

report-state-reachable = reachable
report-state-likely = likely
report-state-not-found = not found
report-state-unregistered = unregistered
report-state-unknown = unknown
report-state-excluded = excluded
report-scope-circle = circle
report-scope-address-book-only = book only
report-scope-group-only = not saved

## People

report-name = Name
report-other-names = Also
report-scope = Scope
report-channels = Channels
report-messages = Messages
report-last-message = Last message
report-phones = Phone
report-emails = E-mail
report-addresses = Addresses
report-language = Language
report-address-form = Form of address
report-formal = formal
report-familiar = familiar
report-id = Id
report-since-then = since { $date }
report-as = as { $address }

## Why

report-verdict-reachable = { $date ->
    [none] On { $channel } ({ $source }).
   *[other] On { $channel } ({ $source }, { $date }).
}
report-verdict-stale = { $date ->
    [none] Probably still on { $channel } ({ $source }), but that is more than two years old.
   *[other] Probably still on { $channel } ({ $source }, { $date }), but that is more than two years old.
}
report-verdict-hint = { $date ->
    [none] Perhaps on { $channel } ({ $source }). It is only a hint: better ask.
   *[other] Perhaps on { $channel } ({ $source }, { $date }). It is only a hint: better ask.
}
report-verdict-not-found-signal = { $date ->
    [none] Not found by phone number. They may have no Signal account, or have switched off “Who can find me by my number”. Ask them for their Signal username.
   *[other] Not found by phone number on { $date }. They may have no Signal account, or have switched off “Who can find me by my number”. Ask them for their Signal username.
}
report-verdict-not-found = { $date ->
    [none] Asked { $channel }: no answer. They may be there under another address. Ask them for it.
   *[other] Asked { $channel } on { $date }: no answer. They may be there under another address. Ask them for it.
}
report-verdict-unregistered-signal = { $date ->
    [none] Signal reported this number as no longer registered.
   *[other] Signal reported this number as no longer registered on { $date }.
}
report-verdict-unregistered-signal-by = { $date ->
    [none] Signal reported this number as no longer registered ({ $source }); it does not say since when.
   *[other] Signal reported this number as no longer registered ({ $source }), by { $date } at the latest; it does not say since when.
}
report-verdict-unregistered = { $date ->
    [none] { $channel } reported this account as no longer registered.
   *[other] { $channel } reported this account as no longer registered on { $date }.
}
report-why-used = You last talked there on { $date }.
report-verdict-unknown = Not known: nothing that { $channel } answered is kept, and no file tells.
report-verdict-undecided = Not known: what there is does not decide it.
report-verdict-left = { $date ->
    [none] They wrote that they had left { $channel }; nothing newer tells.
   *[other] They wrote on { $date } that they had left { $channel }; nothing newer tells.
}
report-verdict-excluded = Left out, because you excluded or blocked them: never looked up, never invited.

report-origin-address-book = in your address book
report-origin-chat-self = as they wrote in a chat
report-origin-chat-other = named by somebody else in a chat
report-origin-signal-export = seen in your Signal export
report-origin-signal-desktop = seen in your Signal Desktop
report-origin-signal-joined = seen on Signal since
report-origin-signal-talked = you have talked there since
report-origin-lookup = an identity server’s answer
report-origin-lookup-doubtful = an identity server’s answer, but not proof
report-origin-own-direct = in your own direct chats
report-origin-shared-room = in a room that you are in
report-origin-profile = asked for by that address
report-origin-directory = the user directory, by name alone
report-origin-bridge-ghost = the shadow that a bridge made of them, no account
report-origin-roster = in your XMPP contact list
report-origin-there-self = as they said in a chat, without an address
report-origin-there-other = as somebody said in a chat, without an address
report-origin-left-self = as they wrote in a chat
report-origin-chat-another = an address that they gave for somebody else
report-origin-group-moved = a group of theirs has probably moved there
report-origin-user = you said so
report-holding-unregistered = no longer registered
report-holding-not-found = asked, no answer
report-holding-left = left
report-holding-silent = the number is known there, nothing more
report-grade-a = A, proven
report-grade-b = B, stated
report-grade-c = C, a hint
report-grade-d = D, a guess
report-self-stated = self-stated
report-not-self-stated = not self-stated

report-why-joins = What was joined, and what was not
report-why-invited = What you told of invitations
report-why-told = { $day } · { $became ->
    [sent] asked to { $channel }
    [reminded] reminded of { $channel }
    [joined] came to { $channel }
    [declined] would rather not
   *[never] not to be asked
}
report-why-alone = Nothing was joined, nothing refused.
report-why-same-phone = Joined: the same number, { $on }.
report-why-same-email = Joined: the same e-mail address, { $on }.
report-why-same-account = Joined: the same account, { $on }.
report-why-same-card = Joined: the card of { $on } is there again, equal in everything.
report-why-unique-name = Joined: only one person bears the name { $on }.
report-why-same-chat = Joined: the chat and that with { $on } have the same messages at the same times.
report-why-number-change = Joined: a notice says that the number changed, { $on }.
report-why-number-change-doubted = Not joined: a notice says that the number changed, { $on }, but these seem to be two people.
report-why-lid-map = Joined: WhatsApp itself ties { $on } to the number.
report-why-ambiguous-name = Not joined: several people bear the name { $on }.
report-why-shared-fixed-line = Not joined: { $on } is a fixed line, which a household shares.
report-why-several-accounts = Not joined: Signal lists several accounts that had { $on } one after the other. The newest list says who has it now.
report-why-shared-within-book = Not joined: { $on } stands on two cards with different names in one address book.
report-why-links-two = Not joined: { $on } would make one person of people whom one of your address books keeps apart.
report-why-needs-region = Open: { $on } cannot be placed without a country. Name yours with --region.
report-why-assumed-region = Assumed: { $on } has no country code and was read as a number of { $region }, because most of your address book is from there. Name another country with --region.
report-why-own-region = Assumed: { $on } has no country code and was read as a number of { $region }, because your own number is from there. Name another country with --region.
report-why-number-unknown = Open: the number is unknown. WhatsApp knows them only as { $on }, which is no number.
report-why-damaged = Open: { $on } looks damaged by a spreadsheet: a zero or a plus is missing in front.
report-why-other-region = Open: { $on } has no country code and is no number of { $region }.
report-why-unclear = Open: it is not clear which digits of { $on } are the number.
report-why-decided-same = Joined: you said that they are one person.
report-why-decided-apart = Not joined: you said that { $on } does not make them one person.
report-why-candidates = It may be: { $list }

## The page

report-page-history = Month by month
report-page-history-note = How many of today’s reachable people had been seen there by the end of each month. Those without a date count from the last one.
report-page-table = The same as a table
report-page-month = Month
report-page-by-channel = Where they can be reached
report-page-people = People
report-page-todo = Left to decide
report-page-todo-none = There is nothing left to decide.
report-page-problems = What was wrong
report-page-uncounted = Who is not counted
report-page-uncounted-none = Everybody who was found is counted.
report-page-inputs = What was read
report-page-in-use = in use: talked there in the last 90 days
report-page-covered = of the last twelve months’ messages are with reachable people
report-page-legend-reachable = { $count } reachable
report-page-legend-likely = { $count } likely
report-page-legend-others = { $count } not known
report-page-flock = { $people ->
    [one] Each dot is one person.
   *[other] Each dot stands for { $people } people.
}
report-page-overlap = On one channel, on several
report-page-overlap-note = How many can be reached on one channel alone, and how many on several. The circles are not to scale.
report-page-place = Where
report-page-alone = { $channel } alone
report-page-both = { $first } and { $last }
report-page-earlier = { $count ->
    [one] One earlier month is left out (transhume report --json has it).
   *[other] { $count } earlier months are left out (transhume report --json has them).
}
report-page-trend = From run to run
report-page-trend-note = How many could be reached at the end of each run, of those who were known then and still are.
report-page-run = Run
report-page-date = Date
report-page-known = Known then
report-page-covered-title = The messages of the last twelve months
report-page-with-reachable = with reachable people
report-page-with-others = with all others
report-page-share = Share
report-page-together = together on the channel where most are
report-page-scattered = reachable, but elsewhere
report-page-there = { $complete ->
    [yes] { $there } of { $members } reachable
   *[no] { $there } of at least { $members } reachable
}
report-page-needs = { $needed ->
    [0] { $share }% are together: it can move
    [one] one more makes { $share }%
   *[other] { $needed } more make { $share }%
}
report-page-undrawn = { $count ->
    [one] One more group stands in the table.
   *[other] { $count } more groups stand in the table.
}
report-page-ties = How your groups hang together
report-page-ties-note = A circle for each group, the larger the more members it has. A line between two means that some people are in both; the thicker, the more.
report-page-ties-most = 60% reachable or more
report-page-ties-some = some reachable
report-page-ties-nobody = nobody reachable
report-page-ties-none = No two of them share anybody.
report-page-ties-left-out = { $count ->
    [one] One smaller group is not drawn.
   *[other] { $count } smaller groups are not drawn.
}
report-page-shared = In both
report-page-invite-to = to { $channel }
report-page-more = { $count ->
    [one] And { $count } more, to be found with
   *[other] And { $count } more, to be found with
}
report-page-left = What has left this computer
report-page-host = To
report-page-hashed = Hashed identities
report-page-plain = Plain identities
report-page-skip = Skip to the people
report-page-private = This page was made on your computer and asks nothing of the network. It holds names: think before you pass it on.

## For others

report-shared-person = Person { $nth }
report-shared-group = Group { $nth }
report-shared-small = { $count ->
    [one] { $count } small group
   *[other] { $count } small groups together
}
report-shared-hosts = { $count ->
    [one] a server
   *[other] { $count } servers
}
report-shared-note = Made to be shown to others: nobody is named, and groups of fewer than five people stand together. People and groups are numbered anew.
report-markdown-note = There are names in this report: think before you pass it on. “transhume report --markdown --share” writes one without.

## Dates

date-month-name = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
}
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
