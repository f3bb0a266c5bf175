# shellcheck shell=sh
# Load with faults and a verdict: a server and a database of the run's own, so that nobody's data are touched.

usage_torture() {
  cat <<'TEXT'
./gridline torture [--minutes N] [--blows N] [--faults NAME,…] [--seed S] [--data DIR]

Starts a database and a server of its own, lets clients work in it who write down what they were told, injects faults
at random moments, and checks after each that nothing acknowledged was lost, doubled or changed, that the log can be
proved, that every ticket has its owner and its clocks, and that live map and search know what the database knows.
压力与故障注入:自建数据库与服务器,逐次核对,不触碰任何现有数据。

  --minutes N      how long; default 2. The fault that has begun is finished
  --blows N        so many faults at most
  --faults NAME,…  of these; without it all of them:
                     server     kill -9 of the server
                     database   kill -9 of PostgreSQL and all its processes
                     both       of both in one moment
                     commit     the connection cut at the commit: before it, on its way, before its answer
                     stop       the database or the server stands still for up to 12 seconds
                     disk       the database's disk is full (a small filesystem in memory; wants root)
                     slow       100 readers of the live feed that do not read
                     duplicate  the same report twelve times at once
                     clock      the time that the database tells jumps three hours (2 minutes each)
  --seed S         the same seed gives the same faults and the same requests; default 1
  --data DIR       where the sums of all runs are kept (torture.properties); default var/

A table, and one JSON object as the last line. Exit code 0 everything held, 1 something did not (ledger and logs
are kept and named), 2 wrong arguments. On a busy machine times say little.
TEXT
}

command_torture() {
  torture_left=$# DATA=''
  while [ "$torture_left" -gt 0 ]; do
    torture_left=$((torture_left - 1))
    case $1 in
      -h | --help) usage_torture; return 0 ;;
      --data=*) DATA=${1#*=} ;;
      --data)
        [ "$torture_left" -gt 0 ] || wrong_arguments torture "--data wants a value"
        DATA=$2
        torture_left=$((torture_left - 1))
        shift
        ;;
      --*=*) set -- "$@" "${1%%=*}" "${1#*=}" ;;
      *) set -- "$@" "$1" ;;
    esac
    shift
  done
  absolute_data
  torture_sums=$DATA
  {
    trap stop_ticker EXIT
    trap 'stop_ticker; exit 130' INT TERM HUP
    DATA=$ROOT/target/torture
    umask 077
    open_data
    lock 9 "$DATA/run/lock"
    find_jdk
    ensure_tools postgres maven node
    find_pg_bin '' || die "PostgreSQL's programs are not there"
    application_is_current || build "$SOURCES" "$DATA/app"
    step "Building the torture" "$LOGS/build.log" build_bench || exit 1
  } >&2
  trap 'exit 130' INT TERM HUP
  GRIDLINE_DATA=$torture_sums
  GRIDLINE_CITIES=$ROOT/config/cities
  GRIDLINE_COMMIT=$(describe_sources)
  GRIDLINE_PROGRAM=$DATA/app
  GRIDLINE_PG_BIN=$PG_BIN
  export GRIDLINE_DATA GRIDLINE_CITIES GRIDLINE_COMMIT GRIDLINE_PROGRAM GRIDLINE_PG_BIN
  # The database's own user walks through the folder of the run, which closes itself.
  umask 022
  # shellcheck disable=SC2086
  "$JAVA_HOME/bin/java" $JAVA_FLAGS -Xmx2g -cp "$ROOT/bench/target/bench.jar" \
    org.gridline.bench.torture.Torture "$@" 8>&- 9>&-
}
