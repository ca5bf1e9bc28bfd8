package io.otfd.notifier;

import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.task.TaskCourier;
import io.otfd.taskresult.TaskResults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks the run tasks that are due. */
public final class TaskSender extends Sender<TaskResults.Claimed> {

    private final TaskResults results;
    private final TaskCourier courier;

    public TaskSender(TaskResults results, TaskCourier courier, Events events) {
        super("run tasks", Topics.tasks(), events);
        this.results = results;
        this.courier = courier;
    }

    public TaskSender start() {
        begin();
        return this;
    }

    @Override
    List<TaskResults.Claimed> claim(int atMost) {
        return results.claim(atMost);
    }

    @Override
    Optional<Duration> untilNext() {
        return results.untilNext();
    }

    @Override
    void deliver(TaskResults.Claimed claimed) {
        results.record(claimed, courier.deliver(claimed.request()));
    }
}
