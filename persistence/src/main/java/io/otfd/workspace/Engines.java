package io.otfd.workspace;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which versions of the engines this server has or can get. Answers come from memory. */
public interface Engines {

    /** The exact version that is installed beside the server. */
    Optional<String> installed(Engine engine);

    /** Exact versions that the server can give to agents, as far as it knows. */
    Collection<String> available(Engine engine);

    /**
     * Looks for versions that satisfy this where that takes long: not to be called in a transaction.
     *
     * @param wanted as workspaces say it
     */
    void learn(Engine engine, String wanted);

    /** A server that has this version of Terraform, and nothing else. */
    static Engines only(String version) {
        return new Engines() {
            @Override
            public Optional<String> installed(Engine engine) {
                return Optional.of(version).filter(any -> engine == Engine.TERRAFORM);
            }

            @Override
            public Collection<String> available(Engine engine) {
                return List.of();
            }

            @Override
            public void learn(Engine engine, String wanted) {
                // There is nowhere else to look.
            }
        };
    }
}
