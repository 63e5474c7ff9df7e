using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using UAmtfl.Messages;

namespace UAmtfl.Hosting;

/// <summary>The verb <c>run NAME</c>, which trains an experiment and reports on it.</summary>
internal static class RunVerb
{
    /// <summary>The name of the verb.</summary>
    public const string Name = "run";

    /// <summary>The option that continues a run.</summary>
    public const string Resume = "--resume";

    /// <summary>The option that sets the number of worker processes.</summary>
    public const string Parallel = "--parallel";

    /// <summary>The option that limits the time of a run.</summary>
    public const string MaxTime = "--max-time";

    /// <summary>The option that checks shapes with one step.</summary>
    public const string DryRun = "--dry-run";

    /// <summary>The option that trains on one batch.</summary>
    public const string OverfitBatch = "--overfit-batch";

    /// <summary>The option that names the runs of other experiments which variants start from.</summary>
    public const string StartFrom = "--start-from";

    /// <summary>The option that shows stack traces.</summary>
    public const string Verbose = "--verbose";

    private static readonly string[] Devices = ["cpu", "cuda"];

    /// <summary>Creates the verb <c>run</c>.</summary>
    public static Command Create(ProgramContext context)
    {
        var name = new Argument<string>("name") { Description = "The experiment.", Arity = ArgumentArity.ZeroOrOne };
        var seeds = Whole("--seeds", "The number of seeds.", NumberAttribute.Of<ExperimentAttribute>(nameof(ExperimentAttribute.Seeds)));
        var epochs = Whole(
            "--epochs", "The number of epochs of every variant.", NumberAttribute.Of<TrainingAttribute>(nameof(TrainingAttribute.Epochs)));
        var variants = new Option<string[]>("--variant")
        {
            Description = "Trains this variant only; may be repeated.",
            Arity = ArgumentArity.OneOrMore,
        };
        var starts = new Option<string[]>(StartFrom)
        {
            Description = "The folder of a run of another experiment, from whose models variants start; may be repeated.",
            Arity = ArgumentArity.OneOrMore,
        };
        var device = new Option<string>("--device") { Description = "cpu or cuda.", DefaultValueFactory = _ => "cpu" };
        device.Validators.Add(RefuseUnknownDevice);
        var data = DataVerb.DataOption();
        var mirror = DataVerb.MirrorOption();
        var parallel = Whole(
            Parallel,
            $"The number of worker processes; by default one for each core, at most {WorkerCount.OnOneGpu} with cuda; "
            + "0 to train inside this process.",
            0,
            RunLimits.Workers);
        var threads = Whole("--threads", "The number of threads of each worker; 1 by default.", 1, RunLimits.Threads);
        var every = Whole(
            "--checkpoint-every",
            "The number of epochs from one checkpoint to the next; 0 for none, by default as many as cost at most a hundredth of the "
            + "time.",
            0,
            int.MaxValue);
        var maxTime = Duration(
            MaxTime, "The time after which trainings stop with a checkpoint, such as 90m or 2h; run --resume goes on with them.");
        var output = new Option<string>("--output")
        {
            Description = "The folder in which the run folder is made.",
            DefaultValueFactory = _ => RunOptions.DefaultOutput,
        };
        var environment = new Option<string>("--environment") { Description = "Reads appsettings.NAME.json too." };
        var resume = new Option<string>(Resume)
        {
            Description = "Continues the run in this folder, with the settings that it was started with.",
        };
        var dryRun = new Option<bool>(DryRun)
        {
            Description = "Makes one step with each variant, prints the shapes and numbers of parameters, and writes nothing.",
        };
        var overfit = new Option<bool>(OverfitBatch)
        {
            Description = "Trains each variant on one batch, to see if it can learn; prints a table, and writes nothing.",
        };
        var verbose = new Option<bool>(Verbose) { Description = "Shows stack traces." };

        var command = new Command(Name, "Trains an experiment, every variant with every seed, and reports on it.")
        {
            name, seeds, epochs, variants, starts, device, data, mirror, parallel, threads, every, maxTime, output,
            environment, resume, dryRun, overfit, verbose,
        };
        command.SetAction(parsed => parsed.GetValue(resume) is { } folder
            ? ResumedRun.StartAsync(
                context, folder, given: [.. parsed.CommandResult.Children.Select(NameOf).OfType<string>()],
                original => Options(command.Parse(original)), parsed.GetValue(parallel), Limit(parsed))
            : RunHost.RunAsync(context, Options(parsed)));
        return command;

        BatchCheckKind Check(ParseResult parsed)
        {
            var kind = parsed.GetValue(dryRun) ? BatchCheckKind.DryRun
                : parsed.GetValue(overfit) ? BatchCheckKind.OverfitBatch
                : BatchCheckKind.None;
            var (name, useless) = kind == BatchCheckKind.DryRun
                ? (DryRun, new Option[] { overfit, epochs, parallel, every, maxTime, output })
                : (OverfitBatch, [parallel, every, maxTime, output]);
            return kind != BatchCheckKind.None && useless.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } given
                ? throw new UAmtflException($"{name} writes no run, but {given.Name} was given; drop one of them")
                : kind;
        }

        TimeLimit? Limit(ParseResult parsed) => parsed.GetValue(maxTime) is { } time ? TimeLimit.After(time) : null;

        RunOptions Options(ParseResult parsed) => new()
        {
            Experiment = parsed.GetValue(name)
                ?? throw new UAmtflException(
                    $"run needs the name of an experiment; known are: {string.Join(", ", context.Experiments().Select(e => e.Name))}"),
            Seeds = parsed.GetValue(seeds),
            Epochs = parsed.GetValue(epochs),
            Variants = parsed.GetValue(variants) ?? [],
            StartRuns = parsed.GetValue(starts) ?? [],
            Device = parsed.GetRequiredValue(device),
            Data = parsed.GetValue(data),
            Mirror = parsed.GetValue(mirror),
            Parallel = parsed.GetValue(parallel),
            Threads = parsed.GetValue(threads) ?? 1,
            CheckpointEvery = parsed.GetValue(every),
            Check = Check(parsed),
            Limit = Limit(parsed) ?? TimeLimit.None,
            Output = parsed.GetRequiredValue(output),
            Environment = parsed.GetValue(environment),
            CommandLine = context.CommandLine,
        };
    }

    /// <summary>Returns the argument or the name of the option that was typed; null for one that has its default.</summary>
    private static string? NameOf(SymbolResult result) => result switch
    {
        OptionResult { Implicit: false } option => option.Option.Name,
        ArgumentResult { Tokens: [var typed, ..] } => typed.Value,
        _ => null,
    };

    private static Option<int?> Whole(string name, string description, NumberAttribute range) =>
        Whole(name, description, (int)range.Minimum, (int)range.Maximum);

    private static Option<int?> Whole(string name, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
                && value >= minimum
                && value <= maximum)
            {
                return value;
            }

            result.AddError($"option {name} is '{text}'; it must be a whole number, at least {minimum} and at most {maximum}");
            return null;
        },
    };

    private static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (TimeLimit.Duration(text) is { } duration)
            {
                return duration;
            }

            result.AddError($"option {name} is '{text}'; it must be a number above 0 with a unit: 90s, 30m, 2h or 1.5d");
            return null;
        },
    };

    private static void RefuseUnknownDevice(OptionResult result)
    {
        var text = result.Tokens.Count == 0 ? null : result.Tokens[^1].Value;
        if (text is not null && !Devices.Contains(text))
        {
            result.AddError($"option --device is '{text}'; {Nearest.Hint(text, Devices)}");
        }
    }
}
