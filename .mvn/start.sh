# Sourced by ./otfd and ./otf-agent, which set
#   name      of the program, for messages
#   here      the project's root
#   module    whose jar is run
#   jar       that jar
#   modules   all that go into it, as folder:artifact
# and a function
#   training  which runs the command given with arguments for a short life that shows the JVM what to keep ready
# and then call: start "$flags" "$@"

. "$here/.mvn/jdk.sh"
work=$here/target/start

say() {
    echo "$name: $*" >&2
}

# Whether a source or the pom of a module changed after the file $2. Folders count too: their time tells of deleted files.
changed_since() {
    [ -n "$(find "$here/$1/src/main" "$here/$1/pom.xml" "$here/pom.xml" -newer "$2" 2>/dev/null | head -n 1)" ]
}

# Maven leaves a jar alone when a change makes no difference to it, so the time of the last build here counts as well.
stale() {
    [ -f "$jar" ] && [ -d "$here/$module/target/lib" ] || return 0
    for part in $modules; do
        built=$here/${part%:*}/target/${part#*:}-0.1.0.jar
        [ -f "$built" ] || return 0
        # A module that was built alone since is not what lies in lib.
        copy=$here/$module/target/lib/${part#*:}-0.1.0.jar
        [ "${part%:*}" = "$module" ] || [ ! "$built" -nt "$copy" ] || return 0
        if changed_since "${part%:*}" "$built"; then
            [ -f "$work/$name.built" ] || return 0
            ! changed_since "${part%:*}" "$work/$name.built" || return 0
        fi
    done
    return 1
}

build() {
    JAVA_HOME=$(find_jdk) || return 1
    export JAVA_HOME
    command -v mvn >/dev/null 2>&1 || {
        say "Maven is missing: install Maven 3.8 or newer so that 'mvn' is on the PATH"
        return 1
    }
    if [ -f "$jar" ]; then say "building (sources changed)..."; else say "building (first start only)..."; fi
    # The time before the build: what is edited meanwhile is built at the next start.
    : >"$work/$name.building"
    if ! mvn -q -f "$here/pom.xml" -DskipTests package -pl "$module" -am >"$work/$name.log" 2>&1 </dev/null; then
        tail -n 40 "$work/$name.log" >&2
        say "the build failed, all of it is in $work/$name.log"
        return 1
    fi
    mv "$work/$name.building" "$work/$name.built"
}

# Starts that come while another one works wait for it. Without flock (macOS) they do not.
locked() {
    mkdir -p "$work" 2>/dev/null && [ -w "$work" ] || {
        say "must be built, but $work cannot be written: start it once as the owner of $here"
        return 1
    }
    (
        if command -v flock >/dev/null 2>&1; then flock 9; fi
        "$@" 9>&-
    ) 9>"$work/lock"
}

build_if_stale() {
    if stale; then build; fi
}

untrained() {
    [ ! -e "$cache" ] || [ -n "$(find "$jar" "$here/$module/target/lib" -newer "$cache" | head -n 1)" ]
}

# Lives a short life so that the JVM keeps its classes ready (JEP 514). An empty cache says that this did not work.
train_if_untrained() {
    untrained || return 0
    find "$work" -name "$name-*.aot*" ! -newer "$jar" -exec rm -f {} +
    # shellcheck disable=SC2086 # flags are words
    training "$java/bin/java" $flags -XX:AOTCacheOutput="$cache.new" -jar "$jar" \
        >"$work/$name-train.log" 2>&1 </dev/null || true
    [ -s "$cache.new" ] || : >"$cache.new"
    mv "$cache.new" "$cache"
}

start() {
    flags=$1
    shift
    if stale; then locked build_if_stale || exit 1; fi
    java=$(find_java) || exit 1
    # A cache fits one Java and one set of flags; others are ignored by the JVM.
    cache=$work/$name-$({ cat "$java/release"; echo "$flags"; } | cksum | tr -d ' ').aot
    if [ "${OTFD_AOT:-on}" = on ] && untrained && mkdir -p "$work" 2>/dev/null && [ -w "$work" ]; then
        locked train_if_untrained || true
    fi
    if [ "${OTFD_AOT:-on}" = on ] && [ -s "$cache" ]; then
        set -- -XX:AOTCache="$cache" -Xlog:aot*=off -Xlog:cds*=off -jar "$jar" "$@"
    else
        set -- -jar "$jar" "$@"
    fi
    # shellcheck disable=SC2086 # flags are words
    exec "$java/bin/java" $flags "$@"
}
