package io.distillwatch.workbench.simulate;

/**
 * One exchange as a producer would send it.
 *
 * @param eventTime epoch milliseconds
 * @param json UTF-8, without a line end
 */
@SuppressWarnings("ArrayRecordComponent") // on its way to a socket, never compared
public record SimulatedExchange(long eventTime, byte[] json) {}
