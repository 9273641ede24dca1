{{/* One topic's settings: the chart's, the topic's own on top. Call with (dict "root" $ "topic" T). */}}
{{- define "distillwatch.topics.config" -}}
{{- $config := dict "min.insync.replicas" (toString .root.Values.topics.minInSyncReplicas) -}}
{{- if le (int .root.Values.topics.minInSyncReplicas) 0 -}}
{{- $config = dict -}}
{{- end -}}
{{- range $key, $value := .topic.config -}}
{{- $_ := set $config $key (toString $value) -}}
{{- end -}}
{{- toYaml $config -}}
{{- end -}}

{{/* name partitions replicas key=value,… : one topic a line, for the script. */}}
{{- define "distillwatch.topics.table" -}}
{{- $root := . -}}
{{- range $id, $topic := .Values.topics.list }}
{{- if $topic.create }}
{{- $pairs := list -}}
{{- range $key, $value := include "distillwatch.topics.config" (dict "root" $root "topic" $topic) | fromYaml -}}
{{- $pairs = append $pairs (printf "%s=%s" $key (toString $value)) -}}
{{- end }}
{{ $topic.name }} {{ default $root.Values.topics.partitions $topic.partitions }} {{ $root.Values.topics.replicas }} {{ join "|" $pairs }}
{{- end }}
{{- end }}
{{- end -}}
