# shellcheck shell=sh
# The server of one data folder: up, down, status, logs. What runs is noted in DATA/run/server.

SERVER_LIMIT=${GRIDLINE_READY_SECONDS:-300}
STARTED=no

# --- the data folder -----------------------------------------------------------------------------

name_data() { # sets DATA to its real path, and LOGS
  if [ -d "$DATA" ]; then DATA=$(cd -- "$DATA" && pwd -P) || die "cannot enter the data folder $DATA"; fi
  LOGS=$DATA/log
}

open_data() { # makes the data folder, or checks that this one is ours
  if [ ! -f "$DATA/.gridline" ]; then
    mkdir -p "$DATA" || die "cannot make the data folder $DATA"
    name_data
    if [ -n "$(find "$DATA/." ! -name . -prune ! -name lost+found ! -name .gridline.new -print | head -n 1)" ]; then
      die "$DATA is neither empty nor a data folder of Gridline; choose another --data"
    fi
    # The database's own user must be able to walk through; everything inside is closed by itself.
    if am_root; then chmod 711 "$DATA"; else chmod 700 "$DATA"; fi || die "the data folder $DATA is not ours"
    echo "A data folder of Gridline. Start it with: gridline up --data THIS" | put "$DATA/.gridline" || exit 1
  fi
  name_data
  for folder in log run secrets; do
    [ -d "$DATA/$folder" ] || mkdir -m 700 "$DATA/$folder" || die "cannot write to the data folder $DATA"
  done
  [ -w "$DATA/run" ] || die "the data folder $DATA belongs to another user"
}

noted() { sed -n "s/^$1=//p" "$DATA/run/server" 2>/dev/null; } # KEY

find_server() { # sets SERVER (process), SERVER_PORT, SERVER_CITY; true while it runs
  SERVER=$(noted pid) SERVER_PORT=$(noted port) SERVER_CITY=$(noted city)
  SERVER_HOST=$(noted host) SERVER_HTTPS=$(noted https)
  [ -n "$SERVER" ] || return 1
  case $(process_line "$SERVER") in
    *" --data $DATA --pages "*) return 0 ;;
  esac
  return 1
}

# --- up ------------------------------------------------------------------------------------------

