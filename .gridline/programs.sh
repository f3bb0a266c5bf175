# shellcheck shell=sh
# Commands that are programs of their own beside the server: their standard output belongs to them alone.
# They find in the environment: GRIDLINE_DATA, GRIDLINE_URL (of the running server, else empty),
# GRIDLINE_CITIES, GRIDLINE_TEST_DATA and, for audit, GRIDLINE_DATABASE_URL.

usage_locate() {
  cat <<'TEXT'
./gridline locate --boundaries FILE --code FIELD [--crs EPSG:n|GCJ-02|BD-09|WGS84|CGCS2000]
                  [--points-crs …] [--suspect LON,LAT]…

Needs no server and no database. Reads CSV `id,lon,lat` from standard input and writes CSV `id,code,flag`,
one row for each row in the same order. 读入坐标，输出所在区域代码与标志，逐行对应，不需要服务器。

  --boundaries FILE    polygons: GeoJSON (plain or gzip), shapefile, GeoPackage · 边界文件
  --code FIELD         the property that holds the code · 代码所在的属性
  --crs SYSTEM         system of the polygon file; without it the file's own crs member, else WGS 84.
                       Numbers that are no degrees are refused until it is said. 边界文件的坐标系
  --points-crs SYSTEM  system of the points; without it WGS 84. Longitude (easting) comes first.
                       点的坐标系，缺省 WGS 84，经度在前
  --suspect LON,LAT    a point that some program writes when it knows no place; may be repeated
                       已知的“默认坐标”，可重复

flag: ok; edge (a boundary is nearer than 1 m; the code is still certain by rule); outside (code is empty);
suspect (0,0, whole degrees, a --suspect point, or outside as said but inside with axes swapped or as GCJ-02,
BD-09). Where areas overlap the lowest code owns the point.
A first row that names the columns (id,lon,lat, in any order) is a header, and is answered by one. Ids may be
quoted and hold commas; they are given back as written. A row without two numbers is answered `id,,suspect`
and named on standard error, and never ends the run. Broken polygons are repaired by the import's rule
(at most 1 % and 1,000 m² of one) and reported on standard error, at the end with the sums and with points
that carry far more rows than chance. 坏行不中断；修复情况、汇总和疑似默认坐标写到标准错误。
Exit code 0 done, 1 the boundaries can't be used, 2 wrong arguments.
TEXT
}

usage_replay() {
  cat <<'TEXT'
./gridline replay DIR [--url U] [--token T] [--rate N/s|xN|max] [--limit N] [--city NAME|DIR] [--data DIR]

Posts a folder of real tickets to a running Gridline in their order, goes on where it was interrupted, and
then prints how the answers compare with what the city itself had decided. 回放真实工单并比对。
The table's last line is one JSON object. The city pack's replay.yaml says how the file is read.

  --rate N/s|xN|max  rows a second, or the rhythm of the day N times faster; default max
  --limit N          the first N rows of the file
  --token T          send as the person of this token; a sample city has its own
  --city NAME|DIR    the pack, when more than one knows the folder
  --data DIR         where the running server and the ledger of answered rows are; default var/

Exit codes: 0 every row has its answer, 1 not (the same command goes on), 2 wrong arguments.
TEXT
}

usage_ring() {
  cat <<'TEXT'
./gridline ring --caller NUMBER --agent USER [--event NAME | --talk SECONDS] [--call ID] [--called NUMBER]
                [--url U] [--data DIR]

Rings at an agent's desk by a signed callback, as a telephone exchange would. 模拟一次来电。
Prints what the server said; exit code 0 when it took everything, 1 when it did not.

  --caller NUMBER   who calls, as an exchange would write it; `anonymous` for a withheld number
  --agent USER      whose phone it is: a login, or an extension of the pack's telephony.yaml
  --event NAME      ringing (default), unanswered, answered, held, resumed, transferred or ended
  --talk SECONDS    plays a whole call instead: ringing, answered, ended after so long
  --call ID         goes on with the call of this name, which an earlier ring printed
  --url U           another server than the one of the data folder, whose key is used all the same

docs/telephony.md says how a real exchange signs.
TEXT
}

