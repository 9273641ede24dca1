package io.distillwatch.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for a Kubernetes API server: it keeps objects, tells watchers, and holds the job to
 * the Role that the chart gives it. It starts no pods: {@link Kubelet} does.
 */
final class ApiServer implements AutoCloseable {

    private static final String JOB = "job";
    private static final String ADMIN = "admin";

    private static final Pattern RESOURCE =
            Pattern.compile(
                    "/apis?(?:/[a-z.]+)?/v1/namespaces/%s/([a-z]+)(?:/([^/?]+))?(?:\\?(.*))?"
                            .formatted(Chart.NAMESPACE));

    private final KubernetesMockServer server;
    private final NamespacedKubernetesClient client;
    private final Set<String> granted;
    private final Set<String> asked = new ConcurrentSkipListSet<>();

    private ApiServer(Set<String> granted) {
        this.granted = granted;
        KubernetesCrudDispatcher objects = new KubernetesCrudDispatcher();
        Dispatcher guarded =
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return mayPass(request) ? objects.dispatch(request) : forbidden(request);
                    }
                };
        this.server =
                new KubernetesMockServer(
                        new Context(), new MockWebServer(), new HashMap<>(), guarded, false);
        server.start();
        this.client = server.createClient().inNamespace(Chart.NAMESPACE);
    }

    /**
     * @param role of the job, as rendered
     */
    static ApiServer start(Manifest role) {
        return new ApiServer(verbs(role));
    }

    /** The verbs of a role, as resource:verb. */
    static Set<String> verbs(Manifest role) {
        Set<String> verbs = new TreeSet<>();
        for (JsonNode rule : role.at("/rules")) {
            for (JsonNode resource : rule.path("resources")) {
                for (JsonNode verb : rule.path("verbs")) {
                    verbs.add(resource.asText() + ":" + verb.asText());
                }
            }
        }
        return verbs;
    }

    /** What the job has asked for so far, granted or not. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    /** Of whoever may do everything. */
    NamespacedKubernetesClient client() {
        return client;
    }

    /** Any object as Kubernetes' own JSON. */
    static Manifest manifest(HasMetadata object) {
        try {
            return new Manifest(new ObjectMapper().readTree(Serialization.asJson(object)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How the job's service account finds the server. */
    Path jobKubeconfig(Path directory) throws IOException {
        return kubeconfig(directory, JOB);
    }

    /** How the operator finds the server. */
    Path adminKubeconfig(Path directory) throws IOException {
        return kubeconfig(directory, ADMIN);
    }

    private Path kubeconfig(Path directory, String token) throws IOException {
        return Files.writeString(
                directory.resolve("kubeconfig-" + token),
                """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: 'http://localhost:%d'}}]
                contexts: [{name: test, context: {cluster: test, user: test, namespace: %s}}]
                users: [{name: test, user: {token: %s}}]
                """
                        .formatted(server.getPort(), Chart.NAMESPACE, token));
    }

    private boolean mayPass(RecordedRequest request) {
        if (!("Bearer " + JOB).equals(request.getHeader("Authorization"))) {
            return true;
        }
        Matcher path = RESOURCE.matcher(request.getPath());
        if (!path.matches()) {
            // Another namespace, or the cluster: nothing there is granted. Discovery is for all.
            return request.getPath().equals("/version");
        }
        String verb =
                path.group(1)
                        + ":"
                        + verb(
                                request.getMethod(),
                                path.group(2) != null,
                                path.group(3) == null ? List.of() : List.of(path.group(3)));
        asked.add(verb);
        return granted.contains(verb);
    }

    private static String verb(String method, boolean named, List<String> query) {
        return switch (method) {
            case "GET" -> {
                if (query.stream().anyMatch(each -> each.contains("watch=true"))) {
                    yield "watch";
                }
                yield named ? "get" : "list";
            }
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> named ? "delete" : "deletecollection";
            default -> method;
        };
    }

    private static MockResponse forbidden(RecordedRequest request) {
        return new MockResponse()
                .setResponseCode(403)
                .setBody(
                        """
                        {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden",\
                        "code":403,"message":"%s %s is not granted"}\
                        """
                                .formatted(request.getMethod(), request.getPath()));
    }

    @Override
    public void close() {
        client.close();
        server.shutdown();
    }
}
