# Ce que disent les commandes, et les phrases de --help.

## Codes de sortie

exit-title = Codes de sortie :
exit-done = fait
exit-internal = erreur interne de transhume
exit-usage = la commande est mal écrite
exit-partial = fait en partie : des éléments ont été refusés, ce qui est bon est écrit
exit-no-input = aucune entrée utilisable
exit-network = rien de ce qui a été demandé à un réseau n’a été obtenu ; à reprendre plus tard
exit-refused = refusé faute de consentement
exit-locked = un autre processus occupe l’espace de travail
exit-interrupted = interrompu ; la même commande reprend

## Échecs. $it est ce que la phrase cite.

miscall-unknown = « { $it } » n’est pas connu ici.
miscall-value = « { $other } » ne convient pas à { $it }.
miscall-empty = { $it } attend une valeur.
miscall-conflict = { $it } ne va pas avec { $other }.
miscall-twice = { $it } ne peut être donné qu’une fois.
miscall-missing = { $it } manque.
miscall-command = Une commande doit suivre.
miscall-text = Une partie de ce qui a été tapé n’est pas du texte.
miscall-possible = Ce qui convient : { $it }.
miscall-meant = Vouliez-vous dire « { $it } » ?

error-usage = La commande est mal écrite : { $it }
    .hint = « transhume --help --lang fr » dit ce qui peut être tapé.
error-locked = L’espace de travail est occupé par un autre processus ({ $it }).
    .hint = Attendez qu’il ait fini. S’il a été tué, le verrou a disparu avec lui.
error-newer = L’espace de travail vient d’un transhume plus récent (schéma { $it }).
    .hint = Utilisez cette version plus récente. Vos données sont intactes.
error-damaged = L’espace de travail est illisible : { $it }
    .hint = Vos fichiers d’origine sont intacts : écartez transhume.db et importez-les de nouveau.
error-settings = transhume.toml est incompréhensible : { $it }
    .hint = Corrigez cette ligne, ou retirez-la.
error-settings-line = transhume.toml est incompréhensible à la ligne { $it }.
    .hint = Corrigez cette ligne, ou retirez-la. Les textes sont entre guillemets droits, comme dans homeserver = "example.org".
error-no-home = Ce système n’a pas de dossier pour les données.
    .hint = Nommez-en un avec --workspace DOSSIER.
error-io = Le système a refusé : { $it }
    .hint = Vérifiez qu’il reste de la place et que vous avez le droit d’écrire là. Ce qui s’y trouvait est intact.
error-output-link = { $it } est un lien symbolique.
    .hint = transhume n’écrit pas à travers les liens. Retirez-le, ou nommez un autre dossier avec --out.
error-output-not-ours = { $it } n’a pas été écrit par transhume.
    .hint = Déplacez-le, ou nommez un autre dossier avec --out.
error-interrupted = Interrompu. Rien n’a changé.
    .hint = La même commande recommence.
error-internal = Cela ne devrait pas arriver : { $it }
    .hint = Signalez-le, avec la commande que vous avez tapée.
error-region = Il n’y a pas de région « { $it } ».
    .hint = Donnez un code de deux lettres, comme FR, BE ou CA.
error-clock = TRANSHUME_NOW n’est pas une heure.
    .hint = Écrivez-la comme 2021-01-31T18:00:00Z, ou retirez-la de l’environnement.
error-reach = « { $it } » n’est pas une adresse.
    .hint = Dans transhume.toml, [reach] prend matrix = "@ada:example.org", xmpp = "ada@example.org", et signal = un numéro, un nom d’utilisateur ou un lien signal.me.
error-no-reach = Personne ne pourrait vous trouver sur { $it }.
    .hint = Dites où l’on vous trouve : sous [reach] dans transhume.toml, par exemple matrix = "@ada:example.org". Si votre numéro est masqué sur Signal, mettez-y votre lien de nom d’utilisateur.
error-backup-key-file = « { $it } » ne s’ouvre pas : la clé d’une sauvegarde devrait s’y trouver.
    .hint = Vérifiez que le chemin est juste et que le fichier peut être lu. Une clé est le fichier « key » ou « encrypted_backup.key » du téléphone, ou un fichier texte avec les 64 chiffres que WhatsApp vous a montrés. S’ils sont perdus, faites-en de nouveaux dans WhatsApp (Paramètres, Discussions, Sauvegarde des discussions, Sauvegarde chiffrée de bout en bout) et sauvegardez encore une fois.
error-backup-key = « { $it } » ne contient pas de clé de sauvegarde.
    .hint = Vérifiez que le chemin est juste et que le fichier peut être lu. Une clé est le fichier « key » ou « encrypted_backup.key » du téléphone, ou un fichier texte avec les 64 chiffres que WhatsApp vous a montrés. S’ils sont perdus, faites-en de nouveaux dans WhatsApp (Paramètres, Discussions, Sauvegarde des discussions, Sauvegarde chiffrée de bout en bout) et sauvegardez encore une fois.
error-empty-workspace = Rien n’a encore été importé.
    .hint = Commencez par « transhume migrate ~/Téléchargements » ; « transhume guide » dit quels fichiers il faut.
error-no-input = Aucune entrée n’est utilisable.
    .hint = « transhume guide » dit quels fichiers il faut, et comment les obtenir.
error-no-contact = Personne ne s’appelle « { $it } ».
    .hint = « transhume contacts » affiche tout le monde. Un nom exact, un identifiant, un numéro ou une adresse e-mail conviennent.
error-no-command = Aucune commande ne s’appelle « { $it } ».
    .hint = « transhume --help » les affiche toutes.
error-no-run = Il n’y a pas de passage { $it }.
    .hint = « transhume runs » les affiche.
error-share-people = { $it } donne les gens un par un : ce n’est rien à montrer à d’autres.
    .hint = --share va avec le terminal, --json, --html et --markdown. Retirez l’une des deux options.
error-undo = Le passage reste : vous n’avez pas consenti à l’annuler.
    .hint = Ce qui était listé serait supprimé, donc c’est demandé dans un terminal. Dans un script, --yes y consent.
error-nothing-to-purge = Il n’y a rien ici que transhume ait écrit.
    .hint = Nommez l’espace utilisé (--workspace), et le dossier de ses fichiers (--out).
error-purge = Rien n’a été supprimé : vous n’y avez pas consenti.
    .hint = C’est sans retour, donc demandé dans un terminal. Dans un script, --yes y consent.
