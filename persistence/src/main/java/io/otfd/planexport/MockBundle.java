package io.otfd.planexport;

import io.otfd.Refusal;
import io.otfd.blob.Spool;
import jakarta.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.NoSuchElementException;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Mocks for {@code sentinel apply} and {@code sentinel test}, as a {@code tar.gz}
 * (cloud-docs/policy-enforcement/sentinel/mock). One resource of the plan is in memory at a time.
 */
final class MockBundle {

    private static final String CONFIGURATION = """
            mock "tfconfig/v2" {
              module {
                source = "mock-tfconfig-v2.sentinel"
              }
            }

            mock "tfplan/v2" {
              module {
                source = "mock-tfplan-v2.sentinel"
              }
            }

            mock "tfstate/v2" {
              module {
                source = "mock-tfstate-v2.sentinel"
              }
            }

            mock "tfrun" {
              module {
                source = "mock-tfrun.sentinel"
              }
            }
            """;

    private MockBundle() {}

    private interface Mock {
        void write(SentinelWriter out) throws IOException;
    }

    /** @throws Refusal.Conflict when the plan is not as Terraform writes it */
    static Spool of(PlanReader plan, RunMock run, Instant modified) {
        return Spool.of(out -> {
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
                tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                add(tar, modified, "mock-tfconfig-v2.sentinel", mock -> ConfigurationMock.write(plan, mock));
                add(tar, modified, "mock-tfplan-v2.sentinel", mock -> PlanMock.write(plan, mock));
                add(tar, modified, "mock-tfstate-v2.sentinel", mock -> StateMock.write(plan, mock));
                add(tar, modified, "mock-tfrun.sentinel", run::write);
                add(tar, modified, "sentinel.hcl", mock -> mock.code(CONFIGURATION));
            }
        });
    }

    /** An archive tells a file's size before its bytes. */
    private static void add(TarArchiveOutputStream tar, Instant modified, String name, Mock mock) throws IOException {
        try (Spool file = Spool.of(out -> write(mock, out));
                InputStream in = file.open()) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(file.size());
            entry.setModTime(Date.from(modified.truncatedTo(ChronoUnit.SECONDS)));
            tar.putArchiveEntry(entry);
            in.transferTo(tar);
            tar.closeArchiveEntry();
        }
    }

    private static void write(Mock mock, OutputStream out) throws IOException {
        try {
            SentinelWriter writer = new SentinelWriter(out);
            mock.write(writer);
            writer.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (JsonException | IllegalStateException | ClassCastException | NoSuchElementException e) {
            throw new Refusal.Conflict("The plan's JSON is not as Terraform writes it: no mocks can be made of it.");
        }
    }
}
