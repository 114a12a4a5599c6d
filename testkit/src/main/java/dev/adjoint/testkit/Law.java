package dev.adjoint.testkit;

/// What holds for every operator at every sample.
public enum Law {
    /// The results have the inferred types; so have tangents, cotangents and the results of expansions.
    TYPES("what comes out is of the inferred type"),
    /// Every kernel of every provider, at drawn numbers and at numbers of which many are equal, and the compiled whole, against the reference kernels: equal bits for integers,
    /// booleans and movements, within a bound that follows the condition of the operator for floating types.
    PROVIDERS("every provider computes what the reference computes"),
    /// The same with longer axes, which fill the registers and blocks of kernels and leave a rest.
    LARGER_OPERANDS("every provider agrees with the reference on larger operands"),
    /// The same with zeros of both signs, infinities and NaN among the operands, and the ends and kinks of the domain with
    /// their neighbours.
    SPECIAL_VALUES("every provider agrees with the reference at zeros, infinities and NaN"),
    /// Operands and results in arrays that are longer than they are, with other numbers behind them; results in the place of
    /// an operand where the kernel says that they may stand there: equal bits.
    MEMORY("a kernel keeps to the elements of its operands and results"),
    /// Float32, bfloat16 and float16 against float64 at the same numbers, within a bound that follows the condition of the
    /// operator.
    PRECISION("narrow types give what float64 gives, up to rounding"),
    /// Operands that a compiled graph reads through permutations, slices with negative steps, repetitions, reshapes and
    /// joints, and results that are read in this way.
    VIEWS("it makes no difference how operands lie in memory"),
    /// Every extent, alone and together with those equal to it, put to 0.
    EMPTY("without elements all kernels agree, in derivatives too"),
    /// An attribute that names an axis, rewritten from the other end.
    AXES("an axis counted from the end is the same axis"),
    /// Too few and too many operands, other ranks, extents and element types: a result of the inferred type or a typed
    /// refusal that names the operator.
    REFUSALS("operands that do not fit are refused with the name of the operator"),
    /// Forward and reverse mode against central differences in float64.
    FIRST_ORDER("both modes agree with central differences"),
    /// The same for the graphs of the derivatives.
    SECOND_ORDER("both modes of the derivatives agree with central differences"),
    /// The same for the graphs of the derivatives' derivatives.
    THIRD_ORDER("both modes of the second derivatives agree with central differences"),
    /// ⟨ct, J·t⟩ = ⟨Jᵀ·ct, t⟩, for the operator and for its derivatives.
    TRANSPOSE("reverse mode is the transpose of forward mode"),
    /// A composite's own reverse rule against that of its expansion.
    EXPANSION("a composite's reverse rule is that of its expansion"),
    /// Where operands tie and at the kinks of the domain, the derivative lies between the slopes on the two sides.
    TIES("at ties and kinks the derivative lies between the one-sided slopes"),
    /// For every choice of mapped operands, for batches of three, one and none.
    BATCHING("batching equals a loop"),
    /// The call, its forward graph and its reverse graph.
    TEXT("the printed graph parses to the same graph");

    private final String statement;

    Law(String statement) {
        this.statement = statement;
    }

    /// The law in words.
    public String statement() {
        return statement;
    }

    /// @throws AssertionError if the law is broken
    void check(LawCase at) {
        switch (this) {
            case TYPES -> TypeLaw.check(at);
            case PROVIDERS -> ProviderLaw.values(at);
            case LARGER_OPERANDS -> ProviderLaw.largerOperands(at);
            case SPECIAL_VALUES -> ProviderLaw.specialValues(at);
            case MEMORY -> MemoryLaw.check(at);
            case PRECISION -> PrecisionLaw.check(at);
            case VIEWS -> ViewLaw.check(at);
            case EMPTY -> EmptyLaw.check(at);
            case AXES -> AxisLaw.check(at);
            case REFUSALS -> RefusalLaw.check(at);
            case FIRST_ORDER -> DerivativeLaws.firstOrder(at);
            case SECOND_ORDER -> DerivativeLaws.secondOrder(at);
            case THIRD_ORDER -> DerivativeLaws.thirdOrder(at);
            case TRANSPOSE -> DerivativeLaws.transpose(at);
            case EXPANSION -> DerivativeLaws.expansion(at);
            case TIES -> TieLaw.check(at);
            case BATCHING -> BatchingLaw.check(at);
            case TEXT -> TextLaw.check(at);
        }
    }
}
