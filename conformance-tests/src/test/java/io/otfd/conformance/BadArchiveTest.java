package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;

/** Configurations made to break out, fill the disk or confuse: the run ends errored, says why, and nothing else happened. */
@ExtendWith(OtfdExtension.class)
class BadArchiveTest {

    private static final byte[] EVIL = "written by a stranger".getBytes(StandardCharsets.UTF_8);

    private static TarGz archive() {
        return new TarGz().file("main.tf", "# innocent\n".getBytes(StandardCharsets.UTF_8));
    }

    private static String refused(Mode mode, Shared shared, byte[] archive) {
        Given given = shared.given();
        Workspace workspace = given.workspace(shared.organization(mode));
        String run = given.run(workspace, given.configuration(workspace, archive));

        given.await(run, "errored");

        String log = given.log(run, "plan").replaceAll("[\u0002\u0003]", "").strip();
        assertThat("a reason in the log", log, not(equalTo("")));
        return log;
    }

    private static void assertEmpty(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.toList(), equalTo(List.of()));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    @EachMode
    void parentDirectories(Mode mode, Shared shared, Sandbox sandbox) {
        Path outside = sandbox.directory("outside");

        refused(
                mode,
                shared,
                archive()
                        .file("../".repeat(20) + outside.toString().substring(1) + "/evil", EVIL)
                        .bytes());

        assertEmpty(outside);
    }

    @EachMode
    void absolutePath(Mode mode, Shared shared, Sandbox sandbox) {
        Path outside = sandbox.directory("outside");

        refused(mode, shared, archive().file(outside + "/evil", EVIL).bytes());

        assertEmpty(outside);
    }

    @EachMode
    void symbolicLinkThatLeavesAndAFileThroughIt(Mode mode, Shared shared, Sandbox sandbox) {
        Path outside = sandbox.directory("outside");

        refused(
                mode,
                shared,
                archive()
                        .symbolicLink("door", outside.toString())
                        .file("door/evil", EVIL)
                        .bytes());

        assertEmpty(outside);
    }

    @EachMode
    void symbolicLinkThatLeavesByItsParents(Mode mode, Shared shared, Sandbox sandbox) {
        String log = refused(
                mode,
                shared,
                archive()
                        .symbolicLink("passwords.tf", "../../../../../../etc/passwd")
                        .bytes());

        assertThat(log, not(startsWith("root:")));
    }

    @EachMode
    void hardLinkToAFileOutside(Mode mode, Shared shared, Sandbox sandbox) throws IOException {
        Path secret = sandbox.write("secret", "untouched");

        refused(
                mode,
                shared,
                archive()
                        .hardLink("linked", secret.toString())
                        .file("linked", EVIL)
                        .bytes());

        assertThat(Files.readString(secret), equalTo("untouched"));
    }

    @EachMode
    void device(Mode mode, Shared shared) {
        refused(mode, shared, archive().characterDevice("null").bytes());
    }

    @EachMode
    void namedPipe(Mode mode, Shared shared) {
        refused(mode, shared, archive().fifo("pipe.tf").bytes());
    }

    @EachMode
    void bomb(Mode mode, Shared shared) {
        refused(mode, shared, TarGz.bomb(7));
    }

    @EachMode
    void noArchiveAtAll(Mode mode, Shared shared) {
        refused(mode, shared, "nothing but text".getBytes(StandardCharsets.UTF_8));
    }

    @EachMode
    void halfAnArchive(Mode mode, Shared shared) {
        byte[] whole = archive().file("more.tf", new byte[10_000]).bytes();

        refused(mode, shared, Arrays.copyOf(whole, whole.length / 2));
    }
}
