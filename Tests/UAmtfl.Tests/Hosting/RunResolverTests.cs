using UAmtfl.Descriptors;
using UAmtfl.Hosting;
using UAmtfl.Training;

namespace UAmtfl.Tests.Hosting;

public class RunResolverTests
{
    private static readonly RunOptions Plain = new() { Experiment = "mnist" };

    [Fact]
    public void WithoutConfigurationTheDeclarationHolds()
    {
        var run = Fake.Resolve(Plain);
        Assert.Equal([1, 2, 3], run.Seeds);
        Assert.Equal(["Cnn", "UAmtfl"], run.Variants.Select(v => v.Descriptor.Name));
        Assert.Equal(new TrainingPlan { Epochs = 8, BatchSize = 10 }, run["Cnn"].Plan);
        Assert.Equal(0.1, run["Cnn"].Bound.Values["Alpha"]);
    }

    [Fact]
    public void TheNearerSettingWinsAndOptionsWinOverAll()
    {
        (string, string)[] settings =
        [
            ("mnist:Seeds", "5"), ("mnist:Training:Epochs", "20"), ("mnist:Training:LearningRate", "0.5"),
            ("mnist:UAmtfl:Training:Epochs", "30"), ("mnist:UAmtfl:Alpha", "0.7"),
        ];
        var run = Fake.Resolve(Plain, settings);
        Assert.Equal(5, run.Seeds.Count);
        Assert.Equal(new TrainingPlan { Epochs = 20, BatchSize = 10, LearningRate = 0.5 }, run["Cnn"].Plan);
        Assert.Equal(new TrainingPlan { Epochs = 30, BatchSize = 10, LearningRate = 0.5 }, run["UAmtfl"].Plan);
        Assert.Equal(0.7, run["UAmtfl"].Bound.Values["Alpha"]);

        var forced = Fake.Resolve(Plain with { Seeds = 1, Epochs = 2 }, settings);
        Assert.Equal([1], forced.Seeds);
        Assert.All(forced.Variants, v => Assert.Equal(2, v.Plan.Epochs));
    }

    [Fact]
    public void ANamedVariantIsTrainedAlsoWhereItIsOnRequestOnly() =>
        Assert.Equal(
            ["Cnn", "Slow"], Fake.Resolve(Plain with { Variants = ["Slow", "Cnn", "Slow"] }).Variants.Select(v => v.Descriptor.Name));

    [Theory]
    [InlineData("mnist:Sedes", "1", "unknown setting mnist:Sedes; did you mean 'Seeds'?")]
    [InlineData("mnist:UAmtlf:Alpha", "1", "unknown setting mnist:UAmtlf; did you mean 'UAmtfl'?")]
    [InlineData("mnist:UAmtfl:Alhpa", "1", "unknown setting mnist:UAmtfl:Alhpa; did you mean 'Alpha'?")]
    [InlineData("mnist:UAmtfl:Training:Epoch", "1", "unknown setting mnist:UAmtfl:Training:Epoch; did you mean 'Epochs'?")]
    [InlineData("mnist:UAmtfl:Alpha", "-1", "setting mnist:UAmtfl:Alpha is '-1'; it must be at least 0")]
    [InlineData("mnist:UAmtfl:Alpha", "1e400", "setting mnist:UAmtfl:Alpha is '1e400'; it must be a finite number, at least 0")]
    [InlineData("mnist:UAmtfl", "1", "setting mnist:UAmtfl is a section; write mnist:UAmtfl:NAME for a hyper-parameter")]
    [InlineData("mnist:Training", "1", "setting mnist:Training is a section; write mnist:Training:Epochs and the like")]
    [InlineData("mnist:Seeds", "0", "setting mnist:Seeds is '0'; it must be a whole number, at least 1 and at most 10000")]
    public void AMistakeIsRefused(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<UAmtflException>(() => Fake.Resolve(Plain, (key, value))).Message);

    [Fact]
    public void AMistakeInAVariantThatIsNotTrainedIsRefusedToo() =>
        Assert.Throws<UAmtflException>(() => Fake.Resolve(Plain with { Variants = ["Cnn"] }, ("mnist:Slow:Alpha", "x")));

