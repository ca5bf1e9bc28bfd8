package io.otfd.state;

import io.otfd.Ids.RunId;
import io.otfd.Ids.StateVersionId;
import io.otfd.Ids.StateVersionOutputId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A state of a workspace.
 *
 * @param status {@code pending} until its bytes are here, {@code finalized}, or {@code discarded}; {@code
 *     backing_data_soft_deleted} while its bytes are hidden, {@code backing_data_permanently_deleted} when they are gone
 * @param md5 hex, of the raw bytes
 * @param resources JSON array of {@code {name, type, count, module, provider}}
 * @param outputs identifiers of its outputs, in order of name
 */
public record StateVersion(
        StateVersionId id,
        WorkspaceId workspace,
        Optional<RunId> run,
        Optional<UserId> createdBy,
        String status,
        long serial,
        Optional<String> lineage,
        String md5,
        Optional<Long> size,
        Optional<String> terraformVersion,
        Optional<Integer> formatVersion,
        String resources,
        Instant createdAt,
        List<StateVersionOutputId> outputs) {

    public StateVersion {
        outputs = List.copyOf(outputs);
    }

    public boolean isFinalized() {
        return status.equals("finalized");
    }

    /** Where its bytes are. */
    public String blobKey() {
        return "state/" + id.value();
    }

    /** Where the form for programs is, when the client sent it. */
    public String jsonBlobKey() {
        return "json-state/" + id.value();
    }

    /**
     * @param type {@code string}, {@code number}, {@code bool}, {@code array} or {@code map}
     * @param detailedType cty's JSON form
     * @param value JSON
     */
    public record Output(
            StateVersionOutputId id,
            StateVersionId stateVersion,
            WorkspaceId workspace,
            String name,
            boolean sensitive,
            String type,
            String detailedType,
            String value) {}
}
