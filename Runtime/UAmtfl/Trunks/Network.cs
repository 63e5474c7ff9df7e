using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>The network of a variant: trunk, heads and what its methods add. It predicts; what trains it is the variant's objective. It
/// can be saved and loaded to the same bits, even where tensors lie in memory channels last, which TorchSharp's own <c>save</c>
/// refuses.</summary>
/// <param name="name">The variant's name.</param>
public abstract class Network(string name) : nn.Module(name), IPredictor
{
    /// <summary>How many times as large as the inputs what <see cref="Prepare"/> returns is.</summary>
    public virtual double PreparedSize => 1;

    /// <inheritdoc/>
    public abstract Tensor Prepare(Tensor inputs);

    /// <inheritdoc/>
    public abstract Tensor Predict(Tensor prepared);

    /// <inheritdoc/>
    public virtual Tensor? LearntTransfer() => null;

    /// <summary>Saves parameters and buffers in TorchSharp's format.</summary>
    /// <param name="location">The file.</param>
    /// <param name="skip">Names of <c>state_dict()</c> that are left out.</param>
    /// <returns>The network.</returns>
    public new Network save(string location, IList<string>? skip = null)
    {
        using var state = Layout.Contiguous(this);
        base.save(location, skip);
        return this;
    }

    /// <summary>Saves parameters and buffers in TorchSharp's format.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="skip">Names of <c>state_dict()</c> that are left out.</param>
    /// <returns>The network.</returns>
    public new Network save(Stream stream, IList<string>? skip = null)
    {
        // TorchSharp's own closes the stream.
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        return save(writer, skip);
    }

    /// <summary>Saves parameters and buffers in TorchSharp's format.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="skip">Names of <c>state_dict()</c> that are left out.</param>
    /// <returns>The network.</returns>
    public new Network save(BinaryWriter writer, IList<string>? skip = null)
    {
        using var state = Layout.Contiguous(this);
        base.save(writer, skip);
        return this;
    }

    /// <inheritdoc/>
    public override nn.Module load(
        BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
    {
        using var state = Layout.Contiguous(this);
        return base.load(reader, strict, skip, loadedParameters);
    }
}
