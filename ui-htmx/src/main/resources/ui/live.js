// Parts of a page that stay up to date, buttons that copy, and keyboard shortcuts. The page is complete without this.

const POLL_MILLIS = 5000;
const SILENT_MILLIS = 8000;
const GO_MILLIS = 1500;
const GONE = [404, 410];

/** Swaps the element with the same id, unless it looks the same; who has the keyboard there keeps it. */
function swap(fresh) {
    const present = document.getElementById(fresh.id);
    if (!present || present.isEqualNode(fresh)) {
        return;
    }
    const focused = present.contains(document.activeElement) ? document.activeElement : undefined;
    const place = focused && (focused.id ? "#" + CSS.escape(focused.id) : focused.href && `a[href="${CSS.escape(focused.getAttribute("href"))}"]`);
    present.replaceWith(fresh);
    window.htmx?.process(fresh);
    if (place) {
        fresh.querySelector(place)?.focus();
    }
}

function parse(html) {
    return new DOMParser().parseFromString(html, "text/html");
}

/** One event stream; where there is none or a proxy holds it back, the page itself is asked again and again. */
function follow(root) {
    const page = () => root.dataset.page ?? location.href;
    const ids = () => [...root.querySelectorAll("[id]")].map((element) => element.id);
    let source;
    let polling;
    let silence;

    async function poll() {
        try {
            const response = await fetch(page(), { headers: { Accept: "text/html" } });
            if (GONE.includes(response.status)) {
                close();
                document.getElementById("problem").textContent = "This is not there any more: it was deleted or renamed.";
            } else if (response.ok && !response.redirected) {
                const fresh = parse(await response.text());
                for (const id of ids()) {
                    const element = fresh.getElementById(id);
                    if (element && document.getElementById(id)) {
                        swap(element);
                    }
                }
            }
        } catch {
            // The server is away; the next turn asks again.
        }
    }

    function fallBack() {
        source?.close();
        source = undefined;
        polling ??= setInterval(poll, POLL_MILLIS);
    }

    function open() {
        if (polling) {
            return;
        }
        if (!root.dataset.parts) {
            fallBack();
            return;
        }
        source = new EventSource(root.dataset.parts);
        silence = setTimeout(fallBack, SILENT_MILLIS);
        source.addEventListener("part", (event) => {
            clearTimeout(silence);
            for (const element of [...parse(event.data).body.children]) {
                swap(element);
            }
        });
        source.onerror = () => {
            if (source?.readyState === EventSource.CLOSED) {
                fallBack();
            }
        };
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

for (const root of document.querySelectorAll("[data-parts], [data-poll]")) {
    follow(root);
}

for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
        const field = document.getElementById(button.dataset.copy);
        field.select();
        try {
            await navigator.clipboard.writeText(field.value);
        } catch {
            // Without https there is no clipboard but the old one.
            document.execCommand("copy");
        }
        button.textContent = "Copied";
        setTimeout(() => (button.textContent = label), 2000);
    });
}

/** Keys that do something where nothing is typed: / searches, g and another one go to a page, ? shows them all. */
function listenForShortcuts() {
    let goes = 0;
    const links = (key) => document.querySelector(`a[data-key="${CSS.escape(key)}"]`);

    document.addEventListener("keydown", (event) => {
        const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
        if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
            return;
        }
        const after = Date.now() - goes < GO_MILLIS;
        goes = 0;
        if (after && links(event.key)) {
            event.preventDefault();
            links(event.key).click();
        } else if (event.key === "/") {
            event.preventDefault();
            document.getElementById("site-search")?.focus();
        } else if (event.key === "?") {
            links("?")?.click();
        } else if (event.key === "g") {
            goes = Date.now();
        }
    });
}

// Enter in a picker's search must not save the form around it.
document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("[data-find]")) {
        event.preventDefault();
        window.htmx?.trigger(event.target, "search");
    }
});

if (document.body.dataset.shortcuts) {
    listenForShortcuts();
}
