package io.otfd.ui;

import io.helidon.http.SetCookie;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** What a handler answers. */
public sealed interface Reply {

    /** @param model the template's one parameter */
    record Html(int status, String template, Object model) implements Reply {
        public static Html of(String template, Object model) {
            return new Html(200, template, model);
        }
    }

    /**
     * After a form, or to where the page lives now.
     *
     * @param location a path of ours
     * @param partial htmx asked, and shall load the whole page
     * @param flash what was done, to be said on that page
     */
    record Redirect(String location, boolean partial, Optional<SetCookie> cookie, Optional<String> flash)
            implements Reply {
        public static Redirect to(String location) {
            return new Redirect(location, false, Optional.empty(), Optional.empty());
        }

        public static Redirect of(String location, boolean partial) {
            return new Redirect(location, partial, Optional.empty(), Optional.empty());
        }

        public Redirect with(SetCookie set) {
            return new Redirect(location, partial, Optional.of(set), flash);
        }

        public Redirect saying(String done) {
            return new Redirect(location, partial, cookie, Optional.of(done));
        }
    }

    /** To a stream's reader, who cannot log in there. */
    record Unauthorized() implements Reply {}

    /**
     * Bytes as they come.
     *
     * @param file name under which browsers keep them, where they shall not show them
     */
    record Stream(String contentType, Optional<String> file, Body body) implements Reply {
        public Stream(String contentType, Body body) {
            this(contentType, Optional.empty(), body);
        }

        /** Runs on the request's thread; flushes what shall arrive now. */
        public interface Body {
            void write(OutputStream out) throws IOException;
        }
    }
}
