package io.distillwatch.sql.function;

import io.distillwatch.exchange.IpPrefix;
import io.distillwatch.settings.DetectionSettings;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.UserDefinedFunction;

/**
 * {@code IP_PREFIX(ip [, ipv4_bits, ipv6_bits])}: the network of an address, written as the job
 * writes it. Without lengths, those of the job.
 */
public final class IpPrefixFunction extends ScalarFunction
        implements SettingsFunctionFactory.WithSettings {

    private final int lengthIpv4;
    private final int lengthIpv6;
    private transient IpPrefix prefix;
    private transient IpPrefix other;
    private transient int otherIpv4;
    private transient int otherIpv6;

    /** With the default lengths. */
    public IpPrefixFunction() {
        this(
                DetectionSettings.defaults().intake().prefixLengthIpv4(),
                DetectionSettings.defaults().intake().prefixLengthIpv6());
    }

    private IpPrefixFunction(int lengthIpv4, int lengthIpv6) {
        this.lengthIpv4 = lengthIpv4;
        this.lengthIpv6 = lengthIpv6;
    }

    @Override
    public UserDefinedFunction with(DetectionSettings.Intake settings) {
        return new IpPrefixFunction(settings.prefixLengthIpv4(), settings.prefixLengthIpv6());
    }

    @Override
    public void open(FunctionContext context) {
        prefix = new IpPrefix(lengthIpv4, lengthIpv6);
    }

    /** Null for null and for what is no address. */
    public String eval(String ip) {
        return ip == null ? null : prefix.of(ip);
    }

    /** Null for null and for what is no address. */
    public String eval(String ip, Integer ipv4Bits, Integer ipv6Bits) {
        if (ip == null || ipv4Bits == null || ipv6Bits == null) {
            return null;
        }
        if (other == null || otherIpv4 != ipv4Bits || otherIpv6 != ipv6Bits) {
            Arguments.between("IP_PREFIX", "ipv4_bits", ipv4Bits, 0, IpPrefix.IPV4_BITS);
            Arguments.between("IP_PREFIX", "ipv6_bits", ipv6Bits, 0, IpPrefix.IPV6_BITS);
            other = new IpPrefix(ipv4Bits, ipv6Bits);
            otherIpv4 = ipv4Bits;
            otherIpv6 = ipv6Bits;
        }
        return other.of(ip);
    }
}
