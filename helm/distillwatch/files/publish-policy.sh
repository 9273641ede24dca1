#!/usr/bin/env bash
# Publishes the policy of the chart's values. Safe to run again: the topic is compacted and the job takes the last
# valid policy; one that is not valid is refused by the job, which keeps the one it has and counts the refusal.
set -euo pipefail

policy=$(cat "$FILES/policy.json")
tab=$(printf '\t')
printf '%s\t%s\n' "$POLICY_KEY" "$policy" |
  kafka-console-producer.sh --bootstrap-server "$BOOTSTRAP_SERVERS" --topic "$POLICY_TOPIC" \
    --command-config "$CLIENT_PROPERTIES" --command-property acks=all \
    --reader-property parse.key=true --reader-property "key.separator=$tab"
echo "published ${#policy} characters to $POLICY_TOPIC"
