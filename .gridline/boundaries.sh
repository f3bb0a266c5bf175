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
./gridline boundaries check FILE… [--layer ID]… [--code FIELD]… [--name FIELD]… [--parent FIELD]…
                                  [--priority FIELD]… [--crs EPSG:n|GCJ-02|BD-09|WGS84|CGCS2000|WKT]… [--report FILE.geojson]

Needs no server and no database. Says what an import would say about boundary files: what is refused, what is
repaired, what somebody should look at; each with feature, reason, place and m². 检查边界文件，不需要服务器。

  FILE            GeoJSON (plain or gzip), a shapefile (.shp with its .dbf .prj .cpg beside it, or all in one .zip;
                  tables in UTF-8, GBK, GB18030, Big5) or a GeoPackage; told by content, not by name. Several
                  files are layers from coarse to fine, and are checked against each other too 多个文件由粗到细
  --layer ID      what the layer is called in the report · 图层名
  --code FIELD    the property that holds the code; without it all are listed and one is guessed · 代码属性
  --name FIELD, --parent FIELD
                  those of the name and of the parent's code. Without a parent, areas of several files are taken
                  to belong to the area above that holds a point inside them · 名称、上级代码属性
  --priority FIELD  that of a whole number: where areas overlap the lower one owns the ground · 优先级属性
  --crs SYSTEM    of the file, where it does not say it itself or says it wrongly; longitude or easting is first
  --report FILE   the findings as GeoJSON, to lay over the file in any map program · 结果写成 GeoJSON

With several files an option is said once for all, or once a file in their order.
Exit code 0 usable, 1 refused, 2 wrong arguments.
TEXT
}

usage_boundaries_import() {
  cat <<'TEXT'
./gridline boundaries import FILE --layer L --code FIELD [--name FIELD] [--parent FIELD]
                             [--priority FIELD] [--crs EPSG:n|GCJ-02|BD-09|WGS84|CGCS2000] [--valid-from DATE]
                             [--layer-name TEXT] [--note TEXT] [--dry-run] [--user U | --token T] [--url U] [--data DIR]

A new version of one layer into the running city: uploaded, checked, staged and compared in the background; prints what
was found and what would change (areas with m², open tickets, duties that would lead to nobody), then activates it.
Nothing of it holds before that, and it can be taken back. 将一层边界的新版本导入正在运行的城市。

  --layer L          the layer that is replaced; it keeps its name, its place and the pack's code rules. A new service
                     layer (police, road sections) needs --layer-name and goes before the others. 图层
  --code FIELD       the field that holds the code · 代码字段
  --name FIELD       the field that holds the name; without it codes serve as names · 名称字段
  --parent FIELD     the field that holds the parent's code · 上级代码字段
  --priority FIELD   the field with a whole number: where areas overlap the lower one owns the ground, then the lower
                     code; areas without a number come last · 优先级字段(小者优先)
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
./gridline boundaries grids --communities FILE --code FIELD [--name FIELD] [--built-up FILE] [--area M2]
                            [--digits 15|14] [--out FILE]

Draws unit grids (单元网格) over the communities of a city, only where land is built up if a file says where, and
numbers them inside each community from west to east, row by row from north to south. Writes GeoJSON in WGS 84.
在社区边界内（有建成区文件的，只在建成区）划分单元网格并编码，输出 WGS 84 的 GeoJSON。

  --communities FILE   polygons of the communities · 社区边界
  --code FIELD         its property with the community's code · 社区代码属性
  --name FIELD         its property with the name, for the names of grids · 社区名称属性
  --built-up FILE      built-up land; without it the whole ground is divided · 建成区
  --built-up-code FIELD  the property that tells its polygons apart (default code)
  --land-use FIELD --grade FIELD   its properties with 用地类别 and 管理等级, carried to the grids
  --area M2            the size that a grid should have (default 10000) · 目标面积
  --scrap SHARE        a piece below this share of it goes to a neighbour (default 0.4) · 碎块比例
  --digits 15|14       length of a grid's code (default 15), or --segments 6,3,3,3 · 编码位数
  --crs SYSTEM         of both files: EPSG:n, GCJ-02, BD-09, WGS84, CGCS2000 · 输入文件坐标系
  --plane EPSG:n       the projection to measure in; by default the place's CGCS2000 zone or UTM zone · 投影
  --out FILE           where to write, packed when it ends in .gz; standard output otherwise · 输出

A summary follows: number and sizes of the grids, scraps merged. Exit code 0 done, 1 the files can't be used,
2 wrong arguments.
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
