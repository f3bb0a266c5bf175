# shellcheck shell=sh
# Benchmarks: built apart from the server, with a database of their own under target/, so that they touch nobody's data.

usage_bench() {
  cat <<'TEXT'
./gridline bench [routing|timers|lifecycle|intake|burst|live|audit|storm] [options]

Measures Gridline against its peers in the same run: a table, and one JSON object as the last line.
A benchmark is no test; on a busy machine look at the ratios only. 性能测试：与同类软件在同一次运行中对比。

  routing   points into polygons, against JTS, S2, PostGIS and a bare table read (20–40 minutes)
    --warm SECONDS   how long each measured path runs before it is measured; default 20
    --set NAME       only data sets whose name holds this; may be repeated
    --exhaustive     measures nothing, compares 100 million points with exact arithmetic instead; goes on
                     where it was interrupted, unless the sources have changed

  timers    clocks that run out, against a bare SKIP LOCKED loop that writes the same rows (5–10 minutes):
            rate, lag of two nodes with a million clocks pending, a node that is killed
    --tickets N      with three running clocks each; default 334000
    --due N          clocks that come due at once; default 10000
    --rounds N       rounds of A B B A; default 7
    --warm SECONDS   as above

  lifecycle a ticket's whole life, against Flowable with full history and against pgbench sending the same
            statements (6 minutes)
    --slice SECONDS  how long each side works in a round, about; default 3
    --rounds N       rounds of A B B A; default 7
    --warm SECONDS   as above

  intake    reports that become tickets, located and routed, over HTTP and without, against pgbench sending the same
            statement (10 minutes): rate, commits, one in flight, open loop at half and at full rate
    --slice SECONDS  how long each side works in a round, about; default 3
    --open SECONDS   how long each rate is offered; default 20
    --big TICKETS    fills up to so many (10000000 for P15) and measures a report's cost again
    --rounds N       rounds of A … F F … A; default 7
    --warm SECONDS   as above

  burst     ten times as many reports over HTTP as the server is set to take (3 minutes): what it still takes, how soon
            it refuses, what urgent reports wait, when everything is as before
    --limit N        reports a second that the server takes; default 1000
    --rate N         reports a second that are offered; default 10000
    --seconds SECONDS  how long; default 60. --idle SECONDS: urgent ones alone before; default 20
    --connections N  over which they come, kept; default 256
    --warm SECONDS   as above

  live      the live feed against bare Vert.x that broadcasts the same messages (6 minutes): rate, lateness at half
            of it, heap a socket, bytes an update, readers at a byte a second
    --sockets N      for the heap; the others with at most 8000, since both sides' are open at once; default 15000
    --slice SECONDS  how long each side works in a round, about; default 3
    --open SECONDS   how long half the rate is offered; default 20
    --slow N         slow readers; default 1000
    --rounds N       rounds of A B B A; default 7
    --warm SECONDS   as above

  audit     checking the whole log, against a plain reading of the same rows (4 minutes)
    --tickets N      with six events each; default 100000
    --rounds N       rounds of A B B A; default 7
    --warm SECONDS   as above

  storm     the calls of a snowstorm by HTTP to a whole server, with live maps reading along: every call a
            ticket, how late the maps are, what grows (25 minutes)
    --times N        how many times faster than it happened; default 60
    --screens N      live maps; default 40
    --soak MINUTES   afterwards so long at half of what it takes; default 0

  --data DIR         where the ledger of a long run is kept; default var/

Test data: GRIDLINE_TEST_DATA, default ../shared/data. With GRIDLINE_DATABASE_URL a server of your own is measured,
by a superuser and in databases that are dropped again. Exit code 0 measured, 1 an answer was wrong, 2 wrong arguments.
TEXT
}

build_bench() {
  umask "$CALLERS_UMASK"
  cd "$ROOT" && mvn -q -B -DskipTests -Dspotless.check.skip=true -pl bench -am package
}

# A commit, with + when something was changed since.
describe_sources() {
  bench_commit=$(git -C "$ROOT" rev-parse --short HEAD 2>/dev/null) || { printf 'unknown+\n'; return; }
  [ -z "$(git -C "$ROOT" status --porcelain 2>/dev/null)" ] || bench_commit=$bench_commit+
  printf '%s\n' "$bench_commit"
}

command_bench() {
  bench_name=routing
  case ${1:-} in
    -h | --help) usage_bench; return 0 ;;
    --*) ;;
    '') [ $# -eq 0 ] || shift ;;
    *) bench_name=$1; shift ;;
  esac
  case $bench_name in
    routing) bench_class=routing.RoutingBench ;;
    timers) bench_class=timers.TimersBench ;;
    lifecycle) bench_class=lifecycle.LifecycleBench ;;
    intake) bench_class=intake.IntakeBench ;;
    burst) bench_class=burst.BurstBench ;;
    live) bench_class=live.LiveBench ;;
    audit) bench_class=audit.AuditBench ;;
    storm) bench_class=storm.StormBench ;;
    *) wrong_arguments bench "there is no benchmark '$bench_name'; there are: routing, timers, lifecycle, intake, burst, live, audit, storm" ;;
  esac
  bench_left=$# bench_database=yes DATA=''
  while [ "$bench_left" -gt 0 ]; do
    bench_left=$((bench_left - 1))
    case $1 in
      -h | --help) usage_bench; return 0 ;;
      --data=*) DATA=${1#*=} ;;
      --data)
        [ "$bench_left" -gt 0 ] || wrong_arguments bench "--data wants a value"
        DATA=$2
        bench_left=$((bench_left - 1))
        shift
        ;;
      --exhaustive) bench_database=no; set -- "$@" "$1" ;;
      *) set -- "$@" "$1" ;;
    esac
    shift
  done
  absolute_data
  bench_ledger=$DATA
  {
    BORROWED=no
    trap 'stop_ticker; give_cluster_back' EXIT
    trap 'stop_ticker; exit 130' INT TERM HUP
    DATA=$ROOT/target/bench
    umask 077
    open_data
    lock 9 "$DATA/run/lock"
    find_jdk
    if [ "$bench_database" = yes ] && [ -z "${GRIDLINE_DATABASE_URL:-}" ]; then
      ensure_tools postgres maven
      BORROWED=yes
      # Peers with connections of their own stand beside a whole server.
      CLUSTER_CONNECTIONS=150
      start_cluster
      GRIDLINE_DATABASE_URL=postgresql://postgres:$(cat "$CLUSTER/superuser-password")@127.0.0.1:$DATABASE_PORT/postgres
    else
      ensure_tools maven
    fi
    step "Building the benchmarks" "$LOGS/build.log" build_bench || exit 1
  } >&2
  trap 'exit 130' INT TERM HUP
  GRIDLINE_DATA=$bench_ledger
  GRIDLINE_CITIES=$ROOT/config/cities
  GRIDLINE_COMMIT=$(describe_sources)
  GRIDLINE_DATABASE_URL=${GRIDLINE_DATABASE_URL:-}
  [ -n "${PG_BIN:-}" ] || find_pg_bin || :
  GRIDLINE_PG_BIN=${PG_BIN:-}
  export GRIDLINE_DATA GRIDLINE_CITIES GRIDLINE_COMMIT GRIDLINE_DATABASE_URL GRIDLINE_PG_BIN
  # shellcheck disable=SC2086
  "$JAVA_HOME/bin/java" $JAVA_FLAGS -Xmx6g -cp "$ROOT/bench/target/bench.jar" \
    "org.gridline.bench.$bench_class" "$@" 8>&- 9>&-
  bench_code=$?
  give_cluster_back
  return "$bench_code"
}
