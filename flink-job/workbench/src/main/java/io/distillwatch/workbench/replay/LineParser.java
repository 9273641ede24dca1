package io.distillwatch.workbench.replay;

import io.distillwatch.exchange.Intake;
import java.io.Serializable;

/** Makes an intake of one line; never throws on bad input. {@code ExchangeParser} in earnest. */
@FunctionalInterface
public interface LineParser {

    /**
     * @param value the line without its end
     * @param topic name of the file
     * @param partition 0
     * @param offset number of the line, from 1
     * @param ingestedAt when the line's neighbours say that it was logged, epoch milliseconds
     */
    Intake parse(byte[] value, String topic, int partition, long offset, long ingestedAt);

    /** Travels to the readers; a parser itself holds buffers. */
    @FunctionalInterface
    interface Factory extends Serializable {

        LineParser create();
    }
}
