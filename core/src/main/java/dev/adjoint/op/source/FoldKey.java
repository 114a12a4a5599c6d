package dev.adjoint.op.source;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Philox;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The random key that belongs to a key and a number, as [dev.adjoint.tensor.Key#fold]; both are of type `i64[]`.
public record FoldKey() implements Source {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 2);
        TensorType key = TensorType.of(DType.I64);
        if (!operands.equals(List.of(key, key))) {
            throw new DTypeMismatch(name(), operands, "a key and a number, both i64[], give a key");
        }
        return List.of(key);
    }

    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        out.setLong(0, Philox.fold(operands.get(0).getLong(0), operands.get(1).getLong(0)));
    }

    @Override
    public String formula() {
        return "the key of a key and a number";
    }

    public static List<Sample> samples() {
        return List.of(Sample.of(new FoldKey()).key().indices(100));
    }
}
