# Ce qui peut clocher dans un fichier : le constat, et sous `.hint` que faire.
#
# $count vaut 0 quand rien n’a été compté. $quoted vaut « yes » quand $quote
# contient un nom ou un bout de texte du fichier, sinon « no » et $quote est vide.

## Fichiers

problem-unreadable = { $quoted ->
    [yes] Impossible d’ouvrir ceci : { $quote }
   *[no] Impossible d’ouvrir ceci.
}
    .hint = Vérifiez que le fichier est toujours là et que vous avez le droit de le lire.
problem-empty-file = Ce fichier est vide.
    .hint = Refaites l’export. Le dernier a peut-être été interrompu.
problem-not-recognised = transhume ne sait pas lire ce fichier.
    .hint = transhume lit les discussions exportées (.txt ou .zip), les contacts (.vcf ou .csv) et l’export de Signal (main.jsonl). « transhume guide » montre comment les obtenir.
problem-truncated-character = Le fichier s’arrête au milieu d’un caractère.
    .hint = La copie a sans doute été interrompue. Recopiez le fichier ou refaites l’export.
problem-invalid-utf8 = { $count ->
    [0] Des caractères illisibles ont été remplacés.
    [one] { $count } caractère illisible a été remplacé.
   *[other] { $count } caractères illisibles ont été remplacés.
}
    .hint = Si des noms semblent abîmés, refaites l’export sans l’enregistrer avec un autre programme.
problem-other-encoding = { $quoted ->
    [yes] Le texte est écrit à l’ancienne et a été lu comme { $quote }.
   *[no] Le texte est écrit à l’ancienne (pas en UTF-8).
}
    .hint = Si des noms semblent abîmés, refaites l’export en choisissant UTF-8.
problem-line-too-long = Une ligne est trop longue pour être lue.
    .hint = Le fichier est peut-être abîmé, ou n’est pas ce qu’il paraît. Refaites l’export.
problem-same-content = { $quoted ->
    [yes] Le même contenu a déjà été lu dans { $quote }.
   *[no] Le même contenu a déjà été lu dans un autre fichier.
}
    .hint = Rien à faire : il n’est compté qu’une fois.
problem-files-ignored = { $count ->
    [0] Des fichiers de ce dossier ont été laissés de côté.
    [one] { $count } fichier de ce dossier a été laissé de côté.
   *[other] { $count } fichiers de ce dossier ont été laissés de côté.
}
    .hint = Dans un dossier, seuls les fichiers reconnus à coup sûr sont pris. Nommez un fichier vous-même pour qu’il soit lu.

## Discussions WhatsApp

problem-date-order-ambiguous = Dans cette discussion, rien ne distingue le jour du mois.
    .hint = Indiquez leur ordre : --date-order dmy ou --date-order mdy.
problem-date-impossible = { $count ->
    [0] Des messages portent une date qui n’existe pas.
    [one] { $count } message porte une date qui n’existe pas.
   *[other] { $count } messages portent une date qui n’existe pas.
}
    .hint = Ils sont comptés sans date. S’ils sont nombreux, essayez un autre --date-order.
problem-pasted-lines = { $count ->
    [0] Des lignes ressemblent à des messages mais font partie d’un autre.
    [one] { $count } ligne ressemble à un message mais fait partie d’un autre.
   *[other] { $count } lignes ressemblent à des messages mais font partie d’un autre.
}
    .hint = Rien à faire : quelqu’un a collé un bout de discussion, qui n’est pas compté.
problem-skipped-lines = { $count ->
    [0] Les lignes avant le premier message ont été sautées.
    [one] { $count } ligne avant le premier message a été sautée.
   *[other] { $count } lignes avant le premier message ont été sautées.
}
    .hint = S’il manque des messages, refaites l’export de la discussion.
problem-no-sender = Personne n’a écrit dans cette discussion.
    .hint = Rien à faire.
problem-me-unknown = Impossible de savoir laquelle de ces personnes est vous.
    .hint = Dites-le avec --me et votre nom, tel qu’il figure dans la discussion.
problem-chat-replaced = { $quoted ->
    [yes] Un export plus récent de la discussion « { $quote } » a pris la place de celui-ci.
   *[no] Un export plus récent de cette discussion a pris la place de celui-ci.
}
    .hint = Rien à faire : c’est le plus récent qui compte.

## Noms et adresses

