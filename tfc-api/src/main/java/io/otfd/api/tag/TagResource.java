package io.otfd.api.tag;

import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.Refusal;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.workspace.Tag;
import java.util.List;

/** The {@code tags} document (cloud-docs/api-docs/organization-tags). */
public final class TagResource {

    public static final Schema SCHEMA = Schema.of("tags")
            .writable(TEXT, "name")
            .readOnly(TIME, "created-at")
            .readOnly(NUMBER, "instance-count")
            .one("organization", "organizations");

    private TagResource() {}

    static Resource of(Tag tag) {
        return new Resource(SCHEMA, tag.id())
                .attribute("name", tag.name())
                .attribute("created-at", tag.createdAt())
                .attribute("instance-count", tag.instanceCount())
                .toOne("organization", "organizations", tag.organizationName());
    }

    /** Each by its id or by its name. */
    public static List<Tag.Reference> references(List<Patch> patches) {
        return patches.stream().map(TagResource::reference).toList();
    }

    private static Tag.Reference reference(Patch patch) {
        if (patch.id().isPresent()) {
            return new Tag.Reference.ById(patch.id().get());
        }
        if (!patch.mentions("name")) {
            throw Refusal.Invalid.document("A tag must have an 'id' or a name.");
        }
        return new Tag.Reference.ByName(patch.requiredText("name"));
    }
}
