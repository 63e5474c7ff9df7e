namespace UAmtfl.Trunks;

/// <summary>A module that consists of layers whose shapes are known. The generator writes it for each declared trunk, for pieces of it and
/// for copies of either side by side.</summary>
public interface ILayered
{
    /// <summary>The layers in the order in which they are applied.</summary>
    IReadOnlyList<LayerOutput> Layers { get; }
}

/// <summary>A layer of a module, with the shape of its output.</summary>
/// <param name="Kind">The name of the attribute that declares the layer: <c>Conv2d</c>.</param>
/// <param name="Path">The path in the module of what holds the layer's parameters or state: <c>Conv1</c>; empty if it has neither.</param>
/// <param name="Shape">The shape of the output for one sample: (features), (channels, length) or (channels, height, width). If the module
/// is copies side by side, it is the shape of one copy.</param>
public sealed record LayerOutput(string Kind, string Path, IReadOnlyList<int> Shape);
