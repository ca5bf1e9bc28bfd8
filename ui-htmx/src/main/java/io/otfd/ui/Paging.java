package io.otfd.ui;

import io.otfd.Page;
import io.otfd.Refusal;
import java.util.Map;
import java.util.Optional;

/** The way to the neighbours of one page of a list. */
public record Paging(long number, long pages, long total, Optional<String> previous, Optional<String> next) {

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
        return new Paging(
                number,
                page.totalPages(),
                page.totalCount(),
                number > 1 ? Optional.of(url(path, kept, number - 1)) : Optional.empty(),
                number < page.totalPages() ? Optional.of(url(path, kept, number + 1)) : Optional.empty());
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