list_cities() {
  for city in "$ROOT"/config/cities/*/city.yaml; do
    if [ -f "$city" ]; then basename "$(dirname "$city")"; fi
  done | tr '\n' ' '
}

find_city() { # sets CITY_DIR
  [ -n "$CITY" ] || CITY=$(noted city)
  [ -n "$CITY" ] || CITY=qixia-sample
  case $CITY in
    */* | . | ..) CITY_DIR=$CITY ;;
    *) CITY_DIR=$ROOT/config/cities/$CITY ;;
  esac
  [ -f "$CITY_DIR/city.yaml" ] ||
    die "no city pack at $CITY_DIR (a folder with city.yaml). There are: $(list_cities)"
  CITY_DIR=$(cd -- "$CITY_DIR" && pwd -P) || exit 1
  case $CITY in */* | . | ..) CITY=$CITY_DIR ;; esac
}

refuse_taken_port() {
  ! port_taken "$PORT" ||
    die "port $PORT is in use by another program; free it or choose another with --port"
}

rotate_logs() {
  for rotated in 4 3 2 1; do
    [ ! -f "$LOGS/server.log.$rotated" ] || mv -f "$LOGS/server.log.$rotated" "$LOGS/server.log.$((rotated + 1))"
  done
  [ ! -f "$LOGS/server.log" ] || mv -f "$LOGS/server.log" "$LOGS/server.log.1"
}

JAVA_FLAGS='-XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow'

# The child notes its own process number before it becomes the server, so that one which was started
# is known even if the launcher is interrupted or killed at that moment.
# shellcheck disable=SC2016
NOTE_AND_RUN='
  note=$1 port=$2 city=$3 host=$4 https=$5; shift 5
  printf "pid=%s\nport=%s\ncity=%s\nhost=%s\nhttps=%s\n" "$$" "$port" "$city" "$host" "$https" >"$note.new" && mv -f "$note.new" "$note" && exec "$@"
'

# What was rehearsed with another build, another Java or other flags would be passed over at every start, without a word.
name_rehearsed() { # sets REHEARSED
  REHEARSED=$DATA/app/gridline-$({
    cat "$DATA/app/fingerprint"
    cat "$JAVA_HOME/release" 2>/dev/null || "$JAVA_HOME/bin/java" -version 2>&1
    say "$JAVA_FLAGS"
  } | $DIGEST | cut -c 1-16).aot
}

# A start spends most of its time loading and linking classes. One rehearsal a build keeps that work in a file beside
# the program (JEP 483, 514), which more than halves the time to readiness. Gridline also runs without it.
rehearse() {
  name_rehearsed
  [ ! -s "$REHEARSED" ] || return 0
  rm -f "$DATA/app/"*.aot "$DATA/app/"*.aot.new
  begin_step "Rehearsing the start, once a build"
  # shellcheck disable=SC2086
  GRIDLINE_DATABASE_URL=$DATABASE_URL GRIDLINE_DATABASE_OWNER_URL=$DATABASE_OWNER_URL sh -c "$NOTE_AND_RUN" sh "$DATA/run/server" "$PORT" "$CITY" "$reach" "$HTTPS_PORT" \
    "$JAVA_HOME/bin/java" $JAVA_FLAGS -XX:AOTCacheOutput="$REHEARSED.new" -jar "$DATA/app/gridline.jar" \
    --city "$CITY_DIR" --port "$PORT" --data "$DATA" --pages "$DATA/app/pages" ${HOST:+--host "$HOST"} \
    </dev/null >"$LOGS/rehearsal.log" 2>&1 8>&- 9>&- &
  rehearsing=$! rehearsed=no
  await_until=$(($(date +%s) + SERVER_LIMIT))
  while [ -n "$(process_line "$rehearsing")" ] && [ "$(date +%s)" -lt "$await_until" ]; do
    if http_get "$PORT" /health/ready >/dev/null; then rehearsed=yes; break; fi
    sleep 0.3
  done
  kill "$rehearsing" 2>/dev/null
  wait "$rehearsing" 2>/dev/null
  # One that failed half way writes down the half that it saw.
  if [ "$rehearsed" = yes ] && [ -s "$REHEARSED.new" ]; then
    mv -f "$REHEARSED.new" "$REHEARSED"
    end_step done
  else
    end_step "without a result; starts take longer (see $LOGS/rehearsal.log)"
  fi
}

start_server() {
  rotate_logs
  if have setsid; then apart='setsid'; else apart='nohup'; fi
  STARTED=yes
  fast=''
  if [ -s "$REHEARSED" ]; then fast="-XX:AOTCache=$REHEARSED"; fi
  # shellcheck disable=SC2086
  GRIDLINE_DATABASE_URL=$DATABASE_URL GRIDLINE_DATABASE_OWNER_URL=$DATABASE_OWNER_URL $apart sh -c "$NOTE_AND_RUN" sh "$DATA/run/server" "$PORT" "$CITY" "$reach" "$HTTPS_PORT" "$JAVA_HOME/bin/java" $JAVA_FLAGS \
    ${fast:+"$fast"} -jar "$DATA/app/gridline.jar" --city "$CITY_DIR" --port "$PORT" --data "$DATA" --pages "$DATA/app/pages" \
    ${HOST:+--host "$HOST"} ${HTTPS_PORT:+--https-port "$HTTPS_PORT"} \
    ${CERTIFICATE:+--certificate "$CERTIFICATE"} ${KEY:+--key "$KEY"} \
    </dev/null >"$LOGS/server.log" 2>&1 8>&- 9>&- &
  child=$!
}

await_ready() { # CHILD : until the server says so, has ended, or the limit is over
  begin_step "Starting the server"
  await_until=$(($(date +%s) + SERVER_LIMIT))
  while :; do
    if find_server; then
      if http_get "$SERVER_PORT" /health/ready >/dev/null; then end_step ready; return 0; fi
    elif [ -z "$(process_line "$1")" ]; then
      end_step "the server has ended"
      show_log_end "$LOGS/server.log"
      return 1
    fi
    if [ "$(date +%s)" -ge "$await_until" ]; then
      end_step "not ready"
      warn "after $SERVER_LIMIT s the server still says: $(http_get "$PORT" /health/ready)"
      show_log_end "$LOGS/server.log"
      return 1
    fi
    sleep 0.3
  done
}

server_address() {
  if [ -n "$SERVER_HTTPS" ]; then
    printf 'https://%s:%s' "${SERVER_HOST:-127.0.0.1}" "$SERVER_HTTPS"
  else
    printf 'http://%s:%s' "${SERVER_HOST:-127.0.0.1}" "$SERVER_PORT"
  fi
}

show_address() {
  say ""
  say "Gridline: $(server_address)   (city $SERVER_CITY, data $DATA)"
  [ ! -s "$DATA/first-sign-in.txt" ] || cat "$DATA/first-sign-in.txt"
}

interrupted() {
  trap '' INT TERM HUP
  stop_ticker
  say ""
  if [ "$STARTED" = yes ]; then
    stop_all
    say "Stopped."
  else
    say "Interrupted. Nothing is broken: the same command goes on from here."
  fi
  exit 130
}

follow() { # in the foreground until Ctrl-C, or until the server ends by itself
  tail -n 0 -F "$LOGS/server.log" 2>/dev/null &
  follower=$!
  trap 'trap "" INT TERM HUP; kill $follower 2>/dev/null; say ""; say "Stopping…"; stop_all; say "Stopped."; exit 0' INT TERM HUP
  while find_server; do sleep 1; done
  kill "$follower" 2>/dev/null
  trap - INT TERM HUP
  if [ -f "$DATA/run/stopped" ]; then
    say "Stopped by ./gridline down."
    return 0
  fi
  warn "the server has ended by itself"
  show_log_end "$LOGS/server.log"
  stop_all
  return 1
}

command_up() {
  wanted_port=$PORT wanted_city=$CITY
  PORT=${PORT:-8080}
  name_data
  open_data
  trap interrupted INT TERM HUP
  trap stop_ticker EXIT
  umask 077
  lock 9 "$DATA/run/lock"
  if find_server; then
    [ -z "$wanted_port" ] || [ "$wanted_port" = "$SERVER_PORT" ] ||
      die "already running on port $SERVER_PORT; first: ./gridline down --data $DATA"
    if [ -n "$wanted_city" ]; then
      find_city
      [ "$CITY" = "$SERVER_CITY" ] ||
        die "already running with city $SERVER_CITY; first: ./gridline down --data $DATA"
    fi
    say "Gridline is already running (process $SERVER)."
    if ! http_get "$SERVER_PORT" /health/ready >/dev/null; then
      if [ -z "${GRIDLINE_DATABASE_URL:-}" ] && find_cluster; then start_cluster; fi
      PORT=$SERVER_PORT
      await_ready "$SERVER" || exit 1
    fi
    application_is_current ||
      say "The sources have changed since: ./gridline down, then up, to run them."
    show_address
    return 0
  fi
  find_city
  reach=$HOST
  case $HOST in '' | 0.0.0.0 | localhost) reach=127.0.0.1 ;; esac
  SERVER_HOST=$reach
  case $HTTPS_PORT$CERTIFICATE$KEY in
    '') ;;
    *)
      [ -n "$HTTPS_PORT" ] || wrong_arguments up "--certificate and --key want --https-port"
      [ -z "$CERTIFICATE" ] || [ -r "$CERTIFICATE" ] || die "cannot read the certificate $CERTIFICATE"
      [ -z "$KEY" ] || [ -r "$KEY" ] || die "cannot read the key $KEY"
      ;;
  esac
  refuse_taken_port
  find_jdk
  set --
  if [ -z "${GRIDLINE_DATABASE_URL:-}" ]; then set -- postgres; fi
  if application_is_current; then
    ensure_tools "$@"
  else
    ensure_tools "$@" maven node
    build "$SOURCES" "$DATA/app"
  fi
  rm -f "$DATA/run/stopped"
  STARTED=yes
  if [ -n "${GRIDLINE_DATABASE_URL:-}" ]; then
    DATABASE_URL=$GRIDLINE_DATABASE_URL DATABASE_OWNER_URL=${GRIDLINE_DATABASE_OWNER_URL:-}
  else
    start_cluster
  fi
  refuse_taken_port
  rehearse
  start_server
  await_ready "$child" || { stop_all; exit 1; }
  show_address
  unlock 9
  if [ "$DETACH" = yes ]; then
    say "Stop it with: ./gridline down$(data_option)"
  else
    say "Ctrl-C stops it. What follows is its log."
    follow
  fi
}

data_option() { [ "$DATA" = "$ROOT/var" ] || printf ' --data %s' "$DATA"; }

# --- down ----------------------------------------------------------------------------------------

stop_server() { # true when there was something to stop
  find_server || return 1
  kill -TERM "$SERVER" || die "may not stop the server (process $SERVER)"
  if ! wait_for_end "$SERVER" 15; then
    warn "the server did not end within 15 s; killing it (what it had confirmed is in the database)"
    kill -KILL "$SERVER"
    wait_for_end "$SERVER" 15
  fi
}

stop_all() {
  stopped=''
  if stop_server; then stopped="server"; fi
  if stop_cluster; then stopped="${stopped:+$stopped and }database"; fi
}

command_down() {
  name_data
  [ -f "$DATA/.gridline" ] || { say "Nothing is running: $DATA is not a data folder of Gridline."; return 0; }
  lock 9 "$DATA/run/lock"
  : >"$DATA/run/stopped"
  stop_all
  if [ -n "$stopped" ]; then say "Stopped: $stopped."; else say "Nothing was running."; fi
}

# --- status and logs -----------------------------------------------------------------------------

read_status() { # sets RUNNING, READY, HEALTH (one line, or nothing)
  RUNNING=false READY=false HEALTH='' SERVER='' SERVER_PORT='' SERVER_CITY='' DATABASE_PORT=''
  if find_server; then
    RUNNING=true
    if HEALTH=$(http_get "$SERVER_PORT" /health/ready); then READY=true; fi
    HEALTH=$(printf '%s' "$HEALTH" | tr '\n' ' ')
  fi
  if [ -n "${GRIDLINE_DATABASE_URL:-}" ] || ! find_cluster || ! find_postmaster; then DATABASE_PORT=''; fi
}

status_json() {
  case $HEALTH in '{'*'}' | '{'*'} ') ;; *) HEALTH=null ;; esac
  json_address=null json_signs=null
  [ "$RUNNING" = false ] || json_address="\"$(server_address)\""
  if [ -s "$DATA/first-sign-in.txt" ]; then
    json_signs="[$(grep -v '^[[:space:]]*$' "$DATA/first-sign-in.txt" | json_lines | paste -s -d , -)]"
  fi
  json_city=null
  [ -z "$SERVER_CITY" ] || json_city=$(json_string "$SERVER_CITY")
  [ "$RUNNING" = true ] || SERVER=''
  printf '{"running":%s,"ready":%s,"address":%s,"health":%s,"pid":%s,"databasePort":%s,"city":%s,"data":%s,"log":%s,"signIns":%s}\n' \
    "$RUNNING" "$READY" "$json_address" "$HEALTH" "${SERVER:-null}" "${DATABASE_PORT:-null}" "$json_city" \
    "$(json_string "$DATA")" "$(json_string "$LOGS/server.log")" "$json_signs"
}

status_text() {
  if [ "$RUNNING" = false ]; then
    say "Gridline is not running (data $DATA)."
    [ -z "$DATABASE_PORT" ] || say "Its database is: port $DATABASE_PORT."
    return
  fi
  if [ "$READY" = true ]; then say "health    ready"; else say "health    NOT READY"; fi
  [ -z "$HEALTH" ] || say "          $HEALTH"
  say "address   $(server_address)"
  say "process   $SERVER"
  if [ -n "$DATABASE_PORT" ]; then
    say "database  127.0.0.1:$DATABASE_PORT"
  else
    say "database  not one of this launcher's (GRIDLINE_DATABASE_URL)"
  fi
  say "city      $SERVER_CITY"
  say "data      $DATA"
  say "log       $LOGS/server.log"
  [ ! -s "$DATA/first-sign-in.txt" ] || cat "$DATA/first-sign-in.txt"
}

command_status() {
  name_data
  read_status
  if [ "$JSON" = yes ]; then status_json; else status_text; fi
  if [ "$READY" = true ]; then return 0; fi
  if [ "$RUNNING" = true ]; then return 1; fi
  return 3
}

command_logs() {
  name_data
  [ -f "$LOGS/server.log" ] || die "no log yet at $LOGS/server.log"
  exec tail -n 100 -F "$LOGS/server.log"
}