    [Theory]
    [InlineData("Epochs", "0")]
    [InlineData("BatchSize", "0")]
    [InlineData("EvaluateEvery", "0")]
    [InlineData("Optimizer", "Adagrad")]
    [InlineData("LearningRate", "0")]
    [InlineData("Beta1", "1")]
    [InlineData("Beta2", "-0.1")]
    [InlineData("Epsilon", "0")]
    [InlineData("Momentum", "1")]
    [InlineData("DecayAt", "1.5")]
    [InlineData("DecayFactor", "0")]
    [InlineData("Nesterov", "yes")]
    [InlineData("Schedule", "Linear")]
    [InlineData("DecayAlsoAt", "0.5, 1.5")]
    [InlineData("DecayFloor", "1")]
    [InlineData("PlateauPatience", "0")]
    [InlineData("PlateauThreshold", "1")]
    [InlineData("WarmUp", "-1")]
    [InlineData("ClipNorm", "-1")]
    [InlineData("ClipValue", "x")]
    [InlineData("Accumulate", "0")]
    public void EveryValueOfAPlanHasARange(string key, string value)
    {
        var message = Assert.Throws<UAmtflException>(() => Fake.Resolve(Plain, ($"mnist:Training:{key}", value))).Message;
        Assert.StartsWith($"setting mnist:Training:{key} is '{value}'; it must be ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WarmUp=8", "the warm-up takes 8 epochs, but the training has 8; shorten the one, or lengthen the other")]
    [InlineData("Nesterov=true", "Nesterov looks ahead along the momentum of SGD, and there is none; set Momentum, or leave Nesterov out")]
    [InlineData(
        "Schedule=Cosine DecayAlsoAt=0.5",
        "the schedule Cosine takes no steps, but DecayAt or DecayAlsoAt has some; set DecayAt to 1, and DecayAlsoAt to nothing")]
    [InlineData("Schedule=Plateau", "the schedule Plateau would never lower the learning rate; set DecayFactor below 1")]
    [InlineData(
        "Schedule=Plateau DecayFactor=0.5 PlateauPatience=9",
        "the validation error is measured every 10 epochs, and a plateau ends after 9; lower EvaluateEvery, or raise PlateauPatience")]
    [InlineData(
        "Patience=2 Monitor=Task9",
        "early stopping watches the task 'Task9', which there is not: name one of the tasks, * for each of them, or none for the error "
            + "over all; did you mean 'Task0'?")]
    [InlineData("ClipNorm=1 ClipValue=1", "gradients are clipped by norm and by value; set ClipNorm or ClipValue to 0")]
    public void SettingsThatContradictEachOtherAreRefused(string settings, string message) => Assert.Equal(
        $"variant Cnn cannot be trained: {message}",
        Assert.Throws<UAmtflException>(() => Fake.Resolve(Plain, Of(settings))).Message);

    /// <summary>A variant that is not chosen need not be one that can be trained.</summary>
    [Fact]
    public void OnlyTheVariantsThatAreRunMustBeTrainable()
    {
        var experiment = Fake.Experiment();
        experiment = experiment with
        {
            Variants = [.. experiment.Variants.Select(v => v.Name != "Cnn" ? v : v with
            {
                Plan = v.Plan with { Schedule = ScheduleKind.Cosine },
            })],
        };
        var settings = Of("DecayAt=0.5 DecayFactor=0.1");
        var run = Resolve(experiment, Plain with { Variants = ["UAmtfl"] }, settings);
        Assert.Equal(0.5, run["UAmtfl"].Plan.DecayAt);
        Assert.StartsWith("variant Cnn cannot be trained: the schedule Cosine", Refused(experiment, Plain, settings));
    }

    [Theory]
    [InlineData("Momentum=0.9", "Momentum", "the optimiser Sgd", "set Optimizer to Sgd")]
    [InlineData("Optimizer=Sgd beta1=0.5", "beta1", "the optimiser Adam or AdamW", "set Optimizer to Adam")]
    [InlineData("Optimizer=Sgd Epsilon=0.5", "Epsilon", "the optimiser Adam or AdamW", "set Optimizer to Adam")]
    [InlineData("DecayAt=0.5", "DecayAt", "a DecayFactor other than 1", "set DecayFactor, such as to 0.1")]
    [InlineData("DecayAlsoAt=0.5,0.7", "DecayAlsoAt", "a DecayFactor other than 1", "set DecayFactor, such as to 0.1")]
    [InlineData("DecayFactor=0.5", "DecayFactor", "a schedule that reads it", "set DecayAt, or Schedule to Exponential or Plateau")]
    [InlineData("DecayFloor=0.5", "DecayFloor", "the schedule Cosine, Exponential or Plateau", "set Schedule to one")]
    [InlineData("PlateauPatience=20", "PlateauPatience", "the schedule Plateau", "set Schedule to Plateau")]
    [InlineData("Monitor=Task1", "Monitor", "early stopping", "set Patience")]
    public void ASettingThatNoVariantReadsIsRefused(string settings, string key, string lacking, string remedy) => Assert.Equal(
        $"setting mnist:Training:{key} has no effect without {lacking}, which no variant that is run has: leave it out, or {remedy}",
        Refused(Fake.Experiment(), Plain, Of(settings)));

