# shellcheck shell=sh
# Finds what Gridline stands on (JDK, Maven, Node, PostgreSQL with PostGIS) and installs what it may.

JAVA_NEEDED=25
NODE_NEEDED=18
POSTGRES_NEEDED=15

# --- JDK -----------------------------------------------------------------------------------------

jdk_release() { # HOME : the feature release of a JDK, asked by running it; fails when there is none
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  "$1/bin/java" -version 2>&1 | sed -n 's/^[a-z]* version "\([0-9][0-9]*\).*/\1/p' | grep .
}

jdk_fits() { # HOME
  fits_release=$(jdk_release "$1") && [ "$fits_release" -ge "$JAVA_NEEDED" ]
}

find_jdk() { # sets JAVA_HOME and puts its programs first on PATH
  if [ -n "${GRIDLINE_JAVA_HOME:-}" ] && ! jdk_fits "$GRIDLINE_JAVA_HOME"; then
    warn "GRIDLINE_JAVA_HOME=$GRIDLINE_JAVA_HOME is not a JDK >= $JAVA_NEEDED; looking further"
  fi
  java_on_path=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  for jdk in "${GRIDLINE_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$java_on_path"; do
    if [ -z "$jdk" ] || ! jdk_fits "$jdk"; then continue; fi
    JAVA_HOME=$jdk
    PATH=$JAVA_HOME/bin:$PATH
    export JAVA_HOME PATH
    return 0
  done
  warn "no JDK >= $JAVA_NEEDED found. Looked at GRIDLINE_JAVA_HOME, JAVA_HOME, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks and PATH."
  if have apt-cache && [ -n "$(apt-cache search --names-only "^openjdk-$JAVA_NEEDED-jdk-headless\$" 2>/dev/null)" ]; then
    die "install it with: sudo apt-get install -y openjdk-$JAVA_NEEDED-jdk-headless"
  fi
  die "install JDK $JAVA_NEEDED (Temurin: https://adoptium.net/temurin/releases/?version=$JAVA_NEEDED), or unpack one and set GRIDLINE_JAVA_HOME to its folder"
}

# --- PostgreSQL ----------------------------------------------------------------------------------

pg_release() { # BIN : the major release, when PostGIS lies beside it
  [ -x "$1/postgres" ] && [ -x "$1/initdb" ] && [ -x "$1/psql" ] && [ -x "$1/pg_config" ] || return 1
  [ -f "$("$1/pg_config" --sharedir)/extension/postgis.control" ] || return 1
  "$1/postgres" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/' | grep .
}

find_pg_bin() { # [RELEASE] : sets PG_BIN to the newest that fits, or to exactly this release
  PG_BIN='' pg_best=0
  pg_on_path=$(pg_config --bindir 2>/dev/null)
  for pg_bin in "${GRIDLINE_PG_BIN:-}" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
    /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin "$pg_on_path"; do
    if [ -z "$pg_bin" ] || ! pg_found=$(pg_release "$pg_bin") || [ "$pg_found" -lt "$POSTGRES_NEEDED" ]; then continue; fi
    if [ -n "${1:-}" ] && [ "$pg_found" -ne "$1" ]; then continue; fi
    if [ "$pg_found" -gt "$pg_best" ]; then PG_BIN=$pg_bin pg_best=$pg_found; fi
    [ "$pg_bin" != "${GRIDLINE_PG_BIN:-}" ] || break
  done
  [ -n "$PG_BIN" ]
}

# --- what is there -------------------------------------------------------------------------------

have_postgres() { find_pg_bin ''; }
have_maven() { have mvn; }
have_chromium() { have chromium || have chromium-browser || have google-chrome; }
have_cjk_fonts() {
  if have fc-list; then [ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -n 1)" ]; else return 1; fi
}
have_node() {
  have npm || return 1
  node_release=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')
  [ "${node_release:-0}" -ge "$NODE_NEEDED" ]
}

