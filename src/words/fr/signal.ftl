# Signal, interrogé par le signal-cli de la personne. $at est l’endroit où il se
# trouve, $host celui qu’il interroge.

report-origin-signal-cli = dans la liste de contacts de votre signal-cli
report-origin-signal-lookup = l’annuaire de Signal, interrogé par votre signal-cli

signal-listed = { $count ->
    [one] Votre signal-cli connaît { $count } personne sur Signal ou par son numéro ({ $account }). Rien n’a quitté cet ordinateur pour cela.
   *[other] Votre signal-cli connaît { $count } personnes sur Signal ou par leur numéro ({ $account }). Rien n’a quitté cet ordinateur pour cela.
}
signal-about = Ce qui quitte cet ordinateur, par votre signal-cli ({ $at }), pour l’annuaire de Signal ({ $host }) :
signal-leaves = { $count ->
    [one] { $count } numéro de téléphone, tel quel,
   *[other] { $count } numéros de téléphone, tels quels,
} de { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
} ({ $scope }). Aucun nom, aucun message.
signal-leaves-usernames = { $count ->
    [one] { $count } nom d’utilisateur Signal.
   *[other] { $count } noms d’utilisateur Signal.
}
signal-knows-you = Signal apprend que votre compte pose la question. Il compare les numéros dans une partie scellée de ses ordinateurs, dont il dit qu’elle ne garde rien. Les personnes concernées n’en sont pas informées.
signal-expect = L’absence de réponse ne veut pas dire que quelqu’un n’est pas sur Signal : qui a désactivé « Qui peut me trouver avec mon numéro » n’est pas trouvé.
signal-known = { $count ->
    [one] On sait déjà que { $count } personne est sur Signal : aucune question à son sujet.
   *[other] On sait déjà que { $count } personnes sont sur Signal : aucune question à leur sujet.
}
signal-nobody = Il ne reste personne au sujet de qui interroger Signal.
signal-before-list = On demande d’abord à votre signal-cli qui il connaît ; rien ne partira au sujet de ces personnes.
progress-signal = Signal est interrogé au sujet des numéros
check-not-found-signal = { $count ->
    [one] { $count } personne n’a pas été trouvée par son numéro (inconnu). Elle n’a peut-être pas de compte Signal, ou a désactivé « Qui peut me trouver avec mon numéro ». Demandez-lui son nom d’utilisateur Signal.
   *[other] { $count } personnes n’ont pas été trouvées par leur numéro (inconnu). Elles n’ont peut-être pas de compte Signal, ou ont désactivé « Qui peut me trouver avec mon numéro ». Demandez-leur leur nom d’utilisateur Signal.
}
check-unregistered-signal = { $count ->
    [one] Pour { $count } personne, Signal a signalé que le numéro n’est plus inscrit.
   *[other] Pour { $count } personnes, Signal a signalé que le numéro n’est plus inscrit.
}
check-unaskable-signal = { $count ->
    [one] Pour { $count } personne, il n’y a pas de numéro par lequel demander.
   *[other] Pour { $count } personnes, il n’y a pas de numéro par lequel demander.
}

login-signal-leaves = Par votre signal-cli ({ $at }), pour Signal : qu’un appareil nommé « { $device } » doit être associé à votre compte. Ses clés sont gardées par signal-cli, et par personne d’autre.
login-signal-scan = Sur votre téléphone, ouvrez Signal, Paramètres, Appareils associés, Associer un nouvel appareil, et scannez ceci :
login-signal-uri = Ou collez ceci dans un programme qui affiche des codes QR sur cet ordinateur. Ne le montrez à personne d’autre :
login-signal-waiting = En attente de votre téléphone. Ctrl-C arrête.
login-signal-done = Votre signal-cli est associé au compte Signal { $account }.
login-signal-kept = L’endroit où il se trouve est désormais dans transhume.toml : « transhume check signal » n’a besoin de rien d’autre. Pour y mettre fin : sur votre téléphone, Signal, Paramètres, Appareils associés.
logout-signal = Votre signal-cli est associé au compte Signal { $account }. transhume n’en a aucune clé : mettez-y fin sur votre téléphone, dans Signal, Paramètres, Appareils associés, et retirez signal_account de transhume.toml.

error-signal-nobody-scanned = Personne n’a scanné le code à temps.
    .hint = Tapez la même commande. Signal lui-même n’attend qu’une minute ou deux.
error-signal-link-rest = signal-cli-rest-api affiche son code dans le navigateur : { $it }
    .hint = Ouvrez cette adresse et scannez le code avec votre téléphone (Signal, Paramètres, Appareils associés), puis continuez avec transhume check signal.
error-signal-needs-person = Quelqu’un doit scanner un code avec un téléphone, et --no-input a été donné.
    .hint = Enlevez --no-input.
