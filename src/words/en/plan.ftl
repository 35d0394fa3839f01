# The plan: whom to invite first, which group can move, what still holds.
#
# $name, $group and $names come from outside and are escaped for the sink.

plan-rests-on = { $groups ->
    [0] This order rests on with whom you wrote of late, for no group is known; how people follow is an assumption, and could change it.
    [one] This order rests on who is in your { $groups } group and with whom you wrote of late; from which share on people follow is an assumption, so it is the order that loses least whether they follow the first friend or want company first.
   *[other] This order rests on who shares your { $groups } groups and with whom you wrote of late; from which share on people follow is an assumption, so it is the order that loses least whether they follow the first friend or want company first.
}
plan-cheaper = There are so many people and groups that cheaper methods were used: the first { $weighed } places are chosen by samples and judged in few worlds, the others by how many people they share groups with.
plan-nobody = There is nobody left to invite.

## Whom to invite

plan-invite = Whom to invite first
plan-more = { $count ->
    [one] { $count } more can be invited (--first shows more, --json all)
   *[other] { $count } more can be invited (--first shows more, --json all)
}
plan-company = { $count ->
    [one] in a group with people who are there already
   *[other] in { $count } groups with people who are there already
}
plan-bridges = { $count ->
    [one] in a group in which nobody is there yet
   *[other] in { $count } groups in which nobody is there yet
}
plan-brings = { $complete ->
    [yes] brings { $group } from { $before } to { $after } of { $members }
   *[no] brings { $group } from { $before } to { $after } of at least { $members }
}
plan-follow = { $count ->
    [one] one more may follow
   *[other] { $count } more may follow
}
plan-messages = { $count ->
    [one] one message in the last year
   *[other] { $count } messages in the last year
}
plan-likely = may be on { $channel } already
plan-asked = { $answer ->
    [sent] was invited, and has not answered
   *[reminded] was invited and reminded, and has not answered
}
plan-known = you know them, and share no group with them

## Groups

plan-groups = Which group can move
plan-more-groups = { $count ->
    [one] and { $count } more group (--json lists all)
   *[other] and { $count } more groups (--json lists all)
}
plan-there = { $known ->
    [all] { $there } of { $members } there ({ $share } %)
   *[some] at least { $there } of { $members } known there
}
plan-nearest = nearest on { $channel }
plan-nearest-none = nobody there yet
plan-missing = Missing
plan-one-more = One more
plan-one-more-brings = { $name } brings it to { $after }
plan-move = To move
plan-move-at = { $share ->
    [100] for all
   *[other] for { $share } %
}
plan-move-done = { $share ->
    [100] all are there
   *[other] { $share } % are there: it can move now
}
plan-move-cannot = { $share ->
    [100] for all: not by your invitations, { $needed } are missing
   *[other] for { $share } %: not by your invitations, { $needed } are missing
}
plan-begin-anew = Better begin anew: those who can be invited are not enough to move it, but enough for a new group.
plan-incomplete = Where “known” stands, not all members are known, so there is no share of all.

## What holds

plan-holds = What still holds you
plan-holds-nothing = Nothing: everybody with whom you wrote in the last year can be reached elsewhere.
plan-holds-none = No message of the last year is known.
plan-holds-people = Of { $messages } messages of the last year, { $stuck } were exchanged with people who cannot be reached elsewhere, most of them with
plan-holds-groups = Of { $messages } messages in groups, { $stuck } were written where fewer than 60 % can be reached, most of them in
plan-holds-one = { $name } ({ $count })