problem-hidden-marks = { $quoted ->
    [yes] « { $quote } » contient des marques cachées qui inversent le sens de lecture.
   *[no] Un nom contient des marques cachées qui inversent le sens de lecture.
}
    .hint = Ce nom en imite peut-être un autre. Demandez à la personne avant de vous y fier.
problem-address-unusable = { $quoted ->
    [yes] « { $quote } » n’est pas une adresse utilisable.
   *[no] Une adresse n’est pas utilisable.
}
    .hint = Corrigez-la dans votre carnet d’adresses si elle devait en être une.
problem-mixed-scripts = { $quoted ->
    [yes] « { $quote } » mêle des lettres d’alphabets différents qui se ressemblent.
   *[no] Une adresse mêle des lettres d’alphabets différents qui se ressemblent.
}
    .hint = Cette adresse en imite peut-être une autre. Demandez à la personne avant de l’utiliser.
problem-number-needs-region = { $quoted ->
    [yes] Le numéro { $quote } n’a pas d’indicatif de pays.
   *[no] { $count ->
        [0] Des numéros n’ont pas d’indicatif de pays.
        [one] { $count } numéro n’a pas d’indicatif de pays.
       *[other] { $count } numéros n’ont pas d’indicatif de pays.
    }
}
    .hint = Indiquez le pays de ces numéros, par exemple --region FR.
problem-number-shortened = { $count ->
    [0] Des numéros semblent abîmés par un tableur : il manque un zéro ou un plus au début.
    [one] { $count } numéro semble abîmé par un tableur : il manque un zéro ou un plus au début.
   *[other] { $count } numéros semblent abîmés par un tableur : il manque un zéro ou un plus au début.
}
    .hint = Exportez à nouveau les contacts et n’ouvrez pas le fichier avec un tableur avant. Rien n’a été deviné.
problem-region-of-own-number = { $count ->
    [0] Des numéros sans indicatif ont été lus comme des numéros de { $quote }, le pays de votre propre numéro.
    [one] { $count } numéro sans indicatif a été lu comme un numéro de { $quote }, le pays de votre propre numéro.
   *[other] { $count } numéros sans indicatif ont été lus comme des numéros de { $quote }, le pays de votre propre numéro.
}
    .hint = Si c’est faux, dites de quel pays ils sont, par exemple --region FR.
problem-region-of-address-book = { $count ->
    [0] Des numéros sans indicatif ont été lus comme des numéros de { $quote }, le pays de la plus grande partie de votre carnet d’adresses.
    [one] { $count } numéro sans indicatif a été lu comme un numéro de { $quote }, le pays de la plus grande partie de votre carnet d’adresses.
   *[other] { $count } numéros sans indicatif ont été lus comme des numéros de { $quote }, le pays de la plus grande partie de votre carnet d’adresses.
}
    .hint = Si c’est faux, dites de quel pays ils sont, par exemple --region FR.
problem-number-unusable = { $quoted ->
    [yes] « { $quote } » n’est pas le numéro d’une personne.
   *[no] { $count ->
        [0] Des numéros ne sont pas ceux d’une personne.
        [one] { $count } numéro n’est pas celui d’une personne.
       *[other] { $count } numéros ne sont pas ceux d’une personne.
    }
}
    .hint = Rien à faire si c’est un service. Sinon, corrigez-le dans votre carnet d’adresses.

## Archives

problem-zip-damaged = L’archive est abîmée.
    .hint = La copie a sans doute été interrompue. Recopiez l’archive ou refaites l’export.
problem-zip-unsafe-name = { $quoted ->
    [yes] « { $quote } », dans l’archive, désigne un endroit au dehors et n’a pas été lu.
   *[no] Un fichier de l’archive désigne un endroit au dehors et n’a pas été lu.
}
    .hint = WhatsApp et Signal ne font pas de telles archives. Demandez d’où elle vient.
problem-zip-link = { $quoted ->
    [yes] « { $quote } », dans l’archive, est un lien et n’a pas été suivi.
   *[no] Un fichier de l’archive est un lien et n’a pas été suivi.
}
    .hint = Si vous avez besoin de ce qu’il désigne, donnez ce fichier lui-même.
problem-zip-encrypted = { $quoted ->
    [yes] « { $quote } », dans l’archive, est protégé par un mot de passe.
   *[no] Un fichier de l’archive est protégé par un mot de passe.
}
    .hint = Décompressez l’archive vous-même et donnez le dossier.
