## Un serveur Matrix à soi : ce qui est dit, et les remarques dans ses fichiers.

homeserver-for-ever =
    LE NOM D’UN SERVEUR MATRIX EST POUR TOUJOURS.
    Chacun y sera nommé comme @ada:{ $name }, et { $name } ne pourra plus jamais être changé :
    un autre nom est un autre serveur, avec de nouveaux comptes et des salons vides.
homeserver-written-as = « { $typed } » s’écrit { $name } sur le réseau, et figure ainsi dans les identifiants Matrix.
homeserver-domain-meant =
    { $name } figurerait dans chaque identifiant Matrix. La plupart veulent y voir leur domaine (@ada:{ $meant }), le
    serveur étant tout de même sous matrix.{ $meant } : dans ce cas arrêtez ici, et tapez `transhume homeserver init { $meant }`.
homeserver-keep-name = { $name } est-il le nom à garder pour toujours ? (oui/non)
homeserver-done = Un serveur Matrix pour { $name } est prêt à être démarré dans { $dir } :
homeserver-next =
    Ensuite : lisez-y README.fr.md, publiez les enregistrements de dns.txt, puis démarrez-le par
        cd { $dir } && docker compose up -d
homeserver-there = { $dir } contient déjà le serveur { $name }. Rien n’a été modifié.
homeserver-state-written = écrit
homeserver-state-same = tel qu’il serait écrit
homeserver-state-differs = diffère de ce qui serait écrit maintenant
homeserver-state-open = contient un secret et peut être lu par d’autres : faites chmod 600
homeserver-state-missing = n’est pas là
homeserver-differs =
    Pour voir ce qui serait écrit maintenant, donnez un dossier qui n’existe pas encore : --dir AUTRE. Les secrets y sont autres.

error-homeserver-name = « { $it } » n’est pas un domaine qui puisse nommer un serveur.
    .hint = Donnez un domaine à vous, comme dans : transhume homeserver init example.org
error-homeserver-name-url = Un serveur est nommé par un domaine, pas par une URL : { $it }
    .hint = Tapez le domaine seul, sans https:// et sans chemin.
error-homeserver-name-account = Un serveur est nommé par un domaine, pas par un compte ou une adresse : { $it }
    .hint = Tapez ce qui suit le @ ou le deux-points, comme dans : transhume homeserver init example.org
error-homeserver-name-port = Le nom d’un serveur ne doit pas avoir de port : { $it }
    .hint = Tapez le domaine seul. Tout passe par le port 443 ; un port dans le nom figurerait dans chaque identifiant Matrix.
error-homeserver-name-address = Le nom d’un serveur ne doit pas être un nombre : { $it }
    .hint = Donnez un domaine à vous : une adresse peut changer, le nom d’un serveur non.
error-homeserver-name-dot = Le nom d’un serveur n’a pas de point à la fin : { $it }
    .hint = Tapez-le sans le dernier point.
error-homeserver-name-word = « { $it } » n’est qu’un mot, et personne ne délivre de certificat pour cela.
    .hint = Donnez un domaine à vous, comme dans : transhume homeserver init example.org
error-homeserver-name-long = Ce nom est trop long pour des identifiants Matrix : { $it }
    .hint = Un identifiant Matrix a 255 caractères au plus, nom du serveur compris. Choisissez un domaine plus court.
error-homeserver-other-name = { $it } contient le serveur { $there }, et { $name } en serait un autre.
    .hint = Le nom d’un serveur ne peut plus changer une fois qu’il a démarré. Pour { $name }, donnez un dossier à part, comme dans : --dir matrix-{ $name }
error-homeserver-taken = { $it } existe déjà, et n’est pas un serveur que transhume a écrit.
    .hint = Rien n’est jamais écrasé. Donnez un dossier qui n’existe pas encore : --dir DOSSIER
error-homeserver-here = { $it } est le dossier où vous êtes, et ne peut pas être refait sous vos pieds.
    .hint = Omettez --dir : un dossier matrix-{ $name } y est fait. Ou remontez d’un cran, et nommez-le de là.
