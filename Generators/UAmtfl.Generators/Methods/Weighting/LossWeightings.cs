using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>The weightings that see losses alone. The docstrings of attributes and runtime classes have the papers.</summary>
internal static class LossWeightings
{
    private const string One = "weights sum to 1";
    private const string Tasks = "weights sum to T";
    private const string Free = "weights are free";

    public static readonly WeightingMethod[] All =
    [
        new RuntimeWeighting(WellKnownNames.Equal, Need.Losses, "Σ_t {0}", "each weight is 1, or 1/T for the mean", new FlagParameter("Mean", false)) { MeanFormula = "1/T Σ_t {0}" },
        new RuntimeWeighting(WellKnownNames.Constant, Need.Losses, "Σ_t c_t {0}", "weights as given", new PerTaskParameter("weights", optional: false)),
        new RuntimeWeighting(WellKnownNames.RandomWeights, Need.Losses, "Σ_t w_t {0}, w = softmax(N(0, I))", One),
        new RuntimeWeighting(WellKnownNames.RevisedUncertainty, Need.Losses, "Σ_t ({0} / 2σ_t² + log(1 + σ_t²))", Free) { Learns = true },
        new RuntimeWeighting(WellKnownNames.Dwa, Need.Losses, "Σ_t w_t {0}, w = T softmax(r / temperature), r_t = the ratio of its last two epochs' means", Tasks,
            new NumberParameter("Temperature", "The temperature: large makes the weights equal.")),
        new RuntimeWeighting(WellKnownNames.GeometricMean, Need.Losses, "(Π_t {0})^(1/T)", "the weight of a loss is the mean's gradient"),
        new RuntimeWeighting(WellKnownNames.ImtlL, Need.Losses, "Σ_t (exp(s_t) {0} − s_t)", Free) { Learns = true },
        new RuntimeWeighting(WellKnownNames.Famo, Need.Losses, "c Σ_t z_t log {0}, z = softmax(w), c = 1 / Σ_t (z_t / ℓ_t)", One,
            new NumberParameter("LearningRate", "The learning rate of the logits w."), new NumberParameter("Decay", "The weight decay of the logits w.")) { AfterStep = true },
        new RuntimeWeighting(WellKnownNames.Stch, Need.Losses, "μ log Σ_t exp(λ_t {0} / μ)", "weights are λ_t softmax(λℓ / μ)_t",
            new NumberParameter("Smoothing", "μ."), new PerTaskParameter("Preference", optional: true)),
        new RuntimeWeighting(WellKnownNames.LogStch, Need.Losses, "T μ log Σ_t exp((log({0} / n_t) − max) / μ), Σ_t log {0} while it warms up", "log losses' weights sum to T",
            new NumberParameter("Smoothing", "μ."), new IntegerParameter("WarmUp")),
        new RuntimeWeighting(WellKnownNames.Cosmos, Need.Losses, "λᵀL − c cos(λ, L), L_t = {0}", Free,
            new PerTaskParameter("Preference", optional: true), new NumberParameter("Lambda", "How much the angle counts.")),
        new RuntimeWeighting(WellKnownNames.Pbi, Need.Losses, "d₁ + θ d₂, L_t = {0}", Free,
            new PerTaskParameter("Preference", optional: true), new NumberParameter("Theta", "How much the distance from the preference counts.")),
        new RuntimeWeighting(WellKnownNames.Lbtw, Need.Losses, "Σ_t w_t {0}, w_t ∝ (ℓ_t / ℓ_t(0))^α", Tasks,
            new NumberParameter("Alpha", "α: 0 makes the weights equal."), new FlagParameter("EveryEpoch", true)),
    ];
}
