{{/*
How every Kafka client of the release is told to connect: the job, the SQL session, the tools.
Secrets stay in mounted files; the properties only say where, by Kafka's own DirectoryConfigProvider,
so that no secret is in a ConfigMap, on a command line or in an environment.
*/}}

{{- define "distillwatch.kafka.secretsDir" -}}/etc/distillwatch/kafka{{- end -}}

{{- define "distillwatch.kafka.tls" -}}
{{- if has .Values.kafka.security.protocol (list "SSL" "SASL_SSL") }}true{{ end -}}
{{- end -}}

{{- define "distillwatch.kafka.sasl" -}}
{{- if has .Values.kafka.security.protocol (list "SASL_PLAINTEXT" "SASL_SSL") }}true{{ end -}}
{{- end -}}

{{/* Whether who a client is stands in a Secret, and not in the token of its pod. */}}
{{- define "distillwatch.kafka.secret" -}}
{{- $security := .Values.kafka.security -}}
{{- if include "distillwatch.kafka.sasl" . -}}
{{- if not (and (eq $security.sasl.mechanism "OAUTHBEARER") $security.sasl.oauth.serviceAccountToken.enabled) }}true{{ end -}}
{{- else if and (include "distillwatch.kafka.tls" .) $security.tls.keystore.existingSecret }}true
{{- end -}}
{{- end -}}

{{/* Client properties as a YAML map. */}}
{{- define "distillwatch.kafka.properties" -}}
{{- $security := .Values.kafka.security -}}
{{- $dir := include "distillwatch.kafka.secretsDir" . -}}
{{- $properties := dict "security.protocol" $security.protocol -}}
{{- $provider := false -}}
{{- if include "distillwatch.kafka.tls" . -}}
  {{- $trust := $security.tls.truststore -}}
  {{- if $trust.existingSecret -}}
    {{- $_ := set $properties "ssl.truststore.type" $trust.type -}}
    {{- $_ := set $properties "ssl.truststore.location" (printf "%s/truststore/%s" $dir $trust.key) -}}
    {{- if $trust.passwordKey -}}
      {{- $provider = true -}}
      {{- $_ := set $properties "ssl.truststore.password" (printf "${directory:%s/truststore:%s}" $dir $trust.passwordKey) -}}
    {{- end -}}
  {{- end -}}
  {{- $key := $security.tls.keystore -}}
  {{- if $key.existingSecret -}}
    {{- $provider = true -}}
    {{- $_ := set $properties "ssl.keystore.type" $key.type -}}
    {{- if eq $key.type "PEM" -}}
      {{- $_ := set $properties "ssl.keystore.key" (printf "${directory:%s/keystore:%s}" $dir $key.privateKeyKey) -}}
      {{- $_ := set $properties "ssl.keystore.certificate.chain" (printf "${directory:%s/keystore:%s}" $dir $key.certificateKey) -}}
    {{- else -}}
      {{- $_ := set $properties "ssl.keystore.location" (printf "%s/keystore/%s" $dir $key.key) -}}
      {{- $_ := set $properties "ssl.keystore.password" (printf "${directory:%s/keystore:%s}" $dir $key.passwordKey) -}}
      {{- $_ := set $properties "ssl.key.password" (printf "${directory:%s/keystore:%s}" $dir $key.passwordKey) -}}
    {{- end -}}
  {{- end -}}
  {{- if not $security.tls.verifyHostname -}}
    {{- $_ := set $properties "ssl.endpoint.identification.algorithm" "" -}}
  {{- end -}}
{{- end -}}
{{- if include "distillwatch.kafka.sasl" . -}}
  {{- $sasl := $security.sasl -}}
  {{- $_ := set $properties "sasl.mechanism" $sasl.mechanism -}}
  {{- if eq $sasl.mechanism "OAUTHBEARER" -}}
    {{- $_ := set $properties "sasl.login.callback.handler.class" "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler" -}}
    {{- if $sasl.oauth.serviceAccountToken.enabled -}}
      {{- $_ := set $properties "sasl.oauthbearer.token.endpoint.url" (printf "file://%s/token/token" $dir) -}}
      {{- $_ := set $properties "sasl.jaas.config" "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;" -}}
    {{- else -}}
      {{- $provider = true -}}
      {{- $_ := set $properties "sasl.oauthbearer.token.endpoint.url" $sasl.oauth.tokenEndpointUrl -}}
      {{- $scope := ternary (printf " scope=%q" $sasl.oauth.scope) "" (ne $sasl.oauth.scope "") -}}
      {{- $_ := set $properties "sasl.jaas.config" (printf "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"${directory:%s/sasl:%s}\" clientSecret=\"${directory:%s/sasl:%s}\"%s;" $dir $sasl.oauth.clientIdKey $dir $sasl.oauth.clientSecretKey $scope) -}}
    {{- end -}}
  {{- else -}}
    {{- $provider = true -}}
    {{- if $sasl.jaasConfigKey -}}
      {{- $_ := set $properties "sasl.jaas.config" (printf "${directory:%s/sasl:%s}" $dir $sasl.jaasConfigKey) -}}
    {{- else -}}
      {{- $module := ternary "org.apache.kafka.common.security.plain.PlainLoginModule" "org.apache.kafka.common.security.scram.ScramLoginModule" (eq $sasl.mechanism "PLAIN") -}}
      {{- $user := ternary (printf "${directory:%s/sasl:%s}" $dir $sasl.usernameKey) $sasl.username (ne $sasl.usernameKey "") -}}
      {{- $_ := set $properties "sasl.jaas.config" (printf "%s required username=\"%s\" password=\"${directory:%s/sasl:%s}\";" $module $user $dir $sasl.passwordKey) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- if $provider -}}
  {{- $_ := set $properties "config.providers" "directory" -}}
  {{- $_ := set $properties "config.providers.directory.class" "org.apache.kafka.common.config.provider.DirectoryConfigProvider" -}}
  {{- $_ := set $properties "config.providers.directory.param.allowed.paths" $dir -}}
{{- end -}}
{{- $properties = merge (dict) .Values.kafka.properties $properties -}}
{{- toYaml $properties -}}
{{- end -}}

