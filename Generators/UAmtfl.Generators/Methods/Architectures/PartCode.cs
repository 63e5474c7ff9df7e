namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>A module of a network that takes part in computing what the linear outputs of the heads take.</summary>
/// <param name="Name">The name of the property and of the module: <c>Trunk</c>.</param>
/// <param name="Type">The type of the module, with global::.</param>
/// <param name="New">The expression that creates the module, with <c>dtype</c> and <c>device</c>.</param>
/// <param name="Comment">What the module maps to what, with shapes.</param>
/// <param name="Owner">The owner of the parameters as C#, a value of the runtime's <c>Owner</c>.</param>
/// <param name="Prepares">True if the module takes what the first layer of the network computes once for a whole data set.</param>
internal sealed record PartCode(string Name, string Type, string New, string Comment, string Owner, bool Prepares = false)
{
    /// <summary>True if the module belongs to the heads, to whose penalties its weights are subject.</summary>
    public bool OfHeads { get; init; }

    /// <summary>True if the module has no parameters, and says how others are connected.</summary>
    public bool IsStructure { get; init; }

    /// <summary>The learning rate of the module in units of the network's, as C#; null if it is the same.</summary>
    public string? LearningRateScale { get; init; }
}
