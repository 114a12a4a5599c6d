package dev.adjoint.peers;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// The networks of the workloads, from DL4J's own layers.
final class Networks {
    private static final String INPUT = "input";
    private static final String READOUT = "readout";

    private Networks() {}

    private static GraphBuilder graph(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .updater(updater)
                .graphBuilder()
                .addInputs(INPUT)
                .setOutputs(READOUT);
    }

    private static ComputationGraph built(GraphBuilder graph) {
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();
        return network;
    }

    private static DenseLayer dense(int width) {
        return new DenseLayer.Builder().nOut(width).activation(Activation.RELU).build();
    }

    private static OutputLayer readout(int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
    }

    static ComputationGraph perceptron(int in, int width, int classes) {
        return built(graph(new Sgd(0.01)).setInputTypes(InputType.feedForward(in))
                .addLayer("hidden", dense(width), INPUT)
                .addLayer(READOUT, readout(classes), "hidden"));
    }

    static ComputationGraph leNet(int classes) {
        return built(graph(new Adam(1e-3)).setInputTypes(InputType.convolutional(28, 28, 1))
                .addLayer("first", biased(6, 2), INPUT)
                .addLayer("smaller", pool(), "first")
                .addLayer("second", biased(16, 0), "smaller")
                .addLayer("smallest", pool(), "second")
                .addLayer("wide", dense(120), "smallest")
                .addLayer("narrow", dense(84), "wide")
                .addLayer(READOUT, readout(classes), "narrow"));
    }

    private static ConvolutionLayer biased(int out, int padding) {
        return new ConvolutionLayer.Builder(5, 5)
                .nOut(out)
                .padding(padding, padding)
                .activation(Activation.RELU)
                .build();
    }

    private static SubsamplingLayer pool() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    /// ResNet-18 for 32×32 images: a 3×3 stem, no pool behind it.
    static ComputationGraph resNet(int classes) {
        GraphBuilder graph = graph(new Sgd(0.01)).setInputTypes(InputType.convolutional(32, 32, 3));
        String last = normalised(graph, "stem", new Filter(64, 3, 1), Activation.RELU, INPUT);
        for (int width : new int[] {64, 128, 256, 512}) {
            last = residual(graph, "wide" + width, width, width == 64 ? 1 : 2, last);
            last = residual(graph, "more" + width, width, 1, last);
        }
        graph.addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), last);
        return built(graph.addLayer(READOUT, readout(classes), "mean"));
    }

    /// A square convolution without bias, padded so that only the stride makes the image smaller.
    private record Filter(int out, int extent, int stride) {}

    private static String normalised(
            GraphBuilder graph, String name, Filter filter, Activation activation, String from) {
        graph.addLayer(
                name + "-convolution",
                new ConvolutionLayer.Builder(filter.extent, filter.extent)
                        .nOut(filter.out)
                        .stride(filter.stride, filter.stride)
                        .convolutionMode(ConvolutionMode.Same)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build(),
                from);
        graph.addLayer(
                name, new BatchNormalization.Builder().activation(activation).build(), name + "-convolution");
        return name;
    }

    private static String residual(GraphBuilder graph, String name, int width, int stride, String from) {
        String first = normalised(graph, name + "-1", new Filter(width, 3, stride), Activation.RELU, from);
        String second = normalised(graph, name + "-2", new Filter(width, 3, 1), Activation.IDENTITY, first);
        String beside = stride == 1
                ? from
                : normalised(graph, name + "-0", new Filter(width, 1, stride), Activation.IDENTITY, from);
        graph.addVertex(name + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), second, beside);
        graph.addLayer(
                name, new ActivationLayer.Builder().activation(Activation.RELU).build(), name + "-sum");
        return name;
    }

    static ComputationGraph characterLstm(int vocabulary, int width, int hidden) {
        return built(graph(new Adam(1e-3))
                .addLayer(
                        "embedding",
                        new EmbeddingSequenceLayer.Builder()
                                .outputDataFormat(RNNFormat.NCW)
                                .nIn(vocabulary)
                                .nOut(width)
                                .build(),
                        INPUT)
                .addLayer(
                        "lstm",
                        new LSTM.Builder()
                                .dataFormat(RNNFormat.NCW)
                                .nIn(width)
                                .nOut(hidden)
                                .activation(Activation.TANH)
                                .build(),
                        "embedding")
                .addLayer(
                        READOUT,
                        new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .dataFormat(RNNFormat.NCW)
                                .nIn(hidden)
                                .nOut(vocabulary)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "lstm"));
    }
}
