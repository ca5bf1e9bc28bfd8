package io.otfd.daemon.tls;

import java.net.IDN;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The names and addresses that a certificate is good for.
 *
 * @param names host names in lower case ASCII, and addresses in the one form that Java prints
 */
record HostNames(Set<String> names) {

    private static final List<String> LOCAL = List.of("localhost", "127.0.0.1", "::1");
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    /** This machine's own names, always, and the ones given. */
    static HostNames localAnd(Collection<String> hosts) {
        Set<String> names = new TreeSet<>();
        Stream.concat(LOCAL.stream(), hosts.stream()).map(HostNames::canonical).forEach(names::add);
        return new HostNames(names);
    }

    static HostNames of(X509Certificate certificate) throws CertificateParsingException {
        Set<String> names = new TreeSet<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
            names.add(canonical(alternative.get(1).toString()));
        }
        return new HostNames(names);
    }

    /** The SubjectAltName extension's value. */
    byte[] encoded() {
        return Der.sequence(names.stream()
                .map(name -> address(name)
                        .map(address -> Der.implicit(ADDRESS, address.getAddress()))
                        .orElseGet(() -> Der.implicit(DNS, name.getBytes(StandardCharsets.US_ASCII))))
                .toArray(byte[][]::new));
    }

    private static String canonical(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return address(bare)
                    .map(InetAddress::getHostAddress)
                    .orElseGet(() -> IDN.toASCII(bare).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new TlsException("A certificate cannot be made for the host name '" + host + "'.", e);
        }
    }

    private static Optional<InetAddress> address(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
