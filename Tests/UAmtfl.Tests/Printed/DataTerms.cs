using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Printed;

/// <summary>The data terms of all weightings as they are printed, where {0} is the term of a task, with their values in the first step of
/// a training.</summary>
internal static class DataTerms
{
    /// <summary>Printed data terms of weightings that need only losses, and how they follow from the tasks' terms L [T].</summary>
    public static readonly IReadOnlyDictionary<string, Func<Reference, Tensor, Tensor>> OfLosses =
        new Dictionary<string, Func<Reference, Tensor, Tensor>>
        {
            ["Σ_t {0}"] = (_, l) => l.sum(),
            ["1/T Σ_t {0}"] = (r, l) => l.sum() / r.Count,
            ["Σ_t (N_t / mean N) {0}"] = (r, l) => (r.Counts / r.Counts.mean() * l).sum(),
            ["Σ_t w_t {0}, w = softmax(N(0, I))"] = (r, l) => r.Drawn() is var w ? (l * w).sum() : l,
            ["Σ_t c_t {0}"] = (_, l) => (l * tensor(new[] { 0.5, 1, 1, 3, 2 })).sum(),
            ["Σ_t ({0} / 2σ_t² + log(1 + σ_t²))"] = (r, l) =>
            {
                var square = r.Parameter("Weighting.logVariance").exp();
                return ((l / (2 * square)) + (1 + square).log()).sum();
            },
            // The weights are equal in the first epochs.
            ["Σ_t w_t {0}, w = T softmax(r / temperature), r_t = the ratio of its last two epochs' means"] = (_, l) => l.sum(),
            ["(Π_t {0})^(1/T)"] = (r, l) => l.prod().pow(1.0 / r.Count),
            ["Σ_t (exp(s_t) {0} − s_t)"] = (r, l) => ((r.Parameter("Weighting.s").exp() * l) - r.Parameter("Weighting.s")).sum(),
            // At the start w = 0.
            ["c Σ_t z_t log {0}, z = softmax(w), c = 1 / Σ_t (z_t / ℓ_t)"] = (_, l) =>
                (l + 1e-8).log().sum() / (1 / (l + 1e-8)).sum().detach(),
            ["μ log Σ_t exp(λ_t {0} / μ)"] = (r, l) => (l / r.Count / 0.1).exp().sum().log() * 0.1,
            // The first epochs are the warm-up.
            ["T μ log Σ_t exp((log({0} / n_t) − max) / μ), Σ_t log {0} while it warms up"] = (_, l) => l.log().sum(),
            ["λᵀL − c cos(λ, L), L_t = {0}"] = (r, l) => (l.sum() / r.Count) - (l.sum() / Math.Sqrt(r.Count) / l.norm()),
            ["d₁ + θ d₂, L_t = {0}"] = (r, l) =>
            {
                var along = l.sum() / Math.Sqrt(r.Count);
                return along + (5 * (l - (along / Math.Sqrt(r.Count))).norm());
            },
            // In the first step the loss is itself ℓ_t(0).
            ["Σ_t w_t {0}, w_t ∝ (ℓ_t / ℓ_t(0))^α"] = (_, l) => l.sum(),
            ["Heavier({0}, t = 1 … T)"] = (r, l) => r.Each(t => l[t] * (t + 1.0)).sum(),
        };

