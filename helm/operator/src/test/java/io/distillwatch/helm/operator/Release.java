package io.distillwatch.helm.operator;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;

/** A release of the chart with the production profile, upgraded value by value. */
final class Release {

    private static final Path CHART = Path.of("../distillwatch").toAbsolutePath();

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * {@code helm upgrade --reset-then-reuse-values --set …}: what it makes of the job's
     * FlinkDeployment.
     */
    FlinkDeployment upgrade(Map<String, String> settings) {
        values.putAll(settings);
        TemplateCommand template =
                new Helm(CHART)
                        .template()
                        .withName("distillwatch")
                        .withNamespace("detection")
                        .withKubeVersion("1.31.0")
                        .withValuesFile(CHART.resolve("values-production.yaml"));
        values.forEach(template::set);
        return OlderOperator.read(template.call()).get(0);
    }
}
