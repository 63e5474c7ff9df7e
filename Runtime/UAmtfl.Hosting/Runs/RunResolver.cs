using Microsoft.Extensions.Configuration;
using UAmtfl.Descriptors;
using UAmtfl.Messages;
using UAmtfl.Tasks;

namespace UAmtfl.Hosting;

/// <summary>Reads the configuration of an experiment: <c>name:Seeds</c>, <c>name:Training:…</c> for all variants, <c>name:Dataset:…</c>
/// for the data set, <c>name:Variant:…</c> for hyper-parameters and <c>name:Variant:Training:…</c>. Options of the command line
/// override all of them.</summary>
internal static class RunResolver
{
    private const string SeedsKey = "Seeds";
    private const string DatasetKey = "Dataset";

    /// <summary>Binds and checks the whole configuration, including that of variants that will not be trained, because a mistake should
    /// be reported before hours of training. Only the variants that will be trained must be such that they can be.</summary>
    /// <param name="experiments">The registered experiments.</param>
    /// <param name="options">The options.</param>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="typed">The paths of the settings on the command line.</param>
    /// <exception cref="UAmtflException">Something is unknown or out of range.</exception>
    public static ResolvedRun Resolve(
        IReadOnlyList<ExperimentDescriptor> experiments, RunOptions options, IConfiguration configuration, params string[] typed)
    {
        var experiment = ResolvedRun.Find(experiments, options.Experiment);
        experiment.Tasks.CheckMetrics();
        var chosen = Choose(experiment, options.Variants);
        var section = configuration.GetSection(experiment.Name);
        var settings = new Settings(section);
        var seeds = settings.Integer(
            SeedsKey, experiment.Seeds, NumberAttribute.Of<ExperimentAttribute>(nameof(ExperimentAttribute.Seeds)));
        settings.RefuseUnknown(experiment.Variants.Select(v => v.Name).Prepend(TrainingPlanBinder.Key).Prepend(DatasetKey));

        var training = section.GetSection(TrainingPlanBinder.Key);
        var variants = experiment.Variants.Select(v => Resolve(v, training, section.GetSection(v.Name), options.Epochs)).ToList();
        RefuseLeftOut(experiment, chosen, typed);
        RefuseTwice(experiment, options, typed);
        List<ResolvedVariant> run = [.. variants.Where(v => chosen.Contains(v.Descriptor.Name))];
        run.ForEach(v => RequireTrainable(v, experiment.Tasks));
        UnusedTraining.Refuse(variants, chosen, section, typed.ToHashSet(StringComparer.OrdinalIgnoreCase));
        return new(
            experiment,
            run,
            [.. Enumerable.Range(1, options.Seeds ?? seeds)],
            DatasetOptions(experiment, section.GetSection(DatasetKey)))
        {
            StartRuns = StartRuns.Find([.. run.Select(v => v.Descriptor)], options.StartRuns),
        };
    }

    /// <summary>Binds the hyper-parameters of a variant to settings that were read from the configuration.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="path">The path of the settings in the configuration, for messages.</param>
    /// <param name="settings">The settings, keys relative to the path.</param>
    /// <exception cref="UAmtflException">A key is unknown, or a value is out of range.</exception>
    public static BoundVariant Bind(VariantDescriptor variant, string path, IReadOnlyDictionary<string, string> settings)
    {
        var entries = settings.Select(s => KeyValuePair.Create($"{path}:{s.Key}", (string?)s.Value));
        var bindable = new Settings(new ConfigurationBuilder().AddInMemoryCollection(entries).Build().GetSection(path));
        var bound = variant.Bind(bindable);
        bindable.RefuseUnknown([TrainingPlanBinder.Key]);
        return bound;
    }

    /// <summary>Binds the training plan and the hyper-parameters of one variant.</summary>
    private static ResolvedVariant Resolve(VariantDescriptor variant, IConfigurationSection shared, IConfigurationSection own, int? epochs)
    {
        if (!string.IsNullOrEmpty(own.Value))
        {
            throw new UAmtflException($"setting {own.Path} is a section; write {own.Path}:NAME for a hyper-parameter");
        }

        var training = own.GetSection(TrainingPlanBinder.Key);
        var plan = TrainingPlanBinder.Bind(TrainingPlanBinder.Bind(variant.Plan, shared), training);
        plan = plan with { Epochs = epochs ?? plan.Epochs };
        var settings = own.AsEnumerable(makePathsRelative: true)
            .Where(s => s.Value is not null && !IsTraining(s.Key))
            .ToDictionary(s => s.Key, s => s.Value!, StringComparer.OrdinalIgnoreCase);
        var resolved = new ResolvedVariant(variant, Bind(variant, own.Path, settings), plan, settings);
        foreach (var point in resolved.Points)
        {
            resolved.At(point);
        }

        return resolved;
    }

