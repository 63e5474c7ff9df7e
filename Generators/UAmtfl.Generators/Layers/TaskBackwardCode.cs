using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer at its place in a trunk whose backward pass takes the gradients of all tasks at once.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Module">The property that holds its module.</param>
/// <param name="Apply">The statement that applies it to <c>h</c>.</param>
/// <param name="Kept">Where it can keep a tensor.</param>
/// <param name="Cut">True if <c>h</c> is patches that are cut already.</param>
internal sealed record KeptLayer(LayerModel Layer, string Module, string Apply, string Kept, bool Cut)
{
    /// <summary>Keeps what comes in.</summary>
    public string KeepInput => $"{Kept} = h.detach(); {Apply}";

    /// <summary>Keeps what goes out.</summary>
    public string KeepOutput => $"{Apply} {Kept} = h.detach();";
}

/// <summary>What such a layer writes.</summary>
/// <param name="Forward">Applies it to <c>h</c> and keeps what the way back needs; the plain statement where it needs nothing.</param>
/// <param name="Back">From <c>g</c> with respect to its outputs to that with respect to its inputs; null where they are the same.</param>
/// <param name="Gradients">Gives the gradients of its parameters to <c>sink</c>; null where it has none.</param>
internal sealed record TaskBackwardCode(string Forward, string? Back, string? Gradients = null)
{
    /// <summary>A call of <c>UAmtfl.Trunks.TaskBackward.LayerBackward</c>, which the file has an alias for.</summary>
    public static string Call(string method, params object[] arguments) => $"LayerBackward.{method}({string.Join(", ", arguments)})";

    /// <summary>The statement that replaces <c>g</c>.</summary>
    public static string Step(string method, params object[] arguments) => $"g = {Call(method, ["g", .. arguments])};";
}
