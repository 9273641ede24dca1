#!/usr/bin/env bash
# helm test: the job runs, and a checkpoint has completed since it started.
set -euo pipefail

deadline=$((SECONDS + TIMEOUT))
while [ "$SECONDS" -lt "$deadline" ]; do
  jobs=$(wget -q -O - -T 10 "$REST_URL/jobs/overview" || true)
  id=$(grep -oE '"jid":"[0-9a-f]{32}"[^}]*"state":"RUNNING"' <<<"$jobs" | grep -oE '[0-9a-f]{32}' | head -n 1 || true)
  if [ -n "$id" ]; then
    counts=$(wget -q -O - -T 10 "$REST_URL/jobs/$id/checkpoints" | grep -oE '"counts":\{[^}]*\}' || true)
    completed=$(grep -oE '"completed":[0-9]+' <<<"$counts" | grep -oE '[0-9]+' || echo 0)
    if [ "$completed" -gt 0 ]; then
      echo "job $id runs, $completed checkpoints completed"
      exit 0
    fi
    echo "job $id runs, no checkpoint yet"
  else
    echo "no running job yet"
  fi
  sleep 5
done
echo "the job did not run with a completed checkpoint within $TIMEOUT seconds"
exit 1
