package dev.adjoint.jvm;

import dev.adjoint.jvm.Emit.Slot;
import dev.adjoint.jvm.LoopShape.Applied;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.HalfPrecision;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/// Generates a [Loop] class: the operands' arrays and scalars in local variables, then one loop around the formulas.
///
/// Inside the loop a value of a floating type is a float or a double, an integer a long, a truth value an int. Every
/// operator rounds its result to its type, so that joining operators in a loop changes no bit.
final class LoopCode {
    private static final ClassDesc NAME = ClassDesc.of("dev.adjoint.jvm.GeneratedLoop");
    private static final ClassDesc LOOP = ClassDesc.of("dev.adjoint.jvm.Loop");
    private static final ClassDesc HALF = ClassDesc.of(HalfPrecision.class.getName());
    private static final MethodTypeDesc FROM_HALF = MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_short);
    private static final MethodTypeDesc TO_HALF = MethodTypeDesc.of(ConstantDescs.CD_short, ConstantDescs.CD_double);
    private static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();
    private static final ClassDesc INTS = ConstantDescs.CD_int.arrayType();
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            ConstantDescs.CD_void, OBJECTS, OBJECTS, INTS, ConstantDescs.CD_int, ConstantDescs.CD_int);
    private static final int X = 1;
    private static final int Y = 2;
    private static final int AT = 3;
    private static final int INDEX = 4;
    private static final int END = 5;

    private final LoopShape shape;
    private final CodeBuilder code;
    private final Emit.Tests tests;
    private final List<Integer> arrays = new ArrayList<>();
    private final List<Integer> shifts = new ArrayList<>();
    private final List<Slot> scalars = new ArrayList<>();

    LoopCode(LoopShape shape, CodeBuilder code, Emit.Tests tests) {
        this.shape = shape;
        this.code = code;
        this.tests = tests;
    }

    private static LoopCode of(LoopShape shape, CodeBuilder code) {
        return new LoopCode(shape, code, shape.isBranching() ? Emit.Tests.BRANCHES : Emit.Tests.ARITHMETIC);
    }

    /// The loop of this shape, as an object of a hidden class.
    static Loop generate(LoopShape shape) {
        byte[] bytes = ClassFile.of()
                .build(
                        NAME,
                        type -> type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                                .withInterfaceSymbols(LOOP)
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
                                        "run",
                                        RUN,
                                        ClassFile.ACC_PUBLIC,
                                        code -> LoopCode.of(shape, code).write()));
        try {
            MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (Loop) hidden.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the loop of " + shape + " cannot be made", e);
        }
    }

    private void write() {
        for (int i = 0; i < shape.operands().size(); i++) {
            prepare(i);
        }
        boolean sums = shape.writing() == LoopShape.Writing.SUMMED;
        List<Integer> results = new ArrayList<>();
        for (int i = 0; i < shape.results().size(); i++) {
            results.add(array(sums ? DType.F64 : shape.type(shape.results().get(i)), Y, i));
        }
        if (sums) {
            rows(results);
        } else {
            scalars();
            elements(results);
        }
        code.return_();
    }

    /// Runs the loop over the elements for every row.
    private void rows(List<Integer> results) {
        int operands = shape.operands().size();
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i < operands; i++) {
            steps.add(place(operands + i));
        }
        int rows = place(2 * operands);
        code.iload(INDEX);
        int first = store(TypeKind.INT).local();
        Label row = code.newLabel();
        Label end = code.newLabel();
        code.labelBinding(row).iload(rows).ifle(end);
        scalars();
        code.iload(first).istore(INDEX);
        elements(results);
        for (int i = 0; i < operands; i++) {
            code.iload(shifts.get(i)).iload(steps.get(i)).iadd().istore(shifts.get(i));
        }
        code.iinc(rows, -1).goto_(row).labelBinding(end);
    }

    /// The loop over the elements.
    private void elements(List<Integer> results) {
        Label loop = code.newLabel();
        Label end = code.newLabel();
        Slot never = new Slot(TypeKind.INT, code.allocateLocal(TypeKind.INT));
        code.iload(END).bipush(31).ishr().istore(never.local());
        code.labelBinding(loop).iload(INDEX).iload(END).if_icmpge(end);
        List<Slot> values = new ArrayList<>();
        for (int i = 0; i < shape.operands().size(); i++) {
            values.add(operand(i));
        }
        for (Applied call : shape.calls()) {
            values.add(result(call, values));
        }
        if (shape.isLarge()) {
            keepVectors(values, never);
        }
        for (int i = 0; i < results.size(); i++) {
            int value = shape.results().get(i);
            if (shape.writing() == LoopShape.Writing.SUMMED) {
                add(values.get(value), results.get(i));
            } else {
                store(values.get(value), shape.type(value), results.get(i));
            }
        }
        code.iinc(INDEX, 1).goto_(loop).labelBinding(end);
    }

    /// Takes +0 from the last number that is written, which changes no bit of it, in a way that the compiler of the JVM
    /// cannot foresee and that has four exclusive ors in it.
    ///
    /// It gives up a loop of more than 60 nodes before it asks whether vectors could be made of it, unless there are so
    /// many exclusive ors: then 240. (`IdealLoopTree::policy_unroll`; what they are taken for is a checksum.)
    ///
    /// @param never an integer that is 0, which the compiler does not know
    private void keepVectors(List<Slot> values, Slot never) {
        int last = shape.results().getLast();
        Slot number = values.get(last);
        Slot bits = new Slot(TypeKind.INT, INDEX);
        for (int shift = 1; shift <= 4; shift++) {
            code.iload(bits.local())
                    .iload(bits.local())
                    .loadConstant(shift)
                    .ishr()
                    .ixor();
            bits = store(TypeKind.INT);
        }
        code.iload(bits.local()).iload(never.local()).iand();
        Slot zero = store(TypeKind.INT);
        Emit emit = new Emit(code, number.kind(), new Emit.Style(Emit.Precision.DOUBLE, tests));
        values.set(last, emit.sub(number, emit.as(zero, number.kind())));
    }

    /// Before the loop: the values of the operands that are one number.
    private void scalars() {
        scalars.clear();
        for (int i = 0; i < shape.operands().size(); i++) {
            if (shape.access().get(i) == Access.SCALAR) {
                code.aload(arrays.get(i)).iload(shifts.get(i));
                scalars.add(element(shape.operands().get(i)));
            } else {
                scalars.add(new Slot(TypeKind.VOID, 0));
            }
        }
    }

    /// Before the loop: the operand's array and shift.
    private void prepare(int operand) {
        boolean isCopied = shape.access().get(operand) == Access.COPIED;
        arrays.add(array(isCopied ? DType.F64 : shape.operands().get(operand), X, operand));
        shifts.add(place(operand));
    }

    /// A local variable with an element of the list of places.
    private int place(int index) {
        code.aload(AT).loadConstant(index).iaload();
        return store(TypeKind.INT).local();
    }

    private int array(DType dtype, int list, int index) {
        code.aload(list)
                .loadConstant(index)
                .aaload()
                .checkcast(kind(dtype).upperBound().arrayType());
        return store(TypeKind.REFERENCE).local();
    }

    /// Stores what lies on the stack.
    private Slot store(TypeKind kind) {
        Slot slot = new Slot(kind, code.allocateLocal(kind));
        code.storeLocal(kind, slot.local());
        return slot;
    }

    /// Inside the loop: the operand's value.
    private Slot operand(int operand) {
        switch (shape.access().get(operand)) {
            case SCALAR -> {
                return scalars.get(operand);
            }
            case ALIGNED -> code.aload(arrays.get(operand)).iload(INDEX);
            case SHIFTED ->
                code.aload(arrays.get(operand))
                        .iload(INDEX)
                        .iload(shifts.get(operand))
                        .iadd();
            case COPIED -> {
                code.aload(arrays.get(operand))
                        .iload(INDEX)
                        .iload(shifts.get(operand))
                        .iadd()
                        .daload()
                        .d2f();
                return store(TypeKind.FLOAT);
            }
        }
        return element(shape.operands().get(operand));
    }

    /// Loads an array element as the loop computes with it.
    private Slot element(DType dtype) {
        code.arrayLoad(kind(dtype));
        return widened(dtype);
    }

    /// Turns an element on the stack into what the loop computes with.
    Slot widened(DType dtype) {
        switch (dtype) {
            case F32, F64, I64 -> {
                return store(kind(dtype));
            }
            case BF16, F16 -> {
                code.invokestatic(HALF, "from" + half(dtype), FROM_HALF);
                return store(TypeKind.DOUBLE);
            }
            case U8 -> code.sipush(255).iand().i2l();
            case I8, I32 -> code.i2l();
            case BOOL -> {
                return store(TypeKind.INT);
            }
        }
        return store(TypeKind.LONG);
    }

    /// Rounds a double on the stack to the pattern of a 16-bit type.
    void toHalf(DType dtype) {
        code.invokestatic(HALF, "to" + half(dtype), TO_HALF);
    }

    /// How [HalfPrecision] calls a type.
    private static String half(DType dtype) {
        return dtype == DType.F16 ? "F16" : "Bf16";
    }

    /// What an operator gives, rounded to its type.
    Slot result(Applied call, List<Slot> values) {
        List<Slot> operands = call.operands().stream().map(values::get).toList();
        Emit emit = new Emit(code, arithmetic(call), style(call));
        Slot exact = call.op().compute(emit, operands);
        if (call.result() == DType.BOOL) {
            return emit.isTrue(exact);
        }
        narrowed(emit, exact, call.result());
        return widened(call.result());
    }

    /// Integers compute in long. Floats compute in float where that gives the bits of the double formula, else in
    /// double.
    private TypeKind arithmetic(Applied call) {
        List<DType> types = shape.types(call);
        if (types.stream().noneMatch(DType::isFloating)) {
            return TypeKind.LONG;
        }
        boolean floats = types.stream().allMatch(t -> t == DType.F32 || t == DType.BOOL);
        return floats && !Rounding.of(call.op()).roundsTwice() ? TypeKind.FLOAT : TypeKind.DOUBLE;
    }

    private Emit.Style style(Applied call) {
        boolean isDouble =
                call.result() == DType.F64 || shape.types(call).stream().noneMatch(DType::isFloating);
        return new Emit.Style(isDouble ? Emit.Precision.DOUBLE : Emit.Precision.SINGLE, tests);
    }

    /// Puts a number on the stack as an element, rounded as [dev.adjoint.tensor.Elements#set] and
    /// [dev.adjoint.tensor.Elements#setLong] round it: integers become floats by way of double.
    private void narrowed(Emit emit, Slot value, DType dtype) {
        if (Widened.isHalf(dtype)) {
            emit.load(value, TypeKind.DOUBLE);
            toHalf(dtype);
        } else if (dtype == DType.F32 && value.kind() == TypeKind.LONG) {
            emit.load(value, TypeKind.DOUBLE);
            code.d2f();
        } else {
            emit.load(value, kind(dtype));
        }
    }

    /// Writes a value of the loop, which is rounded already.
    private void store(Slot value, DType dtype, int array) {
        code.aload(array).iload(INDEX);
        narrowed(new Emit(code, value.kind(), new Emit.Style(Emit.Precision.DOUBLE, tests)), value, dtype);
        code.arrayStore(kind(dtype));
    }

    /// Adds a value of the loop, which is rounded already, to an element of an array of doubles.
    private void add(Slot value, int array) {
        code.aload(array).iload(INDEX).dup2().daload();
        code.loadLocal(value.kind(), value.local()).conversion(value.kind(), TypeKind.DOUBLE);
        code.dadd().dastore();
    }

    private static TypeKind kind(DType dtype) {
        return switch (dtype) {
            case F32 -> TypeKind.FLOAT;
            case F64 -> TypeKind.DOUBLE;
            case I32 -> TypeKind.INT;
            case I64 -> TypeKind.LONG;
            case BF16, F16 -> TypeKind.SHORT;
            case I8, U8, BOOL -> TypeKind.BYTE;
        };
    }
}
