package dev.adjoint.jvm;

import dev.adjoint.jvm.Emit.Slot;
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

/// Generates a [Loop] class: the operands' arrays and scalars in local variables, then one loop around the formula.
final class LoopCode {
    private static final ClassDesc NAME = ClassDesc.of("dev.adjoint.jvm.GeneratedLoop");
    private static final ClassDesc LOOP = ClassDesc.of("dev.adjoint.jvm.Loop");
    private static final ClassDesc HALF = ClassDesc.of(HalfPrecision.class.getName());
    private static final MethodTypeDesc FROM_HALF = MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_short);
    private static final MethodTypeDesc TO_HALF = MethodTypeDesc.of(ConstantDescs.CD_short, ConstantDescs.CD_double);
    private static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();
    private static final ClassDesc INTS = ConstantDescs.CD_int.arrayType();
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            ConstantDescs.CD_void, OBJECTS, ConstantDescs.CD_Object, INTS, ConstantDescs.CD_int, ConstantDescs.CD_int);
    private static final int X = 1;
    private static final int Y = 2;
    private static final int AT = 3;
    private static final int INDEX = 4;
    private static final int END = 5;

    private final LoopShape shape;
    private final CodeBuilder code;
    private final Emit emit;
    private final List<Integer> arrays = new ArrayList<>();
    private final List<Integer> shifts = new ArrayList<>();
    private final List<Slot> scalars = new ArrayList<>();

    private LoopCode(LoopShape shape, CodeBuilder code) {
        this.shape = shape;
        this.code = code;
        this.emit = new Emit(code, arithmetic(shape));
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
                                        "run", RUN, ClassFile.ACC_PUBLIC, code -> new LoopCode(shape, code).write()));
        try {
            MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (Loop) hidden.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the loop of " + shape + " cannot be made", e);
        }
    }

    /// Integers compute in long. Floats compute in float where that gives the bits of the double formula, else in
    /// double.
    private static TypeKind arithmetic(LoopShape shape) {
        if (shape.operands().stream().noneMatch(DType::isFloating)) {
            return TypeKind.LONG;
        }
        boolean floats = shape.operands().stream().allMatch(t -> t == DType.F32 || t == DType.BOOL);
        return floats && !Rounding.of(shape.op()).roundsTwice() ? TypeKind.FLOAT : TypeKind.DOUBLE;
    }

    private void write() {
        for (int i = 0; i < shape.operands().size(); i++) {
            prepare(i);
        }
        int result = array(shape.result(), () -> code.aload(Y));
        Label loop = code.newLabel();
        Label end = code.newLabel();
        code.labelBinding(loop).iload(INDEX).iload(END).if_icmpge(end);
        List<Slot> operands = new ArrayList<>();
        for (int i = 0; i < shape.operands().size(); i++) {
            operands.add(operand(i));
        }
        store(shape.op().compute(emit, operands), result);
        code.iinc(INDEX, 1).goto_(loop).labelBinding(end).return_();
    }

    /// Before the loop: the operand's array and shift, and its value if there is only one.
    private void prepare(int operand) {
        DType dtype = shape.operands().get(operand);
        arrays.add(array(dtype, () -> code.aload(X).loadConstant(operand).aaload()));
        code.aload(AT).loadConstant(operand).iaload();
        shifts.add(emit.store(TypeKind.INT).local());
        if (shape.access().get(operand) == Access.SCALAR) {
            code.aload(arrays.get(operand)).iload(shifts.get(operand));
            scalars.add(element(dtype));
        } else {
            scalars.add(new Slot(TypeKind.VOID, 0));
        }
    }

    private int array(DType dtype, Runnable load) {
        load.run();
        code.checkcast(kind(dtype).upperBound().arrayType());
        return emit.store(TypeKind.REFERENCE).local();
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
        }
        return element(shape.operands().get(operand));
    }

    /// Loads an array element in the type that the formula computes in; truth values stay ints.
    private Slot element(DType dtype) {
        code.arrayLoad(kind(dtype));
        if (dtype == DType.BOOL) {
            return emit.store(TypeKind.INT);
        }
        TypeKind loaded = widened(dtype);
        code.conversion(loaded, emit.arithmetic());
        return emit.store(emit.arithmetic());
    }

    /// Turns what was loaded from an array into a number, and says of what type.
    private TypeKind widened(DType dtype) {
        return switch (dtype) {
            case BF16, F16 -> {
                code.invokestatic(HALF, "from" + half(dtype), FROM_HALF);
                yield TypeKind.DOUBLE;
            }
            case U8 -> {
                code.sipush(255).iand();
                yield TypeKind.INT;
            }
            case I8, BOOL -> TypeKind.INT;
            case F32, F64, I32, I64 -> kind(dtype);
        };
    }

    /// How [HalfPrecision] calls a type.
    private static String half(DType dtype) {
        return dtype == DType.F16 ? "F16" : "Bf16";
    }

    /// Writes the result as [dev.adjoint.tensor.Elements#set] and [dev.adjoint.tensor.Elements#setLong] round it:
    /// integers become floats by way of double, truth is "not zero".
    private void store(Slot value, int result) {
        Slot stored = shape.result() == DType.BOOL ? emit.isTrue(value) : value;
        code.aload(result).iload(INDEX);
        if (Widened.isHalf(shape.result())) {
            emit.load(stored, TypeKind.DOUBLE);
            code.invokestatic(HALF, "to" + half(shape.result()), TO_HALF);
        } else if (shape.result() == DType.F32 && stored.kind() == TypeKind.LONG) {
            emit.load(stored, TypeKind.DOUBLE);
            code.d2f();
        } else {
            emit.load(stored, kind(shape.result()));
        }
        code.arrayStore(kind(shape.result()));
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
