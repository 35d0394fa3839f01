# Le bilan, au terminal et en page : chiffres, canaux, personnes, raisons.
#
# $date est une date ISO ; là où elle peut manquer, elle vaut alors « none ».
# $name, $on et $place viennent de l’extérieur et sont protégés pour la sortie.

report-number = { $number }
report-percent = { $share } %
report-label = { $label } :
report-no-name = (sans nom)
report-undated = sans date
report-at-latest = au plus tard le { $date }
report-and-more = { $count ->
    [one] et { $count } autre
   *[other] et { $count } autres
}
report-at-least = au moins { $count }

## Le grand nombre

report-headline = { $total ->
    [0] Personne à compter pour l’instant
   *[other] { $number ->
        [one] { $number } sur { $total } joignable sans WhatsApp
       *[other] { $number } sur { $total } joignables sans WhatsApp
    }
}
report-headline-since = { $number ->
    [one] { $number } sur { $total } joignable sans WhatsApp ; { $before } le { $date }
   *[other] { $number } sur { $total } joignables sans WhatsApp ; { $before } le { $date }
}
report-page-rest = sur { $total } joignables sans WhatsApp
report-page-before = { $before } le { $date }
report-page-nobody = personne à compter pour l’instant

## Ce qu’il y a derrière

report-plus-likely = { $count ->
    [one] + { $count } probable
   *[other] + { $count } probables
}
report-likely = { $count ->
    [one] { $count } autre est sans doute joignable : sa trace y date de plus de deux ans, ou n’est qu’un indice.
   *[other] { $count } autres sont sans doute joignables : leur trace y date de plus de deux ans, ou n’est qu’un indice.
}
report-in-use = { $count ->
    [0] Aucun contact actif connu : aucun fichier ne dit qu’on s’y soit écrit ces 90 derniers jours.
    [one] { $count } contact actif : on s’y est écrit ces 90 derniers jours.
   *[other] { $count } contacts actifs : on s’y est écrit ces 90 derniers jours.
}
report-covered = { $share } % des messages des douze derniers mois ont été échangés avec des personnes joignables.
report-counted-circle = Sont comptées les personnes avec qui vous échangez sur WhatsApp, et celles de votre carnet qui y ont été vues.
report-counted-saved = Sont comptées toutes les personnes enregistrées dans votre carnet.
report-counted-all = Sont comptées toutes les personnes trouvées.

## Changements

report-since = Depuis le { $date }
report-unchanged = Rien n’a changé depuis le { $date }.
report-gained = { $count ->
    [one] { $count } personne est désormais joignable
   *[other] { $count } personnes sont désormais joignables
}
report-lost = { $count ->
    [one] { $count } personne n’est plus joignable
   *[other] { $count } personnes ne sont plus joignables
}
report-new = { $count ->
    [one] { $count } personne est nouvelle dans la liste
   *[other] { $count } personnes sont nouvelles dans la liste
}

## Groupes

report-groups = Groupes
report-group-moved = { $named ->
    [yes] { $group } a sans doute déménagé : { $shared } membres sur { $members } sont dans le groupe { $channel } « { $there } ».
   *[no] { $group } a sans doute déménagé : { $shared } membres sur { $members } sont dans un même groupe { $channel }.
}
report-group-elsewhere = { $named ->
    [yes] { $group } : { $shared } membres sur { $members } sont dans le groupe { $channel } « { $there } ».
   *[no] { $group } : { $shared } membres sur { $members } sont dans un même groupe { $channel }.
}
report-group = Groupe
report-members = Membres
report-reachable = Joignables
report-more-groups = { $count ->
    [one] … et { $count } autre groupe
   *[other] … et { $count } autres groupes
}
report-incomplete = « Au moins » : l’export d’une discussion ne montre que ceux qui ont écrit, sont arrivés ou partis.

## Ce qui reste, et qui reste de côté

report-review = { $count ->
    [one] { $count } rapprochement douteux a été laissé ouvert, rien n’a été deviné
   *[other] { $count } rapprochements douteux ont été laissés ouverts, rien n’a été deviné
}
    .command = transhume review
