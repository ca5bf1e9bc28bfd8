package io.otfd.blob;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import io.otfd.database.Database;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class BlobsTest {

    private static final int CONNECTIONS = 2;
    private static final int LARGE = 600_000;

    @Test
    void largeUploadsLeaveConnectionsToOthers(TestDatabase fresh) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger stored = new AtomicInteger();
        try (Database database = fresh.open(CONNECTIONS);
                Spool large = Spool.of(out -> out.write(new byte[LARGE]));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch begun = new CountDownLatch(1);
            for (int i = 0; i < CONNECTIONS + 1; i++) {
                clients.execute(() -> Blobs.storing(database, large, tx -> {
                    Blobs.find(tx, "none");
                    begun.countDown();
                    await(end);
                    stored.incrementAndGet();
                }));
            }
            await(begun);
            try {
                assertThat(new Blobs(database).find("none").isEmpty(), is(true));
            } finally {
                end.countDown();
            }
            clients.shutdown();
            assertThat(clients.awaitTermination(30, SECONDS), is(true));
            assertThat(stored.get(), is(CONNECTIONS + 1));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS), is(true));
        } catch (InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
