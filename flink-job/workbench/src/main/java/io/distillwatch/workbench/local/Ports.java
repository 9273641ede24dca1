package io.distillwatch.workbench.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Chooses the ports that a server here listens on. */
public final class Ports {

    private Ports() {}

    /**
     * The port that was asked for, or the usual one, or any if the usual one is taken.
     *
     * @param option name of the option, for the message
     * @param wanted by the user; null for whatever is free
     * @param usual tried first where the user wants none
     * @throws IllegalStateException with a sentence for the user when the wanted port is taken
     */
    public static int choose(String option, Integer wanted, int usual) {
        if (wanted != null) {
            if (!free(wanted)) {
                throw new IllegalStateException(
                        "port %d is taken: stop what listens there, name another port with %s, or leave %s out and any free port is used"
                                .formatted(wanted, option, option));
            }
            return wanted;
        }
        return free(usual) ? usual : any();
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int any() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on this machine", e);
        }
    }
}
