## A Matrix server of one’s own: what is said, and the remarks in its files.

homeserver-for-ever =
    THE NAME OF A MATRIX SERVER IS FOR EVER.
    Everybody on it will be called like @ada:{ $name }, and { $name } can never be changed afterwards:
    another name is another server, with new accounts and empty rooms.
homeserver-written-as = “{ $typed }” is { $name } in the network, and stands so in Matrix IDs.
homeserver-domain-meant =
    { $name } would stand in every Matrix ID. Most people want their domain there (@ada:{ $meant }), and the
    server under matrix.{ $meant } all the same: then stop here, and type `transhume homeserver init { $meant }`.
homeserver-keep-name = Is { $name } the name to keep for ever? (yes/no)
homeserver-done = A Matrix server for { $name } is ready to be started in { $dir }:
homeserver-next =
    Next: read README.en.md there, publish the records of dns.txt, then start it with
        cd { $dir } && docker compose up -d
homeserver-there = { $dir } holds the server { $name } already. Nothing was changed.
homeserver-state-written = written
homeserver-state-same = as it would be written
homeserver-state-differs = differs from what would be written now
homeserver-state-open = holds a secret and can be read by others: chmod 600 it
homeserver-state-missing = is not there
homeserver-differs =
    To see what would be written now, give a folder that does not exist yet: --dir OTHER. Secrets are others there.

error-homeserver-name = “{ $it }” is no domain that a server can be called by.
    .hint = Give a domain of your own, as in: transhume homeserver init example.org
error-homeserver-name-url = A server is called by a domain, not by a URL: { $it }
    .hint = Type the domain alone, without https:// and without a path.
error-homeserver-name-account = A server is called by a domain, not by an account or an address: { $it }
    .hint = Type what stands behind the @ or the colon, as in: transhume homeserver init example.org
error-homeserver-name-port = The name of a server should have no port: { $it }
    .hint = Type the domain alone. Everything goes through port 443; a port in the name would stand in every Matrix ID.
error-homeserver-name-address = The name of a server should be no number: { $it }
    .hint = Give a domain of your own: an address can change, the name of a server cannot.
error-homeserver-name-dot = The name of a server has no dot at its end: { $it }
    .hint = Type it without the last dot.
error-homeserver-name-word = “{ $it }” is one word alone, and nobody gives out certificates for that.
    .hint = Give a domain of your own, as in: transhume homeserver init example.org
error-homeserver-name-long = That name is too long for Matrix IDs: { $it }
    .hint = A Matrix ID has 255 characters at most, with the name of the server. Choose a shorter domain.
error-homeserver-other-name = { $it } holds the server { $there }, and { $name } would be another one.
    .hint = The name of a server cannot change once it was started. For { $name } give a folder of its own, as in: --dir matrix-{ $name }
error-homeserver-taken = { $it } is there already, and is no server that transhume wrote.
    .hint = Nothing is ever overwritten. Give a folder that does not exist yet: --dir DIR
error-homeserver-here = { $it } is the folder that you are in, and cannot be made anew under your feet.
    .hint = Leave out --dir: a folder matrix-{ $name } is made in it. Or go one up, and name it from there.
error-homeserver-refused = Nothing was written: nobody agreed to the name.
    .hint = The name is for ever, so it needs a yes: on a terminal, or with --yes.

help-homeserver-about = A Matrix server of your own, on your own domain
help-homeserver-init-about = Write all that a Matrix server on your own domain needs, into a new folder
help-homeserver-init-name = The domain that will stand in Matrix IDs, for ever: example.org for @ada:example.org
help-homeserver-init-dir = The folder to write (default: matrix-NAME in this folder)
help-homeserver-init-address = An address of the machine, for the DNS records; can be given twice, for IPv4 and IPv6
help-homeserver-init-yes = Agree that the name is for ever, without being asked
help-homeserver-init-more =
    Nothing is sent anywhere but to the PostgreSQL of --existing-postgres, which is told first.
    Nothing is ever overwritten: called again for the same folder, it says what is there and
    what differs.

