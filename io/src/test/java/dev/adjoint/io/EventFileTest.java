package dev.adjoint.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Event files against the documented bytes: TFRecord framing, and messages put together here by protobuf's wire format.
final class EventFileTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_250L));

    @TempDir
    private Path folder;

    /// CRC-32C bit by bit: the reflected polynomial 0x82f63b78.
    private static int crc(byte[] bytes) {
        int crc = ~0;
        for (byte b : bytes) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) * 0x82f63b78);
            }
        }
        return ~crc;
    }

    /// `((crc >> 15) | (crc << 17)) + 0xa282ead8`
    private static int masked(byte[] bytes) {
        int crc = crc(bytes);
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    /// The messages of a file; every sum is checked.
    private static List<byte[]> messages(Path file) throws Exception {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> messages = new ArrayList<>();
        while (all.hasRemaining()) {
            byte[] length = new byte[8];
            all.get(length);
            assertThat(all.getInt()).isEqualTo(masked(length));
            byte[] message = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            all.get(message);
            assertThat(all.getInt()).isEqualTo(masked(message));
            messages.add(message);
        }
        return messages;
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] written(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Field 1, length-delimited: tag (1), simple_value (2, fixed32).
    private static byte[] value(String tag, float number) {
        ByteBuffer value = buffer().put((byte) 0x0a).put((byte) tag.length()).put(text(tag));
        byte[] inner = written(value.put((byte) 0x15).putFloat(number));
        return written(buffer().put((byte) 0x0a).put((byte) inner.length).put(inner));
    }

    @Test
    void theChecksumOfTheStandardIsOurs() {
        assertThat(crc(text("123456789"))).isEqualTo(0xe3069283);
    }

    @Test
    void theBytesAreThoseOfTheFormat() throws Exception {
        Path file;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", 0.5);
        figures.put("validation/accuracy", 0.875);
        try (EventFile events = EventFile.in(folder.resolve("new"), CLOCK)) {
            events.scalars(300, figures);
            events.scalars(1, Map.of("loss", Double.NaN));
            file = events.file();
        }
        assertThat(file.getFileName()).hasToString("events.out.tfevents.1700000000.250.adjoint");
        double time = 1_700_000_000.25;
        byte[] version = written(buffer().put((byte) 0x09)
                .putDouble(time)
                .put((byte) 0x1a)
                .put((byte) 13)
                .put(text("brain.Event:2")));
        byte[] loss = value("loss", 0.5f);
        byte[] accuracy = value("validation/accuracy", 0.875f);
        byte[] scalars = written(buffer().put((byte) 0x09)
                .putDouble(time)
                .put((byte) 0x10) // step, a varint: 300 = 0b10_0101100
                .put((byte) 0xac)
                .put((byte) 0x02)
                .put((byte) 0x2a)
                .put((byte) (loss.length + accuracy.length))
                .put(loss)
                .put(accuracy));
        List<byte[]> messages = messages(file);
        assertThat(messages).hasSize(3);
        assertThat(messages.get(0)).isEqualTo(version);
        assertThat(messages.get(1)).isEqualTo(scalars);
    }

    @Test
    void aResumedRunGoesOnInAFileThatIsReadAfterTheFirst() {
        try (EventFile first = EventFile.in(folder, CLOCK);
                EventFile second = EventFile.in(folder, InstantSource.offset(CLOCK, java.time.Duration.ofHours(1)))) {
            assertThat(second.file().getFileName().toString())
                    .isGreaterThan(first.file().getFileName().toString());
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> EventFile.in(file.resolve("events"), CLOCK))
                .isInstanceOf(FileFailure.class)
                .hasMessageStartingWith(file.resolve("events") + "/events.out.tfevents.1700000000.250.adjoint: ");
    }

    @Test
    void closingTwiceIsClosingOnceAndWhatComesAfterIsNamed() {
        EventFile events = EventFile.in(folder, CLOCK);
        events.close();
        events.close();
        assertThatThrownBy(() -> events.scalars(1, Map.of("loss", 1.0)))
                .isInstanceOf(FileFailure.class)
                .hasMessage(events.file() + ": closed before; nothing can be read or written any more");
    }
}
