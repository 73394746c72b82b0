#!/bin/sh
# PostgreSQL with DocumentDB on /data/db, and the front on port 27017 of the container.
set -e
programs=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
data=/data/db/postgresql
if [ ! -s "$data/PG_VERSION" ]; then
  "$programs/initdb" -A trust --no-sync -E UTF8 --locale=C.UTF-8 -D "$data" >/dev/null
  cat >>"$data/postgresql.conf" <<'SETTINGS'
listen_addresses = ''
unix_socket_directories = '/run/postgresql'
max_connections = 200
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb,pg_documentdb_extended_rum'
cron.database_name = 'postgres'
cron.use_background_workers = on
documentdb.localhost_connection_string = 'host=/run/postgresql'
documentdb.alternate_index_handler_name = 'extended_rum'
documentdb.useFileBasedPersistedCursors = on
SETTINGS
fi
rm -f "$data/postmaster.pid" # of a container that was killed
"$programs/postgres" -D "$data" &
until "$programs/psql" -qh /run/postgresql -d postgres -c 'CREATE EXTENSION IF NOT EXISTS documentdb CASCADE; CREATE EXTENSION IF NOT EXISTS documentdb_extended_rum' 2>/dev/null; do sleep 0.3; done
exec node /service/dist/tools/servers/mongo-front/main.js 27017 /run/postgresql 0.0.0.0
