using System.Globalization;
using UAmtfl.Onnx;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Predicts each task with the network of an epoch of its own: adaptive checkpointing with specialisation (Commun. Chem. 8:201,
/// 2025). Predicting costs as much as with each of the networks, one for each epoch that some task has.</summary>
public sealed class SpecialistNetwork : Network
{
    private readonly Network[] networks;
    private readonly int[] owners;
    private readonly int[] outputs;

    private SpecialistNetwork(IReadOnlyDictionary<int, Network> networks, IEnumerable<int> epochs, IEnumerable<int> outputs)
        : base(networks.Values.First().GetName())
    {
        int[] numbers = [.. networks.Keys.Order()];
        this.networks = [.. numbers.Select(n => networks[n])];
        owners = [.. epochs.Select(e => Array.IndexOf(numbers, e))];
        this.outputs = [.. outputs];
        foreach (var number in numbers)
        {
            register_module(string.Create(CultureInfo.InvariantCulture, $"Epoch{number}"), networks[number]);
        }
    }

    /// <inheritdoc/>
    public override double PreparedSize => networks[0].PreparedSize;

    /// <inheritdoc/>
    public override HeadGroups? HeadTasks => networks[0].HeadTasks;

    /// <inheritdoc/>
    public override Tensor? LogVariances => networks[0].LogVariances is null
        ? null
        : cat([.. owners.Select((owner, t) => networks[owner].LogVariances! is var s && s.shape[0] == 1 ? s : s.narrow(0, t, 1))]);

    /// <summary>Puts networks together, which become children with names such as <c>Epoch12</c> and are disposed of with the
    /// result.</summary>
    /// <param name="networks">By number of the epoch, a network of the same variant.</param>
    /// <param name="epochs">The epoch of each task, [T], tasks as declared.</param>
    /// <param name="tasks">The tasks, in the networks' order.</param>
    public static SpecialistNetwork Of(IReadOnlyDictionary<int, Network> networks, IReadOnlyList<int> epochs, TaskSet tasks)
    {
        var declared = tasks.Declared.Tasks.Select(t => t.Name).ToList();
        return new(networks, tasks.Tasks.Select(t => epochs[declared.IndexOf(t.Name)]), tasks.Tasks.Select(t => t.Outputs));
    }

    /// <inheritdoc/>
    public override Tensor Prepare(Tensor inputs) => networks[0].Prepare(inputs);

    /// <inheritdoc/>
    /// <returns>[N, M]</returns>
    /// <param name="prepared">[N, …], from <see cref="Prepare"/>.</param>
    /// <param name="features">[T, N, k], of each task those of its own network.</param>
    public override Tensor Predict(Tensor prepared, out Tensor features)
    {
        var hidden = new Tensor[networks.Length];
        Tensor[] all = [.. networks.Select((network, i) => network.Predict(prepared, out hidden[i]))];
        features = stack([.. owners.Select((owner, t) => hidden[owner].dim() == 3 ? hidden[owner].select(0, t) : hidden[owner])]);
        var parts = new List<Tensor>();
        var first = 0L;
        for (var t = 0; t < owners.Length; first += outputs[t++])
        {
            parts.Add(all[owners[t]].narrow(1, first, outputs[t]));
        }

        return cat(parts, 1);
    }

    /// <inheritdoc/>
    public override string Export(OnnxGraph graph, string inputs, TaskSet tasks)
    {
        var all = graph.Add("Concat", [.. networks.Select(network => network.Export(graph, inputs, tasks))], ("axis", 1));
        var owner = owners.SelectMany((network, t) => Enumerable.Repeat((long)network, outputs[t])).ToList();
        long[] columns = [.. owner.Select((network, m) => (network * owner.Count) + m)];
        return graph.Add("Gather", [all, graph.Integers(columns)], ("axis", 1));
    }

    /// <inheritdoc/>
    /// <remarks>The transfer to a task is what the task's own network has learnt.</remarks>
    public override Tensor? LearntTransfer()
    {
        Tensor?[] learnt = [.. networks.Select(n => n.LearntTransfer())];
        return learnt[0] is null ? null : stack([.. owners.Select((owner, t) => learnt[owner]!.select(1, t))], 1);
    }
}
