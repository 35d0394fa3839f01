#!/bin/sh
{{ remark("backup") }}
#
#     ./backup.sh [{{ say("word-folder") }}]
set -eu
umask 077
cd "$(dirname "$0")"
to=${1:-backups}
stamp=$(date -u +%Y-%m-%dT%H%M%SZ)
part="$to/.$stamp.part"
if [ -e "$to/$stamp" ] || [ -e "$part" ]; then
    echo "$to/$stamp: {{ say("script-there") }}" >&2
    exit 1
fi
mkdir -p "$to"
mkdir "$part"
trap 'rm -rf "$part"' EXIT

{{ remark("backup-database") }}
{% include "database-programs" %}
database pg_dump --format=custom --no-owner "$DATABASE" >"$part/database.dump"
tar -cf "$part/files.tar" compose.yaml compose.own-caddy.yaml .env homeserver.yaml log.yaml \
    Caddyfile Caddyfile.fragment dns.txt dns.zone README.en.md README.fr.md backup.sh restore.sh \
    transhume.json secrets media

{{ remark("backup-whole") }}
mv "$part" "$to/$stamp"
trap - EXIT
echo "{{ say("script-backed-up") }} $to/$stamp"
