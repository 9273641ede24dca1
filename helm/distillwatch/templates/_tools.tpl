{{/*
A Job that runs one script with Kafka's own tools. Call with
(dict "root" $ "name" N "component" C "script" key-of-the-ConfigMap "hook" "post-install,post-upgrade" "weight" "0").
*/}}
{{- define "distillwatch.tools.podSpec" -}}
{{- $root := .root -}}
restartPolicy: {{ default "Never" .restartPolicy }}
serviceAccountName: {{ include "distillwatch.toolsServiceAccountName" $root }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  {{- include "distillwatch.podSecurityContext" $root | nindent 2 }}
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: {{ .component }}
    image: {{ include "distillwatch.toolsImage" $root | quote }}
    imagePullPolicy: {{ $root.Values.kafka.tools.image.pullPolicy }}
    command: ["/bin/bash", "/etc/distillwatch/tools/{{ .script }}"]
    env:
      - name: PATH
        value: {{ $root.Values.kafka.tools.path | quote }}
      - name: CLIENT_PROPERTIES
        value: /etc/distillwatch/tools/client.properties
      - name: BOOTSTRAP_SERVERS
        value: {{ $root.Values.kafka.bootstrapServers | quote }}
      - name: POLICY_TOPIC
        value: {{ index $root.Values.topics.list "detection-policy" "name" | quote }}
      - name: POLICY_KEY
        value: {{ $root.Values.policy.key | quote }}
      - name: FILES
        value: /etc/distillwatch/tools
      # The tools log to a directory of their own, and /tmp is the only place they may write to.
      - name: LOG_DIR
        value: /tmp
      - name: KAFKA_HEAP_OPTS
        value: -Xmx128m
      {{- with include "distillwatch.kafka.javaOptions" $root }}
      - name: KAFKA_OPTS
        value: {{ . | quote }}
      {{- end }}
    securityContext:
      {{- include "distillwatch.containerSecurityContext" $root | nindent 6 }}
    resources:
      {{- toYaml $root.Values.kafka.tools.resources | nindent 6 }}
    volumeMounts:
      - name: tools
        mountPath: /etc/distillwatch/tools
        readOnly: true
      - name: tmp
        mountPath: /tmp
      {{- with include "distillwatch.kafka.volumeMounts" $root | trim }}
      {{- . | nindent 6 }}
      {{- end }}
volumes:
  - name: tools
    configMap:
      name: {{ include "distillwatch.fullname" $root }}-tools
  - name: tmp
    emptyDir:
      sizeLimit: 64Mi
  {{- with include "distillwatch.kafka.volumes" $root | trim }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "distillwatch.tools.job" -}}
apiVersion: batch/v1
kind: Job
metadata:
  {{- include "distillwatch.metadata" (dict "root" .root "name" .name "component" .component "annotations" (dict "helm.sh/hook" .hook "helm.sh/hook-weight" .weight "helm.sh/hook-delete-policy" "before-hook-creation,hook-succeeded")) | nindent 2 }}
spec:
  backoffLimit: 6
  activeDeadlineSeconds: 600
  ttlSecondsAfterFinished: 86400
  template:
    metadata:
      labels:
        {{- include "distillwatch.selectorLabels" .root | nindent 8 }}
        app.kubernetes.io/component: {{ .component }}
        distillwatch.io/kafka-client: "true"
    spec:
      {{- include "distillwatch.tools.podSpec" . | nindent 6 }}
{{- end -}}
