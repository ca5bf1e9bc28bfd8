package io.otfd.api.engine;

import static io.otfd.api.Operation.bytes;

import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.SignedUrls;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

/** Archives of engines, under URLs that end as published ones do. */
public final class EngineEndpoints {

    private final SignedUrls urls;
    private final EngineMirror mirror;

    public EngineEndpoints(SignedUrls urls, EngineMirror mirror) {
        this.urls = urls;
        this.mirror = mirror;
    }

    public void register(RouteTable routes) {
        routes.family(EngineEndpoints.class, Route.Audience.SIGNED)
                .get(SignedUrls.PATH + "/{archive}", this::read, bytes("application/zip"));
    }

    /** Where a release's archive is, for as long at least. */
    public static String url(SignedUrls urls, Call call, Release release, Duration lifetime) {
        return urls.sign(call, SignedUrls.Use.READ_ENGINE, release.archive(), lifetime) + "/" + release.archive();
    }

    private Answer read(Call call) {
        SignedUrls.Claim claim = urls.verify(call.path("signed"));
        if (claim.use() != SignedUrls.Use.READ_ENGINE || !claim.id().equals(call.path("archive"))) {
            throw new Refusal.NotFound();
        }
        EngineArchive archive =
                Release.parse(claim.id()).flatMap(mirror::archive).orElseThrow(Refusal.NotFound::new);
        return Answer.stream("application/zip", archive.size(), out -> Files.copy(archive.file(), out))
                .with("Repr-Digest", digest(archive));
    }

    /** As RFC 9530 has it. */
    private static String digest(EngineArchive archive) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(archive.sha256())) + ":";
    }
}
