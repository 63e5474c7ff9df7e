using UAmtfl.Data;
using UAmtfl.Training.Structure;
using UAmtfl.Trunks;
using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>Trains the network of a variant: the value that is minimised, the parameters in groups, and what happens around each step. The
/// generator writes the subclasses. The network is not disposed of with the objective, because it outlives its training.</summary>
public abstract class Objective : IDisposable
{
    private readonly Kept state = new();

    /// <summary>The network, whose parameters include those of a transfer between tasks and of learnt task uncertainties.</summary>
    public abstract Network Network { get; }

    /// <summary>The weighting, where it is a module with a state of its own; null where the
    /// value alone says how tasks are weighted.</summary>
    public virtual IWeighting? Weighting => null;

    /// <summary>The parameters in groups that differ in learning rate or weight decay; each parameter is in exactly one.</summary>
    public abstract IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>How many independent batches a step takes; more than one for weightings that compare the gradients of several.</summary>
    public virtual int Batches => 1;

    /// <summary>How many bytes of managed memory a step may take beyond what every step does, for the solver of its weighting.</summary>
    public virtual long SolverBytes => 0;

    /// <summary>Computes the value that is minimised on a batch, without the weight decay, because the optimiser adds its gradient. A
    /// weighting that depends on gradients has no part in it: the value is then the unweighted one, and <see cref="Accumulate"/>
    /// weights.</summary>
    /// <param name="prepared">[N, …], from <see cref="IPredictor.Prepare"/>.</param>
    /// <param name="labels">[N, T].</param>
    /// <param name="taskLosses">[T], the data term of each task, detached.</param>
    /// <returns>[]</returns>
    public abstract Tensor Value(Tensor prepared, Labels labels, out Tensor taskLosses);

    /// <summary>Adds the gradients of one step to those of the parameters. A weighting that
    /// looks at the gradients of tasks overrides it.</summary>
    /// <param name="batches">As many as <see cref="Batches"/>; the first is the epoch's own.</param>
    /// <param name="taskLosses">[T], the data term of each task on the first batch, without a graph.</param>
    /// <returns>[], the value on the first batch, without a graph.</returns>
    public virtual Tensor Accumulate(IReadOnlyList<Batch> batches, out Tensor taskLosses)
    {
        var value = Single(Value(batches[0].Prepared, batches[0].Labels, out taskLosses));
        value.backward();
        (Weighting as LossWeighting)?.BackwardEnded();
        return value.detach();
    }

    /// <summary>Adds the gradients of a step to those of the parameters, part by part of the batch: the graph of one part is freed before
    /// the next is computed.</summary>
    /// <param name="batch">The rows of all parts.</param>
    /// <param name="parts">Where each part begins in the epoch, and how many rows it has.</param>
    /// <param name="tasks">The number of tasks T.</param>
    /// <param name="taskLosses">[T], the data term of each task on the whole batch, without a graph.</param>
    /// <returns>[], the value on the whole batch, without a graph.</returns>
    internal Tensor AccumulateParts(
        Batch batch, IReadOnlyList<(long Start, long Rows)> parts, long tasks, out Tensor taskLosses)
    {
        var value = zeros([], dtype: batch.Prepared.dtype, device: batch.Prepared.device);
        taskLosses = zeros(tasks, dtype: value.dtype, device: value.device);
        foreach (var (start, rows) in parts)
        {
            using var scope = NewDisposeScope();
            var (first, share) = (start - parts[0].Start, rows / (double)batch.Prepared.shape[0]);
            var part = Single(Value(batch.Prepared.narrow(0, first, rows), batch.Labels.Part(first, rows, tasks), out var losses)) * share;
            part.backward();
            using var frozen = no_grad();
            value.add_(part);
            taskLosses.add_(losses * share);
        }

        return value;
    }

