using UAmtfl.Descriptors;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Printed;

/// <summary>For every method, the training step (gradients, weight decay, proximal steps) is that of the printed objective. Each term is
/// looked up by its text, so that neither the text nor the step can change alone.</summary>
public sealed class PrintedObjectiveTests
{
    private const double Rate = 0.05;

    private static readonly ExperimentDescriptor[] Experiments =
    [
        Everything.Descriptor, EverythingSingle.Descriptor, EverythingClasses.Descriptor, EverythingLosses.Descriptor,
        EverythingScales.Descriptor,
    ];

    public static TheoryData<string, string> Variants => Built.Variants(Experiments);

    [Theory]
    [MemberData(nameof(Variants))]
    public void TheStepIsThatOfThePrintedObjective(string experiment, string name)
    {
        using var scope = NewDisposeScope();
        var declared = Experiments.Single(e => e.Name == experiment);
        using var built = new Built(declared, name);
        using var copy = new Built(declared, name);
        var formula = Formula.Of(built.Descriptor.Objective);
        var reference = new Reference(copy);
        var subgradient = Subgradient(built);
        var others = formula.Terms.Skip(1).ToList();
        var smooth = others.Where(t =>
            OtherTerms.Smooth.ContainsKey(t)
            || (subgradient
                && t.Contains("‖₁", StringComparison.Ordinal)
                && OtherTerms.Sharp.ContainsKey(t)
                && !t.Contains("‖Q‖", StringComparison.Ordinal))).ToList();
        var sharp = others.Except(smooth).ToList();
        Assert.All(sharp, t => Assert.True(OtherTerms.Sharp.ContainsKey(t), $"There is no reference for the term {t}."));
        var shared = smooth.Select(t => OtherTerms.Smooth.GetValueOrDefault(t) ?? OtherTerms.Sharp[t])
            .Select(f => f(reference))
            .Aggregate(zeros([], dtype: float64), (a, b) => a + b);
        using var seen = new Built(declared, name);
        var expected = PrintedGradients.Of(copy, reference, formula, shared, seen);

        built.Accumulate();
        var decayed = built.Variant.Groups.SelectMany(g => g.Parameters.Select(p => (Path: Path(built, p), g.Decay)))
            .ToDictionary(g => g.Path, g => g.Decay);
        foreach (var (path, parameter) in built.Named.Where(p => expected.ContainsKey(p.Name)))
        {
            using var frozen = no_grad();
            Close(expected[path], parameter.grad! + (parameter.detach() * decayed.GetValueOrDefault(path)), $"{path} of {name}");
        }

        // The optimiser's step is gradient descent; after the proximal step the parameters minimise the penalties that are not smooth,
        // near where they were.
        var gradients = built.Named.ToDictionary(p => p.Name, p => p.Parameter.grad!.clone());
        using var optimizer = Trainer.CreateOptimizer(built.Descriptor.Plan with { LearningRate = Rate }, built.Variant);
        foreach (var (path, parameter) in built.Named.Where(p => decayed.ContainsKey(p.Name)))
        {
            parameter.grad = gradients[path];
        }

        using var still = no_grad();
        var before = built.Named.ToDictionary(p => p.Name, p => p.Parameter.detach().clone());
        optimizer.Step(Rate);
        foreach (var (path, parameter) in built.Named.Where(p => expected.ContainsKey(p.Name) && decayed.ContainsKey(p.Name)))
        {
            var scale = built.Variant.Groups.Single(g => g.Parameters.Any(p => ReferenceEquals(p, parameter))).LearningRateScale;
            Close(before[path] - (expected[path] * Rate * scale), parameter, $"{path} of {name} after the step");
        }

        if (sharp.Count > 0)
        {
            var half = built.Named.ToDictionary(p => p.Name, p => p.Parameter.detach().clone());
            built.Variant.Project(Rate, Rate);
            IsProximal(built, half, sharp.Select(t => OtherTerms.Sharp[t]).ToList());
        }
    }

