package dev.adjoint.io;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.OneLine;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Named tensors in the [safetensors format](https://github.com/huggingface/safetensors): 8 bytes of header length
/// (little-endian), a header in JSON that says type, shape and place of every tensor, and their bytes (little-endian).
///
/// The same tensors and metadata give the same bytes, and those of the reference implementation: tensors are sorted by
/// type (I64, F64, F32, I32, BOOL; so every tensor is aligned to its elements), then by name, and metadata by name.
///
/// Reading is strict. A header that breaks the format in any way is [CorruptFile], found before memory is taken for any
/// tensor; a file is never half read.
public final class Safetensors {
    private Safetensors() {}

    /// Writes tensors to a file, or replaces it; see [AtomicFile].
    ///
    /// @param metadata free text by name, kept in the header
    /// @throws FileFailure if the file cannot be written
    /// @throws InvalidArgument if a name cannot stand in such a file
    /// @throws dev.adjoint.tensor.NotComputed if a tensor is only being recorded
    public static void write(Path file, Map<String, ? extends Tensor> tensors, Map<String, String> metadata) {
        Map<String, TensorType> types = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> types.put(name, tensor.type()));
        Header header = Header.of(types, metadata);
        List<Elements> elements = header.entries().stream()
                .map(entry -> Objects.requireNonNull(tensors.get(entry.name())).elements())
                .toList();
        byte[] text = header.toBytes();
        AtomicFile.write(file, channel -> {
            ByteBuffer length = ByteBuffer.allocate(Header.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            Data.writeFully(length.putLong(text.length).flip(), channel);
            Data.writeFully(ByteBuffer.wrap(text), channel);
            for (Elements numbers : elements) {
                Data.write(numbers, channel);
            }
        });
    }

    /// What a file holds.
    ///
    /// @throws CorruptFile if the file breaks the format or has a tensor of another type
    /// @throws FileFailure if there is no such file or it cannot be read
    public static TensorFile read(Path file) {
        if (Files.isDirectory(file)) {
            throw new FileFailure(file, "is a folder, not a file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            byte[] text = headerText(file, channel, size);
            Header header = HeaderReader.read(file, text);
            long dataBytes = size - Header.LENGTH_BYTES - text.length;
            Map<String, Array> tensors = new LinkedHashMap<>();
            for (Entry entry : Layout.check(file, header.entries(), dataBytes)) {
                tensors.put(entry.name(), Data.read(file, entry, channel));
            }
            return new TensorFile(tensors, header.metadata());
        } catch (IOException e) {
            throw FileFailure.of(file, e);
        }
    }

    private static byte[] headerText(Path file, FileChannel channel, long size) throws IOException {
        if (size < Header.LENGTH_BYTES) {
            throw new CorruptFile(
                    file, "truncated: the file has " + size + " bytes, the length of the header alone takes 8");
        }
        ByteBuffer length = ByteBuffer.allocate(Header.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Data.readFully(file, length, channel);
        long wanted = length.getLong(0);
        // As an unsigned number: a length with its highest bit set is far too long as well.
        if (Long.compareUnsigned(wanted, Header.LONGEST) > 0) {
            throw new CorruptFile(
                    file,
                    "the header has " + Long.toUnsignedString(wanted) + " bytes; the format allows " + Header.LONGEST);
        }
        if (wanted > size - Header.LENGTH_BYTES) {
            throw new CorruptFile(
                    file,
                    "truncated: the header has " + wanted + " bytes, but only " + (size - Header.LENGTH_BYTES)
                            + " follow its length");
        }
        byte[] text = new byte[(int) wanted];
        Data.readFully(file, ByteBuffer.wrap(text), channel);
        return text;
    }

    /// Writes the tensors of a model, or of any tree of tensors, under their paths (`hidden.weight`).
    ///
    /// @throws InvalidArgument if two tensors have one path
    public static void save(Path file, Object tree) {
        save(file, tree, Map.of());
    }

    /// Writes the tensors of a model under their paths, and free text by name.
    ///
    /// @throws InvalidArgument if two tensors have one path
    public static void save(Path file, Object tree, Map<String, String> metadata) {
        write(file, paths(tree), metadata);
    }

    /// A model of the same form with the tensors of a file.
    ///
    /// @param like a model whose tensors have the wanted types; their numbers do not matter
    /// @throws ModelMismatch if the file does not hold exactly the tensors of the model, with a table of the
    ///     differences
    /// @throws CorruptFile if the file breaks the format
    public static <T> T load(Path file, T like) {
        return put(file, read(file).tensors(), like);
    }

    private static <T> T put(Path file, Map<String, Array> tensors, T like) {
        Map<String, TensorType> expected = types(paths(like));
        Map<String, TensorType> found = types(tensors);
        if (!expected.equals(found)) {
            throw new ModelMismatch(file, expected, found);
        }
        return Tree.mapPaths(like, (path, leaf) -> tensors.getOrDefault(path, Array.of(leaf)));
    }

    private static Map<String, TensorType> types(Map<String, ? extends Tensor> tensors) {
        Map<String, TensorType> types = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> types.put(name, tensor.type()));
        return types;
    }

    private static Map<String, Tensor> paths(Object tree) {
        Map<String, Tensor> paths = new LinkedHashMap<>();
        Tree.visit(tree, (path, leaf) -> {
            if (paths.put(path, leaf) != null) {
                throw new InvalidArgument("two tensors of the model have the path '" + OneLine.of(path) + "'");
            }
        });
        return paths;
    }
}
