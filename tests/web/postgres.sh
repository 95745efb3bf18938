#!/usr/bin/env bash
# Run the tests of the server on a PostgreSQL of its own, in a temporary folder, reached from this machine alone.
set -euo pipefail
python=${1:-.venv/bin/python}
bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -1 || command -v initdb)")
[ -x "$bin/initdb" ] || { echo "PostgreSQL is not installed (Debian: apt-get install postgresql)"; exit 1; }
work=$(mktemp -d)
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$work"
trap 'as "$bin/pg_ctl" -D "$work/db" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
as "$bin/initdb" -D "$work/db" -A trust -U licensecheck >/dev/null
as "$bin/pg_ctl" -D "$work/db" -w -o "-k $work -c listen_addresses=127.0.0.1 -p 54329" -l "$work/log" start >/dev/null
export LICENSECHECK_TEST_POSTGRES=postgresql+psycopg://licensecheck@127.0.0.1:54329
"$python" -m pytest -q tests/web -m "not browser and not slow"
