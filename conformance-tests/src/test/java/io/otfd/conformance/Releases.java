package io.otfd.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A place where Terraform is published, as the vendor's is laid out. What it publishes starts the terraform of the PATH. */
final class Releases implements AutoCloseable {

    private static final List<String> PLATFORMS = List.of("linux_" + ForeignAgent.ARCH, "linux_mips64");

    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<String> downloads = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Releases(String... versions) {
        StringBuilder index = new StringBuilder();
        for (String version : versions) {
            publish(version);
            index.append(index.isEmpty() ? "" : ",").append('"').append(version).append("\":{}");
        }
        files.put("/terraform/index.json", bytes("{\"name\":\"terraform\",\"versions\":{" + index + "}}"));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private void publish(String version) {
        StringBuilder sums = new StringBuilder();
        for (String platform : PLATFORMS) {
            String archive = archive(version, platform);
            byte[] zip = zip(version);
            files.put("/terraform/" + version + "/" + archive, zip);
            sums.append(sha256(zip)).append("  ").append(archive).append('\n');
        }
        files.put("/terraform/" + version + "/terraform_" + version + "_SHA256SUMS", bytes(sums.toString()));
    }

    static String archive(String version, String platform) {
        return "terraform_" + version + "_" + platform + ".zip";
    }

    private static byte[] zip(String version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("terraform"));
            zip.write(bytes("#!/bin/sh\n# " + version + "\nexec "
                    + Terraform.executable().orElseThrow() + " \"$@\"\n"));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return out.toByteArray();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith(".zip")) {
                downloads.add(path.substring(path.lastIndexOf('/') + 1));
            }
            byte[] file = files.get(path);
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
                exchange.getResponseBody().write(file);
            }
        }
    }

    /** From now on archives are not what was published. */
    void tamper() {
        files.replaceAll((path, file) -> path.endsWith(".zip") ? bytes("something else") : file);
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Archives that were asked for, in order. */
    List<String> downloads() {
        return List.copyOf(downloads);
    }

    byte[] file(String version, String platform) {
        return files.get("/terraform/" + version + "/" + archive(version, platform));
    }

    /** Writes a version's archive for this machine into a directory. */
    void save(String version, Path directory) {
        try {
            Files.write(directory.resolve(archive(version, PLATFORMS.getFirst())), file(version, PLATFORMS.getFirst()));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
