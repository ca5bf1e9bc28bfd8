package io.otfd.daemon.tls;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PemFilesTest {

    @TempDir
    private Path dir;

    private Certificate load(String certificate, String key) {
        return PemFiles.load(dir.resolve(certificate), dir.resolve(key));
    }

    private void openssl(String command) throws Exception {
        assumeTrue(OpenSsl.present(), "openssl is not installed");
        OpenSsl.run(dir, command.split(" "));
    }

    @Test
    void rsaKeyLoadsInBothForms() throws Exception {
        openssl("req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=localhost");
        openssl("rsa -traditional -in key.pem -out rsa.pem");
        assertThat(Files.readString(dir.resolve("rsa.pem")), containsString("BEGIN RSA PRIVATE KEY"));
        assertThat(
                load("cert.pem", "key.pem").key(),
                is(load("cert.pem", "rsa.pem").key()));
    }

    @Test
    void ellipticKeyLoadsInBothForms() throws Exception {
        openssl("ecparam -name secp384r1 -genkey -out ec.pem");
        openssl("req -x509 -new -key ec.pem -out cert.pem -subj /CN=localhost");
        openssl("pkcs8 -topk8 -nocrypt -in ec.pem -out key.pem");
        assertThat(Files.readString(dir.resolve("ec.pem")), containsString("BEGIN EC PRIVATE KEY"));
        assertThat(load("cert.pem", "ec.pem").matches(), is(true));
        assertThat(load("cert.pem", "key.pem").matches(), is(true));
    }

    @Test
    void edwardsKeyLoads() throws Exception {
        openssl("req -x509 -newkey ed25519 -nodes -keyout key.pem -out cert.pem -subj /CN=localhost");
        assertThat(load("cert.pem", "key.pem").matches(), is(true));
    }

    @Test
    void encryptedKeyIsNamedAsSuch() throws Exception {
        openssl("req -x509 -newkey rsa:2048 -passout pass:secret -keyout key.pem -out cert.pem -subj /CN=localhost");
        openssl("rsa -traditional -aes128 -passin pass:secret -passout pass:secret -in key.pem -out rsa.pem");
        assertThat(refusal("cert.pem", "key.pem"), containsString("encrypted"));
        assertThat(refusal("cert.pem", "rsa.pem"), containsString("encrypted"));
    }

    @Test
    void wholeChainIsKept() throws Exception {
        Certificate issued = LocalCa.open(dir).issue(Set.of());
        Files.writeString(
                dir.resolve("chain.pem"),
                Files.readString(dir.resolve("server/server.pem")) + Files.readString(dir.resolve("ca.pem")));
        assertThat(load("chain.pem", "server/server-key.pem").chain(), is(issued.chain()));
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefused() {
        LocalCa.open(dir).issue(Set.of());
        assertThat(refusal("ca.pem", "server/server-key.pem"), containsString("is not that of the certificate"));
        assertThat(refusal("ca.pem", "absent.pem"), containsString("no file"));
        assertThat(refusal("ca.pem", "ca.pem"), containsString("no private key"));
        assertThat(refusal("ca-key.pem", "ca-key.pem"), containsString("ertificate"));
    }

    private String refusal(String certificate, String key) {
        return assertThrows(TlsException.class, () -> load(certificate, key)).getMessage();
    }
}