error-homeserver-refused = Rien n’a été écrit : personne n’a accepté le nom.
    .hint = Le nom est pour toujours, il faut donc un oui : sur un terminal, ou par --yes.

help-homeserver-about = Un serveur Matrix à vous, sur votre propre domaine
help-homeserver-init-about = Écrire tout ce qu’il faut à un serveur Matrix sur votre domaine, dans un nouveau dossier
help-homeserver-init-name = Le domaine qui figurera dans les identifiants Matrix, pour toujours : example.org pour @ada:example.org
help-homeserver-init-dir = Le dossier à écrire (par défaut : matrix-NOM dans ce dossier)
help-homeserver-init-address = Une adresse de la machine, pour les enregistrements DNS ; peut être donnée deux fois, pour IPv4 et IPv6
help-homeserver-init-yes = Accepter que le nom est pour toujours, sans être interrogé
help-homeserver-init-more =
    Rien n’est envoyé ailleurs qu’au PostgreSQL de --existing-postgres, ce qui est dit d’abord.
    Rien n’est jamais écrasé : rappelé pour le même dossier, il dit ce qui s’y trouve et ce
    qui diffère.

homeserver-file-compose = Le serveur Matrix de { $name } : base de données, Synapse, et Caddy devant. Démarrez-le par : docker compose up -d
homeserver-file-compose-collation = Synapse ne démarre pas avec une autre collation, et elle ne se change plus ensuite. (Une table, pas une liste : dans une liste, les guillemets seraient transmis.)
homeserver-file-compose-user = Synapse tourne sous le propriétaire de secrets/ et de media/.
homeserver-file-compose-password = Le mot de passe de la base ne figure que dans .env.
homeserver-file-compose-ports = Rien d’autre n’est accessible de l’extérieur : 80 ne fait que mener à 443.
homeserver-file-compose-volumes = Nommés d’après le domaine, pour qu’un autre serveur ne les prenne jamais pour les siens.
homeserver-file-own-caddy = Seulement si votre propre Caddy tourne déjà sur cette machine : ajoutez alors la ligne COMPOSE_FILE=compose.yaml:compose.own-caddy.yaml à .env. Synapse écoute pour votre Caddy sur la boucle locale, et le Caddy de compose.yaml reste à l’écart. Caddyfile.fragment contient ce qu’il faut à votre Caddy.
homeserver-file-env = Secret : pour le propriétaire seul (chmod 600). Le mot de passe de la base, et sous qui tourne Synapse.
homeserver-file-synapse = Les réglages de Synapse. Ils ne contiennent aucun secret : ceux-ci sont dans secrets/ et dans .env.
homeserver-file-synapse-name = Pour toujours : il figure dans chaque identifiant Matrix et sous chaque signature. Ne le changez jamais.
homeserver-file-synapse-listener = Sur toutes les adresses, mais du conteneur seul, où seul Caddy entre.
homeserver-file-synapse-database = Le mot de passe vient de l’environnement (PGPASSWORD).
homeserver-file-synapse-secrets = Qui a signing.key est ce serveur. Gardez-en une copie : backup.sh l’emporte.
homeserver-file-synapse-registration = Personne n’obtient de compte sans un jeton que vous lui avez donné. Le README dit comment.
homeserver-file-synapse-limits = Lent pour qui essaie des mots de passe ou inonde, et assez large pour amener des groupes entiers.
homeserver-file-synapse-keys = Se porte garant des clés de serveurs qui sont en panne à ce moment.
homeserver-file-synapse-rooms = Les salons où l’on est invité sont chiffrés dès le début.
homeserver-file-synapse-keeping = Ce dont personne n’a plus besoin s’en va de soi-même.
homeserver-file-synapse-previews = Désactivé : le serveur irait chercher ce vers quoi les membres mettent des liens. Qui l’active le tient hors des réseaux privés par cette liste.
homeserver-file-log = Ce que Synapse note. INFO au lieu de WARNING en dit plus, aussi qui était en ligne et d’où.
homeserver-file-caddy = Caddy obtient les certificats de lui-même. Les deux noms doivent mener à cette machine (dns.txt).
homeserver-file-caddy-well-known = Dit aux autres serveurs et aux clients que { $name } est servi par { $host }, par le port 443.
homeserver-file-caddy-host = Rien d’autre ne passe, l’administration sous /_synapse/admin moins que tout.
homeserver-file-fragment = Pour ceux dont le propre Caddy sert déjà { $name }. Mettez ceci en haut de votre Caddyfile (ou : import Caddyfile.fragment), hors de tout bloc.
homeserver-file-fragment-import = Puis ajoutez une ligne au bloc que vous avez. Un redir pour tout y va dans un handle à part, sinon il l’emporterait.
homeserver-file-fragment-host = Le serveur lui-même, si ce Caddy tourne sur la même machine (voir compose.own-caddy.yaml). S’il tourne sur une autre, laissez ceci de côté : le Caddy de compose.yaml y sert { $host }, et son bloc pour { $name } peut partir.
homeserver-file-backup = Sauvegarde le serveur : la base, ce que les gens ont envoyé, les réglages et la clé de signature. Qui a une sauvegarde a le serveur : gardez-la secrète, sur une autre machine.
homeserver-file-backup-database = Telle qu’elle est à un instant, pendant que le serveur continue.
homeserver-file-backup-whole = Ce n’est une sauvegarde que maintenant : entière, ou pas du tout.
homeserver-file-restore = Ramène une sauvegarde dans ce dossier. Arrête Synapse, et ne remplace une base qui contient quelque chose qu’avec --replace.
homeserver-file-restore-name = Un serveur ne peut pas reprendre les comptes d’un autre.
homeserver-file-restore-one = Toute la base, ou rien d’elle.
homeserver-file-restore-files = Les réglages restent ceux de ce dossier ; le mot de passe de la base est dans son .env.
homeserver-file-word-folder = DOSSIER
homeserver-file-word-backup = SAUVEGARDE
homeserver-file-script-there = existe déjà.
homeserver-file-script-backed-up = Sauvegardé :
homeserver-file-script-other-name = Rien n’a été modifié : ce dossier est { $name }, et la sauvegarde est de
homeserver-file-script-not-empty = Rien n’a été modifié : la base contient déjà quelque chose. Pour la remplacer : ./restore.sh --replace …
homeserver-file-script-not-restored = La base est comme avant : la sauvegarde n’a pas pu être ramenée (la raison est au-dessus).
homeserver-file-script-restored = Restauré. Démarrez-le :
homeserver-file-dns-title = Les enregistrements qui mènent au serveur Matrix de { $name } :
homeserver-file-dns-v4 = <l’adresse IPv4 de la machine>
homeserver-file-dns-v6 = <son adresse IPv6, si elle en a une>
homeserver-file-dns-elsewhere = Le site de { $name } est-il sur une autre machine ? Laissez alors ses enregistrements tels quels, ne publiez que ceux de { $host }, et que ce site réponde aux deux adresses sous /.well-known/matrix/ (Caddyfile.fragment).
homeserver-file-dns-both = Un enregistrement AAAA qui mène à une machine ne répondant pas en IPv6 fait plus de mal qu’aucun.
homeserver-file-dns-srv = Il ne faut ni enregistrement SRV, ni port 8448 : /.well-known/matrix/server montre le chemin aux autres serveurs.
homeserver-file-zone = Les enregistrements de dns.txt comme lignes d’un fichier de zone. Laissez de côté ce qui y est déjà.