error-several-contacts = Plusieurs contacts correspondent : { $it }
    .hint = Donnez plutôt l’identifiant.
error-template-unknown = { $place } : il n’y a pas de variable « { $it } ».
    .hint = Celles qui existent : { $known }. Rien n’a été écrit.
error-template-forbidden = { $place } : un modèle ne peut pas contenir « { $it } ».
    .hint = Seulement des variables, et if, elif, else, endif et set : rien qui boucle, inclut ou appelle. Rien n’a été écrit.
error-template-mistake = { $place } : le modèle contient une faute : { $it }
    .hint = Le README montre un modèle. Rien n’a été écrit.
error-template-long = { $place } : cela donne un texte de { $it } caractères.
    .hint = On n’en lit pas plus de 300 : raccourcissez-le. Rien n’a été écrit.
error-template-misplaced = { $it } n’est pas un modèle.
    .hint = Un modèle est LANGUE/SORTE.txt : la langue est { $languages }, la sorte { $kinds }.
error-group-link = « { $it } » n’est pas un groupe avec son lien.
    .hint = Tapez par exemple : --group-link "Club de lecture=https://signal.group/#…"
error-day = « { $it } » n’est pas un jour à venir.
    .hint = Tapez par exemple 2030-12-24.
error-mark-not-asked = { $it } n’a pas encore été invité.
    .hint = Un rappel vient après une invitation : marquez d’abord celle-ci, avec « sent ».
error-mark-asked = { $it } a déjà été invité le { $day }.
    .hint = Marquez la suite : reminded, joined, declined ou never. « undo » retire la dernière marque.
error-mark-joined = { $it } est déjà là.
    .hint = Si c’est faux, « transhume why NAME » dit d’où on le sait ; « invite mark NAME undo » retire une de vos marques.
error-mark-said-no = { $it } n’est plus à inviter : c’est son choix, ou le vôtre.
    .hint = « invite mark NAME undo » le retire.
error-mark-too-early = C’est trop tôt pour un rappel à { $it } : il sera possible à partir du { $day }.
    .hint = Entre deux messages, il faut au moins une semaine.
error-mark-enough = { $it } a reçu deux rappels, et c’est assez.
    .hint = Qui veut venir viendra. Parlez-en plutôt de vive voix.
error-mark-nothing = Aucune marque de { $it } à retirer.
    .hint = « transhume invite list » montre toutes les marques.
error-bad-url = « { $it } » n’est pas l’adresse d’un serveur.
    .hint = Tapez le nom d’un serveur, comme example.org, une URL, comme https://matrix.example.org, ou un identifiant Matrix, comme @ada:example.org.
error-insecure-url = { $it } enverrait votre jeton d’accès sans protection.
    .hint = Utilisez https://. http:// est réservé aux serveurs de cet ordinateur.
error-cannot-read = Ce fichier est illisible : { $it }
    .hint = Vérifiez son nom, et que vous avez le droit de le lire.
error-ca-file = Le fichier de certificats est inutilisable : { $it }
    .hint = --ca-file prend des certificats au format PEM (-----BEGIN CERTIFICATE-----).
error-no-homeserver = On ne sait pas où est votre compte Matrix.
    .hint = Ajoutez --homeserver example.org, ou écrivez homeserver = "example.org" dans transhume.toml.
error-no-token = Il n’y a pas de jeton d’accès pour votre serveur d’accueil.
    .hint = Connectez-vous avec « transhume login matrix ». Ou mettez un jeton dans un fichier que vous seul pouvez lire et ajoutez --token-file FICHIER, ou définissez TRANSHUME_ACCESS_TOKEN. Dans Element, il se trouve dans Paramètres, Aide et à propos.
error-fetch-url = « { $it } » n’est pas l’adresse d’un carnet d’adresses sur un serveur.
    .hint = Tapez une URL comme https://ada@cloud.example.org : les carnets d’adresses sont trouvés à partir de là.
error-fetch-insecure = { $it } enverrait votre mot de passe sans protection.
    .hint = Utilisez https://. http:// est réservé aux serveurs de cet ordinateur.
error-fetch-password-typed = Il y a un mot de passe dans { $it }
    .hint = Ne l’écrivez pas là : tout programme de cet ordinateur peut lire ce qui est tapé. Mettez-le dans un fichier que vous seul pouvez lire et ajoutez --password-file FICHIER, ou définissez TRANSHUME_CARDDAV_PASSWORD, ou laissez-vous le demander.
error-fetch-no-password = Il n’y a pas de mot de passe pour le carnet d’adresses.
    .hint = Mettez-le dans un fichier que vous seul pouvez lire et ajoutez --password-file FICHIER, ou définissez TRANSHUME_CARDDAV_PASSWORD. Dans Nextcloud, créez un mot de passe d’application dans Paramètres, Sécurité.
error-fetch-refused = { $it } n’accepte pas le nom et le mot de passe, ou en demande.
    .hint = Donnez --user NOM et le bon mot de passe. Dans Nextcloud, créez un mot de passe d’application dans Paramètres, Sécurité.
error-fetch-no-book = Aucun carnet d’adresses ne se trouve à { $it }
    .hint = Donnez l’URL que montrent les réglages de votre carnet d’adresses. C’est une adresse CardDAV, pas une page web.
error-fetch-redirect = Le serveur nous envoie vers un autre, où votre mot de passe ne doit pas aller : { $it }
    .hint = Si vous connaissez cet endroit et qu’il est juste, donnez vous-même son URL à --fetch.
error-desktop-none = Il n’y a pas de Signal Desktop aux endroits habituels : { $it }
    .hint = Indiquez son dossier : --signal-desktop DOSSIER. Ou servez-vous de l’export de Signal (transhume guide signal).
error-desktop-several = Il y a plus d’un Signal Desktop ici : { $it }
    .hint = Indiquez celui dont vous vous servez avec --signal-desktop DOSSIER.
error-signal-key = Il n’y a pas de clé dans { $it }
    .hint = Ce fichier contient les 64 chiffres (0-9, a-f) de la clé de la base, et rien d’autre.
error-signal-key-file = Ce fichier de clé ne peut pas être lu : { $it }
    .hint = Vérifiez son nom, et que vous avez le droit de le lire.
error-same-contact = « { $it } » est déjà cette personne.
    .hint = Nommez deux contacts. « transhume contacts » les liste tous.
