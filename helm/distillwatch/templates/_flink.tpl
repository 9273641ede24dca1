{{/* What the FlinkDeployment is made of. */}}

{{/* Directories, each below storage.uri and named after the release, so that two releases never share one. */}}
{{- define "distillwatch.flink.dir" -}}
{{- printf "%s/%s/%s/%s" (trimSuffix "/" .root.Values.storage.uri) .root.Release.Namespace (include "distillwatch.fullname" .root) .name -}}
{{- end -}}

{{/* Nested values as Flink's flat keys: {time: {pane: 5 min}} with prefix "distillwatch" gives distillwatch.time.pane. */}}
{{- define "distillwatch.flink.flatten" -}}
{{- $root := . -}}
{{- range $key, $value := .values }}
{{- $path := printf "%s.%s" $root.prefix $key -}}
{{- if kindIs "map" $value }}
{{ include "distillwatch.flink.flatten" (dict "prefix" $path "values" $value) }}
{{- else if kindIs "slice" $value }}
{{ $path }}: {{ join ";" $value | quote }}
{{- else if kindIs "float64" $value }}
{{ $path }}: {{ ternary (printf "%d" (int64 $value)) (toString $value) (eq (floor $value) $value) | quote }}
{{- else }}
{{ $path }}: {{ toString $value | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "distillwatch.topicName" -}}
{{- index .root.Values.topics.list .id "name" -}}
{{- end -}}

{{/* The job's own options. */}}
{{- define "distillwatch.flink.jobOptions" -}}
{{- include "distillwatch.flink.flatten" (dict "prefix" "distillwatch" "values" .Values.options) }}
distillwatch.kafka.bootstrap-servers: {{ .Values.kafka.bootstrapServers | quote }}
distillwatch.kafka.group-id: {{ default (include "distillwatch.fullname" .) .Values.kafka.groupId | quote }}
distillwatch.kafka.transactional-id-prefix: {{ default (printf "%s-%s" .Release.Namespace (include "distillwatch.fullname" .)) .Values.kafka.transactionalIdPrefix | quote }}
distillwatch.kafka.transaction-timeout: {{ .Values.kafka.transactionTimeout | quote }}
distillwatch.kafka.prepare-topics: {{ eq .Values.topics.manage "job-itself" | quote }}
distillwatch.kafka.partitions: {{ .Values.topics.partitions | quote }}
distillwatch.kafka.replication-factor: {{ .Values.topics.replicas | quote }}
{{- range $id, $topic := .Values.topics.list }}
distillwatch.kafka.topic.{{ $id }}: {{ $topic.name | quote }}
{{- end }}
distillwatch.fingerprint.secret-file: /etc/distillwatch/fingerprint/{{ .Values.fingerprint.key }}
{{- range $key, $value := include "distillwatch.kafka.properties" . | fromYaml }}
{{- /* The job names the providers by their definitions: see distillwatch.flink.checkTree. */}}
{{- if ne $key "config.providers" }}
distillwatch.kafka.properties.{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Flink 2 keeps its configuration as a tree, in which no key can begin with another; the operator refuses such two. */}}
{{- define "distillwatch.flink.checkTree" -}}
{{- $keys := keys . -}}
{{- range $shorter := $keys -}}
  {{- $prefix := printf "%s." $shorter -}}
  {{- range $longer := $keys -}}
    {{- if hasPrefix $prefix $longer -}}
      {{- fail (printf "flink.configuration: %s and %s cannot both be set: Flink 2 keeps its configuration as a tree; use the newer name of the one" $shorter $longer) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end -}}

