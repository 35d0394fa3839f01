# Ce qui peut clocher dans un fichier : le constat, et sous `.hint` que faire.
#
# $count vaut 0 quand rien n’a été compté. $quoted vaut « yes » quand $quote
# contient un nom ou un bout de texte du fichier, sinon « no » et $quote est vide.

## Fichiers

problem-unreadable = { $quoted ->
    [yes] Impossible d’ouvrir ceci : { $quote }
   *[no] Impossible d’ouvrir ceci.
}
    .hint = Vérifiez que le fichier est toujours là et que vous avez le droit de le lire.
problem-empty-file = Ce fichier est vide.
    .hint = Refaites l’export. Le dernier a peut-être été interrompu.
problem-not-recognised = { $quoted ->
    [yes] transhume ne sait pas lire ce fichier. Il commence ainsi, avec 9 pour un chiffre et a pour une lettre : { $quote }
   *[no] transhume ne sait pas lire ce fichier.
}
    .hint = transhume lit les discussions exportées (.txt ou .zip), les bases de données et sauvegardes de WhatsApp, les contacts (.vcf ou .csv) et l’export de Signal (main.jsonl). « transhume guide » montre comment les obtenir.
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
problem-review-columns = { $quoted ->
    [yes] Il manque des colonnes à ce tableau : { $quote }
   *[no] Il manque des colonnes à ce tableau.
}
    .hint = Écrivez de nouveau le tableau avec « transhume review export », et n’y changez que les réponses.
problem-review-no-text = C’est le fichier propre à un tableur (XLSX, ODS ou XLS), pas un fichier CSV.
    .hint = Ouvrez-le dans le tableur, enregistrez-le en CSV, et appliquez celui-là.
problem-review-unknown = { $quoted ->
    [yes] Il n’y a pas de question portant l’identifiant { $quote }.
   *[no] Il n’y a pas de question portant cet identifiant.
}
    .hint = La première colonne doit rester telle quelle. Écrivez de nouveau le tableau avec « transhume review export ».
problem-review-closed = { $quoted ->
    [yes] La question { $quote } n’est plus ouverte : une autre réponse l’a réglée.
   *[no] Cette question n’est plus ouverte : une autre réponse l’a réglée.
}
    .hint = Laissez sa réponse vide ; ou revenez sur l’autre réponse avec « transhume contacts split » ou « merge ».
problem-review-changed = { $quoted ->
    [yes] Cette ligne ne concerne pas les personnes de la question { $quote }.
   *[no] Cette ligne ne concerne pas les personnes de sa question.
}
    .hint = Un identifiant ou un nom a été changé, ou déplacé. Écrivez de nouveau le tableau avec « transhume review export ».
problem-review-twice = { $quoted ->
    [yes] Cette question figure deux fois dans le tableau : d’abord à la ligne { $quote }.
   *[no] Cette question figure deux fois dans le tableau.
}
    .hint = Supprimez l’une des deux lignes.
problem-review-state = { $quoted ->
    [yes] Cette ligne vient d’un autre moment ou d’un autre espace de travail : { $quote }.
   *[no] Cette ligne vient d’un autre moment ou d’un autre espace de travail.
}
    .hint = Écrivez de nouveau le tableau avec « transhume review export », et répondez là.
problem-review-answer = { $quoted ->
    [yes] Ce n’est pas une réponse à la question : { $quote }.
   *[no] Ce n’est pas une réponse à la question.
}
    .hint = La colonne « possible_answers » dit ce qui peut être répondu.
problem-review-contradiction = Cette réponse ne peut pas être vraie avec d’autres sur les mêmes personnes : elles n’en font qu’une d’après les unes, et non d’après les autres.
    .hint = Regardez les lignes qui les concernent, et ce que vous avez répondu avant : l’une des réponses est fausse. « transhume contacts split » et « merge » reviennent sur ce qui a été appliqué.
problem-review-indistinct = { $quoted ->
    [yes] Rien ne distingue les personnes dont il s’agit : { $quote }.
   *[no] Rien ne distingue les personnes dont il s’agit.
}
    .hint = Donnez-leur des noms à elles dans votre carnet d’adresses, puis importez-le de nouveau.
problem-left-out = { $count ->
    [one] { $count } entrée a été laissée de côté, d’une personne que vous ne voulez pas voir revenir.
   *[other] { $count } entrées ont été laissées de côté, de personnes que vous ne voulez pas voir revenir.
}
    .hint = C’est ce que fait « transhume contacts forget --never-again ».
