# shellcheck shell=sh
# Backup of a running city and its return to any moment since: base backups beside an archive of the write-ahead log.
# BACKUP/bases/TIME holds a copy of the database, its secrets and anchors; BACKUP/wal the log, a piece a minute at most.

usage_backup() {
  cat <<'TEXT'
./gridline backup [--to DIR] [--keep N] [--data DIR]

Copies the private database of a data folder, with its secrets and anchors, into DIR/bases, while it runs, and checks
the copy. From the first time on every change is archived in DIR/wal too, within a minute, so that restore can go back
to any moment after the oldest copy. Run it every night. 备份：每晚运行一次；此后的变更每分钟归档，可恢复到任一时刻。

  --to DIR    where the backups are; another disk than the data's. Default: where the last one went, else DATA/backup
  --keep N    so many copies stay, older ones and their log go; default 7

The copies hold the keys to personal data: guard DIR as you guard DATA. Exit code 0 done and checked, 1 failed.
TEXT
}

usage_restore() {
  cat <<'TEXT'
./gridline restore --from DIR [--to TIME] [--anchors FILE] --data NEW

Makes the data folder NEW from backups: the city as it was at TIME. Nothing else is touched; NEW must be empty or not
exist. Then proves the event log against its anchors, and gives it a new epoch, so that pages and indexes read it anew.
恢复：在新的数据目录中重建该时刻的全部数据，并核验事件链。

  --from DIR       what `./gridline backup --to DIR` made
  --to TIME        such as 2026-03-01T08:00:00+08:00; default: as late as the archive goes
  --anchors FILE   a later anchors.log than the copy's own, kept elsewhere

Start it with ./gridline up --data NEW. Exit code 0 restored and proven, 1 failed.
TEXT
}

command_backup() {
  BACKUP='' KEEP=7 DATA=''
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) usage_backup; return 0 ;;
      --to | --keep | --data)
        [ $# -ge 2 ] && [ -n "$2" ] || wrong_arguments backup "$1 wants a value"
        case $1 in --to) BACKUP=$2 ;; --keep) KEEP=$2 ;; --data) DATA=$2 ;; esac
        shift 2
        ;;
      *) wrong_arguments backup "backup does not know '$1'" ;;
    esac
  done
  case $KEEP in '' | *[!0-9]* | 0* | ?????*) wrong_arguments backup "--keep wants a number from 1 to 9999" ;; esac
  [ -z "${GRIDLINE_DATABASE_URL:-}" ] || die "a database of your own is backed up by its own means (pgBackRest, Barman …)"
  absolute_data
  name_data
  LOGS=$DATA/log
  umask 077
  trap 'stop_ticker; give_cluster_back' EXIT
  trap 'stop_ticker; exit 130' INT TERM HUP
  BORROWED=no
  borrow_cluster
  [ -n "$BACKUP" ] || BACKUP=$(cat "$CLUSTER/archive-to" 2>/dev/null)
  [ -n "$BACKUP" ] || BACKUP=$DATA/backup
  # A second one at the same time would prune what the first is making.
  lock 8 "$CLUSTER/backup.lock"
  open_backup
  find_pg_bin "$(cat "$CLUSTER/data/PG_VERSION")" || die "the programs of this database's PostgreSQL are not installed"
  archive_from_now
  base=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  step "Copying the database" "$LOGS/backup.log" copy_base "$base" || exit 1
  prune_bases
  say "Backup $BACKUP/bases/$base ($(du -sh "$BACKUP/bases/$base" | cut -f1)); $(ls "$BACKUP/bases" | wc -l | tr -d ' ') kept."
}

