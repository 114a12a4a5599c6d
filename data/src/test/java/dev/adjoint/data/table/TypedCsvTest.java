package dev.adjoint.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.Standardisation;
import dev.adjoint.data.UnreadableData;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedCsvTest {
    private static final String FLOWERS = """
            length,colour,id,species
            1.5,red,1,rose
            ,blue,2,daisy
            3.5,?,3,rose
            """;

    @TempDir
    Path folder;

    private static TypedTable parse(TypedCsv csv, String text) {
        return csv.parse("t.csv", new StringReader(text));
    }

    private static void assertUnreadable(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(UnreadableData.class).hasMessage(message);
    }

    @Test
    void typesAreFoundOut() {
        TypedTable table = parse(TypedCsv.table(), FLOWERS);
        assertThat(table.columns()).map(Column::name).containsExactly("length", "colour", "id");
        assertThat(table.columns()).map(Column::missing).containsExactly(1, 1, 0);
        Column.Categorical colour = (Column.Categorical) table.columns().get(1);
        assertThat(colour.categories()).containsExactly("blue", "red");
        assertThat(colour.category(0)).contains("red");
        assertThat(colour.category(2)).isEmpty();
        assertThat(colour.counts()).containsExactly(1, 1);
        Column.Numeric length = (Column.Numeric) table.columns().getFirst();
        assertThat(length.number(0)).hasValue(1.5);
        assertThat(length.number(1)).isEmpty();
        assertThat(table.classNames()).containsExactly("daisy", "rose");
    }

    @Test
    void categoriesAreEncodedOneHot() {
        Dataset flowers = parse(TypedCsv.table().without("id"), FLOWERS).dataset();
        assertThat(flowers.featureNames()).containsExactly("length", "colour=blue", "colour=red");
        assertThat(flowers.features().toFloats()).containsExactly(1.5f, 0, 1, Float.NaN, 1, 0, 3.5f, 0, 0);
        assertThat(flowers.labels().toLongs()).containsExactly(1, 0, 1);
    }

    /// Mean 2 and deviation 1 of the two lengths that are there; the third example is no part of the fit.
    @Test
    void missingNumbersBecomeTheMeanOfTheTrainingPart() {
        Dataset all = parse(TypedCsv.table(), "x,y\n1,a\n,b\n3,a\n100,b\n").dataset();
        Standardisation fitted = Standardisation.of(all.select(0, 1, 2));
        assertThat(fitted.apply(all).features().toFloats()).containsExactly(-1, 0, 1, 98);
        assertThat(Standardisation.of(all.select(1)).apply(all).features().toFloats())
                .containsExactly(1, 0, 3, 100);
    }

    @Test
    void typesAreToldByTitle() {
        TypedTable table =
                parse(TypedCsv.table().categorical("id").labelColumn("colour").missing("1.5"), """
                length,colour,id
                1.5,red,1
                2,red,7
                """);
        assertThat(table.dataset().featureNames()).containsExactly("length", "id=1", "id=7");
        assertThat(table.columns()).map(Column::missing).containsExactly(1, 0);
        assertUnreadable(
                () -> parse(TypedCsv.table().numeric("colour"), FLOWERS),
                "t.csv: line 2, column 2 (colour): 'red' is not a number");
        assertUnreadable(
                () -> parse(TypedCsv.table().without("color"), FLOWERS),
                "t.csv: no column is called 'color'; did you mean 'colour'?");
        assertUnreadable(
                () -> parse(TypedCsv.table().labelColumn("species"), "1,2\n"),
                "t.csv: has no header, so no column is called 'species'");
    }

    @Test
    void otherTablesGetTheSameFeatures() {
        TypedTable train = parse(TypedCsv.table(), "c,y\nred,no\nblue,yes\n");
        Encoding encoding = Encoding.of(train);
        Dataset test = encoding.apply(parse(TypedCsv.table(), "c,y\nred,yes\n"));
        assertThat(test.featureNames()).containsExactly("c=blue", "c=red");
        assertThat(test.features().toFloats()).containsExactly(0, 1);
        assertThat(test.labels().toLongs()).containsExactly(1);
        assertUnreadable(
                () -> encoding.apply(parse(TypedCsv.table(), "c,y\ngreen,yes\n")),
                "t.csv: the category 'green' of 'c' is not known here; known are blue, red");
        assertUnreadable(
                () -> encoding.apply(parse(TypedCsv.table(), "c,y\nred,maybe\n")),
                "t.csv: the label 'maybe' of 'label' is not known here; known are no, yes");
        assertUnreadable(
                () -> encoding.apply(parse(TypedCsv.table(), "d,y\nred,yes\n")),
                "t.csv: has no column 'c', which is needed");
        assertUnreadable(
                () -> encoding.apply(parse(TypedCsv.table(), "c,y\n1,yes\n")),
                "t.csv: the column 'c' holds numbers, but texts are needed");
    }

    private static Dataset parse(String text, Encoding known) {
        return TypedCsv.table().parse("new.csv", new StringReader(text), known);
    }

    @Test
    void anotherFileIsReadAsTheFirstWas() {
        Encoding known = Encoding.of(parse(TypedCsv.table(), "size,c,y\n1,red,no\n2,blue,yes\n"));
        assertThat(known.width()).isEqualTo(3);
        Dataset one = parse("c,size,y\nred,7,no\n", known);
        assertThat(one.features().toFloats()).containsExactly(7, 0, 1);
        assertThat(one.classNames()).containsExactly("no", "yes");
        assertThat(parse("size,c,y\n?,NA,yes\n", known).features().toFloats()).containsExactly(Float.NaN, 0, 0);
        assertUnreadable(
                () -> parse("size,c,y\n1,red,no\n2,green,no\n", known),
                "new.csv: line 3, column 2 (c): the category 'green' is not known here; known are blue, red");
        assertUnreadable(
                () -> parse("size,c,y\n1,red,maybe\n", known),
                "new.csv: line 2, column 3 (y): the label 'maybe' is not known here; known are no, yes");
        assertUnreadable(
                () -> parse("size,c,y\nsmall,red,no\n", known),
                "new.csv: line 2, column 1 (size): 'small' is not a number");
        assertUnreadable(
                () -> parse("size,k,y\n1,red,no\n", known),
                "new.csv: no column is called 'c'; did you mean 'k' or 'y'?");
        Encoding untitled = Encoding.of(parse(TypedCsv.table(), "red,1,0\nblue,2,1\n"));
        assertThat(parse("blue,3,1\n", untitled).features().toFloats()).containsExactly(1, 0, 3);
    }

    @Test
    void tablesOfScikitLearnSayTheirClassesFirst() {
        Dataset plants =
                parse(TypedCsv.table(), "2,1,fern,moss\n1.5,1\n2.5,0\n").dataset();
        assertThat(plants.classNames()).containsExactly("fern", "moss");
        assertThat(plants.labels().toLongs()).containsExactly(1, 0);
        assertThat(plants.features().toFloats()).containsExactly(1.5f, 2.5f);
        assertUnreadable(
                () -> parse(TypedCsv.table(), "2,1,fern,moss\n1.5,1\n2.5,2\n"),
                "t.csv: line 3, column 2: the label 2 is outside the classes 0 to 1");
    }

    @Test
    void badCellsAreShownWithTheirPlace() {
        assertUnreadable(
                () -> parse(TypedCsv.table(), "1,2,0\n1,x,1\n2,3,1\n"), "t.csv: line 2, column 2: 'x' is not a number");
        assertUnreadable(
                () -> parse(TypedCsv.table(), "a,b\n1e39,0\n"),
                "t.csv: line 2, column 1 (a): '1e39' is beyond the range of f32");
        assertUnreadable(
                () -> parse(TypedCsv.table(), "a,b\n1,0\n2,\n"), "t.csv: line 3, column 2 (b): the label is missing");
        assertUnreadable(
                () -> parse(TypedCsv.table(), "a,b\n1,0\n2,0.5\n"),
                "t.csv: line 3, column 2 (b): the label '0.5' is not an integer");
        assertUnreadable(
                () -> parse(TypedCsv.table(), "a,b\n1,-1\n"),
                "t.csv: line 2, column 2 (b): the label -1 is outside the classes 0 to 65535");
        assertUnreadable(
                () -> parse(TypedCsv.table(), "1,0\n1,2,0\n"),
                "t.csv: line 2 has 3 columns, the lines before it have 2");
        assertUnreadable(() -> parse(TypedCsv.table(), ""), "t.csv: is empty");
        assertUnreadable(() -> parse(TypedCsv.table(), "a,b\n"), "t.csv: has a header but no examples");
        assertUnreadable(
                () -> parse(TypedCsv.table(), "1\n"),
                "t.csv: line 1 has no column beside the label; a table needs at least one feature and the label");
        StringBuilder names = new StringBuilder("name,y\n");
        for (int i = 0; i <= 1000; i++) {
            names.append("n").append(i).append(",0\n");
        }
        assertUnreadable(
                () -> parse(TypedCsv.table(), names.toString()),
                "t.csv: line 1002, column 1 (name): the column has more than 1000 different texts, too many for a"
                        + " category; leave it out");
    }

    @Test
    void numbersAloneAreWhatTheStrictFormatReads() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "u,v,class\n1,2,0\n\n3,4,2\n");
        Dataset typed = TypedCsv.table().read(file).dataset();
        Dataset strict = dev.adjoint.data.Csv.table().read(file);
        assertThat(typed.features()).isEqualTo(strict.features());
        assertThat(typed.labels()).isEqualTo(strict.labels());
        assertThat(typed.classNames()).isEqualTo(strict.classNames());
        assertThat(typed.featureNames()).isEqualTo(strict.featureNames());
        assertThat(typed).hasToString("a: 2 examples [2] in 3 classes");
    }

    @Test
    void aLabelFarBeyondTheClassesIsAMistake() {
        String text = "x,y\n1,0\n2,1\n3,9\n4,2\n";
        String message =
                "t.csv: line 4, column 2 (y): the label 9 lies beyond the classes 0 … 2 that occur; correct it, or"
                        + " give the classes numbers without gaps from 0 on";
        assertUnreadable(() -> parse(TypedCsv.table(), text), message);
        assertUnreadable(() -> dev.adjoint.data.Csv.table().parse("t.csv", new StringReader(text)), message);
        Encoding known = Encoding.of(parse(TypedCsv.table(), "x,y\n1,0\n2,1\n3,2\n"));
        assertUnreadable(
                () -> parse("x,y\n1,0\n2,9\n", known),
                "new.csv: line 3, column 2 (y): the label '9' is not known here; known are 0, 1, 2");
    }

    @Test
    void aFileWithoutLabelsHasFeatures() throws IOException {
        Encoding known = Encoding.of(parse(TypedCsv.table(), "size,c,y\n1,red,no\n2,blue,yes\n"));
        Path file = Files.writeString(folder.resolve("new.csv"), "c,size\nred,7\nblue,?\n");
        assertThat(TypedCsv.table().isLabelled(file, known)).isFalse();
        assertThat(TypedCsv.table().features(file, known).toFloats()).containsExactly(7, 0, 1, Float.NaN, 1, 0);
        assertUnreadable(
                () -> TypedCsv.table().read(file, known),
                file + ": has no labels: its last column, 'size', is a feature");
        Path bad = Files.writeString(folder.resolve("bad.csv"), "c,size\ngreen,7\n");
        assertUnreadable(
                () -> TypedCsv.table().features(bad, known),
                bad + ": line 2, column 1 (c): the category 'green' is not known here; known are blue, red");
        Encoding untitled = Encoding.of(parse(TypedCsv.table(), "red,1,0\nblue,2,1\n"));
        Path rows = Files.writeString(folder.resolve("rows.csv"), "blue,3\nred,4\n");
        assertThat(TypedCsv.table().isLabelled(rows, untitled)).isFalse();
        assertThat(TypedCsv.table().features(rows, untitled).toFloats()).containsExactly(1, 0, 3, 0, 1, 4);
        assertThat(TypedCsv.table().labelColumn("y").isLabelled(file, known)).isFalse();
    }
}
