using UAmtfl.Hosting;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Hosting;

/// <summary>A checkpoint is read as it was written, or refused by name.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private static readonly CheckpointHeader Header = new(
        new("UAmtfl", 3), 2, "Alpha = 0.5", 1234, new(7, double.NaN, "a line of notice", 1.5) { Best = [new(3, 0.1), BestEpoch.None] });

    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "checkpoint");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReadsWhatWasWritten()
    {
        using var scope = NewDisposeScope();
        Write();
        var (header, state) = CheckpointFile.Read(File);
        using (state)
        {
            Assert.Equal(Header.Summary.Best, header.Summary.Best);
            Assert.Equal(Header, header with { Summary = header.Summary with { Best = Header.Summary.Best } });
            Assert.Equal(7, state.Epochs);
            Assert.Equal(["network.w", "optimizer.network.w.mean"], state.Tensors.Keys.Order(StringComparer.Ordinal));
            Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f], state.Tensors["network.w"].data<float>().ToArray());
            Assert.Equal([2L, 3L], state.Tensors["network.w"].shape);
        }

        Assert.Equal(["checkpoint"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }

    /// <summary>A process can die, and a disk fill up, after any byte.</summary>
    [Fact]
    public void APartIsRefusedAtEveryLength()
    {
        using var scope = NewDisposeScope();
        Write();
        var whole = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(File));
        }

        System.IO.File.WriteAllBytes(File, [.. whole, 0]);
        Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(File));
    }

    [Fact]
    public void AChangedBitIsRefusedEverywhere()
    {
        using var scope = NewDisposeScope();
        Write();
        var whole = System.IO.File.ReadAllBytes(File);
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 4;
            System.IO.File.WriteAllBytes(File, changed);
            Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(File));
        }
    }

    /// <summary>The file is written beside training steps, which put off garbage collections for two megabytes.</summary>
    [Fact]
    public void WritingAllocatesLittle()
    {
        using var scope = NewDisposeScope();
        using var state = new TrainingState(
            1, Enumerable.Range(0, 40).ToDictionary(i => $"network.w{i}", _ => zeros(1_000_000).DetachFromDisposeScope()));
        CheckpointFile.Write(File, Header, state);
        var before = GC.GetAllocatedBytesForCurrentThread();
        CheckpointFile.Write(File, Header, state);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000);
        Assert.InRange(new FileInfo(File).Length, 160_000_000, 160_010_000);
    }

    [Fact]
    public void AnotherFormatIsRefusedByItsNumber()
    {
        using var scope = NewDisposeScope();
        Write();
        var bytes = System.IO.File.ReadAllBytes(File);
        bytes[8] = 9;
        System.IO.File.WriteAllBytes(File, bytes);
        var refused = Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(File));
        Assert.Equal("it has format 9, and this program reads 1", refused.Message);
    }

    private void Write()
    {
        using var state = new TrainingState(7, new Dictionary<string, TorchSharp.torch.Tensor>
        {
            ["network.w"] = arange(6, dtype: float32).reshape(2, 3).DetachFromDisposeScope(),
            ["optimizer.network.w.mean"] = ones(2, 3).DetachFromDisposeScope(),
        });
        CheckpointFile.Write(File, Header, state);
    }
}
