package io.otfd.organization;

/** What mode, pool and their flags are called at a level. */
public enum ExecutionNames {
    WORKSPACE("execution-mode", "agent-pool-id", "agent-pool"),
    DEFAULT("default-execution-mode", "default-agent-pool-id", "default-agent-pool");

    private final String mode;
    private final String pool;
    private final String poolFlag;

    ExecutionNames(String mode, String pool, String poolFlag) {
        this.mode = mode;
        this.pool = pool;
        this.poolFlag = poolFlag;
    }

    /** The mode's attribute; its flag in {@code setting-overwrites} has the same name. */
    public String mode() {
        return mode;
    }

    /** The pool's attribute. */
    public String pool() {
        return pool;
    }

    /** The pool's flag in {@code setting-overwrites}, and the relationship. */
    public String poolFlag() {
        return poolFlag;
    }
}
