package io.distillwatch.workbench.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Chooses the ports that a server here listens on. */
public final class Ports {

    private static final int LAST = 65_535;

    private Ports() {}

    /**
     * The port that was asked for, or the usual one, or any if the usual one is taken.
     *
     * @param option name of the option, for the message
     * @param wanted by the user; null or 0 for whatever is free
     * @param usual tried first where the user does not care
     * @throws IllegalStateException with a sentence for the user when there is no such port or it
     *     is taken
     */
    public static int choose(String option, Integer wanted, int usual) {
        if (wanted == null) {
            return isFree(usual) ? usual : any();
        }
        if (wanted < 0 || wanted > LAST) {
            throw new IllegalStateException(
                    "there is no port %d: %s takes 1 to %d, or 0 for any that is free"
                            .formatted(wanted, option, LAST));
        }
        if (wanted == 0) {
            return any();
        }
        if (!isFree(wanted)) {
            throw new IllegalStateException(
                    "port %d is taken: stop what listens there, name another port with %s, or leave %s out and any free port is used"
                            .formatted(wanted, option, option));
        }
        return wanted;
    }

    /** Whether a server could listen there now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** A port that was free a moment ago; another process may take it before its user does. */
    public static int any() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on this machine", e);
        }
    }
}
