using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>Adam or SGD that updates all tensors of a group in one call of libtorch, where TorchSharp's own optimisers make about eight
/// calls for each tensor. TorchSharp does not expose the fused operators, so that a TorchScript program calls them.</summary>
public sealed class FusedOptimizer : IOptimizer
{
    private readonly jit.CompilationUnit program;
    private readonly TrainingPlan plan;
    private readonly State[] groups;
    private readonly Scalar limit;
    private bool first = true;

    /// <summary>Creates the optimiser, and drops the gradients of all parameters.</summary>
    /// <param name="plan">The kind of optimiser and its settings.</param>
    /// <param name="groups">The parameter groups.</param>
    /// <exception cref="UAmtflException">The libtorch that is loaded has no fused operators.</exception>
    public FusedOptimizer(TrainingPlan plan, IReadOnlyList<ParameterGroup> groups)
    {
        program = FusedOperators.Program;
        this.plan = plan;
        this.groups = [.. Alike(groups.Where(g => g.Parameters.Count > 0), plan)];
        limit = plan.ClipNorm > 0 ? plan.ClipNorm : plan.ClipValue;
        Plateau = plan.Schedule == ScheduleKind.Plateau ? new(plan) : null;
        ZeroGradients();
    }

    /// <summary>The plateaus of the validation error, if the learning rate depends on them; else null.</summary>
    internal Plateau? Plateau { get; }

    /// <inheritdoc/>
    public double PlateauFactor => Plateau?.Factor ?? 1;

    /// <inheritdoc/>
    public void EpochEnded(int epoch, double? validationError) => Plateau?.Offer(epoch, validationError);

    /// <inheritdoc/>
    public string Description => $"fused {plan.Optimizer}";

    /// <inheritdoc/>
    /// <remarks>The gradients are dropped instead of filled with zeros, because the backward pass then hands over its own tensors and
    /// does not add them to zeros. This saves three passes over the memory of all parameters, a tenth of the step of a wide perceptron.
    /// <see cref="Step"/> drops them as well, because the next forward pass then uses their memory, which is still in the processor's
    /// cache.</remarks>
    public void ZeroGradients()
    {
        foreach (var group in groups)
        {
            Array.ForEach(group.Parameters, p => p.grad = null);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(Tensor Parameter, string Name, Tensor Value)> Moments()
    {
        foreach (var group in groups)
        {
            foreach (var (name, values) in new[] { ("mean", group.First), ("square", group.Second), ("steps", group.Steps) })
            {
                for (var i = 0; i < values.Length; i++)
                {
                    yield return (group.Parameters[i], name, values[i]);
                }
            }
        }
    }

    /// <summary>Says that the moments were overwritten with those of an earlier training, so that the next step is not the
    /// first.</summary>
    internal void Continue() => first = false;

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        Clip();
        foreach (var g in groups)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var rate = g.Rate(learningRate * g.RateScale);
            g.FindTrained();
            if (g.Trained.Length == 0)
            {
                continue;
            }

            var gradients = g.Gradients();
            if (plan.Optimizer != OptimizerKind.Sgd)
            {
                program.invoke(
                    plan.Optimizer == OptimizerKind.AdamW ? "adamw" : "adam",
                    [
                        g.OfTrained(g.Parameters), gradients, g.OfTrained(g.First), g.OfTrained(g.Second), g.OfTrained(g.Steps),
                        rate, .. g.Settings,
                    ]);
            }
            else
            {
                program.invoke(
                    "sgd",
                    [g.OfTrained(g.Parameters), gradients, g.OfTrained(g.First), rate, .. g.Settings, plan.Nesterov, first]);
            }
        }

        first = false;
        ZeroGradients();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        limit.Dispose();
        Plateau?.Dispose();
        foreach (var group in groups)
        {
            group.Dispose();
        }
    }