error-not-split = Il n’y a rien du nom de « { $it } » qui puisse être séparé.
    .hint = Indiquez un de ses numéros, adresses ou noms, ou le titre d’une discussion ; il doit rester quelque chose. « transhume contacts show NOM » liste ce qu’il y a, « transhume why NOM » dit où cela se trouve.
error-no-marks = Rien ne distingue « { $it } » d’autres personnes : rien ne peut être décidé.
    .hint = Corrigez à la source : donnez-lui un nom ou un numéro à elle dans votre carnet d’adresses, puis importez-le de nouveau.
error-not-decided = Cela ne changerait rien : « { $it } » reste tel quel.
    .hint = « transhume why NOM » dit ce qui tient ensemble.
error-blank-name = On ne verrait rien de ce nom.
    .hint = Donnez-en un qui se lise.
error-forget = Personne n’a été oublié : vous n’y avez pas consenti.
    .hint = C’est sans retour, donc demandé dans un terminal. Dans un script, --yes y consent.
error-review-state = { $it } a été écrit à un autre moment, ou depuis un autre espace de travail : ce qui était demandé n’est peut-être plus ce qui reste à décider.
    .hint = Écrivez-le de nouveau avec « transhume review export » dans le même fichier : vos réponses à ce qui reste à décider sont reprises. Rien n’a été changé.
error-review-answers = { $it } contient des réponses qui n’ont pas été appliquées, à des questions qui ne sont plus ouvertes : l’écrire de nouveau les perdrait.
    .hint = Appliquez-le d’abord avec « transhume review apply », ou écrivez dans un autre fichier ; rien n’a été changé.
error-review-rows = Rien de { $it } n’a été appliqué.
    .hint = Corrigez ce qui est nommé plus haut et appliquez-le de nouveau : tout est appliqué, ou rien.
error-consent = Rien n’a été envoyé : vous n’avez pas donné votre accord.
    .hint = Regardez ce qui partirait avec --dry-run. Dans un script, --yes donne l’accord.
error-terms = { $it } veut que ses conditions soient acceptées avant de répondre.
    .hint = Lisez-les, puis répondez oui dans un terminal, ou ajoutez --accept-terms.
error-weak-pepper = { $it } protège trop peu les identités qu’on lui soumet (son « poivre » est faible) : il n’est pas interrogé.
    .hint = Prévenez qui l’administre, ou nommez-en un autre avec --identity-server.
error-plaintext-only = { $it } veut les adresses et numéros de vos contacts en clair : il n’est pas interrogé.
    .hint = transhume les envoie hachés ou pas du tout. Nommez-en un autre avec --identity-server.
error-no-algorithm = { $it } n’offre aucune façon de demander que transhume connaisse.
    .hint = Nommez-en un autre avec --identity-server.
error-interrupted-asking = Interrompu. Ce qui a été appris jusqu’ici est gardé.
    .hint = La même commande reprend où celle-ci s’est arrêtée.
error-unreachable = Pas de réponse de { $it }
    .hint = Vérifiez le réseau et le nom. La même commande reprend où celle-ci s’est arrêtée.
error-no-such-name = On ne sait pas où se trouve { $it }.
    .hint = Vérifiez l’orthographe du nom, puis le réseau. La même commande reprend là où celle-ci s’est arrêtée.
error-tls-expired = { $it } montre un certificat expiré, ou pas encore valable. Rien ne lui a été dit.
    .hint = Vérifiez l’heure de cet ordinateur. Sinon, c’est à qui administre le serveur de le renouveler.
error-tls-wrong-name = { $it } montre le certificat d’un autre serveur. Rien ne lui a été dit.
    .hint = Vérifiez le nom que vous avez tapé. S’il est juste, quelqu’un s’est peut-être glissé entre vous.
error-tls-unknown-issuer = Personne de confiance ne répond de { $it }. Rien ne lui a été dit.
    .hint = Si c’est votre serveur, avec sa propre autorité, ajoutez --ca-file FICHIER.
error-tls-version = { $it } ne parle qu’un vieux TLS, qui ne protège rien. Rien ne lui a été dit.
    .hint = C’est à qui administre le serveur d’activer TLS 1.2 ou plus récent.
error-tls = { $it } ne peut pas prouver qui il est. Rien ne lui a été dit.
    .hint = Si c’est votre serveur, avec sa propre autorité, ajoutez --ca-file FICHIER.
error-private-address = Un serveur renvoie vers { $it }, qui est dans un réseau privé. Rien ne lui a été dit.
    .hint = Si c’est votre serveur, ajoutez --allow-private.
error-server-url = Un serveur nomme une adresse inutilisable : { $it }
    .hint = Elle doit commencer par https:// et ne contenir aucun mot de passe. Nommez la bonne avec --homeserver ou --identity-server.
error-too-large = { $it } répond par plus que ce qui peut être juste.
    .hint = Vérifiez que c’est le bon serveur. Les réponses d’avant sont gardées.
error-redirect = Un serveur nous envoie ailleurs, où rien de vous ne doit aller : { $it }
    .hint = Nommez le bon avec --homeserver ou --identity-server.
error-redirect-loop = Un serveur nous fait tourner en rond : { $it }
    .hint = C’est une erreur de sa configuration : dites-le à qui le gère, ou indiquez une autre adresse.
error-nonsense = Ce qui répond à { $it } n’est pas un serveur Matrix du genre demandé.
    .hint = Vérifiez --homeserver et --identity-server.
error-token-refused = { $it } n’accepte pas le jeton d’accès.
    .hint = Il a peut-être expiré ou été révoqué. Prenez-en un autre ; la même commande reprend où celle-ci s’est arrêtée.
error-rate-limited = { $it } veut qu’on le laisse tranquille pour l’instant.
    .hint = Tapez la même commande plus tard : elle reprend où celle-ci s’est arrêtée.
error-rate-limited-until = { $it } veut qu’on le laisse tranquille { $wait }.
    .hint = Tapez la même commande après cela : elle reprend où celle-ci s’est arrêtée.
# Combien de temps : pendant une durée, jusqu’à un jour, ou ni l’un ni l’autre.
wait-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}
wait-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
wait-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
wait-for = pendant { $span }
wait-until = jusqu’au { $day ->
    [1] 1er
   *[other] { $day }
} { $month } à { $hour } h { $minute }
wait-until-year = jusqu’au { $day ->
    [1] 1er
   *[other] { $day }
} { $month } { $year } à { $hour } h { $minute }
wait-endless = pendant plus d’un an
error-server = Un serveur n’a pas pu répondre : { $it }
    .hint = Réessayez plus tard : la même commande reprend où celle-ci s’est arrêtée.
