{{/* The values of Kafka as the SQL session sees them: the same brokers, a read-only user of its own. */}}
{{- define "distillwatch.sql.values" -}}
{{- $values := deepCopy .Values -}}
{{- if .Values.sqlGateway.kafkaSecret -}}
  {{- $_ := set $values.kafka.security.sasl "existingSecret" .Values.sqlGateway.kafkaSecret -}}
  {{- if .Values.sqlGateway.kafkaUsername -}}
    {{- $_ := set $values.kafka.security.sasl "username" .Values.sqlGateway.kafkaUsername -}}
    {{- $_ := set $values.kafka.security.sasl "usernameKey" "" -}}
  {{- end -}}
  {{- if $values.kafka.security.tls.keystore.existingSecret -}}
    {{- $_ := set $values.kafka.security.tls.keystore "existingSecret" .Values.sqlGateway.kafkaSecret -}}
  {{- end -}}
{{- end -}}
{{- pick $values "kafka" | toYaml -}}
{{- end -}}

{{- define "distillwatch.sql.configuration" -}}
{{- $root := . -}}
{{- $settings := dict
  "execution.target" "remote"
  "rest.address" (printf "%s-rest" (include "distillwatch.sqlName" .))
  "rest.port" "8081"
  "sql-gateway.endpoint.rest.address" "0.0.0.0"
  "sql-gateway.endpoint.rest.bind-address" "0.0.0.0"
  "sql-gateway.endpoint.rest.port" "8083"
  "sql-gateway.session.max-num" (toString (int .Values.sqlGateway.maxSessions))
  "sql-gateway.session.idle-timeout" .Values.sqlGateway.idleTimeout
  "table.catalog-store.kind" "file"
  "table.catalog-store.file.path" "file:///opt/distillwatch/catalogs"
  "io.tmp.dirs" "/tmp"
-}}
{{- with include "distillwatch.kafka.javaOptions" . -}}
  {{- $_ := set $settings "env.java.opts.all" . -}}
{{- end -}}
{{- /* Where the job's options matter to SQL, the session's are the same. */}}
{{- range $key, $value := include "distillwatch.flink.jobOptions" (merge (dict "Values" (merge (include "distillwatch.sql.values" . | fromYaml) .Values)) .) | fromYaml -}}
  {{- if or (hasPrefix "distillwatch.kafka.topic." $key) (hasPrefix "distillwatch.kafka.properties." $key) (hasPrefix "distillwatch.intake.prefix" $key) (has $key (list "distillwatch.kafka.bootstrap-servers" "distillwatch.fingerprint.secret-file")) -}}
    {{- $_ := set $settings $key $value -}}
  {{- end -}}
{{- end -}}
{{- $_ := set $settings "distillwatch.kafka.group-id" (printf "%s-sql" (default (include "distillwatch.fullname" .) .Values.kafka.groupId)) -}}
{{- /* What init.sql sets for a session holds for every session, JDBC's, too. */}}
{{- range regexFindAll "(?m)^SET '[^']+' = '[^']*';" (.Files.Get "files/sql/init.sql") -1 -}}
  {{- $key := regexReplaceAll "^SET '([^']+)' = '([^']*)';$" . "${1}" -}}
  {{- if not (hasPrefix "sql-client." $key) -}}
    {{- $_ := set $settings $key (regexReplaceAll "^SET '([^']+)' = '([^']*)';$" . "${2}") -}}
  {{- end -}}
{{- end -}}
{{- toYaml $settings -}}
{{- end -}}
