package io.otfd.agent;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All that an agent needs to know before it starts. Immutable: each {@code with…} is a copy.
 *
 * @see #of
 */
public final class AgentConfig {

    /** Where the vendor publishes Terraform. */
    public static final URI RELEASES = URI.create("https://releases.hashicorp.com");

    /** Where OpenTofu is published. */
    public static final URI TOFU_RELEASES = URI.create("https://github.com/opentofu/opentofu/releases/download");

    /** When an agent ends by itself. */
    public enum Single {
        NO,
        /** After one job, a plan or an apply. */
        JOB,
        /** After one run, of which it takes the plan and, if there is one, the apply. */
        RUN
    }

    private static final class Fields implements Cloneable {

        private URI address;
        private PoolToken token;
        private String name = Hostname.local();
        private Path dataDir;
        private Optional<Path> cacheDir = Optional.empty();
        private Tls tls = Tls.SYSTEM;
        private int concurrency = 5;
        private URI engineMirror = RELEASES;
        private URI tofuMirror = TOFU_RELEASES;
        private Optional<Path> engineDir = Optional.empty();
        private Single single = Single.NO;
        private List<String> accept = JobPoll.KINDS;
        private Map<String, String> labels = Map.of();
        private Set<String> aliases = Set.of();
        private Map<String, String> environment = System.getenv();
        private HookTimes hookTimes = HookTimes.DEFAULT;
        private boolean keepJobs;
        private boolean sandbox;
        private Optional<Path> pluginCache = Optional.empty();
        private Optional<InetSocketAddress> healthAddress = Optional.empty();

        private Fields copy() {
            try {
                return (Fields) clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final Fields fields;

    private AgentConfig(Fields fields) {
        this.fields = fields;
    }

    /**
     * An agent named after its host, with five slots, the vendor's releases and this process's environment.
     *
     * @param address the server, {@code https://host[:port]} or {@code http://…}
     * @param token of an agent pool
     * @param dataDir instance id, jobs and caches; one agent at a time
     */
    public static AgentConfig of(URI address, String token, Path dataDir) {
        return of(address, PoolToken.of(token), dataDir);
    }

    /** As above, with a token that may be read again. */
    public static AgentConfig of(URI address, PoolToken token, Path dataDir) {
        String scheme = address.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "The address must look like https://host:port or http://host:port, not " + address);
        }
        Fields fields = new Fields();
        fields.address = address;
        fields.token = token;
        fields.dataDir = dataDir.toAbsolutePath().normalize();
        return new AgentConfig(fields);
    }

    private AgentConfig with(Consumer<Fields> change) {
        Fields changed = fields.copy();
        change.accept(changed);
        return new AgentConfig(changed);
    }

    public URI address() {
        return fields.address;
    }

    public PoolToken token() {
        return fields.token;
    }

    public Path dataDir() {
        return fields.dataDir;
    }

    /** Shown by the server; not an identity. */
    public String name() {
        return fields.name;
    }

    public AgentConfig withName(String value) {
        return with(copy -> copy.name = value);
    }

    /** Engines and provider schemas; may be shared by agents. */
    public Path cacheDir() {
        return fields.cacheDir.orElse(fields.dataDir.resolve("cache"));
    }

    public AgentConfig withCacheDir(Path value) {
        return with(copy -> copy.cacheDir = Optional.of(value.toAbsolutePath().normalize()));
    }

    public Tls tls() {
        return fields.tls;
    }

    public AgentConfig withTls(Tls value) {
        return with(copy -> copy.tls = value);
    }

    /** Jobs at once. */
    public int concurrency() {
        return fields.concurrency;
    }

    public AgentConfig withConcurrency(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("The concurrency must be at least 1, not " + value);
        }
        return with(copy -> copy.concurrency = value);
    }

    /** Where releases of Terraform are found, laid out as {@link #RELEASES}. */
    public URI engineMirror() {
        return fields.engineMirror;
    }

    public AgentConfig withEngineMirror(URI value) {
        return with(copy -> copy.engineMirror = value);
    }

    /** Where releases of OpenTofu are found, laid out as {@link #TOFU_RELEASES}. */
    public URI tofuMirror() {
        return fields.tofuMirror;
    }

    public AgentConfig withTofuMirror(URI value) {
        return with(copy -> copy.tofuMirror = value);
    }

    /** Engines by version: {@code 1.11.4/terraform}. */
    public Path engineDir() {
        return fields.engineDir.orElse(cacheDir().resolve("engines"));
    }

    public AgentConfig withEngineDir(Path value) {
        return with(copy -> copy.engineDir = Optional.of(value.toAbsolutePath().normalize()));
    }

    public Single single() {
        return fields.single;
    }

    public AgentConfig withSingle(Single value) {
        return with(copy -> copy.single = value);
    }

    /** Job types: {@code plan}, {@code apply}. An agent that accepts none registers and waits. */
    public List<String> accept() {
        return fields.accept;
    }

    public AgentConfig withAccept(List<String> value) {
        return with(copy -> copy.accept = List.copyOf(value));
    }

    /** Words of the operator, which the server shows. */
    public Map<String, String> labels() {
        return fields.labels;
    }

    public AgentConfig withLabels(Map<String, String> value) {
        return with(copy -> copy.labels = Map.copyOf(value));
    }

    /** Other names of the server, {@code host} or {@code host:port}, that configurations may call it by. */
    public Set<String> aliases() {
        return fields.aliases;
    }

    public AgentConfig withAliases(Set<String> value) {
        return with(copy -> copy.aliases = Set.copyOf(value));
    }

    /** Of the agent's own process; the engine sees an allowed selection of it only. */
    public Map<String, String> environment() {
        return fields.environment;
    }

    public AgentConfig withEnvironment(Map<String, String> value) {
        return with(copy -> copy.environment = Map.copyOf(value));
    }

    public HookTimes hookTimes() {
        return fields.hookTimes;
    }

    public AgentConfig withHookTimes(HookTimes value) {
        return with(copy -> copy.hookTimes = value);
    }

    /** Leave the directories of ended jobs where they are. */
    public boolean keepJobs() {
        return fields.keepJobs;
    }

    public AgentConfig withKeepJobs(boolean value) {
        return with(copy -> copy.keepJobs = value);
    }

    /** Where {@code /live}, {@code /ready} and {@code /metrics} are served. */
    public Optional<InetSocketAddress> healthAddress() {
        return fields.healthAddress;
    }

    public AgentConfig withHealthAddress(InetSocketAddress value) {
        return with(copy -> copy.healthAddress = Optional.of(value));
    }

    /** Run engines in a sandbox, or not at all. */
    public boolean sandbox() {
        return fields.sandbox;
    }

    public AgentConfig withSandbox(boolean value) {
        return with(copy -> copy.sandbox = value);
    }

    /** Providers that jobs share; without it, where this user's own configuration of Terraform says. */
    public Optional<Path> pluginCache() {
        return fields.pluginCache;
    }

    public AgentConfig withPluginCache(Path value) {
        return with(
                copy -> copy.pluginCache = Optional.of(value.toAbsolutePath().normalize()));
    }

    /** {@code host} or {@code host:port}, as the engine's configuration names the server. */
    public String host() {
        int port = address().getPort();
        boolean implied = port < 0 || port == ("https".equals(address().getScheme()) ? 443 : 80);
        return implied ? address().getHost() : address().getHost() + ":" + port;
    }

    /** The token is left out. */
    @Override
    public String toString() {
        return "AgentConfig[" + address() + ", " + name() + ", " + dataDir() + "]";
    }
}