## Une base dans un PostgreSQL qui existe déjà.

homeserver-database =
    PostgreSQL à { $host } sera prié, en tant que { $user }{ $tls ->
        [yes] { " et par TLS seulement" }
       *[no] { "" }
    }, de créer une base et un rôle { $database } à part.
    Rien d’autre n’y est modifié, et rien sur personne n’est envoyé.
homeserver-keep-name-database = { $name } est-il le nom à garder pour toujours, et la base peut-elle être créée ? (oui/non)
homeserver-database-password = Mot de passe de { $user } à { $host } (vide s’il n’y en a pas) :
homeserver-database-made = La base { $database } a été créée, avec l’encodage UTF8 et la collation C.

error-homeserver-dsn = Ce n’est pas un serveur PostgreSQL que l’on puisse comprendre.
    .hint = Nommez-le comme psql le prend : postgresql://RÔLE@HÔTE:PORT/postgres, ou host=HÔTE port=5432 user=RÔLE, entre guillemets.
error-homeserver-dsn-user = Il n’est pas dit sous quel rôle parler à PostgreSQL.
    .hint = Mettez-le devant l’hôte : postgresql://RÔLE@HÔTE
error-homeserver-dsn-several = Plusieurs serveurs PostgreSQL sont nommés, et la base est créée dans un seul.
    .hint = Nommez un hôte et un port.
