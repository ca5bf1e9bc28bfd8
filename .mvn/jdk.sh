# Sourced by ./build, ./otfd and ./otf-agent. find_jdk prints the home of a JDK 25 or newer.

jdk_major() {
    # The release file is read instead of running java -version: it costs no JVM start.
    [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() {
    on_path=$(command -v java 2>/dev/null || true)
    if [ -n "$on_path" ]; then
        on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
        on_path=${on_path%/bin/java}
    fi
    for candidate in "${JAVA_HOME:-}" "$on_path" \
        /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        [ -n "$candidate" ] || continue
        major=$(jdk_major "$candidate" || true)
        if [ "${major:-0}" -ge 25 ] 2>/dev/null; then
            echo "$candidate"
            return 0
        fi
    done
    echo "No JDK 25 or newer was found. Looked at JAVA_HOME, java on the PATH, /usr/lib/jvm, /opt/java," >&2
    echo "SDKMAN and the macOS folders. Install one (for instance Temurin 25) or set JAVA_HOME." >&2
    return 1
}
