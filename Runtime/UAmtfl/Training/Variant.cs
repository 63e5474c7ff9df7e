using UAmtfl.Data;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>One variant of an experiment, built: what the training loop needs of it. The generator writes the subclasses.</summary>
public abstract class Variant : Predictor
{
    /// <summary>The network, with every trained parameter, the sharing scheme's and the weighting's included.</summary>
    public abstract Network Network { get; }

    /// <summary>The parameters in groups that differ in learning rate or weight decay; each parameter is in exactly one.</summary>
    public abstract IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>How many times larger <see cref="Predictor.Prepare"/> makes the inputs.</summary>
    public virtual double PreparedSize => 1;

    /// <summary>How many independent batches a step takes; more than one for weightings that compare the gradients of several.</summary>
    public virtual int Batches => 1;

    /// <summary>How many bytes of managed memory a step may take beyond what every step does: those of a weighting's solver.</summary>
    public virtual long SolverBytes => 0;

    /// <summary>The objective of one batch, but for the weight decay, which the optimiser adds.</summary>
    /// <param name="prepared">[N, …], from <see cref="Predictor.Prepare"/>.</param>
    /// <param name="labels">[N, T].</param>
    /// <param name="taskLosses">[T], the data term of each task, detached.</param>
    /// <returns>[], to be minimised.</returns>
    public abstract Tensor Objective(Tensor prepared, Labels labels, out Tensor taskLosses);

    /// <summary>Adds the gradients of one step to those of the parameters. A weighting that looks at the gradients of tasks overrides it.</summary>
    /// <param name="batches">As many as <see cref="Batches"/>; the first is the epoch's own.</param>
    /// <param name="taskLosses">[T], the data term of each task on the first batch, without a graph.</param>
    /// <returns>[], the objective of the first batch, without a graph.</returns>
    public virtual Tensor Accumulate(IReadOnlyList<Batch> batches, out Tensor taskLosses)
    {
        var objective = Objective(batches[0].Prepared, batches[0].Labels, out taskLosses);
        if (objective.dim() != 0)
        {
            throw new UAmtflException($"the objective of {GetType().Name} has shape [{string.Join(", ", objective.shape)}]; its weighting must give one number, such as the sum");
        }

        objective.backward();
        return objective.detach();
    }

    /// <summary>Called under no_grad after each step and its projection.</summary>
    /// <param name="batch">The step's first batch.</param>
    public virtual void StepEnded(Batch batch)
    {
    }

    /// <summary>The proximal steps of penalties that the gradient leaves out, and back into the allowed set. Called under no_grad after
    /// each step of the optimiser.</summary>
    /// <param name="learningRate">The step's.</param>
    public virtual void Project(double learningRate)
    {
    }

    /// <summary>Called before each epoch.</summary>
    /// <param name="epoch">0, 1, …</param>
    /// <param name="epochs">How many there will be.</param>
    public virtual void EpochStarted(int epoch, int epochs)
    {
    }

    /// <summary>Called after each epoch, under no_grad.</summary>
    /// <param name="meanLosses">[T], the epoch's mean task losses.</param>
    public virtual void EpochEnded(Tensor meanLosses)
    {
    }

    /// <summary>Learnt quantities worth a curve over epochs, by name: σ_t [T]. Called under no_grad, once an epoch.</summary>
    public virtual IEnumerable<(string Name, Tensor Values)> Traces() => [];

    internal override bool Mode(bool training)
    {
        var before = Network.training;
        Network.train(training);
        return before;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Network.Dispose();
}

/// <summary>Parameters that are stepped alike.</summary>
/// <param name="Name">For messages and logs.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Decay">λ of the penalty λ/2 ‖·‖², which the optimiser adds to the gradient.</param>
/// <param name="LearningRateScale">The learning rate in units of the network's.</param>
public sealed record ParameterGroup(string Name, IReadOnlyList<Tensor> Parameters, double Decay = 0, double LearningRateScale = 1);
