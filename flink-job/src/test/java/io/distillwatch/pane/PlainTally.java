package io.distillwatch.pane;

import io.distillwatch.serial.RecordCodec;

/** {@link Tally} without guidance. */
final class PlainTally extends PaneFunction<String, Tally.Number, long[], long[], Void, String> {

    private final Tally tally;

    PlainTally(int maxCachedStates) {
        this.tally = new Tally(maxCachedStates);
    }

    @Override
    protected long paneEnd(Tally.Number input) {
        return tally.paneEnd(input);
    }

    @Override
    protected long[] newPane(String key) {
        return tally.newPane(key);
    }

    @Override
    protected void add(long[] pane, Tally.Number input) {
        tally.add(pane, input);
    }

    @Override
    protected long[] newState(String key) {
        return tally.newState(key);
    }

    @Override
    protected void closePane(
            String key, long paneEnd, long[] pane, Context<long[], String> context) {
        tally.closePane(key, paneEnd, pane, context);
    }

    @Override
    protected void onTimer(String key, long time, Context<long[], String> context) {
        tally.onTimer(key, time, context);
    }

    @Override
    protected RecordCodec<long[]> paneCodec() {
        return tally.paneCodec();
    }

    @Override
    protected RecordCodec<long[]> stateCodec() {
        return tally.stateCodec();
    }

    @Override
    protected int maxCachedStates() {
        return tally.maxCachedStates();
    }
}