error-pipe = Le lecteur est parti.
    .hint = Rien à faire.

## Progression et résultats

progress-reading = Lecture
progress-rooms = Parcours de vos salons sur { $host }
progress-profiles = Demande de profils à { $host }
progress-identities = Questions à { $host } sur des adresses et des numéros
progress-names = Recherche de noms sur { $host }
progress-line = { $what } : { $count }
check-token-prompt = Jeton d’accès de votre serveur d’accueil :
check-host-unknown = le serveur d’identité que nomme votre serveur d’accueil
check-of-circle = votre cercle
check-of-saved = toutes les personnes enregistrées
check-of-all = tout le monde
check-homeserver = Vers votre serveur d’accueil, { $host } :
check-rooms = On lui demande vos propres discussions directes et les membres de vos salons. Rien sur personne ne part pour cela, et rien n’est gardé sur des inconnus.
check-profiles = { $count ->
    [one] { $count } identifiant Matrix de votre carnet d’adresses et de vos discussions, tel quel : votre serveur d’accueil demande à celui de la personne si ce profil existe.
   *[other] { $count } identifiants Matrix de votre carnet d’adresses et de vos discussions, tels quels : votre serveur d’accueil demande à ceux des personnes si ces profils existent.
}
check-names = { $count ->
    [one] { $count } nom, tel que vous l’avez enregistré, en clair : il est cherché dans l’annuaire de votre serveur d’accueil, et qui l’administre peut le lire.
   *[other] { $count } noms, tels que vous les avez enregistrés, en clair : ils sont cherchés dans l’annuaire de votre serveur d’accueil, et qui l’administre peut les lire.
}
check-names-left = { $count ->
    [one] { $count } autre nom est laissé pour la prochaine fois.
   *[other] { $count } autres noms sont laissés pour la prochaine fois.
}
check-about = Ce qui quitte cet ordinateur, vers { $host } :
check-leaves = { $emails ->
    [one] { $emails } adresse e-mail
   *[other] { $emails } adresses e-mail
} et { $phones ->
    [one] { $phones } numéro de téléphone
   *[other] { $phones } numéros de téléphone
}, sous forme de hachage, de { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
} ({ $scope }). Aucun nom, aucun message.
check-continued = { $count ->
    [one] Pour { $count } autre, la réponse est arrivée avant l’interruption de la dernière fois ; rien n’est redemandé.
   *[other] Pour { $count } autres, la réponse est arrivée avant l’interruption de la dernière fois ; rien n’est redemandé.
}
check-stays = { $excluded ->
    [one] Rien sur { $excluded } personne, que vous avez exclue.
   *[other] Rien sur { $excluded } personnes, que vous avez exclues.
}
check-knows-you = Votre propre identifiant Matrix : le serveur apprend qui demande. Votre jeton d’accès ne va qu’à votre serveur d’accueil.
check-reversible = Un numéro haché peut être retrouvé : qui administre le serveur peut apprendre chaque numéro sur lequel vous l’interrogez.
check-expect = Attendez-vous à peu de réponses : on n’y trouve que ceux qui y ont inscrit leur adresse ou leur numéro, et les serveurs d’identité publics ne prennent plus de numéros depuis 2023.
check-may-it = Cela peut-il partir ? [o]ui, adresses [e]-mail seulement, numéros de [t]éléphone seulement, [N]on :
check-may-names = Ces noms peuvent-ils partir, en clair ? [o]ui, [N]on :
check-forgotten = Rien n’est gardé sur ceux qui n’ont pas été trouvés. La question sera reposée la prochaine fois.
check-certificates = Les certificats sont pris dans { $it }.
check-may-it-alone = Cela peut-il partir ? [o]ui, [N]on :
check-words-yes = o oui
check-words-email = e email e-mail
check-words-phone = t téléphone telephone
check-terms = { $host } vous demande d’accepter :
check-may-terms = Les avez-vous lues, et les acceptez-vous ? [o]ui, [N]on :
desktop-about = Vont être ouverts, seulement pour être lus :
desktop-path = - { $path }
desktop-takes = Sont pris les noms, numéros, noms d’utilisateur et identifiants de compte, les groupes et les dates, et les personnes que vous avez bloquées. Les messages ne sont pas regardés. Rien ne change dans le dossier, et la clé n’est pas gardée.
desktop-keyring = Le mot de passe de la clé est demandé au trousseau : { $command }
fetch-about = Ce qui quitte cet ordinateur, vers { $host } et vers nul autre :
fetch-leaves = - le nom d’utilisateur « { $user } » et le mot de passe, qui n’est pas gardé
fetch-leaves-nothing = - rien sur vous que votre adresse internet : aucun nom d’utilisateur n’est donné
fetch-comes = Rien ne part sur qui que ce soit. Ce qui vient : les fiches de vos carnets d’adresses. Noms, numéros et adresses sont gardés dans l’espace de travail ; les photos et tout le reste ne le sont pas.
fetch-password-prompt = Mot de passe de { $user } :
progress-fetching = Lecture chez { $host }
check-dry-run = Rien n’a été envoyé.
check-nobody = Il n’y a personne à rechercher : ni adresse ni numéro du genre qui peut partir.
check-answered = Tout le monde a déjà été recherché, avant l’interruption de la dernière fois.
check-waiting = { $host } demande une pause : attente de { $wait }.
check-found = { $count ->
    [0] On ne connaît encore personne sur { $channel }.
    [one] { $count } personne est joignable sur { $channel } :
   *[other] { $count } personnes sont joignables sur { $channel } :
}
check-likely = { $count ->
    [one] { $count } autre y est probablement.
   *[other] { $count } autres y sont probablement.
}
check-not-found = { $count ->
    [one] { $count } personne n’a pas été trouvée. Elle peut être sur { $channel } quand même, sans y avoir inscrit d’adresse ni de numéro : demandez-lui.
   *[other] { $count } personnes n’ont pas été trouvées. Elles peuvent être sur { $channel } quand même, sans y avoir inscrit d’adresse ni de numéro : demandez-leur.
}
check-not-asked = { $count ->
    [one] { $count } personne n’a pas encore été recherchée.
   *[other] { $count } personnes n’ont pas encore été recherchées.
}
check-not-kept = { $count ->
    [one] Rien n’est gardé à propos de { $count } personne : elle a été cherchée en vain, ou pas du tout.
   *[other] Rien n’est gardé à propos de { $count } personnes : elles ont été cherchées en vain, ou pas du tout.
}
check-unaskable = { $count ->
    [one] Pour { $count } personne, il n’y a ni adresse e-mail ni numéro.
   *[other] Pour { $count } personnes, il n’y a ni adresse e-mail ni numéro.
}
check-alike = { $count ->
    [one] Pour { $count } personne, il y a des comptes qui portent son nom. Ils peuvent être à quelqu’un d’autre : « transhume review » pose la question.
   *[other] Pour { $count } personnes, il y a des comptes qui portent leur nom. Ils peuvent être à quelqu’un d’autre : « transhume review » pose la question.
}
ask-backup-key = Clé de la sauvegarde chiffrée (64 chiffres, ou le chemin de son fichier ; rien pour continuer sans) :
import-line = { $path } : { $unit ->
    [cards] { $read ->
        [one] { $read } fiche lue
       *[other] { $read } fiches lues
    }
    [rows] { $read ->
        [one] { $read } ligne lue
       *[other] { $read } lignes lues
    }
    [people] { $read ->
        [one] { $read } personne lue
       *[other] { $read } personnes lues
    }
   *[other] { $read ->
        [one] { $read } entrée lue
       *[other] { $read } entrées lues
    }
} : gardées { $kept }, fusionnées { $merged }, rejetées { $rejected } ; contacts : { $new } nouveaux, { $changed } changés, { $unchanged } inchangés
import-others = { $count ->
    [one] { $count } d’entre elles n’est le contact de personne : une entreprise, un service, une liste, ou vous.
   *[other] { $count } d’entre elles ne sont le contact de personne : des entreprises, des services, des listes, ou vous.
}
runs-line = { $id }  { $at }  { $command }  { $contacts ->
    [one] { $contacts } contact
   *[other] { $contacts } contacts
}, { $reachable ->
    [one] { $reachable } joignable
   *[other] { $reachable } joignables
}
runs-from-to = Du passage { $first } ({ $from }) au passage { $second } ({ $to })
runs-reachable = Joignables sans WhatsApp : { $before } avant, { $after } après.
runs-gained = { $count ->
    [one] { $count } personne est devenue joignable
   *[other] { $count } personnes sont devenues joignables
}
runs-lost = { $count ->
    [one] { $count } personne n’était plus joignable
   *[other] { $count } personnes n’étaient plus joignables
}
runs-gone = { $count ->
    [one] { $count } personne n’était plus connue
   *[other] { $count } personnes n’étaient plus connues
}
runs-same = Rien d’autre n’a changé.
runs-undo-what = Ce qui part avec le passage { $id } ({ $date }, { $command })
runs-undo-source = { $path } : { $count ->
    [one] { $count } entrée
   *[other] { $count } entrées
}
runs-undo-answers = { $count ->
    [one] Ce qu’un réseau a dit : { $count } réponse
   *[other] Ce que des réseaux ont dit : { $count } réponses
}
runs-undo-nothing = Rien que le passage lui-même : ce qu’il a lu était déjà connu.
runs-undo-gone = { $count ->
    [one] { $count } personne n’est plus connue
   *[other] { $count } personnes ne sont plus connues
}
runs-undo-replaced = Un carnet d’adresses ou une base de données a pris la place de son état d’avant, si celui-ci avait été lu au même endroit. L’ancien état ne revient pas : importez-le de nouveau si vous le voulez.
runs-undo-stays = Ce qui reste : les fichiers que vous avez fait lire, ce que d’autres passages ont apporté, ce que vous avez décidé et qui vous avez invité. Ce qui a quitté cet ordinateur l’a quitté, et reste compté. « transhume report » réécrit ses fichiers.
runs-may-undo = Annuler ce passage ? [o]ui, [N]on :
runs-undone = Le passage { $id } est annulé.
contacts-excluded = { $name } ne sera plus ni recherché ni invité.
contacts-included = { $name } est de retour parmi vos contacts.
contacts-merged = { $name } et { $other } sont désormais une seule personne.
contacts-split = Ce qui était { $name } est désormais deux personnes.
contacts-taken-away = { $other } n’est plus attribué à { $name }.
contacts-renamed = { $name } s’appelle désormais { $other }.
contacts-may-forget = Oublier { $name } ? C’est sans retour. [o]ui, [N]on :
contacts-forgotten = Plus rien n’est gardé de { $name } : { $entries ->
    [one] { $entries } entrée
   *[other] { $entries } entrées
} dans { $files ->
    [one] { $files } fichier lu
   *[other] { $files } fichiers lus
}.
contacts-forget-rewritten = Réécrit sans cette personne :
contacts-forget-deleted = Supprimé, car cette personne peut y être nommée :
contacts-forget-back = Ce qui reste : les fichiers que vous avez fait lire, et ce que vous avez fait écrire ailleurs que parmi les sorties, à vous de les supprimer ; les copies et sauvegardes de l’espace de travail ; et là où d’anciens passages sont comptés, un identifiant aléatoire qui ne mène à personne. Un fichier lu reste tel qu’il a été laissé, même si vous le redonnez ; mais un fichier modifié ou nouveau qui contient cette personne, ou la discussion entre vous deux, la ramène (--never-again l’empêche).
contacts-forget-never = Ce qui reste : les numéros, adresses et noms auxquels on reconnaît cette personne, dans l’espace de travail, pour que tout ce que vous importerez la laisse de côté ; les fichiers que vous avez fait lire, et ce que vous avez fait écrire ailleurs que parmi les sorties, à vous de les supprimer ; les copies et sauvegardes de l’espace de travail ; et là où d’anciens passages sont comptés, un identifiant aléatoire qui ne mène à personne.
invite-done = { $count ->
    [0] Il n’y a plus personne à qui écrire.
    [one] Un brouillon. C’est vous qui l’envoyez, quand vous voulez.
   *[other] { $count } brouillons. C’est vous qui les envoyez, quand vous voulez.
}
invite-line = { $name } : { $kind ->
    [switch] continuer sur { $channel }
    [remind] un rappel pour { $channel }
   *[other] inviter sur { $channel }
}, { $via ->
    [whatsapp] par WhatsApp
    [sms] par SMS
    [email] par e-mail
   *[other] de vive voix
}
migrate-files = Fichiers écrits :
migrate-may-delete = transhume a lu ceci et n’en a plus besoin ; vous pouvez supprimer ce que vous ne voulez pas garder :
next-title = Ensuite :
next-signal = Pour voir qui est déjà sur Signal : tapez « transhume guide signal », puis relancez avec cet export.
next-region = { $count ->
    [one] Un numéro n’a pas d’indicatif de pays.
   *[other] { $count } numéros n’ont pas d’indicatif de pays.
} Tapez la même commande avec --region et votre pays, par exemple --region FR.
next-invites = { $count ->
    [one] Envoyez le brouillon : ouvrez { $page }
   *[other] Envoyez les { $count } brouillons : ouvrez { $page }
}
next-later = Dans quelques semaines, exportez de nouveau et tapez la même commande : elle montre qui est venu.

