#!/usr/bin/env bash
# helm test: a session opens on the gateway, init.sql runs in it, and the tables are there.
set -euo pipefail

post() { wget -q -O - -T 30 --header 'Content-Type: application/json' --post-data "$2" "$GATEWAY_URL$1"; }
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

session=$(post /v1/sessions '{}' | field sessionHandle)
echo "session $session"

run() {
  local statement operation page
  statement=$(sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' <<<"$1" | tr '\n' ' ')
  operation=$(post "/v1/sessions/$session/statements" "{\"statement\":\"$statement\"}" | field operationHandle)
  for _ in $(seq 1 60); do
    # An operation that failed answers with an HTTP error, and wget with its own.
    page=$(wget -q -O - -T 30 "$GATEWAY_URL/v1/sessions/$session/operations/$operation/result/0?rowFormat=JSON")
    if ! grep -q '"resultType":"NOT_READY"' <<<"$page"; then
      echo "$page"
      return 0
    fi
    sleep 1
  done
  echo "no answer within a minute: $1" >&2
  return 1
}

# Comments out, then one statement for each semicolon at the end of a line.
statement=""
while IFS= read -r line; do
  statement+="$line"$'\n'
  if [[ $line == *\; ]]; then
    run "${statement%;*}" >/dev/null
    statement=""
  fi
done < <(grep -vE '^\s*--' "$INIT_SQL" | grep -vE "^SET 'sql-client\.")

tables=$(run 'SHOW TABLES')
for table in $TABLES; do
  if ! grep -q "\"$table\"" <<<"$tables"; then
    echo "table $table is missing: $tables"
    exit 1
  fi
done
echo "init.sql ran; tables: $TABLES"
