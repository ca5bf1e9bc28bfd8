package io.otfd.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntFunction;

/** {@link Load} on a server's API. */
final class HttpLoad {

    private final Server server;

    HttpLoad(Server server) {
        this.server = server;
    }

    Load.Rate requests(int count, IntFunction<KeptConnection.Request> request) {
        return Load.calls(count, () -> client(request));
    }

    /** The same GET for so long. */
    Load.Rate reads(String path, Duration duration) {
        KeptConnection.Request get = KeptConnection.Request.get(path);
        return Load.during(duration, () -> client(number -> get));
    }

    private Load.Client client(IntFunction<KeptConnection.Request> requests) throws IOException {
        KeptConnection connection = new KeptConnection(server);
        return new Load.Client() {
            @Override
            public void call(int number) throws IOException {
                KeptConnection.Request request = requests.apply(number);
                int status = connection.send(request);
                if (status >= 300) {
                    throw new IOException(request.path() + " answered " + status);
                }
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }
}