{{/* Shared by the job's cluster and the SQL session cluster. */}}
{{- define "distillwatch.flink.common" -}}
taskmanager.numberOfTaskSlots: {{ .slots | quote }}
taskmanager.rpc.port: "6122"
blob.server.port: "6124"
io.tmp.dirs: /tmp
pipeline.generic-types: "false"
# Whoever reaches the REST port may look, but not bring a jar to run.
web.submit.enable: "false"
{{- if .root.Values.monitoring.enabled }}
metrics.reporters: prom
metrics.reporter.prom.factory.class: org.apache.flink.metrics.prometheus.PrometheusReporterFactory
metrics.reporter.prom.port: {{ .root.Values.monitoring.port | quote }}
{{- end }}
{{- $java := trim (printf "%s %s" (include "distillwatch.kafka.javaOptions" .root) .root.Values.flink.javaOptions) }}
{{- with $java }}
env.java.opts.all: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* The job's cluster: derived first, then what values say outright. */}}
{{- define "distillwatch.flink.configuration" -}}
{{- $checkpoint := .Values.checkpointing -}}
{{- $derived := include "distillwatch.flink.common" (dict "root" . "slots" .Values.taskManager.slots) | fromYaml -}}
{{- $job := include "distillwatch.flink.jobOptions" . | fromYaml -}}
{{- $own := dict
  "pipeline.name" (include "distillwatch.fullname" .)
  "pipeline.max-parallelism" (toString .Values.job.maxParallelism)
  "state.backend.type" "rocksdb"
  "state.backend.rocksdb.localdir" "/rocksdb"
  "execution.checkpointing.incremental" "true"
  "execution.checkpointing.mode" "EXACTLY_ONCE"
  "execution.checkpointing.interval" $checkpoint.interval
  "execution.checkpointing.min-pause" $checkpoint.minPause
  "execution.checkpointing.timeout" $checkpoint.timeout
  "execution.checkpointing.tolerable-failed-checkpoints" (toString $checkpoint.tolerableFailures)
  "execution.checkpointing.num-retained" (toString $checkpoint.retained)
  "execution.checkpointing.unaligned.enabled" (toString $checkpoint.unaligned)
  "execution.checkpointing.externalized-checkpoint-retention" "RETAIN_ON_CANCELLATION"
  "restart-strategy.type" "exponential-delay"
  "restart-strategy.exponential-delay.initial-backoff" "1 s"
  "restart-strategy.exponential-delay.max-backoff" "1 min"
-}}
{{- if .Values.storage.uri -}}
  {{- $_ := set $own "execution.checkpointing.dir" (include "distillwatch.flink.dir" (dict "root" . "name" "checkpoints")) -}}
  {{- $_ := set $own "execution.checkpointing.savepoint-dir" (include "distillwatch.flink.dir" (dict "root" . "name" "savepoints")) -}}
{{- end -}}
{{- if .Values.highAvailability.enabled -}}
  {{- $_ := set $own "high-availability.type" "kubernetes" -}}
  {{- $_ := set $own "high-availability.storageDir" (include "distillwatch.flink.dir" (dict "root" . "name" "ha")) -}}
  {{- $_ := set $own "kubernetes.operator.deployment.rollback.enabled" (toString .Values.job.rollback) -}}
{{- end -}}
{{- if .Values.job.periodicSavepoint -}}
  {{- $_ := set $own "kubernetes.operator.periodic.savepoint.interval" .Values.job.periodicSavepoint -}}
  {{- $_ := set $own "kubernetes.operator.savepoint.history.max.age" .Values.job.savepointHistory -}}
{{- end -}}
{{- $_ := set $own "kubernetes.operator.job.restart.failed" "true" -}}
{{- if .Values.taskManager.managedMemoryFraction -}}
  {{- $_ := set $own "taskmanager.memory.managed.fraction" (toString .Values.taskManager.managedMemoryFraction) -}}
{{- end -}}
{{- with .Values.storage.s3 -}}
  {{- if .endpoint -}}{{- $_ := set $own "s3.endpoint" .endpoint -}}{{- end -}}
  {{- if .pathStyleAccess -}}{{- $_ := set $own "s3.path.style.access" "true" -}}{{- end -}}
  {{- /* Under the other of its two names, since s3.endpoint is a key, too. */}}
  {{- if .region -}}{{- $_ := set $own "fs.s3a.endpoint.region" .region -}}{{- end -}}
  {{- if .credentialsProvider -}}{{- $_ := set $own "s3.aws.credentials.provider" .credentialsProvider -}}{{- end -}}
{{- end -}}
{{- with .Values.autoscaler -}}
{{- if .enabled -}}
  {{- $_ := set $own "jobmanager.scheduler" "adaptive" -}}
  {{- $_ := set $own "job.autoscaler.enabled" "true" -}}
  {{- $_ := set $own "job.autoscaler.scaling.enabled" (toString .scaling) -}}
  {{- $_ := set $own "job.autoscaler.stabilization.interval" .stabilizationInterval -}}
  {{- $_ := set $own "job.autoscaler.metrics.window" .metricsWindow -}}
  {{- $_ := set $own "job.autoscaler.utilization.target" (toString .targetUtilization) -}}
  {{- $_ := set $own "job.autoscaler.utilization.min" (toString (round (subf .targetUtilization .utilizationBoundary) 3)) -}}
  {{- $_ := set $own "job.autoscaler.utilization.max" (toString (round (addf .targetUtilization .utilizationBoundary) 3)) -}}
  {{- $_ := set $own "job.autoscaler.vertex.min-parallelism" (toString .minParallelism) -}}
  {{- $_ := set $own "job.autoscaler.vertex.max-parallelism" (toString .maxParallelism) -}}
  {{- $_ := set $own "job.autoscaler.catch-up.duration" .catchUpDuration -}}
  {{- $_ := set $own "job.autoscaler.restart.time" .restartTime -}}
{{- end -}}
{{- end -}}
{{- $extra := dict -}}
{{- range $key, $value := .Values.flink.configuration -}}
  {{- $_ := set $extra $key (toString $value) -}}
{{- end -}}
{{- $all := merge (dict) $extra $own $derived $job -}}
{{- include "distillwatch.flink.checkTree" $all -}}
{{- toYaml $all -}}
{{- end -}}

