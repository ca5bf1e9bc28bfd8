package io.otfd.ui.agentpool;

import io.otfd.ui.Badge;
import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.Picker;
import java.util.List;
import java.util.Optional;

/**
 * A pool: its agents, its tokens, who may use it.
 *
 * @param liveUrl event stream of the agents, and of the line that waits for one
 * @param fresh the token that was made just now
 * @param tokenForm of a new token
 * @param form name and scope
 * @param edition what the form was filled from
 * @param others workspaces that use the pool and are not among the granted ones
 * @param moreOthers how many are left out there
 * @param hindrance why the pool cannot be deleted
 */
public record AgentPoolPage(
        Frame frame,
        String url,
        String name,
        String id,
        List<Fact> facts,
        AgentTable agents,
        String liveUrl,
        Optional<FreshToken> fresh,
        List<TokenRow> tokens,
        Filled tokenForm,
        Filled form,
        String edition,
        List<Picker> pickers,
        List<Use> others,
        int moreOthers,
        Optional<String> hindrance) {

    public AgentPoolPage {
        facts = List.copyOf(facts);
        tokens = List.copyOf(tokens);
        pickers = List.copyOf(pickers);
        others = List.copyOf(others);
    }

    /** @param command starts an agent with it */
    public record FreshToken(String secret, String command, Waiting waiting) {}

    /** Whether an agent came with the token: a part that is kept up to date. */
    public record Waiting(Optional<String> connected) {}

    public record TokenRow(
            String id, String description, Moment createdAt, Optional<Moment> lastUsedAt, String revokeUrl) {}

    /** A workspace that uses the pool. */
    public record Use(String name, Optional<String> url, List<Badge> badges) {}
}
