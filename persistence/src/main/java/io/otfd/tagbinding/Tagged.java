package io.otfd.tagbinding;

import java.util.List;

/** A binding to look for; one with an empty value asks for the key alone. */
public record Tagged(String key, String value) {

    /** As statements compare them: the line break stands in neither part. */
    public static List<String> lines(List<Tagged> tagged) {
        return tagged.stream().map(tag -> tag.key() + "\n" + tag.value()).toList();
    }
}
