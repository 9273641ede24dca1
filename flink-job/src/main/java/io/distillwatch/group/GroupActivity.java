package io.distillwatch.group;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.serial.RecordCodec;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What one account did in one group in one pane.
 *
 * @param group id of the group
 * @param pane the account's exchanges that belong to the group, without their features
 */
public record GroupActivity(long group, AccountPane pane) {

    /** Bytes of a {@link GroupActivity}. */
    public static final class Codec implements RecordCodec<GroupActivity> {

        private final AccountPane.Codec panes = new AccountPane.Codec(false);

        @Override
        public void write(GroupActivity activity, DataOutputView out) throws IOException {
            out.writeLong(activity.group);
            panes.write(activity.pane, out);
        }

        @Override
        public GroupActivity read(DataInputView in) throws IOException {
            return new GroupActivity(in.readLong(), panes.read(in));
        }
    }
}
