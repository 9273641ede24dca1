package io.distillwatch.exchange;

/**
 * Reads the text of one address into 128 bits without ever asking a name service: {@code
 * InetAddress.getByName} resolves whatever is no literal, and that text comes from outside.
 *
 * <p>Accepted: IPv4 as four decimal octets without leading zeros (a leading zero is octal to some
 * readers and decimal to others), and IPv6 as in RFC 4291, upper or lower case, with {@code ::} and
 * with a dotted tail. IPv4-mapped IPv6 ({@code ::ffff:203.0.113.7}) is the IPv4 address.
 *
 * <p>Refused: zone ids ({@code fe80::1%eth0}), ports, brackets, prefix lengths, white space, host
 * names. A zone says nothing outside its own machine, and a port behind an unbracketed IPv6 address
 * cannot be told from its last group, so guessing is left to the producer.
 *
 * <p>Reused from record to record; not thread-safe.
 */
final class IpLiteral {

    /** Longest text of an address: eight full groups, the last two as a dotted quad. */
    static final int MAX_LENGTH = 45;

    private static final long MAPPED = 0xffff_0000_0000L;
    private static final int GROUPS = 8;

    /** Upper 64 bits; 0 for IPv4. */
    long high;

    /** Lower 64 bits; for IPv4 those of its mapped form, so that the families cannot collide. */
    long low;

    /** The dotted quad that was read last. */
    private long quad;

    private final int[] groups = new int[GROUPS];

    /** Whether the bits are an IPv4 address, mapped or not. */
    boolean isIpv4() {
        return high == 0 && low >>> 32 == MAPPED >>> 32;
    }

    /** Reads an address; false, with the bits undefined, when the text is none. */
    boolean read(CharSequence text) {
        int length = text.length();
        if (length < 2 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < length && i < 5; i++) {
            if (text.charAt(i) == ':') {
                return readIpv6(text, length);
            }
        }
        if (!readQuad(text, 0, length)) {
            return false;
        }
        high = 0;
        low = MAPPED | quad;
        return true;
    }

    private boolean readIpv6(CharSequence text, int length) {
        int count = 0;
        int gap = -1; // index of the first group after "::"
        int at = 0;
        if (text.charAt(0) == ':') {
            if (text.charAt(1) != ':') {
                return false;
            }
            gap = 0;
            at = 2;
        }
        while (at < length) {
            if (count == GROUPS) {
                return false;
            }
            int start = at;
            int group = 0;
            while (at < length && at - start < 4 && hex(text.charAt(at)) >= 0) {
                group = group << 4 | hex(text.charAt(at++));
            }
            if (at == start) {
                return false;
            }
            if (at < length && text.charAt(at) == '.') {
                if (count > GROUPS - 2 || !readQuad(text, start, length)) {
                    return false;
                }
                groups[count++] = (int) (quad >>> 16);
                groups[count++] = (int) (quad & 0xffff);
                break;
            }
            groups[count++] = group;
            if (at == length) {
                break;
            }
            if (text.charAt(at) != ':' || ++at == length) {
                return false;
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = count;
                at++;
            }
        }
        if (gap < 0 ? count != GROUPS : count >= GROUPS) {
            return false;
        }
        high = 0;
        low = 0;
        int missing = GROUPS - count;
        for (int i = 0; i < count; i++) {
            put(gap >= 0 && i >= gap ? i + missing : i, groups[i]);
        }
        return true;
    }

    private void put(int index, int group) {
        if (index < GROUPS / 2) {
            high |= (long) group << (48 - 16 * index);
        } else {
            low |= (long) group << (112 - 16 * index);
        }
    }

    private boolean readQuad(CharSequence text, int start, int end) {
        int at = start;
        quad = 0;
        for (int octets = 0; octets < 4; octets++) {
            if (octets > 0 && (at == end || text.charAt(at++) != '.')) {
                return false;
            }
            int first = at;
            int octet = 0;
            while (at < end && at - first < 3 && isDigit(text.charAt(at))) {
                octet = octet * 10 + text.charAt(at++) - '0';
            }
            if (at == first || octet > 255 || (at - first > 1 && text.charAt(first) == '0')) {
                return false;
            }
            quad = quad << 8 | octet;
        }
        return at == end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int hex(char c) {
        if (isDigit(c)) {
            return c - '0';
        }
        char lower = (char) (c | 0x20);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