    private static void RequireTrainable(ResolvedVariant variant, TaskSet tasks)
    {
        var (descriptor, plan) = (variant.Descriptor, variant.Plan);
        if (!descriptor.Fitted && plan.Contradiction(descriptor.Weighting is null ? null : "its weighting") is { } contradiction)
        {
            throw new UAmtflException($"variant {descriptor.Name} cannot be trained: {contradiction}");
        }

        try
        {
            plan.RequireMonitor(tasks, descriptor.TrainedOn);
        }
        catch (UAmtflException failure)
        {
            throw new UAmtflException($"variant {descriptor.Name} cannot be trained: {failure.Message}", failure);
        }
    }

    /// <summary>Throws if the command line sets something of a variant that is not run.</summary>
    private static void RefuseLeftOut(ExperimentDescriptor experiment, HashSet<string> chosen, string[] typed)
    {
        foreach (var name in experiment.Variants.Select(v => v.Name).Where(name => !chosen.Contains(name)))
        {
            if (typed.FirstOrDefault(t => t.StartsWith($"{experiment.Name}:{name}:", StringComparison.OrdinalIgnoreCase)) is { } setting)
            {
                throw new UAmtflException(
                    $"setting {setting} is of variant {name}, which is not run: leave it out, or choose the variant with "
                    + $"--variant {name}");
            }
        }
    }

    /// <summary>Throws if the command line states a number both as a setting and as an option, which would override it.</summary>
    private static void RefuseTwice(ExperimentDescriptor experiment, RunOptions options, string[] typed)
    {
        bool Ends(string setting, string key) => setting.Equals($"{experiment.Name}:{key}", StringComparison.OrdinalIgnoreCase)
            || experiment.Variants.Any(v => setting.Equals($"{experiment.Name}:{v.Name}:{key}", StringComparison.OrdinalIgnoreCase));

        foreach (var (given, key, option, what) in new[]
        {
            (options.Seeds, SeedsKey, "--seeds", "seeds"),
            (options.Epochs, $"{TrainingPlanBinder.Key}:{nameof(TrainingAttribute.Epochs)}", "--epochs", "epochs"),
        })
        {
            if (given is not null && typed.FirstOrDefault(setting => Ends(setting, key)) is { } setting)
            {
                throw new UAmtflException($"setting {setting} and {option} both state the number of {what}: leave one of them out");
            }
        }
    }

    private static Dictionary<string, string> DatasetOptions(ExperimentDescriptor experiment, IConfigurationSection section)
    {
        new Settings(section).RefuseUnknown(experiment.NewDataset().Options);
        return section.GetChildren().Where(c => c.Value is not null)
            .ToDictionary(c => c.Key, c => c.Value!, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsTraining(string key) =>
        key.Equals(TrainingPlanBinder.Key, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith(TrainingPlanBinder.Key + ":", StringComparison.OrdinalIgnoreCase);

    private static HashSet<string> Choose(ExperimentDescriptor experiment, IReadOnlyList<string> named)
    {
        var names = experiment.Variants.Select(v => v.Name).ToList();
        if (named.FirstOrDefault(n => !names.Contains(n)) is { } unknown)
        {
            throw new UAmtflException($"unknown variant '{unknown}' of {experiment.Name}; {Nearest.Hint(unknown, names)}");
        }

        HashSet<string> chosen = [.. named.Count > 0 ? named : experiment.Variants
            .Where(v => !v.OnRequest && v.Role != VariantRole.PreTraining).Select(v => v.Name)];
        for (var added = chosen.ToList(); added.Count > 0;)
        {
            added = [.. added.Select(name => experiment.Variants.First(v => v.Name == name).Start?.Variant).OfType<string>()
                .Where(chosen.Add)];
        }

        return chosen;
    }
}
