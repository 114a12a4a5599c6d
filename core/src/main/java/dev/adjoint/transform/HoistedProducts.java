package dev.adjoint.transform;

import dev.adjoint.graph.Substitution;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Contraction;
import dev.adjoint.transform.ScanLoop.Entering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Products of scanned tensors and constants, computed for all steps before a scan, which scans them instead.
///
/// @param loop the scan
record HoistedProducts(ScanLoop loop) {
    ScanLoop apply() {
        List<Value> products = products();
        if (products.isEmpty()) {
            return loop;
        }
        Map<Value, Value> entering = new HashMap<>();
        products.forEach(product -> entering.put(product, Value.input("p", product.type())));
        List<Value> outputs = Substitution.apply(loop.outputs(), entering);
        AllSteps steps = new AllSteps(loop.scanned().byInput(), loop.constants().byInput(), loop.length());
        Entering more = new Entering(products.stream().map(entering::get).toList(), steps.of(products));
        int carries = loop.carried().next().size();
        return new ScanLoop(
                new ScanLoop.Carried(loop.carried().entering(), outputs.subList(0, carries)),
                loop.scanned().and(more),
                loop.constants(),
                outputs.subList(carries, outputs.size()),
                loop.steps(),
                loop.origin());
    }

    /// The products that do not wait for the step before, and that differ from step to step.
    private List<Value> products() {
        Set<Value> waiting = new HashSet<>(loop.carried().entering().inputs());
        Set<Value> differing = new HashSet<>(loop.scanned().inputs());
        List<Value> products = new ArrayList<>();
        for (Value value : loop.values()) {
            if (value.inputs().stream().anyMatch(waiting::contains)) {
                waiting.add(value);
            } else if (value.inputs().stream().anyMatch(differing::contains)) {
                differing.add(value);
                if (value.op() instanceof Contraction && !isOuter(value)) {
                    products.add(value);
                }
            }
        }
        return products;
    }

    /// Whether a product is larger than its factors: then it had better be made when it is needed.
    private static boolean isOuter(Value product) {
        long factors =
                product.inputs().stream().mapToLong(v -> v.shape().count()).sum();
        return product.shape().count() > factors;
    }
}
