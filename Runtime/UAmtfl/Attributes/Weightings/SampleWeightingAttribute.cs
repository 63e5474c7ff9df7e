namespace UAmtfl.Weightings;

/// <summary>Weights each task's loss by its number of training labels, Σ_t (N_t / mean N) ℓ_t, so that each label counts the same: the sum
/// over samples that Lee, Yang and Hwang 2018 compare as NN. Without a weighting each task counts the same (their MT-NN).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SampleWeightingAttribute : Attribute;
