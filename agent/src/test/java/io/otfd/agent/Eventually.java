package io.otfd.agent;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits with a deadline. */
public final class Eventually {

    private static final long SECONDS = 15;

    private Eventually() {}

    public static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + SECONDS + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    public static <T> T next(String what, BlockingQueue<T> queue) throws InterruptedException {
        T item = queue.poll(SECONDS, TimeUnit.SECONDS);
        if (item == null) {
            throw new AssertionError("not within " + SECONDS + " s: " + what);
        }
        return item;
    }
}
