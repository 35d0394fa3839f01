# Le texte de « transhume guide » : quoi exporter, et comment. Les étapes et les
# remarques sont numérotées sans trou ; `.command` est une ligne à taper.

guide-title = Que sortir de votre téléphone
guide-intro = Chaque fichier en dit un peu plus long. Voici ce que lit transhume, du plus utile au moins utile. Commencez par ce que vous avez ; le reste peut venir plus tard, dans n’importe quel ordre. Tout est lu sur votre ordinateur : rien n’est envoyé.
guide-1 = L’export de Signal, si vous l’utilisez déjà : il dit qui, parmi vos proches, est sur Signal. Un seul fichier, quelques minutes.
    .command = transhume guide signal
guide-2 = La sauvegarde chiffrée de WhatsApp sur Android avec sa clé, ou la sauvegarde d’un iPhone faite sur un ordinateur : un fichier au lieu de centaines, avec toutes les discussions et tous les membres de chaque groupe.
    .command = transhume guide android
guide-3 = Votre carnet d’adresses : sans lui, une discussion n’a que des noms, sans numéros.
    .command = transhume guide contacts
guide-4 = Les discussions de groupe de WhatsApp, les plus actives d’abord : une seule fait connaître beaucoup de monde.
    .command = transhume guide android
guide-5 = Les discussions à deux, avec les personnes qui comptent pour vous : elles disent à qui vous parlez vraiment.
guide-6 = Le rapport de compte de WhatsApp : dans WhatsApp, Paramètres › Compte › Demander les infos du compte. Il est prêt au bout de trois jours environ et contient votre numéro, les numéros de vos contacts et les noms de vos groupes : transhume dit alors quelles discussions manquent encore.
    .command = transhume migrate ~/Downloads/"My account info.zip"
guide-note-1 = Pour les groupes et les discussions à deux d’un iPhone :
    .command = transhume guide iphone
guide-note-2 = transhume ne se connecte jamais à WhatsApp et ne garde aucun message.
guide-then = Quand les fichiers sont sur votre ordinateur, par exemple dans Téléchargements, tapez :
    .command = transhume migrate ~/Downloads

guide-transfer-title = Les apporter sur l’ordinateur
guide-transfer-1 = Par câble USB, ou par un envoi direct d’appareil à appareil (Quick Share, AirDrop, LocalSend) : les fichiers ne passent par aucun serveur.
guide-transfer-2 = Évitez de vous les envoyer par e-mail ou par un disque en ligne : une copie y reste.
guide-transfer-3 = Une fois le résultat obtenu, supprimez les exports du téléphone et de l’ordinateur : tout y est lisible.

guide-android-title = WhatsApp sur Android
guide-android-intro = WhatsApp exporte une discussion à la fois. Commencez par les groupes où vous avez le plus de monde à retrouver. Les noms des menus peuvent varier un peu d’une version à l’autre.
guide-android-1 = Ouvrez la discussion dans WhatsApp.
guide-android-2 = Touchez ⋮ en haut à droite, puis Plus › Exporter la discussion.
guide-android-3 = Choisissez « Sans médias » : les photos ne servent à rien ici, et l’export va plus loin dans le passé.
guide-android-4 = Dans la liste qui s’ouvre, choisissez d’enregistrer le fichier sur le téléphone ou de l’envoyer à votre ordinateur. Laissez-lui son nom : il contient celui de la discussion.
guide-android-5 = Recommencez avec les discussions suivantes. Cinq à dix suffisent pour un premier résultat.
guide-android-note-1 = Un export s’arrête à environ 40 000 messages (10 000 avec les médias) : les plus anciens manquent, sans que WhatsApp le dise.
guide-android-note-2 = Si « Exporter la discussion » manque ou est refusé, la « confidentialité avancée de la discussion » y est activée. Elle se règle dans les infos de la discussion ; dans un groupe, demandez à qui l’a activée.
guide-android-note-3 = Un groupe n’y montre que ceux qui ont écrit, ou qui sont arrivés ou partis. Les autres manquent.
guide-android-note-4 = Quand les messages disparaissent après un certain temps, un export n’a que ceux qui sont encore là : exportez ces discussions en premier et gardez le fichier.
guide-android-note-5 = Toutes les discussions d’un coup : dans WhatsApp, Paramètres › Discussions › Sauvegarde des discussions › Sauvegarde chiffrée de bout en bout. Activez-la, choisissez « Utiliser une clé de chiffrement à 64 chiffres » et notez la clé. Sauvegardez, puis copiez msgstore.db.crypt15 et wa.db.crypt15 depuis Android/media/com.whatsapp/WhatsApp sur le téléphone (dossiers Databases et Backups). Mettez la clé dans un fichier :
    .command = transhume migrate --backup-key cle.txt ~/Downloads
guide-android-note-6 = Un mot de passe à la place des 64 chiffres ne sert à rien : seuls les serveurs de WhatsApp peuvent en tirer une clé. Avec l’accès à l’intérieur du téléphone (root), msgstore.db et wa.db se donnent tels quels, avec les fichiers voisins qui finissent par -wal.
guide-android-note-7 = Les noms ne sont que dans wa.db. Sans lui, ou s’il est vide, donnez votre carnet d’adresses.

