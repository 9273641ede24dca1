{{/* Names and labels. */}}

{{/*
The operator allows 45 characters for a FlinkDeployment; "-sql" and Flink's own suffixes need room.
*/}}
{{- define "distillwatch.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "distillwatch.sqlName" -}}
{{ include "distillwatch.fullname" . }}-sql
{{- end -}}

{{- define "distillwatch.gatewayName" -}}
{{ include "distillwatch.fullname" . }}-sql-gateway
{{- end -}}

{{- define "distillwatch.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "distillwatch.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "distillwatch.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: distillwatch
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/*
metadata of one object. Call with (dict "root" $ "name" N "component" C "annotations" (dict …)).
*/}}
{{- define "distillwatch.metadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "distillwatch.labels" .root | nindent 2 }}
  app.kubernetes.io/component: {{ .component }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- $annotations := merge (dict) (default (dict) .annotations) (default (dict) .root.Values.commonAnnotations) }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Name of the service account of Flink (native mode: the JobManager starts TaskManagers with it). */}}
{{- define "distillwatch.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "distillwatch.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.name: name an existing service account, or set serviceAccount.create" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* Of the SQL cluster: never that of the job, whose bucket and topics analysts' code has no business with. */}}
{{- define "distillwatch.sqlServiceAccountName" -}}
{{- if .Values.sqlGateway.serviceAccount.create -}}
{{- default (include "distillwatch.sqlName" .) .Values.sqlGateway.serviceAccount.name -}}
{{- else -}}
{{- required "sqlGateway.serviceAccount.name: name an existing service account, or set sqlGateway.serviceAccount.create" .Values.sqlGateway.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* Goes into annotations of what a job that outlives its release still needs. */}}
{{- define "distillwatch.keep" -}}
{{- if .Values.job.keepOnUninstall }}helm.sh/resource-policy: keep{{ end -}}
{{- end -}}

{{/* Service account of everything that never talks to the API server. */}}
{{- define "distillwatch.toolsServiceAccountName" -}}
{{ include "distillwatch.fullname" . }}-tools
{{- end -}}

{{- define "distillwatch.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "distillwatch.toolsImage" -}}
{{- if .Values.kafka.tools.image.digest -}}
{{- printf "%s@%s" .Values.kafka.tools.image.repository .Values.kafka.tools.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.kafka.tools.image.repository .Values.kafka.tools.image.tag -}}
{{- end -}}
{{- end -}}

{{/*
A duration as Flink writes it ("90 s", "10min", "1 h") in whole seconds, so that two can be compared.
*/}}
{{- define "distillwatch.seconds" -}}
{{- $text := toString . | lower | nospace -}}
{{- $number := regexFind "^[0-9]+" $text | int64 -}}
{{- $unit := regexReplaceAll "^[0-9]+" $text "" -}}
{{- if eq $unit "ms" -}}{{ div $number 1000 }}
{{- else if has $unit (list "s" "sec" "second" "seconds") -}}{{ $number }}
{{- else if has $unit (list "m" "min" "minute" "minutes") -}}{{ mul $number 60 }}
{{- else if has $unit (list "h" "hour" "hours") -}}{{ mul $number 3600 }}
{{- else if has $unit (list "d" "day" "days") -}}{{ mul $number 86400 }}
{{- else -}}{{ fail (printf "%q is not a duration: write a number and ms, s, min, h or d, e.g. \"10 min\"" (toString .)) }}
{{- end -}}
{{- end -}}
