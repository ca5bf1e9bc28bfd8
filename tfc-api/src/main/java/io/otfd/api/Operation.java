package io.otfd.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a route takes and answers, besides errors: declared where it is registered. */
public final class Operation {

    /** What the body of a good answer is. */
    public enum Shown {
        RESOURCE,
        PAGE,
        /** A page of a list that nobody counts. */
        SLICE,
        LIST,
        JSON,
        BYTES,
        NOTHING
    }

    /** What the body of a request is. */
    public enum Taken {
        NOTHING,
        RESOURCE,
        RESOURCES,
        IDENTIFIER_OR_NULL,
        IDENTIFIERS,
        JSON,
        FORM,
        BYTES
    }

    private final Shown shown;
    private final List<Schema> shownTypes;
    private final List<Integer> statuses = new ArrayList<>();
    private String mediaType = "application/json";
    private Taken taken = Taken.NOTHING;
    private List<Schema> takenTypes = List.of();
    private String identified = "";
    private boolean bodyRequired;
    private final List<String> query = new ArrayList<>();
    private final List<String> includes = new ArrayList<>();
    private final List<Schema> included = new ArrayList<>();
    private final List<Integer> refusals = new ArrayList<>();

    private Operation(int status, Shown shown, Schema... shownTypes) {
        this.shown = shown;
        this.shownTypes = List.of(shownTypes);
        statuses.add(status);
    }

    /** 200 with one resource, of one of these types. */
    public static Operation shows(Schema... types) {
        return new Operation(200, Shown.RESOURCE, types);
    }

    /** Takes a resource and answers 201 with it. */
    public static Operation creates(Schema... types) {
        return new Operation(201, Shown.RESOURCE, types).takes(types);
    }

    /** Takes a resource and answers 200 with it. */
    public static Operation updates(Schema... types) {
        return shows(types).takes(types);
    }

    /** 200 with a page of resources. */
    public static Operation pages(Schema type) {
        return new Operation(200, Shown.PAGE, type);
    }

    /** 200 with a page of resources that are not counted. */
    public static Operation slices(Schema type) {
        return new Operation(200, Shown.SLICE, type);
    }

    /** 200 with all there are. */
    public static Operation lists(Schema type) {
        return new Operation(200, Shown.LIST, type);
    }

    /** 200 with JSON that is no JSON:API document. */
    public static Operation json() {
        return new Operation(200, Shown.JSON);
    }

    /** This status with JSON of a dialect that is not ours to describe. */
    public static Operation json(int status) {
        return new Operation(status, Shown.JSON);
    }

    /** 200 with bytes. */
    public static Operation bytes(String mediaType) {
        Operation operation = new Operation(200, Shown.BYTES);
        operation.mediaType = mediaType;
        return operation;
    }

    /** A good status without a body. */
    public static Operation answers(int status) {
        return new Operation(status, Shown.NOTHING);
    }

    /** 204. */
    public static Operation noContent() {
        return answers(204);
    }

    /** Or this status without a body. */
    public Operation or(int status) {
        statuses.add(status);
        return this;
    }

    /** A document that holds one resource. */
    public Operation takes(Schema... types) {
        return takes(Taken.RESOURCE, types);
    }

    /** A document that holds resources. */
    public Operation takesMany(Schema type) {
        return takes(Taken.RESOURCES, type);
    }

    public Operation takesJson() {
        return takes(Taken.JSON);
    }

    /** {@code application/x-www-form-urlencoded}. */
    public Operation takesForm() {
        return takes(Taken.FORM);
    }

    public Operation takesBytes() {
        return takes(Taken.BYTES);
    }

    public Operation takesIdentifiers(String type) {
        identified = type;
        return takes(Taken.IDENTIFIERS);
    }

    public Operation takesIdentifierOrNull(String type) {
        identified = type;
        return takes(Taken.IDENTIFIER_OR_NULL);
    }

    private Operation takes(Taken body, Schema... types) {
        taken = body;
        takenTypes = List.of(types);
        bodyRequired = true;
        return this;
    }

    /** The request may come without its body. */
    public Operation bodyIsOptional() {
        bodyRequired = false;
        return this;
    }

    /** Query parameters besides the page and what is included. */
    public Operation query(String... names) {
        Collections.addAll(query, names);
        return this;
    }

    /** Values of {@code include}. */
    public Operation include(String... names) {
        Collections.addAll(includes, names);
        return this;
    }

    /** Types that then may stand beside the answer. */
    public Operation beside(Schema... types) {
        Collections.addAll(included, types);
        return this;
    }

    /** Statuses of refusals that other routes do not know. */
    public Operation refuses(Integer... statuses) {
        Collections.addAll(refusals, statuses);
        return this;
    }

    public Shown shown() {
        return shown;
    }

    public List<Schema> shownTypes() {
        return shownTypes;
    }

    /** The first is of the answer with a body, if there is one. */
    public List<Integer> statuses() {
        return List.copyOf(statuses);
    }

    public String mediaType() {
        return mediaType;
    }

    public Taken taken() {
        return taken;
    }

    public List<Schema> takenTypes() {
        return takenTypes;
    }

    /** Type of the identifiers that are taken; empty where none are. */
    public String identified() {
        return identified;
    }

    public boolean isBodyRequired() {
        return bodyRequired;
    }

    public List<String> query() {
        return List.copyOf(query);
    }

    /** Whether it takes {@code page[number]} and {@code page[size]}. */
    public boolean isPaged() {
        return shown == Shown.PAGE || shown == Shown.SLICE;
    }

    /** Elements of lists, such as {@code filter[tagged][1][key]}, are declared by their first. */
    boolean takesQuery(String name) {
        return query.contains(name.replaceAll("\\[\\d+]", "[0]"))
                || isPaged() && name.startsWith("page[")
                || !includes.isEmpty() && name.equals("include");
    }

    public List<String> includes() {
        return List.copyOf(includes);
    }

    public List<Schema> included() {
        return List.copyOf(included);
    }

    List<Integer> refusals() {
        return List.copyOf(refusals);
    }
}