# The database's user writes the log there.
open_backup() {
  case $BACKUP in /*) ;; *) BACKUP=$(pwd)/$BACKUP ;; esac
  mkdir -p "$BACKUP/bases" "$BACKUP/wal" || die "cannot write to $BACKUP"
  BACKUP=$(cd -- "$BACKUP" && pwd -P) || exit 1
  if am_root; then
    chown "$CLUSTER_USER" "$BACKUP/wal" "$BACKUP/bases" && chmod 711 "$BACKUP" || exit 1
    as_cluster_user test -w "$BACKUP/wal/." ||
      die "user $CLUSTER_USER may not enter $BACKUP; open its parent folders to others (chmod o+x) or choose another --to"
  fi
}

archive_from_now() {
  [ "$(cat "$CLUSTER/archive-to" 2>/dev/null)" = "$BACKUP" ] || printf '%s\n' "$BACKUP" | give "$CLUSTER/archive-to" || exit 1
  [ "$(ask_database "SELECT current_setting('archive_mode')")" = on ] ||
    die "this database was started by an older Gridline; first: ./gridline down, then up"
}

ask_database() { # SQL : as the superuser, in the city's database
  PGPASSWORD=$(cat "$CLUSTER/superuser-password") "$PG_BIN/psql" -X -A -t -q -v ON_ERROR_STOP=1 \
    -h 127.0.0.1 -p "$DATABASE_PORT" -U postgres -d gridline -c "$1"
}

copy_base() { # NAME
  part=$BACKUP/bases/.new
  rm -rf "$part" || return 1
  mkdir "$part" || return 1
  if am_root; then chown "$CLUSTER_USER" "$part" || return 1; fi
  PGPASSWORD=$(cat "$CLUSTER/superuser-password")
  export PGPASSWORD
  as_cluster_user "$PG_BIN/pg_basebackup" -h 127.0.0.1 -p "$DATABASE_PORT" -U postgres -D "$part/data" \
    --wal-method=stream --checkpoint=fast --manifest-checksums=SHA256 --label="gridline $1" || return 1
  unset PGPASSWORD
  as_cluster_user "$PG_BIN/pg_verifybackup" "$part/data" || return 1
  cp -p "$CLUSTER/superuser-password" "$part/" || return 1
  cp -Rp "$DATA/secrets" "$part/secrets" || return 1
  [ ! -f "$DATA/anchors.log" ] || cp -p "$DATA/anchors.log" "$part/" || return 1
  date -u +%Y-%m-%dT%H:%M:%S.%6NZ >"$part/usable-from" || return 1
  sync
  mv "$part" "$BACKUP/bases/$1"
}

prune_bases() {
  ls "$BACKUP/bases" | sort -r | tail -n +$((KEEP + 1)) | while read -r old; do rm -rf "${BACKUP:?}/bases/$old"; done
  oldest=$(ls "$BACKUP/bases" | sort | head -n 1)
  first=$(sed -n 's/^START WAL LOCATION: .* (file \([0-9A-F]*\))$/\1/p' "$BACKUP/bases/$oldest/data/backup_label")
  [ -z "$first" ] || "$PG_BIN/pg_archivecleanup" -x .gz "$BACKUP/wal" "$first"
}

# --- restore -------------------------------------------------------------------------------------

command_restore() {
  BACKUP='' UNTIL='' ANCHORS='' DATA=''
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) usage_restore; return 0 ;;
      --from | --to | --anchors | --data)
        [ $# -ge 2 ] && [ -n "$2" ] || wrong_arguments restore "$1 wants a value"
        case $1 in --from) BACKUP=$2 ;; --to) UNTIL=$2 ;; --anchors) ANCHORS=$2 ;; --data) DATA=$2 ;; esac
        shift 2
        ;;
      *) wrong_arguments restore "restore does not know '$1'" ;;
    esac
  done
  [ -n "$BACKUP" ] || wrong_arguments restore "--from is missing"
  [ -n "$DATA" ] || wrong_arguments restore "--data is missing: a new folder"
  [ -d "$BACKUP/bases" ] || die "no backups in $BACKUP"
  BACKUP=$(cd -- "$BACKUP" && pwd -P) || exit 1
  moment=''
  if [ -n "$UNTIL" ]; then
    moment=$(date -u -d "$UNTIL" +%Y-%m-%dT%H:%M:%S.%6NZ 2>/dev/null) ||
      wrong_arguments restore "'$UNTIL' is no time; such as 2026-03-01T08:00:00+08:00"
  fi
  [ -z "$ANCHORS" ] || [ -r "$ANCHORS" ] || die "cannot read $ANCHORS"
  absolute_data
  [ ! -e "$DATA" ] || [ -z "$(ls -A "$DATA")" ] || die "$DATA is not empty; restore makes a new data folder"
  choose_base
  open_data
  LOGS=$DATA/log
  umask 077
  lock 9 "$DATA/run/lock"
  trap 'stop_ticker' EXIT
  trap 'stop_ticker; exit 130' INT TERM HUP
  find_pg_bin "$(cat "$base/data/PG_VERSION")" ||
    die "the backup was made by PostgreSQL $(cat "$base/data/PG_VERSION"), whose programs are not installed"
  place_cluster || die "cannot make the database's folder $CLUSTER"
  step "Copying the backup of $(basename "$base")" "$LOGS/restore.log" lay_base || abandon
  step "Replaying the log${UNTIL:+ until $UNTIL}" "$LOGS/restore.log" replay_log || abandon
  unlock 9
  "$ROOT/gridline" audit verify --data "$DATA" || die "the restored log is not whole; see above"
  lock 9 "$DATA/run/lock"
  begin_epoch || die "the log could not be given a new epoch"
  say "Restored to $DATA. Start it with: ./gridline up --data $DATA"
}

choose_base() { # sets base: the newest that was complete by then
  base=''
  for candidate in "$BACKUP"/bases/*; do
    [ -s "$candidate/usable-from" ] || continue
    # Times of this one form sort as texts.
    if [ -z "$moment" ] || [ "$(printf '%s\n%s\n' "$(cat "$candidate/usable-from")" "$moment" | sort | head -n 1)" != "$moment" ] ||
      [ "$(cat "$candidate/usable-from")" = "$moment" ]; then base=$candidate; fi
  done
  [ -n "$base" ] || die "no backup is older than $UNTIL; the oldest: $(ls "$BACKUP/bases" | head -n 1)"
}

# The folder was empty or not there, so all that is in it was made by us.
abandon() {
  stop_cluster
  rm -rf "$CLUSTER" "${DATA:?}"
  die "nothing was restored, and $DATA is gone again"
}

lay_base() {
  cp -Rp "$base/secrets/." "$DATA/secrets/" || return 1
  cp -p "$base/superuser-password" "$CLUSTER/superuser-password" || return 1
  anchors=${ANCHORS:-$base/anchors.log}
  if [ -f "$anchors" ]; then
    # What was anchored later belongs to a log that is not there any more.
    awk -v until="$moment" 'until == "" || substr($1, 1, 19) <= substr(until, 1, 19)' "$anchors" | put "$DATA/anchors.log" || return 1
  fi
  rm -rf "$CLUSTER/data.new" && cp -Rp "$base/data" "$CLUSTER/data.new" || return 1
  if am_root; then chown -R "$CLUSTER_USER" "$CLUSTER" || return 1; fi
  chmod 700 "$CLUSTER/data.new" && mv "$CLUSTER/data.new" "$CLUSTER/data"
}

replay_log() {
  # The archive may be closed to the database's user, and stays as it is.
  mkdir "$CLUSTER/restored-wal" && cp "$BACKUP/wal/"*.gz "$CLUSTER/restored-wal/" 2>/dev/null
  if am_root; then chown -R "$CLUSTER_USER" "$CLUSTER/restored-wal"; fi
  {
    echo "restore_command = 'test -f \"../restored-wal/%f.gz\" && gunzip -c \"../restored-wal/%f.gz\" > \"%p\"'"
    [ -z "$moment" ] || echo "recovery_target_time = '$(printf '%s' "$moment" | sed 's/T/ /; s/Z$/+00/')'"
    echo "recovery_target_action = 'promote'"
  } | give "$CLUSTER/data/postgresql.auto.conf" || return 1
  : | give "$CLUSTER/data/recovery.signal" || return 1
  if ! start_postmaster; then
    grep -q "before configured recovery target was reached" "$CLUSTER/postgres.log" &&
      echo "The archive does not reach $UNTIL. Its newest piece is of $(ls -t "$BACKUP/wal" | head -n 1 | xargs -I{} date -u -r "$BACKUP/wal/{}")."
    return 1
  fi
  find_postmaster || return 1
  until [ "$(ask_database 'SELECT pg_is_in_recovery()')" = f ]; do
    find_postmaster || { tail -n 20 "$CLUSTER/postgres.log"; return 1; }
    sleep 0.5
  done
  : | give "$CLUSTER/data/postgresql.auto.conf" || return 1
  rm -rf "$CLUSTER/restored-wal"
  stop_cluster
}

# What pages and indexes have read of the log may not be in it any more.
begin_epoch() {
  start_cluster
  ask_database "UPDATE seal_head SET epoch = '$(random_hex 8)'" || return 1
  stop_cluster
}
