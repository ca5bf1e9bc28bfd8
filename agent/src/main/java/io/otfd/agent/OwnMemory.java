package io.otfd.agent;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Overwrites a secret where the operating system shows it to other processes of the same user: the arguments and the
 * environment with which this process was started ({@code /proc/<pid>/cmdline} and {@code environ}). Linux only;
 * elsewhere nothing happens.
 */
final class OwnMemory {

    /** Fields of /proc/self/stat, counted from 1: proc(5). */
    private static final int ARG_START = 48;

    private static final int ARG_END = 49;
    private static final int ENV_START = 50;
    private static final int ENV_END = 51;
    private static final int LONGEST = 4 << 20;

    private OwnMemory() {}

    static void hide(String secret) {
        Path stat = Path.of("/proc/self/stat");
        if (!Files.isReadable(stat)) {
            return;
        }
        try (RandomAccessFile memory = new RandomAccessFile("/proc/self/mem", "rw")) {
            String line = Files.readString(stat);
            // The command's name may hold blanks; what follows it does not.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            byte[] wanted = secret.getBytes(StandardCharsets.UTF_8);
            hide(memory, wanted, field(fields, ARG_START), field(fields, ARG_END));
            hide(memory, wanted, field(fields, ENV_START), field(fields, ENV_END));
        } catch (IOException | NumberFormatException e) {
            // A kernel that forbids this forbids others to look as well, or is beyond our help.
        }
    }

    private static long field(String[] fields, int number) {
        return Long.parseLong(fields[number - 3].strip());
    }

    private static void hide(RandomAccessFile memory, byte[] secret, long start, long end) throws IOException {
        byte[] bytes = new byte[(int) Math.min(end - start, LONGEST)];
        memory.seek(start);
        memory.readFully(bytes);
        for (int i = 0; i + secret.length <= bytes.length; i++) {
            if (matches(bytes, i, secret)) {
                memory.seek(start + i);
                memory.write("x".repeat(secret.length).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static boolean matches(byte[] bytes, int from, byte[] secret) {
        for (int i = 0; i < secret.length; i++) {
            if (bytes[from + i] != secret[i]) {
                return false;
            }
        }
        return true;
    }
}
