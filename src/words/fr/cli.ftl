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
error-backup-key = « { $it } » ne contient pas de clé de sauvegarde.
    .hint = Une clé est le fichier « key » ou « encrypted_backup.key », ou les 64 chiffres que WhatsApp vous a montrés.
error-empty-workspace = Rien n’a encore été importé.
    .hint = Commencez par « transhume migrate ~/Téléchargements » ; « transhume guide » dit quels fichiers il faut.
error-no-input = Aucune entrée n’est utilisable.
    .hint = « transhume guide » dit quels fichiers il faut, et comment les obtenir.
error-no-contact = Personne ne s’appelle « { $it } ».
    .hint = « transhume contacts » affiche tout le monde. Un nom exact, un identifiant, un numéro ou une adresse e-mail conviennent.
error-several-contacts = Plusieurs contacts correspondent : { $it }
    .hint = Donnez plutôt l’identifiant.
error-pipe = Le lecteur est parti.
    .hint = Rien à faire.

## Progression et résultats

progress-reading = Lecture
ask-backup-key = Clé de la sauvegarde chiffrée (64 chiffres, ou le chemin de son fichier ; rien pour continuer sans) :
import-line = { $path } : { $read } { $unit } lus, { $kept } gardés, { $merged } réunis, { $rejected } refusés ; contacts : { $new } nouveaux, { $changed } changés, { $unchanged } inchangés
runs-line = { $id }  { $at }  { $command }  { $contacts } contacts, { $reachable } joignables
contacts-excluded = { $name } ne sera plus ni recherché ni invité.
contacts-included = { $name } est de retour parmi vos contacts.
invite-done = { $count ->
    [0] Il n’y a plus personne à qui écrire.
    [one] Un brouillon. C’est vous qui l’envoyez, quand vous voulez.
   *[other] { $count } brouillons. C’est vous qui les envoyez, quand vous voulez.
}
invite-line = { $name } : { $kind ->
    [switch] continuer sur { $channel }
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

inspect-chat = { $kind ->
    [group] Groupe
    [direct] Discussion
   *[unknown] Discussion
} « { $title } » ({ $platform }). Messages : { $messages } (médias : { $media }) ; annonces : { $notices }
inspect-lines = Lignes : { $lines } (premières { $headers }, suites { $continuations }, vides { $blank }, ignorées { $skipped })
inspect-dates = Dates : { $order }, d’après { $decided }
inspect-book = Entrées lues : { $cards }, refusées : { $rejected }
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
    transhume migrate ~/Téléchargements
    transhume guide signal
help-workspace = Où sont gardées vos données (par défaut : le dossier de données du système)
help-out = Où écrire les fichiers (par défaut : out dans un espace nommé, sinon ./transhume-out)
help-json = Afficher du JSON au lieu de texte
help-quiet = N’afficher que ce qui est demandé
help-verbose = En dire davantage
help-lang = Langue : en, fr
help-color = Couleurs : auto, always, never
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
help-migrate-to = Le réseau où inviter, parmi matrix, signal, xmpp (par défaut : celui où est déjà la plus grande part de vos proches)
help-guide-about = Quoi exporter, et comment
help-guide-topic = Une seule sorte de fichiers : android, iphone, signal, contacts
help-inspect-about = Montrer ce qui est compris dans des fichiers ; rien n’est gardé
help-inspect-files = Les fichiers
help-import-about = Apprendre ce que contiennent des fichiers
help-import-inputs = Fichiers et dossiers, de toute sorte et mélangés
help-contacts-about = Qui est qui
help-contacts-list-about = Afficher tous les contacts
help-contacts-show-about = Afficher un contact
help-contacts-show-name = Un nom exact, un identifiant, un numéro ou une adresse e-mail
help-contacts-exclude-about = Ne jamais rechercher ni inviter quelqu’un
help-contacts-exclude-name = Un nom exact, un identifiant, un numéro ou une adresse e-mail
help-contacts-exclude-undo = Revenir là-dessus
help-why-about = Tout ce qui est su de quelqu’un, et pourquoi
help-why-name = Un nom exact, un identifiant, un numéro ou une adresse e-mail
help-invite-about = Les prochains brouillons, que vous enverrez
help-invite-batch = Combien (par défaut : 10)
help-invite-to = Le réseau où inviter, parmi matrix, signal, xmpp (par défaut : celui où est déjà la plus grande part de vos proches)
help-report-about = Où en sont les choses
help-report-html = Écrire report.html
help-report-csv = Écrire contacts.csv et rejects.csv
help-runs-about = Chaque fois que quelque chose a été appris
help-runs-list-about = Afficher les passages