homeserver-file-compose = The Matrix server of { $name }: database, Synapse, and Caddy in front. Start it with: docker compose up -d
homeserver-file-compose-collation = Synapse does not start on another collation, and it cannot be changed afterwards. (A map, not a list: in a list, quotes would come along.)
homeserver-file-compose-user = Synapse runs as the owner of secrets/ and media/.
homeserver-file-compose-password = The database’s password stands in .env alone.
homeserver-file-compose-ports = Nothing but these is reachable from outside: 80 only leads to 443.
homeserver-file-compose-volumes = Named after the domain, so that another server never takes them for its own.
homeserver-file-own-caddy = Only where your own Caddy runs on this machine already: then add the line COMPOSE_FILE=compose.yaml:compose.own-caddy.yaml to .env. Synapse listens for your Caddy on loopback, and the Caddy of compose.yaml stays out. Caddyfile.fragment has what your Caddy needs.
homeserver-file-env = Secret: for the owner alone (chmod 600). The password of the database, and who Synapse runs as.
homeserver-file-synapse = Synapse’s settings. They hold no secret: those stand in secrets/ and in .env.
homeserver-file-synapse-name = For ever: it stands in every Matrix ID and under every signature. Never change it.
homeserver-file-synapse-listener = On all addresses, but of the container alone, where only Caddy gets in.
homeserver-file-synapse-database = The password comes from the environment (PGPASSWORD).
homeserver-file-synapse-secrets = Whoever has signing.key is this server. Keep a copy: backup.sh takes it along.
homeserver-file-synapse-registration = Nobody gets an account without a token that you gave them. The README says how.
homeserver-file-synapse-limits = Slow for those who try passwords or flood, and still enough to bring whole groups along.
homeserver-file-synapse-keys = Vouches for the keys of servers that are down at the moment.
homeserver-file-synapse-rooms = Rooms that people are invited to are encrypted from the start.
homeserver-file-synapse-keeping = What nobody needs any more goes away by itself.
homeserver-file-synapse-previews = Off: the server would fetch what members write links to. Whoever turns it on keeps it out of private networks by this list.
homeserver-file-log = What Synapse writes down. INFO instead of WARNING tells more, also who was online from where.
homeserver-file-caddy = Caddy gets the certificates by itself. Both names have to lead to this machine (dns.txt).
homeserver-file-caddy-well-known = Tells other servers and clients that { $name } is served by { $host }, through port 443.
homeserver-file-caddy-host = Nothing else is let through, the administration under /_synapse/admin least of all.
homeserver-file-fragment = For those whose own Caddy serves { $name } already. Put this at the top of your Caddyfile (or: import Caddyfile.fragment), outside of any block.
homeserver-file-fragment-import = Then add one line to the block that you have. A redir for everything goes into a handle of its own there, or it would win.
homeserver-file-fragment-host = The server itself, if that Caddy runs on the same machine (see compose.own-caddy.yaml). If it runs on another one, leave this out: the Caddy of compose.yaml serves { $host } there, and its block for { $name } can go.
homeserver-file-backup = Saves the server: the database, what people sent, the settings, and the signing key. Whoever has a backup has the server: keep it secret, on another machine.
homeserver-file-backup-database = As it is at one moment, while the server goes on.
homeserver-file-backup-whole = Only now is it a backup: whole, or not there at all.
homeserver-file-restore = Brings a backup back into this folder. It stops Synapse, and replaces a database that has something in it only with --replace.
homeserver-file-restore-name = A server cannot take over the accounts of another one.
homeserver-file-restore-one = All of the database or nothing of it.
homeserver-file-restore-files = The settings stay those of this folder; the password of the database stands in its .env.
homeserver-file-word-folder = FOLDER
homeserver-file-word-backup = BACKUP
homeserver-file-script-there = is there already.
homeserver-file-script-backed-up = Saved:
homeserver-file-script-other-name = Nothing was changed: this folder is { $name }, and the backup is of
homeserver-file-script-not-empty = Nothing was changed: the database has something in it already. To replace it: ./restore.sh --replace …
homeserver-file-script-not-restored = The database is as it was: the backup could not be brought back (the reason stands above).
homeserver-file-script-restored = Restored. Start it:
homeserver-file-dns-title = The records that lead to the Matrix server of { $name }:
homeserver-file-dns-v4 = <the IPv4 address of the machine>
homeserver-file-dns-v6 = <its IPv6 address, if it has one>
homeserver-file-dns-elsewhere = Is the website of { $name } on another machine? Then leave its records as they are, publish those of { $host } alone, and have that website answer the two addresses under /.well-known/matrix/ (Caddyfile.fragment).
homeserver-file-dns-both = An AAAA record that leads to a machine which does not answer by IPv6 does more harm than none.
homeserver-file-dns-srv = No SRV records are needed, nor port 8448: /.well-known/matrix/server tells other servers the way.
homeserver-file-zone = The records of dns.txt as lines for a zone file. Leave out what is there already.

