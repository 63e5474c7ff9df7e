using UAmtfl.Onnx;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>The network of a variant: trunk, heads and the parameters that its methods add. It predicts; the variant's objective trains
/// it. It can be saved and loaded to the same bits, even if tensors are stored channels-last, which TorchSharp's own <c>save</c>
/// refuses.</summary>
/// <param name="name">The name of the variant.</param>
public abstract class Network(string name) : nn.Module(name), IPredictor
{
    /// <summary>The size of the result of <see cref="Prepare"/> as a multiple of the size of the inputs.</summary>
    public virtual double PreparedSize => 1;

    /// <inheritdoc/>
    public abstract Tensor Prepare(Tensor inputs);

    /// <inheritdoc/>
    public Tensor Predict(Tensor prepared) => Predict(prepared, out _);

    /// <summary>Predicts, and returns the features that the heads see too.</summary>
    /// <param name="prepared">[N, …], from <see cref="Prepare"/>.</param>
    /// <param name="features">[N, k]; [T, N, k] where each of T tasks has features of its own. If heads end in different numbers of
    /// features, k is the greatest, and the features of a task are followed by zeros.</param>
    /// <returns>[N, M], M = Σ_t outputs of task t: logits of binary tasks and of classes, values of regressions.</returns>
    public abstract Tensor Predict(Tensor prepared, out Tensor features);

    /// <inheritdoc/>
    public abstract string Export(OnnxGraph graph, string inputs, TaskSet tasks);

    /// <summary>The tasks of each group whose heads have the same layers, in the order of the modules <c>HeadLayers1</c>,
    /// <c>HeadLayers2</c> and so on; tasks with linear heads are the last group. Null if all heads have the same layers or none.</summary>
    public virtual HeadGroups? HeadTasks => null;

    /// <summary>The learnt noise of the labels as s = log σ²: [T] in the order of the network's tasks, or [1] for one σ of all tasks;
    /// null for a network that learns none.</summary>
    public virtual Tensor? LogVariances => null;

    /// <inheritdoc/>
    public virtual Tensor? LearntTransfer() => null;

    /// <summary>Overwrites all parameters and statistics.</summary>
    /// <param name="state">The values by path, as <c>state_dict()</c> of a network of the same variant has them.</param>
    internal void CopyFrom(IReadOnlyDictionary<string, Tensor> state)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (path, value) in state_dict())
        {
            value.copy_(state[path]);
        }
    }

    /// <summary>Does nothing, because constructors register each part by its name. TorchSharp would register each again, under the name of
    /// its property's field.</summary>
    protected sealed override void RegisterComponents()
    {
    }

    /// <summary>Saves parameters and buffers to a file in TorchSharp's format.</summary>
    /// <param name="location">The path of the file.</param>
    /// <param name="skip">The names in <c>state_dict()</c> that are left out; null for none.</param>
    /// <returns>The network.</returns>
    public new Network save(string location, IList<string>? skip = null)
    {
        using var state = Layout.Contiguous(this);
        base.save(location, skip);
        return this;
    }

    /// <summary>Saves parameters and buffers to a stream in TorchSharp's format.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="skip">The names in <c>state_dict()</c> that are left out; null for none.</param>
    /// <returns>The network.</returns>
    public new Network save(Stream stream, IList<string>? skip = null)
    {
        // TorchSharp's own method would close the stream.
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        return save(writer, skip);
    }

    /// <summary>Saves parameters and buffers to a writer in TorchSharp's format.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="skip">The names in <c>state_dict()</c> that are left out; null for none.</param>
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
