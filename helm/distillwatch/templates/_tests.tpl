{{/* A test pod: one script in the job's image. Call with (dict "root" $ "script" S "env" (dict …)). */}}
{{- define "distillwatch.tests.podSpec" -}}
{{- $root := .root -}}
restartPolicy: Never
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
  - name: test
    image: {{ include "distillwatch.image" $root | quote }}
    imagePullPolicy: {{ $root.Values.image.pullPolicy }}
    command: ["/bin/bash", "/etc/distillwatch/tools/{{ .script }}"]
    env:
      {{- range $key, $value := .env }}
      - name: {{ $key }}
        value: {{ $value | quote }}
      {{- end }}
    securityContext:
      {{- include "distillwatch.containerSecurityContext" $root | nindent 6 }}
    resources:
      requests:
        cpu: 50m
        memory: 32Mi
      limits:
        memory: 128Mi
    volumeMounts:
      - name: tools
        mountPath: /etc/distillwatch/tools
        readOnly: true
      {{- if .sql }}
      - name: sql
        mountPath: /opt/distillwatch/sql
        readOnly: true
      {{- end }}
volumes:
  - name: tools
    configMap:
      name: {{ include "distillwatch.fullname" $root }}-tools
  {{- if .sql }}
  - name: sql
    configMap:
      name: {{ include "distillwatch.sqlName" $root }}-files
      items:
        - key: init.sql
          path: init.sql
  {{- end }}
{{- end -}}
