package dev.adjoint.testkit;

/// What holds for every operator at every sample.
public enum Law {
    /// The results have the inferred types; so have tangents, cotangents and the results of expansions.
    TYPES("what comes out is of the inferred type"),
    /// Every kernel of every provider, and the compiled whole, against the reference kernels: equal bits for integers,
    /// booleans and movements, within a bound that follows the condition of the operator for floating types.
    PROVIDERS("every provider computes what the reference computes"),
    /// The same with zeros of both signs, infinities and NaN among the operands.
    SPECIAL_VALUES("every provider agrees with the reference at zeros, infinities and NaN"),
    /// Forward and reverse mode against central differences in float64.
    FIRST_ORDER("both modes agree with central differences"),
    /// The same for the graphs of the derivatives.
    SECOND_ORDER("both modes of the derivatives agree with central differences"),
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
            case SPECIAL_VALUES -> ProviderLaw.specialValues(at);
            case FIRST_ORDER -> DerivativeLaws.firstOrder(at);
            case SECOND_ORDER -> DerivativeLaws.secondOrder(at);
            case TRANSPOSE -> DerivativeLaws.transpose(at);
            case EXPANSION -> DerivativeLaws.expansion(at);
            case TIES -> TieLaw.check(at);
            case BATCHING -> BatchingLaw.check(at);
            case TEXT -> TextLaw.check(at);
        }
    }
}
