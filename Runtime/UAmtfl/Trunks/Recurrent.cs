using TorchSharp.Modules;
using UAmtfl.Numerics;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>C recurrent layers side by side that read sequences and return their last states. Each step of time is one batched product for
/// all of them. A layer has two linear maps, of the inputs x and of the state h, whose outputs are those of G gates one after the other,
/// with the equations of PyTorch.</summary>
public abstract class Recurrent : Stack
{
    private readonly nn.Module<Tensor, Tensor> input, hidden;
    private readonly int inputs, states, gates;
    private readonly string @operator;
    private readonly int[] order;

    /// <summary>Creates the layers and draws their weights one after the other from the current random state, as <c>[Linear]</c> draws
    /// them, first those of the inputs; biases are 0.</summary>
    /// <param name="name">The name of the module, which is also that of the operator of ONNX.</param>
    /// <param name="copies">The number C of layers.</param>
    /// <param name="inputs">The number I of channels of the sequences.</param>
    /// <param name="hidden">The number H of numbers in a state.</param>
    /// <param name="order">The gates in the order of ONNX, as indices into those of PyTorch.</param>
    /// <param name="form">Whether the layers are one, or how they stand side by side.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">The device of the parameters.</param>
    private protected Recurrent(
        string name, int copies, int inputs, int hidden, int[] order, RecurrentForm form, ScalarType dtype, Device device)
        : base(name, copies)
    {
        (@operator, this.inputs, states, this.order, gates) = (name, inputs, hidden, order, order.Length);
        (input, this.hidden) = (Map(inputs), Map(hidden));
        register_module("Input", input);
        register_module("Hidden", this.hidden);

        nn.Module<Tensor, Tensor> Map(int from)
        {
            var outputs = gates * hidden;
            switch (form)
            {
                case RecurrentForm.SideBySide:
                    return new StackedLinear(copies, from, outputs, bias: true, dtype, device);
                case RecurrentForm.Adapted:
                    return new AdaptedLinear(copies, from, outputs, bias: true, dtype, device);
                default:
                    var one = nn.Linear(from, outputs, dtype: dtype, device: device);
                    Parameters.FanIn(one.weight, one.bias);
                    return one;
            }
        }
    }

    /// <summary>The weights of the states with a row for each number of a state, [C, H, G·H].</summary>
    public Tensor StateWeight => Weight(hidden).unflatten(1, gates, states).transpose(1, 2).flatten(2);

    /// <summary>Reads sequences.</summary>
    /// <param name="sequences">The sequences [N, I, 1, L], the same for all layers, or [N, C·I, 1, L].</param>
    /// <returns>The last states [C, N, H].</returns>
    public override Tensor forward(Tensor sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var (samples, length) = (sequences.shape[0], sequences.shape[3]);
        var steps = sequences.squeeze(2).permute(2, 0, 1).flatten(0, 1);                        // [L·N, I] or [L·N, C·I]
        var (weight, bias) = (Weight(input), Bias(input));
        var products = sequences.shape[1] == inputs
            ? nn.functional.linear(steps, weight.flatten(0, 1), bias.flatten()).unflatten(1, Active, -1).transpose(0, 1)
            : steps.unflatten(1, Active, -1).transpose(0, 1).baddbmm(weight.transpose(1, 2), bias.unsqueeze(1));
        var gatesOfInputs = products.unflatten(1, length, samples).unbind(1);                   // L times [C, N, G·H]
        var (turned, added) = (Weight(hidden).transpose(1, 2), Bias(hidden).unsqueeze(1));
        return Last(gatesOfInputs, zeros([Active, samples, states], products.dtype, products.device), turned, added);
    }

    /// <summary>Adds the layers to the graph of an exported model, one operator for each.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the sequences [N, I, 1, L] or [N, C·I, 1, L].</param>
    /// <param name="shared">True if the sequences are the same for all layers.</param>
    /// <returns>The name of the last states [C, N, H].</returns>
    public string Export(OnnxGraph graph, string h, bool shared)
    {
        ArgumentNullException.ThrowIfNull(graph);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var steps = graph.Add("Transpose", graph.Add("Squeeze", [h, graph.Integers(2)]), ("perm", new[] { 2, 0, 1 }));   // [L, N, …]
        var (weights, recurrent) = (Ordered(Weight(input)), Ordered(Weight(hidden)));
        var biases = cat([Ordered(Bias(input)), Ordered(Bias(hidden))], 1);                     // [C, 2·G·H]
        List<string> states = [];
        for (var copy = 0; copy < Active; copy++)
        {
            var own = shared ? steps : graph.Add(
                "Slice", [steps, graph.Integers(copy * inputs), graph.Integers((copy + 1) * inputs), graph.Integers(2)]);
            var all = graph.Add(
                @operator,
                [
                    own, graph.Constant(weights.narrow(0, copy, 1)), graph.Constant(recurrent.narrow(0, copy, 1)),
                    graph.Constant(biases.narrow(0, copy, 1)),
                ],
                Options);                                                                       // [L, 1, N, H]
            states.Add(graph.Add("Squeeze", [graph.Add("Gather", [all, graph.Integers(-1)], ("axis", 0)), graph.Integers(0)]));
        }

        return states.Count == 1 ? states[0] : graph.Add("Concat", states, ("axis", 0));
    }

