# shellcheck shell=sh
# Commands about the register of components (部件): a program beside the server, see programs.sh.

usage_components() {
  cat <<'TEXT'
./gridline components import FILE…   components into the register of the running city   导入部件

`./gridline components import --help` explains it.
TEXT
}

usage_components_import() {
  cat <<'TEXT'
./gridline components import FILE… [--crs SYSTEM] [--map OURS:THEIRS,…] [--encoding UTF-8|GB18030]
                             [--source TEXT] [--format csv|geojson|shapefile] [--url U] [--token T] [--data DIR]

Sends files of components (部件) to the running server and prints which rows it refused, with line and reason.
The other rows go on; the same file again changes nothing; what differs is updated and leaves history. A row
of an earlier day than the register's own last change does not undo it (kept). 导入部件登记册，可重复执行。

  FILE              CSV with a header line, or a GeoJSON FeatureCollection of points, plain or gzip; or a
                    shapefile of points, all its files in one .zip
  --crs SYSTEM      WGS84, CGCS2000, GCJ-02, BD-09 or EPSG:n; longitude (easting) comes first. Without it what
                    the file says (crs member, .prj), and WGS84 for CSV and GeoJSON that say nothing
  --map …           which of the file's fields is which of ours, when it does not call them so or by the
                    standard's names (GLBJBSM GLBJMC ZGBMDM ZGBMMC QSDWDM QSDWMC YHDWDM YHDWMC GLBJZT CSRQ
                    BGRQ SJLY BZ). Ours: code kind class name lon lat authority authority_name property
                    property_name maintenance maintenance_name state since changed source note synthetic
  --token T         send as the person of this token, who has the permission importComponents; a sample city
                    has its own
At most 128 MiB (512 MiB unpacked) and 500,000 rows a file. The last line for each file is one JSON object.
Exit codes: 0 every row taken, 1 not, 2 wrong arguments.
TEXT
}

command_components() {
  [ $# -gt 0 ] || { usage_components >&2; return 2; }
  components_command=$1
  shift
  case $components_command in
    import) run_program components_import org.gridline.console.components.Import "$@" ;;
    -h | --help) usage_components ;;
    *) wrong_arguments components "there is no '$components_command'; there is: import" ;;
  esac
}