## A database in a PostgreSQL that is there already.

homeserver-database =
    PostgreSQL at { $host } will be asked, as { $user }{ $tls ->
        [yes] { " and by TLS alone" }
       *[no] { "" }
    }, to make a database and a role { $database } of their own.
    Nothing else there is changed, and nothing about anybody is sent.
homeserver-keep-name-database = Is { $name } the name to keep for ever, and may the database be made? (yes/no)
homeserver-database-password = Password of { $user } at { $host } (empty for none):
homeserver-database-made = The database { $database } was made, with encoding UTF8 and the collation C.

error-homeserver-dsn = That is no PostgreSQL server that can be understood.
    .hint = Name it as psql takes it: postgresql://ROLE@HOST:PORT/postgres, or 'host=HOST port=5432 user=ROLE'.
error-homeserver-dsn-user = It is not said as which role to speak to PostgreSQL.
    .hint = Put it before the host: postgresql://ROLE@HOST
error-homeserver-dsn-several = Several PostgreSQL servers are named, and the database is made in one.
    .hint = Name one host and one port.
error-homeserver-dsn-host = The host of the PostgreSQL server has characters that no host has.
    .hint = Give its name, its address, or the folder of its socket.
error-homeserver-dsn-password = A password on the command line can be read by every program on this machine. Nothing was done.
    .hint = Put it into the file that PGPASSFILE names, or the whole DSN into a file for --dsn-file, or leave it out and be asked. Consider that password known, and change it.
error-homeserver-passfile = The file of passwords cannot be read: { $it }
    .hint = PGPASSFILE names it. Without it you are asked.
error-homeserver-passfile-open = Others can read the file of passwords: { $it }
    .hint = Make it yours alone, with: chmod 600 { $it }
error-homeserver-database-unreachable = PostgreSQL at { $it } cannot be reached: { $said }
    .hint = Look at host, port and TLS. A server in a network has to speak TLS with a certificate that is good (--ca-file for an authority of your own), unless the DSN says sslmode=disable. Nothing was written.
error-homeserver-database-no-password = PostgreSQL at { $it } wants a password for { $user }.
    .hint = Put it into the file that PGPASSFILE names, or the whole DSN into a file for --dsn-file. Nothing was written.
error-homeserver-database-login = PostgreSQL at { $it } does not let { $user } in: { $said }
    .hint = Look at the password and at pg_hba.conf. Nothing was written.
error-homeserver-database-old = PostgreSQL at { $it } is version { $said }, and Synapse needs 14 or later.
    .hint = Upgrade it, or leave out --existing-postgres: then one comes along. Nothing was written.
error-homeserver-database-may-not = { $user } may not make databases and roles at { $it }: { $said }
    .hint = Have an administrator say there: ALTER ROLE "{ $user }" CREATEDB CREATEROLE. Nothing was written.
error-homeserver-database-there = PostgreSQL at { $it } has a database or a role { $said } already, and that is not touched.
    .hint = If it is left over and nobody needs it, have it dropped there first; if it belongs to a server that runs, use the folder of that one. Nothing was written.
error-homeserver-database-wrong = PostgreSQL at { $it } made a database that Synapse does not start on: { $said } instead of UTF8 / C / C. It was dropped again.
    .hint = Leave out --existing-postgres: then a PostgreSQL comes along that is as it has to be. Nothing was written.
error-homeserver-database-said = PostgreSQL at { $it } did not make the database: { $said }
    .hint = Nothing was written, and nothing is left there.
error-homeserver-database-authority = The file of --ca-file holds no certificate.
    .hint = Give a PEM file with the certificate of the authority.

help-homeserver-init-existing-postgres = Make the database in this PostgreSQL, as psql names it; never with a password
help-homeserver-init-dsn-file = The same from the first line of a file, where it may hold the password
help-homeserver-init-ca-file = One more certificate authority to trust for it, a PEM file
