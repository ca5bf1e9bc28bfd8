# Sourced by ./build, ./otfd and ./otf-agent: find_jdk prints the home of a JDK 25 or newer, find_java that of a JDK or
# of a JRE, which is enough to run what is built.

find_jdk() {
    find_home javac && return 0
    echo "No JDK 25 or newer was found. Looked at JAVA_HOME, java on the PATH, /usr/lib/jvm, /opt/java," >&2
    echo "SDKMAN and the macOS folders. Install one (for instance Temurin 25) or set JAVA_HOME." >&2
    return 1
}

find_java() {
    find_home java && return 0
    echo "No Java 25 or newer was found. Looked at JAVA_HOME, java on the PATH, /usr/lib/jvm, /opt/java," >&2
    echo "SDKMAN and the macOS folders. Install one (for instance Temurin 25) or set JAVA_HOME." >&2
    return 1
}

# The first home of version 25 or newer that has the program $1.
find_home() {
    on_path=$(command -v java 2>/dev/null || true)
    if [ -n "$on_path" ]; then
        on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
        on_path=${on_path%/bin/java}
    fi
    home=${HOME:-/nonexistent}
    for candidate in "${JAVA_HOME:-}" "$on_path" \
        /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$home"/.sdkman/candidates/java/* "$home"/.jdks/*; do
        [ -n "$candidate" ] && [ -x "$candidate/bin/$1" ] || continue
        # The release file is read instead of running java -version: it costs no JVM start.
        major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$candidate/release" 2>/dev/null || true)
        if [ "${major:-0}" -ge 25 ] 2>/dev/null; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}
