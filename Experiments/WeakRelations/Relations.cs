using UAmtfl.Data;
using UAmtfl.Experiments.Synthetic;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.WeakRelations;

/// <summary>Simulated names of persons and organisations, with the votes of four sources (<see cref="RelationWorld"/>).</summary>
/// <remarks>Inputs [N, 10] are normal with standard deviation 1 about a mean of each kind of name. Training has
/// <c>--weak-relations:Dataset:Rows</c> rows, by default 10,000, with votes and with the true labels; validation 1,000 and test 5,000
/// rows.</remarks>
public sealed class Relations : IDataset
{
    /// <summary>The number of inputs.</summary>
    public const int Inputs = 10;

    /// <summary>How far the means of the kinds are from 0 in each input.</summary>
    private const double Spread = 0.6;

    private const int ValidationRows = 1000, TestRows = 5000;

    /// <summary>The seed that draws the means of the kinds.</summary>
    private const int WorldSeed = 26;

    /// <inheritdoc/>
    public IReadOnlyList<string> Options => ["Rows"];

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var world = new SplitMix64(WorldSeed);
        var means = RelationWorld.Kinds.Select(_ => Enumerable.Range(0, Inputs).Select(_ => Spread * world.Normal()).ToArray()).ToArray();
        var random = new SplitMix64(request.Seed);
        return new(
            Draw(request.Integer("Rows", 10_000, 100, 1_000_000), means, random), Draw(ValidationRows, means, random),
            Draw(TestRows, means, random), SharedTest: false);
    }

    private static Samples Draw(int rows, double[][] means, SplitMix64 random)
    {
        var (inputs, labels) = (new float[rows * Inputs], new float[rows * RelationWorld.Tasks]);
        var votes = new float[rows * RelationWorld.Sources * RelationWorld.Tasks];
        for (var row = 0; row < rows; row++)
        {
            var kind = RelationWorld.Kind(random.Unit);
            for (var i = 0; i < Inputs; i++)
            {
                inputs[(row * Inputs) + i] = (float)(means[kind][i] + random.Normal());
            }

            var said = RelationWorld.Votes(kind, random.Unit);
            for (var t = 0; t < RelationWorld.Tasks; t++)
            {
                labels[(row * RelationWorld.Tasks) + t] = RelationWorld.Kinds[kind][t];
                for (var s = 0; s < RelationWorld.Sources; s++)
                {
                    votes[(((row * RelationWorld.Sources) + s) * RelationWorld.Tasks) + t] = said[s][t] < 0 ? float.NaN : said[s][t];
                }
            }
        }

        return new(tensor(inputs, [rows, Inputs]), tensor(labels, [rows, RelationWorld.Tasks]))
        {
            Votes = tensor(votes, [rows, RelationWorld.Sources, RelationWorld.Tasks]),
        };
    }
}