    /// <summary>Printed data terms of weightings that need gradients, and what is differentiated for the tasks' terms L [T]. The weights
    /// come from a copy of the weighting.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Reference, Tensor, Tensor>> OfGradients =
        new Dictionary<string, Func<Reference, Tensor, Tensor>>
        {
            ["Σ_t w_t {0}, w = argmin over the simplex of ‖Σ_t w_t g_t‖²"] = Same,
            ["Σ_t w_t {0}, w = argmin over the simplex of ‖Σ_t w_t g_t‖², w averaged over steps"] = Same,
            ["Σ_t w_t {0}, g_t projected off those that it conflicts with"] = Same,
            ["Σ_t w_t {0}, g_t brought up to the running mean of its cosines"] = Same,
            ["Σ_t w_t {0}, d = argmax over ‖d − ḡ‖ ≤ c‖ḡ‖ of min_t g_t·d"] = Same,
            ["Σ_t w_t {0}, equal projections onto all g_t"] = Same,
            ["Σ_t w_t (exp(s_t) {0} − s_t), w: equal projections onto all g_t"] = (r, l) =>
                (r.Parameter("Weighting.scales").exp() * l) - r.Parameter("Weighting.scales"),
            ["Σ_t w_t {0}, Gw = 1/w"] = Same,
            ["Σ_t w_t {0}, Gw = w^(−1/α)"] = Same,
            ["Σ_t w_t {0}, w = √λ V Λ^(−½) Vᵀ p"] = Same,
            ["Σ_t w_t {0}, equal cosines to all g_t, the length of their summed projections"] = Same,
            ["Σ_t w_t {0}, w: ‖w_t g_t‖ → mean r_t^α"] = Same,
            ["Σ_t w_t {0}, Σ_t p_t g_t projected onto {d : g_t·d ≥ 0}"] = Same,
            ["Σ_t w_t {0}, Σ_t p_t (g_t projected onto {d : g_s·d ≥ 0})"] = Same,
            ["Σ_t w_t {0}, the mean of the g_t that lie closest to others"] = Same,
            ["Σ_t w_t {0}, w_f = 1, w_t = π_t max(cos(g_t, g_f), 0)"] = Same,
            ["Σ_t {0}, of each entry of Σ_t g_t one sign"] = Same,
            ["Σ_t {0}, the mean of each entry of g_t without the extremes"] = Same,
            ["Σ_t log {0}, averages of g_t over steps at the largest one's norm"] = (_, l) => (l + 1e-8).log(),
            ["Σ_t λ_t y_t, y_t the average of ℓ_t g_t / ‖g_t‖ over steps, of {0}"] = Same,
            ["Σ_t w_t {0}, w_t ∝ exp(η Σ excess risk)"] = Same,
            ["Σ_t λ_t {0}, λ ← Π(λ − γ(J₁J₂ᵀλ + ρλ))"] = Same,
            ["Σ_t (w_t + λ/T) / (1 + λ) {0}, w by projected gradient on J₁J₂ᵀ"] = Same,
            ["Σ_t λ_t {0}, λ by the minimum-norm hyper-gradient"] = Same,
            ["Σ_t λ_t {0}, λ by the hyper-gradient of the sum"] = Same,
            ["Σ_t λ_t {0}, λ and θ by the value function's multi-gradient"] = Same,
        };

    private static Tensor Same(Reference reference, Tensor losses) => losses;

    /// <summary>Printed terms of one task in a sharing scheme, and their values.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Reference, int, Tensor>> OfTasks =
        new Dictionary<string, Func<Reference, int, Tensor>>
        {
            ["ℓ_t"] = (r, t) => r.Loss(t),
            ["CE(o_t, y_t)"] = (r, t) => r.Loss(t),
            ["(1 + α‖a_t‖₁) (ℓ_t + δ_t)"] = (r, t) => r.Asymmetry(t) * (r.Loss(t) + r.Delta(t)),
            ["(1 + α‖b_t‖₁) (ℓ_t + δ_t)"] = (r, t) => r.Asymmetry(t) * (r.Loss(t) + r.Delta(t)),
        };

