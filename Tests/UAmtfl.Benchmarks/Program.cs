using System.CommandLine;
using System.Diagnostics;
using BenchmarkDotNet.Running;
using UAmtfl.Benchmarks;

const string Instead = ", instead of the default measurements";
var check = new Option<bool>("--check") { Description = "whether the alternatives of every comparison do equal work, without timing" };
var generator = new Option<bool>("--generator") { Description = "the generator with BenchmarkDotNet" + Instead };
var labelModels = new Option<bool>("--label-models") { Description = "fits of label models to a million rows" + Instead };
var memory = new Option<bool>("--memory") { Description = "memory over many epochs" + Instead };
var prediction = new Option<bool>("--prediction") { Description = "predictions of a loaded model" + Instead };
var single = new Option<bool>("--single-task") { Description = "networks that share nothing" + Instead };
var taskGradients = new Option<bool>("--task-gradients") { Description = "gradients of all tasks with respect to the trunk" + Instead };
var weights = new Option<bool>("--weights")
{
    Description = "the weights of gradient-based weightings, from given inner products" + Instead,
};
var weightings = new Option<bool>("--weightings") { Description = "training steps with each weighting" + Instead };
var epochs = new Option<int>("--epochs") { Description = "epochs of --memory, at least 200", DefaultValueFactory = _ => 1000 };
var only = new Option<string>("--only")
{
    Description = "the comparisons of steps whose title has this text: T = 100", DefaultValueFactory = _ => "",
};
var seconds = new Option<double>("--seconds")
{
    Description = "how long each comparison of steps measures", DefaultValueFactory = _ => 12,
};
epochs.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < 200)
    {
        result.AddError("--epochs must be at least 200");
    }
});
var keystrokes = new Option<bool>("--keystrokes")
{
    Description = "the generator's time after each kind of edit, instead of the default measurements",
};
var command = new RootCommand("Measures UAmtfl: each quantity beside what it is compared with and the floor it must meet.")
{
    check, generator, keystrokes, labelModels, memory, epochs, only, prediction, seconds, single, taskGradients, weights, weightings,
};
command.SetAction(parsed =>
{
    if (parsed.GetValue(generator))
    {
        BenchmarkRunner.Run<GeneratorBenchmarks>();
        return 0;
    }

    if (!LikeAWorker.IsSo)
    {
        return LikeAWorker.StartAgain(args);
    }

    LikeAWorker.Settle();
    var watch = Stopwatch.StartNew();
    var results = new Results();
    var budget = TimeSpan.FromSeconds(parsed.GetValue(seconds));
    var steps = new StepComparison(results, budget, parsed.GetValue(only)!);
    var alone = new SingleTaskComparison(results, budget);
    var editor = new GeneratorTimes(results);
    (Option<bool> Option, IComparison Comparison)[] further =
    [
        (keystrokes, editor),
        (labelModels, new LabelModelTimes(results)),
        (memory, new MemoryRun(results, parsed.GetValue(epochs))),
        (prediction, new PredictionTimes(results, budget)),
        (single, alone),
        (taskGradients, new TaskGradientTimes(results, budget)),
        (weights, new WeightTimes(results, budget)),
        (weightings, new WeightingSteps(results, budget)),
    ];
    if (parsed.GetValue(check))
    {
        return Check([steps, .. further.Select(f => f.Comparison)], watch);
    }

    List<IComparison> chosen = [.. further.Where(f => parsed.GetValue(f.Option)).Select(f => f.Comparison)];
    (chosen.Count > 0 ? chosen : parsed.GetValue(only)!.Length > 0 ? [steps] : [steps, alone, editor]).ForEach(c => c.Measure());
    Console.WriteLine(
        FormattableString.Invariant(
            $"\n{(results.Missed == 0 ? "all floors met" : $"{results.Missed} missed")}, {watch.Elapsed.TotalSeconds:0} s"));
    return results.Missed == 0 ? 0 : 1;
});
return command.Parse(args).Invoke();

static int Check(IReadOnlyList<IComparison> comparisons, Stopwatch watch)
{
    var broken = 0;
    foreach (var comparison in comparisons)
    {
        try
        {
            comparison.Check();
        }
        catch (UAmtflException e)
        {
            broken++;
            Console.WriteLine($"  error: {e.Message}");
        }
    }

    Console.WriteLine(
        FormattableString.Invariant(
            $"benchmarks: {(broken == 0 ? "equal work in every comparison" : $"{broken} broken")}, {watch.Elapsed.TotalSeconds:0} s"));
    return broken == 0 ? 0 : 1;
}