{{/* The same as a Java properties file, for Kafka's own tools. */}}
{{- define "distillwatch.kafka.propertiesFile" -}}
bootstrap.servers={{ .Values.kafka.bootstrapServers }}
{{- range $key, $value := include "distillwatch.kafka.properties" . | fromYaml }}
{{ $key }}={{ $value }}
{{- end }}
{{- end -}}

{{/* Volumes that hold the secrets. */}}
{{- define "distillwatch.kafka.volumes" -}}
{{- $security := .Values.kafka.security -}}
{{- if and (include "distillwatch.kafka.tls" .) $security.tls.truststore.existingSecret }}
- name: kafka-truststore
  secret:
    secretName: {{ $security.tls.truststore.existingSecret }}
    defaultMode: 0440
{{- end }}
{{- if and (include "distillwatch.kafka.tls" .) $security.tls.keystore.existingSecret }}
- name: kafka-keystore
  secret:
    secretName: {{ $security.tls.keystore.existingSecret }}
    defaultMode: 0440
{{- end }}
{{- if include "distillwatch.kafka.sasl" . }}
{{- if and (eq $security.sasl.mechanism "OAUTHBEARER") $security.sasl.oauth.serviceAccountToken.enabled }}
- name: kafka-token
  projected:
    defaultMode: 0440
    sources:
      - serviceAccountToken:
          path: token
          audience: {{ $security.sasl.oauth.serviceAccountToken.audience }}
          expirationSeconds: {{ $security.sasl.oauth.serviceAccountToken.expirationSeconds }}
{{- else }}
- name: kafka-sasl
  secret:
    secretName: {{ $security.sasl.existingSecret }}
    defaultMode: 0440
{{- end }}
{{- end }}
{{- end -}}

{{- define "distillwatch.kafka.volumeMounts" -}}
{{- $security := .Values.kafka.security -}}
{{- $dir := include "distillwatch.kafka.secretsDir" . -}}
{{- if and (include "distillwatch.kafka.tls" .) $security.tls.truststore.existingSecret }}
- name: kafka-truststore
  mountPath: {{ $dir }}/truststore
  readOnly: true
{{- end }}
{{- if and (include "distillwatch.kafka.tls" .) $security.tls.keystore.existingSecret }}
- name: kafka-keystore
  mountPath: {{ $dir }}/keystore
  readOnly: true
{{- end }}
{{- if include "distillwatch.kafka.sasl" . }}
{{- if and (eq $security.sasl.mechanism "OAUTHBEARER") $security.sasl.oauth.serviceAccountToken.enabled }}
- name: kafka-token
  mountPath: {{ $dir }}/token
  readOnly: true
{{- else }}
- name: kafka-sasl
  mountPath: {{ $dir }}/sasl
  readOnly: true
{{- end }}
{{- end }}
{{- end -}}

{{/* Since 4.0, Kafka fetches OAuth tokens only from places named in a system property. */}}
{{- define "distillwatch.kafka.javaOptions" -}}
{{- $sasl := .Values.kafka.security.sasl -}}
{{- if and (include "distillwatch.kafka.sasl" .) (eq $sasl.mechanism "OAUTHBEARER") -}}
{{- if $sasl.oauth.serviceAccountToken.enabled -}}
-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=file://{{ include "distillwatch.kafka.secretsDir" . }}/token/token -Dorg.apache.kafka.sasl.oauthbearer.allowed.files={{ include "distillwatch.kafka.secretsDir" . }}/token/token
{{- else -}}
-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls={{ $sasl.oauth.tokenEndpointUrl }}
{{- end -}}
{{- end -}}
{{- end -}}
