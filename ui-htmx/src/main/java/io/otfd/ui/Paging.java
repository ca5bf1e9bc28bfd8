package io.otfd.ui;

import io.otfd.Page;
import io.otfd.Refusal;
import java.util.Map;
import java.util.Optional;

/**
 * The way to the neighbours of one page of a list.
 *
 * @param place where this page is in the list, in words
 */
public record Paging(String place, Optional<String> previous, Optional<String> next) {

    /** Of a list that has one page. */
    public static final Paging NONE = new Paging("", Optional.empty(), Optional.empty());

    private static final int SIZE = 20;
    private static final String FIELD = "page";

    /** @throws Refusal.Malformed for a number that is none */
    public static Page.Request request(Form query) {
        String number = query.first(FIELD).orElse("1");
        try {
            return new Page.Request(Integer.parseInt(number), SIZE);
        } catch (NumberFormatException e) {
            throw new Refusal.Malformed("page must be a number");
        }
    }

    /** @param kept query fields that stay the same from page to page */
    public static Paging of(Page<?> page, String path, Map<String, String> kept) {
        int number = page.request().number();
        return of(
                "Page " + number + " of " + page.totalPages() + ", " + page.totalCount() + " in all",
                page.request(),
                number < page.totalPages(),
                path,
                kept);
    }

    /**
     * Of a list whose length is not known.
     *
     * @param more there is a next page
     */
    public static Paging open(Page.Request request, boolean more, String path, Map<String, String> kept) {
        return of("Page " + request.number(), request, more, path, kept);
    }

    private static Paging of(String place, Page.Request request, boolean more, String path, Map<String, String> kept) {
        int number = request.number();
        return new Paging(
                place,
                number > 1 ? Optional.of(url(path, kept, number - 1)) : Optional.empty(),
                more ? Optional.of(url(path, kept, number + 1)) : Optional.empty());
    }

    public boolean isNeeded() {
        return previous.isPresent() || next.isPresent();
    }

    private static String url(String path, Map<String, String> kept, int number) {
        StringBuilder url = new StringBuilder(path).append('?');
        kept.forEach((name, value) -> {
            if (!value.isEmpty()) {
                url.append(Links.encode(name))
                        .append('=')
                        .append(Links.encode(value))
                        .append('&');
            }
        });
        return url.append(FIELD).append('=').append(number).toString();
    }
}
