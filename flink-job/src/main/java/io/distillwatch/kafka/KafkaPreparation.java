package io.distillwatch.kafka;

import io.distillwatch.settings.DetectionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the brokers and creates missing topics, before the job is there. Done here, a broker
 * that is away is one line a try; done by the job, it is a restart with a stack trace each.
 */
public final class KafkaPreparation {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaPreparation.class);

    /** Between two tries. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Properties properties;
    private final int tries;

    /**
     * Prepares with the given client settings.
     *
     * @param properties of the admin client, the brokers' addresses among them
     * @param eachTry how long one try may take: seconds, since a broker that lives answers in less
     * @param tries how often to try before giving up, at least once
     */
    public KafkaPreparation(Properties properties, Duration eachTry, int tries) {
        this.properties = new Properties();
        this.properties.putAll(properties);
        String limit = Long.toString(eachTry.toMillis());
        this.properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
        this.properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, limit);
        this.tries = tries;
    }

    /**
     * Returns once every topic exists.
     *
     * @param topics what should be there; existing topics are left as they are
     * @return the names of those that were created
     * @throws KafkaUnavailableException if the brokers do not answer or refuse
     */
    public List<String> prepare(List<KafkaTopics.Plan> topics) throws InterruptedException {
        String servers = properties.getProperty("bootstrap.servers");
        for (int number = 1; ; number++) {
            try (Admin admin = Admin.create(properties)) {
                List<String> created = createMissing(admin, topics);
                LOG.info(
                        "Kafka at {} answers; topics created: {}",
                        servers,
                        created.isEmpty() ? "none, all were there" : created);
                return created;
            } catch (ExecutionException | KafkaException e) {
                Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
                boolean retry = cause instanceof RetriableException;
                if (!retry || number >= tries) {
                    throw new KafkaUnavailableException(message(servers, cause, retry), cause);
                }
                LOG.warn("{} Try {} of {}.", message(servers, cause, true), number, tries);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
    }

    private static List<String> createMissing(Admin admin, List<KafkaTopics.Plan> topics)
            throws ExecutionException, InterruptedException {
        Set<String> present = new HashSet<>(admin.listTopics().names().get());
        List<String> created = new ArrayList<>();
        for (KafkaTopics.Plan plan : topics) {
            if (!present.contains(plan.name()) && created(admin, plan)) {
                created.add(plan.name());
            }
        }
        return created;
    }

    private static boolean created(Admin admin, KafkaTopics.Plan plan)
            throws ExecutionException, InterruptedException {
        NewTopic topic =
                new NewTopic(plan.name(), Optional.of(plan.partitions()), plan.replicas())
                        .configs(plan.config());
        try {
            admin.createTopics(List.of(topic)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false; // Another was faster, or may not show it to us.
            }
            throw e;
        }
    }

    private static String message(String servers, Throwable cause, boolean unreachable) {
        String reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return unreachable
                ? "Kafka at %s (%s) does not answer (%s)."
                        .formatted(
                                servers,
                                DetectionOptions.PREFIX + "kafka.bootstrap-servers",
                                reason)
                : "Kafka at %s refuses to show or to create the topics (%s); create them yourself and set %s to false."
                        .formatted(
                                servers, reason, DetectionOptions.PREFIX + "kafka.prepare-topics");
    }
}
