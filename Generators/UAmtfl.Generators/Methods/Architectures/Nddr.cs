using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which each task fuses the channels of all tasks.</summary>
internal sealed class Nddr() : Stitched("UAmtfl.Methods.NddrAttribute")
{
    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => new StitchedModel(
        Kind, Kind,
        new[] { Hyper(attribute, "LearningRateScale", "The learning rate of W in units of the network's.", Rate) }.ToEquatableArray(),
        attribute.Number("Self"), attribute.Number("Cross"))
    {
        Normalises = attribute.Flag("Normalise", true),
    };

    public override IEnumerable<(string Name, IReadOnlyList<int> Sizes)> Added(MethodModel model, TrunkModel trunk, int tasks) =>
        trunk.Stretches.Select(s => trunk.Of(s).Output.FirstOrDefault()).Select((channels, i) => (
            $"The W of stretch {i + 1}", (IReadOnlyList<int>)[tasks, channels, tasks, channels]));

    protected override string Formula(StitchedModel model) =>
        model.Normalises ? "x̃_t = ReLU(norm(W_t [x_1; …; x_T]))" : "x̃_t = W_t [x_1; …; x_T]";

    protected override PartCode Unit(string name, StitchedModel model, int tasks, int channels)
    {
        const string type = "global::UAmtfl.Trunks.FusionUnit";
        return new(
            name, type,
            $"new {type}({tasks}, {channels}, {Start(model)}, normalise: {(model.Normalises ? "true" : "false")}, dtype, device)",
            $"W [{tasks * channels}, {tasks * channels}], what channels of a task take from those of all", Owners.AllTasks);
    }
}
