namespace UAmtfl.Layers;

/// <summary>Marks where a stretch of a network begins, between the attributes of its layers. An architecture gives tasks or experts copies
/// of the stretches between marks; the layers before the first mark are shared by all. Hard sharing and single-task networks ignore the
/// marks.</summary>
/// <remarks>Without a mark, cross-stitch networks take the stretches of Misra et al. 2016, which end after each pooling and after each
/// activation of features, and experts are whole networks. A mark before the first layer says that nothing is shared.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SplitAttribute : Attribute;
