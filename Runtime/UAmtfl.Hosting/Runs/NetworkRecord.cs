using System.Diagnostics;
using System.Globalization;
using UAmtfl.Descriptors;
using UAmtfl.Reporting;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Hosting;

/// <summary>Records the layers, the shapes and the numbers of parameters of a variant's network.</summary>
/// <param name="Input">The shape of one sample; null if the descriptor does not give it.</param>
/// <param name="Layers">The modules that hold parameters or statistics, in their order in the network.</param>
/// <param name="Trained">The number of trained parameters, counted by number.</param>
/// <param name="Frozen">The number of frozen parameters, counted by number.</param>
internal sealed record NetworkRecord(IReadOnlyList<int>? Input, IReadOnlyList<LayerRecord> Layers, long Trained, long Frozen)
{
    private const int Shown = 12;

    /// <summary>How the names of all parameters of heads begin.</summary>
    private const string HeadPrefix = "Head";

    /// <summary>The number of parameters in the heads, trained and frozen ones; null in the record of an earlier version.</summary>
    public long? Heads { get; init; }

    /// <summary>Builds the network of each variant once and records it; a variant that an exact solver fits has none.</summary>
    /// <param name="variants">The variants.</param>
    /// <param name="counts">The number of training labels of each task, [T].</param>
    /// <exception cref="UAmtflException">A network cannot be built.</exception>
    public static IReadOnlyDictionary<string, NetworkRecord> Of(IEnumerable<ResolvedVariant> variants, Tensor counts)
    {
        var records = new Dictionary<string, NetworkRecord>();
        foreach (var variant in variants)
        {
            using var scope = NewDisposeScope();
            if (variant.Bound is BoundNetwork bound)
            {
                using var objective = Build(variant.Descriptor.Name, bound, counts);
                using var network = objective.Network;
                records[variant.Descriptor.Name] = Of(network, variant.Descriptor.Input);
            }
        }

        return records;
    }

    /// <summary>Records a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">The shape of one sample.</param>
    public static NetworkRecord Of(nn.Module network, IReadOnlyList<int>? input)
    {
        var types = network.named_modules().ToDictionary(m => m.name, m => m.module.GetType().Name);
        var parameters = network.named_parameters().ToList();
        var values = parameters.Select(p => (p.name, Values: (Tensor)p.parameter))
            .Concat(network.named_buffers().Select(b => (b.name, Values: b.buffer)));
        return new(
            input,
            [.. values.GroupBy(v => Owner(v.name)).Select(g => new LayerRecord(
                g.Key,
                types.GetValueOrDefault(g.Key, network.GetType().Name),
                g.ToDictionary(v => v.name[(g.Key.Length + (g.Key.Length > 0 ? 1 : 0))..], v => v.Values.shape)))],
            parameters.Where(p => p.parameter.requires_grad).Sum(p => p.parameter.NumberOfElements),
            parameters.Where(p => !p.parameter.requires_grad).Sum(p => p.parameter.NumberOfElements))
        {
            Heads = parameters.Where(p => p.name.StartsWith(HeadPrefix, StringComparison.Ordinal)).Sum(p => p.parameter.NumberOfElements),
        };
    }

    /// <summary>Returns the numbers of parameters, trained and frozen ones; null in the record of an earlier version, which does not have
    /// that of the heads.</summary>
    public NetworkSize? Size() => Heads is { } heads ? new(Trained + Frozen, heads) : null;

    /// <summary>Returns the record as a line: «input [8]; Trunk.Linear1 (Linear): weight [6, 8], bias [6]; HeadWeight [3, 6]; 78
    /// parameters».</summary>
    public override string ToString()
    {
        var layers = Layers.Take(Shown).Select(l => l.ToString())
            .Append(Layers.Count > Shown ? $"and {Layers.Count - Shown} layers more, which run.json has" : "");
        var frozen = Frozen > 0 ? string.Create(CultureInfo.InvariantCulture, $", and {Frozen:#,0} that are frozen") : "";
        string[] parts =
        [
            Input is null ? "" : $"input [{string.Join(", ", Input)}]", .. layers,
            string.Create(CultureInfo.InvariantCulture, $"{Trained:#,0} parameters{frozen}"),
        ];
        return string.Join("; ", parts.Where(p => p.Length > 0));
    }

    /// <summary>Returns the name of the module that owns a parameter, such as <c>Trunk.Conv1</c> for <c>Trunk.Conv1.weight</c>.</summary>
    private static string Owner(string name) => name.LastIndexOf('.') is var dot && dot < 0 ? "" : name[..dot];

    /// <summary>Builds the network of a variant and its objective.</summary>
    /// <param name="variant">The name of the variant, for messages.</param>
    /// <param name="bound">The variant.</param>
    /// <param name="counts">The number of training labels of each task, [T].</param>
    /// <exception cref="UAmtflException">The network cannot be built.</exception>
    public static Objective Build(string variant, BoundNetwork bound, Tensor counts)
    {
        try
        {
            return bound.Create(counts);
        }
        catch (Exception failure) when (failure is not UAmtflException)
        {
            throw new UAmtflException(
                $"the network of variant {variant} cannot be built{Constructor(failure)}: {ErrorLines.OneLine(failure)}",
                failure);
        }
    }

    /// <summary>Returns a clause that names the module whose constructor threw, which is that of a user's trunk or weighting; empty if
    /// there is
    /// none.</summary>
    private static string Constructor(Exception failure)
    {
        var frame = new StackTrace(failure, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(
                f => f.GetMethod() is { IsConstructor: true, DeclaringType: { } type } && type.IsAssignableTo(typeof(nn.Module)));
        var place = frame is { } at && at.GetFileLineNumber() > 0
            ? $" at {Path.GetFileName(at.GetFileName())}:{at.GetFileLineNumber()}"
            : "";
        return frame is null ? "" : $", the constructor of {frame.GetMethod()!.DeclaringType!.Name}{place} fails";
    }
}

/// <summary>Records a module of a network.</summary>
/// <param name="Name">The path of the module in the network; empty for the network itself, which owns heads, transfer and σ.</param>
/// <param name="Type">The name of the module's class.</param>
/// <param name="Shapes">The shapes of the module's own parameters and statistics, by name.</param>
internal sealed record LayerRecord(string Name, string Type, IReadOnlyDictionary<string, long[]> Shapes)
{
    /// <inheritdoc/>
    public override string ToString() =>
        (Name.Length > 0 ? $"{Name} ({Type}): " : "")
        + string.Join(", ", Shapes.Select(s => $"{s.Key} [{string.Join(", ", s.Value)}]"));
}
