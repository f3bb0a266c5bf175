# shellcheck shell=sh
# Every check of the project, summed up in one line from the reports that the test runs write.

# A check that has no report of its own (pages, a build that does not compile) counts as one failure.
STAGES_FAILED=0 FIRST_FAILURE=0

stage() { # LABEL COMMAND…
  say ""
  say "== $1"
  shift
  # Without the lock: a server that a broken test leaves behind must not hold up the next run.
  "$@" </dev/null 8>&-
  stage_code=$?
  [ "$stage_code" -ne 0 ] || return 0
  warn "failed with code $stage_code: $*"
  [ "$FIRST_FAILURE" -ne 0 ] || FIRST_FAILURE=$stage_code
  return "$stage_code"
}

unreported() { STAGES_FAILED=$((STAGES_FAILED + 1)); }

check_pages() {
  cd "$PAGES" || return 1
  (npm_install && npm run --if-present check && npm run build)
}

verify() {
  cd "$ROOT" || return 1
  if [ "$QUICK" = yes ]; then set -- -Dtest.excluded=browser,torture; else set --; fi
  mvn -B -ntp -fae "$@" verify
}

list_reports() { find "$ROOT" -path '*/target/surefire-reports/TEST-*.xml' ! -path '*/node_modules/*' "$@"; }

sum_reports() { # prints: PASSED FAILED SKIPPED
  list_reports -exec cat {} + | tr '\n>' ' \n' |
    awk '
      function count(key) { return match($0, " " key "=\"[0-9]+\"") ? substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 4) + 0 : 0 }
      /<testsuite / { all += count("tests"); bad += count("errors") + count("failures"); out += count("skipped") }
      END { printf "%d %d %d\n", all - bad - out, bad, out }'
}

command_test() {
  LOGS=$BUILT/log
  mkdir -p "$LOGS" || exit 1
  trap stop_ticker EXIT
  trap 'stop_ticker; say ""; say "Interrupted."; exit 130' INT TERM HUP
  lock 8 "$BUILT/lock"
  find_jdk
  ensure_tools postgres maven node
  if [ "$QUICK" = no ]; then ensure_tools chromium cjk_fonts; fi
  find_pg_bin ''
  GRIDLINE_PG_BIN=$PG_BIN
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
  export GRIDLINE_PG_BIN PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD
  list_reports -exec rm -f {} +

  stage "launcher" "$ROOT/.ci/launcher-test" || [ -n "$(list_reports -name TEST-launcher.xml)" ] || unreported
  stage "pages" check_pages || unreported
  failed_before=$(sum_reports | awk '{print $2}')
  stage "Java" verify || [ "$(sum_reports | awk '{print $2}')" -gt "$failed_before" ] || unreported

  # shellcheck disable=SC2046
  set -- $(sum_reports)
  say ""
  say "$1 passed, $(($2 + STAGES_FAILED)) failed, $3 skipped"
  if [ "$FIRST_FAILURE" -ne 0 ]; then return "$FIRST_FAILURE"; fi
  [ "$1" -gt 0 ] && [ $(($2 + STAGES_FAILED)) -eq 0 ]
}