status-nothing = Rien n’a encore été appris.
status-channels = Sur Matrix { $matrix }, sur Signal { $signal }, sur XMPP { $xmpp }.
status-likely = { $count ->
    [one] { $count } autre y est sans doute, à confirmer.
   *[other] { $count } autres y sont sans doute, à confirmer.
}
status-changes = { $since } { $list }.
status-open = { $what }.
status-matrix = Matrix : connecté comme { $user } à { $host }.
status-matrix-ended = Matrix : la session de { $user } chez { $host } est terminée. Pour se reconnecter : transhume login matrix
status-matrix-nobody = Matrix : personne n’est connecté. Pour se connecter : transhume login matrix
status-signal = { $known ->
    [yes] Signal : lié au compte { $account }
   *[no] Signal : aucun compte n’a été indiqué
}{ $placed ->
    [yes] , par le signal-cli qui est à { $at }.
   *[no] , mais on ne sait pas où est votre signal-cli.
}
status-signal-nobody = Signal : pas de lien. Pour lier votre signal-cli : transhume login signal
status-next-guide = Voyez quoi exporter, et comment :
    .command = transhume guide
status-next-signal = Voyez qui est déjà sur Signal, par l’export de Signal :
    .command = transhume guide signal
status-next-review = { $count ->
    [one] Répondez à { $count } question que vous seul pouvez trancher :
   *[other] Répondez à { $count } questions que vous seul pouvez trancher :
}
    .command = transhume review