error-homeserver-dsn-host = L’hôte du serveur PostgreSQL a des caractères qu’aucun hôte n’a.
    .hint = Donnez son nom, son adresse, ou le dossier de son socket.
error-homeserver-dsn-password = Un mot de passe sur la ligne de commande peut être lu par tout programme de cette machine. Rien n’a été fait.
    .hint = Mettez-le dans le fichier que nomme PGPASSFILE, ou le DSN entier dans un fichier pour --dsn-file, ou omettez-le et il sera demandé. Tenez ce mot de passe pour connu, et changez-le.
error-homeserver-passfile = Le fichier de mots de passe ne peut pas être lu : { $it }
    .hint = PGPASSFILE le nomme. Sans lui, on vous demande.
error-homeserver-passfile-open = D’autres peuvent lire le fichier de mots de passe : { $it }
    .hint = Qu’il soit à vous seul, par : chmod 600 { $it }
error-homeserver-database-unreachable = PostgreSQL à { $it } est injoignable : { $said }
    .hint = Regardez l’hôte, le port et TLS. Un serveur dans un réseau doit parler TLS avec un bon certificat (--ca-file pour une autorité à vous), sauf si le DSN dit sslmode=disable. Rien n’a été écrit.
error-homeserver-database-no-password = PostgreSQL à { $it } veut un mot de passe pour { $user }.
    .hint = Mettez-le dans le fichier que nomme PGPASSFILE, ou le DSN entier dans un fichier pour --dsn-file. Rien n’a été écrit.
error-homeserver-database-login = PostgreSQL à { $it } ne laisse pas entrer { $user } : { $said }
    .hint = Regardez le mot de passe et pg_hba.conf. Rien n’a été écrit.
error-homeserver-database-old = PostgreSQL à { $it } est en version { $said }, et il faut à Synapse 14 ou plus récent.
    .hint = Mettez-le à niveau, ou omettez --existing-postgres : il en vient alors un avec. Rien n’a été écrit.
error-homeserver-database-may-not = { $user } ne peut pas créer de bases et de rôles à { $it } : { $said }
    .hint = Faites-y dire par un administrateur : ALTER ROLE "{ $user }" CREATEDB CREATEROLE. Rien n’a été écrit.
error-homeserver-database-there = PostgreSQL à { $it } a déjà une base ou un rôle { $said }, et on n’y touche pas.
    .hint = Si c’est un reste dont personne n’a besoin, faites-le d’abord supprimer là-bas ; s’il est à un serveur qui tourne, prenez le dossier de celui-ci. Rien n’a été écrit.
error-homeserver-database-wrong = PostgreSQL à { $it } a créé une base sur laquelle Synapse ne démarre pas : { $said } au lieu de UTF8 / C / C. Elle a été supprimée.
    .hint = Omettez --existing-postgres : il vient alors un PostgreSQL tel qu’il faut. Rien n’a été écrit.
error-homeserver-database-said = PostgreSQL à { $it } n’a pas créé la base : { $said }
    .hint = Rien n’a été écrit, et il n’y reste rien.
error-homeserver-database-authority = Le fichier de --ca-file ne contient pas de certificat.
    .hint = Donnez un fichier PEM avec le certificat de l’autorité.

help-homeserver-init-existing-postgres = Créer la base dans ce PostgreSQL, nommé comme pour psql ; jamais avec un mot de passe
help-homeserver-init-dsn-file = De même, depuis la première ligne d’un fichier, où le mot de passe peut figurer
help-homeserver-init-ca-file = Une autorité de certification de plus à croire pour cela, un fichier PEM