in_words() { # TOOL
  case $1 in
    postgres) echo "PostgreSQL >= $POSTGRES_NEEDED with PostGIS >= 3.3 (or set GRIDLINE_PG_BIN to its programs, or GRIDLINE_DATABASE_URL to a running one)" ;;
    maven) echo "Maven >= 3.8.1" ;;
    node) echo "Node.js >= $NODE_NEEDED with npm" ;;
    chromium) echo "Chromium" ;;
    cjk_fonts) echo "fonts for Chinese (Noto Sans CJK)" ;;
  esac
}

# --- Debian and its kin --------------------------------------------------------------------------

deb_packages() { # TOOL : the names of its packages
  case $1 in
    postgres)
      deb_postgis=$(apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' 2>/dev/null |
        sed -n 's/^postgresql-\([0-9]*\)-postgis-3 .*/\1/p' | sort -n | tail -n 1)
      if [ -n "$deb_postgis" ]; then
        echo "postgresql-$deb_postgis postgresql-$deb_postgis-postgis-3"
      else
        echo "postgresql postgresql-postgis"
      fi
      ;;
    maven) echo maven ;;
    node) echo nodejs npm ;;
    chromium) echo chromium ;;
    cjk_fonts) echo fontconfig fonts-noto-cjk ;;
  esac
}

deb_packages_of() { for deb_tool; do deb_packages "$deb_tool"; done | tr '\n' ' ' | sed 's/ $//'; }

apt_get() { # ARGUMENT… ; apt may start daemons, which must not inherit the launcher's locks
  # shellcheck disable=SC2086
  $AS_ROOT env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" 8>&- 9>&-
}

# Debian's server package makes and starts a cluster of its own at once; Gridline brings its own, so
# that is switched off while installing, and back on afterwards: the setting is the machine's, not ours.
install_debs() { # TOOL…
  # A package left half installed by an interruption would make every later installation fail.
  $AS_ROOT env DEBIAN_FRONTEND=noninteractive dpkg --configure -a 8>&- 9>&-
  apt_get update || echo "apt-get update failed; going on with the lists that are there"
  deb_names=$(deb_packages_of "$@")
  deb_conf=/etc/postgresql-common/createcluster.conf
  case " $deb_names " in
    *" postgresql"*)
      if [ ! -f $deb_conf ]; then
        apt_get install --no-install-recommends postgresql-common || return 1
        # shellcheck disable=SC2016
        $AS_ROOT sed -i.gridline '$a create_main_cluster = false' $deb_conf
      fi
      ;;
  esac
  # shellcheck disable=SC2086
  apt_get install --no-install-recommends $deb_names
  deb_code=$?
  [ ! -f $deb_conf.gridline ] || $AS_ROOT mv -f $deb_conf.gridline $deb_conf
  return $deb_code
}

ensure_tools() { # TOOL… : installs the missing ones or says exactly how to
  missing=''
  for tool; do "have_$tool" || missing="$missing $tool"; done
  [ -n "$missing" ] || return 0
  if ! have apt-get; then
    for tool in $missing; do warn "missing: $(in_words "$tool")"; done
    die "install that with this system's package manager and run the command again"
  fi
  if am_root; then
    AS_ROOT=''
  elif have sudo && sudo -n true 2>/dev/null; then
    AS_ROOT='sudo -n'
  else
    for tool in $missing; do warn "missing: $(in_words "$tool")"; done
    # shellcheck disable=SC2086
    die "run this, then run the command again: sudo apt-get update && sudo apt-get install -y --no-install-recommends $(deb_packages_of $missing)"
  fi
  # shellcheck disable=SC2086
  step "Installing$missing" "$LOGS/packages.log" install_debs $missing || exit 1
  for tool in $missing; do
    "have_$tool" || die "the packages of this system do not bring $(in_words "$tool"); please install it by hand"
  done
}
