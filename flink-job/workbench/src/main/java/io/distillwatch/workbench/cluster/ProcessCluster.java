package io.distillwatch.workbench.cluster;

import io.distillwatch.workbench.local.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A Flink session cluster of real processes: a JobManager and TaskManagers, each a JVM of its own,
 * so that one can be killed the hard way.
 */
public final class ProcessCluster implements AutoCloseable {

    /** On a machine that is busy with something else. */
    private static final Duration START = Duration.ofMinutes(2);

    private final Path directory;
    private final Configuration configuration;
    private final List<Path> classPath;
    private final FlinkJvm jobManager;
    private final Map<String, FlinkJvm> taskManagers = new TreeMap<>();
    private final ClusterClient client;
    private int started;

    private ProcessCluster(Configuration settings, List<Path> classPath) {
        this.directory = Directories.temporary("distillwatch-flink");
        this.classPath = List.copyOf(classPath);
        this.configuration = configuration(settings, directory);
        writeFiles();
        this.jobManager =
                start(
                        StandaloneSessionClusterEntrypoint.class,
                        List.of("-Xmx512m"),
                        List.of("--executionMode", "cluster"),
                        "jobmanager");
        this.client = new ClusterClient(configuration);
    }

    /**
     * A cluster whose TaskManagers have registered.
     *
     * @param taskManagers how many, each with one slot unless the settings say otherwise
     * @param settings of Flink, for the whole cluster; win over the defaults here
     * @param classPath jars of Flink and a logger; jobs bring the rest
     */
    public static ProcessCluster start(
            int taskManagers, Configuration settings, List<Path> classPath) {
        ProcessCluster cluster = new ProcessCluster(settings, classPath);
        try {
            for (int i = 0; i < taskManagers; i++) {
                cluster.startTaskManager();
            }
            cluster.awaitTaskManagers(taskManagers);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The class path of this JVM, also where a test runner hides it in a manifest. */
    public static List<Path> ownClassPath() {
        String path =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(":", -1)).map(Path::of).toList();
    }

    private static Configuration configuration(Configuration settings, Path directory) {
        Configuration configuration = new Configuration();
        configuration.set(JobManagerOptions.ADDRESS, "localhost");
        configuration.set(JobManagerOptions.PORT, Ports.any());
        configuration.set(RestOptions.ADDRESS, "localhost");
        configuration.set(RestOptions.BIND_ADDRESS, "localhost");
        configuration.set(RestOptions.PORT, Ports.any());
        configuration.set(BlobServerOptions.PORT, "0");
        configuration.set(TaskManagerOptions.HOST, "localhost");
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 1);
        configuration.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1024));
        // A lost TaskManager is noticed within seconds, not within the default minute.
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMillis(500));
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(20));
        configuration.set(CoreOptions.TMP_DIRS, directory.resolve("tmp").toString());
        configuration.addAll(settings);
        return configuration;
    }

    private void writeFiles() {
        try {
            Files.createDirectories(directory.resolve("tmp"));
            Files.createDirectories(directory.resolve("conf"));
            Files.write(
                    directory.resolve("conf/config.yaml"),
                    ConfigurationUtils.convertConfigToWritableLines(configuration, false));
            Files.writeString(
                    directory.resolve("conf").resolve(FlinkJvm.LOG_CONFIGURATION),
                    """
                    rootLogger.level = INFO
                    rootLogger.appenderRef.console.ref = Console
                    appender.console.type = Console
                    appender.console.name = Console
                    appender.console.layout.type = PatternLayout
                    appender.console.layout.pattern = %d{HH:mm:ss,SSS} %-5p %c{1} - %m%n
                    # Says so for every sink, and means nothing.
                    logger.metrics.name = org.apache.flink.runtime.metrics.groups
                    logger.metrics.level = ERROR
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + directory, e);
        }
    }

    /**
     * Starts one more TaskManager and does not wait for it.
     *
     * @return its id, as the REST interface shows it
     */
    public String startTaskManager() {
        started++;
        String id = "taskmanager-" + started;
        TaskExecutorProcessSpec memory =
                TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        List<String> jvm =
                List.of(ProcessMemoryUtils.generateJvmParametersStr(memory).strip().split("\\s+"));
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)
                                        .strip()
                                        .split("\\s+")));
        arguments.add("-D");
        arguments.add(TaskManagerOptions.TASK_MANAGER_RESOURCE_ID.key() + "=" + id);
        taskManagers.put(id, start(TaskManagerRunner.class, jvm, arguments, id));
        return id;
    }

    private FlinkJvm start(
            Class<?> main, List<String> jvmArguments, List<String> arguments, String name) {
        List<String> all =
                new ArrayList<>(List.of("--configDir", directory.resolve("conf").toString()));
        all.addAll(arguments);
        return FlinkJvm.start(
                main.getName(),
                classPath,
                jvmArguments,
                all,
                directory.resolve("conf"),
                directory.resolve(name + ".log"));
    }

    /**
     * Submits a jar by {@code flink run --detached}, in a JVM of its own with the class path of the
     * cluster and nothing else.
     *
     * @param jar of the job, with all that Flink does not bring
     * @param arguments of its main method
     * @param flink settings of Flink for this job; win over the cluster's
     * @return the id of the job, which may still be starting
     * @throws IllegalStateException with what the client printed, if it fails
     */
    public JobID submit(Path jar, List<String> arguments, Configuration flink) {
        JobID id = new JobID();
        List<String> command = new ArrayList<>(List.of("run", "--detached", "--target", "remote"));
        command.add("-D" + PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID.key() + "=" + id);
        flink.toMap().forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add(jar.toString());
        command.addAll(arguments);
        FlinkJvm run =
                FlinkJvm.start(
                        CliFrontend.class.getName(),
                        classPath,
                        List.of("-Xmx256m"),
                        command,
                        directory.resolve("conf"),
                        directory.resolve("run-" + id + ".log"));
        int code = run.exitCode(START);
        if (code != 0) {
            throw new IllegalStateException("flink run ended with " + code + "\n" + run.log());
        }
        return id;
    }

    /** Waits until at least so many TaskManagers are registered. */
    public void awaitTaskManagers(int count) {
        Await.until(
                count + " TaskManagers",
                START,
                () -> {
                    if (!jobManager.alive()) {
                        throw new IllegalStateException("the JobManager has ended");
                    }
                    return client.taskManagers() >= count;
                },
                this::lastLines);
    }

    /** Kills a TaskManager with signal 9; the JobManager has to find out by itself. */
    public void kill(String taskManager) {
        FlinkJvm killed = taskManagers.remove(taskManager);
        if (killed == null) {
            throw new IllegalArgumentException(
                    "no TaskManager " + taskManager + " in " + taskManagers.keySet());
        }
        killed.kill();
    }

    /** The TaskManagers that live. */
    public Set<String> taskManagers() {
        return taskManagers.entrySet().stream()
                .filter(entry -> entry.getValue().alive())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Process ids of all JVMs, the JobManager's first. */
    public List<Long> pids() {
        List<Long> pids = new ArrayList<>(List.of(jobManager.pid()));
        taskManagers.values().forEach(jvm -> pids.add(jvm.pid()));
        return pids;
    }

    /** Asks for jobs and ends them. */
    public ClusterClient client() {
        return client;
    }

    /** What all JVMs have logged so far, the JobManager first. */
    public String logs() {
        StringBuilder logs = new StringBuilder(jobManager.log());
        taskManagers.values().forEach(jvm -> logs.append(jvm.log()));
        return logs.toString();
    }

    /** The end of every log, for a message. */
    public String lastLines() {
        StringBuilder lines = new StringBuilder(jobManager.lastLines());
        taskManagers.values().forEach(jvm -> lines.append('\n').append(jvm.lastLines()));
        return lines.toString();
    }

    @Override
    public void close() {
        client.close();
        taskManagers.values().forEach(FlinkJvm::kill);
        jobManager.kill();
        Directories.delete(directory);
    }
}