problem-rulings-idle = { $count ->
    [one] { $count } de vos décisions concerne des personnes qu’aucun fichier ne montre plus.
   *[other] { $count } de vos décisions concernent des personnes qu’aucun fichier ne montre plus.
}
    .hint = Elles sont gardées, pour le cas où ces personnes reviendraient avec un autre fichier.
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
problem-year-missing = { $count ->
    [0] Les dates de cette discussion sont sans année.
    [one] { $count } message a une date sans année.
   *[other] { $count } messages ont des dates sans année.
}
    .hint = Ils ont été comptés sans date. Un export plus récent de la discussion donne les années.
problem-unknown-calendar = { $count ->
    [0] Des messages sont datés dans un calendrier inconnu.
    [one] { $count } message est daté dans un calendrier inconnu.
   *[other] { $count } messages sont datés dans un calendrier inconnu.
}
    .hint = Ils ont été comptés sans date. Réglez le téléphone sur le calendrier grégorien et refaites l’export de la discussion.
problem-suspect-sender = { $quoted ->
    [yes] Ce que « { $quote } » a écrit ici a peut-être été collé par quelqu’un d’autre.
   *[no] Ce que quelqu’un a écrit ici a peut-être été collé par quelqu’un d’autre.
}
    .hint = Ces lignes remontent le temps. Le nom n’est rattaché à aucun de vos contacts.
problem-unknown-headers = { $quoted ->
    [yes] { $count ->
        [one] { $count } ligne ressemble à un message d’une forme inconnue ({ $quote }) et a été prise pour du texte.
       *[other] { $count } lignes ressemblent à des messages d’une forme inconnue ({ $quote }) et ont été prises pour du texte.
    }
   *[no] Des lignes ressemblent à des messages d’une forme inconnue et ont été prises pour du texte.
}
    .hint = Si ce sont des messages, signalez cette forme : chaque chiffre y est un 9, chaque lettre un a.
problem-chat-at-limit = { $count ->
    [0] Cet export est aussi long que WhatsApp le permet : il manque les messages les plus anciens.
   *[other] Cet export contient { $count } messages, le maximum que WhatsApp permet : il manque les plus anciens.
}
    .hint = Exportez sans médias, ce qui va plus loin dans le passé, ou donnez la sauvegarde de WhatsApp, qui les contient tous.
problem-no-export = La confidentialité avancée est activée dans cette discussion : elle ne peut plus être exportée.
    .hint = Gardez cet export. On la désactive dans les infos de la discussion ; dans un groupe, demandez à qui l’a activée.
problem-disappearing-messages = Dans cette discussion, les messages disparaissent après un certain temps.
    .hint = Gardez cet export et refaites-en un de temps en temps : ce qui a disparu ne sera dans aucun autre.
problem-members-unnamed = { $count ->
    [0] Des personnes ont été ajoutées à ce groupe sans être nommées.
    [one] { $count } personne a été ajoutée à ce groupe sans être nommée.
   *[other] { $count } personnes ont été ajoutées à ce groupe sans être nommées.
}
    .hint = Qui a écrit est connu quand même. Une sauvegarde de WhatsApp donne tous les membres.
problem-pasted-lines = { $count ->
    [0] Des lignes ressemblent à des messages mais font partie d’un autre.
    [one] { $count } ligne ressemble à un message mais fait partie d’un autre.
   *[other] { $count } lignes ressemblent à des messages mais font partie d’un autre.
}
    .hint = Rien à faire : quelqu’un a collé un bout de discussion, qui n’est pas compté.
problem-lines-undated = { $count ->
    [0] Des lignes ressemblent à des messages mais portent une date qui n’existe pas.
    [one] { $count } ligne ressemble à un message mais porte une date qui n’existe pas.
   *[other] { $count } lignes ressemblent à des messages mais portent une date qui n’existe pas.
}
    .hint = Elles sont prises pour du texte, puisque leurs auteurs sont inconnus dans cette discussion. Si elles sont nombreuses, essayez un autre --date-order.
problem-skipped-lines = { $count ->
    [0] Les lignes avant le premier message ont été sautées.
    [one] { $count } ligne avant le premier message a été sautée.
   *[other] { $count } lignes avant le premier message ont été sautées.
}
    .hint = { $quoted ->
        [yes] Si c’étaient des messages, signalez leur forme (9 pour un chiffre, a pour une lettre) : { $quote }
       *[no] S’il manque des messages, refaites l’export de la discussion.
    }
problem-no-sender = Personne n’a écrit dans cette discussion.
    .hint = Rien à faire.
problem-me-unknown = Impossible de savoir laquelle de ces personnes est vous.
    .hint = Dites-le avec --me et votre nom, tel qu’il figure dans la discussion, ou votre propre numéro.
