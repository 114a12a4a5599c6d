package dev.adjoint.run;

import dev.adjoint.op.control.Scan;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;

/// Runs the body of a scan step by step. Memory is kept from run to run, as much as ever ran at once.
final class ScanKernel extends ReusingKernel {
    private final Scan scan;
    private final Executable body;

    ScanKernel(Scan scan, Executable body) {
        this.scan = scan;
        this.body = body;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    protected InRow inRow() {
        return new Loop();
    }

    /// Where a step stands in the scanned tensors.
    private int place(int step) {
        return switch (scan.steps().order()) {
            case FORWARD -> step;
            case BACKWARD -> (int) scan.length() - 1 - step;
        };
    }

    /// One run at a time.
    private final class Loop implements InRow {
        private final int carries = scan.carries();
        private final int changing = carries + scan.scanned();
        private final Workspace memory = body.inRow(changing);
        private final Elements[] slices = slices();

        /// Two sets of results take turns, so that no step writes to what it reads.
        private final Elements[][] results = {ControlKernels.fresh(body), ControlKernels.fresh(body)};

        private final Elements[] arguments =
                new Elements[body.plan().arguments().size()];
        private final Elements[] now = new Elements[results[0].length];

        private Elements[] slices() {
            Elements[] slices = new Elements[changing];
            for (int i = carries; i < changing; i++) {
                TensorType type = body.plan().arguments().get(i);
                slices[i] = Elements.allocate(type.dtype(), type.shape().count());
            }
            return slices;
        }

        @Override
        public void run(Elements[] inputs, Elements[] outputs, Turn turn) {
            try {
                loop(inputs, outputs);
            } finally {
                Arrays.fill(arguments, null);
                Arrays.fill(now, null);
            }
        }

        private void loop(Elements[] inputs, Elements[] outputs) {
            System.arraycopy(inputs, 0, arguments, 0, arguments.length);
            System.arraycopy(slices, carries, arguments, carries, changing - carries);
            for (int step = 0; step < scan.length(); step++) {
                int t = place(step);
                for (int i = carries; i < changing; i++) {
                    int count = arguments[i].count();
                    ControlKernels.copy(inputs[i], t * count, arguments[i], 0, count);
                }
                Elements[] own = results[step & 1];
                System.arraycopy(own, 0, now, 0, now.length);
                memory.run(arguments, now, step == 0 ? Turn.FIRST : Turn.LATER);
                ControlKernels.carry(now, own, arguments, carries);
                for (int i = carries; i < now.length; i++) {
                    int count = now[i].count();
                    ControlKernels.copy(now[i], 0, outputs[i], t * count, count);
                }
            }
            ControlKernels.finish(arguments, outputs, carries);
        }
    }
}
