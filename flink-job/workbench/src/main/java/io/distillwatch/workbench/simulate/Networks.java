package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.JsonBytes;
import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Seeds;
import java.util.Arrays;

/**
 * The address plan. A network is one prefix as the job counts them (/24, or /48 for IPv6), held as
 * an int: its kind in the upper bits, its number below. Kinds never share a prefix, as in real
 * registries: an access line is not in a hosting range.
 */
final class Networks {

    enum Kind {
        /** Access lines: few households of a provider's customers a prefix. */
        HOME(0, 24, 40, 200_000),
        /** Carrier-grade NAT: hundreds of people a prefix, the big carriers far more. */
        MOBILE(1, 100, 104, 400),
        /** Offices and campuses. */
        WORK(2, 128, 160, 30_000),
        /** Data centres. */
        HOSTING(3, 5, 20, 3_000),
        /** Exits of public VPNs. */
        VPN(4, 185, 186, 150),
        /** Households on IPv6, a /48 each. */
        HOME6(5, 0, 0, 1 << 24);

        /** Place in the upper bits of a network, and in the list of kinds. */
        private final int code;

        /** First and last (excluded) leading octet of the range. */
        private final int firstOctet;

        private final int lastOctet;
        private final int count;

        Kind(int code, int firstOctet, int lastOctet, int count) {
            this.code = code;
            this.firstOctet = firstOctet;
            this.lastOctet = lastOctet;
            this.count = count;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    private Networks() {}

    /** The network of this number among its kind. */
    static int network(Kind kind, int number) {
        return (kind.code << 24) | Math.floorMod(number, kind.count);
    }

    /** Any network of the kind: carriers and VPNs by popularity, others evenly. */
    static int any(Kind kind, Rand rand) {
        int number =
                kind == Kind.MOBILE || kind == Kind.VPN
                        ? rand.zipf(kind.count)
                        : rand.below(kind.count);
        return network(kind, number);
    }

    /** This many networks of the kind. */
    static int[] several(int count, Kind kind, Rand rand) {
        int[] networks = new int[count];
        Arrays.setAll(networks, i -> any(kind, rand));
        return networks;
    }

    /** A household: one in seven on IPv6. */
    static int home(Rand rand) {
        return rand.chance(1 / 7.0) ? any(Kind.HOME6, rand) : any(Kind.HOME, rand);
    }

    /** Appends the address that this account has in the network. */
    static void address(int network, long account, JsonBytes out) {
        Kind kind = KINDS[network >>> 24];
        int number = network & 0xFFFFFF;
        long host = Seeds.mix(account, network);
        if (kind == Kind.HOME6) {
            out.raw('2').raw('a').raw('0').raw('2').raw(':').hex(number >>> 12, 3).raw(':');
            out.hex(number & 0xFFF, 3)
                    .raw(':')
                    .hex(host & 15, 1)
                    .raw(':')
                    .raw(':')
                    .hex(host >>> 8, 4);
            return;
        }
        // an odd factor permutes the 65,536 prefixes of an octet: neighbours by number are no
        // neighbours
        int octet = kind.firstOctet + (number >>> 16) % (kind.lastOctet - kind.firstOctet);
        int scattered = (number & 0xFFFF) * 40_503 & 0xFFFF;
        if (kind != Kind.HOME) {
            octet = kind.firstOctet + Seeds.below(number, kind.lastOctet - kind.firstOctet);
        }
        out.number(octet).raw('.').number(scattered >>> 8).raw('.');
        out.number(scattered & 0xFF).raw('.').number(1 + (host & 0x7FFFFFFF) % 254);
    }
}
