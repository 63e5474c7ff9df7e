using Microsoft.Extensions.Configuration;
using UAmtfl.Descriptors;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Hosting;

/// <summary>Refuses settings of the training that change no number, because the record of the run would state them as if they did. A
/// setting whose value is the declared one stays.</summary>
internal static class UnusedTraining
{
    /// <summary>Throws if a variant reads none of its own settings of a name, or no variant a setting for all of them.</summary>
    /// <param name="variants">All variants of the experiment.</param>
    /// <param name="chosen">The names of those that are run.</param>
    /// <param name="section">The section of the experiment.</param>
    /// <param name="typed">The paths of the settings on the command line, which are about this run. One of a file may be for a variant
    /// that this run leaves out.</param>
    /// <exception cref="UAmtflException">There is such a setting.</exception>
    public static void Refuse(
        IReadOnlyList<ResolvedVariant> variants, IReadOnlySet<string> chosen, IConfigurationSection section, IReadOnlySet<string> typed)
    {
        List<ResolvedVariant> run = [.. variants.Where(v => chosen.Contains(v.Descriptor.Name))];
        foreach (var setting in Training(section))
        {
            var (readers, each) = typed.Contains(setting.Path) ? (run, "variant that is run") : (variants, $"variant of {section.Key}");
            Refuse(setting, readers, $"no {each} has", $"each {each}");
        }

        foreach (var variant in run)
        {
            var name = $"variant {variant.Descriptor.Name}";
            foreach (var setting in Training(section.GetSection(variant.Descriptor.Name)))
            {
                Refuse(setting, [variant], $"{name} has not", name);
            }
        }
    }

    /// <summary>Throws if settings make AdamW the optimiser, and no variant has a decay that it would treat otherwise than Adam.</summary>
    /// <param name="variants">The variants that are run.</param>
    /// <param name="counts">The number of training labels of each task, [T].</param>
    /// <exception cref="UAmtflException">There is no decay.</exception>
    public static void RefuseDecay(IReadOnlyList<ResolvedVariant> variants, Tensor counts)
    {
        List<ResolvedVariant> set = [.. variants.Where(v => v.Bound is BoundNetwork
            && v is { Plan.Optimizer: OptimizerKind.AdamW, Descriptor.Plan.Optimizer: not OptimizerKind.AdamW })];
        if (set.Count > 0 && !set.Exists(v => Decays(v, counts)))
        {
            throw new UAmtflException(
                $"variant {set[0].Descriptor.Name} cannot be trained: the optimiser AdamW keeps the decay of [L2] out of the moments, and "
                + "there is none; add [L2(0.01)], or set Optimizer to Adam");
        }
    }

    private static IEnumerable<IConfigurationSection> Training(IConfigurationSection section) =>
        section.GetSection(TrainingPlanBinder.Key).GetChildren();

    private static void Refuse(IConfigurationSection setting, IReadOnlyList<ResolvedVariant> readers, string lacking, string solved)
    {
        if (!readers.Any(r => Changes(setting, r.Descriptor.Plan)))
        {
            return;
        }

        List<ResolvedVariant> trained = [.. readers.Where(r => !r.Descriptor.Fitted)];
        if (trained.Count == 0)
        {
            throw new UAmtflException($"setting {setting.Path} has no effect, because an exact solver fits {solved}: leave it out");
        }

        if (trained.TrueForAll(r => Lack(setting.Key, r.Plan) is not null) && Lack(setting.Key, trained[0].Plan) is var (what, remedy))
        {
            throw new UAmtflException($"setting {setting.Path} has no effect without {what}, which {lacking}: leave it out, or {remedy}");
        }
    }

    /// <summary>True if a setting has another value than the declared plan.</summary>
    private static bool Changes(IConfigurationSection setting, TrainingPlan declared)
    {
        var alone = new ConfigurationBuilder().AddInMemoryCollection([new(setting.Path, setting.Value)]).Build();
        return TrainingPlanBinder.Bind(declared, alone.GetSection(ConfigurationPath.GetParentPath(setting.Path)!)) != declared;
    }

    /// <summary>Says what a plan lacks for a value to have an effect, and how to set it; null if it lacks nothing.</summary>
    private static (string What, string Remedy)? Lack(string key, TrainingPlan plan)
    {
        var steps = plan.Schedule == ScheduleKind.Step && (plan.DecayAt < 1 || plan.DecayAlsoAt.Count > 0);
        return plan switch
        {
            { Optimizer: OptimizerKind.Sgd } when Is(nameof(plan.Beta1), nameof(plan.Beta2), nameof(plan.Epsilon)) =>
                ("the optimiser Adam or AdamW", "set Optimizer to Adam"),
            { Optimizer: not OptimizerKind.Sgd } when Is(nameof(plan.Momentum), nameof(plan.Nesterov)) =>
                ("the optimiser Sgd", "set Optimizer to Sgd"),
            { DecayFactor: 1 } when steps && Is(nameof(plan.DecayAt), nameof(plan.DecayAlsoAt)) =>
                ("a DecayFactor other than 1", "set DecayFactor, such as to 0.1"),
            { Schedule: ScheduleKind.Step or ScheduleKind.Cosine } when !steps && Is(nameof(plan.DecayFactor)) =>
                ("a schedule that reads it", "set DecayAt, or Schedule to Exponential or Plateau"),
            { Schedule: ScheduleKind.Step } when Is(nameof(plan.DecayFloor)) =>
                ("the schedule Cosine, Exponential or Plateau", "set Schedule to one"),
            { Schedule: not ScheduleKind.Plateau } when Is(nameof(plan.PlateauPatience), nameof(plan.PlateauThreshold)) =>
                ("the schedule Plateau", "set Schedule to Plateau"),
            { Patience: 0 } when Is(nameof(plan.Monitor)) => ("early stopping", "set Patience"),
            _ => null,
        };

        bool Is(params string[] names) => names.Contains(key, StringComparer.OrdinalIgnoreCase);
    }

    private static bool Decays(ResolvedVariant variant, Tensor counts)
    {
        using var scope = NewDisposeScope();
        using var objective = NetworkRecord.Build(variant.Descriptor.Name, (BoundNetwork)variant.Bound, counts);
        using var network = objective.Network;
        return objective.Groups.Any(g => g.Decay > 0);
    }
}
