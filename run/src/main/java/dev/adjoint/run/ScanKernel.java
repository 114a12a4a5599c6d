package dev.adjoint.run;

import dev.adjoint.op.control.Scan;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Runs the body of a scan step by step. Memory is kept from run to run, as much as ever ran at once.
final class ScanKernel implements Kernel {
    private final Scan scan;
    private final Executable body;
    private final Queue<Loop> idle = new ConcurrentLinkedQueue<>();

    ScanKernel(Scan scan, Executable body) {
        this.scan = scan;
        this.body = body;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Loop polled = idle.poll();
        Loop loop = polled == null ? new Loop() : polled;
        try {
            loop.run(inputs, outputs);
        } finally {
            idle.add(loop);
        }
    }

    /// Where a step stands in the scanned tensors.
    private int place(int step) {
        return switch (scan.steps().order()) {
            case FORWARD -> step;
            case BACKWARD -> (int) scan.length() - 1 - step;
        };
    }

    /// One run at a time.
    private final class Loop {
        private final int carries = scan.carries();
        private final int changing = carries + scan.scanned();
        private final Workspace memory = body.inRow(changing);
        private final Elements[] slices = slices();

        /// Two sets of results take turns, so that no step writes to what it reads.
        private final Elements[][] results = {ControlKernels.fresh(body), ControlKernels.fresh(body)};

        private Elements[] slices() {
            Elements[] slices = new Elements[changing];
            for (int i = carries; i < changing; i++) {
                TensorType type = body.plan().arguments().get(i);
                slices[i] = Elements.allocate(type.dtype(), type.shape().count());
            }
            return slices;
        }

        void run(Elements[] inputs, Elements[] outputs) {
            Elements[] arguments = inputs.clone();
            System.arraycopy(slices, carries, arguments, carries, changing - carries);
            for (int step = 0; step < scan.length(); step++) {
                int t = place(step);
                for (int i = carries; i < changing; i++) {
                    int count = arguments[i].count();
                    ControlKernels.copy(inputs[i], t * count, arguments[i], 0, count);
                }
                Elements[] own = results[step & 1];
                Elements[] now = own.clone();
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
