using UAmtfl.Reporting;
using UAmtfl.Reporting.Sections;
using UAmtfl.Tasks;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Hosting;

/// <summary>A layer of a network, or another module that has parameters.</summary>
/// <param name="Kind">The name of the layer's attribute, or of the module's class.</param>
/// <param name="Path">The path of the module in the network; empty if the layer has none.</param>
/// <param name="Shape">The shape of the output, of one copy if there are several: <c>[N, 20, 24, 24]</c>; a dash if it is not
/// known.</param>
/// <param name="Copies">The number of copies side by side.</param>
/// <param name="Parameters">The number of parameters of all copies, trained and frozen ones.</param>
/// <param name="Tasks">The names of the tasks whose heads have the layer; empty if all tasks have it.</param>
internal sealed record CheckedLayer(string Kind, string Path, string Shape, int Copies, long Parameters, string Tasks = "");

/// <summary>Lists the layers of networks with the shapes of their activations, for <c>--dry-run</c>. The shapes between the layers are
/// those that the generator computed; features and outputs are measured on a batch.</summary>
internal static class CheckedLayers
{
    /// <summary>How the names of the modules of heads begin.</summary>
    private const string HeadLayers = "HeadLayers";

    /// <summary>Lists the layers of a network, from its inputs to its outputs.</summary>
    /// <param name="network">The network; it is in evaluation mode afterwards.</param>
    /// <param name="inputs">A batch of inputs [N, …].</param>
    /// <param name="tasks">The tasks, in the order of the network.</param>
    public static IReadOnlyList<CheckedLayer> Of(Network network, Tensor inputs, TaskSet tasks)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        network.eval();
        var outputs = network.Predict(network.Prepare(inputs), out var features);
        return
        [
            new("inputs", "", Batch(inputs.shape[1..]), 1, 0),
            .. network.named_children().SelectMany(part => OfPart(part.name, part.module, Names(network, part.name, tasks))),
            .. Features(network, features, tasks),
            new("outputs", "", Batch(outputs.shape[1..]), 1, Sum(network.named_parameters().Where(p => IsLinearHead(p.name)))),
        ];
    }

    /// <summary>Returns the table of the layers of each network. Variants whose networks have the same layers share their rows.</summary>
    /// <param name="variants">The variants with the layers of their networks.</param>
    /// <remarks>There is a column of tasks if a layer is not for all of them.</remarks>
    public static Section Section(IReadOnlyList<(string Name, IReadOnlyList<CheckedLayer> Layers)> variants)
    {
        var ofTasks = variants.Any(v => v.Layers.Any(l => l.Tasks.Length > 0));
        return new(
            "Dry run: shapes of each network",
            [
                new(
                    ["layer", "module", .. ofTasks ? ["heads of"] : Array.Empty<string>(), "shape after it", "copies", "parameters"],
                    TextColumns: ofTasks ? 4 : 3,
                    [
                        .. variants.GroupBy(v => string.Join('\n', v.Layers)).SelectMany(network => network.First().Layers
                            .Select(layer => Row(layer, ofTasks)).Prepend(new(string.Join(", ", network.Select(v => v.Name))))),
                    ]),
            ],
            [
                "N is the number of rows of a batch. Where there are copies side by side, the shape is that of one, "
                    + "and the parameters are those of all.",
            ]);
    }

    /// <summary>Returns a cell with a number of parameters or rows; a dash for none.</summary>
    public static Reporting.Sections.Cell Count(long count) =>
        count == 0 ? new(Numbers.None) : Reporting.Sections.Cell.Of(count, "#,0");

    /// <summary>Returns the names of the tasks whose heads have a module; empty if all tasks have it.</summary>
    private static string Names(Network network, string module, TaskSet tasks)
    {
        string[] ofGroups = network.HeadTasks is null ? []
            : [.. network.named_children().Select(part => part.name).Where(n => n.StartsWith(HeadLayers, StringComparison.Ordinal))];
        return Array.IndexOf(ofGroups, module) is >= 0 and var group ? Names(network.HeadTasks!.Tasks[group], tasks) : "";
    }

    private static string Names(IEnumerable<int> places, TaskSet tasks) => string.Join(", ", places.Select(t => tasks.Tasks[t].Name));

    /// <summary>Returns the features that the linear outputs take: once, or for each group of heads that ends in another
    /// number.</summary>
    private static IEnumerable<CheckedLayer> Features(Network network, Tensor features, TaskSet tasks) =>
        network.HeadTasks is { Widths.Count: > 0 } groups
            ? groups.Tasks.Select((group, i) =>
                new CheckedLayer("features", "", Batch([groups.Widths[i]]), group.Count, 0, Names(group, tasks)))
            : [new("features", "", features.dim() == 2 ? Batch(features.shape[1..]) : Batch([features.shape[2]]), Copies(features), 0)];

    private static IEnumerable<CheckedLayer> OfPart(string name, nn.Module part, string tasks)
    {
        var copies = part is Stack stack ? stack.Copies : 1;
        var parameters = part.named_parameters().ToList();
        return part is ILayered layered
            ? layered.Layers.Select(layer => new CheckedLayer(
                layer.Kind,
                layer.Path.Length == 0 ? "" : $"{name}.{layer.Path}",
                Batch(layer.Shape.Select(size => (long)size)),
                copies,
                layer.Path.Length == 0 ? 0 : Sum(parameters.Where(p => p.name.StartsWith($"{layer.Path}.", StringComparison.Ordinal))),
                tasks))
            : [new(part.GetType().Name, name, Numbers.None, copies, Sum(parameters), tasks)];
    }

    private static Row Row(CheckedLayer layer, bool ofTasks)
    {
        string[] words = [layer.Kind, layer.Path, .. ofTasks ? [layer.Tasks] : Array.Empty<string>(), layer.Shape];
        return new([
            .. words.Select(word => new Reporting.Sections.Cell(word.Length == 0 ? Numbers.None : word)),
            Count(layer.Copies), Count(layer.Parameters),
        ]);
    }

    /// <summary>True for the weights and biases of linear heads, which belong to the network itself.</summary>
    private static bool IsLinearHead(string path) =>
        Part.Heads.Has(path) && !path.Contains('.', StringComparison.Ordinal);

    private static int Copies(Tensor features) => features.dim() == 2 ? 1 : (int)features.shape[0];

    private static string Batch(IEnumerable<long> sample) => $"[N, {string.Join(", ", sample)}]";

    private static long Sum(IEnumerable<(string name, TorchSharp.Modules.Parameter parameter)> parameters) =>
        parameters.Sum(p => p.parameter.NumberOfElements);
}
