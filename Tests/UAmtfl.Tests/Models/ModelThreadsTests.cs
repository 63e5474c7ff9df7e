using Microsoft.Extensions.DependencyInjection;
using TorchSharp;
using UAmtfl.Models;
using UAmtfl.Tests.Training;
using UAmtfl.Tests.Training.Architectures;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Models;

/// <summary>A loaded model serves several threads, whatever the garbage collector does.</summary>
public sealed class ModelThreadsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Models => new()
    {
        { "mixed", "UAmtfl" }, { "convolved", "OnNormed" }, { "scaled", "Mtl" },
    };

    public void Dispose() => folder.Dispose();

    /// <summary>A prediction leaves no scalar to the collector, which could free it under a call that another thread makes.</summary>
    [Theory, MemberData(nameof(Models))]
    public void APredictionCreatesNoScalar(string experiment, string name)
    {
        using var model = Model(experiment, name);
        using var inputs = Inputs(model.Input);
        model.Predict(inputs);
        Assert.Equal(0, Finalized.Count<Scalar>(() => model.Predict(inputs)));
        Assert.NotEqual(0, Finalized.Count<Scalar>(() => inputs.add(1).Dispose()));
    }

    /// <summary>No architecture leaves a scalar to the collector when it predicts.</summary>
    [Fact]
    public void NoArchitectureCreatesAScalar()
    {
        foreach (var variant in AllArchitectures.Descriptor.Variants.Where(v => !v.OnRequest))
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var network = GeneratedNetworks.Create(AllArchitectures.Descriptor.Name, variant.Name, seed: 1).Network;
            network.eval();
            var prepared = network.Prepare(GeneratedNetworks.Inputs(AllArchitectures.Descriptor.Name, variant.Name));
            network.Predict(prepared);
            var scalars = Finalized.Count<Scalar>(() => network.Predict(prepared));
            Assert.True(scalars == 0, $"{variant.Name} leaves {scalars} scalars");
        }
    }

    /// <summary>Four threads predict while a fifth allocates and collects, and all outputs have the bits of one thread's.</summary>
    [Theory, MemberData(nameof(Models))]
    public async Task FourThreadsPredictWhileAFifthCollects(string experiment, string name)
    {
        using var model = Model(experiment, name);
        using var inputs = Inputs(model.Input);
        var expected = model.Predict(inputs).Values.Outputs;
        using var ended = new CancellationTokenSource();
        var collector = Start(() =>
        {
            for (var i = 0; !ended.IsCancellationRequested; i++)
            {
                GC.KeepAlive(Enumerable.Range(0, 100).Select(n => new byte[n * 100]).ToList());
                GC.Collect(i % 3);
            }

            return 0;
        });
        var threads = Enumerable.Range(0, 4).Select(_ => Start(() =>
        {
            var wrong = 0;
            for (var i = 0; i < 3; i++)
            {
                var outputs = model.Predict(inputs).Values.Outputs;
                wrong += outputs.Zip(expected).Count(rows => !rows.First.AsSpan().SequenceEqual(rows.Second));
            }

            return wrong;
        })).ToArray();
        var wrong = await Task.WhenAll(threads);
        Assert.All(wrong, rows => Assert.Equal(0, rows));
        await ended.CancelAsync();
        Assert.Equal(0, await collector);
    }

    /// <summary>No tensor outlives a prediction.</summary>
    [Fact]
    public void APredictionLeavesNoTensorBehind()
    {
        using var model = Mixed.UAmtfl.Load(folder.Write(SavedModel.Train(Mixed.Descriptor, "UAmtfl").Model!));
        var rows = Enumerable.Range(0, 120).Select(i => Enumerable.Repeat(i / 120f, 64).ToArray()).ToArray();
        model.Predict(rows);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        model.Predict(rows);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    /// <summary>A model that is loaded within somebody's scope outlives it.</summary>
    [Fact]
    public void AModelOutlivesTheScopeInWhichItIsLoaded()
    {
        var path = folder.Write(SavedModel.Train(ScaledStudy.Descriptor, "Mtl").Model!);
        TrainedModel<ScaledStudy.Prediction> model;
        using (NewDisposeScope())
        {
            model = ScaledStudy.Mtl.Load(path);
        }

        Assert.Single(model.Predict([0.1f, 0.2f, 0.3f]).Far.Value);
        model.Dispose();
    }

    [Fact]
    public void ServicesGiveTheModel()
    {
        var services = new ServiceCollection();
        services.AddTrainedModel<Mixed.Mtl>(folder.Write(SavedModel.Train(Mixed.Descriptor, "Mtl").Model!, "Mtl"));
        services.AddTrainedModel<Mixed.UAmtfl>(folder.Write(SavedModel.Train(Mixed.Descriptor, "UAmtfl").Model!, "UAmtfl"));
        using var provider = services.BuildServiceProvider();
        var first = provider.GetRequiredService<TrainedModel<Mixed.Prediction>>();
        Assert.Equal("Mtl", first.Variant);
        Assert.Same(first, provider.GetRequiredKeyedService<TrainedModel<Mixed.Prediction>>(typeof(Mixed.Mtl)));
        Assert.Equal("UAmtfl", provider.GetRequiredKeyedService<TrainedModel<Mixed.Prediction>>(typeof(Mixed.UAmtfl)).Variant);
    }

    private TrainedModel<AnyPrediction> Model(string experiment, string name)
    {
        var declared = experiment == "scaled" ? ScaledStudy.Descriptor : GeneratedNetworks.Experiment(experiment);
        return SavedModel.Load(folder.Write(SavedModel.Train(declared, name).Model!), declared, name);
    }

    private static Tensor Inputs(IReadOnlyList<long> shape)
    {
        using var generator = new Generator(3);
        return rand([130, .. shape], generator: generator);
    }

    /// <summary>A thread of its own, as libtorch's scopes belong to threads.</summary>
    private static Task<int> Start(Func<int> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
