using System.Text;
using UAmtfl.Experiments.Awa;
using UAmtfl.Experiments.Cub200;
using UAmtfl.Hosting;
using UAmtfl.Tests.EndToEnd;

namespace UAmtfl.Tests.Experiments;

/// <summary>The studies of image archives run on small archives in the official layouts.</summary>
public sealed class CubBirdsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Each bird has one image for training and one for the test. One step is enough, because it includes everything.</summary>
    [Fact]
    public void AStepIsMadeOnAnArchiveInTheOfficialLayout()
    {
        var names = CubBirds.Descriptor.Tasks.Declared.Tasks.Select((t, i) => $"{i + 1:000}.{t.Name}").ToList();
        var picture = Pictures.Jpeg(8, 8, (_, _) => (90, 120, 150));
        List<string> images = [.. from name in names from i in new[] { 1, 2 } select $"{name}/{i}.jpg"];
        images.ForEach(image => folder.WriteWithin($"CUB_200_2011/images/{image}", picture));
        Lines("classes.txt", names);
        Lines("images.txt", images);
        Lines("image_class_labels.txt", images.Select((_, i) => $"{(i / 2) + 1}"));
        Lines("train_test_split.txt", images.Select((_, i) => $"{i % 2}"));
        using var run = ProgramRun.Of(
            "run", "cub-200", "--data", folder.Path, "--dry-run", "--variant", nameof(CubBirds.DeepAmtfl),
            "--cub-200:Training:BatchSize", "2");
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        Assert.Contains("One step was made with inputs [2, 3, 224, 224] by DeepAmtfl.", run.Output);

        void Lines(string name, IEnumerable<string> values) => folder.WriteWithin(
            $"CUB_200_2011/{name}", Encoding.UTF8.GetBytes(string.Concat(values.Select((value, i) => $"{i + 1} {value}\n"))));
    }

    [Fact]
    public void WithoutAnArchiveALineSaysWhereToGetIt()
    {
        using var run = ProgramRun.Of("run", "cub-200");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(
            "error: the files of the data set cub-200 are not passed on: get them from https://www.vision.caltech.edu/",
            Assert.Single(run.Errors));
    }

    /// <summary>The attributes of an animal are found by their names, whatever their order in the files is.</summary>
    [Fact]
    public void AttributesAreThoseOfTheAnimal()
    {
        string[] tasks = [.. AwaAttributes.Descriptor.Tasks.Declared.Tasks.Select(t => t.Name)];
        folder.Write("predicates.txt", Encoding.UTF8.GetBytes(string.Concat(tasks.Reverse().Select((t, i) => $"{i + 1}\t{t}\n"))));
        folder.Write("predicate-matrix-binary.txt", Encoding.UTF8.GetBytes(
            $"{string.Join(' ', tasks.Select((_, i) => i == 0 ? 1 : 0))}\n{string.Join(' ', tasks.Select(_ => 1))}\n"));
        Array("features.npy", i => [i, i + 1]);
        Array("labels.npy", i => [1 + (i % 2)]);
        using var splits = new AwaFeatures().Load(new(folder.Path, 1));
        Assert.Equal((1080, 60, 60), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        var (first, sum) = (splits.Train.Inputs.select(1, 0), splits.Train.Labels.sum(1));
        Assert.Equal(1080, first.unique().output.NumberOfElements);
        Assert.Equal(first.data<float>().Select(i => ((i % 2) * 84) + 1), sum.data<float>());
        Assert.All(splits.Train.Labels.select(1, 84).data<float>(), label => Assert.Equal(1, label));

        void Array(string name, Func<int, float[]> row)
        {
            using var stream = File.Create(folder.File(name));
            Npy.Write(stream, [.. Enumerable.Range(0, 1200).Select(row)]);
        }
    }
}
