namespace UAmtfl.Generators.Layers;

/// <summary>The names that the code of a layer uses in a trunk whose backward pass takes the gradients of all tasks at once.</summary>
/// <param name="Module">The property that holds the layer's module.</param>
/// <param name="Apply">The statement that applies the layer to <c>h</c>.</param>
/// <param name="Kept">The variable in which the layer can keep a tensor.</param>
/// <param name="IsPrepared">True if <c>h</c> is the result that the layer computes once for the whole data set.</param>
internal sealed record KeptLayer(string Module, string Apply, string Kept, bool IsPrepared)
{
    /// <summary>The statements that keep the input of the layer and apply the layer.</summary>
    public string KeepInput => $"{Kept} = h.detach(); {Apply}";

    /// <summary>The statements that apply the layer and keep its output.</summary>
    public string KeepOutput => $"{Apply} {Kept} = h.detach();";
}

/// <summary>The code of a layer in a backward pass that takes the gradients of all tasks at once.</summary>
/// <param name="Forward">The statements that apply the layer to <c>h</c> and keep the tensors which the backward pass needs, if
/// any.</param>
/// <param name="Back">The statement that turns <c>g</c>, the gradients with respect to the outputs, into those with respect to the inputs;
/// null if both are the same.</param>
/// <param name="Gradients">The statement that gives the gradients of the parameters to <c>sink</c>; null if the layer has no
/// parameters.</param>
internal sealed record TaskBackwardCode(string Forward, string? Back, string? Gradients = null)
{
    /// <summary>Returns a call of a method of <c>UAmtfl.Trunks.TaskBackward.LayerBackward</c>, by the alias of the class in the
    /// file.</summary>
    public static string Call(string method, params object[] arguments) => $"LayerBackward.{method}({string.Join(", ", arguments)})";

    /// <summary>Returns the statement that assigns the result of a method of <c>LayerBackward</c> to <c>g</c>.</summary>
    public static string Step(string method, params object[] arguments) => $"g = {Call(method, ["g", .. arguments])};";
}
