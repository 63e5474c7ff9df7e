using TorchSharp.Modules;
using UAmtfl.Trunks;

namespace UAmtfl.Training;

/// <summary>Says why a training cannot go on.</summary>
internal static class TrainingErrors
{
    /// <summary>Makes the error of a training in which a number is no longer finite.</summary>
    /// <param name="epoch">The index of the epoch, 0 for the first.</param>
    /// <param name="what">What is no longer finite: <c>the objective</c>.</param>
    /// <param name="rate">The learning rate of the epoch.</param>
    public static UAmtflException Diverged(int epoch, string what, double rate) =>
        new(
            $"training diverged in epoch {epoch + 1}: {what} is no longer finite; "
                + $"lower the learning rate ({rate}) or the hyper-parameters");

    /// <summary>Makes the error of a network whose trunk cannot be trained.</summary>
    /// <param name="network">The network, whose first module is its trunk, or a list of trunks.</param>
    /// <param name="problem">What is wrong with the trunk, and what to do.</param>
    /// <param name="cause">The exception that a step ended in.</param>
    public static UAmtflException Untrainable(Network network, string problem, Exception cause)
    {
        var trunk = network.named_children().First().module;
        var name = (
            trunk.GetType().Name.StartsWith(nameof(ModuleList<>), StringComparison.Ordinal) ? trunk.children().First() : trunk).GetName();
        return new($"variant {network.GetName()} cannot be trained through trunk {name}: {problem}", cause);
    }
}
