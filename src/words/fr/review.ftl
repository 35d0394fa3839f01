# Ce qui est demandé sur qui est qui, et ce qui peut être répondu.
#
# Dans les mots des réponses, une espace sépare les variantes.

review-count = { $at } sur { $of }.
review-ask-ambiguous-name = Plusieurs personnes portent le nom { $on } : laquelle est-ce ici ?
review-ask-shared-identity = { $on } figure chez différentes personnes : n’en font-elles qu’une ?
review-ask-number-change = Un avis dit qu’un numéro a changé, { $on } : est-ce une seule personne ?
review-ask-needs-region = Quel numéro est { $on } ?
review-ask-damaged = Quel numéro était { $on } ?
review-ask-unclear = Quel numéro y a-t-il dans { $on } ?
review-ask-assumed-region = Les numéros sans indicatif sont-ils de { $on } ?
review-ask-account = Ce compte est-il celui de { $on } ?
review-account = { $address } : { $origin }.
review-say-same = même
review-say-different = différent
review-say-yes = oui
review-say-no = non
review-answers-two = Répondez : même, différent, passer.
review-answers-several = Répondez : laquelle (1 à { $count }), même pour toutes, différent pour aucune, passer.
review-answers-number = { $count ->
    [0] Répondez : le numéro avec + et son indicatif, non si ce n’en est pas un, passer.
    [one] Répondez : 1, ou un autre numéro avec + et son indicatif, non si ce n’en est pas un, passer.
   *[other] Répondez : 1 à { $count }, ou un autre numéro avec + et son indicatif, non si ce n’en est pas un, passer.
}
review-answers-region = Répondez : oui, ou les deux lettres du pays comme GB, passer.
review-answers-account = Répondez : oui, non, passer.
review-answers-accounts = Répondez : lequel (1 à { $count }), non pour aucun, passer.
review-suggested = Probablement : { $answer }.
review-words-same = même meme pareil
review-words-different = différent different d
review-words-yes = oui o
review-words-no = non n aucun aucune
review-words-skip = passer p
review-words-undo = annuler a
review-words-quit = quitter q
review-prompt = { $answers }, [p]asser, [a]nnuler, [q]uitter :
review-may-two = [o]ui ou même, [n]on ou différent
review-may-several = un chiffre de 1 à { $count }, même pour toutes, [n]on ou différent pour aucune
review-may-number = { $count ->
    [0] le numéro avec son + et son indicatif, [n]on pour aucun
    [1] [o]ui, un autre numéro avec son + et son indicatif, [n]on pour aucun
   *[other] 1 à { $count }, un autre numéro avec son + et son indicatif, [n]on pour aucun
}
review-may-region = [o]ui, les deux lettres d’un autre pays
review-may-account = [o]ui, [n]on
review-may-accounts = un chiffre de 1 à { $count }, [n]on pour aucun
review-no-answer = Ce n’est pas une réponse à cette question.
review-no-marks = Rien ne distingue ces personnes : cela ne peut pas être gardé. Donnez-leur des noms à elles dans votre carnet d’adresses, puis importez-le de nouveau.
review-against = Cela ne peut pas être vrai avec ce que vous avez dit avant des mêmes personnes. Répondez autrement, ou revenez sur l’autre réponse : [a]nnuler, « transhume contacts split » ou « merge ».
review-no-undo = Il n’y a rien à annuler.
review-nothing = Il n’y a rien à décider.
review-skipped = { $count ->
    [one] Il reste { $count } question. Elle sera posée la prochaine fois.
   *[other] Il reste { $count } questions. Elles seront posées la prochaine fois.
}
review-left = { $count ->
    [one] Vos réponses sont gardées ; il reste { $count } question.
   *[other] Vos réponses sont gardées ; il reste { $count } questions.
}
review-how = Répondez une à une dans un terminal avec « transhume review », ou dans un tableur : « transhume review export review.csv », puis « transhume review apply review.csv ».
review-exported = { $count ->
    [one] { $count } question écrite
   *[other] { $count } questions écrites
} dans { $path }. Remplissez la colonne « answer », enregistrez en CSV, puis tapez « transhume review apply » et le fichier.
review-carried = { $count ->
    [one] { $count } réponse qui s’y trouvait déjà a été reprise.
   *[other] { $count } réponses qui s’y trouvaient déjà ont été reprises.
}
review-applied = { $path } : { $applied } réponses, { $unchanged } comme avant, { $skipped } passées ; il reste { $left } à décider.
