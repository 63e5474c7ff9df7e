using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Models;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Exporting;

/// <summary>Models with random weights, statistics and transforms, and what they predict here and in ONNX Runtime.</summary>
internal static class Exported
{
    /// <summary>Saves a model of a variant whose every number is random, and loads it.</summary>
    public static LoadedModel Random(TemporaryFolder folder, ExperimentDescriptor experiment, string name)
    {
        using var frozen = no_grad();
        RandomStreams.Start(7, "initialisation");
        using var scope = NewDisposeScope();
        var variant = SavedModel.Variant(experiment, name);
        using var predictor = Predictor(experiment, variant);
        var shape = variant.Input!.Select(size => (long)size).ToArray();
        var transforms = Transforms(experiment, variant, shape);
        var path = folder.Write(
            SavedModel.Files(experiment, name, predictor, zeros([1, .. shape]), transforms), Guid.NewGuid().ToString());
        return ModelReader.Read(path, experiment, variant);
    }

    /// <summary>Random inputs [N, …], each row another.</summary>
    public static Tensor Inputs(LoadedModel model, int rows)
    {
        random.manual_seed(3);
        long[] shape = [rows, .. model.Description.Input];
        return model.Vocabulary is { } vocabulary ? randint(0, vocabulary, shape).to(ScalarType.Float32) : randn(shape);
    }

    /// <summary>Fails unless ONNX Runtime predicts what the model itself predicts, for batches of different sizes, and the rows differ, so
    /// that a wrong graph cannot agree by chance.</summary>
    public static void AssertSame(LoadedModel model, OnnxRun exported)
    {
        using var scope = NewDisposeScope();
        foreach (var rows in new[] { 5, 1 })
        {
            var inputs = Inputs(model, rows);
            AssertSame(model.Predict(inputs), exported.Predict(inputs), exported);
        }
    }

    /// <summary>Fails unless each output agrees to 1e-5, in relation to its size if that is above 1.</summary>
    public static void AssertSame(
        PredictedRows expected, Dictionary<string, float[]> outputs, OnnxRun exported, bool constant = false)
    {
        var places = exported.Names.GetEnumerator();
        foreach (var (place, task) in expected.Tasks.Index())
        {
            foreach (var (what, values) in Columns(expected, task, place))
            {
                Assert.True(places.MoveNext());
                Assert.EndsWith(what, places.Current);
                var actual = outputs[places.Current];
                Assert.Equal(values.Length, actual.Length);
                Assert.All(values.Zip(actual), v => Assert.InRange(
                    Math.Abs(v.First - v.Second), 0, 1e-5 * Math.Max(1, Math.Abs(v.First))));
                var differ = constant || values.Length == 1 || what == "_sigma" || values.Max() - values.Min() > 1e-4;
                Assert.True(differ, $"{task.Name} is constant: {string.Join(' ', values)}");
            }
        }

        Assert.False(places.MoveNext());
    }

    private static List<(string What, double[] Values)> Columns(PredictedRows rows, TaskInfo task, int place)
    {
        switch (task.Kind)
        {
            case TaskKind.Binary:
                return [("_probability", rows.Binary(place).Probability)];
            case TaskKind.Classification:
                return [("_probabilities", [.. rows.Classification(place).Probabilities.SelectMany(p => p)])];
            default:
                var (value, sigma) = rows.Regression(place);
                return sigma is null ? [("_value", value)] : [("_value", value), ("_sigma", sigma)];
        }
    }

    /// <summary>What tells two variants apart that compute different graphs: layers, formula of the outputs, and names of the
    /// parameters.</summary>
    public static string Form(VariantDescriptor variant)
    {
        using var scope = NewDisposeScope();
        return variant.Bind(TestSettings.Empty) is BoundNetwork bound
            ? $"{variant.Network} {string.Join(' ', bound.Network(float32, CPU).state_dict().Keys)}"
            : "linear";
    }

    private static IPredictor Predictor(ExperimentDescriptor experiment, VariantDescriptor variant)
    {
        if (variant.Bind(TestSettings.Empty) is BoundNetwork bound)
        {
            var network = bound.Network(float32, CPU);
            foreach (var (path, values) in network.state_dict().Where(s => s.Value.is_floating_point()))
            {
                values.copy_(path.EndsWith("running_var", StringComparison.Ordinal) ? rand(values.shape) + 0.5
                    : randn(values.shape) / Math.Sqrt(Inputs(values)));
            }

            return network;
        }

        var fitted = ((BoundSolver)variant.Bind(TestSettings.Empty)).Create();
        var weights = randn([experiment.Tasks.Count, variant.Input![0]], float64);
        fitted.Restore(weights / Math.Sqrt(Inputs(weights)), randn([experiment.Tasks.Count], float64));
        return fitted;
    }

    /// <summary>The number of inputs of one output: of weights [O, …] or [C, O, …], which have an odd number of dimensions.</summary>
    private static double Inputs(Tensor values) =>
        values.dim() < 2 ? 4 : values.shape.Skip(1 + (int)(values.dim() % 2)).Aggregate(1.0, (product, size) => product * size);

    /// <summary>Returns transforms that shift and scale every column of the inputs and every regression by numbers of its own.</summary>
    /// <summary>Returns random transforms; those of inputs are none where these are indices.</summary>
    private static FittedTransforms Transforms(ExperimentDescriptor experiment, VariantDescriptor variant, long[] shape)
    {
        var owned = experiment.Dataset() is IPerTaskDataset;
        var regressions = experiment.Tasks.Tasks.Count(t => t.Kind == TaskKind.Regression);
        IFittedTransform[] labels = regressions == 0 ? [] : [Scale(owned ? 1 : regressions)];
        IFittedTransform[] inputs = variant.Vocabulary is null ? [Scale(shape.Aggregate(1L, (product, size) => product * size))] : [];
        return FittedTransforms.Restore(inputs, labels, experiment.Tasks, owned);
    }

    private static ColumnScale Scale(long columns) =>
        new(randn(columns, float64).data<double>().ToArray(), (rand(columns, float64) + 0.5).data<double>().ToArray());
}
