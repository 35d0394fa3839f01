# The plan: whom to invite first, which group can move, what still holds.
#
# $name, $group and $names come from outside and are escaped for the sink.

plan-rests-on = { $groups ->
    [0] { $lately ->
        [yes] This order comes from whom you wrote to lately, for no group is known
       *[no] This order rests on little, for no group and no message of the last year is known
    }
    [one] { $lately ->
        [yes] This order comes from who is in your { $groups } group and whom you wrote to lately
       *[no] This order comes from who is in your { $groups } group
    }
   *[other] { $lately ->
        [yes] This order comes from who is together in your { $groups } groups and whom you wrote to lately
       *[no] This order comes from who is together in your { $groups } groups
    }
}
plan-assumed = ; how many friends a person needs to see before following nobody knows, so several answers were tried (they are assumptions), and this order loses least in the worst of them.
plan-cheaper = There are so many people and groups that cheaper methods were used: the first { $weighed } places are chosen by samples and judged in few worlds, the others by how many people they share groups with.
plan-nobody = There is nobody left to invite.

## Whom to invite

plan-invite = Whom to invite first
plan-played = Each place supposes that all above it were invited. What could happen is a guess: the average of many played worlds.
plan-more = { $count ->
    [one] { $count } more can be invited (--first shows more, --json all)
   *[other] { $count } more can be invited (--first shows more, --json all)
}
plan-company = { $count ->
    [one] in a group with people who are there already
   *[other] in { $count } groups with people who are there already
}
plan-bridges = { $count ->
    [one] in a group in which nobody is there yet today
   *[other] in { $count } groups in which nobody is there yet today
}
plan-brings = { $complete ->
    [yes] could bring { $group } from about { $before } to { $after } of { $members } on { $channel }
   *[no] could bring { $group } from about { $before } to { $after } of at least { $members } on { $channel }
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
plan-alone = { $count ->
    [one] in a group with you in which nobody else is known
   *[other] in { $count } groups with you in which nobody else is known
}
plan-known = you know them, and no group that you share is known

## Groups

plan-groups = Which group can move
plan-more-groups = { $count ->
    [one] and { $count } more group (--json lists all)
   *[other] and { $count } more groups (--json lists all)
}
plan-there = { $known ->
    [all] { $there } of { $members } there ({ $share } %)
    [split] { $there } of { $members } can be reached
   *[some] at least { $there } of { $members } known there
}
plan-no-members = no member is known
plan-on = { $count } on { $channel }
plan-no-one-place = { $share ->
    [100] no one place has all
   *[other] no one place has { $share } %
}
plan-nearest = nearest on { $channel }
plan-nearest-none = nobody there yet
plan-missing = Missing
plan-strangers = Missing, and not to be invited by you
plan-title-alike = { $nth ->
    [0] ({ $members })
   *[other] ({ $members }, no. { $nth })
}
plan-left-out = { $count } left out by you
plan-one-more = One more
plan-one-more-brings = { $name } brings it from { $before } to { $after }
plan-move = To move
plan-move-at = { $share ->
    [100] for all
   *[other] for { $share } %
}{ $known ->
    [yes] {" "}on { $channel }
   *[no] {""}
}
plan-move-done = { $share ->
    [100] all are on { $channel }
   *[other] { $share } % are on { $channel }: it can move there now
}
plan-move-cannot = { $share ->
    [100] for all
   *[other] for { $share } %
}: { $needed ->
    [one] one more is needed
   *[other] { $needed } more are needed
}, and you can invite { $can ->
    [0] nobody
    [one] only one
   *[other] only { $can }
}
plan-begin-anew = { $there ->
    [0] Too few to move it, but enough to begin a new group
    [one] Too few to move it, but enough to begin a new group with the one who is there
   *[other] Too few to move it, but enough to begin a new group with the { $there } who are there
} ({ $count ->
    [one] one can be invited
   *[other] { $count } can be invited
})
plan-incomplete = Where “known” stands, not all members are known, so there is no share of all.

## What holds

plan-holds = What still holds you
plan-holds-nothing = Nothing: everybody with whom you wrote in the last year can be reached elsewhere.
plan-holds-none = No message of the last year is known.
plan-holds-people = Of { $messages } messages of the last year, { $stuck } were exchanged with people who cannot be reached elsewhere, most of them with
plan-holds-groups = Of { $messages } messages in groups, { $stuck } were written { $share ->
    [100] where all are not known to be together in another place
   *[other] where { $share } % are not known to be together in another place
}, most of them in
plan-holds-one = { $name } ({ $count })
