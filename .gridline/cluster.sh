# shellcheck shell=sh
# A private PostgreSQL for one data folder. In: DATA, LOGS, PG_BIN. Out: DATABASE_URL, DATABASE_OWNER_URL.
#
# Only this door: TCP on 127.0.0.1 with scram-sha-256, no Unix socket (its path may be too long, and a
# second door is a second thing to guard). The server's role owns nothing.
# PostgreSQL refuses to run as root: then it runs as the system's user for it. Every step is made under
# a temporary name and renamed, so it can be killed anywhere and run again.

# --- where and who -------------------------------------------------------------------------------

find_cluster() { # sets CLUSTER and CLUSTER_USER; true when there is one
  CLUSTER=$DATA/postgres
  if [ -f "$DATA/postgres.location" ]; then CLUSTER=$(cat "$DATA/postgres.location"); fi
  if [ -d "$CLUSTER" ]; then
    # shellcheck disable=SC2012
    CLUSTER_USER=$(ls -ld "$CLUSTER" | awk '{print $3}')
  else
    CLUSTER_USER=''
  fi
  [ -f "$CLUSTER/data/PG_VERSION" ]
}

as_cluster_user() { # COMMAND… , standing where every user may stand
  if ! am_root; then
    (cd / && exec "$@")
  elif have runuser; then
    (cd / && exec runuser -u "$CLUSTER_USER" -- "$@")
  else
    # shellcheck disable=SC2016
    (cd / && exec su -s /bin/sh "$CLUSTER_USER" -c 'exec "$@"' -- sh "$@")
  fi
}

choose_cluster_user() {
  if ! am_root; then
    CLUSTER_USER=$(id -un)
  elif id postgres >/dev/null 2>&1; then
    CLUSTER_USER=postgres
  else
    CLUSTER_USER=gridline
    id gridline >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin gridline
  fi
}

