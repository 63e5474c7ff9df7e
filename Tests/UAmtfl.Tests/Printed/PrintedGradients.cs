using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Printed;

/// <summary>The gradients that a printed objective says, computed from the formulas of its terms.</summary>
internal static class PrintedGradients
{
    private const string Decomposition = "W = P + Q";

    /// <summary>Returns the gradient of each parameter by its name.</summary>
    /// <param name="copy">A network with the weights of the tested one.</param>
    /// <param name="reference">The values of the terms, with a graph to the parameters of the copy.</param>
    /// <param name="formula">The printed objective.</param>
    /// <param name="shared">The smooth terms beside that of the data.</param>
    /// <param name="seen">A network that makes a step of two levels, whose weights are found from its gradients.</param>
    public static Dictionary<string, Tensor> Of(Built copy, Reference reference, Formula formula, Tensor shared, Built seen)
    {
        var where = formula.Where.Where(w => w != Decomposition && !w.StartsWith("ℓ_", StringComparison.Ordinal)).ToList();
        var key = formula.Terms[0] + string.Concat(where.Select(w => $", {w}"));
        if (DataTerms.Whole.TryGetValue(key, out var whole))
        {
            return Derivatives(copy, whole(reference) + shared);
        }

        foreach (var (printed, term) in DataTerms.OfTasks)
        {
            if (DataTerms.OfLosses.FirstOrDefault(
                d => d.Key.Replace("{0}", printed, StringComparison.Ordinal) == key).Value is { } ofLosses)
            {
                return Derivatives(copy, ofLosses(reference, reference.Each(t => term(reference, t))) + shared);
            }

            if (DataTerms.OfGradients.FirstOrDefault(
                d => d.Key.Replace("{0}", printed, StringComparison.Ordinal) == key).Value is { } ofGradients)
            {
                return Weighted(copy, reference, shared, r => ofGradients(r, r.Each(t => term(r, t))), seen);
            }
        }

        throw new Xunit.Sdk.XunitException($"There is no reference for the data term {key}.");
    }

    /// <summary>The expected gradients: for the trunk those of the weighted terms, for the other parameters those of the weighted or
    /// unweighted terms, as the printed objective says.</summary>
    private static Dictionary<string, Tensor> Weighted(
        Built copy, Reference reference, Tensor shared, Func<Reference, Tensor> terms, Built seen)
    {
        var summary = copy.Descriptor.Weighting!;
        var site = summary.Contains("∂L_t/∂Z", StringComparison.Ordinal)
            ? "Z" : summary.Contains("∂L_t/∂W_t", StringComparison.Ordinal) ? "W"
            : "trunk";
        var l = terms(reference);
        var plain = Derivatives(copy, l.sum() + shared);
        var ofShared = Derivatives(copy, shared);
        var trunk = copy.Named.Where(p => p.Name.StartsWith("Trunk", StringComparison.Ordinal)).ToList();
        Tensor Jacobian(Reference r, Tensor values) => stack([.. Enumerable.Range(0, r.Count).Select(t => site == "Z"
            ? autograd.grad([values[t]], [r.Z], retain_graph: true)[0].flatten()
            : site == "W" ? r.Rows(autograd.grad([values[t]], [copy["HeadWeight"]], retain_graph: true)[0], t).flatten()
            : cat([.. trunk.Select(p => autograd.grad([values[t]], [p.Parameter], retain_graph: true)[0].flatten())]))]);
        var weighting = copy.Variant.Weighting;
        Tensor weights;
        var jacobian = Jacobian(reference, l);
        switch (weighting)
        {
            case GramianWeighting gramian:
                weights = gramian.Balance(jacobian.matmul(jacobian.t()), l);
                break;
            case CrossWeighting cross:
                Reference first = new(copy, 1), second = new(copy, 2);
                weights = cross.Balance(Jacobian(first, terms(first)), Jacobian(second, terms(second)), l);
                break;
            case JacobianWeighting direct:
                var direction = direct.Step(jacobian, l);
                var start = 0L;
                return WithTrunk(plain, trunk, ofShared, [.. trunk.Select(p =>
                {
                    if (site == "Z")
                    {
                        return autograd.grad([reference.Z], [p.Parameter], [direction.view_as(reference.Z)], retain_graph: true)[0];
                    }

                    var own = direction.narrow(0, start, p.Parameter.numel()).view(p.Parameter.shape);
                    start += p.Parameter.numel();
                    return own;
                })]);
            default:
                return TwoLevels(copy, reference, shared, terms, seen);
        }

        if (summary.EndsWith("heads: weighted", StringComparison.Ordinal))
        {
            return Derivatives(copy, (l * weights).sum() + shared);
        }

        return WithTrunk(
            plain, trunk, ofShared, [.. trunk.Select(p => autograd.grad([(l * weights).sum()], [p.Parameter], retain_graph: true)[0])]);
    }

    /// <summary>The expected gradients of a bilevel step. The weights of both levels are computed from the heads' gradients, each task's
    /// from its own head, and must explain the trunk's as well.</summary>
    private static Dictionary<string, Tensor> TwoLevels(
        Built copy, Reference reference, Tensor shared, Func<Reference, Tensor> terms, Built seen)
    {
        seen.Accumulate();
        var upper = new Reference(copy, 1);
        var (l, u) = (terms(reference), terms(upper));
        var (ofL, ofU, rest, all) = (
            Derivatives(copy, l.sum())["HeadWeight"], Derivatives(copy, u.sum())["HeadWeight"],
            Derivatives(copy, shared)["HeadWeight"], seen["HeadWeight"].grad!);
        var (lower, judge) = (new List<double>(), new List<double>());
        for (var t = 0; t < reference.Count; t++)
        {
            var columns = stack([reference.Rows(ofL, t).flatten(), reference.Rows(ofU, t).flatten()], 1);
            var right = reference.Rows(all - rest, t).flatten().unsqueeze(1);
            var solution = linalg.lstsq(columns, right).Solution.flatten();
            lower.Add(solution[0].item<double>());
            judge.Add(solution[1].item<double>());
        }

        Assert.Contains(lower, w => Math.Abs(w) > 1e-3);
        Assert.True(
            copy.Descriptor.Composition.EndsWith("Forum", StringComparison.Ordinal) || judge.All(w => Math.Abs(w) < 1e-6),
            string.Join(", ", judge));
        return Derivatives(copy, (l * tensor(lower.ToArray())).sum() + (u * tensor(judge.ToArray())).sum() + shared);
    }

    private static Dictionary<string, Tensor> WithTrunk(
        Dictionary<string, Tensor> rest,
        List<(string Name, TorchSharp.Modules.Parameter Parameter)> trunk,
        Dictionary<string, Tensor> shared,
        IReadOnlyList<Tensor> ofTrunk)
    {
        for (var i = 0; i < trunk.Count; i++)
        {
            rest[trunk[i].Name] = ofTrunk[i] + shared[trunk[i].Name];
        }

        return rest;
    }

    /// <summary>The derivatives of a value with respect to all parameters.</summary>
    private static Dictionary<string, Tensor> Derivatives(Built copy, Tensor value)
    {
        var parameters = copy.Named.ToList();
        if (!value.requires_grad)
        {
            return parameters.ToDictionary(p => p.Name, p => zeros_like(p.Parameter));
        }

        var gradients = autograd.grad([value], [.. parameters.Select(p => p.Parameter)], retain_graph: true, allow_unused: true);
        return parameters.Zip(gradients)
            .ToDictionary(p => p.First.Name, p => p.Second is null || p.Second.IsInvalid ? zeros_like(p.First.Parameter) : p.Second);
    }
}
