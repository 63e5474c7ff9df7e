using static TorchSharp.torch;

namespace UAmtfl.Tests.Printed;

/// <summary>The terms of the objective other than the data term as they are printed, and their values.</summary>
internal static class OtherTerms
{
    private static Tensor Apart(Tensor one, Tensor other) => (one - other).square().sum();

    // The tasks of EverythingSingle are declared as Dose, Sick, Age, Old, of which the network has the binary ones first.
    private static readonly int[] DeclaredOrder = [2, 0, 3, 1];

    /// <summary>Terms that are differentiable.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Reference, Tensor>> Smooth = new Dictionary<string, Func<Reference, Tensor>>
    {
        ["γ/N ‖relu(OA + b_A) − Z‖²"] = r =>
        {
            var rebuilt = nn.functional.relu(r.Outputs.matmul(r.Parameter("Feedback")) + r.Parameter("FeedbackBias"));
            return r.Number("Gamma") * (rebuilt - r.Z).square().sum() / Built.Rows;
        },
        ["γ/N ‖OA − Z‖²"] = r => r.Number("Gamma") * (r.Outputs.matmul(r.Parameter("Feedback")) - r.Z).square().sum() / Built.Rows,
        ["γ ‖W − WB‖²"] = r => r.Number("Gamma") * (r.W.t() - r.W.t().matmul(r.Parameter("Transfer"))).square().sum(),
        ["γ ‖LS − LSB‖²"] = r =>
        {
            var ls = r.Parameter("Trunk.Linear1.weight").t().matmul(r.W.t());
            return r.Number("Gamma") * (ls - ls.matmul(r.Parameter("Transfer"))).square().sum();
        },
        ["γ/N ‖Z‖²"] = r => r.Number("FeatureNorm") * r.Z.square().sum() / Built.Rows,
        ["λ/2 ‖trunk‖²"] = r => r.Decay() / 2 * r.Trunk.Select(p => p.square().sum()).Aggregate((a, b) => a + b),
        ["λ/2 (‖W‖² + ‖b‖²)"] = r => r.Decay() / 2 * (r.W.square().sum() + r.B.square().sum()),
        ["λ/2 (‖trunk‖² + ‖W‖² + ‖b‖²)"] = r =>
        {
            var trunk = r.Trunk.Select(p => p.square().sum()).Aggregate((a, b) => a + b);
            return r.Decay() / 2 * (trunk + r.W.square().sum() + r.B.square().sum());
        },
        ["κ (‖w̄‖² + λ/T Σ_t ‖w_t − w̄‖²)"] = r =>
        {
            var apart = r.Number("MeanLambda") / r.Count * FromTheMean(r);
            return r.Number("MeanConstraint") * (Mean(r).square().sum() + apart);
        },
        ["ρ Σ_l Σ_t ‖W_t^l − W̄^l‖²"] = r => r.Number("Rho") * r.Sum(t => Apart(r.TrunkOf(t), r.MeanTrunk)),
        ["ρ Σ_l Σ_s Σ_t ‖W_s^l − W_t^l‖²"] = r => r.Number("Rho") * r.Sum(s => r.Sum(t => Apart(r.TrunkOf(s), r.TrunkOf(t)))),
        ["ρ‖WR‖²"] = r => r.Number("TaskGraph") * (r.Chained ? Chain(r) : FromTheMean(r)),
    };

    /// <summary>Terms that are not differentiable and are applied by a proximal step, except where a declaration asks for their
    /// subgradient.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Reference, Tensor>> Sharp = new Dictionary<string, Func<Reference, Tensor>>
    {
        ["μ‖trunk‖₁"] = r => r.Number("MuTrunk") * TrunkNorm(r),
        ["μ‖W‖₁"] = r => r.Number("MuHeads") * r.W.abs().sum(),
        ["μ(‖trunk‖₁ + ‖W‖₁)"] = r => r.Number("Mu") * (TrunkNorm(r) + r.W.abs().sum()),
        ["λ Σ_i ‖w_i‖₂"] = r => r.Number("GroupLasso") * Columns(r.W, c => c.norm()),
        ["λ Σ_i ‖w_i‖_∞"] = r => r.Number("GroupLasso") * Columns(r.W, c => c.abs().max()),
        ["λ Σ_t ‖w_t‖₂"] = r => r.Number("GroupLasso") * r.Sum(t => r.Rows(r.W, t).norm()),
        ["λ Σ_t ‖w_t‖_∞"] = r => r.Number("GroupLasso") * r.Sum(t => r.Rows(r.W, t).abs().max()),
        ["λ Σ_t ‖w_t‖₁"] = r => r.Number("GroupLasso") * r.W.abs().sum(),
        ["ρ Σ_l ‖[W_1^l, …, W_T^l]‖_*"] = r =>
            r.Number("Rho") * linalg.svdvals(stack([.. Enumerable.Range(0, r.Count).Select(t => r.TrunkOf(t).flatten())])).sum(),
        ["λ‖W‖_*"] = r => r.Number("TraceNorm") * linalg.svdvals(r.W).sum(),
        ["λ Σ_i ‖p_i‖_∞"] = r => r.Number("DirtyShared") * Columns(r.Parameter("HeadShared"), c => c.abs().max()),
        ["λ‖P‖_*"] = r => r.Number("LowRank") * linalg.svdvals(r.Parameter("HeadShared")).sum(),
        ["μ‖Q‖₁"] = r => (r.HasNumber("DirtyOwn") ? r.Number("DirtyOwn") : r.Number("Sparse")) * r.Parameter("HeadOwn").abs().sum(),
        ["μ Σ_t ‖q_t‖₂"] = r => r.Number("Outliers") * r.Sum(t => r.Rows(r.Parameter("HeadOwn"), t).norm()),
    };

    /// <summary>The sum of squared distances from the mean weights, Σ_t ‖w_t − w̄‖².</summary>
    private static Tensor FromTheMean(Reference r)
    {
        var mean = Mean(r);
        return r.Sum(t => (r.Rows(r.W, t) - mean).square().sum());
    }

    private static Tensor TrunkNorm(Reference r) =>
        r.Trunk.Where(p => p.dim() > 1 && !r.IsBias(p)).Select(p => p.abs().sum()).Aggregate((a, b) => a + b);

    private static Tensor Columns(Tensor matrix, Func<Tensor, Tensor> norm) =>
        Enumerable.Range(0, (int)matrix.shape[1]).Select(i => norm(matrix.select(1, i))).Aggregate((a, b) => a + b);

    private static Tensor Mean(Reference r) => r.Sum(t => r.Rows(r.W, t)) / r.Count;

    private static Tensor Chain(Reference r)
    {
        var order = r.Count == 4 ? DeclaredOrder : [.. Enumerable.Range(0, r.Count)];
        return Enumerable.Range(0, r.Count - 1)
            .Select(i => (r.Rows(r.W, order[i]) - r.Rows(r.W, order[i + 1])).square().sum())
            .Aggregate((a, b) => a + b);
    }
}
