package dev.adjoint.io;

import dev.adjoint.io.event.Event;
import dev.adjoint.io.event.Summary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.zip.CRC32C;

/// Figures of a training as [TensorBoard](https://www.tensorflow.org/tensorboard) reads them: `tensorboard --logdir FOLDER`.
///
/// An event file is a sequence of records (TFRecord): the length of a message (u64), the masked CRC-32C of these 8 bytes,
/// the message `Event`, and the masked CRC-32C of that; all little-endian. Every event is with the operating system when
/// [#scalars] returns; TensorBoard leaves out a last record that a killed process has cut off. A resumed run begins a file
/// of its own beside the first.
public final class EventFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final InstantSource clock;

    private EventFile(Path file, FileChannel channel, InstantSource clock) {
        this.file = file;
        this.channel = channel;
        this.clock = clock;
    }

    /// A new file in a folder, which is made if it is not there.
    ///
    /// @throws FileFailure if it cannot be made
    public static EventFile in(Path folder) {
        return in(folder, InstantSource.system());
    }

    static EventFile in(Path folder, InstantSource clock) {
        // TensorBoard looks for "tfevents" and reads the files of a folder by name.
        String name = "events.out.tfevents.%d.%d.adjoint".formatted(clock.millis() / 1000, clock.millis() % 1000);
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            EventFile events = new EventFile(file, channel, clock);
            events.write(events.now().setFileVersion("brain.Event:2").build());
            return events;
        } catch (IOException e) {
            throw FileFailure.of(file, e);
        }
    }

    /// Whether a file of this name is one that was written here.
    public static boolean holds(String name) {
        return name.matches("events\\.out\\.tfevents\\.\\d+\\.\\d+\\.adjoint");
    }

    /// The file.
    public Path file() {
        return file;
    }

    /// Figures of a step, all in one event.
    ///
    /// @param step the number of the step
    /// @param figures numbers by name, `loss` or `validation/accuracy`; TensorBoard keeps them as f32
    /// @throws FileFailure if the disk does not take them
    public void scalars(long step, Map<String, Double> figures) {
        Summary.Builder summary = Summary.newBuilder();
        figures.forEach((tag, value) ->
                summary.addValue(Summary.Value.newBuilder().setTag(tag).setSimpleValue(value.floatValue())));
        write(now().setStep(step).setSummary(summary).build());
    }

    private Event.Builder now() {
        return Event.newBuilder().setWallTime(clock.millis() / 1000.0);
    }

    private void write(Event event) {
        byte[] message = event.toByteArray();
        ByteBuffer record = ByteBuffer.allocate(message.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(message.length).putInt(masked(record.array(), 8));
        record.put(message).putInt(masked(message, message.length)).flip();
        try {
            while (record.hasRemaining()) {
                channel.write(record);
            }
        } catch (IOException e) {
            throw FileFailure.of(file, e);
        }
    }

    /// The CRC-32C of the first bytes, turned by 15 bits and moved by a constant, so that the sum of data that holds sums
    /// is none of them.
    private static int masked(byte[] bytes, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, count);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw FileFailure.of(file, e);
        }
    }
}