problem-zip-too-large = { $quoted ->
    [yes] « { $quote } », dans l’archive, est trop gros une fois décompressé et n’a pas été lu.
   *[no] Un fichier de l’archive est trop gros une fois décompressé et n’a pas été lu.
}
    .hint = Si vous faites confiance à l’archive, décompressez-la vous-même et donnez le dossier.
problem-zip-duplicate = { $quoted ->
    [yes] Deux fichiers de l’archive s’appellent « { $quote } » : aucun n’est sûr.
   *[no] Deux fichiers de l’archive portent le même nom : aucun n’est sûr.
}
    .hint = Refaites l’export, ou décompressez l’archive vous-même et donnez le bon fichier.
problem-zip-too-many = { $count ->
    [0] L’archive contient trop de fichiers.
    [one] L’archive contient trop de fichiers ({ $count }).
   *[other] L’archive contient trop de fichiers ({ $count }).
}
    .hint = Décompressez-la vous-même et ne donnez que les fichiers utiles.
problem-zip-nested = { $quoted ->
    [yes] « { $quote } » est une archive dans l’archive et n’a pas été lue.
   *[no] Une archive se trouve dans l’archive et n’a pas été lue.
}
    .hint = Décompressez la première et donnez la seconde.
problem-zip-checksum = { $quoted ->
    [yes] « { $quote } », dans l’archive, est abîmé.
   *[no] Un fichier de l’archive est abîmé.
}
    .hint = Recopiez l’archive ou refaites l’export de la discussion.

## Carnets d’adresses

problem-card-unfinished = { $quoted ->
    [yes] La fiche de « { $quote } » est incomplète et a été laissée de côté.
   *[no] Une fiche est incomplète et a été laissée de côté.
}
    .hint = Refaites l’export du carnet d’adresses. Les autres fiches ont été lues.
problem-card-garbage = { $count ->
    [0] Une ligne d’une fiche est incompréhensible.
    [one] { $count } ligne d’une fiche est incompréhensible.
   *[other] { $count } lignes d’une fiche sont incompréhensibles.
}
    .hint = Le reste de la fiche a été lu. Vérifiez qu’il ne manque rien.
problem-card-too-long = { $quoted ->
    [yes] La fiche de « { $quote } » contient un élément trop long, qui a été sauté.
   *[no] Une fiche contient un élément trop long, qui a été sauté.
}
    .hint = Le reste de la fiche a été lu. Vérifiez qu’il ne manque rien.
problem-card-empty = Une fiche n’a ni nom, ni numéro, ni adresse.
    .hint = Supprimez-la de votre carnet d’adresses, ou complétez-la.
problem-row-ragged = La ligne n’a pas autant de cases que la première.
    .hint = Corrigez la ligne dans un tableur, ou refaites l’export des contacts.
problem-row-empty = La ligne n’a ni nom, ni numéro, ni adresse.
    .hint = Supprimez la ligne, ou complétez-la.
problem-columns-unknown = Aucune colonne ne donne les noms et le moyen de joindre les gens.
    .hint = Nommez les colonnes dans la première ligne, par exemple : Nom, Téléphone, E-mail.
problem-number-damaged = { $quoted ->
    [yes] « { $quote } » ressemble à un numéro abîmé par un tableur.
   *[no] Ceci ressemble à un numéro abîmé par un tableur.
}
    .hint = Exportez à nouveau les contacts et n’ouvrez pas le fichier avec un tableur avant. Ce qu’il a supprimé ne peut pas être deviné : la ligne a été laissée de côté.
problem-quote-unclosed = Un guillemet s’ouvre ici et ne se ferme jamais.
    .hint = Fermez-le, ou refaites l’export des contacts. La suite n’a pas été lue.

## L’export de Signal

problem-signal-line = { $count ->
    [0] Une ligne de l’export est illisible.
    [one] { $count } ligne de l’export est illisible.
   *[other] { $count } lignes de l’export sont illisibles.
}
    .hint = Les autres lignes ont été lues. S’il manque des personnes, refaites l’export.
problem-signal-truncated = L’export de Signal s’arrête au milieu d’une ligne.
    .hint = Il a sans doute été interrompu. Refaites-le et attendez que Signal annonce la fin.
problem-signal-secrets = Cet export contient des clés et tous vos messages, lisibles par n’importe qui.
    .hint = transhume n’en garde rien. Supprimez l’export quand vous aurez fini.
