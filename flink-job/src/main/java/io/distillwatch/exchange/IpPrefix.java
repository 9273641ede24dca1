package io.distillwatch.exchange;

/**
 * Turns the text of a client address into the canonical text of its prefix: {@code 203.0.113.7} is
 * {@code 203.0.113.0/24}, {@code 2001:db8:1:2::3} is {@code 2001:db8:1::/48} (RFC 5952). What
 * counts as an address is said at {@link IpLiteral}; no name is ever looked up.
 *
 * <p>The text of recently seen prefixes is kept, so that a busy prefix costs no allocation. Not
 * thread-safe.
 */
public final class IpPrefix {

    /** Bits of an IPv4 address. */
    public static final int IPV4_BITS = 32;

    /** Bits of an IPv6 address. */
    public static final int IPV6_BITS = 128;

    /**
     * Slots of the direct-mapped table of texts: at some 60 bytes a text it holds half a megabyte
     * at most, and the prefixes of a busy minute.
     */
    private static final int SLOTS = 1 << 13;

    private static final int GROUPS = 8;

    private final int lengthIpv4;
    private final int lengthIpv6;
    private final IpLiteral address = new IpLiteral();
    private final long[] highs = new long[SLOTS];
    private final long[] lows = new long[SLOTS];
    private final String[] texts = new String[SLOTS];

    /**
     * @param lengthIpv4 bits of an IPv4 prefix, 0 to 32
     * @param lengthIpv6 bits of an IPv6 prefix, 0 to 128
     * @throws IllegalArgumentException when a length is outside its range
     */
    public IpPrefix(int lengthIpv4, int lengthIpv6) {
        this.lengthIpv4 = checked(lengthIpv4, IPV4_BITS);
        this.lengthIpv6 = checked(lengthIpv6, IPV6_BITS);
    }

    private static int checked(int length, int bits) {
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException(
                    "prefix length " + length + " is not within 0 to " + bits);
        }
        return length;
    }

    /**
     * The prefix of an address.
     *
     * @return canonical text; null when {@code text} is not the text of an address
     */
    public String of(CharSequence text) {
        if (!address.read(text)) {
            return null;
        }
        boolean ipv4 = address.isIpv4();
        int length = ipv4 ? lengthIpv4 : lengthIpv6;
        mask(address, length);
        long high = address.high;
        long low = address.low;
        int slot = slot(high, low);
        if (texts[slot] == null || highs[slot] != high || lows[slot] != low) {
            highs[slot] = high;
            lows[slot] = low;
            texts[slot] = text(high, low, ipv4, length);
        }
        return texts[slot];
    }

    /**
     * The canonical text of a prefix written by a person, as in an allow-list: {@code
     * 203.0.113.7/24} is {@code 203.0.113.0/24}, {@code ::ffff:203.0.113.0/120} too; an address
     * without a length stands for itself.
     *
     * @return canonical text; null when {@code text} is not a prefix
     */
    public static String canonical(String text) {
        int slash = text.indexOf('/');
        IpLiteral address = new IpLiteral();
        if (!address.read(slash < 0 ? text : text.substring(0, slash))) {
            return null;
        }
        boolean ipv4 = address.isIpv4();
        int bits = ipv4 ? IPV4_BITS : IPV6_BITS;
        int length = slash < 0 ? bits : length(text.substring(slash + 1));
        if (ipv4 && slash >= 0 && text.indexOf(':') >= 0) {
            length -= IPV6_BITS - IPV4_BITS; // written in the bits of the mapped form
        }
        if (length < 0 || length > bits) {
            return null;
        }
        mask(address, length);
        return text(address.high, address.low, ipv4, length);
    }

    /** One to three decimal digits without a leading zero; -1 for anything else. */
    private static int length(String digits) {
        if (digits.isEmpty()
                || digits.length() > 3
                || (digits.length() > 1 && digits.charAt(0) == '0')) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            length = length * 10 + c - '0';
        }
        return length;
    }

    private static void mask(IpLiteral address, int length) {
        if (address.isIpv4()) {
            // The upper half of the mapped form stays: it says that this is IPv4.
            address.low &= ones(length + IPV4_BITS);
        } else {
            address.high &= ones(Math.min(length, 64));
            address.low &= ones(Math.max(length - 64, 0));
        }
    }

    /** A word whose upper {@code count} bits are set. */
    private static long ones(int count) {
        return count == 0 ? 0 : -1L << (64 - count);
    }

    private static int slot(long high, long low) {
        long mixed = (high * 0x9e3779b97f4a7c15L ^ low) * 0xc2b2ae3d27d4eb4fL;
        return (int) (mixed >>> 51);
    }

    private static String text(long high, long low, boolean ipv4, int length) {
        StringBuilder text = new StringBuilder(IpLiteral.MAX_LENGTH + 4);
        if (ipv4) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                text.append(low >>> shift & 0xff).append(shift == 0 ? '/' : '.');
            }
        } else {
            appendIpv6(text, high, low);
            text.append('/');
        }
        return text.append(length).toString();
    }

    /**
     * RFC 5952: lower case, no leading zeros, the first longest run of zero groups as {@code ::}.
     */
    private static void appendIpv6(StringBuilder text, long high, long low) {
        int runStart = -1;
        int runLength = 1; // a single zero group is written out
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && group(high, low, end) == 0) {
                end++;
            }
            if (end - i > runLength) {
                runStart = i;
                runLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        for (int i = 0; i < GROUPS; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
                continue;
            }
            if (i > 0 && i != runStart + runLength) {
                text.append(':');
            }
            text.append(Integer.toHexString(group(high, low, i)));
        }
    }

    private static int group(long high, long low, int index) {
        return (int)
                ((index < 4 ? high >>> (48 - 16 * index) : low >>> (112 - 16 * index)) & 0xffff);
    }
}
