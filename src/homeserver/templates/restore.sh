#!/bin/sh
{{ remark("restore") }}
#
#     ./restore.sh [--replace] {{ say("word-backup") }}
set -eu
umask 077
replace=
if [ "${1:-}" = --replace ]; then
    replace=yes
    shift
fi
if [ $# -ne 1 ] || [ ! -f "$1/database.dump" ] || [ ! -f "$1/files.tar" ]; then
    echo "./restore.sh [--replace] {{ say("word-backup") }}" >&2
    exit 2
fi
from=$(cd "$1" && pwd)
cd "$(dirname "$0")"

{{ remark("restore-name") }}
there=$(tar -xOf "$from/files.tar" homeserver.yaml | sed -n 's/^server_name: *"\(.*\)"/\1/p')
if [ "$there" != "{{ name }}" ]; then
    echo "{{ say("script-other-name") }} $there" >&2
    exit 2
fi

{% include "database-programs" %}
sql() { database psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$DATABASE"; }
tables=$(echo "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'" | sql)
if [ "$tables" != 0 ] && [ -z "$replace" ]; then
    echo "{{ say("script-not-empty") }}" >&2
    exit 2
fi

docker compose stop synapse
{{ remark("restore-one") }}
end=$({
    echo '{% if database.existing %}SET client_min_messages = warning; BEGIN; DROP OWNED BY CURRENT_USER CASCADE;{% else %}SET client_min_messages = warning; BEGIN; DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;{% endif %}'
    database pg_restore --format=custom --no-owner --file=- <"$from/database.dump"
    echo "COMMIT; SELECT 'restored';"
} | sql | tail -n 1)
if [ "$end" != restored ]; then
    echo "{{ say("script-not-restored") }}" >&2
    exit 1
fi
{{ remark("restore-files") }}
tar -xf "$from/files.tar" secrets media
echo "{{ say("script-restored") }} docker compose up -d"
