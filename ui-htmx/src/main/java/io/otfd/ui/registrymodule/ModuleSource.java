package io.otfd.ui.registrymodule;

import io.otfd.registrymodule.RegistryModule;
import io.otfd.registrymodule.RegistryModuleVersion;
import java.util.Optional;

/** How a configuration names a module. */
final class ModuleSource {

    private static final String LOCALHOST = "localhost";

    private ModuleSource() {}

    /** @param host of this server, as the browser knows it */
    static String of(String host, RegistryModule module, Optional<RegistryModuleVersion> version) {
        String name = module.address().name();
        String source = (module.address().isPublic() ? "" : dotted(host) + "/")
                + module.address().publicNamespace().orElse(module.organizationName()) + "/" + name + "/"
                + module.address().provider();
        StringBuilder text = new StringBuilder("module \"" + name + "\" {\n");
        if (version.isEmpty()) {
            return text.append("  source = \"" + source + "\"\n}").toString();
        }
        return text.append("  source  = \"" + source + "\"\n")
                .append("  version = \"" + version.get().version().text() + "\"\n}")
                .toString();
    }

    /** Terraform wants a dot in the host of a module's source. */
    private static String dotted(String host) {
        return isLocal(host) ? "127.0.0.1" + host.substring(LOCALHOST.length()) : host;
    }

    static Optional<String> hint(String host) {
        if (isLocal(host)) {
            return Optional.of("Terraform takes no localhost here. On your own machine it needs a token for "
                    + dotted(host) + ", too; runs need nothing.");
        }
        return host.contains(".")
                ? Optional.empty()
                : Optional.of("Terraform wants a dot in the host: use a whole name of this server.");
    }

    private static boolean isLocal(String host) {
        return host.equals(LOCALHOST) || host.startsWith(LOCALHOST + ":");
    }
}
