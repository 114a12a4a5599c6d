package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.op.control.Scan;

/// Loop distribution: products that need not wait for the step before are taken out of scans and computed for all steps at
/// once, which is one large product instead of many small ones.
///
/// Those are the products of scanned tensors and constants, before the loop ([HoistedProducts]), and, after it, products that
/// are only stacked and sums of products over the steps, such as the gradients of a recurrent network's weights
/// ([SunkProducts]). Sums are rounded in another order. Scans that are to remember little ([Scan.Memory#RECOMPUTE]) stay as
/// they are, because what goes in and out of the loop is stacked.
///
/// Source: Allen, Kennedy, "Optimizing compilers for modern architectures", 2001, chapter 5.
///
/// @param bodies what is done with the bodies before they are looked at
public record DistributeScans(Transform bodies) implements Transform {
    @Override
    public Graph apply(Graph graph) {
        return Rewrite.apply(graph, (call, operands) -> {
            boolean mayStack = call.op() instanceof Scan scan && scan.steps().memory() == Scan.Memory.KEEP;
            if (!mayStack) {
                return Rewrite.keep(call, operands);
            }
            ScanLoop loop = ScanLoop.of(call, operands, bodies);
            ScanLoop hoisted = new HoistedProducts(loop).apply();
            return new SunkProducts(hoisted).results();
        });
    }
}
