namespace UAmtfl;

/// <summary>Gives a network its initial weights from another model: pre-training and fine-tuning. The other model is that of another
/// variant, with the same seed, which a run trains before; that of a variant of another experiment, which another run has trained; or a
/// file. Weights that are not taken over start as without the attribute.</summary>
/// <param name="source">The name of a variant, <c>nameof(Pre)</c>, or the path of a file, relative to the working directory:
/// in the safetensors format, <c>safetensors.torch.save_file(model.state_dict(), path)</c> in Python, or PyTorch's own,
/// <c>torch.save(model.state_dict(), path)</c>, which must end in <c>.pt</c> or <c>.pth</c>.</param>
/// <remarks>A network with a trunk for each task can start from one with a shared trunk: each of its trunks then starts from that. By
/// default the heads are new, as in Liu, Liang and Gitter (Loss-balanced task weighting, 2019).</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StartFromAttribute(string source) : Attribute
{
    /// <summary>The name of a variant, or the path of a file that ends in <c>.safetensors</c>, <c>.pt</c> or <c>.pth</c>.</summary>
    public string Source { get; } = source;

    /// <summary>The other experiment whose variant <see cref="Source"/> names, <c>typeof(Digits)</c>; null for this experiment. It has
    /// data, tasks and settings of its own. The option <c>--start-from</c> gives the folder of its run, with a model for each
    /// seed.</summary>
    public Type? Of { get; init; }

    /// <summary>The part of the network that takes over weights.</summary>
    public Part Part { get; init; } = Part.Trunk;

    /// <summary>The tensors that are taken over in the place of a part: the paths of parameters, or beginnings of paths up to a dot, such
    /// as <c>Trunk.Conv1</c>.</summary>
    public string[] Paths { get; init; } = [];
}