report-review-assumed = Le pays des numéros sans indicatif a été supposé
report-uncounted-book = { $count ->
    [one] Non comptée : { $count } personne qui n’est que dans un carnet d’adresses.
   *[other] Non comptées : { $count } personnes qui ne sont que dans un carnet d’adresses.
}
report-uncounted-group = { $count ->
    [one] Non comptée : { $count } personne sans nom enregistré ni échange direct.
   *[other] Non comptées : { $count } personnes sans nom enregistré ni échange direct.
}
report-uncounted-unsaved = { $count ->
    [one] Non comptée : { $count } personne que vous n’avez pas enregistrée.
   *[other] Non comptées : { $count } personnes que vous n’avez pas enregistrées.
}
report-uncounted-excluded = { $count ->
    [one] Laissée de côté, car exclue ou bloquée par vous : { $count } personne.
   *[other] Laissées de côté, car exclues ou bloquées par vous : { $count } personnes.
}
report-inputs = { $read ->
    [one] { $read } entrée lue : gardées { $kept }, fusionnées { $merged }, rejetées { $rejected }.
   *[other] { $read } entrées lues : gardées { $kept }, fusionnées { $merged }, rejetées { $rejected }.
}
report-errors = { $count ->
    [one] { $count } erreur
   *[other] { $count } erreurs
}
report-warnings = { $count ->
    [one] { $count } avertissement
   *[other] { $count } avertissements
}
report-notes = { $count ->
    [one] { $count } remarque
   *[other] { $count } remarques
}
report-problems = Problèmes : { $list }.
report-severity-error = erreur
report-severity-warning = avertissement
report-severity-note = remarque
report-problem = { $severity } : { $what }
report-hint = { $what } ({ $hint })
report-at = { $place } : { $what }
report-more-alike = { $count } autres du même genre (--json les donne tous)
report-disclosed-none = Rien n’a quitté cet ordinateur.
report-disclosed = Parti de cet ordinateur, vers { $host } : { $hashed ->
    [one] { $hashed } identité sous forme de hachage
   *[other] { $hashed } identités sous forme de hachage
}, { $plain } en clair

## États et portées

report-state-reachable = joignable
report-state-likely = probable
report-state-not-found = sans réponse
report-state-unregistered = désinscrit
report-state-unknown = inconnu
report-state-excluded = exclu
report-scope-circle = cercle
report-scope-address-book-only = carnet seul
report-scope-group-only = pas enregistré

## Personnes

report-name = Nom
report-other-names = Aussi
report-scope = Portée
report-channels = Canaux
report-messages = Messages
report-last-message = Dernier message
report-phones = Téléphone
report-emails = E-mail
report-addresses = Adresses
report-language = Langue
report-address-form = Façon de s’adresser
report-formal = vouvoiement
report-familiar = tutoiement
report-id = Identifiant
report-since-then = depuis le { $date }
report-as = sous { $address }

## Pourquoi

