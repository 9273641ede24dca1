package io.distillwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.exchange.Intake;
import io.distillwatch.exchange.IntakeCodec;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.policy.PolicyParser;
import io.distillwatch.serial.CodecSerializer;
import io.distillwatch.serial.CodecTypeInfo;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import io.distillwatch.settings.DetectionSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

public class DetectionTopologyTest {

    private static final Set<OperatorId> SOURCES =
            EnumSet.of(OperatorId.EXCHANGE_SOURCE, OperatorId.POLICY_SOURCE);

    @Test
    void everyOperatorHasItsUidAndEveryUidItsOperator() {
        StreamGraph graph = graph(strict());

        // Generates the ids of all operators; fails where one would have to be made up.
        assertThat(graph.getJobGraph().getNumberOfVertices()).isPositive();
        assertThat(uids(graph))
                .containsAll(
                        Arrays.stream(OperatorId.values())
                                .filter(id -> !SOURCES.contains(id))
                                .map(OperatorId::uid)
                                .toList());
    }

    @Test
    void anOperatorWithoutUidWouldBeFound() {
        StreamExecutionEnvironment env = strict();
        build(env);
        env.fromData(Types.INT, 1)
                .uid("numbers")
                .map(i -> i + 1)
                .sinkTo(new DiscardingSink<>())
                .uid("end");

        assertThatThrownBy(() -> env.getStreamGraph().getJobGraph())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no UID");
    }

    @Test
    void nothingIsLeftToKryo() {
        Collection<StreamNode> nodes = graph(strict()).getStreamNodes();

        assertThat(nodes).hasSizeGreaterThan(15);
        for (StreamNode node : nodes) {
            List<String> serializers = new ArrayList<>();
            for (var serializer : node.getTypeSerializersIn()) {
                serializers.add(String.valueOf(serializer));
            }
            serializers.add(String.valueOf(node.getTypeSerializerOut()));
            assertThat(serializers).as(node.getOperatorName()).noneMatch(s -> s.contains("Kryo"));
        }
    }

    @Test
    void aSavepointFindsEverySerializerAgain() throws IOException {
        for (StreamNode node : graph(strict()).getStreamNodes()) {
            TypeSerializer<?> serializer = node.getTypeSerializerOut();
            if (serializer instanceof CodecSerializer<?>) {
                DataOutputSerializer out = new DataOutputSerializer(64);
                TypeSerializerSnapshot.writeVersionedSnapshot(
                        out, serializer.snapshotConfiguration());
                TypeSerializerSnapshot<?> read =
                        TypeSerializerSnapshot.readVersionedSnapshot(
                                new DataInputDeserializer(out.getCopyOfBuffer()),
                                getClass().getClassLoader());

                assertThat(read.restoreSerializer())
                        .as(node.getOperatorName())
                        .isEqualTo(serializer);
            }
        }
    }

    @Test
    void aTypeThatFallsToKryoWouldBeFound() {
        StreamExecutionEnvironment env = strict();
        build(env);
        TypeInformation<Object> generic = new GenericTypeInfo<>(Object.class);
        env.fromData(Types.INT, 1)
                .uid("numbers")
                .map(i -> new Object(), generic)
                .uid("objects")
                .rebalance()
                .sinkTo(new DiscardingSink<>())
                .uid("end");

        assertThatThrownBy(env::getStreamGraph)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Generic types have been disabled");
    }

    @Test
    void whatMustBeOneIsOneWhateverTheParallelism() {
        StreamExecutionEnvironment env = strict();
        env.setParallelism(4);
        StreamGraph graph = graph(env);

        for (StreamNode node : graph.getStreamNodes()) {
            if (OperatorId.FAMILY_CATALOG.uid().equals(node.getTransformationUID())
                    || OperatorId.CAMPAIGNS.uid().equals(node.getTransformationUID())) {
                assertThat(node.getParallelism()).as(node.getOperatorName()).isEqualTo(1);
            }
            if (OperatorId.ACCOUNT_WINDOWS.uid().equals(node.getTransformationUID())
                    || OperatorId.GROUP_TRACKER.uid().equals(node.getTransformationUID())) {
                assertThat(node.getParallelism()).as(node.getOperatorName()).isEqualTo(4);
            }
        }
    }

    private static List<String> uids(StreamGraph graph) {
        return graph.getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .filter(uid -> uid != null)
                .toList();
    }

    private static StreamExecutionEnvironment strict() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    }

    private static StreamGraph graph(StreamExecutionEnvironment env) {
        build(env);
        return env.getStreamGraph();
    }

    private static void build(StreamExecutionEnvironment env) {
        DataStream<Intake> intake =
                env.fromData(Types.INT, 1)
                        .uid("intake-numbers")
                        .flatMap(
                                (number, out) -> {},
                                new CodecTypeInfo<>(Intake.class, new IntakeCodec()))
                        .uid(OperatorId.EXCHANGE_SOURCE.uid());
        DataStream<DetectionPolicy> policies =
                env.fromData(Types.INT, 1)
                        .uid("policy-numbers")
                        .flatMap((number, out) -> {}, POLICY)
                        .uid(OperatorId.POLICY_SOURCE.uid());
        DetectionTopology.build(
                intake, policies, DetectionSettings.defaults(), topic -> new DiscardingSink<>());
    }

    private static final TypeInformation<DetectionPolicy> POLICY = policyType();

    private static TypeInformation<DetectionPolicy> policyType() {
        return new CodecTypeInfo<>(DetectionPolicy.class, new PolicyCodec());
    }

    /** Bytes of a policy: its JSON. */
    public static final class PolicyCodec implements RecordCodec<DetectionPolicy> {

        @Override
        public void write(DetectionPolicy policy, DataOutputView out) throws IOException {
            Wire.writeBytes(out, PolicyParser.format(policy));
        }

        @Override
        public DetectionPolicy read(DataInputView in) throws IOException {
            try {
                return PolicyParser.parse(Wire.readBytes(in));
            } catch (PolicyParser.InvalidPolicyException e) {
                throw new IOException(e);
            }
        }
    }
}