    /// <summary>The printed objective names the loss of each kind of task.</summary>
    [Fact]
    public void KindsArePrinted()
    {
        Assert.EndsWith(
            "; ℓ_1…ℓ_2 = BCE(o_t, y_t); ℓ_3…ℓ_4 = MSE(o_t, y_t); ℓ_5 = CE(o_t, y_t)",
            Everything.Sum.Descriptor.Objective,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "; ℓ_1…ℓ_2 = BCE(o_t / σ_t², y_t); ℓ_3…ℓ_4 = MSE(o_t, y_t) / 2σ_t²; ℓ_5 = CE(o_t / σ_t², y_t)",
            Everything.Exact.Descriptor.Objective,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "; ℓ_1…ℓ_2 = (BCE(o_t / σ_t², y_t) + δ_t); ℓ_3…ℓ_4 = (MSE(o_t, y_t) + δ_t) / 2σ_t²; ℓ_5 = (CE(o_t / σ_t², y_t) + δ_t)",
            Everything.LiteralExact.Descriptor.Objective,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "; ℓ_1 = BCE(o_t, y_t) / σ_t²; ℓ_2 = MAE(o_t, y_t) / σ_t; ℓ_3 = Quantile[τ = 0.8](o_t, y_t) / σ_t; "
                + "ℓ_4 = MSE(o_t, y_t) / 2σ_t²",
            EverythingScales.Approximate.Descriptor.Objective,
            StringComparison.Ordinal);
    }

    /// <summary>Every loss of the language is on a task of these experiments.</summary>
    [Fact]
    public void EveryLossIsThere()
    {
        var printed = EverythingLosses.Sum.Descriptor.Objective;
        Assert.All(Enum.GetNames<RegressionLoss>(), loss => Assert.Contains(
            loss switch { "Squared" => "= MSE(", "Absolute" => "= MAE(", _ => $"= {loss}" }, printed, StringComparison.Ordinal));
    }

