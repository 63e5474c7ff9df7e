using System.Runtime;
using UAmtfl.Training;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>No garbage collection runs within a training step. If one had to, the pause reports it. Predictions work with
/// collections.</summary>
public sealed class CollectionPauseTests
{
    public static TheoryData<string, string> Networks => new()
    {
        { "separate", "Stl" }, { "separate", "OnRows" }, { "balanced", "Parts" }, { "convolved", "NarrowAlone" },
        { "convolved", "OnNarrow" }, { "mixed", "Reliable" }, { "mixed", "Kendall" },
    };

    [Fact]
    public void AStepThatAllocatesTooMuchIsNoticedAndGetsRoom()
    {
        using var pause = new CollectionPause();
        Allocate(megabytes: 1);
        pause.Renew();
        Assert.Null(pause.Notice);
        Allocate(megabytes: 300);
        pause.Renew();
        Assert.Contains("more than the", pause.Notice, StringComparison.Ordinal);
        Assert.InRange(pause.Budget, 600L << 20, 700L << 20);
        Assert.Equal(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
        Allocate(megabytes: 300);
        Assert.Equal(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
    }

    /// <summary>An evaluation may allocate more than a step without a notice, because it needs no pause.</summary>
    [Fact]
    public void AnEvaluationIsNoStep()
    {
        using var pause = new CollectionPause();
        Allocate(megabytes: 300);
        pause.Resume();
        pause.Renew();
        Assert.Null(pause.Notice);
        Assert.Equal(GCLatencyMode.NoGCRegion, GCSettings.LatencyMode);
    }

    /// <summary>The budget for a solver of a thousand tasks is not multiplied by four, so that it stays far below a gigabyte.</summary>
    [Fact]
    public void AThousandTasksTakeNoGigabyte()
    {
        using var pause = CollectionPause.ForSteps(32L * sizeof(double) * 1000 * 1000);
        Assert.InRange(pause.Budget, 200L << 20, 300L << 20);
    }

    [Theory, MemberData(nameof(Networks))]
    public void PredictionsNeedNone(string experiment, string name)
    {
        using var scope = NewDisposeScope();
        using var variant = GeneratedNetworks.Create(experiment, name, seed: 1);
        var inputs = GeneratedNetworks.Inputs(experiment, name).repeat_interleave(50, dim: 0);
        var expected = Prediction.Of(variant.Network, inputs);
        var done = false;
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref done))
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            for (var i = 0; i < 8; i++)
            {
                Assert.True(Prediction.Of(variant.Network, inputs).eq(expected).all().item<bool>());
            }
        }
        finally
        {
            Volatile.Write(ref done, true);
            collector.Join();
        }
    }

    private static void Allocate(int megabytes)
    {
        for (var i = 0; i < megabytes * 32; i++)
        {
            GC.KeepAlive(new byte[1 << 15]);
        }
    }
}
