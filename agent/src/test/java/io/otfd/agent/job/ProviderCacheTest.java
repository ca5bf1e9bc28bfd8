package io.otfd.agent.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.otfd.agent.Archives;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderCacheTest extends JobBench {

    private static final String PACKAGE = "registry.terraform.io/hashicorp/fake/1.0.0/linux_amd64";

    private Path shared;

    @BeforeEach
    void share() throws Exception {
        shared = directory.resolve("providers");
        workshop = workshop(bench.config(server).withPluginCache(shared));
    }

    @Test
    void whatOneJobHasInstalledTheNextOneFinds() throws Exception {
        assertThat(run(plan(Archives.configuration("provider"))).status(), is("finished"));
        assertThat(calls(), hasItem("installed"));
        assertThat(Files.exists(shared.resolve(PACKAGE).resolve("provider")), is(true));

        assertThat(run(plan(Archives.configuration("provider"))).status(), is("finished"));
        assertThat(calls(), hasItem("cached"));
        assertThat(calls(), not(hasItem("installed")));
    }

    /** Both have begun before either has ended: what the slower one brings is not put over the other's. */
    @Test
    void jobsAtOnceDoNotMeet() throws Exception {
        ProviderCache cache = new ProviderCache(shared);
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        cache.open(first);
        cache.open(second);
        for (Path view : List.of(first, second)) {
            Files.createDirectories(view.resolve(PACKAGE));
            Files.writeString(
                    view.resolve(PACKAGE).resolve("provider"),
                    view.getFileName().toString());
        }

        cache.share(second);
        cache.share(first);

        for (Path place : List.of(shared, first, second)) {
            assertThat(Files.readString(place.resolve(PACKAGE).resolve("provider")), is("second"));
        }
        assertThat(shared.toFile().list(), is(new String[] {"registry.terraform.io"}));
    }

    @Test
    void whatAnInitThatWasKilledHasLeftIsNotShared() throws Exception {
        run(plan(Archives.configuration("provider", "init-dies")));

        assertThat(Files.exists(shared.resolve("registry.terraform.io")), is(false));
    }

    @Test
    void theOperatorsOwnCacheIsUsedSo() throws Exception {
        Files.writeString(
                directory.resolve("home/.terraformrc"),
                "plugin_cache_dir = \"$HOME/cache\"\ndisable_checkpoint = true\n");
        workshop = workshop(bench.config(server));

        run(plan(Archives.configuration("provider")));

        assertThat(Files.exists(directory.resolve("home/cache").resolve(PACKAGE)), is(true));
        assertThat(
                HostCliConfig.read(Map.of("HOME", directory.resolve("home").toString()))
                        .without(java.util.Set.of()),
                is("disable_checkpoint = true\n"));
    }

    private List<String> calls() throws Exception {
        return Files.readAllLines(
                unpack(server.blobs.get("/blob/run-1/filesystem")).resolve("config/calls"));
    }
}