error-signal-place = « { $it } » n’est pas un endroit où signal-cli pourrait être.
    .hint = Indiquez une socket (unix:/run/user/1000/signal-cli/socket), un port de cet ordinateur (localhost:7583), une URL (http://localhost:8080) ou le programme (signal-cli).
error-signal-insecure = { $it } est un autre ordinateur, et ce qui lui serait envoyé ne serait pas protégé.
    .hint = Ouvrez un tunnel, par exemple : ssh -L 7583:localhost:7583 L-AUTRE-ORDINATEUR, puis ajoutez --signal-cli localhost:7583
error-signal-program = Il n’y a pas de programme « { $it } ».
    .hint = Installez signal-cli (https://github.com/AsamK/signal-cli), ou indiquez son chemin complet. Il n’est pas cherché dans le dossier où vous êtes.
error-signal-where = On ne sait pas où se trouve votre signal-cli.
    .hint = Ajoutez --signal-cli unix:CHEMIN, HÔTE:PORT, URL ou PROGRAMME. Sans signal-cli : l’export de Signal en dit l’essentiel, hors ligne (transhume guide signal).
error-signal-absent = Il n’y a pas de signal-cli à { $it }
    .hint = Démarrez-le (signal-cli daemon --socket --receive-mode=manual), ou indiquez un autre endroit avec --signal-cli.
error-signal-silent = signal-cli n’a pas répondu à temps : { $it }
    .hint = Regardez s’il est bloqué, et redémarrez-le. --signal-timeout SECONDES attend plus longtemps. Ce qui a été appris jusqu’ici est gardé.
error-signal-ended = signal-cli s’est arrêté avant de répondre : { $it }
    .hint = Essayez-le seul : signal-cli --version. Il lui faut Java 21 ou plus récent ; les nouvelles versions demandent Java 25.
error-signal-too-large = Le signal-cli à { $it } en dit plus qu’il n’est possible.
    .hint = Regardez si c’est bien signal-cli qui répond là.
error-signal-nonsense = Ce qui répond à { $it } n’est pas signal-cli.
    .hint = Regardez --signal-cli. Le service HTTP de signal-cli répond à /api/v1/rpc, celui de signal-cli-rest-api à /v1/about.
error-signal-too-old = Ce signal-cli ({ $it }) est trop ancien pour interroger Signal.
    .hint = Installez la version 0.13 ou plus récente. Signal ne parle pas longtemps aux anciennes.
error-signal-rate-limited = Signal demande qu’on le laisse tranquille pour l’instant. Cela ne dit rien de personne : ceux qui n’ont pas été demandés restent inconnus.
    .hint = Tapez la même commande demain : elle continue avec ceux qui restent.
error-signal-rate-limited-until = Signal demande qu’on le laisse tranquille jusqu’au { $it }. Cela ne dit rien de personne : ceux qui n’ont pas été demandés restent inconnus.
    .hint = Tapez la même commande après cela : elle continue avec ceux qui restent.
error-signal-offline = signal-cli n’a pas pu joindre Signal : { $it }
    .hint = Regardez votre connexion à internet, et réessayez : la même commande continue.
error-signal-not-offered = Le signal-cli à { $it } ne peut pas faire cela de la façon dont il tourne.
    .hint = Démarrez-le sans -a : signal-cli daemon --socket --receive-mode=manual
error-signal-no-account = Aucun compte Signal n’est associé à ce signal-cli ({ $it }).
    .hint = Associez-le avec votre téléphone : transhume login signal
error-signal-unknown-account = Ce signal-cli n’a pas le compte { $it }.
    .hint = Indiquez-en un qu’il a, avec --signal-account.
error-signal-several-accounts = Ce signal-cli a plusieurs comptes : { $it }
    .hint = Dites lequel est le vôtre : --signal-account NUMÉRO
error-signal-account = « { $it } » n’est pas un numéro avec indicatif de pays.
    .hint = Écrivez-le comme +33639980100.
error-signal-refused = signal-cli refuse : { $it }
    .hint = Regardez si le compte fonctionne encore : signal-cli listAccounts. Un appareil retiré sur le téléphone doit être associé de nouveau : transhume login signal

problem-signal-listing = { $count ->
    [0] Des entrées de la liste de contacts de signal-cli ne peuvent pas être comprises.
    [one] { $count } entrée de la liste de contacts de signal-cli ne peut pas être comprise.
   *[other] { $count } entrées de la liste de contacts de signal-cli ne peuvent pas être comprises.
}
    .hint = Les autres ont été reprises.
problem-signal-unasked = { $count ->
    [0] signal-cli a répondu à ce qui ne lui était pas demandé.
    [one] signal-cli a donné { $count } réponse à ce qui ne lui était pas demandé. Elle a été écartée.
   *[other] signal-cli a donné { $count } réponses à ce qui ne lui était pas demandé. Elles ont été écartées.
}
    .hint = Regardez si c’est bien signal-cli qui répond là, et s’il est à jour.
problem-signal-unread = { $count ->
    [0] signal-cli n’a rien pu tirer de certains numéros.
    [one] signal-cli n’a rien pu tirer de { $count } numéro, et n’a rien demandé à son sujet.
   *[other] signal-cli n’a rien pu tirer de { $count } numéros, et n’a rien demandé à leur sujet.
}
    .hint = Cela ne dit rien des personnes. Regardez leurs numéros : transhume why NOM.
problem-signal-unanswered = { $count ->
    [0] signal-cli a omis des réponses.
    [one] Au sujet de { $count } numéro, il n’y a pas eu de réponse.
   *[other] Au sujet de { $count } numéros, il n’y a pas eu de réponse.
}
    .hint = Ils restent inconnus. La même commande demande de nouveau à leur sujet, et de personne d’autre.

help-login-signal-about = Associer votre propre signal-cli au compte Signal de votre téléphone
help-login-signal-wait = Combien de temps attendre le téléphone, en secondes (par défaut : 300)
help-check-signal-about = Interroger Signal, par votre propre signal-cli, après avoir dit ce qui quitterait cet ordinateur
help-signal-cli = Où se trouve votre signal-cli : unix:CHEMIN, HÔTE:PORT, URL (aussi de signal-cli-rest-api) ou PROGRAMME
help-signal-account = Votre numéro sur Signal, si signal-cli a plusieurs comptes
help-signal-timeout = Combien de temps une réponse de signal-cli peut prendre, en secondes (par défaut : 60)
help-check-signal-yes = Accepter ce qui quitte cet ordinateur
help-check-signal-dry-run = Dire ce qui partirait, et ne rien envoyer
help-migrate-signal = Interroger aussi Signal, par votre propre signal-cli (voir check signal)
