# shellcheck shell=sh
# Builds the server and its pages when their sources have changed, and gives each data folder a copy:
# a later build must not pull the jars from under a running server.

PAGES=$ROOT/web-console/pages
BUILT=$ROOT/target/launcher
CALLERS_UMASK=$(umask) # what is kept in the data folder is private; what is built is as usual

# shellcheck disable=SC2086
fingerprint() { # of all that the built application depends on
  cd "$ROOT" || exit 1
  {
    find pom.xml .mvn ./*/pom.xml ./*/src -type f ! -path '*/src/test/*' -exec $DIGEST {} +
    find web-console/pages -name node_modules -prune -o -name dist -prune -o -type f -exec $DIGEST {} + 2>/dev/null
  } | LC_ALL=C sort | $DIGEST | cut -c 1-24
}

npm_install() {
  npm_lock=$($DIGEST <"$PAGES/package-lock.json")
  [ "$npm_lock" != "$(cat "$PAGES/node_modules/.gridline" 2>/dev/null)" ] || return 0
  npm ci --no-audit --no-fund && mkdir -p "$PAGES/node_modules" || return 1
  printf '%s\n' "$npm_lock" | put "$PAGES/node_modules/.gridline"
}

build_pages() {
  umask "$CALLERS_UMASK"
  cd "$PAGES" && npm_install && npm run build
}

# Formatting is a matter for `test`; a city that changes a line should still be able to start.
build_server() {
  umask "$CALLERS_UMASK"
  cd "$ROOT" && mvn -q -B -DskipTests -Dspotless.check.skip=true package
}

build() { # FINGERPRINT FOLDER
  mkdir -p "$BUILT"
  lock 8 "$BUILT/lock"
  if [ "$1" != "$(cat "$BUILT/fingerprint" 2>/dev/null)" ] || [ ! -f "$ROOT/web-console/target/gridline.jar" ] ||
    [ ! -d "$PAGES/dist" ]; then
    [ -f "$PAGES/package.json" ] || die "web-console/pages/package.json is missing from this checkout"
    rm -f "$BUILT/fingerprint"
    step "Building the pages" "$LOGS/pages.log" build_pages || exit 1
    step "Building the server (first time: also fetches its libraries)" "$LOGS/build.log" build_server || exit 1
    printf '%s\n' "$1" | put "$BUILT/fingerprint"
  fi
  take_copy "$1" "$2" || die "cannot copy the application to $2"
  unlock 8
}

take_copy() { # FINGERPRINT FOLDER
  rm -rf "$2.new" && mkdir "$2.new" &&
    cp "$ROOT/web-console/target/gridline.jar" "$2.new/" &&
    cp -R "$ROOT/web-console/target/lib" "$2.new/lib" &&
    cp -R "$PAGES/dist" "$2.new/pages" &&
    printf '%s\n' "$1" >"$2.new/fingerprint" &&
    rm -rf "$2" && mv "$2.new" "$2"
}

application_is_current() { # sets SOURCES
  SOURCES=$(fingerprint)
  [ "$SOURCES" = "$(cat "$DATA/app/fingerprint" 2>/dev/null)" ]
}
