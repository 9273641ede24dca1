{{/*
Alert rules. One alert, one runbook in README.md under the same name, one promtool test.
Metric names are Flink's reporter's: flink_taskmanager_job_task_operator_<group>_<name>; what a source counts while
it reads a record is in Kafka's group deserializer.
*/}}
{{- define "distillwatch.alert" -}}
- alert: {{ .name }}
  expr: |
    {{- .expr | trim | nindent 4 }}
  for: {{ .for }}
  labels:
    severity: {{ .severity }}
    {{- with .root.Values.monitoring.alerts.alertLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    summary: {{ .summary | quote }}
    description: {{ .description | quote }}
    runbook_url: {{ printf "%s#%s" .root.Values.monitoring.alerts.runbookUrl (lower .name) | quote }}
{{- end -}}

{{- define "distillwatch.alerts" -}}
{{- $t := .Values.monitoring.alerts.thresholds -}}
{{- $s := printf "namespace=%q,app=%q" .Release.Namespace (include "distillwatch.fullname" .) -}}
{{- $op := "flink_taskmanager_job_task_operator" -}}
{{- $dw := "flink_taskmanager_job_task_operator_distillwatch" -}}
{{- $jm := "flink_jobmanager_job" -}}
{{- $accepted := printf "sum(rate(%s_outcome_exchanges{%s,outcome=\"accepted\"}[5m]))" $dw $s -}}
{{- $all := printf "sum(rate(%s_outcome_exchanges{%s,outcome=~\"accepted|late|dead_letter\"}[15m]))" $dw $s -}}
{{- $interval := include "distillwatch.seconds" .Values.checkpointing.interval | int64 -}}
{{- $checkpointTimeout := include "distillwatch.seconds" .Values.checkpointing.timeout | int64 -}}
{{- $transaction := include "distillwatch.seconds" .Values.kafka.transactionTimeout | int64 -}}
- name: {{ include "distillwatch.fullname" . }}-job
  rules:
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchJobDown" "severity" "critical" "for" "5m"
      "expr" (printf "absent(%s_runningTime{%s} > 0)" $jm $s)
      "summary" "The detection job is not running."
      "description" "No JobManager reports a running job. Nothing is detected and nothing is lost yet: exchanges wait in Kafka.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchRestarting" "severity" "warning" "for" "0m"
      "expr" (printf "max(increase(%s_numRestarts{%s}[30m])) >= 3" $jm $s)
      "summary" "The detection job keeps restarting."
      "description" "{{ $value | printf \"%.0f\" }} restarts within 30 minutes; each one replays everything since the last checkpoint.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchCheckpointsFailing" "severity" "critical" "for" "0m"
      "expr" (printf "max(increase(%s_numberOfFailedCheckpoints{%s}[15m])) >= 3" $jm $s)
      "summary" "Checkpoints fail."
      "description" "{{ $value | printf \"%.0f\" }} checkpoints failed within 15 minutes; results become visible only with a checkpoint.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchCheckpointsSlow" "severity" "warning" "for" "10m"
      "expr" (printf "max(%s_lastCheckpointDuration{%s}) > %d" $jm $s (div (mul $checkpointTimeout 1000) 2))
      "summary" "Checkpoints take more than half of their timeout."
      "description" "The last checkpoint took {{ $value | printf \"%.0f\" }} ms.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchTransactionsNearTimeout" "severity" "critical" "for" "0m"
      "expr" (printf "time() - max(%s_lastCheckpointCompletedTimestamp{%s} > 0) / 1000 > %d" $jm $s (div (mul (sub $transaction $interval) 7) 10))
      "summary" "Kafka transactions are about to time out."
      "description" "The last checkpoint completed {{ $value | printf \"%.0f\" }} seconds ago. Past kafka.transactionTimeout the brokers abort what is not committed.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchTransactionsFailing" "severity" "critical" "for" "0m"
      "expr" (printf "sum(increase(%s_failedCommittables{%s}[15m])) > 0 or sum(increase(%s_numRecordsSendErrors{%s}[15m])) > 0" $op $s $op $s)
      "summary" "Output records fail to reach Kafka."
      "description" "{{ $value | printf \"%.0f\" }} commits or sends failed within 15 minutes: campaigns may be missing downstream.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchStateGrowing" "severity" "warning" "for" "1h"
      "expr" (printf "max(predict_linear(%s_lastCheckpointFullSize{%s}[6h], %d)) > %d" $jm $s (mul (int $t.stateProjectionDays) 86400) (int64 $t.stateBytes))
      "summary" "State grows towards its limit."
      "description" "Projected from the last six hours, a checkpoint will refer to {{ $value | humanize }}B within the projection.") | nindent 4 }}
