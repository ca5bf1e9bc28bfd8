package io.otfd.api.tagbinding;

import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.tagbinding.TagBinding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The {@code tag-bindings} and {@code effective-tag-bindings} documents (cloud-docs/api-docs/projects, workspaces). */
public final class TagBindingResource {

    public static final Schema SCHEMA =
            Schema.of("tag-bindings").writable(TEXT, "key", "value").readOnly(TIME, "created-at");

    public static final Schema EFFECTIVE = Schema.of("effective-tag-bindings")
            .readOnly(TEXT, "key", "value")
            .one("inherited-from", "projects")
            .sometimes("inherited-from");

    private TagBindingResource() {}

    public static List<Resource> list(List<TagBinding> bindings) {
        return bindings.stream()
                .map(binding -> new Resource(SCHEMA, binding.id())
                        .attribute("key", binding.key())
                        .attribute("value", binding.value())
                        .attribute("created-at", binding.createdAt()))
                .toList();
    }

    /** Only an inherited one says where it comes from: clients take the mere member for a yes. */
    public static Resource effective(TagBinding binding) {
        Resource resource = new Resource(EFFECTIVE, binding.id())
                .attribute("key", binding.key())
                .attribute("value", binding.value());
        binding.inheritedFrom()
                .ifPresent(project -> resource.toOne("inherited-from", "projects", project.value())
                        .link("inherited-from", "/api/v2/projects/" + project.value()));
        return resource;
    }

    public static List<Resource> effective(List<TagBinding> bindings) {
        return bindings.stream().map(TagBindingResource::effective).toList();
    }

    /** Puts the identifiers into the owner's document; the bindings themselves are included beside it. */
    public static Resource relate(Resource owner, List<TagBinding> bindings) {
        return owner.toManyIds(
                "effective-tag-bindings",
                "effective-tag-bindings",
                bindings.stream().map(TagBinding::id).toList());
    }

    /** Members of the relationship, which replace what is there; empty when it is absent. */
    public static Optional<List<TagBinding>> wanted(Patch patch) {
        return patch.related("tag-bindings").map(TagBindingResource::wanted);
    }

    public static List<TagBinding> wanted(List<Patch> patches) {
        Instant now = Instant.now();
        return patches.stream()
                .map(patch -> TagBinding.wanted(patch.requiredText("key"), patch.text("value", ""), now))
                .toList();
    }
}
