using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A network that was saved and loaded has the same parameters and buffers, and predicts the same.</summary>
public sealed class SavedNetworkTests
{
    public static TheoryData<string, string> Networks => GeneratedNetworks.Names;

    [Theory, MemberData(nameof(Networks))]
    public void LoadsToTheSameBits(string experiment, string name)
    {
        using var scope = NewDisposeScope();
        using var trained = GeneratedNetworks.Create(experiment, name, seed: 1);
        using var loaded = GeneratedNetworks.Create(experiment, name, seed: 2);
        Disturb(trained.Network);
        var before = State(trained.Network);
        var layout = trained.Network.state_dict().ToDictionary(t => t.Key, t => t.Value.stride());
        using var file = new MemoryStream();
        trained.Network.save(file);
        file.Position = 0;
        loaded.Network.load(file);
        Assert.Equal(before, State(trained.Network));
        Assert.Equal(before, State(loaded.Network));
        Assert.All(trained.Network.state_dict(), t => Assert.Equal(layout[t.Key], t.Value.stride()));
        Assert.All(loaded.Network.state_dict(), t => Assert.Equal(layout[t.Key], t.Value.stride()));
        var inputs = GeneratedNetworks.Inputs(experiment, name);
        Assert.Equal(Bits(Prediction.Of(trained.Network, inputs)), Bits(Prediction.Of(loaded.Network, inputs)));
    }

    [Fact]
    public void AFileServesAsWell()
    {
        using var scope = NewDisposeScope();
        using var trained = GeneratedNetworks.Create("convolved", "OnNormed", seed: 1);
        using var loaded = GeneratedNetworks.Create("convolved", "OnNormed", seed: 2);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            trained.Network.save(path);
            loaded.Network.load(path);
            Assert.Equal(State(trained.Network), State(loaded.Network));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Changes the buffers, as a training does.</summary>
    private static void Disturb(nn.Module network)
    {
        using var frozen = no_grad();
        foreach (var (_, buffer) in network.named_buffers().Where(b => b.buffer.is_floating_point()))
        {
            buffer.add_(rand_like(buffer));
        }
    }

    private static Dictionary<string, byte[]> State(nn.Module network) =>
        network.state_dict().ToDictionary(t => t.Key, t => Bits(t.Value));

    private static byte[] Bits(Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();
}
