using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Methods.Architectures;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the linear outputs of all heads, O = ZWᵀ + b, and the parameters that W consists of.</summary>
internal static class HeadCode
{
    /// <summary>The name of W in the network: a parameter, or a property that is computed from several.</summary>
    public const string Weight = "HeadWeight";

    private const string Bias = "HeadBias";

    /// <summary>Returns the parameters of the linear outputs.</summary>
    public static IEnumerable<ParameterCode> Parameters(VariantFile file) =>
        Weights(file).Append(new(Bias, "b", $"{file.Tasks.Columns}"));

    /// <summary>Returns the parameters that W consists of, as arguments: <c>Network.HeadShared, Network.HeadOwn</c>.</summary>
    public static string WeightNames(VariantFile file) => string.Join(", ", Weights(file).Select(p => $"Network.{p.Name}"));

    /// <summary>Returns the parameters on which a penalty of single weights acts, as arguments: the parts of W, because a part can only be
    /// changed itself, but the sum W = P + Q.</summary>
    public static IEnumerable<string> SingleWeights(VariantFile file) =>
        file.Decomposes ? [$"Network.{Weight}"] : Weights(file).Select(p => $"Network.{p.Name}");

    /// <summary>Returns the property that computes W, with its comment; null if W is a parameter.</summary>
    public static string? Whole(VariantFile file)
    {
        var code = file.Decomposes ? "global::UAmtfl.Numerics.Lasting.Sum(HeadShared, HeadOwn)"
            : file.Trunk.HeadsDiffer ? HeadLayersCode.Whole(file)
            : null;
        var fewer = file.Trunk.HeadsDiffer ? ", and 0 after the features of its head" : "";
        return code is null ? null
            : $"public Tensor {Weight} => {code};   "
                + $"// W, all heads, one row an output{fewer}  [{file.Tasks.Columns}, {file.Trunk.HeadFeatures}]";
    }

    /// <summary>Returns the code of the outputs of features, and its formula.</summary>
    public static (string Code, string Formula) Outputs(VariantFile file)
    {
        var tasks = file.Tasks;
        var own = file.Trunk.HeadsDiffer ? HeadLayersCode.Products(file) : OwnOutputs(tasks);
        return file.PerTask
            ? ($"global::UAmtfl.Numerics.Lasting.Sum({own}, {Bias})", $"o_t = z_t w_tᵀ + b_t  [N, {tasks.Columns}]")
            : ($"F.linear(features, {Weight}, {Bias})", $"O = ZWᵀ + b  [N, {tasks.Columns}]");
    }

    /// <summary>Returns the code of the outputs in the graph of an exported model.</summary>
    /// <param name="file">The variant.</param>
    /// <param name="features">The expression for the name of the features.</param>
    public static string Export(VariantFile file, string features) => file.PerTask
        ? $"global::UAmtfl.Trunks.OnnxHeads.OwnHeads(graph, {features}, {Weight}, {Bias}, tasks)"
        : $"graph.Linear({features}, {Weight}, {Bias})";

    private static IEnumerable<ParameterCode> Weights(VariantFile file)
    {
        var shape = $"{file.Tasks.Columns}, {file.Trunk.HeadFeatures}";
        return file.Trunk.HeadsDiffer ? HeadLayersCode.Weights(file)
            : file.Decomposes ?
            [
                new("HeadShared", "P, the part of the heads W = P + Q that tasks share", shape, Random: true),
                new("HeadOwn", "Q, the part that tasks have for themselves", shape),
            ]
            : [new(Weight, "W, all heads, one row an output", shape, Random: true)];
    }

    private static string OwnOutputs(TaskSetModel tasks) => tasks.Groups.Count == 1 ? Own(tasks.Groups[0], tasks)
        : $"global::TorchSharp.torch.cat([{string.Join(", ", tasks.Groups.Select(g => Own(g, tasks)))}], 1)";

    /// <summary>Returns the code of a group's outputs, in one batched product, if the tasks have features of their own.</summary>
    private static string Own(TaskGroup group, TaskSetModel tasks)
    {
        var (features, weights) = tasks.Groups.Count == 1
            ? ("features", Weight)
            : ($"features.narrow(0, {group.FirstTask}, {group.Count})", $"{Weight}.narrow(0, {group.FirstColumn}, {group.Columns})");
        return group.Outputs == 1
            ? $"{features}.bmm({weights}.unsqueeze(2)).squeeze(2).t()"
            : $"{features}.bmm({weights}.unflatten(0, {group.Count}, {group.Outputs}).transpose(1, 2)).permute(1, 0, 2).flatten(1)";
    }
}
