package io.distillwatch.group;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of an open pane of account panes. */
final class PanesCodec implements RecordCodec<List<AccountPane>> {

    private final AccountPane.Codec codec = new AccountPane.Codec();

    @Override
    public void write(List<AccountPane> panes, DataOutputView out) throws IOException {
        Wire.writeVarInt(out, panes.size());
        for (AccountPane pane : panes) {
            codec.write(pane, out);
        }
    }

    @Override
    public List<AccountPane> read(DataInputView in) throws IOException {
        int size = Wire.readVarInt(in);
        List<AccountPane> panes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            panes.add(codec.read(in));
        }
        return panes;
    }
}