    private Tensor Single(Tensor value) => value.dim() == 0
        ? value
        : throw new UAmtflException(
            $"the objective of {Network.GetName()} has shape [{string.Join(", ", value.shape)}]; "
                + "its weighting must give one number, such as the sum");

    /// <summary>Updates what depends on a step's outcome. Called under no_grad after each step and its projection.</summary>
    /// <param name="batch">The step's first batch.</param>
    public virtual void StepEnded(Batch batch)
    {
    }

    /// <summary>Takes the proximal steps of penalties that the gradient leaves out, and puts parameters back into their allowed set.
    /// Called under no_grad after each step of the optimiser.</summary>
    /// <param name="trunkRate">The learning rate of the trunk in the step.</param>
    /// <param name="headRate">The learning rate of the heads in the step.</param>
    public virtual void Project(double trunkRate, double headRate)
    {
    }

    /// <summary>The search for a structure that changes the network between epochs; null if the network stays as it is.</summary>
    public virtual StructureSearch? Search => null;

    /// <summary>Computes what depends on the labels of the training set, such as balanced weights of classes. Called once, before the
    /// first epoch that is trained, and again before the first epoch of a resumed training.</summary>
    /// <param name="labels">All labels of the training set.</param>
    public virtual void TrainingStarted(Labels labels)
    {
    }

    /// <summary>Updates what depends on the epoch. Called before each epoch.</summary>
    /// <param name="epoch">0, 1, …</param>
    /// <param name="epochs">How many there will be.</param>
    public virtual void EpochStarted(int epoch, int epochs)
    {
    }

    /// <summary>Updates what depends on an epoch's losses. Called after each epoch, under no_grad.</summary>
    /// <param name="meanLosses">[T], the epoch's mean task losses.</param>
    public virtual void EpochEnded(Tensor meanLosses)
    {
    }

    /// <summary>Returns learnt quantities that are worth a curve over epochs, by name: σ_t [T].
    /// Called under no_grad, once an epoch.</summary>
    public virtual IEnumerable<(string Name, Tensor Values)> Traces() => [];

    /// <summary>A module with what the objective itself keeps from step to step: the weighting, at the path <c>Weighting</c>, and what is
    /// recorded of each pair of gradients, at the path <c>Pairs</c>.</summary>
    internal nn.Module State => state;

    /// <summary>The modules that a step changes, by path: those of the network, then the weighting and the modules in it.</summary>
    internal IEnumerable<(string Path, nn.Module Module)> Modules() =>
        Network.named_modules().Concat(state.named_modules()).Select(m => (m.name, m.module));

    /// <summary>Keeps a weighting with the objective. TorchSharp then finds the parameters
    /// and modules in the weighting's fields, too.</summary>
    /// <typeparam name="T">The weighting.</typeparam>
    /// <param name="weighting">The weighting.</param>
    /// <param name="dtype">The type of its numbers.</param>
    /// <param name="device">The device that they are moved to.</param>
    /// <returns>The weighting.</returns>
    protected T Keep<T>(T weighting, ScalarType dtype, Device device)
        where T : nn.Module, IWeighting
    {
        Layout.Placed(weighting, dtype, device);
        state.register_module(nameof(Weighting), weighting);
        (weighting as GramianWeighting)?.RecordPairs(state);
        return weighting;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the objective holds, the network excepted.</summary>
    /// <param name="disposing">True if it is disposed of, not finalised.</param>
    protected virtual void Dispose(bool disposing) => state.Dispose();

    private sealed class Kept() : nn.Module(nameof(Objective));
}

/// <summary>Parameters that the optimiser steps with the same learning rate and the same weight decay.</summary>
/// <param name="Owner">The tasks that the parameters belong to.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Decay">λ of the penalty λ/2 ‖·‖², which the optimiser adds to the gradient.</param>
/// <param name="LearningRateScale">The learning rate in units of the network's.</param>
public sealed record ParameterGroup(Owner Owner, IReadOnlyList<Tensor> Parameters, double Decay = 0, double LearningRateScale = 1);