- name: {{ include "distillwatch.fullname" . }}-input
  rules:
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchLagGrowing" "severity" "warning" "for" "15m"
      "expr" (printf "sum(%s_pendingRecords{%s}) > %d and deriv(sum(%s_pendingRecords{%s})[15m:1m]) > 0" $op $s (int64 $t.lagRecords) $op $s)
      "summary" "The job falls behind its input."
      "description" "{{ $value | humanize }} exchanges wait, and more from minute to minute: campaigns are flagged late.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchWatermarkStuck" "severity" "critical" "for" "5m"
      "expr" (printf "max_over_time(min(%s_currentInputWatermark{%s} > 0)[%dm:1m]) == min_over_time(min(%s_currentInputWatermark{%s} > 0)[%dm:1m]) and %s > 0" $op $s (int $t.watermarkStallMinutes) $op $s (int $t.watermarkStallMinutes) $accepted)
      "summary" "Event time stands still though exchanges flow."
      "description" "No window closes and no group is judged until it moves.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchNoExchanges" "severity" "critical" "for" (printf "%dm" (int $t.noExchangesMinutes))
      "expr" (printf "%s == 0" $accepted)
      "summary" "No exchange is accepted."
      "description" "The job runs and the gateway sends nothing that can be read.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchDeadLetters" "severity" "warning" "for" "10m"
      "expr" (printf "sum(rate(%s_outcome_exchanges{%s,outcome=\"dead_letter\"}[15m])) / (%s > 0) > %v" $dw $s $all $t.deadLetterShare)
      "summary" "Too many records are refused."
      "description" "{{ $value | humanizePercentage }} of the records: a producer has changed its format.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchLateRecords" "severity" "warning" "for" "10m"
      "expr" (printf "sum(rate(%s_outcome_exchanges{%s,outcome=\"late\"}[15m])) / (%s > 0) > %v" $dw $s $all $t.lateShare)
      "summary" "Too many records come too late."
      "description" "{{ $value | humanizePercentage }} of the records: a producer lags, or its clock does.") | nindent 4 }}
- name: {{ include "distillwatch.fullname" . }}-detection
  rules:
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchSevereCampaign" "severity" "critical" "for" "0m"
      "expr" (printf "sum(%s_severity_openCampaigns{%s,severity=~\"high|critical\"}) > 0" $dw $s)
      "summary" "A distillation campaign of high severity is open."
      "description" "{{ $value | printf \"%.0f\" }} open: see distillation-campaigns and -members.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchFlagSurge" "severity" "warning" "for" "0m"
      "expr" (printf "sum(increase(%s_flaggedCampaigns{%s}[1h])) > %d" $dw $s (int $t.flagsPerHour))
      "summary" "More campaigns are flagged than can be true."
      "description" "{{ $value | printf \"%.0f\" }} within an hour: a policy or a producer has changed.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchBlind" "severity" "critical" "for" "15m"
      "expr" (printf "max_over_time(sum(%s_candidateGroups{%s})[%dh:5m]) == 0 and min_over_time(sum(rate(%s_outcome_exchanges{%s,outcome=\"accepted\"}[15m]))[%dh:5m]) > 0" $dw $s (int $t.blindHours) $dw $s (int $t.blindHours))
      "summary" "The detector sees traffic and no groups at all."
      "description" "Ordinary traffic always has candidate groups. Prompts arrive empty or fingerprinted by an unknown key, or the policy allows everything.") | nindent 4 }}
    {{- include "distillwatch.alert" (dict "root" . "name" "DistillwatchPolicyRefused" "severity" "warning" "for" "0m"
      "expr" (printf "sum(increase(flink_taskmanager_job_task_operator_deserializer_distillwatch_result_policyUpdates{%s,result=\"refused\"}[15m])) > 0" $s)
      "summary" "A detection policy was refused."
      "description" "The last good one stays in force; the job's log names the key.") | nindent 4 }}
{{- end -}}
