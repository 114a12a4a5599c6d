package dev.adjoint.compile;

import dev.adjoint.graph.Value;
import dev.adjoint.op.source.Constant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Puts tasks into an order in which few bytes are alive at once.
///
/// Tasks keep the order of the graph, but for one rule: when all that still waits for a value can run, it runs at once if
/// less is alive afterwards. So a weight's gradient is computed as soon as the gradient of its layer's result is known, the
/// weight is updated in place, and neither the activation nor the gradients wait for the end of the step.
record Order() {
    /// The tasks in the new order; in the old one if that needs fewer bytes.
    Tasks apply(Tasks tasks) {
        Tasks reordered = new Tasks(tasks.graph(), new Scheduling(tasks).order());
        return peak(reordered) < peak(tasks) ? reordered : tasks;
    }

    private static long peak(Tasks tasks) {
        return new PlanMemory().apply(tasks).peakBytes();
    }

    /// A value that is not constant.
    private static final class Held {
        private final long bytes;
        private final Set<Job> readers = new LinkedHashSet<>();
        private boolean stays;
        private int unread;

        Held(Value value) {
            this.bytes = value.type().bytes();
        }

        /// Whether nobody needs it any more.
        private boolean isDead() {
            return unread == 0 && !stays;
        }
    }

    /// A task and what it waits for.
    private static final class Job {
        private final int place;
        private final Task task;
        private final Set<Held> reads = new LinkedHashSet<>();
        private final List<Held> writes = new ArrayList<>();
        private int waiting;

        Job(int place, Task task) {
            this.place = place;
            this.task = task;
        }

        private boolean makesResult() {
            return writes.stream().anyMatch(written -> written.stays);
        }
    }

    private static final class Scheduling {
        private final Map<Value, Held> values = new HashMap<>();
        private final List<Job> order = new ArrayList<>();
        private final Set<Job> done = new HashSet<>();
        private final TreeSet<Job> ready = new TreeSet<>((a, b) -> Integer.compare(a.place, b.place));

        /// Values of which the last reader may have become ready.
        private final Set<Held> touched = new LinkedHashSet<>();

        private long alive;

        Scheduling(Tasks tasks) {
            List<Job> jobs = new ArrayList<>();
            for (Task task : tasks.list()) {
                Job job = new Job(jobs.size(), task);
                jobs.add(job);
                task.writes().forEach(value -> job.writes.add(held(value)));
            }
            jobs.forEach(this::read);
            jobs.forEach(job -> job.writes.forEach(written -> written.readers.forEach(reader -> reader.waiting++)));
            tasks.graph().outputs().forEach(output -> held(Calls.producer(output)).stays = true);
            jobs.stream().filter(job -> job.waiting == 0).forEach(ready::add);
        }

        private void read(Job job) {
            for (Value value : job.task.reads()) {
                Value producer = Calls.producer(value);
                Held held = held(producer);
                if (!(producer.op() instanceof Constant) && held.readers.add(job)) {
                    job.reads.add(held);
                    held.unread++;
                }
            }
        }

        private Held held(Value value) {
            return values.computeIfAbsent(value, Held::new);
        }

        List<Task> order() {
            while (!ready.isEmpty()) {
                run(ready.first());
                while (!touched.isEmpty()) {
                    Held next = Collections.min(touched, Comparator.comparingInt(held -> held.unread));
                    touched.remove(next);
                    release(next);
                }
            }
            return order.stream().map(job -> job.task).toList();
        }

        /// Runs all that waits for a value, and after each what then frees its operands, if less is alive in the end.
        private void release(Held value) {
            List<Job> readers =
                    value.readers.stream().filter(job -> !done.contains(job)).toList();
            if (value.stays || readers.isEmpty() || !ready.containsAll(readers)) {
                return;
            }
            int start = order.size();
            long before = alive;
            Set<Held> known = new LinkedHashSet<>(touched);
            for (Job reader : readers) {
                runWithFollowers(reader);
            }
            if (alive >= before) {
                while (order.size() > start) {
                    undo(order.removeLast());
                }
                touched.clear();
                touched.addAll(known);
            }
        }

        private void runWithFollowers(Job job) {
            Deque<Job> open = new ArrayDeque<>(List.of(job));
            while (!open.isEmpty()) {
                Job next = open.pop();
                if (ready.contains(next)) {
                    run(next);
                    followers(next).reversed().forEach(open::push);
                }
            }
        }

        /// Who reads what a job has made and takes no more than it frees. A result is made only once that frees something:
        /// it may stand in the memory of an argument that nobody else waits for.
        private List<Job> followers(Job job) {
            return job.writes.stream()
                    .flatMap(written -> written.readers.stream())
                    .distinct()
                    .filter(ready::contains)
                    .filter(reader -> growth(reader) < (reader.makesResult() ? 0 : 1))
                    .toList();
        }

        private static long growth(Job job) {
            long growth = 0;
            for (Held written : job.writes) {
                growth += written.isDead() ? 0 : written.bytes;
            }
            for (Held read : job.reads) {
                growth -= read.unread == 1 && !read.stays ? read.bytes : 0;
            }
            return growth;
        }

        private void run(Job job) {
            alive += growth(job);
            ready.remove(job);
            done.add(job);
            order.add(job);
            for (Held read : job.reads) {
                read.unread--;
                touched.add(read);
            }
            for (Held written : job.writes) {
                for (Job reader : written.readers) {
                    if (--reader.waiting == 0) {
                        ready.add(reader);
                        touched.addAll(reader.reads);
                    }
                }
            }
        }

        private void undo(Job job) {
            for (Held written : job.writes) {
                for (Job reader : written.readers) {
                    if (reader.waiting++ == 0) {
                        ready.remove(reader);
                    }
                }
            }
            job.reads.forEach(read -> read.unread++);
            done.remove(job);
            ready.add(job);
            alive -= growth(job);
        }
    }
}
