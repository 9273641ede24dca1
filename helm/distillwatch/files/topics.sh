#!/usr/bin/env bash
# Creates the topics of topics.txt and brings their settings up to date. Safe to run again: a topic that is there
# keeps its data; partitions are added, never taken away.
# A line: name partitions replicas key=value|key=value (replicas -1: the brokers' default)
set -euo pipefail

kafka() { "$1" --bootstrap-server "$BOOTSTRAP_SERVERS" --command-config "$CLIENT_PROPERTIES" "${@:2}"; }

# One look for all of them: each call of a tool starts a JVM. --topic takes an expression, here of names.
names=$(cut -d ' ' -f 1 "$FILES/topics.txt" | grep . | paste -sd '|')
existing=$(kafka kafka-topics.sh --describe --if-exists --topic "$names" | sed -n 's/.*Topic: *\([^[:space:]]*\).*PartitionCount: *\([0-9]*\).*/\1 \2/p')
while read -r name partitions replicas settings; do
  [ -n "$name" ] || continue
  now=$(awk -v name="$name" '$1 == name { print $2; exit }' <<<"$existing")
  if [ -n "$now" ]; then
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
