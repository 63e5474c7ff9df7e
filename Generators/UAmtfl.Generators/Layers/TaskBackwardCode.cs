namespace UAmtfl.Generators.Layers;

/// <summary>The place of a layer in the code of a trunk whose backward pass takes the gradients of all tasks at once.</summary>
/// <param name="Module">The property that holds the layer's module.</param>
/// <param name="Apply">The statement that applies the layer to <c>h</c>.</param>
/// <param name="Kept">The variable in which the layer can keep a tensor.</param>
/// <param name="IsPrepared">True if <c>h</c> is what the layer has computed once for the whole data set.</param>
internal sealed record KeptLayer(string Module, string Apply, string Kept, bool IsPrepared)
{
    /// <summary>Statements that keep what comes in and apply the layer.</summary>
    public string KeepInput => $"{Kept} = h.detach(); {Apply}";

    /// <summary>Statements that apply the layer and keep what goes out.</summary>
    public string KeepOutput => $"{Apply} {Kept} = h.detach();";
}

/// <summary>The code of a layer in a backward pass that takes the gradients of all tasks at once.</summary>
/// <param name="Forward">Applies the layer to <c>h</c> and keeps what the way back needs; the plain statement where it needs
/// nothing.</param>
/// <param name="Back">From <c>g</c> with respect to its outputs to that with respect to its inputs; null where they are the same.</param>
/// <param name="Gradients">Gives the gradients of its parameters to <c>sink</c>; null where it has none.</param>
internal sealed record TaskBackwardCode(string Forward, string? Back, string? Gradients = null)
{
    /// <summary>A call of <c>UAmtfl.Trunks.TaskBackward.LayerBackward</c>, which the file has an alias for.</summary>
    public static string Call(string method, params object[] arguments) => $"LayerBackward.{method}({string.Join(", ", arguments)})";

    /// <summary>The statement that replaces <c>g</c>.</summary>
    public static string Step(string method, params object[] arguments) => $"g = {Call(method, ["g", .. arguments])};";
}