place_cluster() { # makes the folder; elsewhere when that user can't walk into the data folder
  find_cluster
  if [ -z "$CLUSTER_USER" ] || { am_root && [ "$CLUSTER_USER" = root ]; }; then
    choose_cluster_user || return 1
    if am_root && [ ! -f "$DATA/postgres.location" ] && ! as_cluster_user test -x "$DATA/."; then
      # A random name, not one made from the path: a new data folder at an old path starts empty.
      CLUSTER=/var/lib/gridline/$(random_hex 6)
      printf '%s\n' "$CLUSTER" | put "$DATA/postgres.location" || return 1
      say "User $CLUSTER_USER may not enter $DATA, so the database lives in $CLUSTER (noted in postgres.location)."
    fi
  fi
  if [ ! -d "$CLUSTER" ]; then
    case $CLUSTER in /var/lib/gridline/*) (umask 022 && mkdir -p /var/lib/gridline) || return 1 ;; esac
    mkdir "$CLUSTER" || return 1
  fi
  if am_root; then chown "$CLUSTER_USER" "$CLUSTER" || return 1; fi
  chmod 700 "$CLUSTER"
}

give() { # FILE : standard input becomes a private file of the cluster's user
  put "$1" && chmod 600 "$1" || return 1
  if am_root; then chown "$CLUSTER_USER" "$1"; fi
}

# --- making it -----------------------------------------------------------------------------------

create_cluster() {
  [ ! -f "$CLUSTER/data/PG_VERSION" ] || return 0
  rm -rf "$CLUSTER/data.new" || return 1
  random_hex 24 | give "$CLUSTER/superuser-password" || return 1
  if locale -a 2>/dev/null | grep -qi '^c\.utf-*8$'; then cluster_locale=C.UTF-8; else cluster_locale=C; fi
  as_cluster_user "$PG_BIN/initdb" -D "$CLUSTER/data.new" --username=postgres --encoding=UTF8 \
    --locale="$cluster_locale" --data-checksums --auth=scram-sha-256 \
    --pwfile="$CLUSTER/superuser-password" || return 1
  echo "include '../gridline.conf'" >>"$CLUSTER/data.new/postgresql.conf" || return 1
  mv "$CLUSTER/data.new" "$CLUSTER/data"
}

# Modest, for two cores and 4 GB beside the server; nothing that trades durability for speed.
write_settings() { # PORT
  give "$CLUSTER/pg_hba.conf" <<CONF || return 1
# Rewritten at each start by ./gridline up.
host gridline gridline 127.0.0.1/32 scram-sha-256
host gridline gridline_app 127.0.0.1/32 scram-sha-256
host all      postgres 127.0.0.1/32 scram-sha-256
host replication postgres 127.0.0.1/32 scram-sha-256
CONF
  give "$CLUSTER/archive-wal" <<'SCRIPT' || return 1
# Run by PostgreSQL in its data folder for each piece of its log: PATH NAME. Rewritten at each start by ./gridline up.
[ -f ../archive-to ] || exit 0 # no backup was ever asked for
to=$(cat ../archive-to)/wal
if [ -f "$to/$2.gz" ]; then gunzip -c "$to/$2.gz" | cmp -s - "$1"; exit; fi
gzip -1 -c "$1" >"$to/$2.part" && sync "$to/$2.part" && mv "$to/$2.part" "$to/$2.gz" && sync "$to"
SCRIPT
  give "$CLUSTER/gridline.conf" <<CONF
# Rewritten at each start by ./gridline up.
listen_addresses = '127.0.0.1'
port = $1
unix_socket_directories = ''
hba_file = '$(printf '%s' "$CLUSTER/pg_hba.conf" | sed "s/'/''/g")'
password_encryption = 'scram-sha-256'
max_connections = ${CLUSTER_CONNECTIONS:-60}
shared_buffers = 256MB
effective_cache_size = 1GB
max_wal_size = 2GB
checkpoint_timeout = 15min
fsync = on
synchronous_commit = on
full_page_writes = on
archive_mode = on
archive_command = 'sh ../archive-wal "%p" "%f"'
archive_timeout = 60s
jit = off
idle_in_transaction_session_timeout = 60s
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
lc_messages = 'C'
CONF
}

choose_port() { # sets DATABASE_PORT : the kept one, or a new free one below the system's own range
  DATABASE_PORT=$(cat "$CLUSTER/port" 2>/dev/null)
  until [ -n "$DATABASE_PORT" ] && ! port_taken "$DATABASE_PORT"; do
    DATABASE_PORT=$((20000 + 0x$(random_hex 2) % 10000))
  done
  printf '%s\n' "$DATABASE_PORT" | give "$CLUSTER/port"
}

# --- starting and stopping -----------------------------------------------------------------------

find_postmaster() { # sets POSTMASTER and DATABASE_PORT; true while it runs
  POSTMASTER=$(sed -n 1p "$CLUSTER/data/postmaster.pid" 2>/dev/null)
  DATABASE_PORT=$(sed -n 4p "$CLUSTER/data/postmaster.pid" 2>/dev/null)
  [ -n "$POSTMASTER" ] || return 1
  case $(process_line "$POSTMASTER") in
    *"$CLUSTER/data"*) return 0 ;;
    '') return 1 ;; # gone; PostgreSQL itself clears that file, with better checks than ours
  esac
  # The number was given to another program since (a restarted container): PostgreSQL would refuse.
  rm -f "$CLUSTER/data/postmaster.pid"
  return 1
}

start_postmaster() {
  start_round=0
  while :; do
    choose_port && write_settings "$DATABASE_PORT" || return 1
    [ ! -f "$CLUSTER/postgres.log" ] || mv -f "$CLUSTER/postgres.log" "$CLUSTER/postgres.log.1"
    as_cluster_user "$PG_BIN/pg_ctl" start -w -t 600 -s -D "$CLUSTER/data" -l "$CLUSTER/postgres.log" \
      8>&- 9>&- && return 0
    tail -n 25 "$CLUSTER/postgres.log"
    # After a crash the old processes may need a moment to leave; a port may be taken in between.
    start_round=$((start_round + 1))
    [ "$start_round" -lt 5 ] || return 1
    sleep 1
  done
}

# Run at every start: whatever an interrupted first start left out is made up for.
prepare_database() {
  for role_file in database-password database-app-password; do
    [ -s "$DATA/secrets/$role_file" ] || random_hex 24 | put "$DATA/secrets/$role_file" || return 1
  done
  PGPASSWORD=$(cat "$CLUSTER/superuser-password") "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 \
    -h 127.0.0.1 -p "$DATABASE_PORT" -U postgres -d postgres <<SQL
SET client_min_messages = warning;
SET log_min_error_statement = panic;
SELECT 'CREATE ROLE gridline' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gridline') \gexec
ALTER ROLE gridline LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
  PASSWORD '$(cat "$DATA/secrets/database-password")';
SELECT 'CREATE ROLE gridline_app' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gridline_app') \gexec
ALTER ROLE gridline_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
  PASSWORD '$(cat "$DATA/secrets/database-app-password")';
GRANT pg_read_all_stats TO gridline_app;
SELECT 'CREATE DATABASE gridline OWNER gridline TEMPLATE template0'
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'gridline') \gexec
REVOKE ALL ON DATABASE gridline FROM PUBLIC;
GRANT CONNECT ON DATABASE gridline TO gridline_app;
\connect gridline
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS postgis;
SQL
}

bring_cluster_up() {
  create_cluster || return 1
  find_postmaster || start_postmaster || return 1
  prepare_database
}

# gridline owns the tables; the server works as gridline_app, which can't change history.
name_database() { # sets DATABASE_URL and DATABASE_OWNER_URL, for DATABASE_PORT
  DATABASE_OWNER_URL=postgresql://gridline:$(cat "$DATA/secrets/database-password")@127.0.0.1:$DATABASE_PORT/gridline
  DATABASE_URL=postgresql://gridline_app:$(cat "$DATA/secrets/database-app-password")@127.0.0.1:$DATABASE_PORT/gridline
}

start_cluster() { # sets DATABASE_URL and DATABASE_OWNER_URL
  place_cluster || die "cannot make the database's folder $CLUSTER"
  if [ -f "$CLUSTER/data/PG_VERSION" ]; then
    cluster_release=$(cat "$CLUSTER/data/PG_VERSION")
    find_pg_bin "$cluster_release" ||
      die "the database in $CLUSTER was made by PostgreSQL $cluster_release, whose programs with PostGIS are not installed any more"
  fi
  step "Starting the database" "$LOGS/database.log" bring_cluster_up || {
    stop_cluster
    exit 1
  }
  find_postmaster || die "the database ended right after its start; see $CLUSTER/postgres.log"
  name_database
}

stop_cluster() { # true when there was something to stop
  find_cluster && find_postmaster || return 1
  # INT is PostgreSQL's fast shutdown: open transactions are rolled back, nothing committed is lost.
  kill -INT "$POSTMASTER" || die "may not stop the database (process $POSTMASTER)"
  wait_for_end "$POSTMASTER" 60 || { kill -QUIT "$POSTMASTER" && wait_for_end "$POSTMASTER" 15; }
}