{{/* Everything that Flink writes outside its state: never to the root file system. */}}
{{- define "distillwatch.flink.scratchVolumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: {{ .Values.scratch.tmp }}
- name: flink-log
  emptyDir:
    sizeLimit: {{ .Values.scratch.log }}
{{- end -}}

{{- define "distillwatch.flink.scratchMounts" -}}
- name: tmp
  mountPath: /tmp
- name: flink-log
  mountPath: /opt/flink/log
{{- end -}}

{{- define "distillwatch.storage.volumes" -}}
{{- if .Values.storage.volume.enabled }}
- name: state
  persistentVolumeClaim:
    claimName: {{ default (printf "%s-state" (include "distillwatch.fullname" .)) .Values.storage.volume.existingClaim }}
{{- end }}
{{- end -}}

{{- define "distillwatch.storage.mounts" -}}
{{- if .Values.storage.volume.enabled }}
- name: state
  mountPath: {{ .Values.storage.volume.mountPath }}
{{- end }}
{{- end -}}

{{/* Keys of the object store reach Flink as environment variables, each by reference. */}}
{{- define "distillwatch.storage.env" -}}
{{- with .Values.storage.credentials }}
{{- if .existingSecret }}
- name: AWS_ACCESS_KEY_ID
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .accessKeyKey }}
- name: AWS_SECRET_ACCESS_KEY
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .secretKeyKey }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
A whole pod template for one kind of pods. Written out for each kind rather than shared through spec.podTemplate,
because the operator merges arrays by position there, and two volumes would become one. Call with
(dict "root" $ "kind" "taskmanager" "port" 6122 "place" .Values.taskManager "volumes" YAML "mounts" YAML).
*/}}
{{- define "distillwatch.flink.podTemplate" -}}
{{- $root := .root -}}
apiVersion: v1
kind: Pod
metadata:
  labels:
    {{- include "distillwatch.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .kind }}
    {{- with $root.Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with $root.Values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include (ternary "distillwatch.sqlServiceAccountName" "distillwatch.serviceAccountName" (default false .sql)) $root }}
  automountServiceAccountToken: true
  enableServiceLinks: false
  securityContext:
    {{- include "distillwatch.podSecurityContext" $root | nindent 4 }}
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $root.Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .place.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .place.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .place.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- $standby := gt (int (default 1 .place.replicas)) 1 }}
  {{- if or .place.spreadOverZones $standby }}
  topologySpreadConstraints:
    {{- if $standby }}
    # A standby on the same node is none.
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "distillwatch.selectorLabels" $root | nindent 10 }}
          app.kubernetes.io/component: {{ .kind }}
    {{- end }}
    {{- if .place.spreadOverZones }}
    - maxSkew: 1
      topologyKey: topology.kubernetes.io/zone
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "distillwatch.selectorLabels" $root | nindent 10 }}
          app.kubernetes.io/component: {{ .kind }}
    {{- end }}
  {{- end }}
  containers:
    - name: flink-main-container
      securityContext:
        {{- include "distillwatch.containerSecurityContext" $root | nindent 8 }}
      {{- $env := ternary "" (include "distillwatch.storage.env" $root | trim) (default false .sql) }}
      {{- if or $env $root.Values.extraEnv .sql }}
      env:
        {{- if .sql }}
        # The job's classes and the functions beside Flink's own.
        - name: FLINK_LIB_DIR
          value: /opt/distillwatch/sql-lib
        {{- end }}
        {{- with $env }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- with $root.Values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      {{- if $root.Values.monitoring.enabled }}
      ports:
        - name: metrics
          containerPort: {{ $root.Values.monitoring.port }}
          protocol: TCP
      {{- end }}
      {{- include "distillwatch.flink.probes" . | nindent 6 }}
      volumeMounts:
        {{- include "distillwatch.flink.scratchMounts" $root | nindent 8 }}
        {{- if not .sql }}
        {{- with include "distillwatch.storage.mounts" $root | trim }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- end }}
        {{- with include "distillwatch.kafka.volumeMounts" (dict "Values" (default $root.Values .values)) | trim }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- range .mounts }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- with $root.Values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    {{- include "distillwatch.flink.scratchVolumes" $root | nindent 4 }}
    {{- if not .sql }}
    {{- with include "distillwatch.storage.volumes" $root | trim }}
    {{- . | nindent 4 }}
    {{- end }}
    {{- end }}
    {{- with include "distillwatch.kafka.volumes" (dict "Values" (default $root.Values .values)) | trim }}
    {{- . | nindent 4 }}
    {{- end }}
    {{- range .volumes }}
    {{- . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}

{{- define "distillwatch.fingerprint.volume" -}}
- name: fingerprint
  secret:
    secretName: {{ .Values.fingerprint.existingSecret }}
    defaultMode: 0440
    items:
      - key: {{ .Values.fingerprint.key }}
        path: {{ .Values.fingerprint.key }}
{{- end -}}

{{- define "distillwatch.fingerprint.mount" -}}
- name: fingerprint
  mountPath: /etc/distillwatch/fingerprint
  readOnly: true
{{- end -}}

{{/* Probes: a JobManager answers on its REST port, a TaskManager on its RPC port. Slow to kill: a restart costs more than a long pause. */}}
{{- define "distillwatch.flink.probes" -}}
startupProbe:
  tcpSocket:
    port: {{ .port }}
  periodSeconds: 5
  failureThreshold: 60
livenessProbe:
  tcpSocket:
    port: {{ .port }}
  periodSeconds: 20
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  tcpSocket:
    port: {{ .port }}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
{{- end -}}

{{/* RocksDB's files: local disk of the node, or an ephemeral volume of a class. */}}
{{- define "distillwatch.flink.rocksdbVolume" -}}
- name: rocksdb
  {{- if .Values.taskManager.rocksdb.storageClassName }}
  ephemeral:
    volumeClaimTemplate:
      metadata:
        labels:
          {{- include "distillwatch.selectorLabels" . | nindent 10 }}
      spec:
        accessModes:
          - ReadWriteOnce
        storageClassName: {{ .Values.taskManager.rocksdb.storageClassName }}
        resources:
          requests:
            storage: {{ .Values.taskManager.rocksdb.size }}
  {{- else }}
  emptyDir:
    sizeLimit: {{ .Values.taskManager.rocksdb.size }}
  {{- end }}
{{- end -}}

{{- define "distillwatch.flink.rocksdbMount" -}}
- name: rocksdb
  mountPath: /rocksdb
{{- end -}}
