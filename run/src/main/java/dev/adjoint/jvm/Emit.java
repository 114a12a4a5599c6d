package dev.adjoint.jvm;

import dev.adjoint.op.Bitwise;
import dev.adjoint.op.Numbers;
import dev.adjoint.op.Scalars;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Collections;

/// Writes a scalar formula as JVM instructions; every intermediate result gets a local variable.
///
/// @param code where instructions go
/// @param arithmetic the type that numbers are computed in: float, double, or long for formulas over integers
/// @param style what the instructions are for
record Emit(CodeBuilder code, TypeKind arithmetic, Style style) implements Scalars<Emit.Slot> {
    private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    private static final ClassDesc OPERATION = ClassDesc.of("dev.adjoint.op.Bitwise$Operation");
    private static final ClassDesc FLOATS = ClassDesc.of("java.lang.Float");
    private static final ClassDesc DOUBLES = ClassDesc.of("java.lang.Double");
    private static final ClassDesc DOUBLE = ConstantDescs.CD_double;

    /// What the instructions are for.
    ///
    /// @param precision which functions are called
    /// @param tests how numbers are compared
    record Style(Precision precision, Tests tests) {}

    enum Precision {
        /// Results are rounded to 24 bits or fewer: [FloatFunctions].
        SINGLE,
        /// `java.lang.Math`.
        DOUBLE
    }

    enum Tests {
        /// By arithmetic, so that the loop can become vector instructions: 0.10 against 0.42 ns an element.
        ARITHMETIC,
        /// By branches, where the loop stays scalar anyway: there arithmetic costs 2.7 ns.
        BRANCHES
    }

    /// A local variable. Truth values are ints, 0 or 1.
    record Slot(TypeKind kind, int local) {}

    /// Stores what lies on the stack.
    Slot store(TypeKind kind) {
        Slot slot = new Slot(kind, code.allocateLocal(kind));
        code.storeLocal(kind, slot.local);
        return slot;
    }

    /// Puts a scalar on the stack as another type, by the rules of Java casts.
    void load(Slot x, TypeKind as) {
        code.loadLocal(x.kind, x.local).conversion(x.kind, as);
    }

    private TypeKind common(Slot... operands) {
        TypeKind common = arithmetic;
        for (Slot operand : operands) {
            common = operand.kind == TypeKind.DOUBLE ? TypeKind.DOUBLE : common;
        }
        return common;
    }

    private TypeKind load(Slot x, Slot y) {
        TypeKind kind = common(x, y);
        load(x, kind);
        load(y, kind);
        return kind;
    }

    @Override
    public Slot constant(double value) {
        switch (arithmetic) {
            case LONG -> code.loadConstant((long) value);
            case FLOAT -> code.loadConstant((float) value);
            default -> code.loadConstant(value);
        }
        return store(arithmetic);
    }

    @Override
    public Slot add(Slot x, Slot y) {
        TypeKind kind = load(x, y);
        switch (kind) {
            case LONG -> code.ladd();
            case FLOAT -> code.fadd();
            default -> code.dadd();
        }
        return store(kind);
    }

    @Override
    public Slot sub(Slot x, Slot y) {
        TypeKind kind = load(x, y);
        switch (kind) {
            case LONG -> code.lsub();
            case FLOAT -> code.fsub();
            default -> code.dsub();
        }
        return store(kind);
    }

    @Override
    public Slot mul(Slot x, Slot y) {
        TypeKind kind = load(x, y);
        switch (kind) {
            case LONG -> code.lmul();
            case FLOAT -> code.fmul();
            default -> code.dmul();
        }
        return store(kind);
    }

    /// An integer divided by zero gives 0.
    @Override
    public Slot div(Slot x, Slot y) {
        TypeKind kind = load(x, y);
        switch (kind) {
            case LONG -> {
                code.pop2().pop2();
                load(y, kind);
                code.lconst_0().lcmp().ifThenElse(Opcode.IFEQ, zero -> zero.lconst_0(), nonzero -> {
                    Emit inside = new Emit(nonzero, arithmetic, style);
                    inside.load(x, kind);
                    inside.load(y, kind);
                    nonzero.ldiv();
                });
            }
            case FLOAT -> code.fdiv();
            default -> code.ddiv();
        }
        return store(kind);
    }

    @Override
    public Slot neg(Slot x) {
        TypeKind kind = common(x);
        load(x, kind);
        switch (kind) {
            case LONG -> code.lneg();
            case FLOAT -> code.fneg();
            default -> code.dneg();
        }
        return store(kind);
    }

    @Override
    public Slot max(Slot x, Slot y) {
        return call("max", x, y);
    }

    @Override
    public Slot min(Slot x, Slot y) {
        return call("min", x, y);
    }

    @Override
    public Slot abs(Slot x) {
        return call("abs", x);
    }

    @Override
    public Slot sign(Slot x) {
        return common(x) == TypeKind.LONG ? Scalars.super.sign(x) : call("signum", x);
    }

    /// x·y + z, rounded once.
    Slot fma(Slot x, Slot y, Slot z) {
        return call("fma", x, y, z);
    }

    /// A function of `java.lang.Math` that takes and gives numbers of the operands' common type.
    Slot call(String function, Slot... operands) {
        TypeKind kind = common(operands);
        for (Slot operand : operands) {
            load(operand, kind);
        }
        ClassDesc type = kind.upperBound();
        code.invokestatic(MATH, function, MethodTypeDesc.of(type, Collections.nCopies(operands.length, type)));
        return store(kind);
    }