    /// <summary>A setting for all variants needs one that reads it, and one of a variant that variant.</summary>
    [Fact]
    public void AVariantThatReadsASettingMakesItOne()
    {
        (string, string)[] settings = [("mnist:Training:Momentum", "0.9"), ("mnist:UAmtfl:Training:Optimizer", "Sgd")];
        Assert.Equal(0.9, Resolve(Fake.Experiment(), Plain, settings)["UAmtfl"].Plan.Momentum);
        Assert.Equal(
            "setting mnist:Cnn:Training:Momentum has no effect without the optimiser Sgd, which variant Cnn has not: leave it out, or set "
                + "Optimizer to Sgd",
            Refused(Fake.Experiment(), Plain, [.. settings, ("mnist:Cnn:Training:Momentum", "0.9")]));
        (string, string)[] declared =
            [.. Of("Momentum=0 DecayFactor=1 DecayAt=1 PlateauPatience=10"), ("mnist:Cnn:Training:Beta1", "0.9")];
        Assert.Equal(Fake.Resolve(Plain)["Cnn"].Plan, Resolve(Fake.Experiment(), Plain, declared)["Cnn"].Plan);
    }

    /// <summary>A file may have settings for variants that a run leaves out; the command line is about the run.</summary>
    [Fact]
    public void ASettingOnTheCommandLineIsForTheVariantsThatAreRun()
    {
        (string, string)[] settings =
            [("mnist:Training:Momentum", "0.9"), ("mnist:Slow:Training:Optimizer", "Sgd"), ("mnist:slow:Alpha", "2")];
        Assert.Equal(0.9, Fake.Resolve(Plain, settings)["Cnn"].Plan.Momentum);
        Assert.EndsWith("which no variant that is run has: leave it out, or set Optimizer to Sgd", Typed("mnist:Training:Momentum"));
        Assert.Equal(
            "setting mnist:slow:Alpha is of variant Slow, which is not run: leave it out, or choose the variant with --variant Slow",
            Typed("mnist:slow:Alpha"));

        string Typed(string path) => Assert.Throws<UAmtflException>(() => RunResolver.Resolve(
            [Fake.Experiment()], Plain, TestSettings.Configuration(settings), path)).Message;
    }

    /// <summary>An option would override a setting beside it on the command line; one of a file it may override.</summary>
    [Fact]
    public void ANumberIsStatedOnceOnTheCommandLine()
    {
        (string, string)[] settings =
            [("mnist:Seeds", "1"), ("mnist:Training:Epochs", "2"), ("mnist:Cnn:Training:Epochs", "3")];
        var options = Plain with { Seeds = 2, Epochs = 4 };
        Assert.Equal([1, 2], Fake.Resolve(options, settings).Seeds);
        Assert.Equal("setting MNIST:seeds and --seeds both state the number of seeds: leave one of them out", Typed("MNIST:seeds"));
        foreach (var path in new[] { "mnist:Training:Epochs", "mnist:Cnn:Training:Epochs" })
        {
            Assert.Equal($"setting {path} and --epochs both state the number of epochs: leave one of them out", Typed(path));
        }

        string Typed(string path) => Assert.Throws<UAmtflException>(() => RunResolver.Resolve(
            [Fake.Experiment()], options, TestSettings.Configuration(settings), path)).Message;
    }

