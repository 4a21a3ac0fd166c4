#!/bin/bash
# with_postgres.sh COMMAND…: runs COMMAND with a PostgreSQL 15 of its own, on a free port of 127.0.0.1, and takes
# the server away afterwards. The command finds its address in TEST_POSTGRES.
# Nothing is synced (fsync=off), for tests that ask what is stored and not whether a crash loses it, and the files lie in
# memory where there is room: each test has a database of its own, some hundred files. With DURABLE=1 all is on the disk.
set -euo pipefail

bin=/usr/lib/postgresql/15/bin
place=/tmp
if [ -z "${DURABLE:-}" ] && [ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')" -gt 2000000 ] 2>/dev/null; then
    place=/dev/shm
fi
folder=$(mktemp -d $place/passerelle-postgres-XXXXXX)
port=$(cd "$(dirname "$0")/../../scripts" && /usr/bin/python3 -B -c 'from outside import server; print(server.free_port())')

# PostgreSQL refuses to run as root
as_postgres() {
    if [ "$(id -u)" = 0 ]; then su -s /bin/bash postgres -c "cd '$folder' && PATH=$bin:\$PATH $1"
    else (cd "$folder" && PATH=$bin:$PATH bash -c "$1"); fi
}

chmod 755 "$folder"
printf 'secret\n' >"$folder/password"
[ "$(id -u)" != 0 ] || chown -R postgres "$folder"
as_postgres "initdb -D data -U portal -A scram-sha-256 --pwfile=password --locale=C.UTF-8 -E UTF8 -N" \
    >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
cat >>"$folder/data/postgresql.conf" <<X
port = $port
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 600
max_pred_locks_per_transaction = 256
X
[ "${DURABLE:-}" ] || printf 'fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n' \
    >>"$folder/data/postgresql.conf"
trap 'as_postgres "pg_ctl -D data -m immediate stop" >/dev/null 2>&1 || true; rm -rf "$folder"' EXIT
as_postgres "pg_ctl -D data -l server.log -w start" >/dev/null || { cat "$folder/server.log" >&2; exit 1; }

export TEST_POSTGRES="postgres://portal:secret@127.0.0.1:$port/postgres"
"$@"
