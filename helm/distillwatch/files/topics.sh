#!/usr/bin/env bash
# Creates the topics of topics.txt and brings their settings up to date. Safe to run again: a topic that is there
# keeps its data; partitions are added, never taken away.
# A line: name partitions replicas key=value|key=value (replicas -1: the brokers' default)
set -euo pipefail

kafka() { "$1" --bootstrap-server "$BOOTSTRAP_SERVERS" --command-config "$CLIENT_PROPERTIES" "${@:2}"; }

existing=$(kafka kafka-topics.sh --list)
while read -r name partitions replicas settings; do
  [ -n "$name" ] || continue
  if grep -qxF -- "$name" <<<"$existing"; then
    now=$(kafka kafka-topics.sh --describe --topic "$name" | sed -n 's/.*PartitionCount: *\([0-9]*\).*/\1/p' | head -n 1)
    if [ "$now" -lt "$partitions" ]; then
      kafka kafka-topics.sh --alter --topic "$name" --partitions "$partitions"
    fi
    # Brackets keep commas inside a value, as in cleanup.policy=[compact,delete].
    pairs=$(tr '|' '\n' <<<"$settings" | sed 's/^\([^=]*\)=\(.*,.*\)$/\1=[\2]/' | paste -sd,)
    kafka kafka-configs.sh --alter --entity-type topics --entity-name "$name" --add-config "$pairs"
  else
    args=(--create --if-not-exists --topic "$name" --partitions "$partitions")
    [ "$replicas" -gt 0 ] && args+=(--replication-factor "$replicas")
    while read -r pair; do
      args+=(--config "$pair")
    done < <(tr '|' '\n' <<<"$settings")
    kafka kafka-topics.sh "${args[@]}"
  fi
  echo "topic $name: $settings"
done <"$FILES/topics.txt"
