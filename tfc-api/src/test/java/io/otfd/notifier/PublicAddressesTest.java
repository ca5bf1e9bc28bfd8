package io.otfd.notifier;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    private static final PublicAddresses STRICT = new PublicAddresses(false);
    private static final PublicAddresses LENIENT = new PublicAddresses(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.1",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.1",
                "2606:4700::1111",
                "64:ff9b::808:808",
                "2002:808:808::1"
            })
    void publicOnesAreAllowed(String address) throws UnknownHostException {
        assertThat(STRICT.allows(InetAddress.getByName(address)), equalTo(true));
        assertThat(LENIENT.allows(InetAddress.getByName(address)), equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.127.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "::1",
                "fc00::1",
                "fd00:ec2::254",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1",
                "::10.0.0.1"
            })
    void privateOnesAreForThoseWhoAskForThem(String address) throws UnknownHostException {
        assertThat(STRICT.allows(InetAddress.getByName(address)), equalTo(false));
        assertThat(LENIENT.allows(InetAddress.getByName(address)), equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "192.0.0.1",
                "192.0.2.1",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "fe80::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "4000::1",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe"
            })
    void othersAreNever(String address) throws UnknownHostException {
        assertThat(STRICT.allows(InetAddress.getByName(address)), equalTo(false));
        assertThat(LENIENT.allows(InetAddress.getByName(address)), equalTo(false));
    }
}