status-next-invite = Écrivez à ceux qui viennent ensuite :
    .command = transhume invite
status-next-later = Dans quelques semaines, exportez de nouveau et voyez qui est venu :
    .command = transhume migrate ~/Downloads

inspect-chat = { $kind ->
    [group] Groupe
    [direct] Discussion
   *[unknown] Discussion
} « { $title } » ({ $platform }). Messages : { $messages } (médias : { $media }) ; annonces : { $notices }
inspect-lines = Lignes : { $lines } (premières { $headers }, suites { $continuations }, vides { $blank }, ignorées { $skipped })
inspect-dates = Dates : { $order ->
        [dmy] jour, mois, année
        [mdy] mois, jour, année
       *[ymd] année, mois, jour
    } ; { $decided ->
        [year-first] l’année vient en premier
        [day-above-12] un nombre au-dessus de 12 ne peut être que le jour
        [monotonic] c’est le seul ordre où le temps avance
        [file-names] d’après les dates dans les noms des médias
        [separators] d’après la façon dont elles sont écrites
        [language] d’après la langue des notifications
        [siblings] comme dans les autres fichiers
        [option] comme vous l’avez dit avec --date-order
       *[default] supposition, car rien dans le fichier ne le dit
    }
inspect-book = Entrées lues : { $cards }, rejetées : { $rejected }
inspect-database = Personnes : { $people } (enregistrées par nom : { $named }, numéro inconnu : { $hidden }) ; lignes laissées de côté : { $rejected }
inspect-database-chats = Discussions à deux : { $direct } ; groupes : { $groups } (tous les membres connus : { $complete }) ; messages : { $messages }
inspect-database-linked = Numéros connus pour les identifiants de WhatsApp : { $count }
inspect-writer = { $name } : { $messages } (du { $first } au { $last })
inspect-more = { $count ->
    [one] et un de plus
   *[other] et { $count } de plus
}
inspect-no-title = (sans titre)

## --help