    /// <summary>Every attribute of a method is on a variant of these experiments, so that a new method must be added to them.</summary>
    [Fact]
    public void EveryMethodIsThere()
    {
        Type[] experiments =
        [
            typeof(Everything), typeof(EverythingSingle), typeof(EverythingClasses), typeof(Solved), typeof(SolvedBinary),

            // What architectures add to hard sharing are features, which have tests of their own.
            typeof(Training.Architectures.AllArchitectures),
        ];
        var used = experiments.SelectMany(e => e.GetNestedTypes())
            .SelectMany(t => t.GetCustomAttributes(inherit: false))
            .Select(a => a.GetType())
            .Select(t => t.IsGenericType ? t.GetGenericTypeDefinition() : t).ToHashSet();
        string[] noMethods =
        [
            "Experiment", "Dataset", "Table", "Partition", "Column", "ImageFolder",
            "Hierarchy", "Under", "Source", "Depends", "LabellingFunction", "WeakLabels",
            "Training", "Adam", "AdamW", "Sgd", "StepDecay", "CosineDecay", "ExponentialDecay", "PlateauDecay",
            "WarmUp", "ClipNorm", "ClipValue", "Accumulate", "EarlyStopping", "StartFrom", "Freeze", "LearningRateScale",
            "TrainOn", "TransferSetting", "Profile", "Metric", "Grid",
            "OnRequest", "Reference", "Baseline", "Proposed", "Control", "PreTraining", "Network", "Input", "Trunk", "Split", "Heads",
            "BeginResidual", "EndResidual",
            "Family",
            "Binary", "Regression", "Classification", "Number", "LanguageVersion", "TaskName", "TaskMaximum", "TaskLimit",
            "ChangesFormula",
            "WeightingBy", "WeightingAround",
            "Conv2d", "Linear", "MaxPool2d", "AvgPool2d", "GlobalAvgPool", "AdaptiveAvgPool2d", "BatchNorm", "LayerNorm", "GroupNorm",
            "Dropout", "Flatten", "ReLU", "Tanh", "Sigmoid", "LeakyReLU", "GELU", "SiLU", "BasicBlock", "Bottleneck",
            "Mlp", "LeNet5", "ResNet18", "ResNet50", "Conv1d", "MaxPool1d", "AvgPool1d", "Embedding", "Gru", "Lstm", "RandomFlip",
            "RandomCrop",
        ];
        var missing = typeof(L2Attribute).Assembly.GetExportedTypes()
            .Where(t => t.IsSubclassOf(typeof(Attribute)) && !t.IsAbstract && !used.Contains(t))
            .Select(t => t.Name.Split('`')[0][..^"Attribute".Length])
            .Except(noMethods)
            .Where(n => !n.EndsWith("Family", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    private static bool Subgradient(Built built) => built.Variant.GetType().GetMethod("Project")!.DeclaringType != built.Variant.GetType()
        || built.Descriptor.Composition.Contains("SparseLowRank", StringComparison.Ordinal);

    /// <summary>Fails unless the parameters minimise ‖θ − half‖² / (2 rate) + Ω(θ). Because it is convex, it suffices that no small step
    /// from them lowers it.</summary>
    private static void IsProximal(Built built, Dictionary<string, Tensor> half, IReadOnlyList<Func<Reference, Tensor>> penalties)
    {
        var parameters = built.Named.Where(
            p => p.Name.StartsWith("Trunk", StringComparison.Ordinal) || p.Name.StartsWith("Head", StringComparison.Ordinal)).ToList();
        double Value() => new Reference(built) is var r
            ? penalties.Sum(p => p(r).item<double>())
                + (parameters.Sum(p => (p.Parameter - half[p.Name]).square().sum().item<double>()) / (2 * Rate))
            : 0;
        var (ends, least) = (parameters.ConvertAll(p => p.Parameter.detach().clone()), Value());
        Assert.Contains(parameters, p => (p.Parameter - half[p.Name]).abs().max().item<double>() > 1e-4);
        random.manual_seed(17);
        for (var trial = 0; trial < 60; trial++)
        {
            var size = Math.Pow(10, -1 - (trial % 4));
            for (var i = 0; i < parameters.Count; i++)
            {
                // A proximal step that is too short or too long is found in the directions towards 0 and back to where the step began.
                var direction = trial switch
                {
                    < 4 => -ends[i],
                    < 8 => half[parameters[i].Name] - ends[i],
                    _ => randn_like(ends[i]) * ends[i].ne(0) * (trial % 2) + (randn_like(ends[i]) * (1 - (trial % 2))),
                };
                parameters[i].Parameter.copy_(ends[i] + (direction * size));
            }

            Assert.True(Value() >= least - 1e-12, $"trial {trial}: {Value()} < {least}");
        }

        // Each task and each feature by itself.
        for (var i = 0; i < parameters.Count; i++)
        {
            for (var row = 0; row < ends[i].shape[0]; row++)
            {
                foreach (var factor in new[] { -1e-2, 1e-2, -1e-4, 1e-4 })
                {
                    parameters.Index().ToList().ForEach(p => p.Item.Parameter.copy_(ends[p.Index]));
                    parameters[i].Parameter[row].mul_(1 + factor);
                    Assert.True(Value() >= least - 1e-12, $"{parameters[i].Name} row {row}: {Value()} < {least}");
                }
            }
        }
    }

    private static string Path(Built built, Tensor parameter) =>
        built.Named.Single(p => ReferenceEquals(p.Parameter, parameter) || p.Parameter.Handle == parameter.Handle).Name;

    private static void Close(Tensor expected, Tensor actual, string what)
    {
        var scale = Math.Max(1e-2, expected.abs().max().item<double>());
        var difference = (expected - actual).abs().max().item<double>();
        Assert.True(difference <= 1e-7 * scale, $"{what}: {difference} of {scale}");
    }
}
