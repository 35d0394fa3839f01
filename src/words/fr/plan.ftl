# Le plan : qui inviter d’abord, quel groupe peut déménager, ce qui retient encore.
#
# $name, $group et $names viennent de l’extérieur et sont protégés pour la sortie.

plan-rests-on = { $groups ->
    [0] { $lately ->
        [yes] Cet ordre vient des personnes à qui vous avez écrit récemment, car aucun groupe n’est connu
       *[no] Cet ordre repose sur peu de chose : aucun groupe et aucun message de l’année écoulée ne sont connus
    }
    [one] { $lately ->
        [yes] Cet ordre vient de qui est dans votre { $groups } groupe et de qui vous avez contacté récemment
       *[no] Cet ordre vient de qui est dans votre { $groups } groupe
    }
   *[other] { $lately ->
        [yes] Cet ordre vient de qui est ensemble dans vos { $groups } groupes et de qui vous avez contacté récemment
       *[no] Cet ordre vient de qui est ensemble dans vos { $groups } groupes
    }
}
plan-assumed =  ; nul ne sait combien d’amis il faut voir partir avant de suivre : plusieurs réponses ont été essayées (ce sont des hypothèses), et cet ordre perd le moins dans la pire d’entre elles.
plan-cheaper = Il y a tant de personnes et de groupes que des méthodes plus légères ont servi : les { $weighed } premières places sont choisies par échantillons et jugées dans peu de mondes, les autres selon le nombre de personnes avec qui elles partagent des groupes.
plan-nobody = Il ne reste personne à inviter.

## Qui inviter

plan-invite = Qui inviter d’abord
plan-played = Chaque place suppose que toutes les personnes au-dessus ont été invitées. Ce qui pourrait arriver est une estimation : la moyenne de nombreux mondes simulés.
plan-more = { $count ->
    [one] { $count } autre peut être invité (--first en montre plus, --json tous)
   *[other] { $count } autres peuvent être invités (--first en montre plus, --json tous)
}
plan-company = { $count ->
    [one] dans un groupe où il y a déjà du monde
   *[other] dans { $count } groupes où il y a déjà du monde
}
plan-bridges = { $count ->
    [one] dans un groupe où il n’y a encore personne aujourd’hui
   *[other] dans { $count } groupes où il n’y a encore personne aujourd’hui
}
plan-brings = { $complete ->
    [yes] pourrait faire passer { $group } d’environ { $before } à { $after } sur { $members } (sur { $channel })
   *[no] pourrait faire passer { $group } d’environ { $before } à { $after } sur au moins { $members } (sur { $channel })
}
plan-follow = { $count ->
    [one] un autre pourrait suivre
   *[other] { $count } autres pourraient suivre
}
plan-messages = { $count ->
    [one] un message depuis un an
   *[other] { $count } messages depuis un an
}
plan-likely = est peut-être déjà sur { $channel }
plan-asked = { $answer ->
    [sent] déjà invité, sans réponse
   *[reminded] déjà invité et relancé, sans réponse
}
plan-alone = { $count ->
    [one] dans un groupe avec vous où personne d’autre n’est connu
   *[other] dans { $count } groupes avec vous où personne d’autre n’est connu
}
plan-known = une personne que vous connaissez, sans groupe commun connu

## Groupes

plan-groups = Quel groupe peut déménager
plan-more-groups = { $count ->
    [one] et { $count } autre groupe (--json les donne tous)
   *[other] et { $count } autres groupes (--json les donne tous)
}
plan-there = { $known ->
    [all] { $there } sur { $members } y sont ({ $share } %)
    [split] { $there } sur { $members } sont joignables
   *[some] au moins { $there } sur { $members } connus y sont
}
plan-no-members = aucun membre n’est connu
plan-on = { $count } sur { $channel }
plan-no-one-place = { $share ->
    [100] aucun endroit ne les a tous
   *[other] aucun endroit n’a { $share } %
}
plan-nearest = le plus près du but sur { $channel }
plan-nearest-none = encore personne
plan-missing = Manquent
plan-strangers = Manquent, sans que vous puissiez les inviter
plan-title-alike = { $nth ->
    [0] ({ $members })
   *[other] ({ $members }, n° { $nth })
}
plan-left-out = { $count ->
    [one] { $count } laissé de côté par vous
   *[other] { $count } laissés de côté par vous
}
plan-one-more = Un de plus
plan-one-more-brings = { $name } le fait passer de { $before } à { $after }
plan-move = Pour déménager
plan-move-at = { $share ->
    [100] pour tous
   *[other] pour { $share } %
}{ $known ->
    [yes] {" "}sur { $channel }
   *[no] {""}
}
plan-move-done = { $share ->
    [100] tous sont sur { $channel }
   *[other] { $share } % sont sur { $channel } : il peut y déménager
}
plan-move-cannot = { $share ->
    [100] pour tous
   *[other] pour { $share } %
} : il en manque { $needed }, et vous { $can ->
    [0] ne pouvez inviter personne
   *[other] ne pouvez en inviter que { $can }
}
plan-begin-anew = { $there ->
    [0] Trop peu pour le déplacer, mais assez pour commencer un nouveau groupe
    [one] Trop peu pour le déplacer, mais assez pour commencer un nouveau groupe avec la personne qui y est
   *[other] Trop peu pour le déplacer, mais assez pour commencer un nouveau groupe avec les { $there } qui y sont
} ({ $count ->
    [one] une personne à inviter
   *[other] { $count } personnes à inviter
})
plan-incomplete = Là où il est écrit « connus », tous les membres ne sont pas connus : il n’y a donc pas de part du tout.

## Ce qui retient

plan-holds = Ce qui vous retient encore
plan-holds-nothing = Rien : toutes les personnes avec qui vous avez échangé depuis un an sont joignables ailleurs.
plan-holds-none = Aucun message de l’année écoulée n’est connu.
plan-holds-people = Sur { $messages } messages depuis un an, { $stuck } ont été échangés avec des personnes qui ne sont pas joignables ailleurs, la plupart avec
plan-holds-groups = Sur { $messages } messages de groupe, { $stuck } ont été écrits { $share ->
    [100] là où rien ne dit que tous soient ensemble ailleurs
   *[other] là où rien ne dit que { $share } % soient ensemble ailleurs
}, la plupart dans
plan-holds-one = { $name } ({ $count })