guide-iphone-title = WhatsApp sur iPhone
guide-iphone-intro = WhatsApp exporte une discussion à la fois. Commencez par les groupes où vous avez le plus de monde à retrouver. Les noms des menus peuvent varier un peu d’une version à l’autre.
guide-iphone-1 = Ouvrez la discussion dans WhatsApp.
guide-iphone-2 = Touchez en haut le nom du contact ou du groupe.
guide-iphone-3 = Tout en bas, touchez « Exporter la discussion ».
guide-iphone-4 = Choisissez « Sans médias » : les photos ne servent à rien ici, et l’export va plus loin dans le passé.
guide-iphone-5 = Choisissez AirDrop vers votre ordinateur, ou « Enregistrer dans Fichiers ». Le fichier s’appelle « WhatsApp Chat - … .zip » : donnez-le tel quel.
guide-iphone-6 = Recommencez avec les discussions suivantes. Cinq à dix suffisent pour un premier résultat.
guide-iphone-note-1 = Un export s’arrête à environ 40 000 messages (10 000 avec les médias) : les plus anciens manquent, sans que WhatsApp le dise.
guide-iphone-note-2 = Si « Exporter la discussion » manque ou est refusé, la « confidentialité avancée de la discussion » y est activée. Elle se règle dans les infos de la discussion ; dans un groupe, demandez à qui l’a activée.
guide-iphone-note-3 = Un groupe n’y montre que ceux qui ont écrit, ou qui sont arrivés ou partis. Les autres manquent.
guide-iphone-note-4 = Quand les messages disparaissent après un certain temps, un export n’a que ceux qui sont encore là : exportez ces discussions en premier et gardez le fichier.
guide-iphone-note-5 = Toutes les discussions d’un coup : reliez l’iPhone par câble et, dans le Finder (ou iTunes), sauvegardez sur cet ordinateur sans « Chiffrer la sauvegarde locale ». Donnez le dossier ; sur un Mac il est dans ~/Library/Application Support/MobileSync/Backup, et le terminal peut avoir besoin de l’« Accès complet au disque ».
    .command = transhume migrate ~/Library/Application\ Support/MobileSync/Backup
guide-iphone-note-6 = Cette sauvegarde contient tout le téléphone, lisible par n’importe qui : réactivez le chiffrement et sauvegardez encore une fois quand vous avez fini. Une sauvegarde dans iCloud ne se lit pas.

guide-signal-title = L’export de Signal
guide-signal-intro = Signal peut écrire dans un fichier lisible qui est dans votre liste. C’est ce qui fait gagner le plus : le numéro de chaque contact, et s’il est sur Signal. Mettez d’abord Signal à jour.
guide-signal-1 = Sur l’ordinateur, dans Signal Desktop : Fichier › Préférences (sur Mac : Signal › Réglages), page Conversations. Sur Android : Paramètres › Conversations.
guide-signal-2 = Cherchez la ligne qui propose d’exporter l’historique des conversations, puis touchez le bouton d’export.
guide-signal-3 = Décochez les médias : ils ne servent à rien ici.
guide-signal-4 = Confirmez avec le mot de passe de l’appareil et choisissez un dossier. Vous y trouverez un dossier « signal-export-… » avec un fichier « main.jsonl » : c’est lui.
guide-signal-5 = Donnez ce dossier tel quel à transhume.
    .command = transhume migrate ~/Downloads/signal-export-*
guide-signal-note-1 = Cet export contient des clés et tous vos messages en clair. Supprimez-le dès que vous avez fini, et videz la corbeille. transhume n’en garde que les contacts et des dates.
guide-signal-note-2 = Si la ligne manque, votre version est trop ancienne ou votre appareil ne l’a pas encore : essayez sur l’ordinateur.
guide-signal-note-3 = Quelqu’un qui n’y figure pas n’est pas forcément absent de Signal : il peut avoir masqué son numéro.
guide-signal-note-4 = Si vous ne pouvez pas faire cet export mais avez Signal Desktop sur cet ordinateur, transhume peut lire sa base, et ne le fait que si vous le demandez. Il dit ce qu’il ouvre, demande la clé à votre trousseau, et ne modifie rien.
    .command = transhume import --signal-desktop

guide-contacts-title = Votre carnet d’adresses
guide-contacts-intro = Un seul de ces chemins suffit, celui de l’endroit où sont vos contacts. Les noms des menus peuvent varier un peu d’une version à l’autre.
guide-contacts-1 = Android : application Contacts › Corriger et gérer (ou Organiser) › Exporter vers un fichier. Vous obtenez un fichier .vcf. Chez Samsung : Contacts › ☰ › Gérer les contacts › Importer ou exporter des contacts.
guide-contacts-2 = Google, dans un navigateur : contacts.google.com › Exporter › Google CSV. Vous obtenez un fichier contacts.csv.
guide-contacts-3 = iPhone : Contacts › Listes, appuyez longuement sur la liste, puis Exporter. Vous obtenez un fichier .vcf.
guide-contacts-4 = iCloud, dans un navigateur : icloud.com › Contacts, sélectionnez tous les contacts, puis Exporter la vCard.
guide-contacts-note-1 = Un fichier .csv se donne par son nom : dans un dossier, transhume ne prend que les .vcf et les fichiers reconnus à coup sûr.
guide-contacts-note-2 = Les numéros sans indicatif de pays ont besoin du pays : ajoutez --region FR, par exemple.
