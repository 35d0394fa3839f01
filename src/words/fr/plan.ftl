# Le plan : qui inviter d’abord, quel groupe peut déménager, ce qui retient encore.
#
# $name, $group et $names viennent de l’extérieur et sont protégés pour la sortie.

plan-rests-on = { $groups ->
    [0] Cet ordre tient aux personnes avec qui vous avez échangé récemment, car aucun groupe n’est connu ; la manière dont on suit est une hypothèse, qui pourrait le changer.
    [one] Cet ordre tient à qui se trouve dans votre { $groups } groupe et à qui vous écriviez récemment ; la part à partir de laquelle on suit est une hypothèse : c’est donc l’ordre qui perd le moins, que l’on suive le premier ami ou que l’on attende d’être plusieurs.
   *[other] Cet ordre tient à qui partage vos { $groups } groupes et à qui vous écriviez récemment ; la part à partir de laquelle on suit est une hypothèse : c’est donc l’ordre qui perd le moins, que l’on suive le premier ami ou que l’on attende d’être plusieurs.
}
plan-cheaper = Il y a tant de personnes et de groupes que des méthodes plus légères ont servi : les { $weighed } premières places sont choisies par échantillons et jugées dans peu de mondes, les autres selon le nombre de personnes avec qui elles partagent des groupes.
plan-nobody = Il ne reste personne à inviter.

## Qui inviter

plan-invite = Qui inviter d’abord
plan-more = { $count ->
    [one] { $count } autre peut être invité (--first en montre plus, --json tous)
   *[other] { $count } autres peuvent être invités (--first en montre plus, --json tous)
}
plan-company = { $count ->
    [one] dans un groupe où il y a déjà du monde
   *[other] dans { $count } groupes où il y a déjà du monde
}
plan-bridges = { $count ->
    [one] dans un groupe où il n’y a encore personne
   *[other] dans { $count } groupes où il n’y a encore personne
}
plan-brings = { $complete ->
    [yes] fait passer { $group } de { $before } à { $after } sur { $members }
   *[no] fait passer { $group } de { $before } à { $after } sur au moins { $members }
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
plan-known = une personne que vous connaissez, sans groupe commun

## Groupes

plan-groups = Quel groupe peut déménager
plan-more-groups = { $count ->
    [one] et { $count } autre groupe (--json les donne tous)
   *[other] et { $count } autres groupes (--json les donne tous)
}
plan-there = { $known ->
    [all] { $there } sur { $members } y sont ({ $share } %)
   *[some] au moins { $there } sur { $members } connus y sont
}
plan-nearest = le plus près du but sur { $channel }
plan-nearest-none = encore personne
plan-missing = Manquent
plan-one-more = Un de plus
plan-one-more-brings = { $name } le porte à { $after }
plan-move = Pour déménager
plan-move-at = { $share ->
    [100] pour tous
   *[other] pour { $share } %
}
plan-move-done = { $share ->
    [100] tous y sont
   *[other] { $share } % y sont : il peut déménager
}
plan-move-cannot = { $share ->
    [100] pour tous : vos invitations n’y suffiront pas, il en manque { $needed }
   *[other] pour { $share } % : vos invitations n’y suffiront pas, il en manque { $needed }
}
plan-begin-anew = Mieux vaut recommencer : les personnes que vous pouvez inviter ne suffisent pas à le déplacer, mais suffisent pour un nouveau groupe.
plan-incomplete = Là où il est écrit « connus », tous les membres ne sont pas connus : il n’y a donc pas de part du tout.

## Ce qui retient

plan-holds = Ce qui vous retient encore
plan-holds-nothing = Rien : toutes les personnes avec qui vous avez échangé depuis un an sont joignables ailleurs.
plan-holds-none = Aucun message de l’année écoulée n’est connu.
plan-holds-people = Sur { $messages } messages depuis un an, { $stuck } ont été échangés avec des personnes qui ne sont pas joignables ailleurs, la plupart avec
plan-holds-groups = Sur { $messages } messages de groupe, { $stuck } ont été écrits là où moins de 60 % sont joignables, la plupart dans
plan-holds-one = { $name } ({ $count })