    /// <summary>Clips the gradients as PyTorch's clip_grad_norm_ or clip_grad_value_ do, before the decay is added. Those of parameters
    /// that belong to no task are left as they are, because a weighting's own gradient has another unit. Nothing is read from the
    /// device.</summary>
    private void Clip()
    {
        if (plan.ClipNorm <= 0 && plan.ClipValue <= 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor[] gradients =
        [
            .. groups.Where(g => g.Clipped).SelectMany(g => g.Parameters)
                .Where(p => p.requires_grad).Select(p => p.grad).OfType<Tensor>(),
        ];
        if (gradients.Length > 0)
        {
            program.invoke(plan.ClipNorm > 0 ? "clip_norm" : "clip_value", [gradients, limit]);
        }
    }

    /// <summary>Joins groups with the same decay and the same scale of the learning rate, because each group costs a call.</summary>
    private static IEnumerable<State> Alike(IEnumerable<ParameterGroup> groups, TrainingPlan plan) =>
        from alike in groups.GroupBy(g => (
            g.Decay, Scale: g.LearningRateScale, Clipped: plan.ClipNorm + plan.ClipValue > 0 && g.Owner != Owner.NoTask))
        select new State([.. alike.SelectMany(g => g.Parameters)], alike.Key.Decay, alike.Key.Scale, plan)
        {
            Clipped = alike.Key.Clipped,
        };

    /// <summary>The state of a group. Its tensors outlive the dispose scope of a step, and its scalars outlive each call, because a
    /// garbage collection may free a scalar that TorchSharp makes from a number before the call has read it.</summary>
    private sealed class State : IDisposable
    {
        private readonly Tensor?[] zeros;
        private double rateValue = double.NaN;
        private Scalar rate = double.NaN;

        public State(Tensor[] parameters, double decay, double rateScale, TrainingPlan plan)
        {
            Parameters = parameters;
            RateScale = rateScale;
            zeros = new Tensor?[Parameters.Length];
            var adam = plan.Optimizer != OptimizerKind.Sgd;
            First = adam || plan.Momentum > 0 ? [.. Parameters.Select(Zeros)] : [];
            Second = adam ? [.. Parameters.Select(Zeros)] : [];
            Settings = adam ? [plan.Beta1, plan.Beta2, plan.Epsilon, decay] : [plan.Momentum, decay];
            Steps = adam
                ? [.. Parameters.Select(p => torch.zeros([], dtype: ScalarType.Float32, device: p.device).DetachFromDisposeScope())]
                : [];
        }

        /// <summary>The indices of the parameters that are trained now. All others keep their bits: no step and no decay changes
        /// them.</summary>
        public int[] Trained { get; private set; } = [];

        /// <summary>True if the gradients of the group are clipped.</summary>
        public bool Clipped { get; init; }

        /// <summary>The learning rate in units of the network's.</summary>
        public double RateScale { get; }

        public Tensor[] Parameters { get; }

        public Tensor[] First { get; }

        public Tensor[] Second { get; }

        public Tensor[] Steps { get; }

        /// <summary>The arguments of the script that follow the learning rate.</summary>
        public Scalar[] Settings { get; }

        /// <summary>Updates <see cref="Trained"/>, because parameters may be frozen and released between steps.</summary>
        public void FindTrained()
        {
            var count = 0;
            foreach (var parameter in Parameters)
            {
                count += parameter.requires_grad ? 1 : 0;
            }

            if (count < Parameters.Length || Trained.Length < Parameters.Length)
            {
                Trained = [.. Enumerable.Range(0, Parameters.Length).Where(i => Parameters[i].requires_grad)];
            }
        }

        /// <summary>Selects the tensors of the parameters that are trained.</summary>
        public Tensor[] OfTrained(Tensor[] all) =>
            all.Length == Trained.Length || all.Length == 0 ? all : [.. Trained.Select(i => all[i])];

        /// <summary>Returns the gradients of the parameters that are trained; zeros for a parameter that the backward pass did not
        /// reach.</summary>
        public Tensor[] Gradients()
        {
            var gradients = new Tensor[Trained.Length];
            for (var i = 0; i < gradients.Length; i++)
            {
                var parameter = Trained[i];
                gradients[i] = Parameters[parameter].grad ?? (zeros[parameter] ??= Zeros(Parameters[parameter]));
            }

            return gradients;
        }

        /// <summary>Returns the learning rate as a scalar, the same one as long as the rate does not change.</summary>
        public Scalar Rate(double value)
        {
            if (value != rateValue)
            {
                rate.Dispose();
                (rate, rateValue) = (value, value);
            }

            return rate;
        }

        public void Dispose()
        {
            rate.Dispose();
            Array.ForEach(Settings, s => s.Dispose());
            foreach (var tensor in First.Concat(Second).Concat(Steps))
            {
                tensor.Dispose();
            }

            Array.ForEach(zeros, z => z?.Dispose());
        }

        /// <summary>Creates zeros with the strides of the parameter, because the fused operators go through memory in its
        /// order.</summary>
        private static Tensor Zeros(Tensor parameter)
        {
            using var frozen = no_grad();
            return zeros_like(parameter).DetachFromDisposeScope();
        }
    }
}
