package io.distillwatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.shaded.guava33.com.google.common.net.InetAddresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {

    private static final long SEED = 20_260_601;

    private final IpPrefix prefixes = new IpPrefix(24, 48);

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.0/24",
        "0.0.0.0, 0.0.0.0/24",
        "255.255.255.255, 255.255.255.0/24",
        "2001:db8:1:2::3, 2001:db8:1::/48",
        "2001:DB8:1:2:3:4:5:6, 2001:db8:1::/48",
        "2001:0db8:0001:0002:0003:0004:0005:0006, 2001:db8:1::/48",
        "2001:db8::, 2001:db8::/48",
        "1::, 1::/48",
        "::, ::/48",
        "::1, ::/48",
        "::1.2.3.4, ::/48",
        "fe80::1, fe80::/48",
        "64:ff9b::203.0.113.7, 64:ff9b::/48",
        "::ffff:203.0.113.7, 203.0.113.0/24",
        "::FFFF:203.0.113.7, 203.0.113.0/24",
        "::ffff:cb00:7107, 203.0.113.0/24",
        "0:0:0:0:0:ffff:203.0.113.7, 203.0.113.0/24",
        "::fffe:203.0.113.7, ::/48",
    })
    void anAddressHasOnePrefix(String address, String prefix) {
        assertThat(prefixes.of(address)).isEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 32, 203.0.113.7/32",
        "203.0.113.7, 31, 203.0.113.6/31",
        "203.0.113.7, 20, 203.0.112.0/20",
        "203.0.113.7, 8, 203.0.0.0/8",
        "203.0.113.7, 1, 128.0.0.0/1",
        "203.0.113.7, 0, 0.0.0.0/0",
        "2001:db8:1:2:3:4:5:6, 128, 2001:db8:1:2:3:4:5:6/128",
        "2001:db8:1:2:3:4:5:7, 127, 2001:db8:1:2:3:4:5:6/127",
        "2001:db8:0:0:3:0:0:0, 128, 2001:db8:0:0:3::/128",
        "2001:0:0:1:0:0:0:1, 128, 2001:0:0:1::1/128",
        "1:0:0:2:0:0:3:4, 128, 1::2:0:0:3:4/128",
        "2001:db8:0:1:1:1:1:1, 128, 2001:db8:0:1:1:1:1:1/128",
        "0:1:2:3:4:5:6:7, 128, 0:1:2:3:4:5:6:7/128",
        "2001:db8:1:2ff::, 56, 2001:db8:1:200::/56",
        "2001:db8:1:2:ffff::, 65, 2001:db8:1:2:8000::/65",
        "2001:db8:1:2:ffff::, 64, 2001:db8:1:2::/64",
        "ffff::, 1, 8000::/1",
        "ffff::, 0, ::/0",
    })
    void prefixesHaveAnyLength(String address, int length, String prefix) {
        boolean ipv4 = address.indexOf(':') < 0;

        assertThat(new IpPrefix(ipv4 ? length : 24, ipv4 ? 48 : length).of(address))
                .isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":",
                ".",
                "1",
                "localhost",
                "example.org",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-1",
                "1.2.3.+1",
                "01.2.3.4",
                "1.2.3.00",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.4\n",
                "1.2.3.4:443",
                "1.2.3.4/24",
                "1..3.4",
                ".1.2.3.4",
                "1.2.3.4.",
                "0x1.2.3.4",
                "16909060",
                "1234.1.1.1",
                "\u0661.2.3.4",
                "\uff11.2.3.4",
                "[2001:db8::1]",
                "[2001:db8::1]:443",
                "fe80::1%eth0",
                "2001:db8::1/64",
                ":1::",
                "1:",
                "1::2:",
                ":::",
                "1:::2",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "g::",
                "::1.2.3",
                "::1.2.3.4.5",
                "::1.2.3.256",
                "::01.2.3.4",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1.2.3.4::",
                "::\uff11",
                "2001:db8:85a3:0000:0000:8a2e:0370:7334:2001:db8:85a3:0000:0000:8a2e"
            })
    void whateverIsNoAddressHasNone(String text) {
        assertThat(prefixes.of(text)).isNull();
    }

    @Test
    void namesAreNotLookedUp() {
        // A look-up of either would answer or time out; here both are only text.
        assertThat(prefixes.of("localhost")).isNull();
        assertThat(prefixes.of("cafe.de")).isNull();
    }

    @Test
    void agreesWithGuavaOnMutatedText() {
        Random random = new Random(SEED);
        String[] seeds = {
            "203.0.113.7", "2001:db8:1:2::3", "::ffff:203.0.113.7", "1:2:3:4:5:6:7:8", "::", "a::b"
        };
        String alphabet = "0123456789abcdefF:.:.";
        IpPrefix whole = new IpPrefix(32, 128);
        int addresses = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(seeds[random.nextInt(seeds.length)]);
            for (int edits = random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(text.length() + 1);
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, c);
                    case 1 -> text.delete(at, Math.min(at + 1, text.length()));
                    default -> text.replace(at, Math.min(at + 1, text.length()), "" + c);
                }
            }
            String address = text.toString();
            String expected = null;
            if (InetAddresses.isInetAddress(address)) {
                InetAddress parsed = InetAddresses.forString(address);
                int bits = parsed instanceof Inet4Address ? 32 : 128;
                expected = InetAddresses.toAddrString(parsed) + "/" + bits;
                addresses++;
            }
            String prefix = whole.of(address);
            if (!Objects.equals(prefix, expected)) { // an assertion each would take seconds
                assertThat(prefix).as("%s, seed %d", address, SEED).isEqualTo(expected);
            }
        }
        assertThat(addresses).isBetween(20_000, 180_000); // both answers were asked for
    }

    @Test
    void aPrefixIsItsOwnPrefix() {
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = 0;
                bytes[random.nextInt(bytes.length)] = 0;
            }
            String address = InetAddresses.toAddrString(addressOf(bytes));
            IpPrefix lengths = new IpPrefix(random.nextInt(33), random.nextInt(129));

            String prefix = lengths.of(address);

            assertThat(IpPrefix.canonical(prefix)).as("seed %d", SEED).isEqualTo(prefix);
            assertThat(lengths.of(prefix.substring(0, prefix.indexOf('/')))).isEqualTo(prefix);
        }
    }

    private static InetAddress addressOf(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("bytes are an address", e);
        }
    }

    @Test
    void neighboursInTheTableOfTextsDoNotAnswerForEachOther() {
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < 1 << 16; i++) {
                String network = (i >>> 8) + "." + (i & 255) + ".1.";
                if (!prefixes.of(network + "9").equals(network + "0/24")) {
                    assertThat(prefixes.of(network + "9")).isEqualTo(network + "0/24");
                }
            }
        }
        assertThat(prefixes.of("1.2.3.4")).isSameAs(prefixes.of("1.2.3.5"));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7/24, 203.0.113.0/24",
        "203.0.113.7, 203.0.113.7/32",
        "::ffff:203.0.113.0/120, 203.0.113.0/24",
        "::ffff:203.0.113.7, 203.0.113.7/32",
        "2001:DB8::1/32, 2001:db8::/32",
        "2001:db8::1, 2001:db8::1/128",
        "::/0, ::/0",
        "0.0.0.0/0, 0.0.0.0/0",
    })
    void aPrefixWrittenByAPersonHasOneText(String text, String prefix) {
        assertThat(IpPrefix.canonical(text)).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/24",
                "203.0.113.0/",
                "203.0.113.0/33",
                "203.0.113.0/-1",
                "203.0.113.0/+8",
                "203.0.113.0/08",
                "203.0.113.0/24/24",
                "203.0.113.0/ 24",
                "203.0.113/24",
                "::/129",
                "::/1290",
                "::ffff:203.0.113.0/95",
                "example.org/24"
            })
    void whateverIsNoPrefixHasNoCanonicalText(String text) {
        assertThat(IpPrefix.canonical(text)).isNull();
    }

    @Test
    void lengthsOutsideTheirFamilyAreRefused() {
        assertThatThrownBy(() -> new IpPrefix(33, 48)).hasMessageContaining("33");
        assertThatThrownBy(() -> new IpPrefix(24, 129)).hasMessageContaining("129");
        assertThatThrownBy(() -> new IpPrefix(-1, 48)).hasMessageContaining("-1");
    }
}
