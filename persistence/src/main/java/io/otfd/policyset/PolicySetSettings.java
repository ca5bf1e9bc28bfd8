package io.otfd.policyset;

import io.otfd.Refusal;
import io.otfd.organization.Names;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a policy set.
 *
 * @param global it applies to every workspace of the organization that is not excluded
 * @param overridable a run may go on although one of its mandatory policies has failed, when somebody says so
 * @param agentEnabled kept and shown
 * @param toolVersion kept and shown: the server has one program to evaluate policies with
 * @param updatePatterns kept and shown: they speak of repositories
 */
public record PolicySetSettings(
        String name,
        Optional<String> description,
        boolean global,
        boolean overridable,
        boolean agentEnabled,
        String toolVersion,
        List<String> updatePatterns) {

    private static final int MAX_DESCRIPTION = 2000;
    private static final int MAX_VERSION = 60;
    /** As documented. */
    private static final int MAX_PATTERNS = 100;

    public PolicySetSettings {
        Names.policy(name);
        updatePatterns = List.copyOf(updatePatterns);
        if (description.filter(text -> text.length() > MAX_DESCRIPTION).isPresent()) {
            throw Refusal.Invalid.attribute(
                    "description", "is too long (maximum is " + MAX_DESCRIPTION + " characters)");
        }
        if (toolVersion.length() > MAX_VERSION) {
            throw Refusal.Invalid.attribute(
                    "policy-tool-version", "is too long (maximum is " + MAX_VERSION + " characters)");
        }
        if (updatePatterns.size() > MAX_PATTERNS) {
            throw Refusal.Invalid.attribute("policy-update-patterns", "must be " + MAX_PATTERNS + " at most");
        }
    }

    /** Of a set that nobody has said more of. */
    public static PolicySetSettings named(String name) {
        return new PolicySetSettings(name, Optional.empty(), false, false, false, "latest", List.of());
    }
}
