package io.distillwatch.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The chart as a test sees it: rendered by Helm 3 in this JVM.
 *
 * <p>{@code chart().with("values-minimal.yaml").values("job: {parallelism: 3}").render()}
 */
final class Chart {

    /** Surefire runs in the module's directory. */
    static final Path DIRECTORY = Path.of("distillwatch").toAbsolutePath();

    static final String MINIMAL = "values-minimal.yaml";
    static final String PRODUCTION = "values-production.yaml";
    static final String LARGE = "values-large.yaml";

    static final String RELEASE = "distillwatch";
    static final String NAMESPACE = "detection";

    /** Without it Helm renders for a Kubernetes that nobody runs. */
    private static final String KUBERNETES = "1.31.0";

    private final List<Path> valuesFiles;
    private String rendered;

    private Chart(List<Path> valuesFiles) {
        this.valuesFiles = valuesFiles;
    }

    /** The chart with nothing but its own defaults. */
    static Chart chart() {
        return new Chart(List.of());
    }

    /** The least that renders. */
    static Chart minimal() {
        return chart().with(MINIMAL);
    }

    static Chart production() {
        return chart().with(PRODUCTION);
    }

    /** One of the chart's own profiles on top. */
    Chart with(String profile) {
        return with(DIRECTORY.resolve(profile));
    }

    /** A values file on top. */
    Chart with(Path valuesFile) {
        List<Path> more = new ArrayList<>(valuesFiles);
        more.add(valuesFile);
        return new Chart(more);
    }

    /** Values on top, as YAML. */
    Chart values(String yaml) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            file.toFile().deleteOnExit();
            Files.writeString(file, yaml);
            return with(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Path> valuesFiles() {
        return valuesFiles;
    }

    /** What Helm renders, hooks among it; rendered once. */
    String text() {
        if (rendered == null) {
            rendered = renderAnew();
        }
        return rendered;
    }

    String renderAnew() {
        TemplateCommand template =
                new Helm(Unhooked.directory())
                        .template()
                        .withName(RELEASE)
                        .withNamespace(NAMESPACE)
                        .withKubeVersion(KUBERNETES);
        valuesFiles.forEach(template::withValuesFile);
        return Unhooked.restore(template.call());
    }

    List<Manifest> render() {
        return Manifest.parse(text());
    }

    /** The only object of that kind and name. */
    Manifest render(String kind, String name) {
        return render().stream()
                .filter(manifest -> manifest.kind().equals(kind) && manifest.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + "/" + name + " rendered"));
    }

    /** The FlinkDeployment of the job. */
    Manifest job() {
        return render("FlinkDeployment", RELEASE);
    }

    /** The message with which Helm refuses to render. */
    String refusal() {
        try {
            text();
        } catch (RuntimeException refused) {
            return refused.getMessage();
        }
        throw new AssertionError("rendered, though it must not");
    }
}
