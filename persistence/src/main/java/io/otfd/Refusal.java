package io.otfd;

import java.util.Optional;

/** Why a request is not carried out. The message is a sentence for the user of the API. */
public abstract sealed class Refusal extends RuntimeException {

    private Refusal(String message) {
        super(message, null, false, false);
    }

    /** No such thing, or the caller may not know that it exists. */
    public static final class NotFound extends Refusal {
        public NotFound() {
            super("not found");
        }
    }

    /** No valid token. */
    public static final class Unauthenticated extends Refusal {
        public Unauthenticated() {
            super("unauthorized");
        }
    }

    /** The caller sees the thing but may not do this to it. */
    public static final class Denied extends Refusal {
        public Denied(String message) {
            super(message);
        }
    }

    /** The request cannot be read: bad JSON, bad parameter. */
    public static final class Malformed extends Refusal {
        public Malformed(String message) {
            super(message);
        }
    }

    /** The state of the thing does not allow it now. */
    public static final class Conflict extends Refusal {
        public Conflict(String message) {
            super(message);
        }
    }

    /** The thing was given up and will not come back. */
    public static final class Gone extends Refusal {
        public Gone(String message) {
            super(message);
        }
    }

    /** A precondition does not hold, such as deleting an agent that works. */
    public static final class Precondition extends Refusal {
        public Precondition(String message) {
            super(message);
        }
    }

    /** More bytes than the documented limit. */
    public static final class TooLarge extends Refusal {
        public TooLarge(String message) {
            super(message);
        }
    }

    /** Something that the server needs is away for now; trying again later may help. */
    public static final class Unavailable extends Refusal {
        public Unavailable(String message) {
            super(message);
        }
    }

    /** Tried too often; trying again later may help. */
    public static final class TooMany extends Refusal {
        public TooMany(String message) {
            super(message);
        }
    }

    /** A value that is not allowed. */
    public static final class Invalid extends Refusal {
        private final String title;
        private final String pointer;

        private Invalid(String pointer, String message) {
            this("invalid attribute", pointer, message);
        }

        private Invalid(String title, String pointer, String message) {
            super(message);
            this.title = title;
            this.pointer = pointer;
        }

        /** In the words of another title, where a client compares them (observed: go-tfe's suite). */
        public static Invalid titled(String title, String pointer, String message) {
            return new Invalid(title, pointer, message);
        }

        public String title() {
            return title;
        }

        /** @param name wire name of the attribute; the message starts with its human form */
        public static Invalid attribute(String name, String complaint) {
            String words = name.replace('-', ' ').replace('_', ' ');
            return new Invalid(
                    "/data/attributes/" + name,
                    Character.toUpperCase(words.charAt(0)) + words.substring(1) + " " + complaint);
        }

        public static Invalid relationship(String name, String message) {
            return new Invalid("/data/relationships/" + name, message);
        }

        public static Invalid document(String message) {
            return new Invalid("/data", message);
        }

        /** With a message that says everything itself. */
        public static Invalid at(String pointer, String message) {
            return new Invalid(pointer, message);
        }

        /** JSON pointer into the request document. */
        public Optional<String> pointer() {
            return Optional.of(pointer);
        }
    }
}
