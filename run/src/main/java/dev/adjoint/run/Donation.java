package dev.adjoint.run;

import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Place;
import java.util.List;
import java.util.Optional;

/// Which arguments of a run give their memory away.
///
/// @param arguments their indices
/// @param messages what to tell whoever uses one afterwards: texts that are made once, not in every run
public record Donation(List<Integer> arguments, List<String> messages) {
    /// Every argument stays what it is.
    public static final Donation NONE = new Donation(List.of(), List.of());

    public Donation {
        arguments = List.copyOf(arguments);
        messages = List.copyOf(messages);
    }

    /// The donation of some arguments to a function.
    ///
    /// @param names what the arguments are called
    /// @param caller the line that called the function
    static Donation of(List<Integer> arguments, List<String> names, Optional<Place> caller) {
        String taker = "a compiled function"
                + caller.map(place -> ", called at " + place + ",").orElse("");
        return new Donation(
                arguments,
                names.stream()
                        .map(
                                name -> "'" + name + "' was donated to " + taker
                                        + " and its memory holds a result by now; use the result, or a copy made before the call")
                        .toList());
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
            Elements heir = donor.handOver(messages.get(i));
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
