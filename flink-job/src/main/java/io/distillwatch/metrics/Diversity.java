package io.distillwatch.metrics;

import io.distillwatch.sketch.DistinctSketch;
import io.distillwatch.sketch.FrequencySketch;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How different several exchanges are: the sketches of a {@link Slice}. */
final class Diversity {

    private final DistinctSketch prompts;
    private final FrequencySketch families;
    private final DistinctSketch peers;
    /* Null where no client is known. */
    private DistinctSketch clients;

    Diversity() {
        this(new DistinctSketch(), new FrequencySketch(), new DistinctSketch(), null);
    }

    private Diversity(
            DistinctSketch prompts,
            FrequencySketch families,
            DistinctSketch peers,
            DistinctSketch clients) {
        this.prompts = prompts;
        this.families = families;
        this.peers = peers;
        this.clients = clients;
    }

    /** Takes one exchange, by its hashes; no client is 0. */
    void add(long prompt, long family, long peer, long client) {
        prompts.add(prompt);
        families.add(family, 1);
        peers.add(peer);
        if (client != 0) {
            clients = clients == null ? new DistinctSketch() : clients;
            clients.add(client);
        }
    }

    void merge(Diversity other) {
        prompts.merge(other.prompts);
        families.merge(other.families);
        peers.merge(other.peers);
        if (other.clients != null) {
            clients = clients == null ? new DistinctSketch() : clients;
            clients.merge(other.clients);
        }
    }

    void write(DataOutputView out) throws IOException {
        prompts.write(out);
        families.write(out);
        peers.write(out);
        DistinctSketch.writeNullable(clients, out);
    }

    static Diversity read(DataInputView in) throws IOException {
        return new Diversity(
                DistinctSketch.read(in),
                FrequencySketch.read(in),
                DistinctSketch.read(in),
                DistinctSketch.readNullable(in));
    }

    /** Adds to a window what {@link #write} wrote. */
    static void addTo(WindowSum sum, DataInputView in) throws IOException {
        DistinctSketch.addTo(sum.prompts, in);
        FrequencySketch.addTo(sum.families, in);
        DistinctSketch.addTo(sum.peers, in);
        if (in.readBoolean()) {
            DistinctSketch.addTo(sum.clients, in);
        }
    }
}
