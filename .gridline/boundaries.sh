# shellcheck shell=sh
# Commands about boundaries: check, import, grids. Each is a program beside the server, see programs.sh.

usage_boundaries() {
  cat <<'TEXT'
./gridline boundaries check FILE…    what is wrong with boundary files, and what would be repaired   检查边界文件
./gridline boundaries import FILE…   a new version of a layer into the running city                 导入新版本边界
./gridline boundaries grids …        draws unit grids over the communities of a city                划分单元网格

`./gridline boundaries COMMAND --help` explains one.
TEXT
}

usage_boundaries_check() {
  cat <<'TEXT'
./gridline boundaries check FILE… [--layer L] [--code FIELD] [--name FIELD] [--parent FIELD]
                                  [--crs EPSG:n|GCJ-02|BD-09|WGS84|CGCS2000] [--report FILE.geojson]
TEXT
}

usage_boundaries_import() {
  cat <<'TEXT'
./gridline boundaries import FILE --layer L --code FIELD [--name FIELD] [--parent FIELD]
                             [--crs EPSG:n|GCJ-02|BD-09|WGS84|CGCS2000] [--valid-from DATE] [--layer-name TEXT]
                             [--note TEXT] [--dry-run] [--user U | --token T] [--url U] [--data DIR]

A new version of one layer into the running city: uploaded, checked, staged and compared in the background; prints what
was found and what would change (areas with m², open tickets, duties that would lead to nobody), then activates it.
Nothing of it holds before that, and it can be taken back. 将一层边界的新版本导入正在运行的城市。

  --layer L          the layer that is replaced; it keeps its name, its place and the pack's code rules. A new service
                     layer (police, road sections) needs --layer-name and goes before the others. 图层
  --code FIELD       the field that holds the code · 代码字段
  --name FIELD       the field that holds the name; without it codes serve as names · 名称字段
  --parent FIELD     the field that holds the parent's code · 上级代码字段
  --crs SYSTEM       the file's system, where the file does not say it or says it wrongly · 坐标系
  --valid-from DATE  from the beginning of that day in the city's time zone; without it from now on. Not before today
                     生效日期，缺省立即
  --dry-run          only look: nothing is activated · 只检查比较，不启用
  --user U           who does it; needs the permission manageBoundaries. A sample city has sysadmin1; elsewhere the
                     password is read from the environment, GRIDLINE_PASSWORD · 操作人
  --token T          a bearer token instead

Exit code 0 done, 1 refused or failed, 2 wrong arguments. docs/boundaries.md says how versions follow one another.
TEXT
}

usage_boundaries_grids() {
  cat <<'TEXT'
./gridline boundaries grids --communities FILE --code FIELD [--built-up FILE] [--area M2] [--digits 15|14]
                            [--crs …] [--out FILE]
TEXT
}

command_boundaries() {
  [ $# -gt 0 ] || { usage_boundaries >&2; return 2; }
  boundaries_command=$1
  shift
  case $boundaries_command in
    check) run_program boundaries_check org.gridline.gis.check.Check "$@" ;;
    import) run_program boundaries_import org.gridline.console.boundaries.Import "$@" ;;
    grids) run_program boundaries_grids org.gridline.gis.grids.MakeGrids "$@" ;;
    -h | --help) usage_boundaries ;;
    *) wrong_arguments boundaries "there is no '$boundaries_command'; there are: check import grids" ;;
  esac
}