report-verdict-reachable = { $date ->
    [none] Sur { $channel } ({ $source }).
   *[other] Sur { $channel } ({ $source }, { $date }).
}
report-verdict-stale = { $date ->
    [none] Sans doute encore sur { $channel } ({ $source }), mais cela date de plus de deux ans.
   *[other] Sans doute encore sur { $channel } ({ $source }, { $date }), mais cela date de plus de deux ans.
}
report-verdict-hint = { $date ->
    [none] Peut-être sur { $channel } ({ $source }). Ce n’est qu’un indice : mieux vaut demander.
   *[other] Peut-être sur { $channel } ({ $source }, { $date }). Ce n’est qu’un indice : mieux vaut demander.
}
report-verdict-not-found-signal = { $date ->
    [none] Numéro non trouvé. Soit cette personne n’a pas de compte Signal, soit elle a désactivé « Qui peut me trouver avec mon numéro ». Demandez-lui son nom d’utilisateur Signal.
   *[other] Numéro non trouvé le { $date }. Soit cette personne n’a pas de compte Signal, soit elle a désactivé « Qui peut me trouver avec mon numéro ». Demandez-lui son nom d’utilisateur Signal.
}
report-verdict-not-found = { $date ->
    [none] Question posée à { $channel } : pas de réponse. Cette personne y est peut-être sous une autre adresse. Demandez-la-lui.
   *[other] Question posée à { $channel } le { $date } : pas de réponse. Cette personne y est peut-être sous une autre adresse. Demandez-la-lui.
}
report-verdict-unregistered-signal = { $date ->
    [none] Signal a signalé que ce numéro n’était plus inscrit.
   *[other] Signal a signalé que ce numéro n’était plus inscrit, le { $date }.
}
report-verdict-unregistered-signal-by = { $date ->
    [none] Signal a signalé que ce numéro n’était plus inscrit ({ $source }), sans dire depuis quand.
   *[other] Signal a signalé que ce numéro n’était plus inscrit ({ $source }), au plus tard le { $date }, sans dire depuis quand.
}
report-verdict-unregistered = { $date ->
    [none] { $channel } a signalé que ce compte n’était plus inscrit.
   *[other] { $channel } a signalé que ce compte n’était plus inscrit, le { $date }.
}
report-why-used = Vous y avez parlé pour la dernière fois le { $date }.
report-verdict-unknown = On ne sait pas : rien de ce que { $channel } aurait répondu n’est gardé, et aucun fichier ne le dit.
report-verdict-undecided = On ne sait pas : ce que l’on a ne suffit pas à trancher.
report-verdict-left = { $date ->
    [none] Cette personne a écrit qu’elle avait quitté { $channel } ; rien de plus récent.
   *[other] Cette personne a écrit le { $date } qu’elle avait quitté { $channel } ; rien de plus récent.
}
report-verdict-excluded = De côté, car vous l’avez exclu ou bloqué : jamais de recherche, jamais d’invitation.

report-origin-address-book = dans votre carnet d’adresses
report-origin-chat-self = donné par la personne dans une discussion
report-origin-chat-other = nommé par quelqu’un d’autre dans une discussion
report-origin-signal-export = vu dans votre export de Signal
report-origin-signal-desktop = vu dans votre Signal Desktop
report-origin-signal-joined = vu sur Signal depuis
report-origin-signal-talked = vous y parlez depuis
report-origin-lookup = la réponse d’un serveur d’identité
report-origin-lookup-doubtful = la réponse d’un serveur d’identité, mais pas une preuve
report-origin-own-direct = dans vos propres discussions directes
report-origin-shared-room = dans un salon où vous êtes
report-origin-profile = demandé par cette adresse
report-origin-directory = l’annuaire des utilisateurs, par le nom seul
report-origin-bridge-ghost = l’ombre qu’une passerelle a faite d’eux, pas un compte
report-origin-roster = dans votre liste de contacts XMPP
report-origin-there-self = comme dit par la personne dans une discussion, sans adresse
report-origin-there-other = comme dit par quelqu’un dans une discussion, sans adresse
report-origin-left-self = comme écrit par la personne dans une discussion
report-origin-chat-another = une adresse que la personne a donnée pour quelqu’un d’autre
report-origin-group-moved = un groupe de cette personne y a sans doute déménagé
report-origin-user = vous l’avez dit
report-holding-unregistered = plus inscrit
report-holding-not-found = question posée, pas de réponse
report-holding-left = parti
report-holding-silent = le numéro y est connu, rien de plus
report-grade-a = A, prouvé
report-grade-b = B, déclaré
report-grade-c = C, un indice
report-grade-d = D, une supposition
report-self-stated = dit par la personne même
report-not-self-stated = non dit par la personne même