problem-chat-replaced = { $quoted ->
    [yes] Un export plus récent de la discussion « { $quote } » a pris la place de celui-ci.
   *[no] { $count ->
        [0] Un export plus récent de cette discussion a pris la place de celui-ci.
        [one] { $count } discussion de ce fichier a été mise de côté : un autre fichier en dit plus.
       *[other] { $count } discussions de ce fichier ont été mises de côté : un autre fichier en dit plus.
    }
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
problem-number-other-region = { $count ->
    [0] Des numéros sans indicatif de pays ne sont pas des numéros de { $quote }.
    [one] { $count } numéro sans indicatif de pays n’est pas un numéro de { $quote }.
   *[other] { $count } numéros sans indicatif de pays ne sont pas des numéros de { $quote }.
}
    .hint = Dites avec « transhume review » quels numéros ce sont, ou écrivez-les avec + et leur indicatif dans votre carnet d’adresses.
problem-own-number-needs-region = Votre propre numéro n’a pas d’indicatif de pays : il n’a pas permis de reconnaître ce qui est à vous.
    .hint = Donnez-le avec + et son indicatif, ou indiquez son pays, par exemple --region FR.
problem-number-shortened = { $count ->
    [0] Des numéros semblent abîmés par un tableur : il manque un zéro ou un plus au début.
    [one] { $count } numéro semble abîmé par un tableur : il manque un zéro ou un plus au début.
   *[other] { $count } numéros semblent abîmés par un tableur : il manque un zéro ou un plus au début.
}
    .hint = Exportez à nouveau les contacts et n’ouvrez pas le fichier avec un tableur avant. Rien n’a été deviné.
problem-number-unclear = { $quoted ->
    [yes] On ne sait pas quel numéro est « { $quote } ».
   *[no] { $count ->
        [0] Dans certains champs, on ne sait pas quels chiffres sont le numéro.
        [one] Dans { $count } champ, on ne sait pas quels chiffres sont le numéro.
       *[other] Dans { $count } champs, on ne sait pas quels chiffres sont le numéro.
    }
}
    .hint = Les mots et les autres numéros à côté ne sont pas devinés. Répondez avec « transhume review », ou écrivez un seul numéro par champ dans votre carnet d’adresses.
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

## Le rapport de compte de WhatsApp

problem-report-damaged = Ce fichier du rapport de compte n’est pas lisible jusqu’au bout.
    .hint = Il a sans doute été coupé. Téléchargez le rapport à nouveau.
problem-report-entries = { $count ->
    [0] Des entrées du rapport de compte sont inutilisables.
    [one] { $count } entrée du rapport de compte est inutilisable.
   *[other] { $count } entrées du rapport de compte sont inutilisables.
}
    .hint = Les autres entrées ont été lues.
problem-report-list = { $quoted ->
    [yes] Le rapport de compte n’a pas de liste sous « { $quote } ».
   *[no] Il manque une liste dans le rapport de compte.
}
    .hint = WhatsApp a peut-être changé son rapport. Le reste a été lu.
problem-groups-not-exported = { $quoted ->
    [yes] { $count ->
        [one] Il manque encore la discussion de { $count } groupe de votre rapport de compte : { $quote }
       *[other] Il manque encore les discussions de { $count } groupes de votre rapport de compte, dont : { $quote }
    }
   *[no] Il manque encore les discussions de certains groupes de votre rapport de compte.
}
    .hint = Exportez-les comme le montrent « transhume guide android » et « transhume guide iphone », les plus actives d’abord.
problem-chats-not-exported = { $quoted ->
    [yes] { $count ->
        [one] Il manque encore la discussion avec { $count } contact de votre rapport de compte : { $quote }
       *[other] Il manque encore les discussions avec { $count } contacts de votre rapport de compte, dont : { $quote }
    }
   *[no] Il manque encore les discussions avec certains contacts de votre rapport de compte.
}
    .hint = Exportez celles des personnes qui comptent pour vous ; une sauvegarde les contient toutes.

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
problem-card-overfull = { $count ->
    [0] Une fiche contient plus de numéros ou d’adresses qu’il n’en est gardé pour une.
    [one] { $count } numéro ou adresse d’une fiche a été laissé de côté : elle en contient plus qu’il n’en est gardé pour une.
   *[other] { $count } numéros ou adresses d’une fiche ont été laissés de côté : elle en contient plus qu’il n’en est gardé pour une.
}
    .hint = Personne n’en a autant. Regardez ce qu’est cette fiche, et divisez-la si elle vaut pour plusieurs personnes.
problem-card-outside = { $count ->
    [0] Une ligne n’est dans aucune fiche et n’a pas été lue.
    [one] { $count } ligne n’est dans aucune fiche et n’a pas été lue.
   *[other] { $count } lignes ne sont dans aucune fiche et n’ont pas été lues.
}
    .hint = Si quelqu’un s’y trouve, mettez BEGIN:VCARD avant et END:VCARD après, ou exportez à nouveau les contacts.
problem-card-inner = { $quoted ->
    [yes] La fiche de « { $quote } » contient une autre fiche (AGENT), qui n’a pas été lue.
   *[no] Une fiche contient une autre fiche (AGENT), qui n’a pas été lue.
}
    .hint = Si vous avez besoin de cette personne, donnez-lui sa propre fiche dans votre carnet d’adresses.
problem-card-empty = Une fiche n’a ni nom, ni numéro, ni adresse.
    .hint = Supprimez-la de votre carnet d’adresses, ou complétez-la.
problem-card-unavailable = { $quoted ->
    [yes] Le serveur annonce cette fiche et ne la donne pas ({ $quote }).
   *[no] Le serveur annonce cette fiche, et ce qu’il donne n’en est pas une.
}
    .hint = Ouvrez-la dans votre carnet d’adresses sur le serveur, et enregistrez-la ou supprimez-la.
problem-card-unwritten = { $quoted ->
    [yes] La fiche de « { $quote } » n’a pas pu être écrite et n’est pas dans le fichier.
   *[no] Une fiche n’a pas pu être écrite et n’est pas dans le fichier.
}
    .hint = Regardez le nom et les adresses de ce contact (transhume why NOM), et corrigez-les dans votre carnet d’adresses.
problem-row-ragged = La ligne n’a pas autant de cases que la première.
    .hint = Corrigez la ligne dans un tableur, ou refaites l’export des contacts.
problem-row-empty = La ligne n’a ni nom, ni numéro, ni adresse.
    .hint = Supprimez la ligne, ou complétez-la.
problem-column-ignored = { $count ->
    [0] La colonne « { $quote } » n’a pas été lue, mais semble contenir des numéros ou des adresses e-mail.
    [one] La colonne « { $quote } » n’a pas été lue, mais semble contenir { $count } numéro ou adresse e-mail.
   *[other] La colonne « { $quote } » n’a pas été lue, mais semble contenir { $count } numéros ou adresses e-mail.
}
    .hint = Si on peut y joindre des gens, nommez-la « Téléphone » ou « E-mail » dans la première ligne et importez à nouveau le fichier.
problem-columns-unknown = Aucune colonne ne donne les noms et le moyen de joindre les gens.
    .hint = Nommez les colonnes dans la première ligne, par exemple : Nom, Téléphone, E-mail.
problem-number-damaged = { $quoted ->
    [yes] « { $quote } » ressemble à un numéro abîmé par un tableur.
   *[no] Ceci ressemble à un numéro abîmé par un tableur.
}
    .hint = Exportez à nouveau les contacts et n’ouvrez pas le fichier avec un tableur avant. Ce qu’il a supprimé ne peut pas être deviné : la ligne a été laissée de côté.
problem-quote-unclosed = Un guillemet s’ouvre ici et ne se ferme jamais.
    .hint = Fermez-le, ou refaites l’export des contacts. La suite n’a pas été lue.

## Bases de données et sauvegardes de WhatsApp

problem-database-damaged = { $quoted ->
    [yes] La base de données est abîmée : { $quote }
   *[no] La base de données est abîmée.
}
    .hint = Copiez-la de nouveau depuis le téléphone, avec les fichiers voisins qui commencent par son nom. Le fichier lui-même n’a pas été touché.
problem-database-unsafe = { $quoted ->
    [yes] « { $quote } » n’est pas une table dans cette base, alors que c’en devrait être une. Rien n’a été lu.
   *[no] Une table de cette base n’en est pas une. Rien n’a été lu.
}
    .hint = Aucune messagerie ne fait de telles bases. Demandez d’où elle vient.
problem-database-endless = La lecture de cette base ne finirait jamais : elle a été abandonnée.
    .hint = Aucune messagerie ne fait de telles bases. Demandez d’où elle vient.
problem-database-too-large = Cette base est trop grande pour tenir en mémoire.
    .hint = Donnez le fichier lui-même, décompressé, sans fichier « -wal » à côté : fermez WhatsApp avant de le copier.
problem-database-other-version = { $quoted ->
    [yes] Cette base est d’une version inconnue : { $quote } manque.
   *[no] Cette base est d’une version inconnue.
}
    .hint = Merci de le signaler avec ce nom et la version du programme qui l’a écrite. Rien de vos données n’est nécessaire.
problem-database-row = { $quoted ->
    [yes] Cette ligne de la table « { $quote } » ne se comprend pas et a été laissée de côté.
   *[no] Cette ligne ne se comprend pas et a été laissée de côté.
}
    .hint = Les autres ont été lues. S’il manque des personnes, copiez la base de nouveau.
problem-database-rows = { $quoted ->
    [yes] { $count ->
        [0] Des lignes de la table « { $quote } » ne se comprennent pas et ont été laissées de côté.
        [one] { $count } ligne de la table « { $quote } » ne se comprend pas et a été laissée de côté.
       *[other] { $count } lignes de la table « { $quote } » ne se comprennent pas et ont été laissées de côté.
    }
   *[no] Des lignes de la base ne se comprennent pas et ont été laissées de côté.
}
    .hint = Les autres ont été lues. S’il manque des personnes, copiez la base de nouveau.
problem-database-unfinished = La base a été copiée au milieu d’un changement : ce qu’elle dit peut être incomplet.
    .hint = Fermez WhatsApp, puis copiez-la de nouveau avec les fichiers voisins qui commencent par son nom.
problem-database-log-strange = Le fichier « -wal » à côté de la base n’est pas le sien et n’a pas servi.
    .hint = Les entrées les plus récentes peuvent manquer. Copiez les deux de nouveau, en même temps.
problem-database-log-cut = Le fichier « -wal » à côté de la base est tronqué : les entrées les plus récentes peuvent manquer.
    .hint = Fermez le programme qui l’écrit, puis copiez de nouveau la base avec les fichiers voisins dont le nom commence par le sien.
problem-names-absent = Il n’y a pas un seul nom dans cette liste de contacts.
    .hint = WhatsApp n’avait pas accès aux contacts du téléphone, ou la sauvegarde les omet. Donnez aussi votre carnet d’adresses : les noms y seront pris.
problem-names-elsewhere = Cette base ne contient aucun nom : WhatsApp les garde dans un autre fichier.
    .hint = Donnez aussi wa.db, qui se trouve à côté d’elle dans le téléphone, ou votre carnet d’adresses (.vcf).
problem-numbers-unknown = { $count ->
    [0] WhatsApp ne connaît certaines personnes que par un identifiant à lui : leur numéro est inconnu.
    [one] WhatsApp ne connaît { $count } personne que par un identifiant à lui : son numéro est inconnu.
   *[other] WhatsApp ne connaît { $count } personnes que par un identifiant à lui : leurs numéros sont inconnus.
}
    .hint = { $quoted ->
        [yes] { $quote } ne les connaît pas non plus. Le numéro vous est caché, personne ne peut donc le chercher. Demandez à la personne.
       *[no] Le numéro vous est caché, personne ne peut donc le chercher. Demandez à la personne. Sur un iPhone, LID.sqlite et ContactsV2.sqlite en savent peut-être plus.
    }
problem-backup-needs-key = Cette sauvegarde est chiffrée, et sa clé manque.
    .hint = Donnez sa clé avec --backup-key FILE : le fichier « key » ou « encrypted_backup.key », ou un fichier avec les 64 chiffres que WhatsApp vous a montrés. Le mot de passe seul ne l’ouvre pas.
problem-backup-wrong-key = La clé n’est pas celle de cette sauvegarde.
    .hint = Chaque sauvegarde chiffrée de bout en bout a ses propres 64 chiffres ; crypt12 et crypt14 demandent le fichier « key » du même téléphone. La sauvegarde elle-même est en ordre.
problem-backup-damaged = Cette sauvegarde est abîmée ou tronquée.
    .hint = Copiez-la de nouveau depuis le téléphone, entière : comparez les tailles. Si rien ne change, laissez WhatsApp faire une nouvelle sauvegarde.
problem-backup-strange = La sauvegarde s’est ouverte, mais elle ne contient rien que transhume lise.
    .hint = Les discussions sont dans msgstore.db.crypt15, les noms dans wa.db.crypt15.
problem-phone-backup-encrypted = Cette sauvegarde d’iPhone est chiffrée.
    .hint = Dans le Finder ou iTunes, désactivez « Chiffrer la sauvegarde locale » et sauvegardez encore une fois. Réactivez-le ensuite.
problem-phone-backup-without-whatsapp = WhatsApp n’est pas dans cette sauvegarde d’iPhone.
    .hint = Sauvegardez sur l’ordinateur, par câble, le téléphone où se trouve WhatsApp.
problem-phone-backup-incomplete = Cette sauvegarde d’iPhone annonce ce fichier de WhatsApp, mais il n’est pas dans le dossier.
    .hint = Copiez de nouveau tout le dossier de la sauvegarde, ou sauvegardez le téléphone encore une fois.

## L’export de Signal

problem-signal-line = { $count ->
    [0] Une ligne de l’export est illisible.
    [one] { $count } ligne de l’export est illisible.
   *[other] { $count } lignes de l’export sont illisibles.
}
    .hint = Les autres lignes ont été lues. S’il manque des personnes, refaites l’export.
problem-signal-field = { $quoted ->
    [yes] Un champ d’une entrée de l’export est inutilisable : { $quote }. Le reste de l’entrée a été lu.
   *[no] Un champ d’une entrée de l’export est inutilisable. Le reste de l’entrée a été lu.
}
    .hint = Vérifiez dans Signal que cette personne y est bien affichée, et refaites l’export. Si cela revient, l’export lui-même est fautif.
problem-signal-ahead = L’horloge de cet ordinateur dit { $quote }, et cet export de Signal est plus récent : rien de ce qu’il dit ne compte d’ici là.
    .hint = Mettez l’ordinateur à l’heure, ou refaites l’export si c’est le téléphone qui ne l’était pas.
problem-signal-truncated = L’export de Signal s’arrête au milieu d’une ligne.
    .hint = Il a sans doute été interrompu. Refaites-le et attendez que Signal annonce la fin.
problem-signal-secrets = Cet export contient des clés et tous vos messages, lisibles par n’importe qui.
    .hint = transhume n’en garde rien. Supprimez l’export quand vous aurez fini.
problem-signal-hidden = Sur Signal, personne ne vous trouve par votre numéro : vous l’avez désactivé. Les invitations donnent le lien de votre nom d’utilisateur.
    .hint = Pour qu’on vous trouve de nouveau par votre numéro : Signal, Paramètres › Confidentialité › Numéro de téléphone.
problem-signal-unfindable = Sur Signal, personne ne vous trouve par votre numéro : vous l’avez désactivé, et votre nom d’utilisateur n’a pas de lien.
    .hint = Dans Signal, créez un nom d’utilisateur et son lien, puis refaites l’export. Ou laissez les autres vous trouver par votre numéro : Paramètres › Confidentialité › Numéro de téléphone.

## La liste de contacts d’un compte XMPP

problem-roster-damaged = Cette liste de contacts d’un compte XMPP ne peut pas être lue plus loin : elle est abîmée, tronquée, ou contient ce qu’une telle liste ne contient jamais.
    .hint = Ce qui précède a été lu. Refaites l’export, avec la seule liste de contacts et sans les archives de messages.
problem-roster-several = { $count ->
    [0] Ce fichier contient les listes de contacts de plusieurs comptes XMPP. Aucune n’a été lue.
   *[other] Ce fichier contient les listes de contacts de { $count } comptes XMPP. Aucune n’a été lue.
}
    .hint = Les contacts des autres ne sont le carnet d’adresses de personne : exportez votre seul compte.
problem-roster-gateways = { $count ->
    [0] Une entrée de la liste de contacts ({ $quote }) est un serveur, une passerelle vers un autre réseau ou vous-même, et est laissée de côté.
    [one] { $count } autre entrée de la liste de contacts est un serveur, une passerelle vers un autre réseau ou vous-même, et est laissée de côté.
   *[other] { $count } autres entrées de la liste de contacts sont des serveurs, des passerelles vers d’autres réseaux ou vous-même, et sont laissées de côté.
}
    .hint = Personne n’est joint sur XMPP par elles : il n’y a rien à faire.

## Signal Desktop

problem-signal-desktop-missing = { $quoted ->
    [yes] Il n’y a pas de base de Signal Desktop ici : { $quote } manque.
   *[no] Il n’y a pas de base de Signal Desktop ici.
}
    .hint = Indiquez le dossier de Signal Desktop : sous Linux ~/.config/Signal, avec Flatpak ~/.var/app/org.signal.Signal/config/Signal, avec snap ~/snap/signal-desktop/current/.config/Signal ; sur Mac ~/Library/Application Support/Signal ; sous Windows %APPDATA%\Signal.
problem-signal-desktop-config = Les réglages de Signal Desktop sont incompréhensibles, ou ne contiennent pas de clé.
    .hint = Lancez Signal Desktop une fois. S’il fonctionne, donnez sa clé avec --signal-key-file FICHIER, ou servez-vous de l’export de Signal (transhume guide signal).
problem-signal-desktop-keyring = { $quoted ->
    [yes] Le trousseau n’a pas donné le mot de passe de la clé de Signal Desktop. Il a été demandé avec : { $quote }
   *[no] Le trousseau n’a pas donné le mot de passe de la clé de Signal Desktop.
}
    .hint = Déverrouillez le trousseau dans la session où Signal Desktop fonctionne, et essayez-y cette commande : elle doit afficher un mot de passe. Sous Debian, secret-tool est dans libsecret-tools et kwallet-query dans libkf5wallet-bin. Ou donnez la clé avec --signal-key-file FICHIER, ou servez-vous de l’export de Signal (transhume guide signal).
problem-signal-desktop-password = Le mot de passe du trousseau n’ouvre pas la clé de la base de Signal Desktop.
    .hint = Le trousseau a sans doute changé, ou le dossier vient d’un autre ordinateur. Donnez la clé avec --signal-key-file FICHIER, ou servez-vous de l’export de Signal (transhume guide signal).
problem-signal-desktop-seal = { $quoted ->
    [yes] La clé de la base de Signal Desktop est scellée d’une façon inconnue : { $quote }
   *[no] La clé de la base de Signal Desktop est scellée d’une façon inconnue.
}
    .hint = Donnez la clé avec --signal-key-file FICHIER, ou servez-vous de l’export de Signal (transhume guide signal).
problem-signal-desktop-windows = La clé de cette base est scellée par Windows : seul le compte Windows où fonctionne Signal Desktop peut l’ouvrir, et transhume ne peut pas le lui demander.
    .hint = Servez-vous de l’export de Signal, qui n’a besoin d’aucune clé : transhume guide signal. Ou faites écrire les 64 chiffres de la clé dans un fichier, dans ce compte, par un programme qui sait le faire, comme sigtop (« sigtop export-key -D cle.txt »), et donnez-le avec --signal-key-file cle.txt. Supprimez ensuite le fichier.
problem-signal-desktop-wrong-key = La clé n’ouvre pas cette base de Signal Desktop.
    .hint = La clé et la base doivent venir du même dossier. Une fois Signal Desktop réinstallé, les anciennes clés ne servent plus. La base elle-même n’a pas été touchée.
problem-signal-desktop-pages = { $count ->
    [0] Des pages de la base sont endommagées et ont été laissées de côté (numéro { $quote }).
    [one] Une page de la base est endommagée et a été laissée de côté (numéro { $quote }).
   *[other] { $count } pages de la base sont endommagées et ont été laissées de côté (numéros { $quote }).
}
    .hint = Ce qui se trouve ailleurs a été lu. S’il manque des personnes, fermez Signal Desktop et réessayez, ou servez-vous de l’export de Signal (transhume guide signal).
problem-signal-desktop-table = Une partie de la table « { $quote } » est endommagée : seul ce qui se trouve avant et après a été lu.
    .hint = Des personnes peuvent manquer, et des personnes bloquées ne pas être connues comme telles. Servez-vous de l’export de Signal (transhume guide signal).
problem-signal-desktop-damaged = { $quoted ->
    [yes] La base de Signal Desktop est endommagée : { $quote }
   *[no] La base de Signal Desktop est endommagée.
}
    .hint = Si c’est une copie, refaites-la pendant que Signal Desktop est fermé, avec les fichiers à côté dont le nom commence par le sien. Ou servez-vous de l’export de Signal (transhume guide signal).
problem-signal-desktop-too-large = La base de Signal Desktop est trop grande pour tenir en mémoire.
    .hint = Servez-vous de l’export de Signal, qui peut être de n’importe quelle taille (transhume guide signal).
problem-signal-desktop-busy = Signal Desktop n’a cessé d’écrire dans sa base.
    .hint = Fermez Signal Desktop (Fichier › Quitter), puis relancez la même commande. Rien n’a été modifié.

## Réponses de serveurs

problem-no-identity-server = Votre serveur d’accueil ne nomme aucun serveur d’identité : aucune question n’a été posée.
    .hint = La plupart des gens n’en ont pas besoin. Si vous en connaissez un, nommez-le avec --identity-server URL.
problem-lookup-unasked = { $count ->
    [0] Le serveur a parlé de personnes sur qui rien n’était demandé. C’est écarté.
    [one] Le serveur a parlé de { $count } personne sur qui rien n’était demandé. C’est écarté.
   *[other] Le serveur a parlé de { $count } personnes sur qui rien n’était demandé. C’est écarté.
}
    .hint = Un serveur honnête ne fait pas cela. Réfléchissez avant de l’interroger de nouveau.
problem-lookup-mxid = { $count ->
    [0] Des réponses ne sont pas des identifiants Matrix et sont écartées.
    [one] { $count } réponse n’est pas un identifiant Matrix et est écartée : « { $quote } ».
   *[other] { $count } réponses ne sont pas des identifiants Matrix et sont écartées, par exemple « { $quote } ».
}
    .hint = Prévenez qui administre le serveur.
problem-lookup-self = { $quoted ->
    [yes] Par { $quote }, le serveur trouve votre propre compte. Il est laissé de côté.
   *[no] Le serveur trouve votre propre compte. Il est laissé de côté.
}
    .hint = Si c’est votre adresse ou votre numéro, dites-le avec --me.
problem-mxid-historical = { $quoted ->
    [yes] { $quote } est un identifiant Matrix d’un ancien genre.
   *[no] Un identifiant Matrix est d’un ancien genre.
}
    .hint = Il est valable. Regardez-le deux fois : il peut contenir des lettres qui en imitent d’autres.
problem-lookup-overshared = { $quoted ->
    [yes] Le même compte { $quote } est trouvé pour plus de deux personnes. Il ne compte que comme probable.
   *[no] Le même compte est trouvé pour plus de deux personnes. Il ne compte que comme probable.
}
    .hint = N’importe qui peut y inscrire une adresse. Demandez aux personnes elles-mêmes.
problem-lookup-knows-all = Le serveur trouve presque tout le monde, ce qui ne peut pas être. Ses réponses ne comptent que comme probables.
    .hint = Demandez aux personnes elles-mêmes, et à un autre serveur.
problem-accounts-unusable = { $count ->
    [0] Certains membres de vos salons ont des identifiants Matrix qui n’en sont pas ; ils sont écartés.
    [one] { $count } membre de vos salons a un identifiant Matrix qui n’en est pas un ; il est écarté : « { $quote } ».
   *[other] { $count } membres de vos salons ont des identifiants Matrix qui n’en sont pas ; ils sont écartés, par exemple « { $quote } ».
}
    .hint = D’anciens serveurs et des passerelles en ont donné. Il n’y a rien à faire.
problem-directs-unknown = { $count ->
    [0] Certaines de vos discussions directes sur Matrix ne correspondent à aucun de vos contacts.
    [one] { $count } discussion directe sur Matrix ne correspond à aucun de vos contacts.
   *[other] { $count } discussions directes sur Matrix ne correspondent à aucun de vos contacts.
}
    .hint = Si vous connaissez ces personnes par WhatsApp, inscrivez leur identifiant Matrix dans votre carnet d’adresses et importez-le de nouveau. Rien n’est gardé sur elles.
problem-rooms-too-large = { $count ->
    [0] Certains salons ont trop de membres pour être parcourus.
    [one] { $count } salon a trop de membres pour être parcouru.
   *[other] { $count } salons ont trop de membres pour être parcourus.
}
    .hint = Partager un tel salon ne dit pas qui vous connaissez. Il n’y a rien à faire.
problem-rooms-unread = { $count ->
    [0] Certains salons n’ont pas pu être parcourus.
    [one] { $count } salon n’a pas pu être parcouru.
   *[other] { $count } salons n’ont pas pu être parcourus.
}
    .hint = Votre serveur d’accueil a du mal avec eux. Ce que les autres ont appris est gardé, et tous seront regardés de nouveau la prochaine fois.
problem-invitation-refused = « { $quote } » a été refusé, et n’est pas invité.
    .hint = Les autres l’ont été. La même commande réessaie pour celui-ci.
problem-profiles-unanswered = { $count ->
    [0] Pour certains identifiants Matrix, il n’y a pas eu de réponse.
    [one] Pour { $count } identifiant Matrix, il n’y a pas eu de réponse.
   *[other] Pour { $count } identifiants Matrix, il n’y a pas eu de réponse.
}
    .hint = Leurs serveurs sont absents ou en panne, ou ne le disent pas ; rien n’a été demandé sur les autres comptes d’un serveur qui ne répond pas. Ce qu’en disent votre carnet d’adresses et vos discussions reste valable. La question sera reposée la prochaine fois.
problem-names-unanswered = { $count ->
    [0] Pour certains noms, il n’y a pas eu de réponse.
    [one] Pour { $count } nom, il n’y a pas eu de réponse.
   *[other] Pour { $count } noms, il n’y a pas eu de réponse.
}
    .hint = Votre serveur d’accueil a du mal avec eux. Ils seront cherchés de nouveau la prochaine fois.
problem-names-left = { $count ->
    [0] Certains noms n’ont pas encore été cherchés : votre serveur d’accueil n’en permet qu’un certain nombre à la fois.
    [one] { $count } nom n’a pas encore été cherché : votre serveur d’accueil n’en permet qu’un certain nombre à la fois.
   *[other] { $count } noms n’ont pas encore été cherchés : votre serveur d’accueil n’en permet qu’un certain nombre à la fois.
}
    .hint = La même commande continuera avec eux. Attendez quelques heures : d’habitude, un par minute est permis.
problem-proxy-not-used = { $quoted ->
    [yes] Le mandataire { $quote } est annoncé et n’a pas été utilisé.
   *[no] Un mandataire (proxy) est annoncé et n’a pas été utilisé.
}
    .hint = Il apprendrait qui vous interrogez. S’il n’y a pas d’autre issue, faites passer transhume par un VPN ou un tunnel à vous.
problem-pepper-unchanged = Le serveur utilise le même « poivre » depuis des semaines.
    .hint = Plus il reste, plus les hachages se retrouvent facilement. Prévenez qui administre le serveur.
