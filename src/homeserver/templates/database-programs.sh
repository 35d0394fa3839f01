DATABASE={{ database.name }}
{% if database.existing %}
PGPASSWORD=$(sed -n 's/^POSTGRES_PASSWORD=//p' .env)
export PGPASSWORD PGHOST={{ database.reached_at }} PGPORT={{ database.port }} PGUSER={{ database.user }}
database() { "$@"; }
{% else %}
database() { docker compose exec -T --env PGUSER={{ database.user }} database "$@"; }
{% endif %}
