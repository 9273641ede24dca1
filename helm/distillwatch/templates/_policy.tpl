{{/* The policy as one line of JSON: what the topic carries. */}}
{{- define "distillwatch.policy.json" -}}
{{- .Values.policy.document | toJson -}}
{{- end -}}
