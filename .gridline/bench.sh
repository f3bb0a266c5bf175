# shellcheck shell=sh
# Benchmarks: built apart from the server, with a database of their own under target/, so that they touch nobody's data.

usage_bench() {
  cat <<'TEXT'
./gridline bench [routing] [options]

Measures Gridline against its peers in the same run: a table, and one JSON object as the last line.
A benchmark is no test; on a busy machine look at the ratios only. 性能测试：与同类软件在同一次运行中对比。

  routing   points into polygons, against JTS, S2, PostGIS and a bare table read (20–40 minutes)
    --warm SECONDS   how long each measured path runs before it is measured; default 20
    --set NAME       only data sets whose name holds this; may be repeated
    --exhaustive     measures nothing, compares 100 million points with exact arithmetic instead; goes on
                     where it was interrupted, unless the sources have changed
  --data DIR         where the ledger of a long run is kept; default var/

Test data: GRIDLINE_TEST_DATA, default ../shared/data. Exit code 0 measured, 1 an answer was wrong, 2 wrong arguments.
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
  case ${1:-routing} in
    routing) [ $# -eq 0 ] || shift ;;
    --*) ;;
    -h | --help) usage_bench; return 0 ;;
    *) wrong_arguments bench "there is no benchmark '$1'; there is: routing" ;;
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
      start_cluster
      GRIDLINE_DATABASE_URL=$DATABASE_URL
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
  export GRIDLINE_DATA GRIDLINE_CITIES GRIDLINE_COMMIT GRIDLINE_DATABASE_URL
  # shellcheck disable=SC2086
  "$JAVA_HOME/bin/java" $JAVA_FLAGS -Xmx6g -cp "$ROOT/bench/target/bench.jar" \
    org.gridline.bench.routing.RoutingBench "$@" 8>&- 9>&-
  bench_code=$?
  give_cluster_back
  return "$bench_code"
}
