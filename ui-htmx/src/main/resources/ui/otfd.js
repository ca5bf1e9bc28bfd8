// A run as it happens. The page is complete without this; here it only stays up to date.

const POLL_MILLIS = 5000;
const SILENT_MILLIS = 8000;
const STOPPED = "Live updates stopped. Load this page again to see more.";

/** Swaps the summary; who has the keyboard on a button keeps it there. */
function showRun(html) {
    const focused = document.activeElement?.id;
    const parsed = new DOMParser().parseFromString(html, "text/html").getElementById("run");
    const present = document.getElementById("run");
    if (!parsed || !present) {
        return;
    }
    const changed = parsed.dataset.status !== present.dataset.status;
    present.replaceWith(parsed);
    window.htmx?.process(parsed);
    if (focused && focused.startsWith("action-")) {
        document.getElementById(focused)?.focus();
    }
    return changed ? parsed.dataset.status : undefined;
}

/** The plan's changes come with the page, once there is a plan. */
async function showChanges() {
    const present = document.getElementById("changes");
    if (!present?.hidden) {
        return;
    }
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (response.ok) {
        const html = await response.text();
        const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("changes");
        if (fresh && !fresh.hidden) {
            present.replaceWith(fresh);
            window.htmx?.process(fresh);
        }
    }
}

function followsEnd(log) {
    return document.querySelector(`[data-follow="${log.id}"]`)?.getAttribute("aria-pressed") !== "false";
}

/** Appends; a reader who follows stays at the end, one who scrolled up is left alone. */
function appendLog(name, html) {
    const log = document.getElementById(name + "-log");
    if (!log.firstChild) {
        log.closest("details").open = true;
    }
    const parsed = new DOMParser().parseFromString("<pre>\n" + html + "</pre>", "text/html");
    log.append(...parsed.body.firstChild.childNodes);
    if (followsEnd(log)) {
        log.scrollTop = log.scrollHeight;
    }
}

/** Scrolling up lets go of the end, scrolling down to it takes it up again; the button says which it is. */
function offerToFollow(button) {
    const log = document.getElementById(button.dataset.follow);
    const set = (follows) => button.setAttribute("aria-pressed", String(follows));
    button.hidden = false;
    button.addEventListener("click", () => {
        set(!followsEnd(log));
        if (followsEnd(log)) {
            log.scrollTop = log.scrollHeight;
        }
    });
    log.addEventListener("wheel", () => set(false), { passive: true });
    log.addEventListener("keydown", () => set(false));
    log.addEventListener("touchmove", () => set(false), { passive: true });
    log.addEventListener("scroll", () => {
        if (log.scrollHeight - log.scrollTop - log.clientHeight < 4) {
            set(true);
        }
    });
}

/** Where nothing is streamed: the page itself, asked again. */
async function poll() {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) {
        return true;
    }
    const html = await response.text();
    const fresh = new DOMParser().parseFromString(html, "text/html");
    if (showRun(html)) {
        await showChanges();
    }
    for (const name of ["plan", "apply"]) {
        const log = document.getElementById(name + "-log");
        const now = fresh.getElementById(name + "-log");
        if (now && now.textContent !== log.textContent) {
            log.closest("details").open = true;
            log.replaceChildren(...now.childNodes);
            if (followsEnd(log)) {
                log.scrollTop = log.scrollHeight;
            }
        }
    }
    return Boolean(fresh.querySelector("[data-live]"));
}

function follow(logs) {
    const status = document.getElementById("live");
    const address = new URL(logs.dataset.live, location.href);
    let source;
    let polling;
    let silence;
    let over = false;

    function say(text) {
        if (status.textContent !== text) {
            status.textContent = text;
        }
    }

    function fallBack() {
        close();
        say("Up to date every few seconds");
        polling = setInterval(async () => {
            const goesOn = await poll().catch(() => true);
            if (!goesOn) {
                over = true;
                close();
                say("The run is over.");
            }
        }, POLL_MILLIS);
    }

    function open() {
        if (over || source || polling) {
            return;
        }
        source = new EventSource(address);
        silence = setTimeout(fallBack, SILENT_MILLIS);
        source.addEventListener("ready", () => {
            clearTimeout(silence);
            say("Live");
        });
        source.onerror = () => {
            if (source?.readyState === EventSource.CLOSED) {
                say(STOPPED);
            } else {
                say("Connecting again…");
            }
        };
        source.addEventListener("run", (event) => {
            const changed = showRun(event.data);
            say(changed ? "Live: " + changed : "Live");
            if (changed) {
                showChanges().catch(() => {});
            }
            address.searchParams.set("at", event.lastEventId);
        });
        for (const name of ["plan", "apply"]) {
            source.addEventListener(name, (event) => {
                appendLog(name, event.data);
                address.searchParams.set("at", event.lastEventId);
            });
        }
        source.addEventListener("end", () => {
            over = true;
            close();
            say("The run is over.");
        });
    }

    function close() {
        clearTimeout(silence);
        clearInterval(polling);
        polling = undefined;
        source?.close();
        source = undefined;
    }

    // A hidden page holds no connection: browsers allow six per server.
    document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
    window.addEventListener("pagehide", close);
    if (!document.hidden) {
        open();
    }
}

/** The line that the address names: its log is opened. */
function showLine() {
    const line = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (line && line.matches(".log > [id]")) {
        line.closest("details").open = true;
        line.scrollIntoView({ block: "center" });
    }
}

for (const log of document.querySelectorAll(".log")) {
    log.scrollTop = log.scrollHeight;
}
for (const button of document.querySelectorAll("[data-follow]")) {
    offerToFollow(button);
}
document.getElementById("logs")?.addEventListener("click", (event) => {
    const line = event.target.closest(".log > [id]");
    if (line && getSelection().isCollapsed) {
        location.hash = line.id;
    }
});
window.addEventListener("hashchange", showLine);
showLine();

const logs = document.querySelector("[data-live]");
if (logs) {
    follow(logs);
}
