package io.otfd.notifier;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Which addresses a user of the API may have this server speak to. Everything that is not on the public internet is refused:
 * the server's own network would answer it, and not the user (IANA special-purpose address registries).
 */
final class PublicAddresses {

    private final boolean allowPrivate;

    /** @param allowPrivate networks of a company and this machine are fine, links and groups are not */
    PublicAddresses(boolean allowPrivate) {
        this.allowPrivate = allowPrivate;
    }

    boolean allows(InetAddress address) {
        InetAddress meant = unwrapped(address);
        if (meant.isAnyLocalAddress()
                || meant.isLinkLocalAddress()
                || meant.isMulticastAddress()
                || isReserved(meant)) {
            return false;
        }
        return allowPrivate || !isPrivate(meant);
    }

    private static boolean isPrivate(InetAddress address) {
        if (address.isLoopbackAddress() || address.isSiteLocalAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? in(bytes, 100, 64, 10) || in(bytes, 198, 18, 15)
                // Unique local addresses, fc00::/7.
                : (bytes[0] & 0xfe) == 0xfc;
    }

    /** 0.0.0.0/8, 192.0.0.0/24, documentation, 240.0.0.0/4 with broadcast, and of IPv6 all that is not 2000::/3 or private. */
    private static boolean isReserved(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return bytes[0] == 0
                    || (bytes[0] & 0xf0) == 0xf0
                    || in(bytes, 192, 0, 16) && bytes[2] == 0
                    || in(bytes, 192, 0, 16) && bytes[2] == 2
                    || in(bytes, 198, 51, 16) && bytes[2] == 100
                    || in(bytes, 203, 0, 16) && bytes[2] == 113;
        }
        boolean documentation = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && (bytes[3] & 0xff) == 0xb8;
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        return documentation || teredo || (bytes[0] & 0xe0) != 0x20 && !isPrivate(address);
    }

    /** In the network {@code first.second.0.0/bits}, of at most 16 bits. */
    private static boolean in(byte[] bytes, int first, int second, int bits) {
        int mask = bits >= 16 ? 0xffff : 0xffff << 16 - bits & 0xffff;
        int prefix = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return (prefix & mask) == ((first << 8 | second) & mask);
    }

    /** The IPv4 address that an IPv6 one stands for: mapped, compatible, NAT64 and 6to4. */
    private static InetAddress unwrapped(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        if (bytes[0] == 0x20 && bytes[1] == 0x02) {
            return ipv4(bytes, 2);
        }
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        boolean mapped = isZero(bytes, 10) && bytes[10] == -1 && bytes[11] == -1;
        boolean compatible = !address.isLoopbackAddress() && isZero(bytes, 12);
        return nat64 || mapped || compatible ? ipv4(bytes, 12) : address;
    }

    private static boolean isZero(byte[] bytes, int length) {
        return Arrays.equals(bytes, 0, length, new byte[length], 0, length);
    }

    private static InetAddress ipv4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
