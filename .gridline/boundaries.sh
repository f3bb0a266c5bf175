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
./gridline boundaries import FILE --layer L --code FIELD --name FIELD [--parent FIELD]
                             [--crs EPSG:n|GCJ-02|BD-09|WGS84|CGCS2000] [--valid-from DATE] [--dry-run]
                             [--url U] [--token T] [--data DIR]
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