    [Fact]
    public void AnExactSolverHasNoTraining()
    {
        var experiment = Fake.Experiment();
        experiment = experiment with { Variants = [.. experiment.Variants.Select(v => v with { Fitted = v.Name != "UAmtfl" })] };
        Assert.Equal(20, Resolve(experiment, Plain, Of("Epochs=20"))["UAmtfl"].Plan.Epochs);
        Assert.Equal(
            "setting mnist:Cnn:Training:Epochs has no effect, because an exact solver fits variant Cnn: leave it out",
            Refused(experiment, Plain, ("mnist:Cnn:Training:Epochs", "20")));
        Assert.Equal(
            "setting mnist:Training:LearningRate has no effect, because an exact solver fits each variant that is run: leave it out",
            Refused(experiment, Plain with { Variants = ["Cnn"] }, Of("LearningRate=0.5")));
        Assert.Equal(8, Resolve(experiment, Plain, ("mnist:Cnn:Training:Epochs", "8"))["Cnn"].Plan.Epochs);
    }

    private static ResolvedRun Resolve(ExperimentDescriptor experiment, RunOptions options, params (string Key, string Value)[] typed) =>
        RunResolver.Resolve([experiment], options, TestSettings.Configuration(typed), [.. typed.Select(s => s.Key)]);

    private static string Refused(ExperimentDescriptor experiment, RunOptions options, params (string Key, string Value)[] typed) =>
        Assert.Throws<UAmtflException>(() => Resolve(experiment, options, typed)).Message;

    [Fact]
    public void TheSettingsOfASchedule()
    {
        var plan = Fake.Resolve(
            Plain, Of("Optimizer=Sgd Momentum=0.9 Nesterov=true DecayAt=0.3 DecayAlsoAt=0.6,0.9 DecayFactor=0.5 WarmUp=3 Accumulate=4"))
            .Variants[0].Plan;
        Assert.Equal([0.6, 0.9], plan.DecayAlsoAt);
        Assert.Equal((true, 3, 4), (plan.Nesterov, plan.WarmUp, plan.Accumulate));
        Assert.Equal(
            "1 epoch, 4 batches of 10 a step, Sgd 0.001 with Nesterov's momentum 0.9, after a warm-up of 1 epoch, times 0.5 after 0.3 and "
                + "0.6 and 0.9 of the epochs",
            RunReport.Schedule(plan with { Epochs = 1, WarmUp = 1 }));
    }

    /// <summary>A report says what is special about the training of a part, and when a training ends early.</summary>
    [Fact]
    public void AScheduleNamesFrozenPartsTheirRatesAndTheEnd()
    {
        var plan = new TrainingPlan { Epochs = 6, BatchSize = 32, LearningRate = 0.005, FrozenTrunk = 2, TrunkRate = 0.1, Patience = 1 };
        Assert.Equal(
            "6 epochs, batches of 32, Adam 0.005, trunk frozen for 2 epochs, trunk at 0.1 of the rate, ends after 1 epoch without a "
                + "smaller validation error",
            RunReport.Schedule(plan));
        Assert.EndsWith("0.005, heads frozen, ends after 1 epoch without a smaller validation error of any task", RunReport.Schedule(
            plan with { FrozenTrunk = 0, TrunkRate = 1, FrozenHeads = FreezeAttribute.Always, Monitor = TrainingPlan.EachTask }));
        Assert.EndsWith("validation error of Nine", RunReport.Schedule(plan with { Monitor = "Nine" }));
    }

    private static (string Key, string Value)[] Of(string settings) =>
        [.. settings.Split(' ').Select(s => s.Split('=')).Select(s => ($"mnist:Training:{s[0]}", s[1]))];

    [Fact]
    public void UnknownNamesAreRefusedWithTheNearest()
    {
        Assert.Equal("unknown experiment 'mnits'; did you mean 'mnist'?", Refused(Plain with { Experiment = "mnits" }));
        Assert.Equal("unknown variant 'cnn' of mnist; did you mean 'Cnn'?", Refused(Plain with { Variants = ["cnn"] }));
    }

    [Fact]
    public void SectionsThatAreNoExperimentAreRefused()
    {
        Assert.Equal("unknown section 'mnits' in the settings; did you mean 'mnist'?", Refuse("mnits:Seeds"));
        Assert.Equal("setting school:Seeds is not one of mnist, which is what is run", Refuse("school:Seeds"));

        static string Refuse(string key) => Assert.Throws<UAmtflException>(() =>
            RunConfiguration.RefuseUnknown(TestSettings.Configuration((key, "1")), [new(key, "1")], ["mnist", "school"], "mnist")).Message;
    }

    private static string Refused(RunOptions options) => Assert.Throws<UAmtflException>(() => Fake.Resolve(options)).Message;
}
