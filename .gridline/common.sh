# shellcheck shell=sh
# What every part uses: speaking, steps with progress, locks, processes, ports, small files.

say() { printf '%s\n' "$*"; }
warn() { printf 'gridline: %s\n' "$*" >&2; }
die() { warn "$@"; exit 1; }

have() { command -v "$1" >/dev/null 2>&1; }
am_root() { [ "$(id -u)" -eq 0 ]; }
random_hex() { od -An -v -N "$1" -tx1 /dev/urandom | tr -d ' \n'; } # BYTES

if have sha256sum; then DIGEST=sha256sum; else DIGEST='shasum -a 256'; fi

# Java takes the encoding of file names and of its output from here; Chinese needs UTF-8 in both.
if [ "$(locale charmap 2>/dev/null)" != UTF-8 ] && locale -a 2>/dev/null | grep -qix 'c\.utf-*8'; then
  LC_ALL=C.UTF-8
  export LC_ALL
fi

put() { # FILE : standard input becomes the file, whole or not at all
  cat >"$1.new" && mv -f "$1.new" "$1"
}

# --- steps ---------------------------------------------------------------------------------------

ticker=''

tick() { # LABEL : shows the elapsed seconds until killed, or until the launcher is gone
  tick_began=$(date +%s)
  while kill -0 $$ 2>/dev/null; do
    sleep 1
    tick_seconds=$(($(date +%s) - tick_began))
    if [ -t 1 ]; then
      printf '\r%s … %s s ' "$1" "$tick_seconds"
    elif [ $((tick_seconds % 15)) -eq 0 ]; then
      printf '%s … %s s\n' "$1" "$tick_seconds"
    fi
  done
}

stop_ticker() {
  [ -n "$ticker" ] || return 0
  kill "$ticker" 2>/dev/null
  wait "$ticker" 2>/dev/null
  ticker=''
}

begin_step() { # LABEL
  step_label=$1
  step_began=$(date +%s)
  if [ -t 1 ]; then printf '%s …' "$1"; else say "$1 …"; fi
  tick "$1" 8>&- 9>&- &
  ticker=$!
}

end_step() { # OUTCOME
  stop_ticker
  [ ! -t 1 ] || printf '\r'
  say "$step_label: $1 ($(($(date +%s) - step_began)) s)    "
}

show_log_end() { # LOG
  warn "last lines of $1:"
  tail -n 30 "$1" >&2
  warn "the whole log: $1"
}

# The command runs in the foreground and only the counting beside it, so Ctrl-C reaches the command.
step() { # LABEL LOG COMMAND… : fails with the log's last 30 lines
  begin_step "$1"
  step_log=$2
  shift 2
  ("$@") >"$step_log" 2>&1 </dev/null
  step_code=$?
  if [ "$step_code" -eq 0 ]; then
    end_step 'done'
    return 0
  fi
  end_step failed
  show_log_end "$step_log"
  return "$step_code"
}

# --- locks ---------------------------------------------------------------------------------------

# Short-lived children keep the lock's descriptor on purpose: when the launcher is killed while, say,
# initdb runs, the next launcher waits for that orphan. Daemons and apt get it closed (8>&- 9>&-).
lock() { # DESCRIPTOR(8|9) FILE
  if have flock; then
    case $1 in
      8) exec 8>"$2" ;;
      9) exec 9>"$2" ;;
    esac
    flock -n "$1" && return 0
    say "Waiting for another gridline command that is at work on the same folder."
    flock "$1" || die "cannot lock $2"
    return 0
  fi
  lock_told=no
  until mkdir "$2.d" 2>/dev/null; do
    lock_holder=$(cat "$2.d/pid" 2>/dev/null)
    if [ -n "$lock_holder" ] && ! kill -0 "$lock_holder" 2>/dev/null; then
      rm -rf "$2.d"
      continue
    fi
    [ "$lock_told" = yes ] || say "Waiting for another gridline command (process ${lock_holder:-unknown})."
    lock_told=yes
    sleep 1
  done
  echo $$ >"$2.d/pid"
  locked="${locked:-} $1:$2.d"
}

unlock() { # DESCRIPTOR(8|9)
  if have flock; then
    case $1 in
      8) exec 8>&- ;;
      9) exec 9>&- ;;
    esac
    return 0
  fi
  for lock_one in ${locked:-}; do
    case $lock_one in "$1":*) rm -rf "${lock_one#*:}" ;; esac
  done
}

# --- processes and ports -------------------------------------------------------------------------

process_line() { # PID : the command line of a living process
  kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ] || return 1
  if [ -r "/proc/$1/cmdline" ]; then
    tr '\0' ' ' <"/proc/$1/cmdline"
  else
    ps -o args= -p "$1" 2>/dev/null
  fi
}

wait_for_end() { # PID SECONDS
  wait_left=$(($2 * 5))
  while [ "$wait_left" -gt 0 ]; do
    # A zombie whose parent does not collect it has ended too: it has no command line any more.
    [ -n "$(process_line "$1")" ] || return 0
    sleep 0.2
    wait_left=$((wait_left - 1))
  done
  return 1
}

# shellcheck disable=SC2016
port_taken() { bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1"' _ "$1" 2>/dev/null; } # PORT

http_get() { bash "$PARTS/http-get" "$1" "$2" "${SERVER_HOST:-127.0.0.1}"; } # PORT PATH : the body; 0 status 200, 1 other, 2 nobody

# --- text ----------------------------------------------------------------------------------------

json_lines() { # standard input → each line as a JSON string
  json_tab=$(printf '\t')
  tr -d '\001-\010\013-\037' |
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e "s/$json_tab/\\\\t/g" -e 's/^/"/' -e 's/$/"/'
}

json_string() { printf '%s\n' "$1" | json_lines; } # TEXT of one line
