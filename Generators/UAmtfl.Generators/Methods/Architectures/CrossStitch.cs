using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which each task mixes its activations with those of the others.</summary>
internal sealed class CrossStitch() : Stitched("UAmtfl.Methods.CrossStitchAttribute")
{
    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => new StitchedModel(
        Kind, Kind,
        new[] { Hyper(attribute, "LearningRateScale", "The learning rate of α in units of the network's.", Rate) }.ToEquatableArray(),
        attribute.Number("Self"), attribute.Number("Cross"))
    {
        PerChannel = attribute.Flag("PerChannel", false),
    };
}
