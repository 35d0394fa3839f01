# Les brouillons de messages : la page des prochains, et ce qui va avec.
# $channel est Signal, Matrix ou XMPP.

invite-needs-reach = On ne sait pas comment vous trouver sur { $channel }.
    .hint = { $id ->
        [signal] Votre numéro n’y permet pas de vous trouver. Dans Signal, créez un nom d’utilisateur et copiez son lien, puis notez-le comme « signal » sous [reach] dans transhume.toml.
       *[other] Notez votre propre adresse comme « { $id } » sous [reach] dans transhume.toml.
    }
invite-reach-unreadable = Ce qui est noté comme « { $id } » sous [reach] dans transhume.toml n’est pas une adresse sur { $channel }.
    .hint = { $id ->
        [signal] Il faut un nom d’utilisateur comme carol.42, un lien comme https://signal.me/#eu/… ou un numéro qui commence par +.
       *[other] Écrivez-la telle que les autres vous y trouveraient.
    }

invite-page-title = Vos prochains messages
invite-page-count = { $count ->
    [0] Il ne reste personne à qui écrire. Bravo !
    [one] Voici la prochaine personne.
   *[other] Voici les { $count } prochaines personnes.
}
invite-page-yourself = Rien n’a été envoyé. Un bouton ouvre le message dans votre propre application ; vous le relisez, changez ce que vous voulez et l’envoyez vous-même.
invite-page-few = Quelques-uns à la fois, pour avoir le temps de répondre à chacun. Et beaucoup de messages semblables d’un coup passent pour du spam aux yeux de WhatsApp.
invite-page-private = Cette page contient des noms. Elle reste sur votre ordinateur et ne charge rien depuis le réseau.
invite-page-next = Dites à transhume ce qu’il en est, et les suivants apparaissent :
invite-page-language = Langue
invite-page-phone = Ou scannez le code à côté d’un message avec l’appareil photo de votre téléphone : le message s’y ouvre, prêt à être envoyé.
invite-page-search = Trouver quelqu’un
invite-page-none = Personne ici ne porte ce nom.
invite-page-copy = Copier
invite-page-copied = Copié
invite-page-done = Je l’ai envoyé
invite-page-scan = À scanner avec votre téléphone pour y ouvrir ce message
invite-page-invites = À qui écrire
invite-page-reminders = À qui le rappeler, si vous voulez
invite-page-asked = invitation du { $day }
invite-page-groups = Les groupes qui pourraient déménager
invite-page-group = Sur { $channel } le { $day } ; { $there } sur { $members } y sont déjà
invite-page-announcement = L’annonce, à publier dans le groupe
invite-page-roll-call = L’appel, à publier ensuite
invite-page-missing = { $count ->
    [one] Il manque encore une personne
   *[other] Il manque encore { $count } personnes
}
invite-page-own = De vive voix : votre propre adresse
invite-page-own-note = Ces codes n’ouvrent aucun message. Montrez-les à qui se tient à côté de vous, et l’on vous trouve.

invite-kind-invite = Inviter sur { $channel }
invite-kind-switch = Déjà sur { $channel }
invite-kind-remind = Rappeler { $channel }
invite-no-name = Sans nom

invite-open-whatsapp = Ouvrir dans WhatsApp
invite-open-sms = Ouvrir comme SMS
invite-open-email = Ouvrir comme e-mail
invite-in-person = Ni numéro ni adresse e-mail : parlez-en de vive voix.
invite-pick-chat = WhatsApp vous demandera dans quelle discussion.
invite-paste = Sélectionnez le texte, copiez-le et collez-le dans la discussion.

## Ce que sont devenues les invitations

invite-list-none = Personne n’a encore été invité. Quand vous aurez envoyé un brouillon, tapez « transhume invite mark NAME sent ».
# $status est ce qu’elle est devenue, $day quand, $reminders le nombre de rappels ; $from quand un rappel est possible.
invite-stands = { $name } : { $status ->
    [sent] invitation sur { $channel } envoyée le { $day }
    [reminded] { $reminders ->
        [one] un rappel pour { $channel }, le { $day }
       *[other] { $reminders } rappels pour { $channel }, le dernier le { $day }
    }
    [joined] sur { $channel }{ $dated ->
        [yes] {" "}({ $day })
       *[no] {""}
    }
    [declined] ne le souhaite pas ({ $day })
    [never] ne sera pas invité ({ $day })
   *[draft] pas encore invité
}{ $remind ->
    [yes]  ; rappel possible à partir du { $from }
   *[no] {""}
}

## Sur le terminal

invite-today = { $count } messages sont déjà partis aujourd’hui. Mieux vaut continuer demain : WhatsApp compte les personnes à qui vous écrivez et qui ne répondent pas, et bloque qui écrit à beaucoup.
invite-why-few = Pourquoi si peu : WhatsApp limite le nombre de personnes à qui l’on écrit sans réponse, et bloque qui envoie beaucoup de messages semblables. Et qui répond attend une réponse. Quand vous en avez envoyé un, tapez « transhume invite mark NAME sent ».
invite-group = Pour le groupe « { $title } », qui pourrait passer sur { $channel } le { $day } : une annonce, un appel, et { $missing ->
    [0] plus aucun absent
    [one] la personne qui manque
   *[other] les { $missing } personnes qui manquent
}

## Sending on Matrix

