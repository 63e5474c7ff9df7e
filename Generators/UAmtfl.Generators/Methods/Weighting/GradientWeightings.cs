using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>The weightings that look at the gradients g_t of the task terms. The docstrings of attributes and runtime classes have the papers.</summary>
internal static class GradientWeightings
{
    private const string One = "weights sum to 1";
    private const string Tasks = "weights sum to T";
    private const string Free = "weights are free";

    public static readonly WeightingMethod[] All =
    [
        Gramian(WellKnownNames.Mgda, "w = argmin over the simplex of ‖Σ_t w_t g_t‖²", One, new ChoiceParameter("Normalisation", "MgdaNormalisation", "None")),
        Gramian(WellKnownNames.PcGrad, "g_t projected off those that it conflicts with", Free),
        Gramian(WellKnownNames.GradVac, "g_t brought up to the running mean of its cosines", Free, new NumberParameter("Beta", "How fast the running mean moves.")),
        Gramian(WellKnownNames.CaGrad, "d = argmax over ‖d − ḡ‖ ≤ c‖ḡ‖ of min_t g_t·d", "the mean gradient and weights that sum to c‖ḡ‖/‖g_w‖",
            new NumberParameter("C", "c, how far from the mean gradient, in units of its norm."), new FlagParameter("Rescale", true)),
        Gramian(WellKnownNames.ImtlG, "equal projections onto all g_t", One),
        new RuntimeWeighting(WellKnownNames.Imtl, Need.Gramian, "Σ_t w_t (exp(s_t) {0} − s_t), w: equal projections onto all g_t", One) { Transforms = true, Learns = true },
        Gramian(WellKnownNames.NashMtl, "Gw = 1/w", "‖Σ_t w_t g_t‖ = √T, or MaxNorm where that is less", weighted: true,
            new IntegerParameter("UpdateEvery"), new NumberParameter("MaxNorm", "The largest norm of the direction; 0 for no limit.")),
        Gramian(WellKnownNames.FairGrad, "Gw = w^(−1/α)", Free, weighted: true, new NumberParameter("Alpha", "α; 0 makes the weights equal.")),
        Gramian(WellKnownNames.AlignedMtl, "w = √λ V Λ^(−½) Vᵀ p", "p is 1, or 1/T for the mean", new ChoiceParameter("Scale", "AlignedScale", "Minimum"), new FlagParameter("Mean", false)),
        Gramian(WellKnownNames.ConFig, "equal cosines to all g_t, the length of their summed projections", Free),
        new RuntimeWeighting(WellKnownNames.GradNorm, Need.Gramian, "Σ_t w_t {0}, w: ‖w_t g_t‖ → mean r_t^α", Tasks,
            new NumberParameter("Alpha", "α, how strongly slow tasks are pulled up."), new NumberParameter("LearningRate", "The learning rate of the weights.")) { Site = "LastLayer", WeightedHeads = true },
        Gramian(WellKnownNames.DualProj, "Σ_t p_t g_t projected onto {d : g_t·d ≥ 0}", Free, new PerTaskParameter("Preference", optional: true)),
        Gramian(WellKnownNames.UpGrad, "Σ_t p_t (g_t projected onto {d : g_s·d ≥ 0})", Free, new PerTaskParameter("Preference", optional: true)),
        Gramian(WellKnownNames.Krum, "the mean of the g_t that lie closest to others", One, new IntegerParameter("Byzantine", tasks => tasks - 3), new IntegerParameter("Selected", tasks => tasks)),
        new RuntimeWeighting(WellKnownNames.FocusedLearning, Need.Gramian, "Σ_t w_t {0}, w_f = 1, w_t = π_t max(cos(g_t, g_f), 0)", "the focus task's weight is 1, the others' at most 1",
            new TaskParameter("focus"), new ChoiceParameter("Select", "FocusSelect", "Soft", ("Subset", 12)), new NumberParameter("Threshold", "A cosine up to this counts as none.")) { Site = "LastLayer", WeightedHeads = true },
        new RuntimeWeighting(WellKnownNames.GradDrop, Need.Jacobian, "Σ_t {0}, of each entry of Σ_t g_t one sign", "the sum of the gradients on average") { Site = "Representation" },
        new RuntimeWeighting(WellKnownNames.TrimmedMean, Need.Jacobian, "Σ_t {0}, the mean of each entry of g_t without the extremes", One, new IntegerParameter("Trim", tasks => (tasks - 1) / 2)),
        new RuntimeWeighting(WellKnownNames.DbMtl, Need.Jacobian, "Σ_t log {0}, averages of g_t over steps at the largest one's norm", "T times the largest norm at most",
            new NumberParameter("Beta", "β, how much of the average a step keeps."), new NumberParameter("BetaSigma", "β is divided by the step's number to this power.")) { Transforms = true, KeepsGradients = true },
        new RuntimeWeighting(WellKnownNames.MoCo, Need.Jacobian, "Σ_t λ_t y_t, y_t the average of ℓ_t g_t / ‖g_t‖ over steps, of {0}", One,
            new NumberParameter("Beta", "The step of the average."), new NumberParameter("BetaSigma", "Its decay with the step's number."),
            new NumberParameter("Gamma", "The step of the weights."), new NumberParameter("GammaSigma", "Its decay with the step's number."),
            new NumberParameter("Rho", "The regularisation of the weights.")) { KeepsGradients = true },
        new RuntimeWeighting(WellKnownNames.ExcessMtl, Need.Jacobian, "Σ_t w_t {0}, w_t ∝ exp(η Σ excess risk)", Tasks, new NumberParameter("Eta", "η, the step of the log weights.")) { KeepsGradients = true },
        new RuntimeWeighting(WellKnownNames.MoDo, Need.Cross, "Σ_t λ_t {0}, λ ← Π(λ − γ(J₁J₂ᵀλ + ρλ))", One,
            new NumberParameter("Gamma", "γ, the step of the weights."), new NumberParameter("Rho", "ρ, the regularisation of the weights.")),
        new RuntimeWeighting(WellKnownNames.SdmGrad, Need.Cross, "Σ_t (w_t + λ/T) / (1 + λ) {0}, w by projected gradient on J₁J₂ᵀ", One,
            new NumberParameter("Lambda", "λ, how strong the pull to the mean gradient is."), new NumberParameter("LearningRate", "The learning rate of the weights."), new IntegerParameter("Iterations")),
        Bilevel(WellKnownNames.Moml, "λ by the minimum-norm hyper-gradient", One),
        Bilevel(WellKnownNames.Forum, "λ and θ by the value function's multi-gradient", "the upper losses' weights sum to 1",
            new IntegerParameter("InnerSteps"), new NumberParameter("Rho", "ρ, how fast the constraint is to be met."), new NumberParameter("Beta", "β, how fast the upper weights' average moves.")),
        Bilevel(WellKnownNames.AutoLambda, "λ by the hyper-gradient of the sum", Free + ", from 0.1"),
    ];

    private static RuntimeWeighting Gramian(string attribute, string formula, string scale, params WeightingParameter[] parameters) => Gramian(attribute, formula, scale, false, parameters);

    private static RuntimeWeighting Gramian(string attribute, string formula, string scale, bool weighted, params WeightingParameter[] parameters) =>
        new(attribute, Need.Gramian, "Σ_t w_t {0}, " + formula, scale, parameters) { WeightedHeads = weighted };

    private static RuntimeWeighting Bilevel(string attribute, string formula, string scale, params WeightingParameter[] parameters) => new(attribute, Need.Bilevel, "Σ_t λ_t {0}, " + formula, scale,
        [new NumberParameter("LearningRate", "The learning rate of the weights λ."), new NumberParameter("Step", "η, the rate of the trial step."), .. parameters]) { WeightedHeads = true };
}