usage_audit() {
  cat <<'TEXT'
./gridline audit verify [--data DIR] [--report FILE]… [--json]

Proves that the event log is whole: every event, chain and block, and every anchor of the data folder; and replays
each ticket's events to the state that its row tells. Reads only, also while the server runs; a database that is down
is started for the while. 核验事件链并重放到工单现状：只读，可在服务运行时进行。

  --report FILE   a daily report, or any text in which lines of anchors.log were kept elsewhere; a database that was
                  put back to yesterday is found by it even if the data folder was put back too · 另存的日报
  --json          nothing but the JSON on standard output

Progress on standard error; the last line of standard output is JSON. Exit code 0 intact, 1 broken (names the first
row, and the field where a ticket differs), 2 wrong arguments, 3 could not be checked.
TEXT
}

usage_calendar() {
  cat <<'TEXT'
./gridline calendar chinese-days.json FROM-YEAR TO-YEAR > calendar.csv

Writes a city pack's calendar.csv (holidays and shifted workdays) from the days that the npm package chinese-days
keeps: fetch it with `npm pack chinese-days`, its dist/chinese-days.json is the file. Needs neither server nor
database. 由 npm chinese-days 生成城市包的 calendar.csv。Exit code 0 written, 1 a year is missing, 2 wrong arguments.
TEXT
}

# A copy of its own, so that neither a later build nor a server of another build gets in its way.
take_program() { # sets PROGRAM to the folder of the built application
  if application_is_current; then
    PROGRAM=$DATA/app
    return
  fi
  PROGRAM=$BUILT/app
  [ "$SOURCES" != "$(cat "$PROGRAM/fingerprint" 2>/dev/null)" ] || return 0
  LOGS=$BUILT/log
  mkdir -p "$LOGS" || exit 1
  ensure_tools maven node
  build "$SOURCES" "$PROGRAM"
}

find_address() { # sets GRIDLINE_URL
  GRIDLINE_URL=''
  if find_server; then GRIDLINE_URL=http://${SERVER_HOST:-127.0.0.1}:$SERVER_PORT; fi
}

# The database of this data folder, brought up for the while of the command when it is down.
borrow_cluster() {
  BORROWED=no
  [ -z "${GRIDLINE_DATABASE_URL:-}" ] || return 0
  find_cluster || die "there is no database in the data folder $DATA"
  if ! find_postmaster; then
    LOGS=$DATA/log
    umask 077
    lock 9 "$DATA/run/lock"
    # Somebody else may have started it while we waited; what we did not start we do not stop.
    if ! find_postmaster; then
      BORROWED=yes
      start_cluster
    fi
  fi
  GRIDLINE_DATABASE_URL=postgresql://gridline:$(cat "$DATA/secrets/database-password")@127.0.0.1:$DATABASE_PORT/gridline
}

give_cluster_back() {
  [ "$BORROWED" = yes ] || return 0
  BORROWED=no
  stop_cluster >&2
}

run_program() { # COMMAND CLASS ARGUMENT…
  program_name=$1 program_class=$2 program_left=$(($# - 2)) DATA=''
  shift 2
  # Takes --data out and leaves the other arguments as they were typed.
  while [ "$program_left" -gt 0 ]; do
    program_left=$((program_left - 1))
    case $1 in
      -h | --help) "usage_$program_name"; return 0 ;;
      --data=*) DATA=${1#*=} ;;
      --data)
        [ "$program_left" -gt 0 ] || wrong_arguments "$program_name" "--data wants a value"
        DATA=$2
        program_left=$((program_left - 1))
        shift
        ;;
      *) set -- "$@" "$1" ;;
    esac
    shift
  done
  absolute_data
  name_data
  {
    BORROWED=no
    trap 'stop_ticker; give_cluster_back' EXIT
    trap 'stop_ticker; exit 130' INT TERM HUP
    find_jdk
    take_program
    find_address
    if [ "$program_name" = audit ]; then borrow_cluster; fi
  } >&2
  # Interrupted, the program ends first (the terminal tells it too), then what was borrowed is given back.
  trap 'exit 130' INT TERM HUP
  GRIDLINE_DATA=$DATA
  GRIDLINE_CITIES=$ROOT/config/cities
  export GRIDLINE_DATA GRIDLINE_URL GRIDLINE_CITIES GRIDLINE_DATABASE_URL
  # shellcheck disable=SC2086
  "$JAVA_HOME/bin/java" $JAVA_FLAGS -cp "$PROGRAM/gridline.jar" "$program_class" "$@" 8>&- 9>&-
  program_code=$?
  give_cluster_back
  return "$program_code"
}
