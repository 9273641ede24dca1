{{/*
What the schema cannot say because it concerns two values. Each sentence names the values and the way out.
The first ones are the operator's own webhook rules: better met here than in the cluster.
*/}}
{{- define "distillwatch.checks.derived" -}}
execution.checkpointing.dir: storage.uri
state.checkpoints.dir: storage.uri
execution.checkpointing.savepoint-dir: storage.uri
state.savepoints.dir: storage.uri
execution.checkpointing.interval: checkpointing.interval
execution.checkpointing.mode: options.kafka.delivery-guarantee
high-availability: highAvailability.enabled
high-availability.type: highAvailability.enabled
high-availability.storageDir: storage.uri
jobmanager.memory.process.size: jobManager.memory
taskmanager.memory.process.size: taskManager.memory
taskmanager.numberOfTaskSlots: taskManager.slots
parallelism.default: job.parallelism
pipeline.max-parallelism: job.maxParallelism
metrics.reporter.prom.port: monitoring.port
kubernetes.operator.deployment.rollback.enabled: job.rollback
{{- end -}}

{{- define "distillwatch.checks" -}}
{{- $values := .Values -}}
{{- $name := include "distillwatch.fullname" . -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]{0,43}[a-z0-9])?$" $name) -}}
  {{- fail (printf "fullnameOverride: %q is no name for a FlinkDeployment: lower-case letters, digits and '-', a letter first, at most 40 characters" $name) -}}
{{- end -}}
{{- range $key := list "kubernetes.namespace" "kubernetes.cluster-id" "high-availability.cluster-id" -}}
  {{- if hasKey $values.flink.configuration $key -}}
    {{- fail (printf "flink.configuration: %s is set by the operator and refused by it; remove it" $key) -}}
  {{- end -}}
{{- end -}}
{{- range $key, $_ := $values.flink.configuration -}}
  {{- if hasPrefix "distillwatch." $key -}}
    {{- fail (printf "flink.configuration: %s is an option of the job; set it under options, kafka, topics or fingerprint, where it is checked" $key) -}}
  {{- end -}}
  {{- $value := get (include "distillwatch.checks.derived" $ | fromYaml) $key -}}
  {{- if $value -}}
    {{- fail (printf "flink.configuration: %s is derived from %s and checked there; set that" $key $value) -}}
  {{- end -}}
  {{- if regexMatch "(?i)(password|secret|secret[-.]key|access[-.]key|token)$" $key -}}
    {{- fail (printf "flink.configuration: %s looks like a secret, and flinkConfiguration ends in a ConfigMap; mount a Secret instead (kafka.security, storage.credentials, extraEnv)" $key) -}}
  {{- end -}}
{{- end -}}
{{- if not $values.kafka.bootstrapServers -}}
  {{- fail "kafka.bootstrapServers: name the brokers to start from, e.g. kafka-bootstrap.kafka.svc:9092" -}}
{{- end -}}
{{- if and $values.job.enabled (not $values.fingerprint.existingSecret) -}}
  {{- fail "fingerprint.existingSecret: name a Secret that holds the key of all prompt fingerprints (kubectl create secret generic distillwatch-fingerprint --from-literal=secret=\"$(openssl rand -hex 32)\")" -}}
{{- end -}}
{{- range $key, $value := $values.kafka.properties -}}
  {{- if and (regexMatch "(?i)(password|secret|jaas\\.config|ssl\\.keystore\\.key)$" $key) (not (hasPrefix "${" (toString $value))) -}}
    {{- fail (printf "kafka.properties: %s is a secret; give a reference such as ${directory:/etc/distillwatch/kafka/sasl:password}, or use kafka.security" $key) -}}
  {{- end -}}
{{- end -}}
{{- $security := $values.kafka.security -}}
{{- if include "distillwatch.kafka.sasl" . -}}
  {{- $byToken := and (eq $security.sasl.mechanism "OAUTHBEARER") $security.sasl.oauth.serviceAccountToken.enabled -}}
  {{- if and (not $byToken) (not $security.sasl.existingSecret) -}}
    {{- fail (printf "kafka.security.sasl.existingSecret: protocol %s needs a Secret with the credentials" $security.protocol) -}}
  {{- end -}}
  {{- if and (eq $security.sasl.mechanism "OAUTHBEARER") (not $byToken) (not $security.sasl.oauth.tokenEndpointUrl) -}}
    {{- fail "kafka.security.sasl.oauth.tokenEndpointUrl: OAUTHBEARER needs the URL that hands out tokens, or serviceAccountToken.enabled" -}}
  {{- end -}}
  {{- if and (ne $security.sasl.mechanism "OAUTHBEARER") (not $security.sasl.username) (not $security.sasl.usernameKey) (not $security.sasl.jaasConfigKey) -}}
    {{- fail "kafka.security.sasl.username: name the user, or the key of the Secret that holds it (usernameKey, or jaasConfigKey for Strimzi's KafkaUser)" -}}
  {{- end -}}
{{- end -}}
{{- if and (eq $security.protocol "SSL") (not $security.tls.keystore.existingSecret) (not $security.tls.truststore.existingSecret) $values.production -}}
  {{- fail "kafka.security.tls: production over SSL needs tls.truststore.existingSecret, and tls.keystore.existingSecret for a client certificate" -}}
{{- end -}}
{{- $interval := include "distillwatch.seconds" $values.checkpointing.interval | int64 -}}
{{- $outage := include "distillwatch.seconds" $values.kafka.longestRestart | int64 -}}
{{- $timeout := include "distillwatch.seconds" $values.kafka.transactionTimeout | int64 -}}
{{- $maximum := include "distillwatch.seconds" $values.kafka.brokerMaxTransactionTimeout | int64 -}}
{{- if eq (dig "kafka" "delivery-guarantee" "" $values.options | lower | replace "_" "-") "exactly-once" -}}
  {{- if gt $timeout $maximum -}}
    {{- fail (printf "kafka.transactionTimeout: %s is above the brokers' transaction.max.timeout.ms (kafka.brokerMaxTransactionTimeout: %s): every producer would be refused; lower the one or raise the other, on the brokers, too" $values.kafka.transactionTimeout $values.kafka.brokerMaxTransactionTimeout) -}}
  {{- end -}}
  {{- if lt $timeout (add $interval $outage) -}}
    {{- fail (printf "kafka.transactionTimeout: %s is below checkpointing.interval (%s) + kafka.longestRestart (%s): the brokers would abort what a restarting job has yet to commit, and those records would be lost; raise it" $values.kafka.transactionTimeout $values.checkpointing.interval $values.kafka.longestRestart) -}}
  {{- end -}}
{{- end -}}
{{- if and (ne $values.job.upgradeMode "stateless") (not $values.storage.uri) -}}
  {{- fail (printf "storage.uri: job.upgradeMode %s keeps state over upgrades and needs a place for it, e.g. s3://bucket/distillwatch or file:///state with storage.volume" $values.job.upgradeMode) -}}
{{- end -}}
{{- if and (eq $values.job.upgradeMode "last-state") (not $values.highAvailability.enabled) -}}
  {{- fail "job.upgradeMode: last-state takes the last checkpoint from HA metadata; set highAvailability.enabled, or upgradeMode savepoint" -}}
{{- end -}}
{{- if and $values.highAvailability.enabled (not $values.storage.uri) -}}
  {{- fail "highAvailability.enabled: needs storage.uri for its metadata" -}}
{{- end -}}
{{- if and (gt (int $values.jobManager.replicas) 1) (not $values.highAvailability.enabled) -}}
  {{- fail "jobManager.replicas: more than one JobManager needs highAvailability.enabled" -}}
{{- end -}}
{{- if and $values.job.rollback (not $values.highAvailability.enabled) -}}
  {{- fail "job.rollback: needs highAvailability.enabled" -}}
{{- end -}}
{{- if and $values.job.periodicSavepoint (not $values.storage.uri) -}}
  {{- fail "job.periodicSavepoint: needs storage.uri" -}}
{{- end -}}
{{- if and (hasPrefix "file:" $values.storage.uri) (not $values.storage.volume.enabled) -}}
  {{- fail "storage.uri: a file: URI needs storage.volume.enabled, or every pod writes to a disk of its own" -}}
{{- end -}}
{{- if and (hasPrefix "file:" $values.storage.uri) $values.storage.volume.enabled (not (hasPrefix (printf "file://%s" $values.storage.volume.mountPath) $values.storage.uri)) -}}
  {{- fail (printf "storage.uri: %s is not below storage.volume.mountPath (%s)" $values.storage.uri $values.storage.volume.mountPath) -}}
{{- end -}}
{{- if gt (int $values.job.parallelism) (int $values.job.maxParallelism) -}}
  {{- fail "job.parallelism: must not be above job.maxParallelism" -}}
{{- end -}}
{{- if and $values.autoscaler.enabled (gt (int $values.autoscaler.maxParallelism) (int $values.job.maxParallelism)) -}}
  {{- fail "autoscaler.maxParallelism: must not be above job.maxParallelism, which is fixed for the life of the state" -}}
{{- end -}}
{{- if gt (int $values.topics.minInSyncReplicas) (int $values.topics.replicas) -}}
  {{- if gt (int $values.topics.replicas) 0 -}}
    {{- fail "topics.minInSyncReplicas: must not be above topics.replicas, or nothing can be written" -}}
  {{- end -}}
{{- end -}}
{{- if and (eq $values.topics.manage "strimzi") (not $values.topics.strimzi.cluster) -}}
  {{- fail "topics.strimzi.cluster: name the Kafka resource that owns the topics" -}}
{{- end -}}
{{- if $values.production -}}
  {{- if not $values.highAvailability.enabled -}}
    {{- fail "production: needs highAvailability.enabled; a JobManager that moves would start the job without its state" -}}
  {{- end -}}
  {{- if or (not $values.storage.uri) (hasPrefix "file:" $values.storage.uri) -}}
    {{- fail "production: needs a durable storage.uri (s3://, gs://, abfss://, hdfs://); checkpoints on a pod's disk end with the pod" -}}
  {{- end -}}
  {{- if hasPrefix "s3:" $values.storage.uri -}}
  {{- else if hasPrefix "s3a:" $values.storage.uri -}}
    {{- fail "storage.uri: write s3://, which Flink's own S3 file system serves" -}}
  {{- end -}}
  {{- if not (has $security.protocol (list "SSL" "SASL_SSL")) -}}
    {{- fail (printf "production: kafka.security.protocol %s sends prompts in clear; use SASL_SSL or SSL" $security.protocol) -}}
  {{- end -}}
  {{- if not $security.tls.verifyHostname -}}
    {{- fail "production: kafka.security.tls.verifyHostname false trusts whoever answers; give the brokers certificates with their names" -}}
  {{- end -}}
  {{- if and $values.sqlGateway.enabled (include "distillwatch.kafka.secret" .) (not $values.sqlGateway.kafkaSecret) -}}
    {{- fail "production: sqlGateway.kafkaSecret: name a read-only Kafka user for SQL; analysts would work with the job's, which may write campaigns" -}}
  {{- end -}}
  {{- if eq $values.job.upgradeMode "stateless" -}}
    {{- fail "production: job.upgradeMode stateless forgets every campaign at each upgrade; use last-state or savepoint" -}}
  {{- end -}}
  {{- if lt (int $values.topics.replicas) 3 -}}
    {{- fail "production: topics.replicas below 3 loses campaigns with a broker" -}}
  {{- end -}}
{{- end -}}
{{- end -}}
