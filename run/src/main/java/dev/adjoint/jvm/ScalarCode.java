package dev.adjoint.jvm;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.jvm.Emit.Slot;
import dev.adjoint.jvm.LoopShape.Applied;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.op.source.Constant;
import dev.adjoint.run.NumericFunction;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Generates one method for a graph in which every value is one number: the arguments from an array into local variables,
/// the formulas one after the other, the results into an array.
///
/// Every operator rounds its result to its type, as in [LoopCode], so the bits are those of the loops.
final class ScalarCode {
    /// The JVM never compiles a method of more than 8000 bytes; an operator takes about 20.
    private static final int MOST_CALLS = 300;

    private static final ClassDesc NAME = ClassDesc.of("dev.adjoint.jvm.GeneratedScalars");
    private static final ClassDesc FUNCTION = ClassDesc.of(NumericFunction.class.getName());
    private static final ClassDesc DOUBLES = ConstantDescs.CD_double.arrayType();
    private static final MethodTypeDesc APPLY = MethodTypeDesc.of(ConstantDescs.CD_void, DOUBLES, DOUBLES);
    private static final MethodTypeDesc RESULTS = MethodTypeDesc.of(ConstantDescs.CD_int);
    private static final MethodTypeDesc CHECK =
            MethodTypeDesc.of(ConstantDescs.CD_void, DOUBLES, ConstantDescs.CD_int, DOUBLES, ConstantDescs.CD_int);
    private static final int ARGUMENTS = 1;
    private static final int RESULT = 2;

    private final LoopShape shape;
    private final int inputs;
    private final List<Elements> constants;

    private ScalarCode(LoopShape shape, int inputs, List<Elements> constants) {
        this.shape = shape;
        this.inputs = inputs;
        this.constants = constants;
    }

    /// The function of a graph, or nothing where some tensor is more than one number or some operator does not work element
    /// by element.
    static Optional<NumericFunction> of(Graph graph) {
        List<Value> values = graph.values();
        boolean fits = values.size() <= MOST_CALLS
                && values.stream().allMatch(value -> value.shape().count() == 1 && (value.isInput() || isKnown(value)));
        return fits ? Optional.of(numbered(graph).generate()) : Optional.empty();
    }

    private static boolean isKnown(Value value) {
        return value.op() instanceof Elementwise || value.op() instanceof Constant || isView(value);
    }

    /// Whether one number stays as it is.
    private static boolean isView(Value value) {
        return value.op() instanceof Reshape || value.op() instanceof Broadcast || value.op() instanceof Permute;
    }

    private static ScalarCode numbered(Graph graph) {
        Map<Value, Integer> numbers = new HashMap<>();
        List<DType> operands = new ArrayList<>();
        List<Elements> constants = new ArrayList<>();
        for (Value input : graph.inputs()) {
            numbers.put(input, operands.size());
            operands.add(input.dtype());
        }
        for (Value value : graph.calls()) {
            if (value.op() instanceof Constant constant) {
                numbers.put(value, operands.size());
                operands.add(value.dtype());
                constants.add(constant.elements());
            }
        }
        List<Applied> calls = new ArrayList<>();
        for (Value value : graph.calls()) {
            if (value.op() instanceof Elementwise op) {
                List<Integer> read = value.inputs().stream().map(numbers::get).toList();
                numbers.put(value, operands.size() + calls.size());
                calls.add(new Applied(op, read, value.dtype()));
            } else if (isView(value)) {
                numbers.put(value, numbers.get(value.input(0)));
            }
        }
        List<Access> access = operands.stream().map(_ -> Access.SCALAR).toList();
        List<Integer> results = graph.outputs().stream().map(numbers::get).toList();
        return new ScalarCode(
                new LoopShape(operands, access, calls, results, LoopShape.Writing.STORED),
                graph.inputs().size(),
                constants);
    }

    private NumericFunction generate() {
        byte[] bytes = ClassFile.of()
                .build(
                        NAME,
                        type -> type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                                .withInterfaceSymbols(FUNCTION)
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        0,
                                        code -> code.aload(0)
                                                .invokespecial(
                                                        ConstantDescs.CD_Object,
                                                        ConstantDescs.INIT_NAME,
                                                        ConstantDescs.MTD_void)
                                                .return_())
                                .withMethodBody(
                                        "results",
                                        RESULTS,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.loadConstant(
                                                        shape.results().size())
                                                .ireturn())
                                .withMethodBody("apply", APPLY, ClassFile.ACC_PUBLIC, this::write));
        try {
            MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (NumericFunction)
                    hidden.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the function of " + shape + " cannot be made", e);
        }
    }

    private void write(CodeBuilder code) {
        code.aload(ARGUMENTS)
                .loadConstant(inputs)
                .aload(RESULT)
                .loadConstant(shape.results().size())
                .invokestatic(FUNCTION, "check", CHECK, true);
        LoopCode formulas = new LoopCode(shape, code, Emit.Tests.BRANCHES);
        List<Slot> values = new ArrayList<>();
        for (int i = 0; i < shape.operands().size(); i++) {
            values.add(i < inputs ? argument(i, code, formulas) : constant(i, code, formulas));
        }
        for (Applied call : shape.calls()) {
            values.add(formulas.result(call, values));
        }
        for (int i = 0; i < shape.results().size(); i++) {
            Slot value = values.get(shape.results().get(i));
            code.aload(RESULT)
                    .loadConstant(i)
                    .loadLocal(value.kind(), value.local())
                    .conversion(value.kind(), TypeKind.DOUBLE)
                    .dastore();
        }
        code.return_();
    }

    private Slot argument(int index, CodeBuilder code, LoopCode formulas) {
        code.aload(ARGUMENTS).loadConstant(index).daload();
        return rounded(shape.operands().get(index), code, formulas);
    }

    private Slot constant(int index, CodeBuilder code, LoopCode formulas) {
        DType dtype = shape.operands().get(index);
        Elements number = constants.get(index - inputs);
        if (dtype == DType.I64) {
            code.loadConstant(number.getLong(0));
            return formulas.widened(dtype);
        }
        code.loadConstant(number.get(0));
        return rounded(dtype, code, formulas);
    }

    /// A double on the stack as a value of a type, rounded as [Elements#set] rounds it.
    private static Slot rounded(DType dtype, CodeBuilder code, LoopCode formulas) {
        switch (dtype) {
            case F64 -> {}
            case F32 -> code.d2f();
            case I64 -> code.d2l();
            case I32, U8 -> code.d2i();
            case I8 -> code.d2i().i2b();
            case BF16, F16 -> formulas.toHalf(dtype);
            case BOOL -> code.dconst_0().dcmpl().iconst_1().iand();
        }
        return formulas.widened(dtype);
    }
}
