package io.distillwatch.serial;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of one record type, written by hand: for records that cross every shuffle and for packed
 * state. A codec of what crosses shuffles has no state and a public constructor without arguments;
 * one whose bytes live in state writes a version first and reads all earlier ones.
 */
public interface RecordCodec<T> extends Serializable {

    /** Writes a record; null is not allowed. */
    void write(T record, DataOutputView out) throws IOException;

    /** Reads what {@link #write} wrote. */
    T read(DataInputView in) throws IOException;
}