help-about = Fait sortir vos proches de WhatsApp : qui est joignable ailleurs, qui inviter ensuite, à quel point vous êtes libre. Fonctionne hors ligne.
help-usage = Usage
help-commands = Commandes
help-options = Options
help-arguments = Arguments
help-examples = Exemples :
help-workspace = Où sont gardées vos données (par défaut : le dossier de données du système)
help-out = Où écrire les fichiers (par défaut : out dans un espace nommé, sinon ./transhume-out)
help-json = Afficher du JSON au lieu de texte
help-quiet = N’afficher que ce qui est demandé
help-verbose = En dire davantage
help-lang = Langue : en, fr
help-color = Couleurs : auto, always, never
help-plain = Tout mettre en lignes, à lire à voix haute : ni tableaux, ni barres, ni codes à scanner
help-no-input = Ne jamais rien demander
help-region = Pays des numéros sans indicatif
help-me = Votre nom dans les discussions, ou votre numéro ; peut être répété
help-count = Qui compte dans le grand nombre : circle, saved, all
help-date-order = Ordre des dates quand rien d’autre ne le dit : dmy, mdy, ymd
help-backup-key = Clé des sauvegardes chiffrées : son fichier, ou un fichier avec ses 64 chiffres
help-help = Afficher ceci
help-version = Afficher la version
help-migrate-about = Tout faire : importer, vérifier, planifier, brouillons, rapport
help-migrate-inputs = Fichiers et dossiers, de toute sorte et mélangés
help-migrate-to = Le réseau où inviter, parmi matrix, signal, xmpp (par défaut : « channel » de transhume.toml, sinon celui où est déjà la plus grande part de vos proches)
help-migrate-matrix = Demander aussi à Matrix qui y est déjà, après avoir dit ce qui partirait de cet ordinateur
help-migrate-homeserver = Votre serveur d’accueil : son nom, votre identifiant Matrix, ou son URL
help-migrate-identity-server = Le serveur d’identité à interroger (par défaut : celui que nomme votre serveur d’accueil)
help-migrate-token-file = Un fichier avec le jeton d’accès de votre serveur d’accueil
help-migrate-only = Ne demander que par un genre d’identité : email, phone
help-migrate-accept-terms = Accepter les conditions du serveur d’identité, qui sont affichées
help-migrate-ca-file = Une autorité de certification de plus, un fichier PEM
help-migrate-allow-private = Suivre un serveur jusque dans les réseaux privés
help-migrate-timeout = Durée maximale d’une requête, en secondes (par défaut : 10)
help-migrate-yes = Accepter ce qui quitte cet ordinateur
help-migrate-dry-run = Dire ce qui partirait, et ne rien envoyer ; tout le reste est fait
help-skip = Omettre une étape : rooms (salons), profiles (profils), identity-server (serveur d’identité) ; plusieurs avec des virgules
help-directory = Chercher aussi dans l’annuaire de votre serveur d’accueil les noms de ceux qui n’ont pas été trouvés ; les noms partent en clair
help-forget-misses = Ne rien garder sur ceux qui ne sont pas trouvés ; la question sera reposée la prochaine fois
help-review-about = Ce que vous seul pouvez décider : question par question, ou dans un tableur
help-review-export-about = Écrire les questions ouvertes en tableau pour un tableur
help-review-export-file = Le fichier CSV à écrire
help-review-apply-about = Appliquer les réponses d’un tel tableau : toutes, ou aucune
help-review-apply-file = Le fichier CSV rempli
help-check-about = Demander à un réseau qui y est déjà
help-check-matrix-about = Interroger votre serveur d’accueil et un serveur d’identité, après avoir dit ce qui partirait de cet ordinateur
help-check-matrix-homeserver = Votre serveur d’accueil : son nom, votre identifiant Matrix, ou son URL
help-check-matrix-identity-server = Le serveur d’identité à interroger (par défaut : celui que nomme votre serveur d’accueil)
help-check-matrix-token-file = Un fichier avec le jeton d’accès de votre serveur d’accueil
help-check-matrix-only = Ne demander que par un genre d’identité : email, phone
help-check-matrix-accept-terms = Accepter les conditions du serveur d’identité, qui sont affichées
help-check-matrix-ca-file = Une autorité de certification de plus, un fichier PEM
help-check-matrix-allow-private = Suivre un serveur jusque dans les réseaux privés
help-check-matrix-timeout = Durée maximale d’une requête, en secondes (par défaut : 10)
help-check-matrix-yes = Accepter ce qui quitte cet ordinateur
help-check-matrix-dry-run = Dire ce qui partirait, et ne rien envoyer
help-guide-about = Quoi exporter, et comment
help-guide-topic = Une seule sorte de fichiers : android, iphone, signal, contacts
help-inspect-about = Montrer ce qui est compris dans des fichiers ; rien n’est gardé
help-inspect-files = Les fichiers
help-import-about = Apprendre ce que contiennent des fichiers
help-import-inputs = Fichiers et dossiers, de toute sorte et mélangés
help-import-fetch = Un carnet d’adresses CardDAV (Nextcloud, Radicale…) : son URL, ou celle du serveur
help-import-signal-desktop = Signal Desktop sur cet ordinateur : sa base, si vous ne pouvez pas faire l’export de Signal (DIR par défaut : le dossier habituel)
help-import-signal-key-file = La clé de cette base, si le trousseau ne peut pas être interrogé : un fichier avec ses 64 chiffres
help-import-user = Le nom d’utilisateur là-bas, s’il n’est pas dans l’URL
help-import-password-file = Un fichier avec le mot de passe
help-import-ca-file = Une autorité de certification de plus, un fichier PEM
help-import-timeout = Durée maximale d’une requête, en secondes (par défaut : 60)
help-import-yes = Accepter ce qui quitte cet ordinateur
help-import-dry-run = Dire ce qui partirait, et ne rien lire
help-contacts-about = Qui est qui
help-contacts-list-about = Afficher tous les contacts
help-contacts-show-about = Afficher un contact
help-contacts-show-name = Un nom exact, un identifiant, un numéro ou une adresse e-mail
help-contacts-exclude-about = Ne jamais rechercher ni inviter quelqu’un
help-contacts-exclude-name = Un nom exact, un identifiant, un numéro ou une adresse e-mail
help-contacts-exclude-undo = Revenir là-dessus
help-contacts-merge-about = Dire que deux contacts sont une seule personne
help-contacts-merge-name = Un nom exact, un identifiant, un numéro ou une adresse e-mail
help-contacts-merge-with = L’autre, indiqué de la même façon
help-contacts-split-about = Dire que quelque chose de quelqu’un est à une autre personne
help-contacts-split-name = Un nom exact, un identifiant, un numéro ou une adresse e-mail
help-contacts-split-what = Ce qui est à une autre personne : un numéro, une adresse, un compte ; un nom ; ou le titre de la discussion où c’est quelqu’un d’autre
help-contacts-forget-about = Ne plus rien garder de quelqu’un
help-contacts-forget-name = Un nom exact, un identifiant, un numéro ou une adresse e-mail
help-contacts-forget-never-again = Laisser cette personne hors de tout ce qui sera importé ; pour cela, ce à quoi on la reconnaît est gardé
help-contacts-forget-yes = Ne pas demander
help-contacts-rename-about = Choisir le nom sous lequel quelqu’un est montré
help-contacts-rename-name = Un nom exact, un identifiant, un numéro ou une adresse e-mail
help-contacts-rename-to = Le nom à montrer
help-contacts-rename-undo = Revenir au nom que donnent les fichiers
help-status-about = Le grand nombre, la prochaine étape, et qui est connecté où
help-why-about = Tout ce qui est su de quelqu’un, et pourquoi
help-why-name = Un nom exact, un identifiant, un numéro ou une adresse e-mail
help-plan-about = Qui inviter d’abord, quel groupe peut déménager, et ce qui vous retient encore
help-plan-more =
    Le score (en JSON) est le nombre de personnes qui viennent en moyenne, elle comprise, si une personne est invitée après toutes celles d’avant : la moyenne de mondes simulés de trois manières de suivre. Ce qui « pourrait » arriver repose sur les mêmes mondes ; tout le reste est compté, un groupe sur le seul canal où il y a le plus de monde.

    L’année écoulée, ce sont les douze derniers mois, au jour près. Les sources comptent par mois : du mois où commencent les douze compte la part de ses jours.
