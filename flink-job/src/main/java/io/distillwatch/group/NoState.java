package io.distillwatch.group;

import io.distillwatch.serial.RecordCodec;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The state of a function that keeps none. */
final class NoState {

    static final NoState NONE = new NoState();

    private NoState() {}

    /** No bytes. */
    static final class Codec implements RecordCodec<NoState> {

        @Override
        public void write(NoState state, DataOutputView out) {}

        @Override
        public NoState read(DataInputView in) {
            return NONE;
        }
    }
}