send-about = { $count ->
    [one] Avec votre compte chez { $host }, un salon est créé et { $count } invitation y est envoyée. Elle dit ce qui suit.
   *[other] Avec votre compte chez { $host }, des salons sont créés et { $count } invitations y sont envoyées. Elles disent ce qui suit.
}
send-mails = { $count ->
    [one] { $count } d’entre elles va à une adresse e-mail, que votre serveur et { $host } apprennent telle quelle.
   *[other] { $count } d’entre elles vont à des adresses e-mail, que votre serveur et { $host } apprennent telles quelles.
}
send-room = Le salon « { $title } » :
send-space = L’espace « { $title } », où les salons sont réunis
send-group-reason = Notre groupe « { $title } » sur Matrix : les mêmes personnes, sans WhatsApp. Gardez WhatsApp pour les autres aussi longtemps qu’il vous plaira.
send-confirm = { $count ->
    [one] Tapez 1 pour envoyer cette invitation :
   *[other] Tapez { $count } pour envoyer ces invitations :
}
send-nobody = Il n’y a personne à inviter : qui peut être joint sur Matrix y a déjà une discussion avec vous, ou a déjà été invité.
send-looking = Recherche des salons qu’une exécution interrompue a pu créer.
send-done = { $count ->
    [one] { $count } invitation a été envoyée.
   *[other] { $count } invitations ont été envoyées.
}
send-room-done = { $count ->
    [0] Tout le groupe « { $title } » est invité. Son adresse : { $link }
    [one] De « { $title } », { $count } personne n’est pas sur Matrix, pour autant qu’on sache. Ceci lui ouvre le salon : { $link }
   *[other] De « { $title } », { $count } personnes ne sont pas sur Matrix, pour autant qu’on sache. Ceci leur ouvre le salon : { $link }
}
progress-invitations = Invitations chez { $host }
error-send-count = Rien n’a été envoyé : { $it } invitations étaient à confirmer.
    .hint = Regardez la liste avec --dry-run, et confirmez-la avec --yes={ $it }.
error-no-group = Il n’y a pas de groupe appelé « { $it } ».
    .hint = « transhume plan » liste les groupes connus.
error-several-groups = Il y a plusieurs groupes appelés « { $it } ».
    .hint = Renommez l’un d’eux sur WhatsApp, puis importez de nouveau.
error-no-identity-server = On ne sait pas quel serveur d’identité doit écrire aux adresses e-mail.
    .hint = Nommez-en un avec --identity-server URL, ou omettez --by-mail.

invite-unmet = { $count ->
    [one] Une personne est déjà sur { $channel }, mais ne pourrait pas vous y trouver : dites où vous êtes, sous [reach] dans transhume.toml, et il y aura un brouillon pour elle aussi.
   *[other] { $count } personnes sont déjà sur { $channel }, mais ne pourraient pas vous y trouver : dites où vous êtes, sous [reach] dans transhume.toml, et il y aura des brouillons pour elles aussi.
}

## Une liste à soi-même sur Signal

note-title = { $count ->
    [one] Le prochain message. Touchez le lien : il ouvre le message, vous le lisez et vous appuyez sur envoyer.
   *[other] Les { $count } prochains messages. Touchez un lien : il ouvre le message, vous le lisez et vous appuyez sur envoyer.
}
note-about = Ce qui quitte cet ordinateur, par votre signal-cli ({ $at }), vers vos propres appareils :
note-leaves = { $count ->
    [one] Un message à vous-même, avec le nom de { $count } personne et ce qui ouvre le message pour elle. Rien n’est écrit à personne d’autre.
   *[other] Un message à vous-même, avec les noms de { $count } personnes et ce qui ouvre les messages pour elles. Rien n’est écrit à personne d’autre.
}
note-knows = Signal le transporte chiffré de bout en bout, et apprend que vous vous êtes écrit.
note-confirm = { $count ->
    [one] Tapez 1 pour noter ce message :
   *[other] Tapez { $count } pour noter ces messages :
}
note-done = { $count ->
    [one] { $count } message se trouve dans Signal sur votre téléphone, dans vos notes à vous-même. Il n’est pas encore envoyé.
   *[other] { $count } messages se trouvent dans Signal sur votre téléphone, dans vos notes à vous-même. Aucun n’est encore envoyé.
}
error-note-long = { $it } messages, c’est trop pour une seule note.
    .hint = Demandez-en moins avec --batch.

## Registration tokens

tokens-about = { $count ->
    [one] Avec votre compte, celui de l’administrateur, { $count } jeton d’inscription est créé chez { $host }, valable pour un compte pendant { $days } jours. Le serveur n’apprend rien de la personne à qui il est destiné :
   *[other] Avec votre compte, celui de l’administrateur, { $count } jetons d’inscription sont créés chez { $host }, chacun valable pour un compte pendant { $days } jours. Le serveur n’apprend rien des personnes à qui ils sont destinés :
}
tokens-nobody = Il n’y a personne à inviter sur Matrix qui n’y ait pas de compte.
tokens-all = Toutes les personnes qui suivent ont déjà un jeton.
tokens-line = { $name } : { $token } chez { $server }
tokens-next = « transhume invite --to matrix » écrit chacun dans le brouillon de la personne concernée, et dans aucun autre.
error-tokens-not-admin = { $it } ne crée pas de jetons pour ce compte : ce n’est pas celui d’un administrateur.
    .hint = Donnez le jeton d’accès de votre compte d’administrateur avec --token-file.
error-tokens-no-administration = L’administration de { $it } n’est pas accessible à cet endroit.
    .hint = Elle ne doit pas être ouverte à tous. Ouvrez un tunnel vers elle, comme le dit le README qu’écrit « homeserver init », et donnez --homeserver http://localhost:8008. Seul Synapse l’a.
