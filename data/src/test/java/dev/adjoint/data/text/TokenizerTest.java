package dev.adjoint.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
    private static final String TEXT =
            "The cat sat on the mat. The cat, at 12 o'clock,\n\tsat  on the hat — naïve 🐈!\n";

    @Test
    void charactersComeBack() {
        Characters characters = Characters.of(TEXT);
        assertThat(characters.decode(characters.encode(TEXT))).isEqualTo(TEXT);
        assertThat(Characters.of("banana").characters()).containsExactly("a", "b", "n");
        assertThat(Characters.of("banana").encode("nab")).containsExactly(2, 0, 1);
        assertThat(Characters.of(characters.characters()).encode(TEXT)).isEqualTo(characters.encode(TEXT));
        assertThat(characters.encode("🐈")).hasSize(1);
    }

    @Test
    void wordsComeBackWhereTheyAreKnown() {
        Words words = Words.of(TEXT, 1000);
        assertThat(words.decode(words.encode(TEXT))).isEqualTo(TEXT);
        Words few = Words.of("a b a c a b", 4);
        assertThat(few.words()).containsExactly(Words.UNKNOWN, " ", "a", "b");
        assertThat(few.decode(few.encode("c a"))).isEqualTo("\uFFFD a");
        assertThat(Words.of(few.words()).encode("a b c")).containsExactly(2, 1, 3, 1, 0);
    }

    /// P. Gage's text: the pair aa is there four times before anything is merged, and twice merged in "aaabdaaabac".
    @Test
    void bytePairsAreMergedByFrequency() {
        BytePairs pairs = BytePairs.train("aaabdaaabac", 259);
        assertThat(pairs.merges().getFirst()).isEqualTo(new BytePairs.Pair('a', 'a'));
        assertThat(pairs.size()).isEqualTo(259);
        // ZabdZabac, then ab (before Za, which is as frequent) to Y: ZYdZYac, then ZY to X: XdXac.
        assertThat(pairs.merges().get(1)).isEqualTo(new BytePairs.Pair('a', 'b'));
        assertThat(pairs.merges().get(2)).isEqualTo(new BytePairs.Pair(256, 257));
        assertThat(pairs.encode("aaabdaaabac")).containsExactly(258, 'd', 258, 'a', 'c');
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 260, 280, 1000})
    void bytePairsBringBackEveryText(int size) {
        BytePairs pairs = BytePairs.train(TEXT, size);
        for (String text : List.of(TEXT, "", "other words, 日本語 and \u0000\r\n 🐈🐈", "   ", "x")) {
            assertThat(pairs.decode(pairs.encode(text))).isEqualTo(text);
        }
        assertThat(BytePairs.of(pairs.merges()).encode(TEXT)).isEqualTo(pairs.encode(TEXT));
        assertThat(BytePairs.train(TEXT, size).merges()).isEqualTo(pairs.merges());
        assertThat(pairs.size()).isLessThanOrEqualTo(size);
    }

    /// What the counts say while words are merged is what counting anew says.
    @Test
    void countsStayTrueOnRandomText() {
        Key key = Key.of(8);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            text.append("abc d".charAt((int) (5 * key.uniform(i))));
        }
        List<BytePairs.Pair> merges = BytePairs.train(text.toString(), 300).merges();
        for (int n = 0; n < merges.size(); n++) {
            BytePairs before = BytePairs.of(merges.subList(0, n));
            assertThat(BytePairsCount.mostFrequent(before, text.toString())).isEqualTo(merges.get(n));
        }
    }

    @Test
    void longerVocabulariesGiveFewerTokens() {
        int few = BytePairs.train(TEXT.repeat(3), 270).encode(TEXT).length;
        int many = BytePairs.train(TEXT.repeat(3), 320).encode(TEXT).length;
        assertThat(many).isLessThan(few);
        assertThat(few).isLessThan(TEXT.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    }

    @Test
    void saysWhatIsWrong() {
        assertInvalid(
                () -> Characters.of("abc").encode("abx"),
                "the character 'x' at position 2 is none of the 3 that are known");
        assertInvalid(() -> Characters.of("abc").decode(0, 3), "there is no token 3; tokens are 0 to 2");
        assertInvalid(() -> Characters.of(""), "a tokenizer needs at least one token; the text is empty");
        assertInvalid(() -> Characters.of(List.of("a", "a")), "the token 'a' is there twice");
        assertInvalid(() -> Words.of("a", 1), "a vocabulary of words needs at least 2 tokens, not 1");
        assertInvalid(
                () -> Words.of(List.of("a")),
                "the first token of a vocabulary of words must be the unknown one, U+FFFD");
        assertInvalid(
                () -> BytePairs.train("a", 255), "byte pairs need at least the 256 tokens of single bytes, not 255");
        assertInvalid(() -> BytePairs.train("a", 256).decode(256), "there is no token 256; tokens are 0 to 255");
        assertInvalid(
                () -> BytePairs.of(List.of(new BytePairs.Pair(256, 1))),
                "the token 256 is made of 256 and 1, which do not both come before it");
    }

    private static void assertInvalid(Runnable call, String message) {
        assertThatThrownBy(call::run).isInstanceOf(InvalidArgument.class).hasMessage(message);
    }
}
