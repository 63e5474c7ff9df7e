namespace UAmtfl;

/// <summary>Marks where the heads of the tasks begin, between the attributes of a network's layers: each task has the layers after the
/// mark for itself, before its linear output. They are computed side by side, in one batched product a layer. The layers before the mark
/// must end in a row of features, which are what architectures and weightings of gradients share.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HeadsAttribute : Attribute;
