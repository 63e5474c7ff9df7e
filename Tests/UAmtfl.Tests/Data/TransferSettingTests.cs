using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Hosting;
using UAmtfl.Reporting;
using UAmtfl.Tests.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data;

/// <summary>The setting of transfer learning that a variant states is checked with the data, recorded and reported.</summary>
public sealed class TransferSettingTests : IDisposable
{
    private static readonly ExperimentDescriptor Experiment = ChosenTasks.Descriptor with { Dataset = () => new Untested() };

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void TargetsMustHaveTestLabels()
    {
        var fault = Assert.Throws<DataException>(() => Load(Variant("Whole") with { Setting = TransferKind.MultiTask }));
        Assert.Equal(
            "Untested: the test set has no label for task Bright, but Whole states the setting MultiTask, in which its targets have "
                + "labels: give it test rows with labels, or leave the task out with [TrainOn]",
            fault.Message);
    }

    [Fact]
    public void OtherTasksAndVariantsWithoutASettingNeedNone()
    {
        Load(Variant("Whole"));
        Load(Variant("Some") with { Setting = TransferKind.MultiTask });      // which is not trained on Bright
    }

    [Fact]
    public void TheSettingIsRecordedAndReported()
    {
        var stated = SampleRuns.Variant("Mine", VariantRole.Method) with { Setting = TransferKind.SelfTaught };
        float[][] rows = [[0, 1], [1, 0]];
        var report = Report.From(SampleRuns.Run(
            [SampleRuns.Variant("Base", VariantRole.Baseline), stated],
            [SampleRuns.Cell("Base", 1, rows), SampleRuns.Cell("Mine", 1, rows)]));
        Assert.Contains("| Mine | Mine + L2 | inductive | self-taught learning | unavailable | available |", MarkdownReport.Text(report));
        var plain = Report.From(SampleRuns.Run([SampleRuns.Variant("Base", VariantRole.Baseline)], [SampleRuns.Cell("Base", 1, rows)]));
        Assert.DoesNotContain("Transfer settings", MarkdownReport.Text(plain));
    }

    /// <summary>A report of a stored run needs the tasks and the setting from the record of the run.</summary>
    [Fact]
    public void ARunRecordsTasksAndSetting()
    {
        var experiment = ChosenTasks.Descriptor with
        {
            Variants = [Variant("Whole"), Variant("Some") with { Setting = TransferKind.MultiTask }],
        };
        var run = RunResolver.Resolve([experiment], new() { Experiment = "chosen-tasks" }, TestSettings.Configuration());
        var manifest = RunManifest.Of(run, new() { Experiment = "chosen-tasks" }, 0, DateTime.UnixEpoch);
        var shown = RunReport.Of(experiment, manifest, []).Variants;
        Assert.Equal((null, null), (shown[0].TrainedOn, shown[0].Setting));
        Assert.Equal(["Third", "Level", "Dot"], shown[1].TrainedOn!);
        Assert.Equal(TransferKind.MultiTask, shown[1].Setting);
    }

    private static VariantDescriptor Variant(string name) => ChosenTasks.Descriptor.Variants.Single(v => v.Name == name);

    private static void Load(VariantDescriptor variant) =>
        CellData.Load(Experiment, new(null, 1), CPU, new DataTerms { Variants = [variant] });

    /// <summary>Data without a test label of the second task.</summary>
    private sealed class Untested : IDataset
    {
        public Splits Load(DataRequest request)
        {
            var splits = new TinyImages().Load(request);
            splits.Test.Labels.select(1, 1).fill_(float.NaN);
            return splits;
        }
    }
}
