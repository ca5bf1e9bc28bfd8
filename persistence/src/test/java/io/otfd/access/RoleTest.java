package io.otfd.access;

import io.otfd.Golden;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoleTest {

    @Test
    void whoMayDoWhat() throws IOException {
        StringBuilder table = new StringBuilder();
        heading(table, "in an organization");
        for (OrganizationPermission permission : OrganizationPermission.values()) {
            line(
                    table,
                    permission.wireName(),
                    Stream.of(Role.values()).map(role -> role.inOrganization().has(permission)));
        }
        table.append('\n');
        heading(table, "in a workspace");
        for (WorkspacePermission permission : WorkspacePermission.values()) {
            line(
                    table,
                    permission.wireName(),
                    Stream.of(Role.values()).map(role -> role.inWorkspace().has(permission)));
        }

        table.append('\n');
        for (OrganizationAccess access : OrganizationAccess.values()) {
            grants(
                    table,
                    "organization-access " + access.wireName(),
                    Stream.concat(
                            access.inOrganization().stream().map(OrganizationPermission::wireName),
                            access.inWorkspaces().isEmpty()
                                    ? Stream.of()
                                    : Stream.of("in every workspace: " + level(access.inWorkspaces()))));
        }
        table.append('\n');
        for (WorkspaceAccess access : new WorkspaceAccess[] {
            WorkspaceAccess.READ,
            WorkspaceAccess.PLAN,
            WorkspaceAccess.WRITE,
            WorkspaceAccess.ADMIN,
            WorkspaceAccess.CUSTOM
        }) {
            grants(
                    table,
                    "team access " + access.level(),
                    access.permissions().stream().map(WorkspacePermission::wireName));
        }

        Golden.check("permissions.txt", table.toString());
    }

    private static String level(Set<WorkspacePermission> granted) {
        if (granted.equals(WorkspaceAccess.ADMIN.permissions())) {
            return "admin";
        }
        return granted.contains(WorkspacePermission.CAN_OVERRIDE_POLICY) ? "read, can-override-policy" : "read";
    }

    private static void grants(StringBuilder table, String name, Stream<String> granted) {
        table.append(name).append('\n');
        granted.sorted()
                .forEach(permission -> table.append("  ").append(permission).append('\n'));
    }

    private static void heading(StringBuilder table, String title) {
        table.append(String.format("%-34s", title));
        Stream.of(Role.values()).forEach(role -> table.append(String.format("%-16s", role)));
        endLine(table);
    }

    private static void line(StringBuilder table, String name, Stream<Boolean> has) {
        table.append(String.format("%-34s", name));
        has.forEach(flag -> table.append(String.format("%-16s", flag ? "yes" : "-")));
        endLine(table);
    }

    private static void endLine(StringBuilder table) {
        table.setLength(table.toString().stripTrailing().length());
        table.append('\n');
    }
}
