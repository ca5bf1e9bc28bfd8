package io.otfd;

import java.util.List;
import java.util.function.Function;

/** One page of a list, and how long the whole list is. */
public record Page<T>(List<T> items, Request request, long totalCount) {

    public Page {
        items = List.copyOf(items);
    }

    public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
        return new Page<>(items.stream().<R>map(mapper).toList(), request, totalCount);
    }

    public long totalPages() {
        return Math.max(1, (totalCount + request.size() - 1) / request.size());
    }

    /**
     * Which page is wanted.
     *
     * @param number from 1
     * @param size 1 to 100; 20 when the client names none (cloud-docs/api-docs, Pagination)
     */
    public record Request(int number, int size) {

        public static final int MAX_SIZE = 100;
        public static final Request FIRST = new Request(1, 20);
        public static final Request LARGEST = new Request(1, MAX_SIZE);

        public Request {
            if (number < 1) {
                throw new Refusal.Malformed("page[number] must be 1 or more");
            }
            if (size < 1) {
                throw new Refusal.Malformed("page[size] must be 1 or more");
            }
            size = Math.min(size, MAX_SIZE);
        }

        public long offset() {
            return (number - 1L) * size;
        }
    }
}