    /// A scalar as another type.
    Slot as(Slot x, TypeKind kind) {
        load(x, kind);
        return store(kind);
    }

    /// The same code, with numbers of another type.
    Emit in(TypeKind other) {
        return new Emit(code, other, style);
    }

    @Override
    public Slot less(Slot x, Slot y) {
        TypeKind kind = common(x, y);
        if (style.tests == Tests.ARITHMETIC && kind != TypeKind.LONG) {
            return lessByArithmetic(x, y);
        }
        switch (load(x, y)) {
            case LONG -> code.lcmp();
            case FLOAT -> code.fcmpg();
            default -> code.dcmpg();
        }
        return truth(Opcode.IFLT);
    }

    /// `max((int) signum(y − x), 0)`: differences of unequal numbers are not 0, and what NaN or ∞ − ∞ leave becomes the
    /// integer 0. The larger of two integers is one instruction, that of two floats six, for NaN's sake.
    private Slot lessByArithmetic(Slot x, Slot y) {
        Slot sign = as(call("signum", sub(y, x)), TypeKind.INT);
        code.iload(sign.local()).iconst_0();
        code.invokestatic(
                MATH, "max", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
        return store(TypeKind.INT);
    }

    @Override
    public Slot not(Slot condition) {
        Slot truth = isTrue(condition);
        code.iconst_1().iload(truth.local).isub();
        return store(TypeKind.INT);
    }

    @Override
    public Slot equal(Slot x, Slot y) {
        compare(load(x, y));
        return truth(Opcode.IFEQ);
    }

    private void compare(TypeKind kind) {
        switch (kind) {
            case LONG -> code.lcmp();
            case FLOAT -> code.fcmpl();
            default -> code.dcmpl();
        }
    }

    private Slot truth(Opcode test) {
        code.ifThenElse(test, yes -> yes.iconst_1(), no -> no.iconst_0());
        return store(TypeKind.INT);
    }

    /// Whether a scalar is not zero, as an int: NaN is not.
    Slot isTrue(Slot x) {
        if (x.kind == TypeKind.INT) {
            return x;
        }
        code.loadLocal(x.kind, x.local);
        switch (x.kind) {
            case LONG -> code.lconst_0();
            case FLOAT -> code.fconst_0();
            default -> code.dconst_0();
        }
        compare(x.kind);
        return truth(Opcode.IFNE);
    }

    @Override
    public Slot select(Slot condition, Slot yes, Slot no) {
        TypeKind kind = common(yes, no);
        Slot chosen = isTrue(condition);
        code.iconst_0().iload(chosen.local).isub();
        if (kind == TypeKind.FLOAT) {
            Slot mask = store(TypeKind.INT);
            bits(no, kind);
            bits(yes, kind);
            bits(no, kind);
            code.ixor().iload(mask.local).iand().ixor();
            code.invokestatic(
                    FLOATS, "intBitsToFloat", MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_int));
        } else {
            code.i2l();
            Slot mask = store(TypeKind.LONG);
            bits(no, kind);
            bits(yes, kind);
            bits(no, kind);
            code.lxor().lload(mask.local).land().lxor();
            if (kind == TypeKind.DOUBLE) {
                code.invokestatic(DOUBLES, "longBitsToDouble", MethodTypeDesc.of(DOUBLE, ConstantDescs.CD_long));
            }
        }
        return store(kind);
    }

    /// Puts the bits of a number on the stack. Choosing by bits takes 0.4 ns an element, by an unforeseeable branch 2.5.
    private void bits(Slot x, TypeKind kind) {
        load(x, kind);
        if (kind == TypeKind.FLOAT) {
            code.invokestatic(
                    FLOATS, "floatToRawIntBits", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_float));
        } else if (kind == TypeKind.DOUBLE) {
            code.invokestatic(DOUBLES, "doubleToRawLongBits", MethodTypeDesc.of(ConstantDescs.CD_long, DOUBLE));
        }
    }

    @Override
    public Slot math(String function, Slot x) {
        if (style.precision == Precision.SINGLE && FloatFunctions.has(function)) {
            return FloatFunctions.apply(function, this, x);
        }
        load(x, TypeKind.DOUBLE);
        code.invokestatic(owner(function, 1), function, MethodTypeDesc.of(DOUBLE, DOUBLE));
        return called();
    }

    @Override
    public Slot math(String function, Slot x, Slot y) {
        load(x, TypeKind.DOUBLE);
        load(y, TypeKind.DOUBLE);
        code.invokestatic(owner(function, 2), function, MethodTypeDesc.of(DOUBLE, DOUBLE, DOUBLE));
        return called();
    }

    private static ClassDesc owner(String function, int arity) {
        return ClassDesc.of(Numbers.owner(function, arity).getName());
    }

    @Override
    public Slot bits(Bitwise.Operation operation, Slot x, Slot y) {
        code.getstatic(OPERATION, operation.name(), OPERATION);
        load(x, y);
        ClassDesc bits = ConstantDescs.CD_long;
        code.invokevirtual(OPERATION, "apply", MethodTypeDesc.of(bits, bits, bits));
        return store(TypeKind.LONG);
    }

    /// Functions give doubles, and what follows stays in double; over integers their fractions are cut off.
    private Slot called() {
        if (arithmetic == TypeKind.LONG) {
            code.d2l();
            return store(TypeKind.LONG);
        }
        return store(TypeKind.DOUBLE);
    }
}
