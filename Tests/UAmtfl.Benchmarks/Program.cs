using System.CommandLine;
using System.Diagnostics;
using BenchmarkDotNet.Running;
using UAmtfl.Benchmarks;

var generator = new Option<bool>("--generator") { Description = "the generator with BenchmarkDotNet, instead of the default measurements" };
var memory = new Option<bool>("--memory") { Description = "memory over many epochs, instead of the default measurements" };
var single = new Option<bool>("--single-task") { Description = "networks that share nothing, instead of the default measurements" };
var taskGradients = new Option<bool>("--task-gradients") { Description = "gradients of all tasks with respect to the trunk, instead of the default measurements" };
var aggregators = new Option<bool>("--aggregators") { Description = "the weights of gradient-based strategies, instead of the default measurements" };
var epochs = new Option<int>("--epochs") { Description = "epochs of --memory, at least 200", DefaultValueFactory = _ => 1000 };
var seconds = new Option<double>("--seconds") { Description = "how long each comparison of steps measures", DefaultValueFactory = _ => 12 };
epochs.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < 200)
    {
        result.AddError("--epochs must be at least 200");
    }
});
var strategies = new Option<bool>("--strategies") { Description = "training steps with each weighting, instead of the default measurements" };
var command = new RootCommand("Measures UAmtfl: each quantity beside what it is compared with and the floor it must meet.") { generator, memory, epochs, seconds, single, taskGradients, aggregators, strategies };
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
    if (parsed.GetValue(memory))
    {
        new MemoryRun(results).Measure(parsed.GetValue(epochs));
    }
    else if (parsed.GetValue(single))
    {
        new SingleTaskComparison(results, TimeSpan.FromSeconds(parsed.GetValue(seconds))).Drugs();
    }
    else if (parsed.GetValue(taskGradients))
    {
        new TaskGradientTimes(results, TimeSpan.FromSeconds(parsed.GetValue(seconds))).Perceptron();
    }
    else if (parsed.GetValue(aggregators))
    {
        new AggregatorTimes(results, TimeSpan.FromSeconds(parsed.GetValue(seconds))).Measure();
    }
    else if (parsed.GetValue(strategies))
    {
        new StrategySteps(results, TimeSpan.FromSeconds(parsed.GetValue(seconds))).Measure();
    }
    else
    {
        var steps = new StepComparison(results, TimeSpan.FromSeconds(parsed.GetValue(seconds)));
        steps.LeNet();
        steps.Perceptrons();
        steps.ManyTasks();
        new SingleTaskComparison(results, TimeSpan.FromSeconds(parsed.GetValue(seconds))).Drugs();
        new GeneratorTimes(results).Measure();
    }

    Console.WriteLine(FormattableString.Invariant($"\n{(results.Missed == 0 ? "all floors met" : $"{results.Missed} missed")}, {watch.Elapsed.TotalSeconds:0} s"));
    return results.Missed == 0 ? 0 : 1;
});
return command.Parse(args).Invoke();