    /// <summary>Printed data terms whose weights stand inside the terms of the tasks, and their values.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Reference, Tensor>> Whole = new Dictionary<string, Func<Reference, Tensor>>
    {
        ["Σ_t (ℓ_t + r_t log σ_t), r_t = 1 for a regression and 0 for other tasks"] = r => r.Sum(
            t => r.Printed(t) + (Regression(r, t) * LogSigma(r, t))),
        ["Σ_t (ℓ_t + r_t log σ), r_t = 1 for a regression and 0 for other tasks"] = r => r.Sum(
            t => Exact(r, t) + (Regression(r, t) * LogSigma(r, t))),
        // σ_t stands in the printed ℓ_t where a likelihood divides by σ_t.
        ["Σ_t (ℓ_t + log σ_t)"] = r => r.Sum(t => r.Printed(t) + LogSigma(r, t)),
        ["Σ_t {(1 + α‖a_t‖₁) ℓ_t + log σ_t}"] = r => r.Sum(t => (r.Asymmetry(t) * r.Printed(t)) + LogSigma(r, t)),
        ["Σ_t {ℓ_t + log σ_t + α‖a_t‖₁ σ_t²}"] = r => r.Sum(t => r.Printed(t) + LogSigma(r, t) + Price(r, t)),
        ["Σ_t (c_t ℓ_t / σ_t² + log σ_t), c_t = ½ for a regression and 1 for other tasks"] = r => r.Sum(
            t => Halved(r, t) + LogSigma(r, t)),
        ["Σ_t (c_t ℓ_t / σ² + log σ), c_t = ½ for a regression and 1 for other tasks"] = r => r.Sum(t => Halved(r, t) + LogSigma(r, t)),
        ["Σ_t (CE(o_t, y_t) / σ_t² + log σ_t)"] = r => r.Sum(t => (r.Loss(t) / r.S(t).exp()) + LogSigma(r, t)),
        ["Σ_t (1 + α‖a_t‖₁) (CE(o_t / σ_t², y_t) + δ_t)"] = r => r.Sum(t => r.Asymmetry(t) * Exact(r, t)),
        ["Σ_t (1 + α‖a_t‖₁) (ℓ_t + r_t log σ_t), r_t = 1 for a regression and 0 for other tasks"] = r => r.Sum(
            t => r.Asymmetry(t) * (Exact(r, t) + (Regression(r, t) * LogSigma(r, t)))),
        ["Σ_t (1 + α‖a_t‖₁) (c_t (ℓ_t + δ_t) / σ_t² + log σ_t), c_t = ½ for a regression and 1 for other tasks"] = r => r.Sum(
            t => r.Asymmetry(t) * (Halved(r, t) + LogSigma(r, t))),
        ["Σ_t {(1 + α‖a_t‖₁) c_t (ℓ_t + δ_t) / σ_t² + log σ_t}, c_t = ½ for a regression and 1 for other tasks"] = r => r.Sum(
            t => (r.Asymmetry(t) * Halved(r, t)) + LogSigma(r, t)),
        ["Σ_t {(1 + α‖a_t‖₁) c_t (ℓ_t + δ_t) / σ² + log σ}, c_t = ½ for a regression and 1 for other tasks"] = r => r.Sum(
            t => (r.Asymmetry(t) * Halved(r, t)) + LogSigma(r, t)),
        ["Σ_t {(1 + α‖b_t‖₁) c_t (ℓ_t + δ_t) / σ_t² + log σ_t}, c_t = ½ for a regression and 1 for other tasks"] = r => r.Sum(
            t => (r.Asymmetry(t) * Halved(r, t)) + LogSigma(r, t)),
        ["Σ_t {(1 + α‖a_t‖₁) ℓ_t + r_t log σ_t}, r_t = 1 for a regression and 0 for other tasks"] = r => r.Sum(
            t => (r.Asymmetry(t) * Exact(r, t)) + (Regression(r, t) * LogSigma(r, t))),
        ["Σ_t {c_t (ℓ_t + δ_t) / σ_t² + log σ_t + α‖a_t‖₁ σ_t²}, c_t = ½ for a regression and 1 for other tasks"] = r => r.Sum(
            t => Halved(r, t) + LogSigma(r, t) + Price(r, t)),
        ["Σ_t {ℓ_t + r_t log σ_t + α‖a_t‖₁ σ_t²}, r_t = 1 for a regression and 0 for other tasks"] = r => r.Sum(
            t => Exact(r, t) + (Regression(r, t) * LogSigma(r, t)) + Price(r, t)),
    };

    /// <summary>The loss of a task by its exact likelihood: BCE(o_t / σ_t², y_t) + δ_t, or (MSE(o_t, y_t) + δ_t) / 2σ_t².</summary>
    private static Tensor Exact(Reference r, int t)
    {
        var delta = r.Has("Feedback") ? r.Delta(t) : zeros([], dtype: float64);
        return r.Kind(t) == TaskKind.Regression ? (r.Loss(t) + delta) / (2 * r.S(t).exp()) : r.Loss(t, (-r.S(t)).exp()) + delta;
    }

    /// <summary>The loss of a task by the approximate likelihood: c_t (ℓ_t + δ_t) / σ_t².</summary>
    private static Tensor Halved(Reference r, int t)
    {
        var delta = r.Has("Feedback") || r.Has("Transfer") ? r.Delta(t) : zeros([], dtype: float64);
        return (r.Kind(t) == TaskKind.Regression ? 0.5 : 1) * (r.Loss(t) + delta) / r.S(t).exp();
    }

    private static double Regression(Reference r, int t) => r.Kind(t) == TaskKind.Regression ? 1 : 0;

    private static Tensor LogSigma(Reference r, int t) => 0.5 * r.S(t) * r.Present(t);

    private static Tensor Price(Reference r, int t) => r.Number("Alpha") * r.Outgoing(t) * r.S(t).exp().detach();
}
