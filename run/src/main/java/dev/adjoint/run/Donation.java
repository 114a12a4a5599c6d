package dev.adjoint.run;

import dev.adjoint.tensor.Elements;
import java.util.List;

/// Which arguments of a run give their memory away.
///
/// @param arguments their indices
/// @param names what they are called, for the message of whoever uses one afterwards
public record Donation(List<Integer> arguments, List<String> names) {
    /// Every argument stays what it is.
    public static final Donation NONE = new Donation(List.of(), List.of());

    public Donation {
        arguments = List.copyOf(arguments);
        names = List.copyOf(names);
    }

    /// Puts elements that own the memory in the place of the donated ones. What is given for an argument that stays, too, is
    /// not taken.
    @SuppressWarnings("ReferenceEquality") // the question is which memory it is
    void take(Elements[] given) {
        for (int i = 0; i < arguments.size(); i++) {
            Elements donor = given[arguments.get(i)];
            if (staysToo(given, donor)) {
                continue;
            }
            Elements heir = donor.handOver("'" + names.get(i) + "' was donated to a compiled function, and its memory"
                    + " holds a result by now; use the result, or a copy made before the call");
            for (int j = 0; j < given.length; j++) {
                given[j] = given[j] == donor ? heir : given[j];
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the question is which memory it is
    private boolean staysToo(Elements[] given, Elements donor) {
        for (int i = 0; i < given.length; i++) {
            if (given[i] == donor && !arguments.contains(i)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the memory of an argument is given for nothing else.
    @SuppressWarnings("ReferenceEquality") // the question is which memory it is
    static boolean isAlone(Elements[] given, int argument) {
        int uses = 0;
        for (Elements elements : given) {
            uses += elements == given[argument] ? 1 : 0;
        }
        return uses == 1;
    }
}