report-why-joins = Ce qui a été réuni, et ce qui ne l’a pas été
report-why-invited = Ce que vous avez dit des invitations
report-why-told = { $day } · { $became ->
    [sent] invitation sur { $channel }
    [reminded] rappel pour { $channel }
    [joined] sur { $channel }
    [declined] ne le souhaite pas
   *[never] à ne pas inviter
}
report-why-alone = Rien n’a été réuni, rien n’a été refusé.
report-why-same-phone = Réunis : le même numéro, { $on }.
report-why-same-email = Réunis : la même adresse e-mail, { $on }.
report-why-same-account = Réunis : le même compte, { $on }.
report-why-same-card = Réunis : la fiche de { $on } y est encore une fois, identique en tout.
report-why-unique-name = Réunis : une seule personne porte le nom { $on }.
report-why-same-chat = Réunis : la discussion et celle avec { $on } ont les mêmes messages aux mêmes heures.
report-why-number-change = Réunis : un avis dit que le numéro a changé, { $on }.
report-why-number-change-doubted = Non réunis : un avis dit que le numéro a changé, { $on }, mais ce sont, semble-t-il, deux personnes.
report-why-lid-map = Réunis : WhatsApp lie lui-même { $on } au numéro.
report-why-ambiguous-name = Non réunis : plusieurs personnes portent le nom { $on }.
report-why-shared-fixed-line = Non réunis : { $on } est une ligne fixe, qu’un foyer partage.
report-why-several-accounts = Non réunis : Signal connaît plusieurs comptes qui ont eu { $on } l’un après l’autre. La liste la plus récente dit qui l’a maintenant.
report-why-shared-within-book = Non réunis : { $on } figure sur deux fiches de noms différents dans un même carnet.
report-why-links-two = Non réunis : { $on } ferait une seule personne de gens que l’un de vos carnets d’adresses distingue.
report-why-needs-region = En suspens : { $on } ne peut être situé sans pays. Indiquez le vôtre avec --region.
report-why-assumed-region = Supposé : { $on } n’a pas d’indicatif de pays et a été lu comme un numéro de { $region }, car la plupart de votre carnet d’adresses en vient. Indiquez un autre pays avec --region.
report-why-own-region = Supposé : { $on } n’a pas d’indicatif de pays et a été lu comme un numéro de { $region }, car votre propre numéro en vient. Indiquez un autre pays avec --region.
report-why-number-unknown = En suspens : le numéro est inconnu. WhatsApp ne connaît la personne que sous { $on }, qui n’est pas un numéro.
report-why-damaged = Ouvert : { $on } semble abîmé par un tableur : il manque un zéro ou un plus au début.
report-why-other-region = En suspens : { $on } n’a pas d’indicatif de pays et n’est pas un numéro de { $region }.
report-why-unclear = En suspens : on ne sait pas quels chiffres de { $on } sont le numéro.
report-why-decided-same = Réunis : vous avez dit que c’est la même personne.
report-why-decided-apart = Pas réunis : vous avez dit que { $on } n’en fait pas une seule personne.
report-why-candidates = C’est peut-être : { $list }

## La page

