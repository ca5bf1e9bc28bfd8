package io.otfd.ui;

import io.otfd.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the fields of a form show: what is stored, or what the visitor typed and why it was refused.
 *
 * @param problem why the form was not carried out
 * @param field name of the field that the problem is about; fields are named like the attributes of the API
 */
public record Filled(Form values, Optional<String> problem, Optional<String> field) {

    public static final Filled EMPTY = new Filled(Form.EMPTY, Optional.empty(), Optional.empty());

    /** A box that is not ticked has no value. */
    public static Filled of(Map<String, String> values) {
        return of(new Form(values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, value -> List.of(value.getValue())))));
    }

    public static Filled of(Form values) {
        return new Filled(values, Optional.empty(), Optional.empty());
    }

    /** As it was typed, with the reason beside its field. */
    public static Filled refused(Form typed, Refusal refusal) {
        Optional<String> pointer = refusal instanceof Refusal.Invalid invalid ? invalid.pointer() : Optional.empty();
        return new Filled(
                typed,
                Optional.of(refusal.getMessage()),
                pointer.map(path -> path.substring(path.lastIndexOf('/') + 1)));
    }

    /** Without what must not travel back, such as a secret. */
    public Filled without(String name) {
        Map<String, List<String>> rest = new HashMap<>(values.fields());
        rest.remove(name);
        return new Filled(new Form(rest), problem, field);
    }

    public String text(String name) {
        return values.exact(name);
    }

    /** Of several choices, or a ticked box. */
    public boolean is(String name, String value) {
        return values.all(name).contains(value);
    }

    public Optional<String> problem(String name) {
        return field.equals(Optional.of(name)) ? problem : Optional.empty();
    }

    /** The visitor has begun with it: it must not be folded away. */
    public boolean isRefused() {
        return problem.isPresent();
    }
}
