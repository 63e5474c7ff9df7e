namespace UAmtfl.Generators.Layers;

/// <summary>The code that layers which normalise have in common.</summary>
internal static class NormCode
{
    private const string Stack = "global::UAmtfl.Trunks.Stack";

    /// <summary>Returns the module that normalises groups of C copies side by side.</summary>
    public static ModuleCode Stacked(string groups, int channels) => Module(groups, $"copies * {channels}");

    /// <summary>Returns the module that normalises groups of channels.</summary>
    public static ModuleCode Module(string groups, string channels) => new(
        "global::TorchSharp.Modules.GroupNorm",
        $"global::UAmtfl.Trunks.GroupNorms.Create({groups}, {channels}, dtype, device)");

    /// <summary>Returns the expression that applies the module of C copies to <c>h</c>.</summary>
    /// <param name="module">The property that holds the module.</param>
    /// <param name="shared">True if <c>h</c> is still the same for all copies.</param>
    /// <param name="rows">True for rows, false for images.</param>
    public static string ApplyStacked(string module, bool shared, bool rows)
    {
        var spread = shared ? $"{Stack}.Spread(h, Active)" : "h";
        return $"{(rows ? "Rows" : "Images")}({module}, {spread})";
    }

    /// <summary>Returns the expression that adds the module of C copies to the graph of an exported model.</summary>
    /// <param name="module">The property that holds the module.</param>
    /// <param name="shared">True if <c>h</c> is still the same for all copies.</param>
    /// <param name="rows">True for rows, false for images.</param>
    public static string ExportStacked(string module, bool shared, bool rows)
    {
        var spread = shared ? $"{Stack}.Spread(graph, h, Active, images: {(rows ? "false" : "true")})" : "h";
        return $"{(rows ? "Rows" : "Images")}(graph, {module}, {spread})";
    }

    /// <summary>Returns the backward pass of a layer that normalises groups in each sample.</summary>
    public static TaskBackwardCode TaskBackward(KeptLayer at, int groups) => new(
        at.KeepInput,
        TaskBackwardCode.Step("GroupNorm", at.Kept, $"{at.Module}.weight", groups),
        $"sink.Scale({TaskBackwardCode.Call("Normalised", at.Kept, groups)}, g, {at.Module}.weight, {at.Module}.bias);");
}