report-page-history = Mois par mois
report-page-history-note = Combien, parmi les personnes joignables aujourd’hui, l’étaient déjà à la fin de chaque mois. Celles sans date comptent à partir du dernier.
report-page-table = La même chose en tableau
report-page-month = Mois
report-page-by-channel = Où les joindre
report-page-people = Personnes
report-page-todo = Reste à trancher
report-page-todo-none = Il ne reste rien à trancher.
report-page-problems = Ce qui n’allait pas
report-page-uncounted = Qui n’est pas compté
report-page-uncounted-none = Toutes les personnes trouvées sont comptées.
report-page-inputs = Ce qui a été lu
report-page-in-use = actifs : on s’y est écrit ces 90 derniers jours
report-page-covered = des messages des douze derniers mois sont échangés avec des personnes joignables
report-page-legend-reachable = { $count ->
    [one] { $count } joignable
   *[other] { $count } joignables
}
report-page-legend-likely = { $count ->
    [one] { $count } probable
   *[other] { $count } probables
}
report-page-legend-others = { $count ->
    [one] { $count } inconnu
   *[other] { $count } inconnus
}
report-page-flock = { $people ->
    [one] Chaque point est une personne.
   *[other] Chaque point représente { $people } personnes.
}
report-page-overlap = Sur un canal, sur plusieurs
report-page-overlap-note = Combien sont joignables sur un seul canal, et combien sur plusieurs. Les cercles ne sont pas à l’échelle.
report-page-place = Où
report-page-alone = { $channel } seulement
report-page-both = { $first } et { $last }
report-page-earlier = { $count ->
    [one] { $count } mois plus ancien n’est pas montré (transhume report --json le donne).
   *[other] { $count } mois plus anciens ne sont pas montrés (transhume report --json les donne).
}
report-page-trend = D’une exécution à l’autre
report-page-trend-note = Combien étaient joignables à la fin de chaque exécution, parmi les personnes connues alors et encore aujourd’hui.
report-page-run = Exécution
report-page-date = Date
report-page-known = Connues alors
report-page-covered-title = Les messages des douze derniers mois
report-page-with-reachable = avec des personnes joignables
report-page-with-others = avec toutes les autres
report-page-share = Part
report-page-together = réunis sur le canal où ils sont le plus nombreux
report-page-scattered = joignables, mais ailleurs
report-page-there = { $complete ->
    [yes] { $there ->
        [one] { $there } joignable sur { $members }
       *[other] { $there } joignables sur { $members }
    }
   *[no] { $there ->
        [one] { $there } joignable sur au moins { $members }
       *[other] { $there } joignables sur au moins { $members }
    }
}
report-page-needs = { $needed ->
    [0] { $share } % sont réunis : il peut déménager
    [one] il en manque { $needed } pour { $share } %
   *[other] il en manque { $needed } pour { $share } %
}
report-page-undrawn = { $count ->
    [one] { $count } autre groupe figure dans le tableau.
   *[other] { $count } autres groupes figurent dans le tableau.
}
report-page-ties = Ce qui relie vos groupes
report-page-ties-note = Un cercle par groupe, d’autant plus grand que le groupe compte de membres. Un trait relie deux groupes qui ont des membres en commun, d’autant plus épais qu’il y en a.
report-page-ties-most = 60 % joignables ou plus
report-page-ties-some = quelques-uns joignables
report-page-ties-nobody = personne de joignable
report-page-ties-none = Aucun membre n’est dans deux d’entre eux.
report-page-ties-left-out = { $count ->
    [one] { $count } groupe plus petit n’est pas dessiné.
   *[other] { $count } groupes plus petits ne sont pas dessinés.
}
report-page-shared = Dans les deux
report-page-invite-to = sur { $channel }
report-page-more = { $count ->
    [one] Et { $count } de plus, à voir avec
   *[other] Et { $count } de plus, à voir avec
}
report-page-left = Ce qui a quitté cet ordinateur
report-page-host = Vers
report-page-hashed = Identités hachées
report-page-plain = Identités en clair
report-page-skip = Aller aux personnes
report-page-private = Cette page a été faite sur votre ordinateur et ne demande rien au réseau. Elle contient des noms : réfléchissez avant de la transmettre.

## Pour d’autres

report-shared-person = Personne { $nth }
report-shared-group = Groupe { $nth }
report-shared-small = { $count ->
    [one] { $count } petit groupe
   *[other] { $count } petits groupes ensemble
}
report-shared-hosts = { $count ->
    [one] un serveur
   *[other] { $count } serveurs
}
report-shared-note = Fait pour être montré : personne n’est nommé, et les groupes de moins de cinq personnes sont réunis. Personnes et groupes sont numérotés à neuf.
report-markdown-note = Ce rapport contient des noms : réfléchissez avant de le transmettre. « transhume report --markdown --share » en écrit un sans noms.

## Les dates

date-month-name = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[other] décembre
}
date-day = { $day ->
    [1] 1er { $month } { $year }
   *[other] { $day } { $month } { $year }
}
date-month = { $month } { $year }