help-plan-first = Combien de personnes montrer (par défaut : 10)
help-plan-share = La part à partir de laquelle un groupe déménage : 25, 60, all (par défaut : 60)
help-plan-to = Le réseau où inviter, parmi matrix, signal, xmpp (par défaut : « channel » de transhume.toml, sinon celui où est déjà la plus grande part de vos proches)
help-invite-about = Les prochains brouillons, que vous enverrez
help-invite-send = Créer des salons Matrix et y envoyer des invitations, après avoir montré la liste
help-invite-note-to-self = Mettre la liste des prochains messages dans vos notes à vous-même sur Signal, après l’avoir montrée
help-invite-room = Un groupe dont créer le salon, par son titre (peut se répéter) ; au lieu de discussions directes
help-invite-space = Le titre d’un espace où ces salons sont réunis
help-invite-by-mail = Faire aussi écrire à qui n’est pas sur Matrix, par le serveur d’identité
help-invite-yes = Confirme la liste : combien d’invitations sont envoyées, ou de messages listés
help-invite-dry-run = Montrer seulement ce qui serait envoyé
help-invite-homeserver = Votre serveur Matrix : son nom, votre identifiant ou son URL
help-invite-identity-server = Le serveur d’identité qui écrit les e-mails (par défaut : celui que nomme votre serveur)
help-invite-token-file = Un fichier avec le jeton d’accès de votre serveur
help-invite-accept-terms = Accepter les conditions du serveur d’identité, qui sont affichées
help-invite-ca-file = Une autorité de certification de plus, un fichier PEM
help-invite-allow-private = Suivre un serveur jusque dans les réseaux privés
help-invite-timeout = Durée maximale d’une requête, en secondes (par défaut : 10)
help-invite-batch = Combien (par défaut : 10)
help-invite-to = Le réseau où inviter, parmi matrix, signal, xmpp (par défaut : « channel » de transhume.toml, sinon celui où est déjà la plus grande part de vos proches)
help-invite-templates = Un dossier avec vos propres modèles, comme LANGUE/SORTE.txt (par défaut : templates dans l’espace de travail)
help-invite-group-link = Le lien d’un nouveau groupe : TITRE=LIEN, avec le titre de l’ancien (répétable)
help-invite-on = Le jour où les groupes déménagent, comme 2030-12-24 (par défaut : le prochain dimanche)
help-invite-tokens-about = Créer sur votre propre serveur (Synapse) un jeton d’inscription pour chacune des prochaines personnes invitées sur Matrix
help-invite-tokens-batch = Pour combien des prochaines personnes (par défaut : 10)
help-invite-tokens-days = Combien de jours ils sont valables (par défaut : 30)
help-invite-tokens-homeserver = Votre serveur Matrix : son nom, votre identifiant ou son URL
help-invite-tokens-token-file = Un fichier qui contient le jeton d’accès du compte d’administrateur
help-invite-tokens-ca-file = Une autorité de certification de plus, un fichier PEM
help-invite-tokens-allow-private = Suivre un serveur jusque dans les réseaux privés
help-invite-tokens-timeout = Durée maximale d’une requête, en secondes (par défaut : 10)
help-invite-tokens-yes = Ne pas demander s’ils peuvent être créés
help-invite-tokens-dry-run = Seulement montrer ce qui serait créé
help-invite-mark-about = Dire ce qu’est devenue une invitation : sent (envoyée), reminded (rappelée : deux fois au plus, à une semaine d’écart), joined (venu), declined (refusée), never (ne pas inviter)
help-invite-mark-names = Des noms exacts, identifiants, numéros ou adresses e-mail
help-invite-mark-status = Ce qu’elle est devenue : sent, reminded, joined, declined, never ; ou undo, qui retire la dernière marque
help-invite-mark-to = Le réseau où l’invitation menait : matrix, signal, xmpp (par défaut : celui du brouillon)
help-invite-list-about = Toutes les personnes invitées, et la suite
help-report-about = Où en sont les choses
help-report-html = Écrire report.html
help-report-csv = Écrire contacts.csv et rejects.csv
help-report-vcard = Écrire contacts.transhume.vcf : votre carnet d’adresses en vCard 4.0, nettoyé, avec les adresses où les gens ont été trouvés
help-report-graphml = Écrire graph.graphml : les gens, les groupes et ce qui les lie, pour Gephi, yEd ou networkx
help-report-markdown = Écrire report.transhume.md : les mêmes phrases en Markdown
help-report-share = Ne nommer personne, pour pouvoir le montrer : dans le terminal, en JSON, en page et en Markdown
help-report-since = Dire ce qui a changé depuis ce passage, par son numéro (par défaut : l’avant-dernier)
help-runs-about = Chaque fois que quelque chose a été appris
help-runs-list-about = Afficher les passages
help-purge-about = Supprimer tous les fichiers que transhume a écrits, après les avoir listés
help-purge-yes = Ne pas demander
help-purge-dry-run = Seulement les lister
help-runs-diff-about = Dire ce qui a changé d’un passage à l’autre
help-runs-diff-from = Le passage de départ, par son numéro
help-runs-diff-to = Le passage d’arrivée (par défaut : le dernier)
help-runs-undo-about = Annuler ce qu’un passage a apporté : les fichiers lus, ce que des réseaux ont dit
help-runs-undo-run = Le passage, par son numéro, quel qu’il soit (par défaut : le dernier)
help-runs-undo-yes = Ne pas demander
help-runs-undo-dry-run = Dire seulement ce qui partirait
help-completions-about = Écrire ce qui fait compléter les commandes par votre shell
help-completions-shell = Le shell : bash, elvish, fish, powershell, zsh
help-man-about = Écrire une page de manuel
help-man-path = La commande dont elle parle, comme « contacts merge » (par défaut : tout le programme)

## man

man-name = NOM
man-synopsis = SYNOPSIS
man-description = DESCRIPTION
man-more = COMPLÉMENTS

## purge

purge-ours = transhume a écrit ceci :
purge-others = Ceci n’est pas de transhume, et reste :
purge-signed-in = Vous êtes encore connecté à Matrix. Supprimer la session ici n’y met pas fin là-bas : « transhume logout » le fait, avant.
purge-may = Supprimer pour toujours tout ce que transhume a écrit (oui/non) ?
purge-done = { $count ->
    [one] { $count } fichier a été supprimé.
   *[other] { $count } fichiers ont été supprimés.
}
purge-would = { $count ->
    [one] { $count } fichier serait supprimé.
   *[other] { $count } fichiers seraient supprimés.
}
purge-beyond = Hors de portée : les copies que vous avez faites ou envoyées, les sauvegardes et instantanés de ce disque, ce qui a été dit à des serveurs, et un lien avec Signal, auquel votre téléphone met fin. Ce qui est supprimé peut se retrouver sur un disque non chiffré. Les fichiers que vous avez donnés à lire sont à vous, et n’ont pas été touchés.