    /// <summary>Returns the last states.</summary>
    /// <param name="inputs">The outputs of the map of the inputs at each time, [C, N, G·H].</param>
    /// <param name="start">The first state, zeros [C, N, H].</param>
    /// <param name="weight">The weights of the map of the states, [C, H, G·H].</param>
    /// <param name="bias">The biases of the map of the states, [C, 1, G·H].</param>
    private protected abstract Tensor Last(Tensor[] inputs, Tensor start, Tensor weight, Tensor bias);

    /// <summary>The attributes of the operator of ONNX.</summary>
    private protected virtual (string Name, OnnxAttribute Value)[] Options => [("hidden_size", states)];

    private Tensor Weight(nn.Module<Tensor, Tensor> map) => map switch
    {
        StackedLinear stacked => Used(stacked.Weight),
        AdaptedLinear adapted => adapted.Merged(),
        _ => ((Linear)map).weight.unsqueeze(0),
    };

    private Tensor Bias(nn.Module<Tensor, Tensor> map) => map switch
    {
        StackedLinear stacked => Used(stacked.Bias!).unflatten(0, Active, -1),
        AdaptedLinear adapted => adapted.Bias!.expand(Active, -1),
        _ => ((Linear)map).bias!.unsqueeze(0),
    };

    /// <summary>Returns weights or biases with the gates in the order of ONNX.</summary>
    private Tensor Ordered(Tensor values)
    {
        var parts = values.chunk(gates, 1);
        return cat([.. order.Select(gate => parts[gate])], 1);
    }
}

/// <summary>The forms of recurrent layers.</summary>
public enum RecurrentForm
{
    /// <summary>One layer.</summary>
    Alone,

    /// <summary>Layers side by side that share nothing.</summary>
    SideBySide,

    /// <summary>The layer of each task, whose weights change for each (<see cref="AdaptedLayer"/>).</summary>
    Adapted,
}

/// <summary>Gated recurrent units (Cho et al. 2014) side by side: r = σ(W_r x + b_r + U_r h + c_r), z likewise,
/// n = tanh(W_n x + b_n + r ∘ (U_n h + c_n)), h' = (1 − z) ∘ n + z ∘ h, with the gates in the order r, z, n.</summary>
/// <param name="copies">The number C of layers.</param>
/// <param name="inputs">The number I of channels of the sequences.</param>
/// <param name="hidden">The number H of numbers in a state.</param>
/// <param name="form">Whether the layers are one, or how they stand side by side.</param>
/// <param name="dtype">The type of the parameters.</param>
/// <param name="device">The device of the parameters.</param>
public sealed class Gru(int copies, int inputs, int hidden, RecurrentForm form, ScalarType dtype, Device device)
    : Recurrent("GRU", copies, inputs, hidden, [1, 0, 2], form, dtype, device)
{
    /// <inheritdoc/>
    private protected override (string Name, OnnxAttribute Value)[] Options => [.. base.Options, ("linear_before_reset", 1)];

    /// <inheritdoc/>
    private protected override Tensor Last(Tensor[] inputs, Tensor start, Tensor weight, Tensor bias)
    {
        var (state, size) = (start, start.shape[2]);
        foreach (var x in inputs)
        {
            var (ofInput, ofState) = (x.split([2 * size, size], 2), state.baddbmm(weight, bias).split([2 * size, size], 2));
            var gates = Lasting.Sum(ofInput[0], ofState[0]).sigmoid().chunk(2, 2);              // r, z
            var candidate = Lasting.Sum(ofInput[1], gates[0].mul(ofState[1])).tanh();
            state = candidate.lerp(state, gates[1]);
        }

        return state;
    }
}

/// <summary>Long short-term memories (Hochreiter and Schmidhuber 1997; Gers et al. 2000) side by side: i, f, o = σ(W x + b + U h + c),
/// g = tanh(…), s' = f ∘ s + i ∘ g, h' = o ∘ tanh s', with the gates in the order i, f, g, o.</summary>
/// <param name="copies">The number C of layers.</param>
/// <param name="inputs">The number I of channels of the sequences.</param>
/// <param name="hidden">The number H of numbers in a state.</param>
/// <param name="form">Whether the layers are one, or how they stand side by side.</param>
/// <param name="dtype">The type of the parameters.</param>
/// <param name="device">The device of the parameters.</param>
public sealed class Lstm(int copies, int inputs, int hidden, RecurrentForm form, ScalarType dtype, Device device)
    : Recurrent("LSTM", copies, inputs, hidden, [0, 3, 1, 2], form, dtype, device)
{
    /// <inheritdoc/>
    private protected override Tensor Last(Tensor[] inputs, Tensor start, Tensor weight, Tensor bias)
    {
        var (state, cell, size) = (start, start, start.shape[2]);
        foreach (var x in inputs)
        {
            var gates = Lasting.Sum(x, state.baddbmm(weight, bias)).split([2 * size, size, size], 2);
            var open = gates[0].sigmoid().chunk(2, 2);                                          // i, f
            cell = Lasting.Sum(open[1].mul(cell), open[0].mul(gates[1].tanh()));
            state = gates[2].sigmoid().mul(cell.tanh());
        }

        return state;
    }
}
