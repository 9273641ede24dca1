package io.distillwatch.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.family.CatalogUpdate;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputRecordCodec;
import io.distillwatch.testing.Bytes;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class CodecSerializerTest {

    private static final CatalogUpdate UPDATE = new CatalogUpdate(300_000, -7, 42, 12);

    private final TypeSerializer<CatalogUpdate> serializer =
            new CodecSerializer<>(new CatalogUpdate.Codec());

    @Test
    void recordsComeBack() throws IOException {
        byte[] bytes = Bytes.of(out -> serializer.serialize(UPDATE, out));

        assertThat(serializer.deserialize(Bytes.reader(bytes))).isEqualTo(UPDATE);
    }

    @Test
    void bytesAreCopiedAsTheyAre() throws IOException {
        byte[] bytes = Bytes.of(out -> serializer.serialize(UPDATE, out));
        DataOutputSerializer copy = new DataOutputSerializer(16);

        serializer.copy(Bytes.reader(bytes), copy);

        assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes);
    }

    @Test
    void aSavepointFindsItsCodecAgain() throws IOException {
        TypeSerializerSnapshot<CatalogUpdate> restored = restored(serializer);

        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(restored)
                                .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void aSavepointOfAnotherTypeIsIncompatible() throws IOException {
        TypeSerializerSnapshot other =
                restored(new CodecSerializer<OutputRecord>(new OutputRecordCodec()));

        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(other)
                                .isIncompatible())
                .isTrue();
    }

    @Test
    void anUnknownCodecIsNamed() {
        byte[] bytes = Bytes.of(out -> out.writeUTF("io.distillwatch.NoSuchCodec"));

        assertThatThrownBy(
                        () ->
                                new CodecSerializerSnapshot<>()
                                        .readSnapshot(
                                                1,
                                                Bytes.reader(bytes),
                                                getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("io.distillwatch.NoSuchCodec");
    }

    private static <T> TypeSerializerSnapshot<T> restored(TypeSerializer<T> serializer)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        return TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()),
                CodecSerializerTest.class.getClassLoader());
    }
}
