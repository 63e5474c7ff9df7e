using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which each branch chooses the one before it, until the tree is decided.</summary>
internal sealed class LearnToBranch() : BranchingMethod("UAmtfl.Methods.LearnToBranchAttribute")
{
    private const string Epochs = "SearchEpochs", First = "Temperature", Last = "FinalTemperature", Rate = "ChoiceRate";

    protected override bool BeginsShared => false;

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => Model(Kind,
    [
        Hyper(attribute, Epochs, "The number of epochs before the tree is decided.") with { Whole = true },
        Hyper(attribute, First, "The temperature of the first epoch."),
        Hyper(attribute, Last, "The temperature of the last epoch of the search."),
        Hyper(attribute, "LearningRateScale", "The learning rate of the choices in units of the network's.", Rate),
    ]);

    public override string Legend(VariantFile file) => "of the branches that the tasks choose";

    public override string Search(VariantFile file)
    {
        var stretches = Stretches(file.Trunk);
        var names = string.Join(", ", stretches.Select((_, i) => $"network.{Branches(i)}"));
        var choices = string.Join(", ", stretches.Select((_, i) => $"network.{Choice(i + 1)}"));
        return $"new global::UAmtfl.Training.Structure.LearnToBranchSearch(network.{Tree}, [{names}], [{choices}], hyper.{Epochs}, "
            + $"hyper.{First}, hyper.{Last})";
    }

    protected override IEnumerable<PartCode> Choices(VariantFile file)
    {
        const string type = "global::UAmtfl.Trunks.BranchChoice";
        var (tasks, count) = (file.Tasks.Count, Stretches(file.Trunk).Count);
        return Enumerable.Range(1, count).Select(i => new PartCode(
            Choice(i), type, $"new {type}({Tree}, {i}, {tasks}, dtype, device)",
            $"θ [{tasks}, {tasks}], which branch of stretch {i} {(i < count ? $"each one of stretch {i + 1}" : "each task")} takes",
            i < count ? Owners.AllTasks : Owners.OneTask)
        {
            LearningRateScale = $"hyper.{Rate}",
        });
    }

    protected override string Into(int stretch) => stretch == 0 ? base.Into(0) : $"{Choice(stretch)}.call(h)";

    protected override string ToTasks(TrunkModel trunk) => $"{Choice(Stretches(trunk).Count)}.call(h)";

    protected override string IntoInGraph(int stretch, string shape) =>
        stretch == 0 ? base.IntoInGraph(0, shape) : $"{Choice(stretch)}.Export(graph, h, {shape})";

    protected override string ToTasksInGraph(TrunkModel trunk) =>
        $"{Choice(Stretches(trunk).Count)}.Export(graph, h, {trunk.Features})";

    private static string Choice(int stretch) => $"Choice{stretch}";
}
