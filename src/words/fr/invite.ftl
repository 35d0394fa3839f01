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

invite-mail-subject = On peut se retrouver sur { $channel }

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
