using TorchSharp.Modules;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Numerics;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Weighting;

/// <summary>A variant in double precision with a batch, and its gradients by one backward pass for each task.</summary>
internal sealed class OneStep : IDisposable
{
    private readonly Samples samples;
    private readonly Labels labels;
    private readonly dynamic generated;

    public OneStep(ExperimentDescriptor experiment, string name)
    {
        samples = experiment.Dataset().Load(new(null, 1)).Train;
        labels = Labels.From(samples.Labels.to(float64), experiment.Tasks.LabelColumns);
        RandomStreams.Start(3, "initialisation");
        Variant = ((BoundNetwork)experiment.Variants.First(v => v.Name == name).Bind(TestSettings.Empty))
            .Create(labels.Counts(experiment.Tasks.Count));
        generated = Variant;
        using (no_grad())
        {
            foreach (var parameter in Parameters())
            {
                // Heads of N(0, 0.01²) alone would make every gradient of the trunk small.
                parameter.add_(randn_like(parameter) * 0.3);
            }
        }

        Batch = Other(0);
        foreach (var parameter in Parameters())
        {
            parameter.grad = zeros_like(parameter);
        }
    }

    public Objective Variant { get; }

    public Batch Batch { get; }

    public Batch Other(long first) =>
        new(Variant.Network.Prepare(samples.Inputs.to(float64).narrow(0, first, 16)), labels.Rows(first, 16));

    public IReadOnlyList<Parameter> Parameters() => [.. Variant.Named().Select(p => p.Parameter).Where(p => p.requires_grad)];

    public T Weighting<T>()
        where T : nn.Module => Variant.Modules().Select(m => m.Module).OfType<T>().Single();

    /// <summary>The gradients that a step has accumulated.</summary>
    public IEnumerable<(string Name, bool Trunk, Tensor Gradient)> Accumulated() =>
        Variant.Named().Where(p => p.Parameter.requires_grad)
            .Select(p => (p.Name, p.Name.StartsWith("Trunk", StringComparison.Ordinal), p.Parameter.grad!));

    /// <summary>The weighted sum Σ_t w_t ∂L_t, and on the variant's own batch also the gradient of the terms that no weight applies
    /// to.</summary>
    public Tensor Expected(string name, Func<int, double> weight, Batch? other = null)
    {
        var (terms, shared) = Pass(other ?? Batch);
        var parameter = Variant.Named().Single(p => p.Name == name).Parameter;
        var total = Enumerable.Range(0, (int)terms.shape[0]).Select(t => terms[t] * weight(t)).Aggregate((a, b) => a + b);
        return Gradient(other is null ? total + shared : total, parameter);
    }

    /// <summary>The task gradients [T, P] with respect to the parameters whose names begin with the prefix.</summary>
    public Tensor Jacobian(string prefix, Batch? other = null)
    {
        var terms = Pass(other ?? Batch).Terms;
        var parameters = Variant.Named()
            .Where(p => p.Parameter.requires_grad && p.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(p => p.Parameter).ToList();
        return stack(
            [.. Enumerable.Range(0, (int)terms.shape[0]).Select(t => cat([.. parameters.Select(p => Gradient(terms[t], p).flatten())]))]);
    }

    /// <summary>The task gradients [T, N·k] with respect to the features.</summary>
    public Tensor FeatureJacobian()
    {
        var outputs = generated.Network.Heads(((Tensor)generated.Network.Trunk.Features(Batch.Prepared)).detach().requires_grad_(true));
        Tensor terms = generated.TaskTerms(generated.TaskLosses(outputs, Targets(Batch)));
        Tensor features = outputs.Features;
        return stack([.. Enumerable.Range(0, (int)terms.shape[0]).Select(t => Gradient(terms[t], features).flatten())]);
    }

    /// <summary>The losses on another batch after a step of gradient descent on Σ_t λ_t L_t of the variant's own batch.</summary>
    public double[] LossesAfter(Batch judge, double[] weights, double rate)
    {
        var terms = Pass(Batch).Terms;
        var total = weights.Select((w, t) => terms[t] * w).Aggregate((a, b) => a + b);
        var parameters = Parameters();
        var before = parameters.Select(p => p.detach().clone()).ToList();
        var gradients = parameters.Select(p => Gradient(total, p)).ToList();
        using var frozen = no_grad();
        for (var i = 0; i < parameters.Count; i++)
        {
            parameters[i].sub_(gradients[i] * rate);
        }

        var losses = Pass(judge).Terms.data<double>().ToArray();
        for (var i = 0; i < parameters.Count; i++)
        {
            parameters[i].copy_(before[i]);
        }

        return losses;
    }

    public void Dispose() => Variant.Dispose();

    private (Tensor Terms, Tensor Shared) Pass(Batch batch)
    {
        var outputs = generated.Network.Forward(batch.Prepared);
        var losses = generated.TaskLosses(outputs, Targets(batch));
        Tensor terms = generated.TaskTerms(losses);
        return (
            terms,
            Variant.GetType().GetMethod("SharedTerms") is { } shared
                ? (Tensor)shared.Invoke(Variant, [(object)outputs])!
                : zeros([], dtype: float64));
    }

    /// <summary>Wraps the labels of a batch in the Targets class of the generated experiment.</summary>
    private dynamic Targets(Batch batch) =>
        Activator.CreateInstance(Variant.GetType().DeclaringType!.DeclaringType!.GetNestedType("Targets")!, batch.Labels)!;

    private static Tensor Gradient(Tensor value, Tensor parameter)
    {
        var gradient = autograd.grad([value], [parameter], retain_graph: true, allow_unused: true)[0];
        return gradient is null || gradient.IsInvalid ? zeros_like(parameter) : gradient;
    }
}
