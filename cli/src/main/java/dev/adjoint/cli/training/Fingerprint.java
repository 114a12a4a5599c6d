package dev.adjoint.cli.training;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of numbers as a network sees them, big-endian f64.
final class Fingerprint {
    private final MessageDigest sha;

    Fingerprint() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(double... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(8);
        for (double number : numbers) {
            sha.update(bytes.putDouble(0, number).array());
        }
    }

    /// What was added, all together.
    String hex() {
        return HexFormat.of().formatHex(sha.digest());
    }
}
