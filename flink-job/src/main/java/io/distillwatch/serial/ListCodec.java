package io.distillwatch.serial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a list in its order, which on reading is one that can grow: of open panes. */
public final class ListCodec<T> implements RecordCodec<List<T>> {

    private final RecordCodec<T> codec;

    /**
     * @param codec of the elements
     */
    public ListCodec(RecordCodec<T> codec) {
        this.codec = codec;
    }

    @Override
    public void write(List<T> list, DataOutputView out) throws IOException {
        Wire.writeVarInt(out, list.size());
        for (T element : list) {
            codec.write(element, out);
        }
    }

    @Override
    public List<T> read(DataInputView in) throws IOException {
        int size = Wire.readVarInt(in);
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(codec.read(in));
        }
        return list;
    }
}
