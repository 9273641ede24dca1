#!/usr/bin/env bash
# helm test: every topic is there, with the settings of topics.txt.
set -euo pipefail

kafka() { "$1" --bootstrap-server "$BOOTSTRAP_SERVERS" --command-config "$CLIENT_PROPERTIES" "${@:2}"; }

failed=0
while read -r name _ _ settings; do
  [ -n "$name" ] || continue
  if ! found=$(kafka kafka-configs.sh --describe --all --entity-type topics --entity-name "$name"); then
    echo "topic $name: not there, or not readable for this user"
    failed=1
    continue
  fi
  while read -r pair; do
    if ! grep -qF -- "  $pair " <<<"$found"; then
      echo "topic $name: $pair expected, found $(grep -oE "^ *${pair%%=*}=[^ ]*" <<<"$found" || echo nothing)"
      failed=1
    fi
  done < <(tr '|' '\n' <<<"$settings")
done <"$FILES/topics.txt"
[ "$failed" -eq 0 ] && echo "all topics as they should be"
exit "$failed"
