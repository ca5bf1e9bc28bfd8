package io.otfd.ui.agentpool;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.agentpool.AgentPool;
import io.otfd.agentpool.AgentPools;
import io.otfd.ui.Choice;
import io.otfd.ui.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pools that a form offers, looked for by a part of their name. */
public final class PoolChoices {

    private static final String FIND = "find-agent-pool";

    private final AgentPools pools;

    public PoolChoices(AgentPools pools) {
        this.pools = pools;
    }

    /**
     * @param find what is looked for; empty for nothing
     * @param more there are more than the choices
     */
    public record Offered(String find, List<Choice> choices, boolean more) {

        public Offered {
            choices = List.copyOf(choices);
        }

        public boolean isSearched() {
            return more || !find.isEmpty();
        }

        /** The first stands for none. */
        public boolean isEmpty() {
            return choices.size() == 1;
        }
    }

    /**
     * Which pools may be chosen.
     *
     * @param workspace name of one that must be able to use the pool
     * @param project name of one that the pool must be open to
     * @param open to the whole organization
     */
    public record Usable(Optional<String> workspace, Optional<String> project, boolean open) {

        public static Usable by(String workspace) {
            return new Usable(Optional.of(workspace), Optional.empty(), false);
        }

        public static Usable inProject(String project) {
            return new Usable(Optional.empty(), Optional.of(project), false);
        }

        public static final Usable EVERYWHERE = new Usable(Optional.empty(), Optional.empty(), true);
    }

    /** @param own the one that is chosen already: it is offered in any case */
    public Offered of(Caller caller, String organization, Usable usable, Form form, Optional<AgentPoolId> own) {
        Optional<String> find = form.first(FIND);
        Page<AgentPool> found = pools.list(
                caller,
                organization,
                find,
                usable.workspace(),
                usable.project(),
                AgentPools.Sort.NAME,
                Page.Request.LARGEST);
        List<Choice> choices = new ArrayList<>(List.of(new Choice("", "Choose…")));
        found.items().stream()
                .filter(pool -> !usable.open() || pool.organizationScoped())
                .forEach(pool -> choices.add(new Choice(pool.id().value(), label(pool))));
        boolean all = find.isEmpty() && found.totalPages() == 1;
        own.map(AgentPoolId::value)
                .filter(id ->
                        choices.stream().noneMatch(choice -> choice.value().equals(id)))
                .ifPresent(id -> choices.add(
                        new Choice(id, name(caller, id) + (all ? " (assigned, not granted any more)" : ""))));
        return new Offered(find.orElse(""), choices, found.totalPages() > 1);
    }

    private static String label(AgentPool pool) {
        return pool.name() + (pool.agentCount() == 1 ? " (1 agent)" : " (" + pool.agentCount() + " agents)");
    }

    private String name(Caller caller, String id) {
        try {
            return pools.read(caller, new AgentPoolId(id)).name();
        } catch (Refusal.NotFound e) {
            return id;
        }
    }
}
