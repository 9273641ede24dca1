package io.distillwatch.helm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The values over which rules are checked: the profiles, and what each switch turns on or off. */
final class ValuesMatrix {

    private static final Map<String, Chart> CHARTS = matrix();

    private ValuesMatrix() {}

    /** Charts by what is special about them. */
    static Map<String, Chart> charts() {
        return CHARTS;
    }

    private static Map<String, Chart> matrix() {
        Map<String, Chart> charts = new LinkedHashMap<>();
        charts.put("minimal", Chart.minimal());
        charts.put("production", Chart.production());
        charts.put("large", Chart.production().with(Chart.LARGE));
        charts.put(
                "minimal with everything on",
                Chart.minimal()
                        .values(
                                """
                                sqlGateway: {enabled: true}
                                networkPolicy: {enabled: true, webFrom: [{podSelector: {}}]}
                                podDisruptionBudget: {enabled: true}
                                monitoring:
                                  podMonitor: {enabled: true, labels: {release: prom}}
                                  alerts: {enabled: true, alertLabels: {team: trust}}
                                  dashboards: {enabled: true, annotations: {grafana_folder: Abuse}}
                                """));
        charts.put(
                "minimal with everything off",
                Chart.minimal()
                        .values(
                                """
                                job: {enabled: false}
                                tests: {enabled: false}
                                policy: {publish: false}
                                topics: {manage: none}
                                serviceAccount: {create: false, name: elsewhere}
                                rbac: {create: false}
                                monitoring: {enabled: false}
                                """));
        charts.put(
                "PLAIN over plaintext",
                Chart.minimal()
                        .values(
                                """
                                kafka:
                                  security:
                                    protocol: SASL_PLAINTEXT
                                    sasl: {mechanism: PLAIN, existingSecret: kafka, usernameKey: user}
                                """));
        charts.put(
                "whole JAAS configuration from Strimzi",
                Chart.production()
                        .values("kafka: {security: {sasl: {jaasConfigKey: sasl.jaas.config}}}"));
        charts.put(
                "mTLS with PEM",
                Chart.production()
                        .values(
                                """
                                kafka:
                                  security:
                                    protocol: SSL
                                    tls: {keystore: {existingSecret: client}}
                                """));
        charts.put(
                "mTLS with PKCS12",
                Chart.production()
                        .values(
                                """
                                kafka:
                                  security:
                                    protocol: SSL
                                    tls:
                                      truststore: {type: PKCS12, key: ca.p12, passwordKey: ca.password}
                                      keystore: {existingSecret: client, type: PKCS12}
                                """));
        charts.put(
                "OAUTHBEARER with a client secret",
                Chart.production()
                        .values(
                                """
                                kafka:
                                  security:
                                    sasl:
                                      mechanism: OAUTHBEARER
                                      existingSecret: oauth
                                      oauth: {tokenEndpointUrl: "https://login.example/token", scope: kafka}
                                """));
        charts.put(
                "OAUTHBEARER with the pod's own token",
                Chart.production()
                        .values(
                                """
                                kafka:
                                  security:
                                    sasl:
                                      mechanism: OAUTHBEARER
                                      oauth: {serviceAccountToken: {enabled: true}}
                                """));
        charts.put(
                "static keys for another S3",
                Chart.production()
                        .values(
                                """
                                storage:
                                  s3: {endpoint: "http://minio:9000", pathStyleAccess: true, credentialsProvider: ""}
                                  credentials: {existingSecret: minio}
                                """));
        charts.put(
                "stateless, at least once, from latest",
                Chart.minimal()
                        .values(
                                """
                                job: {upgradeMode: stateless}
                                storage: {uri: "", volume: {enabled: false}}
                                options: {kafka: {delivery-guarantee: at-least-once, starting-offsets: latest}}
                                """));
        charts.put(
                "placed, labelled, pulled by digest",
                Chart.minimal()
                        .values(
                                """
                                image:
                                  digest: sha256:%s
                                  pullSecrets: [{name: registry}]
                                commonLabels: {team: trust}
                                commonAnnotations: {contact: trust@example.com}
                                podLabels: {cost: trust}
                                podAnnotations: {sidecar.istio.io/inject: "false"}
                                priorityClassName: high
                                extraEnv: [{name: TZ, value: UTC}]
                                extraVolumes: [{name: more, emptyDir: {sizeLimit: 1Gi}}]
                                extraVolumeMounts: [{name: more, mountPath: /more}]
                                jobManager: {nodeSelector: {pool: small}}
                                taskManager:
                                  nodeSelector: {pool: large}
                                  tolerations: [{key: pool, operator: Exists}]
                                  rocksdb: {storageClassName: nvme}
                                job:
                                  initialSavepointPath: file:///state/savepoint-1
                                  savepointTriggerNonce: 3
                                  savepointRedeployNonce: 4
                                  restartNonce: 5
                                """
                                        .formatted("0".repeat(64))));
        return charts;
    }

    static Stream<Named<Chart>> all() {
        return charts().entrySet().stream().map(each -> Named.of(each.getKey(), each.getValue()));
    }

    static Stream<Named<Chart>> profiles() {
        return all().limit(3);
    }
}
