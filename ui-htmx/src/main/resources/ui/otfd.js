// A run as it happens. The page is complete without this; here it only stays up to date.

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

/** Appends; a reader at the end stays at the end, one who scrolled up is left alone. */
function appendLog(name, html) {
    const log = document.getElementById(name + "-log");
    if (!log.firstChild) {
        log.closest("details").open = true;
    }
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    const parsed = new DOMParser().parseFromString("<pre>\n" + html + "</pre>", "text/html");
    log.append(...parsed.body.firstChild.childNodes);
    if (atEnd) {
        log.scrollTop = log.scrollHeight;
    }
}

function follow(logs) {
    const status = document.getElementById("live");
    const address = new URL(logs.dataset.live, location.href);
    let source;
    let over = false;

    function say(text) {
        if (status.textContent !== text) {
            status.textContent = text;
        }
    }

    function open() {
        if (over || source) {
            return;
        }
        source = new EventSource(address);
        source.onopen = () => say("Live");
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

for (const log of document.querySelectorAll(".log")) {
    log.scrollTop = log.scrollHeight;
}

const logs = document.querySelector("[data-live]");
if (logs) {
    follow(logs);
}
